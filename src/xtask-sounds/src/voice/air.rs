//! Air: a band of noise that glides.

use super::Shape;
use fundsp::prelude64::*;

/// Air through a gap; the band's middle goes from the pitch to a multiple of it.
pub fn air(hz: f64, shape: Shape, to: f64, narrow: f64) -> Net {
    let length_s = shape.length_s();
    let middle = move |t: f64| (hz * to.powf((t / length_s).min(1.0))).min(12_000.0);
    let band = (noise() | lfo(middle) | dc(narrow as f32)) >> bandpass();
    // What the band lets through far above it would only hiss.
    let band = band >> lowpass_hz((hz * to.max(1.0) * 3.0).min(12_000.0) as f32, 0.6);
    // A narrow band lets little through: brought back to the level of the others.
    let level = 0.5 * narrow.sqrt();
    Net::wrap(Box::new(band * envelope(move |t| level * shape.at(t))))
}
