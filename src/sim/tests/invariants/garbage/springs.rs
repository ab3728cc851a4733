//! What is wrong with springs: their traffic, and their classes.

use super::brush::{Brush, LONG_NS};
use super::calls;
use pipe_maze_sim::traffic::{Phase, RatePoint};
use pipe_maze_sim::*;

pub fn spoil(brush: &mut Brush, world: &mut Blueprint) {
    let Some(spring) = brush.take(&mut world.springs, |spring| spring.id) else { return };
    if brush.dips() {
        spring.traffic = bad_traffic(brush);
    }
    brush.blot(&mut spring.stop_at, &[Time::MAX], "stop_at");
    let mut class = ClassSpec::default();
    brush.blot(&mut class.priority, &[8, u8::MAX], "priority");
    class.keys = keys(brush);
    calls::call(brush, &mut class.call);
    spring.classes.push(class);
    if brush.dips() {
        spring.classes.extend(vec![ClassSpec::default(); 1_001]);
        brush.note(&["classes"]);
    }
    if brush.dips() {
        let weight = brush.dice.pick(&[0, u32::MAX]);
        spring.classes.iter_mut().for_each(|class| class.weight = weight);
        spring.classes.push(spring.classes[0].clone());
        brush.note(&["classes' weights"]);
    }
    let (id, twin) = (spring.id, spring.clone());
    if brush.dips() {
        world.springs.push(twin);
        brush.note(&["id"]);
    }
    brush.put_down(id);
}

fn bad_traffic(brush: &mut Brush) -> Traffic {
    let mut rate_per_s = 1.0;
    let point = |ms, rate_per_s| RatePoint { at: Time::from_ms(ms), rate_per_s };
    match brush.dice.below(6) {
        0 => {
            brush.blot_number(&mut rate_per_s, "rate_per_s");
            brush.dice.pick(&[Traffic::Poisson { rate_per_s }, Traffic::Deterministic { rate_per_s }])
        }
        1 => {
            let mut phase = Phase { rate_per_s, mean_ns: 1_000_000_000 };
            brush.blot_number(&mut phase.rate_per_s, "rate_per_s");
            brush.blot(&mut phase.mean_ns, &[0, 999_999, LONG_NS], "mean_ns");
            let mut count = 1;
            brush.blot(&mut count, &[65], "phases");
            Traffic::Bursty { phases: vec![phase; count] }
        }
        2 => {
            brush.note(&["phases"]);
            Traffic::Bursty {
                phases: brush.dice.pick(&[Vec::new(), vec![Phase { rate_per_s: 1e-3, mean_ns: 1_000_000 }]]),
            }
        }
        3 => {
            brush.blot_number(&mut rate_per_s, "rate_per_s");
            let mut points = vec![point(0, rate_per_s), point(2_000, rate_per_s)];
            let late = point(u64::MAX, rate_per_s);
            brush.blot(
                &mut points,
                &[vec![point(2_000, rate_per_s), point(0, rate_per_s)], vec![late; 10_001]],
                "points",
            );
            let mut repeat_ns = None;
            brush.blot(&mut repeat_ns, &[Some(0), Some(999_999_999), Some(LONG_NS)], "repeat_ns");
            Traffic::Curve { points, repeat_ns }
        }
        4 => {
            brush.note(&["arrivals"]);
            let times: &[u64] = brush.dice.pick(&[&[2, 1], &[1, LONG_NS], &[LONG_NS, 1]]);
            Traffic::Replay { arrivals: times.iter().map(|&ns| Time::from_ns(ns)).collect() }
        }
        _ => {
            let (mut users, mut think) = (1, Distribution::Constant { mean_ns: 1 });
            brush.blot(&mut users, &[0, 1_000_001], "users");
            brush.blot_time(&mut think);
            if think.is_valid() {
                brush.blot(&mut think, &[Distribution::Constant { mean_ns: 0 }], "think");
            } else if think.mean_ns() == 0 {
                brush.note(&["think"]);
            }
            Traffic::Closed { users, think }
        }
    }
}

fn keys(brush: &mut Brush) -> KeySpec {
    let mut count = 3;
    match brush.dice.below(4) {
        0 => KeySpec::None,
        1 => {
            brush.blot(&mut count, &[0], "keys");
            KeySpec::Uniform { keys: count }
        }
        2 => {
            brush.blot(&mut count, &[0], "sessions");
            KeySpec::Session { sessions: count }
        }
        _ => {
            let mut exponent = 1.0;
            brush.blot(&mut count, &[0, 65_537], "keys");
            brush.blot_number(&mut exponent, "exponent");
            KeySpec::Zipf { keys: count, exponent }
        }
    }
}
