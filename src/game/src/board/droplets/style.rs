//! What moves in the picture without any message: the glow breathes, currents drift. Never without the run's own time.

use super::Droplets;
use super::currents::PX_PER_S;
use std::f64::consts::TAU;

/// Up to so many droplets glow fully; from so many on none does, for light without end would be fog.
const GLOWING: [f32; 2] = [400.0, 1_600.0];
/// Rings show from this share of a client's timeout on; before, all is well.
pub(super) const RING_FROM: f32 = 0.4;
/// From head to head of the streaks of a current, in world units; the shader has the same.
const STREAK: f64 = 40.0;
/// How much the glow breathes, and how long a breath takes on screen.
const BREATH: f64 = 0.04;
const BREATH_S: f64 = 2.0;

/// What of the picture changes from frame to frame without any message.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Style {
    pub breath: f32,
    pub drift: f32,
    pub glow: f32,
}

impl Droplets {
    /// The run's time on screen gives the beat, so that all stands still when the run does.
    pub(super) fn style_now(&self, reduced: bool) -> Style {
        let turn = |period_s: f64| {
            let period_ns = (period_s * self.pace_ns_per_s).max(1.0) as u64;
            (self.now.as_ns() % period_ns) as f64 / period_ns as f64
        };
        let moving = if reduced { 0.0 } else { 1.0 };
        let [all, none] = GLOWING;
        Style {
            breath: (moving * BREATH * (TAU * turn(BREATH_S)).sin()) as f32,
            drift: (moving * STREAK * turn(STREAK / PX_PER_S)) as f32,
            glow: ((none - self.messages.len() as f32) / (none - all)).clamp(0.0, 1.0),
        }
    }
}
