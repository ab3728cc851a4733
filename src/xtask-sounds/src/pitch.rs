//! Notes by name, and the one scale in which everything agrees.

use crate::Result;

/// D dorian: the white keys.
const SCALE: [(char, i32); 7] = [('C', 0), ('D', 2), ('E', 4), ('F', 5), ('G', 7), ('A', 9), ('B', 11)];

/// The frequency of a note of the scale: `D4`, `A2`. Others are refused, so that no two sounds ever clash.
///
/// # Errors
/// Where it is no note of the scale.
pub fn frequency_hz(name: &str) -> Result<f64> {
    let unknown = || format!("`{name}` is no note of the scale: a letter from A to G and an octave from 0 to 8");
    let mut letters = name.chars();
    let letter = letters.next().ok_or_else(unknown)?;
    let (_, semitone) = SCALE.iter().find(|(key, _)| *key == letter).ok_or_else(unknown)?;
    let octave: i32 = letters.as_str().parse().map_err(|_| unknown())?;
    if !(0..=8).contains(&octave) {
        return Err(unknown().into());
    }
    let from_a4 = semitone - 9 + 12 * (octave - 4);
    Ok(440.0 * 2f64.powf(f64::from(from_a4) / 12.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_have_the_frequencies_of_equal_temperament() {
        assert!((frequency_hz("A4").unwrap() - 440.0).abs() < 1e-9);
        assert!((frequency_hz("D4").unwrap() - 293.664_768).abs() < 1e-5);
        assert!((frequency_hz("C8").unwrap() - 4_186.009_045).abs() < 1e-5);
    }

    #[test]
    fn what_is_not_in_the_scale_is_refused() {
        for name in ["", "H4", "C#4", "Eb3", "A", "A9", "A-1", "é4"] {
            assert!(frequency_hz(name).is_err(), "{name}");
        }
    }
}
