//! Organ pipes: harmonics that speak one after the other, a breath of air, a slow tremble.

use super::Shape;
use fundsp::prelude64::*;

/// Harmonics of a pipe.
const HARMONICS: usize = 8;

/// A pipe, and maybe a second one beside it with which it beats.
pub fn pipe(hz: f64, shape: Shape, bright: f64, breath: f64, beat_cents: f64) -> Net {
    let mut net = rank(hz, shape, bright);
    if beat_cents != 0.0 {
        net = (net + rank(hz * 2f64.powf(beat_cents / 1_200.0), shape, bright)) * 0.6;
    }
    if breath > 0.0 {
        let middle = (hz * 4.0).min(6_000.0) as f32;
        let level = move |t: f64| breath * (0.05 * shape.at(t) + 0.5 * (t / 0.01).min(1.0) * (-t / 0.04).exp());
        let air = (noise() >> bandpass_hz(middle, 2.0)) * envelope(level);
        net = net + Net::wrap(Box::new(air));
    }
    net
}

fn rank(hz: f64, shape: Shape, bright: f64) -> Net {
    let tremble = move |t: f64| hz * (1.0 + 0.0012 * (t * 4.6 * std::f64::consts::TAU).sin());
    let mut net = harmonic(1.0, 1.0, shape, tremble);
    for n in 2..=HARMONICS {
        let multiple = n as f64;
        // Stopped pipes lack the even harmonics; bright ones have all.
        let fullness = if n % 2 == 0 { bright } else { 0.35 + 0.65 * bright };
        let level = 0.8 * fullness * (0.25 + 0.45 * bright).powf(0.6 * (multiple - 1.0));
        if hz * multiple < 9_000.0 && level > 0.003 {
            net = net + harmonic(multiple, level, shape, tremble);
        }
    }
    net * 0.5
}

/// High harmonics speak later than the ground.
fn harmonic(
    multiple: f64,
    level: f64,
    shape: Shape,
    pitch: impl Fn(f64) -> f64 + Clone + Send + Sync + 'static,
) -> Net {
    let shape = Shape { attack_s: shape.attack_s * (1.0 + 0.12 * (multiple - 1.0)), ..shape };
    let tone = lfo(move |t| multiple * pitch(t)) >> sine();
    Net::wrap(Box::new(tone * envelope(move |t| level * shape.at(t))))
}
