//! A recording of arrivals: its times as text, and how many requests a second they are.

use super::PROFILE_MS_MAX;
use crate::limits::RECORDED_MAX;

/// Why a text is no recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoRecording {
    /// There is no time in it.
    Empty,
    /// There are more than [`RECORDED_MAX`] times in it.
    TooMany,
    /// What stands there, counted from 1, is no whole number of milliseconds.
    NoTime(usize, String),
    /// The time that stands there, counted from 1, is later than so many milliseconds.
    TooLate(usize, u64),
}

/// Longest part of a text that is said again where it is no time, in characters.
const SAID_MAX: usize = 20;

/// Reads the times of a recording, in milliseconds, which stand between blanks, commas, semicolons or ends of lines. They are
/// put in order.
///
/// # Errors
/// The first thing for which the text is no recording.
pub fn read(text: &str) -> Result<Vec<u64>, NoRecording> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
    let mut times = Vec::new();
    for (nth, word) in text.split(between).filter(|word| !word.is_empty()).enumerate() {
        if nth >= RECORDED_MAX {
            return Err(NoRecording::TooMany);
        }
        let is_time = word.bytes().all(|byte| byte.is_ascii_digit());
        if !is_time {
            return Err(NoRecording::NoTime(nth + 1, word.chars().take(SAID_MAX).collect()));
        }
        // More digits than a number has are too late as well.
        let ms = word.parse().ok().filter(|&ms: &u64| ms <= PROFILE_MS_MAX);
        times.push(ms.ok_or(NoRecording::TooLate(nth + 1, PROFILE_MS_MAX))?);
    }
    times.sort();
    if times.is_empty() { Err(NoRecording::Empty) } else { Ok(times) }
}

/// The times as such a text.
pub fn write(at_ms: &[u64]) -> String {
    at_ms.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")
}

/// Requests a second in each of so many equal parts of the time up to `end_ms`.
pub fn rates(at_ms: &[u64], end_ms: u64, parts: usize) -> Vec<f64> {
    let bound = |nth: usize| (u128::from(end_ms) * nth as u128 / parts.max(1) as u128) as u64;
    let before = |ms: u64| at_ms.partition_point(|&at| at < ms);
    let rate = |nth: usize| {
        let (from, to) = (bound(nth), bound(nth + 1));
        (before(to) - before(from)) as f64 * 1_000.0 / to.saturating_sub(from).max(1) as f64
    };
    (0..parts).map(rate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_however_they_are_parted_and_put_in_order() {
        assert_eq!(read(" 30, 10;10\n\t20 "), Ok(vec![10, 10, 20, 30]));
        assert_eq!(read(&write(&[0, 7, 86_400_000])), Ok(vec![0, 7, 86_400_000]));
    }

    #[test]
    fn what_is_no_recording_says_where() {
        assert_eq!(read(" ,\n"), Err(NoRecording::Empty));
        assert_eq!(read("1 2 x3"), Err(NoRecording::NoTime(3, "x3".into())));
        assert_eq!(read("1 -2"), Err(NoRecording::NoTime(2, "-2".into())));
        assert_eq!(read("1.5"), Err(NoRecording::NoTime(1, "1.5".into())));
        assert_eq!(read("86400001"), Err(NoRecording::TooLate(1, 86_400_000)));
        assert_eq!(read(&"9".repeat(300)), Err(NoRecording::TooLate(1, 86_400_000)));
        assert_eq!(read(&"1 ".repeat(RECORDED_MAX + 1)), Err(NoRecording::TooMany));
        assert_eq!(read(&"1 ".repeat(RECORDED_MAX)).map(|times| times.len()), Ok(RECORDED_MAX));
        assert_eq!(read(&"ä".repeat(300)), Err(NoRecording::NoTime(1, "ä".repeat(SAID_MAX))));
    }

    #[test]
    fn rates_count_what_comes_in_each_part() {
        assert_eq!(rates(&[0, 10, 499, 500, 1_999, 2_000], 2_000, 4), [6.0, 2.0, 0.0, 2.0]);
        assert_eq!(rates(&[1], 0, 2), [0.0, 0.0]);
        assert_eq!(rates(&[], u64::MAX, 0), [0.0; 0]);
    }
}
