//! Where everything on this screen lies, from the size of the window alone.
//!
//! ```text
//!  back   heading on the sky                       sun
//!  ======spring==================================== ground
//!  rock  |pipe  section | page                  #| rock
//!        |pipe  section |                       #|
//!        |pipe  section |_______________________#| niche
//! ```
//!
//! Lengths are interface pixels.

use crate::ui::Layout;
use bevy::prelude::*;

/// Width of the page where there is room: lines of about 68 letters, and the scroll bar.
const PAGE_WIDTH: f32 = 640.0;
/// Width of the list of sections.
const CONTENTS_WIDTH: f32 = 284.0;
/// Rock that is seen around the page.
const MARGIN: f32 = 12.0;
/// Height of a section in the list, at least (a finger's breadth on a phone on its side) and at most.
const STEP: (f32, f32) = (44.0, 70.0);
/// Smallest running text, in pixels of the window: small windows shrink the interface, but not what is to be read.
const TEXT_MIN: f32 = 13.0;

/// Where everything lies.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Arrangement {
    /// Size of the window.
    pub size: Vec2,
    /// Side of a cell of rock.
    pub cell: f32,
    /// Height of the ground, from the top.
    pub ground: f32,
    /// Left edge of the cells, which are laid out from the window's middle.
    pub left: f32,
    /// How many cells there are: columns, and rows from the ground down.
    pub cells: (usize, usize),
    /// What is carved out around the page: first column, first row below the ground, and one past the last of each.
    pub cave: Option<[usize; 4]>,
    /// The page.
    pub page: Rect,
    /// The list of sections, where there is room for it.
    pub contents: Option<Contents>,
    /// Size of running text.
    pub text: f32,
}

/// The list of sections: a pipe with a stop for each.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Contents {
    /// Middle of the pipe.
    pub pipe_x: f32,
    /// Lower end of the pipe.
    pub pipe_bottom: f32,
    /// Middle of the first stop.
    pub first_y: f32,
    /// From stop to stop.
    pub step: f32,
    /// Middle of the last stop.
    pub last_y: f32,
    /// Right edge of the names.
    pub right: f32,
}

impl Arrangement {
    /// For that window, and a page of so many sections.
    pub fn new(layout: &Layout, sections: usize) -> Self {
        let size = layout.size;
        let cell = (size.y / 18.0).clamp(26.0, 40.0);
        let ground = if layout.wide { cell * 2.4 } else { 66.0 };
        let half = (size.x * 0.5 / cell).ceil() as usize + 1;
        let left = size.x * 0.5 - half as f32 * cell;
        let below = ((size.y - ground) / cell).max(4.0);
        let bottom = (below - 0.5).floor() as usize;
        // A room for the page and its list, for the page alone, or, with no rock to spare, none.
        let room = |width: f32| {
            let across = 2 * (width * 0.5 / cell).ceil() as usize;
            let first = half - across.min(2 * half) / 2;
            ((across + 2) as f32 * cell <= size.x).then_some([first, 1, first + across, bottom])
        };
        let pixels = |[a, b, c, d]: [usize; 4]| {
            let corner = |x: usize, y: usize| Vec2::new(left + x as f32 * cell, ground + y as f32 * cell);
            Rect::from_corners(corner(a, b), corner(c, d))
        };
        let step = (((bottom - 1) as f32 * cell - 2.0 * MARGIN) / sections.max(1) as f32).min(STEP.1);
        let both = room(CONTENTS_WIDTH + PAGE_WIDTH + MARGIN).filter(|_| layout.wide && step >= STEP.0);
        let cave = both.or_else(|| room(PAGE_WIDTH + 2.0 * MARGIN)).filter(|_| layout.wide);
        let page = cave.map_or_else(
            || {
                let width = (size.x - 2.0 * (MARGIN - 2.0)).min(PAGE_WIDTH + 60.0);
                let left = (size.x - width) * 0.5;
                Rect::new(left, ground + MARGIN + 4.0, left + width, size.y - MARGIN)
            },
            |cave| {
                let cave = pixels(cave).inflate(-MARGIN);
                let width = PAGE_WIDTH.min(cave.width());
                let right = if both.is_some() { cave.max.x } else { cave.center().x + width * 0.5 };
                Rect::new(right - width, cave.min.y, right, cave.max.y)
            },
        );
        let contents = both.map(pixels).map(|cave| Contents {
            pipe_x: cave.min.x + cell,
            pipe_bottom: cave.max.y,
            first_y: cave.min.y + MARGIN + step * 0.5,
            step,
            last_y: cave.min.y + MARGIN + step * (sections.max(1) as f32 - 0.5),
            right: page.min.x - MARGIN,
        });
        let cells = (2 * half, below.ceil() as usize + 1);
        let text = if layout.wide { 14.5f32 } else { 15.0 }.max(TEXT_MIN / layout.scale);
        Self { size, cell, ground, left, cells, cave, page, contents, text }
    }

    /// Where the Navigator stands, beside the page: the same as [`Self::cave`], where there is room for it.
    pub fn niche(&self) -> Option<[usize; 4]> {
        let [_, top, right, bottom] = self.cave.filter(|_| self.contents.is_some())?;
        let room = self.size.x - (self.left + right as f32 * self.cell) >= self.cell * 4.0 - 1.0;
        (room && bottom > top + 3).then_some([right, bottom - 3, right + 3, bottom])
    }
}

impl Contents {
    /// How high the water stands in the pipe after so many sections, 0 where the first begins: at the last section's
    /// end it has come to the pipe's end.
    pub fn height_of(&self, level: f32) -> f32 {
        let y = self.first_y + self.step * level;
        if y <= self.last_y {
            return y;
        }
        let part = ((y - self.last_y) / self.step).min(1.0);
        self.last_y + (self.pipe_bottom - self.last_y) * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTIONS: usize = 8;

    fn at(width: f32, height: f32) -> Arrangement {
        Arrangement::new(&Layout::for_window(Vec2::new(width, height)), SECTIONS)
    }

    #[test]
    fn nothing_leaves_the_window_from_a_small_phone_to_4k() {
        for (width, height) in [
            (320.0, 568.0),
            (390.0, 844.0),
            (568.0, 320.0),
            (640.0, 480.0),
            (768.0, 1_024.0),
            (844.0, 390.0),
            (1_024.0, 768.0),
            (1_280.0, 720.0),
            (3_440.0, 1_440.0),
            (3_840.0, 2_160.0),
        ] {
            let found = at(width, height);
            let page = found.page;
            assert!(page.min.x >= 6.0 && page.max.x <= found.size.x - 6.0, "{width}x{height}: {found:?}");
            assert!(page.min.y >= found.ground && page.max.y <= found.size.y - 6.0, "{width}x{height}: {found:?}");
            assert!(page.width() >= 330.0 && page.height() >= 240.0, "{width}x{height}: {found:?}");
            assert!(page.width() <= 700.0, "{width}x{height}: lines too long to read: {found:?}");
            let Some(contents) = found.contents else { continue };
            let last = contents.first_y + contents.step * (SECTIONS as f32 - 0.5);
            assert!(last <= page.max.y + 0.5, "{width}x{height}: {found:?}");
            assert!(contents.step >= 44.0, "{width}x{height}: {found:?}");
            assert!(contents.pipe_x >= 30.0 && contents.right <= page.min.x, "{width}x{height}: {found:?}");
            assert!(contents.right - contents.pipe_x >= 200.0, "{width}x{height}: {found:?}");
        }
    }

    #[test]
    fn the_list_of_sections_shows_where_there_is_room() {
        for (width, height, shown) in [
            (390.0, 844.0, false),
            (640.0, 480.0, false),
            (844.0, 390.0, true),
            (1_280.0, 720.0, true),
            (3_840.0, 2_160.0, true),
        ] {
            assert_eq!(at(width, height).contents.is_some(), shown, "{width}x{height}");
        }
        assert!(at(1_280.0, 720.0).niche().is_some());
    }

    #[test]
    fn the_water_stands_at_the_stop_of_the_section_that_is_reached_and_at_last_at_the_pipes_end() {
        let contents = at(1_280.0, 720.0).contents.unwrap();
        assert_eq!(contents.height_of(0.0), contents.first_y);
        assert!((contents.height_of(SECTIONS as f32 - 1.0) - contents.last_y).abs() < 0.01);
        assert!((contents.height_of(SECTIONS as f32) - contents.pipe_bottom).abs() < 0.01);
        assert_eq!(contents.height_of(99.0), contents.pipe_bottom);
    }

    #[test]
    fn the_rock_reaches_every_edge() {
        for (width, height) in [(320.0, 568.0), (1_280.0, 720.0), (3_440.0, 1_440.0)] {
            let Arrangement { size, cell, ground, left, cells, .. } = at(width, height);
            assert!(left <= 0.0 && left + cells.0 as f32 * cell >= size.x);
            assert!(ground + cells.1 as f32 * cell >= size.y);
        }
    }
}
