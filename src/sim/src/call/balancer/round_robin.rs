//! Each target in turn.
//!
//! As in Envoy the turn is a counter taken modulo the number of open targets, so a change of that number may repeat or
//! pass over a target once (`FACTS` LB-RR; `round_robin_lb.cc`).

use crate::kernel::digest::Digest;

/// Whose turn it is.
#[derive(Clone, Debug, Default)]
pub(super) struct RoundRobin {
    turns: u64,
}

impl RoundRobin {
    /// Whose turn it is among the open targets, of which there is at least one.
    pub fn pick(&mut self, open: &[u32]) -> u32 {
        let nth = self.turns % open.len() as u64;
        self.turns += 1;
        open[nth as usize]
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.turns);
    }
}
