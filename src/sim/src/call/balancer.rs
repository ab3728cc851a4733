//! A load balancer: which of its targets takes the next request.
//!
//! Targets are the open pipes that leave it, by outlet. Rules: `FACTS` LB-RR and LB-LR (Envoy's round robin and least
//! request, equal weights). Simplified: round robin starts at the first outlet, where Envoy starts at a random one.

use crate::blueprint::BalancerSpec;
use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;
use crate::kernel::random::{Key, Purpose};
use serde::{Deserialize, Serialize};

/// How a balancer chooses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Policy {
    /// Each target in turn.
    RoundRobin,
    /// Two independent draws with replacement; the one with strictly fewer requests in flight wins, the first at a tie.
    LeastRequest,
}

/// A balancer in a run.
#[derive(Clone, Debug)]
pub(crate) struct Balancer {
    pub id: PieceId,
    pub policy: Policy,
    pub targets: Vec<Target>,
    next: usize,
}

/// One outlet of a balancer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// Index of the pipe.
    pub pipe: u32,
    /// Requests sent that have not been answered.
    pub active: u32,
    /// Requests sent in all.
    pub sent: u64,
    pub open: bool,
}

impl Balancer {
    pub fn new(spec: &BalancerSpec, mut pipes: Vec<(u8, u32)>) -> Self {
        pipes.sort_by_key(|&(outlet, _)| outlet);
        let targets = pipes.into_iter().map(|(_, pipe)| Target { pipe, active: 0, sent: 0, open: true }).collect();
        Self { id: spec.id, policy: spec.policy, targets, next: 0 }
    }

    /// The pipe that takes the request of this key, if any is open.
    pub fn choose(&mut self, request: Key) -> Option<u32> {
        let open = self.targets.iter().filter(|t| t.open).count();
        if open == 0 {
            return None;
        }
        let nth = match self.policy {
            Policy::RoundRobin => {
                let nth = self.next % open;
                self.next = nth + 1;
                nth
            }
            Policy::LeastRequest => {
                let mut stream = request.child(self.id.0).stream(Purpose::Balance);
                let (first, second) = (stream.below(open as u32) as usize, stream.below(open as u32) as usize);
                if self.nth_open(second).active < self.nth_open(first).active { second } else { first }
            }
        };
        let target = self.nth_open(nth);
        target.active += 1;
        target.sent += 1;
        Some(target.pipe)
    }

    /// A request that went into `pipe` has been answered, or has been lost.
    pub fn release(&mut self, pipe: u32) {
        if let Some(target) = self.targets.iter_mut().find(|t| t.pipe == pipe) {
            target.active -= 1;
        }
    }

    fn nth_open(&mut self, nth: usize) -> &mut Target {
        self.targets.iter_mut().filter(|t| t.open).nth(nth).expect("an index below the number of open targets")
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(self.policy as u64 | (self.next as u64) << 8);
        for target in &self.targets {
            digest.fold(u64::from(target.active) | u64::from(target.open) << 32);
            digest.fold(target.sent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balancer(policy: Policy, targets: u32) -> Balancer {
        let spec = BalancerSpec { id: PieceId(4), policy };
        Balancer::new(&spec, (0..targets).rev().map(|i| (i as u8, 100 + i)).collect())
    }

    #[test]
    fn round_robin_takes_outlets_in_turn_and_skips_shut_ones() {
        let mut b = balancer(Policy::RoundRobin, 3);
        let key = Key::of_seed(0);
        let turn: Vec<_> = (0..4).map(|_| b.choose(key).unwrap()).collect();
        assert_eq!(turn, [100, 101, 102, 100]);
        b.targets[1].open = false;
        let turn: Vec<_> = (0..4).map(|_| b.choose(key).unwrap()).collect();
        assert_eq!(turn, [102, 100, 102, 100]);
    }

    #[test]
    fn least_request_takes_the_busiest_of_n_once_in_n_squared() {
        // FACTS LB-LR: with replacement the busiest host is still picked with probability 1/N².
        let (n, draws) = (4, 160_000);
        let mut hits = 0u64;
        for i in 0..draws {
            let mut b = balancer(Policy::LeastRequest, n);
            b.targets[2].active = 50;
            hits += u64::from(b.choose(Key::of_seed(1).child(i)) == Some(102));
        }
        let (p, n) = (1.0 / 16.0, draws as f64);
        let error = (hits as f64 / n - p).abs();
        assert!(error < 5.0 * (p * (1.0 - p) / n).sqrt(), "{hits} of {draws}");
    }

    #[test]
    fn nothing_is_chosen_where_all_is_shut() {
        let mut b = balancer(Policy::LeastRequest, 2);
        b.targets.iter_mut().for_each(|t| t.open = false);
        assert_eq!(b.choose(Key::of_seed(0)), None);
    }
}
