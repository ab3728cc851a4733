//! The read-only view of a run: what the game draws and what tests read.

use crate::call::attempt::{Flag, NONE};
use crate::call::balancer::Policy;
use crate::call::breaker::{Breaker, BreakerState};
use crate::call::budget::Budget;
use crate::call::outcome::Outcome;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::net::hop::{Direction, Hop, Payload};
use crate::service::replica::ReplicaState;
use crate::simulation::{Link, Simulation, Way};
use serde::{Deserialize, Serialize};

/// The present state of a run. It borrows the run and cannot change it.
#[derive(Clone, Copy)]
pub struct View<'a>(pub(crate) &'a Simulation);

/// Counts since the start of the run. `issued` is the sum of the others and of what is in progress.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Requests issued.
    pub issued: u64,
    /// Requests answered in time.
    pub answered: u64,
    /// Requests whose client gave up.
    pub timed_out: u64,
    /// Requests that a full queue refused.
    pub rejected: u64,
    /// Requests for which no open pipe led on.
    pub no_route: u64,
    /// Requests answered with an error.
    pub failed: u64,
    /// Requests that their client did not send.
    pub short_circuited: u64,
}

impl Totals {
    /// Requests that have ended, in whatever way.
    pub const fn ended(&self) -> u64 {
        self.answered + self.timed_out + self.rejected + self.no_route + self.failed + self.short_circuited
    }
}

/// A spring.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SpringView {
    /// Which one.
    pub id: PieceId,
    /// Requests issued.
    pub issued: u64,
    /// Whether it still issues requests.
    pub flowing: bool,
}

/// A service.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ServiceView {
    /// Which one.
    pub id: PieceId,
    /// Workers that work.
    pub busy: u32,
    /// Workers of the replicas that are up.
    pub workers: u32,
    /// Requests that wait.
    pub queued: u32,
    /// Requests that may wait.
    pub queue_limit: u32,
    /// Requests finished.
    pub served: u64,
    /// Requests rejected.
    pub rejected: u64,
    /// Requests answered with an error.
    pub failed: u64,
    /// Worker-nanoseconds of work done so far; its growth over time and workers is the utilisation.
    pub busy_ns: u64,
}

/// A balancer.
#[derive(Clone, PartialEq, Debug)]
pub struct BalancerView {
    /// Which one.
    pub id: PieceId,
    /// How it chooses.
    pub policy: Policy,
    /// For each outlet in use: its pipe, requests without an answer, requests sent.
    pub targets: Vec<(PieceId, u32, u64)>,
}

/// A replica of a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReplicaView {
    /// What it is doing.
    pub state: ReplicaState,
    /// Whether it stands still.
    pub paused: bool,
    /// Its workers that work.
    pub busy: u32,
}

/// The client's side of a call site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SiteView {
    /// Whose it is: a spring or a service.
    pub caller: PieceId,
    /// Its identity, as in [`crate::Fact::BreakerTurned`].
    pub id: u64,
    /// Calls under way.
    pub active: u32,
    /// Retries under way, as far as its budget counts them.
    pub retries: u32,
    /// Its breaker, if it has one.
    pub breaker: Option<BreakerState>,
    /// Trials of its half-open breaker that have not ended.
    pub trials: u32,
    /// Of its bulkhead, if it has one: attempts under way, and calls that wait.
    pub bulkhead: Option<(u32, u32)>,
}

/// A hazard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HazardView {
    /// Which one.
    pub id: PieceId,
    /// The pipe or service that suffers from it.
    pub on: PieceId,
    /// Whether it is active.
    pub active: bool,
}

/// A pipe.
#[derive(Clone, Copy)]
pub struct PipeView<'a> {
    /// Which one.
    pub id: PieceId,
    /// Whether its valve is shut.
    pub shut: bool,
    /// Time through it without waiting or transmission, in nanoseconds.
    pub propagation_ns: u64,
    /// Messages lost, in front of it or within.
    pub lost: u64,
    link: &'a Link,
    /// Its two directions.
    ways: &'a [Way],
    run: &'a Simulation,
}

impl<'a> PipeView<'a> {
    /// The messages in one direction: first those that keep their order, oldest first, then those that do not.
    pub fn hops(&self, direction: Direction) -> impl Iterator<Item = Hop> + use<'a> {
        let (lane, run) = (&self.ways[direction as usize].lane, self.run);
        let first = Some(lane.head).filter(|&head| head != NONE);
        let in_order =
            std::iter::successors(first, |&slot| Some(run.attempts.get(slot).next).filter(|&next| next != NONE));
        in_order
            .chain(self.link.pipe.sides[direction as usize].strays.iter().copied())
            .map(move |slot| run.hop(slot, direction))
    }

    /// Messages that wait at the entrance of one direction at `now`.
    pub fn waiting(&self, direction: Direction, now: Time) -> usize {
        self.link.pipe.sides[direction as usize].waiting(now)
    }

    /// Messages that have entered one direction, those included that are still in it.
    pub fn entered(&self, direction: Direction) -> u64 {
        let lane = &self.ways[direction as usize].lane;
        lane.carried + u64::from(lane.len)
    }

    /// Messages that have come out at the far end of one direction.
    pub fn carried(&self, direction: Direction) -> u64 {
        self.ways[direction as usize].lane.carried
    }
}

impl Simulation {
    /// What is seen of an attempt's message in a pipe. Without attribution its transmission seems to begin at once.
    pub(crate) fn hop(&self, slot: u32, direction: Direction) -> Hop {
        let attempt = self.attempts.get(slot);
        let ledger = self.ledgers.get(slot as usize);
        let payload = match (direction, attempt.outcome()) {
            (Direction::Forward, _) => Payload::Request,
            (Direction::Backward, Outcome::Answered) => Payload::Response,
            (Direction::Backward, _) => Payload::Error,
        };
        let awaited = !attempt.is(Flag::OneWay);
        let timeout_ns = self.sites[usize::from(self.site_of(attempt))].timers.timeout_ns;
        Hop {
            request: self.request_of(slot),
            payload,
            attempt: slot,
            again: attempt.is(Flag::Recorded) && attempt.site > 0,
            abandoned: awaited && attempt.is(Flag::Done),
            sent_at: attempt.started,
            timeout_ns: if awaited { timeout_ns } else { 0 },
            enqueue_at: ledger.map_or(self.now(), |ledger| ledger.since),
            start_at: ledger.map_or(self.now(), |ledger| ledger.transmission_at),
            exit_at: attempt.at,
        }
    }
}

impl<'a> View<'a> {
    /// The run's present time.
    pub fn now(&self) -> Time {
        self.0.now()
    }

    /// Counts since the start.
    pub fn totals(&self) -> Totals {
        self.0.totals
    }

    /// Attempts that still occupy something, those included whose client has given up.
    pub fn in_flight(&self) -> usize {
        self.0.attempts.len()
    }

    /// Records of calls: those under way, and ended ones that still have attempts about.
    pub fn calls(&self) -> usize {
        self.0.calls.len()
    }

    /// Programs that run.
    pub fn programs(&self) -> usize {
        self.0.frames.len()
    }

    /// The springs, in blueprint order.
    pub fn springs(&self) -> impl Iterator<Item = SpringView> + use<'a> {
        let now = self.0.now();
        self.0.springs.iter().map(move |s| SpringView { id: s.id, issued: s.issued, flowing: now < s.stop_at })
    }

    /// The services, in blueprint order.
    pub fn services(&self) -> impl Iterator<Item = ServiceView> + use<'a> {
        let now = self.0.now();
        self.0.stations.iter().map(move |s| ServiceView {
            id: s.id,
            busy: s.busy,
            workers: s.workers_up(),
            queued: s.room.len(),
            queue_limit: s.room.limit(),
            served: s.served,
            rejected: s.rejected,
            failed: s.failed,
            busy_ns: s.busy_ns(now),
        })
    }

    /// The replicas of a service.
    pub fn replicas(&self, service: PieceId) -> impl Iterator<Item = ReplicaView> + use<'a> {
        let station = self.0.stations.iter().filter(move |s| s.id == service);
        station.flat_map(|s| &s.replicas).map(|r| ReplicaView { state: r.state, paused: r.pauses > 0, busy: r.busy })
    }

    /// The pools of a service: permits in use, and programs that wait for one.
    pub fn pools(&self, service: PieceId) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let station = self.0.stations.iter().filter(move |s| s.id == service);
        station.flat_map(|s| &s.pools).map(|pool| (pool.used, pool.waiting()))
    }

    /// The balancers, in blueprint order.
    pub fn balancers(&self) -> impl Iterator<Item = BalancerView> + use<'a> {
        let links = &self.0.links;
        self.0.balancers.iter().map(|hub| &hub.balancer).map(move |b| BalancerView {
            id: b.id,
            policy: b.policy,
            targets: b.targets.iter().map(|t| (links[t.pipe as usize].pipe.id, t.active, t.sent)).collect(),
        })
    }

    /// The call sites: first those of the springs, a site for each class, then those of the services' programs.
    pub fn sites(&self) -> impl Iterator<Item = SiteView> + use<'a> {
        let now = self.0.now();
        self.0.sites.iter().map(move |site| SiteView {
            caller: site.caller,
            id: site.id,
            active: site.active,
            retries: site.budget.as_ref().map_or(0, Budget::retries),
            breaker: site.breaker.as_ref().map(|breaker| breaker.state(now)),
            trials: site.breaker.as_ref().map_or(0, Breaker::trials),
            bulkhead: site.bulkhead.as_ref().map(|bulkhead| (bulkhead.in_flight(), bulkhead.waiting())),
        })
    }

    /// The hazards, in blueprint order.
    pub fn hazards(&self) -> impl Iterator<Item = HazardView> + use<'a> {
        self.0.hazards.iter().map(|hazard| HazardView { id: hazard.spec.id, on: hazard.spec.on, active: hazard.active })
    }

    /// The pipes, in blueprint order.
    pub fn pipes(&self) -> impl Iterator<Item = PipeView<'a>> + use<'a> {
        let run = self.0;
        run.links.iter().zip(run.ways.chunks(2)).map(move |(link, ways)| PipeView {
            id: link.pipe.id,
            shut: link.pipe.shut,
            propagation_ns: link.pipe.propagation_ns,
            lost: link.pipe.lost,
            link,
            ways,
            run,
        })
    }

    /// Bytes of hot state for each attempt in flight, and for each event that is pending.
    pub const fn hot_bytes() -> (usize, usize) {
        (size_of::<crate::call::attempt::Attempt>(), 16)
    }
}
