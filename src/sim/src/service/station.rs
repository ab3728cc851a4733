//! A station: a service in a run. Replicas with workers of their own, behind one bounded queue.

use crate::blueprint::{PoolSpec, ServiceSpec};
use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::service::contention::Contention;
use crate::service::kept_keys::KeptKeys;
use crate::service::pool::Pool;
use crate::service::program::Programs;
use crate::service::queue::WaitingRoom;
use crate::service::replica::{Replica, ReplicaState};
use std::collections::BTreeMap;

/// A service in a run. What every request changes comes first, in two lines of a cache.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(crate) struct Station {
    pub replicas: Vec<Replica>,
    /// Worker-nanoseconds of work done up to `settled_at`.
    busy_ns: u64,
    settled_at: Time,
    pub served: u64,
    pub id: PieceId,
    /// Workers of one replica.
    pub workers: u32,
    /// All replicas are up, none stands still or is slow, nothing fails or is refused, work does not contend: the
    /// ordinary case.
    pub ordinary: bool,
    /// Someone further up hands out its free workers.
    pub pulling: bool,
    pub drops_expired: bool,
    /// Workers that work or wait.
    pub busy: u32,
    pub room: WaitingRoom,
    pub programs: Programs,
    pub contention: Contention,
    pub start_up_ns: u64,
    pub pools: Vec<Pool>,
    /// Versions of the keys that have been written.
    pub versions: BTreeMap<u64, u64>,
    /// The idempotency keys under which it has written.
    pub kept_keys: KeptKeys,
    /// Shares of requests answered with an error, and the hazard that does it, by index and identity.
    pub errors: Vec<(f64, u16, PieceId)>,
    pub rejected: u64,
    pub failed: u64,
}

impl Station {
    pub fn new(spec: &ServiceSpec, programs: Programs) -> Self {
        Self {
            id: spec.id,
            workers: spec.workers,
            replicas: vec![Replica::new(ReplicaState::Up); spec.replicas as usize],
            room: WaitingRoom::new(spec.discipline, spec.queue_limit),
            programs,
            contention: spec.contention,
            start_up_ns: spec.start_up_ns,
            drops_expired: spec.drops_expired,
            pools: spec.pools.iter().map(|pool: &PoolSpec| Pool::new(*pool)).collect(),
            versions: BTreeMap::new(),
            kept_keys: KeptKeys::new(spec.keys_kept_ns),
            errors: Vec::new(),
            busy: 0,
            served: 0,
            rejected: 0,
            failed: 0,
            pulling: false,
            ordinary: spec.contention == Contention::default() && !spec.drops_expired,
            busy_ns: 0,
            settled_at: Time::ZERO,
        }
    }

    /// Replicas or hazards have changed.
    pub fn review(&mut self) {
        let up = |r: &Replica| r.state == ReplicaState::Up && r.pauses == 0 && r.slow == 1.0;
        let sound = |r: &Replica| r.state == ReplicaState::Gone || up(r);
        self.ordinary = self.errors.is_empty()
            && !self.drops_expired
            && self.contention == Contention::default()
            && self.replicas.iter().all(sound)
            && self.replicas.iter().any(up);
    }

    /// The replica that would take the next request: of those with a free worker the least busy, the first at a tie.
    #[inline]
    pub fn pick(&self) -> Option<u16> {
        if let [only] = &self.replicas[..] {
            let takes = if self.ordinary { only.busy < self.workers } else { only.takes(self.workers) };
            return if takes { Some(0) } else { None };
        }
        let free = self.replicas.iter().enumerate().filter(|(_, r)| r.takes(self.workers));
        free.min_by_key(|(_, r)| r.busy).map(|(i, _)| i as u16)
    }

    /// A worker of that replica has something to do.
    #[inline]
    pub fn occupy(&mut self, now: Time, replica: u16) {
        self.settle(now);
        self.busy += 1;
        self.replicas[usize::from(replica)].busy += 1;
    }

    /// It has nothing to do any more. Whether that was the last of a replica that drained: it is gone now.
    #[inline(always)]
    pub fn vacate(&mut self, now: Time, replica: u16) -> bool {
        self.settle(now);
        self.busy -= 1;
        let replica = &mut self.replicas[usize::from(replica)];
        replica.busy -= 1;
        let gone = replica.busy == 0 && replica.state == ReplicaState::Draining;
        if gone {
            replica.state = ReplicaState::Gone;
            self.review();
        }
        gone
    }

    /// By how much work that begins now at that replica is stretched: by contention, and by slowness.
    pub fn stretch(&self, replica: u16) -> (f64, f64) {
        let replica = &self.replicas[usize::from(replica)];
        (self.contention.stretch(replica.busy), replica.slow)
    }

    /// How requests are met while no replica takes any, nor will soon: nothing while one does; else whether they vanish
    /// without a word. Only a silent crash does that. Where replicas have been drained, nobody listens: who calls is
    /// refused at once, as by a Kubernetes service without endpoints, or a proxy without a healthy host.
    pub fn is_down(&self) -> Option<bool> {
        let (mut quietly, mut aloud) = (false, false);
        for replica in &self.replicas {
            match replica.state {
                ReplicaState::Up | ReplicaState::Starting => return None,
                ReplicaState::Down { silent: true } => quietly = true,
                ReplicaState::Down { silent: false } => aloud = true,
                ReplicaState::Draining | ReplicaState::Gone => {}
            }
        }
        Some(quietly && !aloud)
    }

    /// Workers of all replicas that are up.
    pub fn workers_up(&self) -> u32 {
        self.replicas.iter().filter(|r| r.state == ReplicaState::Up).count() as u32 * self.workers
    }

    /// Worker-nanoseconds of work done until `now`.
    pub fn busy_ns(&self, now: Time) -> u64 {
        self.busy_ns.saturating_add(now.since_ns(self.settled_at).saturating_mul(u64::from(self.busy)))
    }

    #[inline(always)]
    fn settle(&mut self, now: Time) {
        self.busy_ns = self.busy_ns(now);
        self.settled_at = now;
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(u64::from(self.busy) | u64::from(self.room.len()) << 32);
        digest.fold(self.served);
        digest.fold(self.rejected);
        digest.fold(self.failed);
        self.replicas.iter().for_each(|replica| replica.fold_into(digest));
        self.room.fold_into(digest);
        self.pools.iter().for_each(|pool| pool.fold_into(digest));
        for (&key, &version) in &self.versions {
            digest.fold(key);
            digest.fold(version);
        }
        self.kept_keys.fold_into(digest);
    }
}
