//! Scores as short text: notes on a grid of equal steps.
//!
//! `D4` is a note, `D4+F4+A4` a chord, `-` holds what sounds for a step more, `.` is a rest, and `|` only helps the
//! reader. `,` after a note makes it softer, `!` louder.

use crate::Result;
use crate::pitch::frequency_hz;

/// A note: which, when, how long and how loud.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Note {
    /// Its frequency.
    pub hz: f64,
    /// Its first step.
    pub step: usize,
    /// For how many steps it is held.
    pub steps: usize,
    /// How much louder than others.
    pub gain_db: f64,
}

/// Reads a score.
///
/// # Errors
/// What is no note, rest or hold.
pub fn parse(score: &str) -> Result<Vec<Note>> {
    let mut notes: Vec<Note> = Vec::new();
    let mut sounding = 0;
    for (step, token) in score.split_whitespace().filter(|token| *token != "|").enumerate() {
        match token {
            "." => sounding = 0,
            "-" => {
                let first = notes.len() - sounding;
                notes[first..].iter_mut().for_each(|note| note.steps += 1);
            }
            chord => {
                sounding = 0;
                for name in chord.split('+') {
                    let bare = name.trim_end_matches([',', '!']);
                    let gain_db = name[bare.len()..].chars().map(|mark| if mark == ',' { -5.0 } else { 3.0 }).sum();
                    notes.push(Note { hz: frequency_hz(bare)?, step, steps: 1, gain_db });
                    sounding += 1;
                }
            }
        }
    }
    Ok(notes)
}

/// The steps of a score.
pub fn steps(score: &str) -> usize {
    score.split_whitespace().filter(|token| *token != "|").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_held_and_rests_end_them() {
        let notes = parse("A4 - | . A3,+A5! - -").unwrap();
        let plain: Vec<_> = notes.iter().map(|note| (note.hz.round() as u32, note.step, note.steps)).collect();
        assert_eq!(plain, [(440, 0, 2), (220, 3, 3), (880, 3, 3)]);
        assert_eq!((notes[1].gain_db, notes[2].gain_db), (-5.0, 3.0));
        assert_eq!(steps("A4 - | . A3,+A5! - -"), 6);
    }

    #[test]
    fn bad_scores_are_refused_and_never_panic() {
        assert!(parse("X4").is_err() && parse("A4+").is_err() && parse("A4 --").is_err());
        assert_eq!(parse("- - .").unwrap(), []);
    }
}
