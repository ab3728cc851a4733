//! A load balancer: which of its targets takes the next request.
//!
//! Targets are the pipes that leave it, by outlet; only open ones are chosen. Each [`Policy`] has a file of its own.
//!
//! ```text
//!                     equal weights                       unequal weights
//!  RoundRobin         round_robin: each in turn           weighted: weight
//!  LeastRequest       least_request: two draws            weighted: weight / (active + 1)
//!  …FullScan          least_request: all of them          weighted: weight / (active + 1)
//!  Random             random                              the same: weights have no part in it
//!  PowerOfTwo         power_of_two: two distinct          the same
//!  LeastResponseTime  least_response_time: two distinct   the same
//! ```
//!
//! The draws of a choice belong to the request and to the balancer's identity, so a further target, balancer or policy
//! elsewhere changes none of them. Rules: `FACTS` LB-RR, LB-LR, LB-EWMA. Simplified: Envoy rotates the targets by a
//! seed at the start; here the first turn is the first outlet's. As in Envoy, a change of the set of open targets
//! builds the weighted schedule anew.

mod least_request;
mod least_response_time;
mod power_of_two;
mod random;
mod round_robin;
mod weighted;

use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;
use crate::kernel::random::{Key, Purpose, Stream};
use crate::kernel::time::Time;
use least_response_time::PeakEwma;
use round_robin::RoundRobin;
use serde::{Deserialize, Serialize};
use weighted::{Edf, Rate};

/// How a balancer chooses.
///
/// ```
/// use pipe_maze_sim::reference::reference_load;
/// use pipe_maze_sim::{Metrics, Policy, Simulation, Time};
///
/// // The 99th percentile of the same requests, spread over ten servers in two ways.
/// let p99_ns = |policy| {
///     let mut blueprint = reference_load(20_000);
///     blueprint.balancers[0].policy = policy;
///     let mut metrics = Metrics::new(1_000_000_000);
///     Simulation::new(&blueprint, 1).expect("it is sound").advance_to(Time::MAX, &mut metrics);
///     metrics.total().latency_ns(0.99).expect("there were answers")
/// };
/// assert!(p99_ns(Policy::PowerOfTwo) < p99_ns(Policy::Random), "two choices are better than one");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Policy {
    /// Each target in turn; in proportion to the weights where they differ.
    RoundRobin,
    /// Two independent draws with replacement; the one with strictly fewer requests in flight wins, the first at a tie.
    /// Where weights differ: in proportion to weight / (requests in flight + 1).
    LeastRequest,
    /// Any target with equal probability.
    Random,
    /// Of all targets the one with the fewest requests in flight; any of those that tie with equal probability.
    LeastRequestFullScan,
    /// Two distinct targets at random; the one with strictly fewer requests in flight wins, the first at a tie.
    PowerOfTwo,
    /// Two distinct targets at random; the one with the lower expected wait wins: the peak-sensitive moving average of
    /// its response times, times the requests in flight and this one.
    LeastResponseTime,
}

/// How many times a choice is made again when it falls on a target that was tried before (`FACTS` IST-RETRY).
const RESELECTIONS: u32 = 5;
/// Largest weight of a target.
const WEIGHT_MAX: u32 = 1_000;

/// A balancer in a run.
#[derive(Clone, Debug)]
pub(crate) struct Balancer {
    pub id: PieceId,
    pub policy: Policy,
    pub targets: Vec<Target>,
    /// Indices of the open targets, ascending.
    open: Vec<u32>,
    /// Whether the weights of the open targets differ.
    weighted: bool,
    /// It draws two targets of equal weights by [`Policy::LeastRequest`]: the usual case.
    draws_two: bool,
    round_robin: RoundRobin,
    edf: Edf,
    /// The response times of each target, observed under [`Policy::LeastResponseTime`] only.
    response_times: Vec<PeakEwma>,
}

/// One outlet of a balancer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// Index of the pipe.
    pub pipe: u32,
    /// Its share relative to the others' weights, 1 to 1,000.
    pub weight: u32,
    /// Requests sent that have been neither answered nor given up.
    pub active: u32,
    /// Requests sent in all.
    pub sent: u64,
    pub open: bool,
}

impl Balancer {
    /// A balancer over pipes, each given as (outlet, index of the pipe, weight). All are open.
    pub fn new(id: PieceId, policy: Policy, mut pipes: Vec<(u8, u32, u32)>) -> Self {
        pipes.sort_by_key(|&(outlet, _, _)| outlet);
        let target = |(_, pipe, weight): (u8, u32, u32)| Target {
            pipe,
            weight: weight.clamp(1, WEIGHT_MAX),
            active: 0,
            sent: 0,
            open: true,
        };
        let targets: Vec<Target> = pipes.into_iter().map(target).collect();
        let mut balancer = Self {
            id,
            policy,
            open: Vec::with_capacity(targets.len()),
            weighted: false,
            draws_two: false,
            round_robin: RoundRobin::default(),
            edf: Edf::new(targets.len()),
            response_times: vec![PeakEwma::default(); targets.len()],
            targets,
        };
        balancer.refresh();
        balancer
    }

    /// The index of the target that takes the request of this key. `None`: nothing is open.
    #[inline(always)]
    pub fn choose(&mut self, now: Time, request: Key) -> Option<usize> {
        if self.open.is_empty() {
            return None;
        }
        let target = if self.draws_two {
            least_request::of_two_draws(&self.targets, &self.open, &mut stream(self.id, request, 0)) as usize
        } else {
            self.pick(now, request, 0)
        };
        Some(self.send(target))
    }

    /// As [`Self::choose`], but made again, up to five times, while it falls on a target in the bit mask `tried`; then
    /// it takes what comes. Each of these choices moves the policy on, as Envoy's predicate of previous hosts does.
    /// Targets from the 65th on never count as tried.
    pub fn choose_avoiding(&mut self, now: Time, request: Key, tried: u64) -> Option<usize> {
        if self.open.is_empty() {
            return None;
        }
        let mut target = self.pick(now, request, 0);
        for reselection in 1..=RESELECTIONS {
            if tried.checked_shr(target as u32).unwrap_or(0) & 1 == 0 {
                break;
            }
            target = self.pick(now, request, reselection);
        }
        Some(self.send(target))
    }

    /// Sends the next request to the target of that index. Whether that is open; otherwise nothing is sent.
    pub fn send_to(&mut self, target: usize) -> bool {
        let open = self.targets[target].open;
        if open {
            self.send(target);
        }
        open
    }

    /// A request to the target of that index was answered after `rtt_ns`, or was lost or given up (`None`).
    #[inline]
    pub fn release(&mut self, target: usize, now: Time, rtt_ns: Option<u64>) {
        debug_assert!(self.targets[target].active > 0, "a request is released once, by the balancer that sent it");
        self.targets[target].active = self.targets[target].active.saturating_sub(1);
        if let Some(rtt_ns) = rtt_ns
            && self.wants_rtt()
        {
            self.response_times[target].observe(now, rtt_ns);
        }
    }

    /// Opens or shuts the target that leads into `pipe`.
    pub fn set_open(&mut self, pipe: u32, open: bool) {
        let changed = self.targets.iter_mut().filter(|t| t.pipe == pipe && t.open != open);
        if changed.map(|t| t.open = open).count() > 0 {
            self.refresh();
        }
    }

    /// Chooses differently from now on. What the former policy had in mind is forgotten.
    pub fn set_policy(&mut self, policy: Policy) {
        if policy != self.policy {
            self.policy = policy;
            self.round_robin = RoundRobin::default();
            self.response_times.fill(PeakEwma::default());
            self.refresh();
        }
    }

    /// Whether [`Self::release`] makes use of response times.
    pub fn wants_rtt(&self) -> bool {
        self.policy == Policy::LeastResponseTime
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(self.policy as u64 | u64::from(self.weighted) << 8);
        for target in &self.targets {
            digest.fold(u64::from(target.active) | u64::from(target.open) << 32);
            digest.fold(target.sent);
        }
        match self.rate() {
            Some(_) => self.edf.fold_into(digest),
            None => self.round_robin.fold_into(digest),
        }
        if self.wants_rtt() {
            self.response_times.iter().for_each(|r| r.fold_into(digest));
        }
    }

    /// By which rate the weighted schedule serves the targets, where it is in use.
    fn rate(&self) -> Option<Rate> {
        match self.policy {
            Policy::RoundRobin if self.weighted => Some(Rate::Weight),
            Policy::LeastRequest | Policy::LeastRequestFullScan if self.weighted => Some(Rate::WeightByLoad),
            _ => None,
        }
    }

    /// Makes one choice, or makes it again for the `reselection`-th time. At least one target is open.
    fn pick(&mut self, now: Time, request: Key, reselection: u32) -> usize {
        // Policies that take turns draw nothing, so the stream is not made ahead.
        let id = self.id;
        let stream = || stream(id, request, reselection);
        let rate = self.rate();
        let (targets, open) = (self.targets.as_slice(), self.open.as_slice());
        let target = match (rate, self.policy) {
            (Some(rate), _) => self.edf.pick(targets, open, rate),
            (None, Policy::LeastRequest) => least_request::of_two_draws(targets, open, &mut stream()),
            (None, Policy::RoundRobin) => self.round_robin.pick(open),
            (None, Policy::Random) => random::pick(open, &mut stream()),
            (None, Policy::LeastRequestFullScan) => least_request::of_all(targets, open, &mut stream()),
            (None, Policy::PowerOfTwo) => power_of_two::pick(targets, open, &mut stream()),
            (None, Policy::LeastResponseTime) => {
                least_response_time::pick(targets, open, &mut self.response_times, now, &mut stream())
            }
        };
        target as usize
    }

    fn send(&mut self, target: usize) -> usize {
        self.targets[target].active += 1;
        self.targets[target].sent += 1;
        target
    }

    /// Brings what is derived from the open targets up to date.
    fn refresh(&mut self) {
        self.open.clear();
        self.open.extend(self.targets.iter().enumerate().filter(|(_, t)| t.open).map(|(i, _)| i as u32));
        let weight = |&target: &u32| self.targets[target as usize].weight;
        self.weighted = self.open.iter().map(weight).min() != self.open.iter().map(weight).max();
        self.draws_two = self.policy == Policy::LeastRequest && !self.weighted;
        if let Some(rate) = self.rate() {
            self.edf.rebuild(&self.targets, &self.open, rate);
        }
    }
}

/// The draws of one choice: they belong to the request and the balancer.
fn stream(balancer: PieceId, request: Key, reselection: u32) -> Stream {
    let key = request.child(balancer.0);
    let key = if reselection == 0 { key } else { key.child(u64::from(reselection)) };
    key.stream(Purpose::Balance)
}

#[cfg(test)]
mod tests;
