//! How far every pixel is from the tunnels' rounded edge.
//!
//! Edges of cells become segments, corners become quarter circles. A pixel looks only at the edges of the cells around
//! its own, so the work is bounded and no blur over the picture is needed.

use crate::{CELL, Canvas, Ground};

/// Radius of the tunnels' corners in units.
const RADIUS: f32 = 16.0;
/// Distances are cut off here, in units: nothing looks further.
pub const FAR: f32 = 38.0;

/// A quarter circle: its centre in units, and which way it bulges from there.
struct Arc {
    centre: [f32; 2],
    side: [f32; 2],
}

/// The edges around one cell.
#[derive(Default)]
struct Edges {
    /// Left, top, right, bottom in units; either width or height is zero.
    segments: Vec<[f32; 4]>,
    arcs: Vec<Arc>,
}

/// The distance of every pixel's centre from the tunnels' edge in units, positive inside, cut off at [`FAR`].
pub fn distances(map: &Ground, canvas: &Canvas) -> Vec<f32> {
    let mut out = vec![-FAR; canvas.width * canvas.height];
    let (columns, rows) = map.painted_size();
    for row in 0..rows {
        for column in 0..columns {
            let (cx, cy) = (column as isize, row as isize);
            let open = map.is_open(cx, cy);
            let same = (-1..=1).all(|dy| (-1..=1).all(|dx| map.is_open(cx + dx, cy + dy) == open));
            let edges = if same { Edges::default() } else { gather(map, cx, cy) };
            if same && !open {
                continue;
            }
            for y in row * canvas.px..(row + 1) * canvas.px {
                let line = y * canvas.width;
                for x in column * canvas.px..(column + 1) * canvas.px {
                    let point = [canvas.unit(x), canvas.unit(y)];
                    let far = edges.distance(point);
                    out[line + x] = if inside(map, cx, cy, open, point) { far } else { -far };
                }
            }
        }
    }
    out
}

impl Edges {
    fn distance(&self, [x, y]: [f32; 2]) -> f32 {
        let mut nearest = FAR * FAR;
        for [left, top, right, bottom] in &self.segments {
            let dx = (left - x).max(x - right).max(0.0);
            let dy = (top - y).max(y - bottom).max(0.0);
            nearest = nearest.min(dx * dx + dy * dy);
        }
        let mut nearest = nearest.sqrt();
        for arc in &self.arcs {
            let (dx, dy) = ((x - arc.centre[0]) * arc.side[0], (y - arc.centre[1]) * arc.side[1]);
            if dx >= 0.0 && dy >= 0.0 {
                nearest = nearest.min(((dx * dx + dy * dy).sqrt() - RADIUS).abs());
            }
        }
        nearest
    }
}

/// The four cells that meet at the corner above and left of a cell: (-1, -1), (0, -1), (-1, 0), (0, 0).
fn around(map: &Ground, x: isize, y: isize) -> [bool; 4] {
    [map.is_open(x - 1, y - 1), map.is_open(x, y - 1), map.is_open(x - 1, y), map.is_open(x, y)]
}

/// Which of the four cells at a corner has a rounded corner there. A lone open cell does, and a lone solid one.
fn rounded(cells: [bool; 4]) -> [bool; 4] {
    match cells.iter().filter(|open| **open).count() {
        1 => cells,
        3 => cells.map(|open| !open),
        2 if cells[0] == cells[3] => cells,
        _ => [false; 4],
    }
}

/// Segments and arcs within one cell around the cell `cx`, `cy`.
fn gather(map: &Ground, cx: isize, cy: isize) -> Edges {
    let mut edges = Edges::default();
    let bent = |x: isize, y: isize| rounded(around(map, x, y)).contains(&true);
    let trim = |x: isize, y: isize| if bent(x, y) { RADIUS } else { 0.0 };
    for y in cy - 1..=cy + 2 {
        for x in cx - 1..=cx + 2 {
            let (left, top) = (x as f32 * CELL, y as f32 * CELL);
            for (i, round) in rounded(around(map, x, y)).into_iter().enumerate() {
                if round {
                    let out = [if i % 2 == 0 { -1.0 } else { 1.0 }, if i < 2 { -1.0 } else { 1.0 }];
                    let centre = [left + out[0] * RADIUS, top + out[1] * RADIUS];
                    edges.arcs.push(Arc { centre, side: [-out[0], -out[1]] });
                }
            }
            if x < cx + 2 && map.is_open(x, y - 1) != map.is_open(x, y) {
                edges.segments.push([left + trim(x, y), top, left + CELL - trim(x + 1, y), top]);
            }
            if y < cy + 2 && map.is_open(x - 1, y) != map.is_open(x, y) {
                edges.segments.push([left, top + trim(x, y), left, top + CELL - trim(x, y + 1)]);
            }
        }
    }
    edges
}

/// Whether a point of the cell `cx`, `cy` lies in the tunnel once corners are rounded.
fn inside(map: &Ground, cx: isize, cy: isize, open: bool, point: [f32; 2]) -> bool {
    let (fx, fy) = (point[0] - cx as f32 * CELL, point[1] - cy as f32 * CELL);
    let (right, low) = (fx > CELL / 2.0, fy > CELL / 2.0);
    let (dx, dy) = (RADIUS - if right { CELL - fx } else { fx }, RADIUS - if low { CELL - fy } else { fy });
    if dx <= 0.0 || dy <= 0.0 || dx * dx + dy * dy <= RADIUS * RADIUS {
        return open;
    }
    let corner = rounded(around(map, cx + isize::from(right), cy + isize::from(low)));
    // Seen from that corner, this cell lies on the other side.
    let me = usize::from(!right) + 2 * usize::from(!low);
    open != corner[me]
}
