//! Simple shapes by their distance, for patterns and relics.

/// A flat shape around its own origin, in units.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A disc: centre and radius.
    Disc(f32, f32, f32),
    /// A ring: centre, radius of its middle and width.
    Ring(f32, f32, f32, f32),
    /// A box with rounded corners: left, top, width, height, radius.
    Block(f32, f32, f32, f32, f32),
    /// A line with round ends: from, to, width.
    Line(f32, f32, f32, f32, f32),
}

impl Shape {
    /// How far inside the shape a point lies, in units; negative outside.
    pub fn depth(self, x: f32, y: f32) -> f32 {
        match self {
            Self::Disc(cx, cy, radius) => radius - length(x - cx, y - cy),
            Self::Ring(cx, cy, radius, width) => width / 2.0 - (length(x - cx, y - cy) - radius).abs(),
            Self::Block(left, top, width, height, radius) => {
                let dx = (x - left - width / 2.0).abs() - width / 2.0 + radius;
                let dy = (y - top - height / 2.0).abs() - height / 2.0 + radius;
                radius - length(dx.max(0.0), dy.max(0.0)) - dx.max(dy).min(0.0)
            }
            Self::Line(x0, y0, x1, y1, width) => {
                let (dx, dy) = (x1 - x0, y1 - y0);
                let along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy).max(1e-6);
                let along = along.clamp(0.0, 1.0);
                width / 2.0 - length(x - x0 - dx * along, y - y0 - dy * along)
            }
        }
    }
}

fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}
