//! A pipe: propagation by length, bandwidth shared first come first served in each direction, loss, jitter, connections.

use crate::blueprint::{ConnectionSpec, JitterSpec, PipeSpec};
use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use crate::net::hop::Direction;
use crate::net::lane::Lane;
use crate::service::distribution::Distribution;

/// A pipe in a run.
#[derive(Clone, Debug)]
pub(crate) struct Pipe {
    pub id: PieceId,
    pub outlet: u8,
    pub weight: u32,
    pub propagation_ns: u64,
    bandwidth_bytes_per_s: u64,
    queue_limit: u32,
    pub shut: bool,
    pub lost: u64,
    lanes: [Lane; 2],
    /// Nothing but propagation and bandwidth: the ordinary case, and the fast one.
    plain: bool,
    loss: f64,
    jitter: Option<JitterSpec>,
    connection: Option<ConnectionSpec>,
    /// When the connection was last used.
    used_at: Option<Time>,
    faults: Faults,
}

/// What hazards and commands do to a pipe at present.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    /// Shares of messages lost, and the hazard that loses them.
    pub losses: Vec<(f64, u16)>,
    /// Delays, and the hazard that adds them.
    pub delays: Vec<(Distribution, u16)>,
    /// The part of the bandwidth that is left.
    pub bandwidth: Option<f64>,
    /// Nothing passes, by direction; the hazard that does it, or [`BY_COMMAND`].
    pub cuts: [Option<u16>; 2],
}

/// Stands for a hazard's index where a command did it.
pub(crate) const BY_COMMAND: u16 = u16::MAX;

/// What becomes of a message that enters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry {
    /// It travels.
    Travels { start_at: Time, exit_at: Time, stray: bool, held: Option<(u16, u64)> },
    /// It is gone; the hazard that took it, if one did.
    Lost { by: Option<u16> },
}

impl Pipe {
    pub fn new(spec: &PipeSpec) -> Self {
        let mut pipe = Self {
            id: spec.id,
            outlet: spec.outlet,
            weight: spec.weight,
            propagation_ns: u64::from(spec.cells).saturating_mul(spec.propagation_ns_per_cell),
            bandwidth_bytes_per_s: spec.bandwidth_bytes_per_s,
            queue_limit: spec.queue_limit,
            shut: false,
            lost: 0,
            lanes: [Lane::new(), Lane::new()],
            plain: true,
            loss: spec.loss,
            jitter: spec.jitter.clone(),
            connection: spec.connection,
            used_at: None,
            faults: Faults::default(),
        };
        pipe.settle();
        pipe
    }

    /// Lets a message in. `key` is the attempt's own.
    #[inline]
    pub fn enter(&mut self, way: Direction, now: Time, bytes: u32, key: impl FnOnce() -> Key) -> Entry {
        if !self.plain {
            return self.enter_faulty(way, now, bytes, key());
        }
        let (bandwidth, limit, propagation_ns) = (self.bandwidth_bytes_per_s, self.queue_limit, self.propagation_ns);
        let lane = &mut self.lanes[way as usize];
        match lane.transmit(now, bytes, bandwidth, limit) {
            Some((start_at, sent_at)) => {
                // A message may not come out before the one in front of it, which a hazard may have held up.
                let exit_at = sent_at.plus_ns(propagation_ns).max(lane.last_exit_at);
                lane.last_exit_at = exit_at;
                Entry::Travels { start_at, exit_at, stray: false, held: None }
            }
            None => self.lose(None),
        }
    }

    fn enter_faulty(&mut self, way: Direction, now: Time, bytes: u32, key: Key) -> Entry {
        let key = key.child(self.id.0 ^ way as u64);
        if let Some(by) = self.faults.cuts[way as usize] {
            return self.lose(Some(by));
        }
        let mut chance = key.stream(Purpose::Loss);
        if self.loss > 0.0 && chance.chance(self.loss) {
            return self.lose(None);
        }
        if let Some(&(_, by)) = self.faults.losses.iter().find(|&&(share, _)| chance.chance(share)) {
            return self.lose(Some(by));
        }
        let factor = self.faults.bandwidth.unwrap_or(1.0);
        let bandwidth = ((self.bandwidth_bytes_per_s as f64 * factor) as u64).max(1);
        let limit = self.queue_limit;
        let Some((start_at, sent_at)) = self.lane_mut(way).transmit(now, bytes, bandwidth, limit) else {
            return self.lose(None);
        };
        let set_up_ns = self.set_up_ns(way, now);
        let (jitter_ns, stray) = match &self.jitter {
            Some(jitter) => (jitter.extra.sample_ns(&mut key.stream(Purpose::Jitter)), jitter.reorders),
            None => (0, false),
        };
        let mut held: Option<(u16, u64)> = None;
        let mut stream = key.stream(Purpose::Hazard);
        for (extra, by) in &self.faults.delays {
            let ns = extra.sample_ns(&mut stream);
            // Several at once: the sum is booked on the one that holds longest.
            held = Some(
                held.map_or((*by, ns), |(other, sum)| (if ns > sum { *by } else { other }, sum.saturating_add(ns))),
            );
        }
        let extra_ns = jitter_ns.saturating_add(held.map_or(0, |(_, ns)| ns)).saturating_add(set_up_ns);
        let mut exit_at = sent_at.plus_ns(self.propagation_ns).plus_ns(extra_ns);
        let lane = self.lane_mut(way);
        if !stray {
            exit_at = exit_at.max(lane.last_exit_at);
            lane.last_exit_at = exit_at;
        }
        Entry::Travels { start_at, exit_at, stray, held }
    }

    /// What opening the connection costs a message that enters now.
    fn set_up_ns(&mut self, way: Direction, now: Time) -> u64 {
        let Some(connection) = self.connection else { return 0 };
        let open = self.used_at.is_some_and(|at| connection.idle_ns > 0 && now.since_ns(at) <= connection.idle_ns);
        self.used_at = Some(now);
        if open || way == Direction::Backward {
            return 0;
        }
        self.propagation_ns.saturating_mul(2).saturating_mul(u64::from(connection.round_trips))
    }

    fn lose(&mut self, by: Option<u16>) -> Entry {
        self.lost += 1;
        Entry::Lost { by }
    }

    pub const fn lane(&self, way: Direction) -> &Lane {
        &self.lanes[way as usize]
    }

    pub const fn lane_mut(&mut self, way: Direction) -> &mut Lane {
        &mut self.lanes[way as usize]
    }

    /// What hazards and commands do to it from now on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
        self.settle();
    }

    /// The cut in each direction that a command has made.
    pub fn cut_by_command(&self) -> [bool; 2] {
        self.faults.cuts.map(|cut| cut == Some(BY_COMMAND))
    }

    fn settle(&mut self) {
        let faults = &self.faults;
        self.plain = self.loss == 0.0
            && self.jitter.is_none()
            && self.connection.is_none()
            && faults.losses.is_empty()
            && faults.delays.is_empty()
            && faults.bandwidth.is_none()
            && faults.cuts == [None, None];
        self.lanes.iter_mut().for_each(Lane::forget_times);
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(u64::from(self.shut) | self.lost << 1);
        for lane in &self.lanes {
            digest.fold(lane.free_at.as_ns());
            digest.fold(lane.carried);
            digest.fold(u64::from(lane.len));
        }
    }
}
