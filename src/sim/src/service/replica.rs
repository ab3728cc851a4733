//! A replica: one copy of a service, which can fail alone.

use crate::kernel::digest::Digest;
use serde::{Deserialize, Serialize};

/// What a replica is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ReplicaState {
    /// It takes work.
    Up,
    /// It will take work soon.
    Starting,
    /// It finishes what it has and takes no more.
    Draining,
    /// It has crashed.
    Down {
        /// Without a word: whoever calls hears nothing. Otherwise connections are reset.
        silent: bool,
    },
    /// It has been drained and is no more.
    Gone,
}

/// One copy of a service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Replica {
    pub state: ReplicaState,
    /// Its workers that work or wait.
    pub busy: u32,
    /// How many hazards and commands make it stand still.
    pub pauses: u8,
    /// Rises whenever no pause is left: the end of an earlier one is no matter from then on.
    pub pause_epoch: u16,
    /// The hazard that did it first, or [`BY_COMMAND`](crate::net::pipe::BY_COMMAND).
    pub paused_by: u16,
    /// How many times as long work takes that it begins, and the hazard that does it.
    pub slow: f64,
    pub slowed_by: u16,
    /// Tells this start from others.
    pub starts: u16,
}

impl Replica {
    pub const fn new(state: ReplicaState) -> Self {
        Self { state, busy: 0, pauses: 0, pause_epoch: 0, paused_by: 0, slow: 1.0, slowed_by: 0, starts: 0 }
    }

    /// Nothing makes it stand still any more.
    pub fn forget_pauses(&mut self) {
        self.pauses = 0;
        self.pause_epoch = self.pause_epoch.wrapping_add(1);
    }

    /// Whether it would take one more request.
    pub fn takes(&self, workers: u32) -> bool {
        self.busy < workers && self.state == ReplicaState::Up && self.pauses == 0
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        let state = match self.state {
            ReplicaState::Up => 0,
            ReplicaState::Starting => 1,
            ReplicaState::Draining => 2,
            ReplicaState::Down { silent } => 3 + u64::from(silent),
            ReplicaState::Gone => 5,
        };
        digest.fold(state | u64::from(self.pauses) << 8 | u64::from(self.busy) << 16);
        digest.fold(self.slow.to_bits());
    }
}
