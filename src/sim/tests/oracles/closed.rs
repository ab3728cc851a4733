//! A fixed number of users who think, ask and wait: the machine repairman, and the law of response times.

use super::harness::*;
use pipe_maze_sim::*;

const USERS: u32 = 10;
/// Mean time to think, in units.
const THINK: f64 = 5.0;

/// Throughput of M/M/1//N: mu (1 - P0), with P0 by the sum over all numbers at the service.
fn throughput() -> f64 {
    let mut weight = 1.0;
    let mut total = 1.0;
    for n in 0..USERS {
        weight *= f64::from(USERS - n) / THINK;
        total += weight;
    }
    1.0 - 1.0 / total
}

#[test]
fn users_who_wait_for_their_answers_keep_their_own_laws() {
    let think = Distribution::Exponential { mean_ns: THINK as u64 * UNIT_NS };
    let traffic = Traffic::Closed { users: USERS, think };
    let end = 250_000;
    let world = line(spring("spring", 1.0, 0).traffic(traffic).stop_at(at(f64::from(end))), room(1, EXPONENTIAL));
    let (mut thinks, mut responses, mut answered) = (Vec::new(), Vec::new(), vec![0.0; end as usize]);
    let mut idle_since = [Some(Time::ZERO); USERS as usize];
    watch(&world, 110, |now, fact| match *fact {
        Fact::Issued { request } => {
            let user = &mut idle_since[(request.number % u64::from(USERS)) as usize];
            thinks.push(units(now.since_ns(user.take().expect("nobody asks twice at once"))));
        }
        Fact::Ended { request, issued_at, .. } => {
            idle_since[(request.number % u64::from(USERS)) as usize] = Some(now);
            responses.push(units(now.since_ns(issued_at)));
            if let Some(second) = answered.get_mut((now.as_ns() / UNIT_NS) as usize) {
                *second += 1.0;
            }
        }
        _ => {}
    });
    let x = throughput();
    assert_mean("M/M/1//N X", &answered[1_000..], x);
    // The law of response times: R = N / X - Z.
    assert_mean("M/M/1//N R", &responses[1_000..], f64::from(USERS) / x - THINK);
    assert_mean("users think", &thinks, THINK);
}

#[test]
fn more_workers_than_users_make_nobody_wait() {
    // Nobody waits, so X = N / (Z + S) whatever the distributions: here skewed work.
    let traffic = Traffic::Closed { users: USERS, think: Distribution::Constant { mean_ns: UNIT_NS } };
    let work = Distribution::LogNormal { mean_ns: UNIT_NS, sigma: 1.0 };
    let world = line(spring("spring", 1.0, 0).traffic(traffic).stop_at(at(40_000.0)), room(USERS, work));
    let mut answered = vec![0.0; 40_000];
    watch(&world, 111, |now, fact| {
        if let Fact::Ended { parts, .. } = fact {
            assert_eq!(parts.queue_ns, 0);
            answered.get_mut((now.as_ns() / UNIT_NS) as usize).into_iter().for_each(|n| *n += 1.0);
        }
    });
    assert_mean("N / (Z + S)", &answered[100..], f64::from(USERS) / 2.0);
}
