//! Little's law (`FACTS` Q-LITTLE): L = lambda W for each station, each queue, and the whole.
//!
//! Over a run that begins and ends empty it holds on every path, not just on average: the integral of the number that
//! is there is the sum of the times for which each was there. So the view, integrated from event to event, must agree
//! with the facts to the nanosecond.

use super::harness::*;
use pipe_maze_sim::*;
use std::collections::BTreeMap;

/// Request-nanoseconds spent in the queue of a service, and with its workers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Stay {
    queue: u64,
    work: u64,
}

/// What the view shows, integrated over time: in all, and by service.
fn by_view(world: &Blueprint, nth: u64, facts: &mut FactBook) -> (u64, BTreeMap<PieceId, Stay>, Simulation) {
    let mut run = Simulation::new(world, seed(nth)).expect("the blueprint is sound");
    let (mut whole, mut stays) = (0, BTreeMap::<PieceId, Stay>::new());
    while let Some(next) = run.next_event_at() {
        let ns = next.since_ns(run.now());
        let totals = run.view().totals();
        whole += ns * (totals.issued - totals.ended());
        for service in run.view().services() {
            let stay = stays.entry(service.id).or_default();
            stay.queue += ns * u64::from(service.queued);
            stay.work += ns * u64::from(service.busy);
        }
        run.step(Time::MAX, &mut |at: Time, fact: &Fact| facts.note(at, fact));
    }
    (whole, stays, run)
}

/// What the facts say: sojourns of requests, and their stays at services. No request comes to one twice.
#[derive(Default)]
struct FactBook {
    whole: u64,
    stays: BTreeMap<PieceId, Stay>,
    arrived: BTreeMap<(PieceId, RequestId), Time>,
    began: BTreeMap<(PieceId, RequestId), Time>,
    ends: BTreeMap<PieceId, PieceId>,
    queue_parts: u64,
}

impl FactBook {
    fn note(&mut self, at: Time, fact: &Fact) {
        match *fact {
            Fact::Entered { pipe, direction: Direction::Forward, hop, .. } => {
                self.arrived.insert((self.ends[&pipe], hop.request), hop.exit_at);
            }
            Fact::Began { service, request, .. } => {
                let arrived = self.arrived[&(service, request)];
                self.stays.entry(service).or_default().queue += at.since_ns(arrived);
                self.began.insert((service, request), at);
            }
            Fact::Finished { service, request, .. } => {
                let began = self.began[&(service, request)];
                self.stays.entry(service).or_default().work += at.since_ns(began);
            }
            Fact::Ended { issued_at, parts, .. } => {
                self.whole += at.since_ns(issued_at);
                self.queue_parts += parts.queue_ns;
            }
            _ => {}
        }
    }
}

/// A balancer over two services, each of which calls a third in the middle of its work.
fn world() -> Blueprint {
    let (front, back) = ([id("a"), id("b")], id("back"));
    let work = |mean_ns| Step::Compute { time: Distribution::Exponential { mean_ns } };
    let program = vec![work(UNIT_NS / 2), Step::Call(call_of(back)), work(UNIT_NS / 4)];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let mut services: Vec<ServiceSpec> =
        front.iter().map(|&id| ServiceSpec { id, endpoints: endpoints.clone(), ..room(2, EXPONENTIAL) }).collect();
    services.push(ServiceSpec { id: back, discipline: Discipline::Lifo, ..room(3, EXPONENTIAL) });
    let slow = |from, to, outlet| PipeSpec { cells: 3, outlet, ..PipeSpec::new(PieceId(outlet.into()), from, to) };
    Blueprint {
        springs: vec![spring("spring", 1.3, 20_000)],
        services,
        balancers: vec![BalancerSpec { id: id("lb"), policy: Policy::LeastRequest }],
        pipes: vec![
            slow(id("spring"), id("lb"), 10),
            slow(id("lb"), front[0], 11),
            slow(id("lb"), front[1], 12),
            slow(front[0], back, 13),
            slow(front[1], back, 14),
        ],
        ..Blueprint::default()
    }
}

#[test]
fn littles_law_holds_to_the_nanosecond() {
    let world = world();
    let ends = world.pipes.iter().map(|pipe| (pipe.id, pipe.to)).collect();
    let mut facts = FactBook { ends, ..FactBook::default() };
    let (whole, stays, run) = by_view(&world, 90, &mut facts);
    assert_eq!(whole, facts.whole, "the whole");
    assert_eq!(stays, facts.stays, "each service: its queue and its workers");
    assert_eq!(stays.values().map(|stay| stay.queue).sum::<u64>(), facts.queue_parts, "and the requests' own books");
    for service in run.view().services() {
        assert_eq!(service.busy_ns, stays[&service.id].work, "and the service's own");
        assert!(stays[&service.id].queue > 0, "somebody waited, or nothing is shown");
    }
}

/// Two numbers that the view shows, integrated over a run until it is empty. Every fact is shown.
fn integrals(
    world: &Blueprint,
    nth: u64,
    show: fn(View<'_>) -> (u32, u32),
    mut see: impl FnMut(Time, &Fact),
) -> (u64, u64) {
    let mut run = Simulation::new(world, seed(nth)).expect("the blueprint is sound");
    let mut sums = (0, 0);
    while let Some(next) = run.next_event_at() {
        let (ns, shown) = (next.since_ns(run.now()), show(run.view()));
        sums = (sums.0 + ns * u64::from(shown.0), sums.1 + ns * u64::from(shown.1));
        run.step(Time::MAX, &mut |at: Time, fact: &Fact| see(at, fact));
    }
    sums
}

#[test]
fn littles_law_holds_for_a_pool() {
    // All that a worker does it does with a permit, of which there are three, and there are workers for all: what it has
    // worked it has held the permit, and the rest of its time it has waited for it.
    let program = vec![Step::Acquire { pool: 0 }, Step::Compute { time: EXPONENTIAL }];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let pools = vec![PoolSpec { permits: 3, queue_limit: 100_000 }];
    let service = ServiceSpec { endpoints, pools, ..room(100_000, EXPONENTIAL) };
    let (mut began, mut held, mut waited, mut queue_parts) = (BTreeMap::new(), 0, 0, 0);
    let show = |view: View<'_>| view.pools(id("room")).next().expect("it has one");
    let shown = integrals(&line(spring("spring", 2.4, 20_000), service), 91, show, |at, fact| match *fact {
        Fact::Began { request, .. } => _ = began.insert(request, at),
        Fact::Finished { request, worked_ns, .. } => {
            let worked_ns = worked_ns.expect("this run has attribution");
            held += worked_ns;
            waited += at.since_ns(began[&request]) - worked_ns;
        }
        Fact::Ended { parts, .. } => queue_parts += parts.queue_ns,
        _ => {}
    });
    assert_eq!(shown, (held, waited), "permits held, and who waits for one");
    assert_eq!(waited, queue_parts, "and the requests' own books");
    assert!(waited > held / 10, "somebody waited, or nothing is shown");
}

#[test]
fn littles_law_holds_for_a_bulkhead() {
    // Three at once; two may wait, for one unit at most. Who is sent has waited until then, who is not until its end.
    let bulkhead = Some(BulkheadSpec { max_concurrent: 3, max_waiting: 2, max_wait_ns: UNIT_NS });
    let client = ClientSpec { bulkhead, ..ClientSpec::with_timeout_ns(5 * UNIT_NS) };
    let world = line(spring("spring", 3.0, 20_000).calling(call(client)), room(100_000, EXPONENTIAL));
    let (mut sent, mut within, mut waited) = (BTreeMap::new(), 0, 0);
    let mut ends = [0; 3];
    let show = |view: View<'_>| view.sites().next().and_then(|site| site.bulkhead).expect("it has one");
    let shown = integrals(&world, 92, show, |at, fact| match *fact {
        Fact::Entered { direction: Direction::Forward, hop, .. } => _ = sent.insert(hop.request, hop.sent_at),
        Fact::Ended { request, issued_at, outcome, .. } => {
            let sent_at = sent.get(&request).copied();
            waited += sent_at.unwrap_or(at).since_ns(issued_at);
            within += sent_at.map_or(0, |sent_at| at.since_ns(sent_at));
            ends[match outcome {
                Outcome::Answered => 0,
                Outcome::TimedOut => 1,
                _ => 2,
            }] += 1;
        }
        _ => {}
    });
    assert_eq!(shown, (within, waited), "attempts under way, and calls that wait");
    assert!(ends.iter().all(|&count| count > 50), "{ends:?} answered, timed out, kept out");
    assert!(waited > within / 20, "somebody waited, or nothing is shown");
}
