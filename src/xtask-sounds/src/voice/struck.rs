//! Wood, glass and heavy things: what is struck rings in partials of its own, each with its own end.

use super::decay;
use fundsp::prelude64::*;

/// A bar of wood, tuned as marimbas are: the second partial two octaves up, the third far above, both soon gone.
pub fn wood(hz: f64, ring_s: f64, knock: f64) -> Net {
    let bar = partials(hz, ring_s, &[(1.0, 1.0, 1.0), (3.98, 0.22, 0.35), (9.2, 0.06, 0.15)]);
    bar + blow(hz * 2.5, 0.03, 0.5 * knock)
}

/// A glass: partials that no string has, the high ones long enough to shimmer.
pub fn glass(hz: f64, ring_s: f64) -> Net {
    partials(hz, ring_s, &[(1.0, 1.0, 1.0), (2.003, 0.25, 0.7), (2.76, 0.1, 0.45), (5.4, 0.05, 0.22)])
}

/// A tone that sinks, and the blow.
pub fn thud(hz: f64, ring_s: f64, to: f64, thump: f64) -> Net {
    let fall_s = ring_s * 0.25;
    let pitch = move |t: f64| hz * (to + (1.0 - to) * (-3.0 * t / fall_s).exp());
    let tone = lfo(pitch) >> sine();
    let second = lfo(move |t| 2.01 * pitch(t)) >> sine();
    let level = move |t: f64| decay(t, ring_s) * (t / 0.003).min(1.0);
    let body = (tone + second * 0.18) * envelope(level);
    Net::wrap(Box::new(body)) + blow(hz * 6.0, 0.12, thump)
}

/// Partials: each a multiple of the pitch, a level, and a share of the ringing.
fn partials(hz: f64, ring_s: f64, partials: &[(f64, f64, f64)]) -> Net {
    let mut net = Net::new(0, 1);
    let mut first = true;
    for &(multiple, level, share) in partials.iter().filter(|(multiple, ..)| hz * multiple < 14_000.0) {
        let tone = sine_hz((hz * multiple) as f32)
            * envelope(move |t| level * decay(t, ring_s * share) * (t / 0.0025).min(1.0));
        let tone = Net::wrap(Box::new(tone));
        net = if std::mem::take(&mut first) { tone } else { net + tone };
    }
    net
}

/// The short noise of what strikes.
fn blow(hz: f64, ring_s: f64, level: f64) -> Net {
    let hz = hz.min(9_000.0) as f32;
    let noise = (noise() >> lowpass_hz(hz, 0.7)) * envelope(move |t| level * decay(t, ring_s) * (t / 0.002).min(1.0));
    Net::wrap(Box::new(noise))
}
