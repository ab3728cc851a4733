//! The times at which an enemy strikes, as bars that can be drawn and dragged.

use pipe_maze_level::enemy::Schedule;

/// Most strikes that are drawn of an enemy that strikes again and again.
pub(super) const DRAWN_MAX: usize = 200;
/// Shortest strike that can be drawn, in milliseconds.
pub(super) const STRIKE_MS_MIN: u64 = 10;

/// What of a strike is held.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum End {
    From,
    To,
    /// The whole of it, held so many milliseconds after its beginning.
    Whole(u64),
}

/// When a new enemy strikes.
pub fn first(duration_ms: u64) -> Schedule {
    Schedule::At(vec![(duration_ms / 4, (duration_ms / 2).max(duration_ms / 4 + 1))])
}

/// The times at which an enemy strikes in a run of that length.
pub fn windows(schedule: &Schedule, end_ms: u64) -> Vec<(u64, u64)> {
    match schedule {
        Schedule::Always => vec![(0, end_ms.max(1))],
        Schedule::Every { first_ms, every_ms, for_ms } => {
            let begins = (0..DRAWN_MAX as u64).map(|i| first_ms.saturating_add(i.saturating_mul((*every_ms).max(1))));
            begins.take_while(|from| *from < end_ms).map(|from| (from, from.saturating_add((*for_ms).max(1)))).collect()
        }
        Schedule::At(times) => times.clone(),
    }
}

/// Times in order and apart: what overlaps becomes one.
pub fn tidy(mut times: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    times.retain(|(from, to)| from < to);
    times.sort_unstable();
    let mut tidy: Vec<(u64, u64)> = Vec::new();
    for (from, to) in times {
        match tidy.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => tidy.push((from, to)),
        }
    }
    tidy
}

/// The strikes while one of them is dragged.
pub(super) fn dragged(mut times: Vec<(u64, u64)>, nth: usize, end: End, to_ms: u64, end_ms: u64) -> Vec<(u64, u64)> {
    let Some(time) = times.get_mut(nth) else { return times };
    match end {
        // Drawn to the other side it turns round.
        End::To if to_ms < time.0 => *time = (to_ms, time.0),
        End::From if to_ms > time.1 => *time = (time.1, to_ms),
        End::To => time.1 = to_ms.max(time.0 + STRIKE_MS_MIN),
        End::From => time.0 = to_ms.min(time.1.saturating_sub(STRIKE_MS_MIN)),
        End::Whole(grip) => {
            let length = time.1 - time.0;
            let from = to_ms.saturating_sub(grip).min(end_ms.saturating_sub(length.min(end_ms)));
            *time = (from, from + length);
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_order_and_apart() {
        assert_eq!(tidy(vec![(50, 60), (10, 20), (15, 30), (30, 40), (70, 70)]), [(10, 40), (50, 60)]);
        assert_eq!(tidy(Vec::new()), []);
    }

    #[test]
    fn a_strike_is_dragged_by_its_ends_and_as_a_whole() {
        let times = vec![(100, 200), (500, 600)];
        assert_eq!(dragged(times.clone(), 0, End::To, 300, 1_000), [(100, 300), (500, 600)]);
        assert_eq!(dragged(times.clone(), 0, End::From, 150, 1_000), [(150, 200), (500, 600)]);
        assert_eq!(dragged(times.clone(), 0, End::From, 250, 1_000), [(200, 250), (500, 600)], "it turns round");
        assert_eq!(
            dragged(times.clone(), 1, End::Whole(50), 10, 1_000),
            [(100, 200), (0, 100)],
            "not before the start"
        );
        assert_eq!(
            dragged(times.clone(), 1, End::Whole(0), 990, 1_000),
            [(100, 200), (900, 1_000)],
            "nor after the end"
        );
        assert_eq!(dragged(times, 7, End::To, 300, 1_000), [(100, 200), (500, 600)]);
    }

    #[test]
    fn what_is_drawn_of_an_enemy_is_when_it_strikes() {
        assert_eq!(windows(&Schedule::Always, 900), [(0, 900)]);
        let every = Schedule::Every { first_ms: 100, every_ms: 300, for_ms: 50 };
        assert_eq!(windows(&every, 900), [(100, 150), (400, 450), (700, 750)]);
        let endless = Schedule::Every { first_ms: 0, every_ms: 0, for_ms: 0 };
        assert!(windows(&endless, u64::MAX).len() <= DRAWN_MAX);
    }
}
