//! How fast a leg of a ride passes: slow enough to be read, and never faster than the run would.

use pipe_maze_level::timeline::Leg;

/// How long a whole ride takes about, in seconds.
const RIDE_S: f64 = 11.0;
/// The shortest and the longest that one leg takes, in seconds.
const LEG_S: (f64, f64) = (0.7, 3.2);

/// Simulated nanoseconds that pass in a second while a request of that latency is on that leg.
pub fn of_leg(leg: &Leg, latency_ns: u64, chosen_ns_per_s: f64) -> f64 {
    let share = leg.ns() as f64 / latency_ns.max(1) as f64;
    let seconds = (share * RIDE_S).clamp(LEG_S.0, LEG_S.1);
    (leg.ns() as f64 / seconds).min(chosen_ns_per_s).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::timeline::LegKind;
    use pipe_maze_sim::{PieceId, Time};

    #[test]
    fn a_leg_can_be_read_and_the_run_is_never_hurried() {
        let latency_ns = 1_000_000_000;
        for ns in [1, 1_000, 1_000_000, 80_000_000, 900_000_000] {
            let to = Time::from_ns(ns);
            let from = Time::ZERO;
            let leg = Leg { piece: PieceId(1), kind: LegKind::Queue, from, to, entered_at: from, leaves_at: to };
            let seconds = |chosen| ns as f64 / of_leg(&leg, latency_ns, chosen);
            assert!((LEG_S.0..=LEG_S.1).contains(&seconds(1e12)) || ns == 1, "{ns}: {}", seconds(1e12));
            assert!(of_leg(&leg, latency_ns, 5e6) <= 5e6);
        }
    }
}
