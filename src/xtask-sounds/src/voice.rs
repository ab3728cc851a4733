//! Voices: wood, glass, drops, pipes and air. Each note of each is a small network of oscillators and filters.

mod air;
mod pipe;
mod struck;
mod water;

use crate::Result;
use crate::audio::RATE_HZ;
use fundsp::net::Net;
use fundsp::wave::Wave;
use serde::Deserialize;

/// An instrument.
#[derive(Deserialize, Clone, Copy, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub enum Voice {
    /// A bar of wood, struck with a soft mallet.
    Wood {
        /// How long it rings, to a thousandth.
        ring_s: f64,
        /// How much of the mallet is heard, 0 to 1.
        #[serde(default)]
        knock: f64,
    },
    /// A glass, touched.
    Glass {
        /// How long it rings, to a thousandth.
        ring_s: f64,
    },
    /// A drop that falls into water: a bubble whose pitch rises, or falls.
    Drop {
        /// How long it rings, to a thousandth.
        ring_s: f64,
        /// The pitch at its end, as a multiple of that at its begin.
        to: f64,
    },
    /// Something heavy: a tone that sinks, and the thump of its blow.
    Thud {
        /// How long it rings, to a thousandth.
        ring_s: f64,
        /// The pitch at its end, as a multiple of that at its begin.
        to: f64,
        /// How much of the blow is heard, 0 to 1.
        blow: f64,
    },
    /// An organ pipe.
    Pipe {
        /// How long it takes to speak.
        attack_s: f64,
        /// How long it takes to fall silent.
        release_s: f64,
        /// How strong its overtones are, 0 (a stopped flute) to 1 (a reed).
        bright: f64,
        /// How much breath is heard as it speaks, 0 to 1.
        #[serde(default)]
        breath: f64,
        /// A second pipe beside it, that many cents higher: they beat.
        #[serde(default)]
        beat_cents: f64,
    },
    /// Air through a gap: a band of noise that glides.
    Air {
        /// How long it takes to rise.
        attack_s: f64,
        /// How long it takes to fall.
        release_s: f64,
        /// Where the band ends, as a multiple of where it begins.
        to: f64,
        /// How narrow the band is, 0.3 to 30.
        narrow: f64,
    },
}

impl Voice {
    /// Whether its figures make sense.
    ///
    /// # Errors
    /// What they have to be.
    pub fn check(&self) -> Result<()> {
        let time = |seconds: f64| (0.001..=12.0).contains(&seconds);
        let share = |share: f64| (0.0..=1.0).contains(&share);
        let ratio = |ratio: f64| (0.05..=20.0).contains(&ratio);
        let sound = match *self {
            Self::Wood { ring_s, knock } => time(ring_s) && share(knock),
            Self::Glass { ring_s } => time(ring_s),
            Self::Drop { ring_s, to } => time(ring_s) && ratio(to),
            Self::Thud { ring_s, to, blow } => time(ring_s) && ratio(to) && share(blow),
            Self::Pipe { attack_s, release_s, bright, breath, beat_cents } => {
                time(attack_s) && time(release_s) && share(bright) && share(breath) && beat_cents.abs() <= 60.0
            }
            Self::Air { attack_s, release_s, to, narrow } => {
                time(attack_s) && time(release_s) && ratio(to) && (0.3..=30.0).contains(&narrow)
            }
        };
        if sound { Ok(()) } else { Err("times are 0.001 to 12 s, shares 0 to 1, ratios 0.05 to 20".into()) }
    }

    /// A note of it that is held for that long, with all of its ringing.
    pub fn play(&self, hz: f64, held_s: f64) -> Vec<f32> {
        let (mut net, length_s) = self.network(hz, held_s);
        Wave::render(f64::from(RATE_HZ), length_s, &mut net).channel(0).clone()
    }

    fn network(&self, hz: f64, held_s: f64) -> (Net, f64) {
        match *self {
            Self::Wood { ring_s, knock } => (struck::wood(hz, ring_s, knock), ring_s),
            Self::Glass { ring_s } => (struck::glass(hz, ring_s), ring_s),
            Self::Drop { ring_s, to } => (water::drop(hz, ring_s, to), ring_s),
            Self::Thud { ring_s, to, blow } => (struck::thud(hz, ring_s, to, blow), ring_s),
            Self::Pipe { attack_s, release_s, bright, breath, beat_cents } => {
                let shape = Shape { attack_s, held_s, release_s };
                (pipe::pipe(hz, shape, bright, breath, beat_cents), shape.length_s())
            }
            Self::Air { attack_s, release_s, to, narrow } => {
                let shape = Shape { attack_s, held_s, release_s };
                (air::air(hz, shape, to, narrow), shape.length_s())
            }
        }
    }
}

/// How loud a held note is over time: it rises, stays and, once let go, falls, as sines do, so that the end of one and
/// the begin of the next add up to the same power.
#[derive(Clone, Copy)]
struct Shape {
    attack_s: f64,
    held_s: f64,
    release_s: f64,
}

impl Shape {
    fn length_s(self) -> f64 {
        self.held_s + self.release_s
    }

    fn at(self, t: f64) -> f64 {
        let quarter = std::f64::consts::FRAC_PI_2;
        let rise = (quarter * (t / self.attack_s).min(1.0)).sin();
        let fall = (quarter * ((t - self.held_s) / self.release_s).clamp(0.0, 1.0)).cos();
        rise * fall
    }
}

/// What is left after `t` of something that falls to a thousandth in `ring_s`.
fn decay(t: f64, ring_s: f64) -> f64 {
    (-6.9 * t / ring_s).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOICES: [Voice; 6] = [
        Voice::Wood { ring_s: 0.5, knock: 0.5 },
        Voice::Glass { ring_s: 0.5 },
        Voice::Drop { ring_s: 0.2, to: 1.5 },
        Voice::Thud { ring_s: 0.5, to: 0.5, blow: 0.5 },
        Voice::Pipe { attack_s: 0.05, release_s: 0.1, bright: 0.5, breath: 0.3, beat_cents: 8.0 },
        Voice::Air { attack_s: 0.1, release_s: 0.2, to: 3.0, narrow: 4.0 },
    ];

    #[test]
    fn every_voice_sounds_and_falls_silent_the_same_way_each_time() {
        for voice in VOICES {
            let note = voice.play(293.66, 0.3);
            let peak = note.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
            assert!(note.iter().all(|sample| sample.is_finite()) && peak > 0.05, "{voice:?} {peak}");
            let end = note[note.len() - 44..].iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
            assert!(end < peak * 0.05, "{voice:?}: {end} of {peak} at the end");
            assert_eq!(note, voice.play(293.66, 0.3));
        }
    }

    #[test]
    fn a_pipe_has_its_pitch() {
        let voice = Voice::Pipe { attack_s: 0.02, release_s: 0.05, bright: 0.0, breath: 0.0, beat_cents: 0.0 };
        let note = voice.play(220.0, 1.0);
        let rising = note[..44_100].windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert!((215..=225).contains(&rising), "{rising} periods in a second");
    }
}
