//! Water: the ring of a bubble, whose pitch glides while it dies.

use super::decay;
use fundsp::prelude64::*;

/// A drop.
pub fn drop(hz: f64, ring_s: f64, to: f64) -> Net {
    let pitch = move |t: f64| hz * to.powf((t / ring_s * 2.0).min(1.0));
    let level = move |t: f64| decay(t, ring_s) * (t / 0.004).min(1.0);
    let bubble = (lfo(pitch) >> sine()) + (lfo(move |t| 2.0 * pitch(t)) >> sine()) * 0.08;
    Net::wrap(Box::new(bubble * envelope(level)))
}
