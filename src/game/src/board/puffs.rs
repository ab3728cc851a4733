//! Steam and smoke over machines: steam while a queue fills, before anything is refused; smoke while work is refused.

use super::beat::Beat;
use super::strain::{Mood, State};

/// How many puffs rise at once.
pub const PUFFS: usize = 7;
/// From which share of the queue on it steams, and from which on at full strength.
const STEAM: (f32, f32) = (0.3, 0.7);
/// How long a puff takes from the chimney until it is gone, in seconds.
const LIFE_S: f64 = 2.1;
/// How high it rises meanwhile, in world units.
const RISE: f32 = 92.0;

/// What comes out of a chimney.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exhaust {
    /// Pressure: the queue fills.
    Steam,
    /// Fire: work is refused.
    Smoke,
}

/// One puff: its picture, where it is from the chimney, its size and how much of it is left.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Puff {
    /// Which of the four frames.
    pub name: &'static str,
    /// From the chimney, in world units.
    pub offset: (f32, f32),
    /// Times its natural size.
    pub scale: f32,
    /// Its opacity.
    pub alpha: f32,
}

/// What a machine that feels so puts out, and how strongly, from 0 to 1.
pub fn exhaust(mood: &Mood) -> Option<(Exhaust, f32)> {
    if mood.state() == State::Failed {
        return Some((Exhaust::Smoke, (mood.failing_s / 0.5).min(1.0)));
    }
    let strength = ((mood.queue - STEAM.0) / (STEAM.1 - STEAM.0)).clamp(0.0, 1.0);
    (strength > 0.0).then_some((Exhaust::Steam, strength))
}

/// The `i`-th of the puffs that rise. Who asked for little motion sees a plume that stands.
pub fn puff(exhaust: Exhaust, strength: f32, i: usize, beat: &Beat) -> Puff {
    let shift = i as f64 / PUFFS as f64;
    let age = if beat.reduced { shift } else { (beat.now_s / LIFE_S + shift).fract() } as f32;
    let frames = match exhaust {
        Exhaust::Steam => ["steam-1", "steam-2", "steam-3", "steam-4"],
        Exhaust::Smoke => ["smoke-1", "smoke-2", "smoke-3", "smoke-4"],
    };
    let full = match exhaust {
        Exhaust::Steam => 0.85,
        Exhaust::Smoke => 1.15,
    };
    let swing = ((age * 5.0 + i as f32 * 1.7).sin() * 5.0 + 14.0 * age) * age;
    Puff {
        name: frames[((age * 4.0) as usize).min(3)],
        offset: (swing, age * RISE * (0.55 + 0.45 * strength)),
        scale: full * (0.7 + 0.45 * age),
        // It appears at the chimney's mouth and thins out on its way.
        alpha: strength * (age * 9.0).min(1.0) * (1.0 - age.powi(4)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steam_comes_before_the_overflow_and_smoke_with_it() {
        let mood = |queue, failing_s| Mood { busy: 1.0, queue, failing_s, ..Mood::default() };
        assert_eq!(exhaust(&mood(0.2, 0.0)), None);
        assert!(matches!(exhaust(&mood(0.5, 0.0)), Some((Exhaust::Steam, s)) if (0.4..0.6).contains(&s)));
        assert_eq!(exhaust(&mood(1.0, 0.0)), Some((Exhaust::Steam, 1.0)));
        assert_eq!(exhaust(&mood(1.0, 1.0)), Some((Exhaust::Smoke, 1.0)));
    }

    #[test]
    fn a_puff_rises_grows_and_is_gone() {
        let at = |now_s: f64| puff(Exhaust::Smoke, 1.0, 0, &Beat { now_s, reduced: false });
        let (young, old) = (at(0.3), at(2.0));
        assert_eq!((young.name, old.name), ("smoke-1", "smoke-4"));
        assert!(young.offset.1 < old.offset.1 && young.alpha > old.alpha && at(2.09).alpha < 0.1);
        let still = |now_s: f64| puff(Exhaust::Steam, 1.0, 3, &Beat { now_s, reduced: true });
        assert_eq!(still(0.0), still(1.3));
    }
}
