//! Few enough sounds at a time to be told apart.

use super::catalogue::Sound;

/// Most voices at once.
const VOICES_MAX: usize = 16;

/// Which sounds were let through, and when.
#[derive(Default)]
pub struct Throttle {
    last_s: Vec<(Sound, f64)>,
}

impl Throttle {
    /// Whether a sound may be heard now, while so many voices play. If so, it is noted.
    pub fn admits(&mut self, sound: Sound, now_s: f64, voices: usize) -> bool {
        let last = self.last_s.iter_mut().find(|(other, _)| *other == sound);
        let early = last.as_ref().is_some_and(|(_, last_s)| now_s - *last_s < sound.interval_s());
        if early || voices >= VOICES_MAX {
            return false;
        }
        match last {
            Some((_, last_s)) => *last_s = now_s,
            None => self.last_s.push((sound, now_s)),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_answers_a_second_are_nine_plinks() {
        let mut throttle = Throttle::default();
        let heard = (0..10_000).filter(|i| throttle.admits(Sound::Answered, f64::from(*i) / 1e4, 0)).count();
        assert!((8..=10).contains(&heard), "{heard}");
    }

    #[test]
    fn one_sound_does_not_hold_up_another_but_a_crowd_does() {
        let mut throttle = Throttle::default();
        assert!(throttle.admits(Sound::Answered, 5.0, 3) && throttle.admits(Sound::Press, 5.0, 3));
        assert!(!throttle.admits(Sound::Win, 5.0, VOICES_MAX));
        assert!(throttle.admits(Sound::Win, 5.1, 2), "what was not heard does not count");
    }
}
