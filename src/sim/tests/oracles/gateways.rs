//! Gateways: what a bucket of tokens turns away, which way a request goes, and for whom.

use super::harness::*;
use pipe_maze_sim::*;

const GATE: PieceId = id("gate");

/// A spring, a gateway, and a room at each of two outlets that takes no time.
fn gated(spring: SpringSpec, routes: Vec<RouteSpec>, limit: Option<RateLimitSpec>) -> Blueprint {
    let rooms = [id("first"), id("second")];
    let at_once = Distribution::Constant { mean_ns: 0 };
    let mut pipes = vec![wire(spring.id, GATE)];
    pipes.extend((0..2).map(|outlet| PipeSpec { outlet, ..wire(GATE, rooms[usize::from(outlet)]) }));
    Blueprint {
        springs: vec![spring],
        services: rooms.map(|id| ServiceSpec { id, ..room(1_000, at_once.clone()) }).to_vec(),
        gateways: vec![GatewaySpec { id: GATE, routes, limit }],
        pipes,
        ..Blueprint::default()
    }
}

fn route(paths: &[EndpointId], to: &[(u8, u32)]) -> RouteSpec {
    RouteSpec { paths: paths.to_vec(), to: to.to_vec() }
}

fn sent(run: &Simulation, outlet: usize) -> u64 {
    let gateway = run.view().gateways().find(|gateway| gateway.id == GATE).expect("it is there");
    gateway.targets[outlet].2
}

#[test]
fn a_bucket_loses_as_a_queue_of_its_tokens() {
    // Tokens that are missing come back one each interval: M/D/1 with as many places as the bucket holds. One place:
    // Erlang's formula, a / (1 + a), for it is insensitive. Two: a departure leaves nobody with probability exp(-a), so
    // the loss is 1 - 1 / (exp(-a) + a) (Gross and Harris: "Fundamentals of Queueing Theory", the embedded chain of M/G/1/K).
    let rows = [(1, 0.5), (1, 1.0), (1, 2.0), (2, 0.5), (2, 1.0), (2, 2.0)];
    for (nth, (burst, a)) in (900..).zip(rows) {
        let a: f64 = a;
        let expected = if burst == 1 { a / (1.0 + a) } else { 1.0 - 1.0 / ((-a).exp() + a) };
        let limit = RateLimitSpec { paths: Vec::new(), interval_ns: UNIT_NS, burst };
        let world = gated(spring("spring", a, 150_000), vec![route(&[], &[(0, 1)])], Some(limit));
        let all = endings(&world, nth);
        let limited = whether(&all, |ending| ending.outcome == Outcome::Rejected);
        assert_mean(&format!("bucket of {burst} at {a}: loss"), &limited, expected);
    }
}

#[test]
fn what_passes_in_a_long_overload_is_the_rate_and_the_burst() {
    let limit = RateLimitSpec { paths: Vec::new(), interval_ns: 10 * MS, burst: 50 };
    let flood = SpringSpec::new(id("spring")).traffic(Traffic::Deterministic { rate_per_s: 1_000.0 });
    let flood = flood.stop_at(Time::from_ms(10_000));
    let run = watch(&gated(flood, vec![route(&[], &[(0, 1)])], Some(limit)), 910, |_, _| {});
    let totals = run.view().totals();
    // 50 at first and one each ten milliseconds for ten seconds; the last token comes as the flood ends.
    assert!((1_049..=1_050).contains(&totals.answered), "{totals:?}");
    assert_eq!(totals.answered + totals.rejected, totals.issued);
    let gateway = run.view().gateways().next().unwrap();
    assert_eq!(gateway.limited, totals.rejected);
}

#[test]
fn a_canary_gets_its_share() {
    let world = gated(spring("spring", 100.0, 100_000), vec![route(&[], &[(0, 90), (1, 10)])], None);
    let run = watch(&world, 911, |_, _| {});
    assert_share("canary", sent(&run, 1), sent(&run, 0) + sent(&run, 1), 0.1);
}

#[test]
fn each_class_goes_its_way_however_its_client_calls() {
    let paths = ["browse", "buy"].map(EndpointId::from_name);
    for (nth, retries) in (912..).zip([false, true]) {
        let retry = RetrySpec {
            retries: 2,
            backoff: Backoff { base_ns: MS, cap_ns: MS, multiplier: 1.0, jitter: Jitter::None },
            budget: BudgetSpec::Unlimited,
            on: RetryOn::default(),
        };
        let client = ClientSpec { retry: retries.then_some(retry), ..ClientSpec::with_timeout_ns(NEVER_NS) };
        let class = |path, weight| ClassSpec { weight, path, call: call(client.clone()), ..ClassSpec::default() };
        let classes = vec![class(paths[0], 3), class(paths[1], 1)];
        let spring = SpringSpec { classes, ..spring("spring", 100.0, 20_000) };
        let routes = vec![route(&[paths[1]], &[(1, 1)]), route(&[], &[(0, 1)])];
        let mut world = gated(spring, routes, None);
        // A service on the way passes the path on: the gateway stands behind it.
        let (front, back) = (id("front"), id("spring"));
        let program = vec![Step::Call(CallSpec { to: Some(GATE), ..call(client.clone()) })];
        world.services.push(ServiceSpec {
            id: front,
            endpoints: vec![EndpointSpec { id: EndpointId::MAIN, program }],
            ..room(1_000, Distribution::Constant { mean_ns: 0 })
        });
        world.pipes[0] = wire(back, front);
        world.pipes.push(wire(front, GATE));
        let classes = Classes::new(&world, seed(nth));
        let (mut of_class, mut outcomes) = ([0u64; 2], [0u64; 2]);
        let run = watch(&world, nth, |_, fact| match fact {
            Fact::Issued { request } => of_class[classes.of(*request)] += 1,
            Fact::Ended { outcome, .. } => outcomes[usize::from(*outcome != Outcome::Answered)] += 1,
            _ => {}
        });
        assert_eq!([sent(&run, 0), sent(&run, 1)], of_class);
        assert_eq!(outcomes, [run.view().totals().issued, 0]);
    }
}

#[test]
fn who_is_turned_away_knows_by_whom_and_at_once() {
    let limit = RateLimitSpec { paths: Vec::new(), interval_ns: UNIT_NS, burst: 1 };
    let world = gated(spring("spring", 4.0, 2_000), vec![route(&[], &[(0, 1)])], Some(limit));
    let (mut ends, mut told) = (0, 0);
    watch(&world, 914, |now, fact| match fact {
        Fact::Ended { outcome: Outcome::Rejected, cause, issued_at, .. } => {
            assert_eq!((*cause, now.since_ns(*issued_at)), (Cause::Limited(GATE), 0));
            ends += 1;
        }
        Fact::Rejected { service, cause, .. } => {
            assert_eq!((*service, *cause), (GATE, Cause::Limited(GATE)));
            told += 1;
        }
        _ => {}
    });
    assert!(ends > 1_000 && ends == told, "{ends} {told}");
}

#[test]
fn a_rate_that_is_turned_counts_from_then_on() {
    let limit = RateLimitSpec { paths: Vec::new(), interval_ns: 100 * MS, burst: 1 };
    let flood = SpringSpec::new(id("spring")).traffic(Traffic::Deterministic { rate_per_s: 1_000.0 });
    let world = gated(flood.stop_at(Time::from_ms(10_000)), vec![route(&[], &[(0, 1)])], Some(limit));
    let mut run = Simulation::new(&world, seed(915)).unwrap();
    let passed = |run: &Simulation| run.view().totals().answered;
    run.advance_to(Time::from_ms(5_000), &mut ());
    assert!((50..=51).contains(&passed(&run)), "{}", passed(&run));
    run.apply(Action::SetRateLimit { gateway: GATE, interval_ns: 10 * MS }, &mut ()).unwrap();
    let before = passed(&run);
    run.advance_to(Time::from_ms(7_000), &mut ());
    assert!((199..=201).contains(&(passed(&run) - before)), "{}", passed(&run) - before);
    run.apply(Action::SetRateLimit { gateway: GATE, interval_ns: 0 }, &mut ()).unwrap();
    let before = run.view().totals().rejected;
    run.advance_to(Time::from_ms(9_000), &mut ());
    assert_eq!(run.view().totals().rejected, before);
    let missing = run.apply(Action::SetRateLimit { gateway: id("first"), interval_ns: 1 }, &mut ());
    assert_eq!(missing, Err(Refusal::NoSuchGateway(id("first"))));
    let policy = run.apply(Action::SetPolicy { balancer: GATE, policy: Policy::Random }, &mut ());
    assert_eq!(policy, Err(Refusal::NoSuchBalancer(GATE)), "a gateway has no policy");
}

#[test]
fn a_way_that_is_shut_is_no_way() {
    // The share of a way that is shut goes nowhere: a half.
    let world = gated(spring("spring", 100.0, 20_000), vec![route(&[], &[(0, 1), (1, 1)])], None);
    let mut run = Simulation::new(&world, seed(916)).unwrap();
    let pipe = world.pipes[2].id;
    run.apply(Action::SetShut { pipe, shut: true }, &mut ()).unwrap();
    run.advance_to(Time::MAX, &mut ());
    let totals = run.view().totals();
    assert_share("a way that is shut", totals.no_route, totals.issued, 0.5);
    assert_eq!(totals.no_route + totals.answered, totals.issued);
}
