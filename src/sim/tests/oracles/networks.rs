//! Networks of queues: Jackson's theorem, Burke's, and stations that never make anyone wait.
//!
//! A worker is free once its own work is done only where a program hands the job on by `Publish`; a `Call` would hold
//! it. The client's answer then comes from the first station, so that a job's time in the whole network is measured
//! as L / gamma, from the view. The first station sends jobs that come back to an endpoint of the same work.

use super::harness::*;
use pipe_maze_sim::*;

fn work(rate: f64) -> Step {
    Step::Compute { time: Distribution::Exponential { mean_ns: (UNIT_NS as f64 / rate) as u64 } }
}

fn station(name: &str, program: Vec<Step>) -> ServiceSpec {
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    ServiceSpec { id: id(name), endpoints, ..room(1, EXPONENTIAL) }
}

fn hand_on(to: &str) -> Step {
    Step::Publish(call_of(id(to)))
}

/// The number of jobs at each station, averaged over each of `spans` spans of time, after a warm-up of a tenth.
fn populations(world: &Blueprint, nth: u64, until: f64) -> Vec<Vec<f64>> {
    let mut run = Simulation::new(world, seed(nth)).expect("the blueprint is sound");
    let span = at(until / 4_000.0).as_ns();
    let mut means = vec![Vec::new(); world.services.len()];
    run.advance_to(at(until / 10.0), &mut ());
    while run.now() < at(until) {
        let begin = run.now();
        let end = begin.plus_ns(span);
        let mut integrals = vec![0; means.len()];
        while run.now() < end {
            let next = run.next_event_at().map_or(end, |next| next.min(end));
            let ns = next.since_ns(run.now());
            for (sum, service) in integrals.iter_mut().zip(run.view().services()) {
                *sum += ns * u64::from(service.busy + service.queued);
            }
            if !run.step(end, &mut ()) {
                run.advance_to(end, &mut ());
            }
        }
        let mean = |sum: u64| sum as f64 / end.since_ns(begin) as f64;
        means.iter_mut().zip(integrals).for_each(|(series, sum)| series.push(mean(sum)));
    }
    means
}

fn network(rate: f64, jobs: u64, services: Vec<ServiceSpec>, hops: &[(&str, &str)]) -> Blueprint {
    let mut pipes = vec![wire(id("spring"), services[0].id)];
    pipes.extend((1..).zip(hops).map(|(outlet, (from, to))| PipeSpec { outlet, ..wire(id(from), id(to)) }));
    Blueprint { springs: vec![spring("spring", rate, jobs)], services, pipes, ..Blueprint::default() }
}

#[test]
fn jacksons_network_with_feedback_is_a_product_of_queues() {
    // FACTS Q-JACKSON: gamma 4; mu 10, 6, 5; 1 to 2 and 3 in halves, a quarter of what leaves 2 comes back to 1.
    let first = vec![
        work(10.0),
        Step::Chance { probability: 0.5, then: vec![hand_on("two")], otherwise: vec![hand_on("three")] },
    ];
    let back = Step::Chance { probability: 0.25, then: vec![hand_on("one")], otherwise: vec![] };
    let services =
        vec![station("one", first), station("two", vec![work(6.0), back]), station("three", vec![work(5.0)])];
    let hops = [("one", "two"), ("one", "three"), ("two", "one")];
    let world = network(4.0, 250_000, services, &hops);
    let jobs = populations(&world, 100, 250_000.0 / 4.0);
    for (nth, (series, expected)) in jobs.iter().zip([0.842105, 0.615385, 0.842105]).enumerate() {
        assert_mean(&format!("Jackson L{}", nth + 1), series, expected);
    }
    let sojourns: Vec<f64> = (0..jobs[0].len()).map(|i| jobs.iter().map(|l| l[i]).sum::<f64>() / 4.0).collect();
    assert_mean("Jackson W", &sojourns, 0.574899);
}

#[test]
fn a_tandem_is_as_slow_as_its_queues_apart() {
    // FACTS Q-JACKSON, by Burke's theorem: lambda 8; mu 10, 12, 9.
    let services = vec![
        station("one", vec![work(10.0), hand_on("two")]),
        station("two", vec![work(12.0), hand_on("three")]),
        station("three", vec![work(9.0)]),
    ];
    let world = network(8.0, 1_000_000, services, &[("one", "two"), ("two", "three")]);
    let jobs = populations(&world, 101, 1_000_000.0 / 8.0);
    for (nth, (series, rate)) in jobs.iter().zip([10.0, 12.0, 9.0]).enumerate() {
        assert_mean(&format!("tandem L{}", nth + 1), series, 8.0 / (rate - 8.0));
    }
}

#[test]
fn a_call_within_work_holds_the_worker() {
    // The front has one worker and works 0.25 on average, then waits for a back that never makes anyone wait and works
    // 0.5: an M/G/1 whose work is the sum of two exponentials, of mean 0.75 and variance 0.3125. At rate 0.8 rho is 0.6.
    let services = vec![
        station("front", vec![work(4.0), Step::Call(call_of(id("back")))]),
        ServiceSpec { id: id("back"), workers: 100_000, ..station("back", vec![work(2.0)]) },
    ];
    let all = endings(&network(0.8, 300_000, services, &[("front", "back")]), 102);
    let second_moment = 0.75 * 0.75 + 0.3125;
    assert_mean("call within work: Wq", &each(&all, |e| e.wait), 0.8 * second_moment / (2.0 * (1.0 - 0.6)));
    assert_mean("call within work: W", &each(&all, |e| e.sojourn - e.wait), 0.75);
}

#[test]
fn a_service_with_workers_for_all_holds_a_poisson_number() {
    // M/G/infinity: whatever the work, the number there is Poisson of mean lambda E[S]; its variance is the mean too.
    let service = room(100_000, Distribution::LogNormal { mean_ns: UNIT_NS, sigma: 1.0 });
    let world = line(spring("spring", 3.0, 270_000), service);
    let mut run = Simulation::new(&world, seed(103)).expect("the blueprint is sound");
    let mut busy = Vec::new();
    for second in 100..90_000 {
        run.advance_to(at(f64::from(second)), &mut ());
        busy.push(f64::from(run.view().services().next().expect("one service").busy));
    }
    assert_mean("M/G/infinity mean", &busy, 3.0);
    let squares: Vec<f64> = busy.iter().map(|n| (n - 3.0).powi(2)).collect();
    assert_mean("M/G/infinity variance", &squares, 3.0);
    let empty: Vec<f64> = busy.iter().map(|&n| f64::from(u8::from(n == 0.0))).collect();
    assert_mean("M/G/infinity empty", &empty, (-3.0f64).exp());
}

#[test]
fn a_loop_of_messages_dies_out() {
    // Each of two stations always hands its job on to the other. 32 calls above a call are allowed: of 33 pieces of work
    // the last one fails, because it may hand nothing on.
    let services =
        vec![station("one", vec![work(1.0), hand_on("two")]), station("two", vec![work(1.0), hand_on("one")])];
    let mut world = network(1.0, 0, services, &[("one", "two"), ("two", "one")]);
    world.springs[0].traffic = Traffic::Deterministic { rate_per_s: 1.0 };
    world.springs[0].stop_at = at(1.5);
    let run = watch(&world, 104, |_, _| ());
    let ended = run.view().services().fold((0, 0), |sum, service| (sum.0 + service.served, sum.1 + service.failed));
    assert_eq!(ended, (32, 1));
}
