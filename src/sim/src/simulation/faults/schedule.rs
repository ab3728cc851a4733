//! Schedules: whether a hazard is active, and until when.

use crate::blueprint::Schedule;
use crate::kernel::time::Time;

/// Whether a schedule is active at a time, and when that changes next.
pub(in crate::simulation) fn state_at(schedule: &Schedule, now: Time) -> (bool, Time) {
    let (base, within) = match schedule.repeat_ns {
        Some(period) => (now.as_ns() / period * period, now.as_ns() % period),
        None => (0, now.as_ns()),
    };
    for window in &schedule.windows {
        if within < window.from.as_ns() {
            return (false, Time::from_ns(base).plus_ns(window.from.as_ns()));
        }
        if within < window.to.as_ns() {
            return (true, Time::from_ns(base).plus_ns(window.to.as_ns()));
        }
    }
    let first = schedule.windows.first().map(|window| window.from.as_ns());
    let next = match (schedule.repeat_ns, first) {
        (Some(period), Some(first)) => Time::from_ns(base).plus_ns(period).plus_ns(first),
        _ => Time::MAX,
    };
    (false, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_turns_on_and_off_again_and_again() {
        let ms = Time::from_ms;
        let cycle = Schedule::cycle(ms(10), 5_000_000, 100_000_000);
        assert_eq!(state_at(&cycle, ms(0)), (false, ms(10)));
        assert_eq!(state_at(&cycle, ms(10)), (true, ms(15)));
        assert_eq!(state_at(&cycle, ms(15)), (false, ms(110)));
        assert_eq!(state_at(&cycle, ms(212)), (true, ms(215)));
        assert_eq!(state_at(&Schedule::never(), ms(1)), (false, Time::MAX));
    }
}
