//! Priorities: two classes, nobody is interrupted (Cobham 1954).

use super::harness::*;
use pipe_maze_sim::*;

#[test]
fn priority_classes_wait_as_cobham_says() {
    // High: rate 0.6, mean 0.5, so rho 0.3. Low: rate 0.25, mean 2, so rho 0.5.
    let (high, low) = (EndpointId::from_name("high"), EndpointId::from_name("low"));
    let from = |name, rate, endpoint, priority| {
        let mut spring = spring(name, rate, 0).stop_at(at(700_000.0));
        spring.classes[0].priority = priority;
        spring.classes[0].call.endpoint = endpoint;
        spring
    };
    let compute = |mean_ns| vec![Step::Compute { time: Distribution::Exponential { mean_ns } }];
    let service = ServiceSpec {
        discipline: Discipline::Priority,
        endpoints: vec![
            EndpointSpec { id: high, program: compute(UNIT_NS / 2) },
            EndpointSpec { id: low, program: compute(2 * UNIT_NS) },
        ],
        ..room(1, EXPONENTIAL)
    };
    let mut world = line(from("high", 0.6, high, 3), service);
    world.springs.push(from("low", 0.25, low, 1));
    world.pipes.push(wire(id("low"), id("room")));
    let all = endings(&world, 60);
    // What the work under way keeps a newcomer waiting: the sum of rate x E[S^2] / 2 = rate x mean^2.
    let residual = 0.6 * 0.25 + 0.25 * 4.0;
    let waits = |name: &str| all.iter().filter(|e| e.spring == id(name)).map(|e| e.wait).collect::<Vec<_>>();
    assert_mean("Cobham, high", &waits("high"), residual / (1.0 - 0.3));
    assert_mean("Cobham, low", &waits("low"), residual / ((1.0 - 0.3) * (1.0 - 0.8)));
}
