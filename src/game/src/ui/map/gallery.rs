//! A section's gallery: a pipe that leaves the trunk, with its stations, in a cave.

use super::arrangement::{CELL, Rows};
use bevy::prelude::*;

/// Where one section lies.
#[derive(Clone, PartialEq, Debug)]
pub struct Gallery {
    /// What is carved out, in cells: first column, first row below the ground, and one past the last of each.
    pub cave: [usize; 4],
    /// Corners of its pipe, from the trunk's middle.
    pub line: Vec<Vec2>,
    /// How far along the pipe each station is; the site alone where there is no level yet.
    pub stations: Vec<f32>,
    /// The plate with its name.
    pub plate: Rect,
    /// How wide what stands under a level can be.
    pub label_width: f32,
    /// Whether it has no level yet.
    pub is_site: bool,
}

impl Gallery {
    /// The gallery of a section with so many levels, from that row of cells below the ground down.
    pub(super) fn new(rows: &Rows, section: usize, count: usize, top: usize, (trunk_x, ground): (f32, f32)) -> Self {
        let corner = Vec2::new(rows.carved.0 as f32, top as f32) * CELL + Vec2::new(0.0, ground);
        if count == 0 {
            let site = Vec2::new(trunk_x + 68.0, corner.y + 1.5 * CELL);
            let plate = rows.site_plate(site);
            // Not all dead ends are equally long.
            let length = plate.max.x + 156.0 + 34.0 * (section * 2 % 3) as f32;
            let right = ((length / CELL) as usize).min(rows.carved.1);
            let cave = [rows.carved.0, top, right, top + 3];
            let line = vec![Vec2::new(trunk_x, site.y), site];
            return Self { cave, line, stations: vec![68.0], plate, label_width: 0.0, is_site: true };
        }
        let (in_row, spacing) = rows.spread(count);
        let row_count = count.div_ceil(in_row);
        let first = Vec2::new(rows.ends.0, corner.y + rows.first_pipe());
        let far = first.x + spacing * (in_row - 1) as f32;
        let pitch = rows.cells as f32 * CELL;
        let mut line = vec![Vec2::new(trunk_x, first.y)];
        let mut stations = Vec::new();
        let mut along = first.x - trunk_x;
        for row in 0..row_count {
            let y = first.y + row as f32 * pitch;
            let here = in_row.min(count - row * in_row);
            stations.extend((0..here).map(|stop| along + spacing * stop as f32));
            let (from, to) = if row % 2 == 0 { (first.x, far) } else { (far, first.x) };
            let way = (to - from).signum();
            if row > 0 {
                line.push(Vec2::new(from, y));
            }
            let end = if row + 1 == row_count { from + way * spacing * (here - 1) as f32 } else { to };
            line.push(Vec2::new(end, y));
            along += far - first.x + pitch;
        }
        line.dedup();
        let bottom = top + if rows.strip { 2 } else { 0 } + row_count * rows.cells;
        let right = (((far + 172.0) / CELL).ceil() as usize).clamp(rows.carved.0 + 4, rows.carved.1);
        let cave = [rows.carved.0, top, right, bottom];
        let plate = rows.plate(corner, trunk_x);
        Self { cave, line, stations, plate, label_width: spacing - 6.0, is_site: false }
    }

    /// How long its pipe is.
    pub fn length(&self) -> f32 {
        self.line.windows(2).map(|ends| ends[0].distance(ends[1])).sum()
    }

    /// Where its pipe is after so much of it.
    pub fn point(&self, along: f32) -> Vec2 {
        let mut left = along.max(0.0);
        for ends in self.line.windows(2) {
            let length = ends[0].distance(ends[1]);
            if left <= length {
                return ends[0] + (ends[1] - ends[0]) * (left / length.max(1e-3));
            }
            left -= length;
        }
        self.line.last().copied().unwrap_or_default()
    }
}
