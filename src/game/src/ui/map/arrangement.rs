//! Where everything on the map lies, from the size of the window and how many levels each section has.
//!
//! ```text
//!  back  title            sky    | card
//!  ====spring==================  |
//!  rock  |--( site )  plate      |
//!        | plate                 |
//!        |-----------o----o----o |
//!        |                 o---' |
//! ```
//!
//! A trunk comes down from the town. Each section is a gallery that leaves it to the right and turns back below where
//! a row is full. Lengths are interface pixels; the origin is the upper left corner of what can be scrolled.

use super::gallery::Gallery;
use crate::ui::Layout;
use bevy::prelude::*;

/// Sections of the maze.
pub const SECTIONS: usize = 5;
/// Side of a cell of rock.
pub const CELL: f32 = 24.0;
/// Size of a pipe's tile, as a part of its size on a board.
pub const PIPE_SCALE: f32 = 0.8;
/// How wide the card is where it stands beside the map.
const CARD_WIDTH: f32 = 304.0;
/// How wide a section's plate is at most.
const PLATE_WIDTH: f32 = 222.0;
/// From level to level in a row, at least and at most.
const SPACING: (f32, f32) = (104.0, 150.0);
/// How high a row is from its top to its pipe.
const ABOVE_PIPE: f32 = 3.5 * CELL;

/// A place where one can stop: a level, or the site of a section that has none yet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Station {
    /// The section, from 0.
    pub section: usize,
    /// Which one of the section, from 0.
    pub stop: usize,
}

/// Where everything lies.
#[derive(Clone, PartialEq, Debug)]
pub struct Arrangement {
    /// Size of the window.
    pub size: Vec2,
    /// Height of the ground.
    pub ground: f32,
    /// Height of all that can be scrolled.
    pub height: f32,
    /// Middle of the trunk.
    pub trunk_x: f32,
    /// What is said about the chosen level, at most: in window coordinates.
    pub card: Rect,
    /// The sections, from above.
    pub galleries: Vec<Gallery>,
    /// Whether the card lies below the map instead of beside it.
    pub upright: bool,
}

/// How rows are laid out in one window.
pub(super) struct Rows {
    /// Where the first level of a row stands, and the last at most.
    pub ends: (f32, f32),
    /// Whether the plate lies above the first row, not beside it.
    pub strip: bool,
    /// Height of a row, in cells.
    pub cells: usize,
    /// Left and right edge of what can be carved, in cells.
    pub carved: (usize, usize),
}

impl Arrangement {
    /// For that window, and so many levels in each section.
    pub fn new(layout: &Layout, counts: &[usize; SECTIONS]) -> Self {
        let Layout { size, wide, .. } = *layout;
        let upright = !wide;
        let card = if upright {
            let height = (size.y * 0.27).clamp(196.0, 226.0);
            Rect::new(8.0, size.y - height - 8.0, size.x - 8.0, size.y - 8.0)
        } else {
            Rect::new(size.x - CARD_WIDTH - 14.0, 68.0, size.x - 14.0, size.y - 12.0)
        };
        let right = if upright { size.x } else { card.min.x - 10.0 };
        let first = if upright { 0 } else { 3 };
        let trunk_x = (first as f32 + 1.5) * CELL;
        let beside = trunk_x + 36.0 + PLATE_WIDTH + 46.0;
        let strip = upright || right - 62.0 - beside < 3.0 * SPACING.1;
        let ends = if strip { (trunk_x + 84.0, right - 62.0) } else { (beside, right - 62.0) };
        let cells = if upright { 7 } else { 6 };
        let carved = (first, (right / CELL).floor() as usize);
        let rows = Rows { ends, strip, cells, carved };
        let ground = if upright { 124.0 } else { 80.0 };
        let below = if upright { size.y - card.min.y + 30.0 } else { 14.0 };
        let dense = galleries(&rows, counts, (trunk_x, ground), 0);
        let depth = |galleries: &[Gallery]| galleries.last().map_or(0, |last| last.cave[3]) as f32 * CELL;
        // A window that is higher than they need has more rock between them.
        let spare = ((size.y - ground - depth(&dense) - below) / CELL).floor().max(0.0) as usize;
        let galleries = if spare == 0 { dense } else { galleries(&rows, counts, (trunk_x, ground), spare) };
        let height = (ground + depth(&galleries) + below).max(size.y);
        Self { size, ground, height, trunk_x, card, galleries, upright }
    }

    /// Where a station is; the trunk's upper end for one that is not there.
    pub fn at(&self, station: Station) -> Vec2 {
        let gallery = self.galleries.get(station.section);
        let along = gallery.and_then(|gallery| Some((gallery, *gallery.stations.get(station.stop)?)));
        along.map_or(Vec2::new(self.trunk_x, self.ground), |(gallery, along)| gallery.point(along))
    }

    /// Every station, from above, along the pipes.
    pub fn stations(&self) -> impl Iterator<Item = Station> {
        let of = |(section, gallery): (usize, &Gallery)| {
            (0..gallery.stations.len()).map(move |stop| Station { section, stop })
        };
        self.galleries.iter().enumerate().flat_map(of)
    }

    /// The station that one comes to from another in a direction: along the row, or to the nearest in the next row.
    pub fn toward(&self, from: Station, way: Vec2) -> Station {
        let here = self.at(from);
        let ahead = |station: &Station| {
            let by = self.at(*station) - here;
            if way.x != 0.0 { by.x * way.x > 1.0 && by.y.abs() < 1.0 } else { by.y * way.y > 1.0 }
        };
        // The next row first, and in it the nearest.
        let rank = |station: &Station| {
            let by = (self.at(*station) - here).abs();
            if way.x != 0.0 { (0, by.x as i32) } else { (by.y as i32, by.x as i32) }
        };
        let next = self.stations().filter(ahead).min_by_key(rank);
        // At a row's end the pipe turns: who goes on goes along it.
        let turned = || {
            let on = Station { stop: from.stop + 1, ..from };
            let turns = self.galleries[from.section].stations.len() > on.stop && (self.at(on).x - here.x).abs() < 1.0;
            (way.x != 0.0 && turns && (here.x > self.size.x * 0.3) == (way.x > 0.0)).then_some(on)
        };
        next.or_else(turned).unwrap_or(from)
    }

    /// How far the trunk reaches at the height of a section, from the ground.
    pub fn depth(&self, section: usize) -> f32 {
        self.galleries.get(section).map_or(0.0, |gallery| gallery.line[0].y - self.ground)
    }

    /// Where the trunk is at that depth.
    pub const fn trunk(&self, depth: f32) -> Vec2 {
        Vec2::new(self.trunk_x, self.ground + depth)
    }

    /// How far it can be scrolled.
    pub fn end(&self) -> f32 {
        self.height - self.size.y
    }

    /// Columns and rows of the rock that is painted, a row of sky above it included.
    pub fn cells(&self) -> (usize, usize) {
        let below = ((self.height - self.ground) / CELL).ceil() as usize;
        ((self.size.x / CELL).ceil() as usize, below + 1)
    }
}

/// The galleries, one under the other, with so many spare cells shared between them, as many above the first one.
fn galleries(rows: &Rows, counts: &[usize; SECTIONS], origin: (f32, f32), spare: usize) -> Vec<Gallery> {
    let mut galleries: Vec<Gallery> = Vec::new();
    for (section, &count) in counts.iter().enumerate() {
        let share = |sections: usize| spare * sections / SECTIONS;
        let above = galleries.last().map_or(0, |gallery| gallery.cave[3]);
        let top = above + 1 + share(section + 1) - share(section);
        galleries.push(Gallery::new(rows, section, count, top, origin));
    }
    galleries
}

impl Rows {
    /// Levels in a row, and how far they are apart.
    pub fn spread(&self, count: usize) -> (usize, f32) {
        let room = (self.ends.1 - self.ends.0).max(0.0);
        let most = (room / SPACING.0).floor() as usize + 1;
        let in_row = count.clamp(1, most);
        let spacing = if in_row > 1 { room / (in_row - 1) as f32 } else { SPACING.1 };
        (in_row, spacing.min(SPACING.1))
    }

    /// From a gallery's top to its first pipe, where levels lie on it.
    pub fn first_pipe(&self) -> f32 {
        ABOVE_PIPE + if self.strip { 2.0 * CELL } else { 0.0 }
    }

    /// The plate of a gallery with levels whose cave has that upper left corner.
    pub fn plate(&self, corner: Vec2, trunk_x: f32) -> Rect {
        let left = trunk_x + 34.0;
        let width = PLATE_WIDTH.min(self.ends.1 + 40.0 - left);
        let top = corner.y + if self.strip { 8.0 } else { 12.0 };
        Rect::new(left, top, left + width, top + 42.0)
    }

    /// The plate beside a site.
    pub fn site_plate(&self, site: Vec2) -> Rect {
        let left = site.x + 34.0;
        let width = (PLATE_WIDTH + 24.0).min(self.carved.1 as f32 * CELL - 8.0 - left);
        Rect::new(left, site.y - 28.0, left + width, site.y + 28.0)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
