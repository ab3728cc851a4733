//! What is too large: each bound at its edge. Just so much is accepted, one more is refused with that and nothing else.

use super::{call, pipe, service};
use crate::blueprint::check::{DURATION_NS_MAX, PIECES_MAX, QUEUE_MAX, RATE_PER_S_MAX};
use crate::blueprint::{
    BalancerSpec, Blueprint, BrokerSpec, CallSpec, ClassSpec, ConnectionSpec, EndpointId, EndpointSpec, GatewaySpec,
    HazardSpec, PipeSpec, PoolSpec, Problem, RateLimitSpec, RetryOn, RetrySpec, RouteSpec, Schedule, ServiceSpec,
    SpringSpec, Step, Wait, Window,
};
use crate::call::backoff::Backoff;
use crate::call::balancer::Policy;
use crate::call::budget::BudgetSpec;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;

/// A blueprint of that many services that do nothing.
fn services(count: usize) -> Blueprint {
    Blueprint {
        services: (0..count as u64).map(|nth| ServiceSpec::new(PieceId(1_000_000 + nth))).collect(),
        ..Blueprint::default()
    }
}

/// What is there, and as many services beside it as make it as much as is allowed, or that many more.
fn filled(part: Blueprint, counts_as: usize, more: usize) -> Result<(), Vec<Problem>> {
    let rest = services(PIECES_MAX - counts_as + more).services;
    Blueprint { services: part.services.into_iter().chain(rest).collect(), ..part }.check()
}

/// That a part counts as so many of the things of which there may be 60,000.
fn assert_counts(part: Blueprint, counts_as: usize) {
    assert_eq!(filled(part.clone(), counts_as, 0), Ok(()));
    let count = PIECES_MAX + 1;
    assert_eq!(filled(part, counts_as, 1), Err(vec![Problem::TooManyPieces { count }]));
}

/// A service with that program beside its endpoint, which counts, too.
fn of_program(program: Vec<Step>) -> Blueprint {
    Blueprint { services: vec![service(1, program)], ..Blueprint::default() }
}

fn of_classes(count: usize) -> Blueprint {
    let spring = SpringSpec { classes: vec![ClassSpec::default(); count], ..SpringSpec::new(PieceId(1)) };
    Blueprint { springs: vec![spring], ..Blueprint::default() }
}

fn of_gateway(gateway: GatewaySpec) -> Blueprint {
    Blueprint { gateways: vec![gateway], ..Blueprint::default() }
}

fn route() -> RouteSpec {
    RouteSpec { paths: Vec::new(), to: vec![(0, 1)] }
}

fn of_routes(count: usize) -> Blueprint {
    of_gateway(GatewaySpec { id: PieceId(1), routes: vec![route(); count], limit: None })
}

fn of_service(change: impl FnOnce(&mut ServiceSpec)) -> Blueprint {
    let mut service = ServiceSpec::new(PieceId(1));
    change(&mut service);
    Blueprint { services: vec![service], ..Blueprint::default() }
}

fn of_broker(change: impl FnOnce(&mut BrokerSpec)) -> Blueprint {
    let mut broker = BrokerSpec::new(PieceId(1));
    change(&mut broker);
    Blueprint { brokers: vec![broker], ..Blueprint::default() }
}

fn of_call(change: impl FnOnce(&mut CallSpec)) -> Blueprint {
    let mut call = CallSpec::default();
    change(&mut call);
    Blueprint { springs: vec![SpringSpec::new(PieceId(1)).calling(call)], ..Blueprint::default() }
}

/// A pipe between services, which are pieces 2 and 3.
fn of_pipe(change: impl FnOnce(&mut PipeSpec)) -> Blueprint {
    let mut only = pipe(1, 2, 0, 3);
    change(&mut only);
    let services = [2, 3].map(|id| ServiceSpec::new(PieceId(id))).into();
    Blueprint { services, pipes: vec![only], ..Blueprint::default() }
}

fn of_windows(count: u64) -> Blueprint {
    let window = |nth| Window { from: Time::from_ms(nth), to: Time::from_ms(nth + 1) };
    let schedule = Schedule { windows: (0..count).map(window).collect(), repeat_ns: None };
    let fault = crate::blueprint::Fault::Crash { replicas: 1, silent: true };
    let hazard = HazardSpec { id: PieceId(9), on: PieceId(2), schedule, fault };
    Blueprint { hazards: vec![hazard], ..of_pipe(|_| ()) }
}

/// Branches in branches, so many deep.
fn nested(depth: usize, by_key: bool) -> Vec<Step> {
    (0..depth).fold(vec![Step::Fail], |inner, nth| {
        let (then, otherwise) = if nth % 2 == 0 { (inner, Vec::new()) } else { (Vec::new(), inner) };
        vec![if by_key {
            Step::ByKey { modulus: 2, below: 1, then, otherwise }
        } else {
            Step::Chance { probability: 0.5, then, otherwise }
        }]
    })
}

#[test]
fn sixty_thousand_pieces_are_accepted_and_not_one_more() {
    assert_eq!(services(60_000).check(), Ok(()));
    assert_eq!(services(60_001).check(), Err(vec![Problem::TooManyPieces { count: 60_001 }]));
    let told = services(60_001).check().unwrap_err()[0].to_string();
    assert!(told.starts_with("60001 pieces, pipes,") && told.contains("at most 60000 are allowed"), "{told}");
}

#[test]
fn sixty_thousand_steps_are_accepted_and_not_one_more() {
    // A service and its endpoint.
    let steps = |count| of_program(vec![Step::Fail; count]).check();
    assert_eq!(steps(59_998), Ok(()));
    assert_eq!(steps(59_999), Err(vec![Problem::TooManyPieces { count: 60_001 }]));
}

#[test]
fn whatever_a_run_has_numbers_for_counts() {
    assert_counts(Blueprint::default(), 0);
    assert_counts(of_classes(1_000), 1_001);
    assert_counts(of_routes(1_000), 1_001);
    assert_counts(of_broker(|broker| broker.partitions = 64), 65);
    assert_counts(of_pipe(|_| ()), 3);
    assert_counts(of_windows(7), 4);
    let balancer = BalancerSpec { id: PieceId(1), policy: Policy::RoundRobin };
    assert_counts(Blueprint { balancers: vec![balancer], ..Blueprint::default() }, 1);
    assert_counts(of_program(Vec::new()), 2);
    assert_counts(of_program(vec![Step::Fail; 10]), 12);
    let parallel = Step::Parallel { calls: vec![CallSpec::default(); 1_000], wait: Wait::All };
    assert_counts(of_program(vec![parallel; 3]), 2 + 3 * 1_001);
    for by_key in [false, true] {
        // Each branch has two ends; the innermost step fails.
        assert_counts(of_program(nested(16, by_key)), 2 + 2 * 16 + 1);
    }
}

#[test]
fn what_is_too_large_and_wrong_is_refused_with_both() {
    let mut blueprint = services(60_002);
    blueprint.services[60_001] = ServiceSpec { workers: 0, queue_limit: QUEUE_MAX + 1, ..ServiceSpec::new(PieceId(5)) };
    blueprint.services[60_000].id = PieceId(5);
    let range = |field, allowed| Problem::OutOfRange { id: PieceId(5), field, allowed };
    let expected = [
        Problem::TooManyPieces { count: 60_002 },
        Problem::Duplicate { id: PieceId(5) },
        range("replicas x workers", "from 1 to 1,000,000"),
        range("queue_limit", "at most 10,000,000"),
    ];
    assert_eq!(blueprint.check().unwrap_err(), expected);
}

#[test]
fn branches_are_nested_sixteen_deep_and_not_one_more() {
    for by_key in [false, true] {
        assert_eq!(of_program(nested(16, by_key)).check(), Ok(()));
        for depth in [17, 18, 2_000] {
            assert_refused(of_program(nested(depth, by_key)), &["program"]);
        }
    }
}

#[test]
fn what_is_wrong_in_a_program_too_deep_is_named_as_well() {
    let bad = vec![Step::ByKey { modulus: 0, below: 0, then: vec![Step::Call(call(77))], otherwise: Vec::new() }];
    let deep = (0..40).fold(bad, |then, _| vec![Step::Chance { probability: 2.0, then, otherwise: Vec::new() }]);
    let problems = of_program(deep).check().unwrap_err();
    let field = |problem: &Problem| match *problem {
        Problem::OutOfRange { field, .. } | Problem::NoSuch { field, .. } => field,
        _ => "",
    };
    let fields: Vec<&str> = problems.iter().map(field).collect();
    assert_eq!(fields, [vec!["program"], vec!["probability"; 40], vec!["modulus", "call"]].concat());
}

/// That it is refused because of these fields, and of nothing else.
fn assert_refused(blueprint: Blueprint, expected: &[&str]) {
    let problems = blueprint.check().expect_err("it is too large");
    let fields = problems.iter().map(|problem| match *problem {
        Problem::OutOfRange { field, .. } => field,
        ref other => panic!("{other}"),
    });
    assert_eq!(fields.collect::<Vec<_>>(), expected, "{problems:?}");
}

/// That it is accepted with so much, and refused with more because of that field.
fn assert_edge<N>(most: N, more: N, field: &str, blueprint: impl Fn(N) -> Blueprint) {
    assert_eq!(blueprint(most).check(), Ok(()), "{field}");
    assert_refused(blueprint(more), &[field]);
}

#[test]
fn lists_are_as_long_as_they_may_be_and_no_longer() {
    let paths = |count| vec![EndpointId::MAIN; count];
    let gateway = |routes, limit| of_gateway(GatewaySpec { id: PieceId(1), routes, limit });
    let limit = |count| RateLimitSpec { paths: paths(count), interval_ns: 1, burst: 1 };
    let endpoint = |nth| EndpointSpec { id: EndpointId(nth), program: Vec::new() };
    let calls = |count| Step::Parallel { calls: vec![CallSpec::default(); count], wait: Wait::All };
    assert_edge(1_000, 1_001, "classes", of_classes);
    assert_edge(1_000, 1_001, "endpoints", |most| of_service(|s| s.endpoints = (0..most).map(endpoint).collect()));
    assert_edge(16, 17, "pools", |most| of_service(|s| s.pools = vec![PoolSpec { permits: 1, queue_limit: 0 }; most]));
    assert_edge(1_000, 1_001, "parallel calls", |most| of_program(vec![calls(most)]));
    assert_edge(1_000, 1_001, "windows", of_windows);
    assert_edge(1_000, 1_001, "routes", of_routes);
    assert_edge(1_000, 1_001, "route's paths", |most| gateway(vec![RouteSpec { paths: paths(most), ..route() }], None));
    assert_edge(256, 257, "route's outlets", |most| {
        gateway(vec![RouteSpec { to: vec![(0, 1); most], ..route() }], None)
    });
    assert_edge(1_000, 1_001, "limit's paths", |most| gateway(Vec::new(), Some(limit(most))));
}

#[test]
fn empty_lists_are_refused_where_something_must_be_there() {
    assert_refused(of_classes(0), &["classes", "classes' weights"]);
    let nowhere = RouteSpec { paths: Vec::new(), to: Vec::new() };
    let gateway = GatewaySpec { id: PieceId(1), routes: vec![nowhere], limit: None };
    assert_refused(of_gateway(gateway), &["route's outlets", "route's weights"]);
    let none = Step::Parallel { calls: Vec::new(), wait: Wait::Quorum(0) };
    assert_refused(of_program(vec![none]), &["quorum"]);
}

#[test]
fn numbers_are_as_large_as_they_may_be_and_no_larger() {
    let weights = |most: u32, more: u32| {
        let mut blueprint = of_classes(2);
        blueprint.springs[0].classes[0].weight = most;
        blueprint.springs[0].classes[1].weight = more;
        blueprint
    };
    let pool = |queue_limit| PoolSpec { permits: 1, queue_limit };
    let to = |more| {
        of_gateway(GatewaySpec {
            id: PieceId(1),
            routes: vec![RouteSpec { to: vec![(0, 999_999), (1, more)], ..route() }],
            limit: None,
        })
    };
    let limit = |burst| RateLimitSpec { paths: Vec::new(), interval_ns: 1, burst };
    let burst = |burst| of_gateway(GatewaySpec { id: PieceId(1), routes: Vec::new(), limit: Some(limit(burst)) });
    let retry = |retries| RetrySpec {
        retries,
        backoff: Backoff::default(),
        budget: BudgetSpec::Unlimited,
        on: RetryOn::default(),
    };
    let spring = |rate_per_s| Blueprint {
        springs: vec![SpringSpec::new(PieceId(1)).rate_per_s(rate_per_s)],
        ..Blueprint::default()
    };
    assert_edge(0, 1, "classes' weights", |more| weights(u32::MAX, more));
    assert_edge(RATE_PER_S_MAX, RATE_PER_S_MAX.next_up(), "rate_per_s", spring);
    assert_edge(1_000, 1_001, "replicas", |most| of_service(|s| s.replicas = most));
    assert_edge(1_000_000, 1_000_001, "replicas x workers", |most| of_service(|s| s.workers = most));
    assert_edge(1_000, 1_001, "replicas x workers", |most| of_service(|s| (s.replicas, s.workers) = (1_000, most)));
    assert_edge(QUEUE_MAX, QUEUE_MAX + 1, "queue_limit", |most| of_service(|s| s.queue_limit = most));
    assert_edge(QUEUE_MAX, QUEUE_MAX + 1, "pool's queue_limit", |most| of_service(|s| s.pools = vec![pool(most)]));
    assert_edge(64, 65, "partitions", |most| of_broker(|b| b.partitions = most));
    assert_edge(QUEUE_MAX, QUEUE_MAX + 1, "log_limit", |most| of_broker(|b| b.log_limit = most));
    assert_edge(QUEUE_MAX, QUEUE_MAX + 1, "batch_events", |most| of_broker(|b| b.batch_events = most));
    assert_edge(1, 2, "route's weights", to);
    assert_edge(QUEUE_MAX, QUEUE_MAX + 1, "limit's burst", burst);
    assert_edge(QUEUE_MAX, QUEUE_MAX + 1, "queue_limit", |most| of_pipe(|p| p.queue_limit = most));
    assert_edge(1_000, 1_001, "weight", |most| of_pipe(|p| p.weight = most));
    assert_edge(100, 101, "retries", |most| of_call(|c| c.client.retry = Some(retry(most))));
    let connection = |round_trips| Some(ConnectionSpec { round_trips, idle_ns: 0 });
    assert_edge(10, 11, "round_trips", |most| of_pipe(|p| p.connection = connection(most)));
}

#[test]
fn times_are_ten_years_and_no_longer() {
    const MOST: u64 = DURATION_NS_MAX;
    let limit = |interval_ns| RateLimitSpec { paths: Vec::new(), interval_ns, burst: 1 };
    let interval = |ns| of_gateway(GatewaySpec { id: PieceId(1), routes: Vec::new(), limit: Some(limit(ns)) });
    let stop = |ns| Blueprint {
        springs: vec![SpringSpec::new(PieceId(1)).stop_at(Time::from_ns(ns))],
        ..Blueprint::default()
    };
    let connection = |idle_ns| Some(ConnectionSpec { round_trips: 1, idle_ns });
    assert_edge(MOST, MOST + 1, "stop_at", stop);
    assert_edge(MOST, MOST + 1, "start_up_ns", |ns| of_service(|s| s.start_up_ns = ns));
    assert_edge(MOST, MOST + 1, "linger_ns", |ns| of_broker(|b| b.linger_ns = ns));
    assert_edge(MOST, MOST + 1, "redeliver_backoff_ns", |ns| of_broker(|b| b.redeliver_backoff_ns = ns));
    assert_edge(MOST, MOST + 1, "limit's interval_ns", interval);
    assert_edge(MOST, MOST + 1, "timeout_ns", |ns| of_call(|c| c.client.timeout_ns = ns));
    assert_edge(MOST, MOST + 1, "try_timeout_ns", |ns| of_call(|c| c.client.try_timeout_ns = Some(ns)));
    assert_edge(MOST, MOST + 1, "idle_ns", |ns| of_pipe(|p| p.connection = connection(ns)));
    // Ten years are 315,360,000 s.
    assert_edge(315_360_000, 315_360_001, "cells x propagation_ns_per_cell", |cells| {
        of_pipe(|p| (p.cells, p.propagation_ns_per_cell) = (cells, 1_000_000_000))
    });
}
