//! A pipe: propagation by length, bandwidth shared first come first served in each direction, loss, jitter, connections.

use crate::blueprint::{ConnectionSpec, JitterSpec, PipeSpec};
use crate::kernel::digest::Digest;
use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use crate::net::hop::Direction;
use crate::net::lane::{Lane, Passage, Side};

/// A pipe in a run.
#[derive(Clone, Debug)]
pub(crate) struct Pipe {
    pub id: PieceId,
    pub outlet: u8,
    pub weight: u32,
    pub propagation_ns: u64,
    bandwidth_bytes_per_s: u64,
    pub shut: bool,
    pub lost: u64,
    loss: f64,
    jitter: Option<JitterSpec>,
    connection: Option<ConnectionSpec>,
    /// When the connection was last used.
    used_at: Option<Time>,
    faults: Faults,
    /// What is particular to each direction.
    pub sides: [Side; 2],
}

/// What hazards and commands do to a pipe at present.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    /// Shares of messages lost, and the hazard that loses them, by index and identity.
    pub losses: Vec<(f64, u16, PieceId)>,
    /// Delays, and the hazard that adds them, by index and identity.
    pub delays: Vec<(Distribution, u16, PieceId)>,
    /// The part of the bandwidth that is left, and the hazard that takes the rest.
    pub bandwidth: Option<(f64, u16)>,
    /// Nothing passes, by direction; the hazard that does it, or [`BY_COMMAND`].
    pub cuts: [Option<u16>; 2],
}

/// Stands for a hazard's index where a command did it.
pub(crate) const BY_COMMAND: u16 = u16::MAX;

/// What becomes of a message that enters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry {
    /// It travels.
    Travels { start_at: Time, exit_at: Time, held: Option<(u16, u64)> },
    /// It is gone; the hazard that took it, if one did.
    Lost { by: Option<u16> },
}

impl Pipe {
    pub fn new(spec: &PipeSpec) -> Self {
        Self {
            id: spec.id,
            outlet: spec.outlet,
            weight: spec.weight,
            propagation_ns: u64::from(spec.cells).saturating_mul(spec.propagation_ns_per_cell),
            bandwidth_bytes_per_s: spec.bandwidth_bytes_per_s,
            shut: false,
            lost: 0,
            loss: spec.loss,
            jitter: spec.jitter.clone(),
            connection: spec.connection,
            used_at: None,
            faults: Faults::default(),
            sides: [0; 2].map(|_| Side::new(spec.bandwidth_bytes_per_s, spec.queue_limit)),
        }
    }

    /// Lets a message in, into the lane of that direction. `key` is the attempt's own.
    pub fn enter(&mut self, lane: &mut Lane, way: Direction, now: Time, bytes: u32, key: Key) -> Entry {
        let key = key.child(draws_of(self.id, way));
        if let Some(by) = self.faults.cuts[way as usize] {
            return Entry::Lost { by: Some(by) };
        }
        if self.loss > 0.0 && key.stream(Purpose::Loss).chance(self.loss) {
            return Entry::Lost { by: None };
        }
        // Each hazard has draws of its own, so that one changes nothing about another.
        let loses =
            |&&(share, _, hazard): &&(f64, u16, PieceId)| key.child(hazard.0).stream(Purpose::Loss).chance(share);
        if let Some(&(_, by, _)) = self.faults.losses.iter().find(loses) {
            return Entry::Lost { by: Some(by) };
        }
        let passage = self.sides[way as usize].pass(lane, now, bytes, self.bandwidth_bytes_per_s);
        let (start_at, sent_at, mut held) = match passage {
            Passage::Passes { start_at, sent_at, held } => (start_at, sent_at, held),
            Passage::Refused { by } => return Entry::Lost { by },
        };
        let set_up_ns = self.set_up_ns(way, now);
        let (jitter_ns, overtakes) = match &self.jitter {
            Some(jitter) => (jitter.extra.sample_ns(&mut key.stream(Purpose::Jitter)), jitter.reorders),
            None => (0, false),
        };
        let mut longest_ns = held.map_or(0, |(_, ns)| ns);
        let mut delayed_ns = 0_u64;
        for (extra, by, hazard) in &self.faults.delays {
            let ns = extra.sample_ns(&mut key.child(hazard.0).stream(Purpose::Hazard));
            delayed_ns = delayed_ns.saturating_add(ns);
            // Several at once: the sum is booked on the one that holds longest.
            let (other, sum_ns) = held.unwrap_or((*by, 0));
            held = Some((if ns > longest_ns { *by } else { other }, sum_ns.saturating_add(ns)));
            longest_ns = longest_ns.max(ns);
        }
        let extra_ns = jitter_ns.saturating_add(delayed_ns).saturating_add(set_up_ns);
        let mut exit_at = sent_at.plus_ns(self.propagation_ns).plus_ns(extra_ns);
        if !overtakes {
            exit_at = lane.in_order(exit_at);
        }
        Entry::Travels { start_at, exit_at, held }
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

    /// What hazards and commands do to it and to its lanes from now on.
    pub fn set_faults(&mut self, faults: Faults, lanes: [&mut Lane; 2]) {
        let bandwidth = match faults.bandwidth {
            Some((factor, _)) => ((self.bandwidth_bytes_per_s as f64 * factor) as u64).max(1),
            None => self.bandwidth_bytes_per_s,
        };
        let by = faults.bandwidth.map(|(_, by)| by);
        for (side, lane) in self.sides.iter_mut().zip(lanes) {
            side.set_bandwidth(lane, bandwidth, by);
        }
        self.faults = faults;
    }

    /// Whether nothing but propagation and its own bandwidth matters: the ordinary case, and the fast one.
    pub fn is_plain(&self) -> bool {
        let faults = &self.faults;
        self.loss == 0.0
            && self.jitter.is_none()
            && self.connection.is_none()
            && faults.losses.is_empty()
            && faults.delays.is_empty()
            && faults.bandwidth.is_none()
            && faults.cuts == [None, None]
    }

    /// The cut in each direction that a command has made.
    pub fn cut_by_command(&self) -> [bool; 2] {
        self.faults.cuts.map(|cut| cut == Some(BY_COMMAND))
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(u64::from(self.shut) | self.lost << 1);
    }
}

/// What the draws of one direction of a pipe belong to. Identities made of names are scattered over all 64 bits, and one
/// bit tells the directions apart. Those that are plain numbers are neighbours: there the last bit would make the way back
/// through the one the way there through the next, and both would lose the same requests.
const fn draws_of(pipe: PieceId, way: Direction) -> u64 {
    let is_number = pipe.0 <= u32::MAX as u64;
    pipe.0 ^ if is_number { (way as u64) << 63 } else { way as u64 }
}
