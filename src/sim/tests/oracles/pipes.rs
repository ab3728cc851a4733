//! Pipes: a queue for bandwidth, loss, and delay that varies with or without overtaking.

use super::harness::*;
use pipe_maze_sim::*;

/// A spring of rate `rate` through such a pipe to a service that answers at once.
fn through(pipe: PipeSpec, rate: f64, requests: u64, timeout_ns: u64, bytes: u32) -> Blueprint {
    let call = CallSpec { request_bytes: bytes, ..call(ClientSpec::with_timeout_ns(timeout_ns)) };
    let service = room(1, Distribution::Constant { mean_ns: 0 });
    Blueprint { pipes: vec![pipe], ..line(spring("spring", rate, requests).calling(call), service) }
}

/// What is seen of every request that enters the pipe.
fn hops(world: &Blueprint, nth: u64) -> Vec<Hop> {
    let mut hops = Vec::new();
    watch(world, nth, |_, fact| {
        if let Fact::Entered { direction: Direction::Forward, hop, .. } = fact {
            hops.push(*hop);
        }
    });
    hops
}

fn pipe() -> PipeSpec {
    wire(id("spring"), id("room"))
}

#[test]
fn messages_of_one_size_queue_for_bandwidth_as_m_d_1() {
    // A thousand bytes at a thousand bytes a second: one unit each. FACTS Q-MD1 at rho = 0.5.
    let narrow = PipeSpec { bandwidth_bytes_per_s: 1_000, ..pipe() };
    let hops = hops(&through(narrow, 0.5, 300_000, NEVER_NS, 1_000), 230);
    let waits: Vec<f64> = hops.iter().skip(10_000).map(|hop| units(hop.start_at.since_ns(hop.enqueue_at))).collect();
    assert!(hops.iter().all(|hop| hop.exit_at.since_ns(hop.start_at) == UNIT_NS));
    assert_mean("bandwidth: Wq", &waits, 0.5);
    let above = |t: f64| waits.iter().map(|&w| f64::from(u8::from(w > t))).collect::<Vec<_>>();
    assert_mean("bandwidth: P(Wq > 0)", &above(0.0), 0.5);
    assert_mean("bandwidth: P(Wq > p95)", &above(2.0506), 0.05);
}

#[test]
fn loss_takes_its_share_of_each_direction() {
    let all = endings(&through(PipeSpec { loss: 0.1, ..pipe() }, 100.0, 150_000, MS, 0), 231);
    assert_mean("loss: answered", &whether(&all, |e| e.outcome == Outcome::Answered), 0.81);
    // One loss says nothing of the next.
    let lost = whether(&all, |e| e.outcome == Outcome::TimedOut);
    let both: Vec<f64> = lost.windows(2).map(|pair| pair[0] * pair[1]).collect();
    assert_mean("loss: two in a row", &both, 0.19 * 0.19);
}

fn jittery(reorders: bool) -> PipeSpec {
    PipeSpec { jitter: Some(JitterSpec { extra: EXPONENTIAL, reorders }), ..pipe() }
}

#[test]
fn packets_overtake_each_other() {
    // Gaps and jitter exponential of mean one: a message is overtaken by the next one where its delay is longer than
    // gap and the other's delay together, P = 1/2 x 1/2.
    let hops = hops(&through(jittery(true), 1.0, 100_000, NEVER_NS, 0), 232);
    let overtaken: Vec<f64> = hops.windows(2).map(|p| f64::from(u8::from(p[1].exit_at < p[0].exit_at))).collect();
    assert_mean("jitter: overtaken", &overtaken, 0.25);
    let delays: Vec<f64> = hops.iter().map(|hop| units(hop.exit_at.since_ns(hop.start_at))).collect();
    assert_mean("jitter: delay", &delays, 1.0);
}

#[test]
fn a_stream_keeps_its_order_and_waits_for_its_slowest() {
    let world = through(jittery(false), 1.0, 200_000, NEVER_NS, 0);
    let hops = hops(&world, 233);
    assert!(hops.windows(2).all(|pair| pair[0].exit_at <= pair[1].exit_at), "nobody overtakes");
    let mut arrivals = Vec::new();
    watch(&world, 233, |_, fact| {
        if let Fact::Began { request, .. } = fact {
            arrivals.push(request.number);
        }
    });
    assert!(arrivals.is_sorted(), "nor arrives before his turn");
    // No message may come out before those ahead of it. P(delay <= t) = (1 - e^-t) exp(-e^-t): its own delay, and that
    // of the Poisson number of those ahead that would come out later than t after it entered.
    for t in [0.5f64, 2.0] {
        let late: Vec<f64> =
            hops.iter().map(|h| f64::from(u8::from(h.exit_at.since_ns(h.start_at) > at(t).as_ns()))).collect();
        assert_mean(&format!("stream: P(delay > {t})"), &late, 1.0 - (1.0 - (-t).exp()) * (-(-t).exp()).exp());
    }
}
