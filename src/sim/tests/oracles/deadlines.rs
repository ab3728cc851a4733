//! Deadlines and cancellation: who stops working, and exactly when.

use super::harness::*;
use pipe_maze_sim::*;

/// A spring that issues one request, at one second.
fn one_request(client: ClientSpec) -> SpringSpec {
    let spring = spring("spring", 1.0, 0).stop_at(at(1.5)).calling(call(client));
    spring.traffic(Traffic::Deterministic { rate_per_s: 1.0 })
}

fn constant(ms: u64) -> Distribution {
    Distribution::Constant { mean_ns: ms * MS }
}

/// A front that calls a back which works for ten seconds; the pipes take 30 ms and 20 ms each way.
fn chain(client: ClientSpec, inner: ClientSpec) -> Blueprint {
    let program = vec![Step::Call(call_of(id("back")).client(inner))];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let mut world = line(one_request(client), ServiceSpec { id: id("front"), endpoints, ..room(1, EXPONENTIAL) });
    world.services.push(ServiceSpec { id: id("back"), ..room(1, constant(10_000)) });
    world.pipes.push(wire(id("front"), id("back")));
    for (pipe, ms) in world.pipes.iter_mut().zip([30, 20]) {
        (pipe.cells, pipe.propagation_ns_per_cell) = (1, ms * MS);
    }
    world
}

/// When each service's only worker becomes free, in milliseconds after the request was issued.
fn free_at_ms(world: &Blueprint) -> Vec<u64> {
    let mut run = Simulation::new(world, seed(220)).expect("the blueprint is sound");
    let mut free = vec![0; world.services.len()];
    while run.step(Time::MAX, &mut ()) {
        for (free, service) in free.iter_mut().zip(run.view().services()) {
            if service.busy == 1 {
                *free = 0;
            } else if *free == 0 {
                *free = run.now().as_ns();
            }
        }
    }
    assert_eq!(run.view().in_flight(), 0);
    free.iter().map(|&ns| (ns - UNIT_NS) / MS).collect()
}

#[test]
fn workers_stop_when_word_reaches_them() {
    let waits = |ms| ClientSpec::with_timeout_ns(ms * MS);
    let cancels = |ms| ClientSpec { cancels: true, ..waits(ms) };
    let travels = |ms| ClientSpec { propagates_deadline: true, ..cancels(ms) };
    // The request is at the front after 30 ms and at the back after 50 ms. Nobody tells anyone: the back works its ten
    // seconds, the front waits for its own timeout, five seconds.
    assert_eq!(free_at_ms(&chain(waits(200), waits(5_000))), [5_030, 10_050]);
    // The front tells the back when it gives up: 20 ms later the back stops.
    assert_eq!(free_at_ms(&chain(waits(200), cancels(5_000))), [5_030, 5_050]);
    // The client tells the front, which tells the back.
    assert_eq!(free_at_ms(&chain(cancels(200), cancels(5_000))), [230, 250]);
    // The client tells nobody, but its deadline travels: the front gives up when the client does, and tells the back.
    assert_eq!(free_at_ms(&chain(waits(200), travels(5_000))), [200, 220]);
    // The front's own timeout comes first.
    assert_eq!(free_at_ms(&chain(waits(200), travels(100))), [130, 150]);
}

/// When a worker begins with each request, in milliseconds since the start, and how long it works in all. Requests come
/// at 1, 2 and 3 s, through a pipe of 50 ms, for 1.5 s of work; the clients cancel.
fn begins_and_work_ms(timeout_ms: u64, bandwidth_bytes_per_s: u64) -> (Vec<u64>, u64) {
    let client = ClientSpec { cancels: true, ..ClientSpec::with_timeout_ns(timeout_ms * MS) };
    let spring = one_request(client).stop_at(at(3.5));
    let mut world = line(spring, room(1, constant(1_500)));
    world.springs[0].classes[0].call.request_bytes = 1_000;
    world.pipes[0] = PipeSpec { cells: 50, bandwidth_bytes_per_s, ..world.pipes[0].clone() };
    world.pipes[0].propagation_ns_per_cell = MS;
    let mut begins = Vec::new();
    let run = watch(&world, 221, |now, fact| {
        begins.extend(matches!(fact, Fact::Began { .. }).then_some(now.as_ns() / MS));
    });
    // Even the widest pipe needs a nanosecond for a thousand bytes.
    (begins, run.view().services().map(|service| service.busy_ns.div_ceil(MS)).sum())
}

#[test]
fn word_that_nobody_waits_follows_the_request() {
    // Cancelled after 0.4 s: each request has left its worker before the next one comes.
    assert_eq!(begins_and_work_ms(400, u64::MAX), (vec![1_050, 2_050, 3_050], 3 * 400));
    // After 1.2 s: the second waits until the first is stopped, at 1 + 1.2 + 0.05 s, and so on.
    assert_eq!(begins_and_work_ms(1_200, u64::MAX), (vec![1_050, 2_250, 3_250], 1_200 + 1_000 + 1_000));
    // After 40 ms, still on its way: word cannot overtake it, and the work begins all the same.
    assert_eq!(begins_and_work_ms(40, u64::MAX), (vec![1_050, 2_050, 3_050], 3 * 40));
    // But a request that needs 100 ms to enter the pipe is overtaken: word needs none. Nothing is ever begun.
    assert_eq!(begins_and_work_ms(40, 10_000), (vec![], 0));
}

#[test]
fn cancelled_work_is_cut_at_the_timeout() {
    // Exponential work for all, cut at tau: E[min(S, tau)] = 1 - exp(-tau). No worker is busy a nanosecond longer.
    let client = ClientSpec { cancels: true, ..ClientSpec::with_timeout_ns(UNIT_NS) };
    let world = line(spring("spring", 50.0, 100_000).calling(call(client)), room(100_000, EXPONENTIAL));
    let (mut sojourns, mut sum) = (Vec::new(), 0);
    let run = watch(&world, 222, |now, fact| {
        if let Fact::Ended { issued_at, .. } = fact {
            sum += now.since_ns(*issued_at);
            sojourns.push(units(now.since_ns(*issued_at)));
        }
    });
    assert_mean("work cut at tau", &sojourns, 1.0 - (-1.0f64).exp());
    assert_eq!(run.view().services().map(|service| service.busy_ns).sum::<u64>(), sum);
}

#[test]
fn expired_work_is_refused_as_baccelli_and_hebuterne_say() {
    // M/M/1 at rho = 1.5 where nobody begins later than tau = 3 after he came. The work ahead of a newcomer has the
    // density of M/M/1 up to tau and falls as exp(-mu x) beyond, whence P0, and the share that comes to more than tau.
    let (lambda, tau) = (1.5f64, 3.0f64);
    let edge = ((lambda - 1.0) * tau).exp();
    let idle = 1.0 / (1.0 + lambda * (edge - 1.0) / (lambda - 1.0) + lambda * edge);
    let client = ClientSpec { propagates_deadline: true, ..ClientSpec::with_timeout_ns(3 * UNIT_NS) };
    let service = ServiceSpec { drops_expired: true, ..room(1, EXPONENTIAL) };
    let mut expired = Vec::new();
    watch(&line(spring("spring", lambda, 300_000).calling(call(client)), service), 223, |_, fact| match fact {
        Fact::Issued { .. } => expired.push(0.0),
        Fact::Rejected { request, cause: Cause::Expired(_), .. } => expired[request.number as usize] = 1.0,
        _ => {}
    });
    assert_mean("expired before begun", &expired[10_000..], idle * lambda * edge);
}
