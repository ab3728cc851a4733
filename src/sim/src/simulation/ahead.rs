//! Looking ahead: in a large run nearly everything that an event needs lies far from what the one before needed. So it is
//! read while that one is still being handled; nothing waits for it.

use super::event::Kind;
use super::{Simulation, Way, way};
use crate::net::hop::Direction;
use std::hint::black_box;

/// From so many ways on a run is large: what its events need does not fit into a processor's nearest caches.
pub(super) const LARGE: usize = 4_096;

impl Simulation {
    /// Reads what the next event begins with, as far as that is known. Changes nothing.
    #[inline(never)]
    pub(super) fn look_ahead(&self) {
        let Some(next) = self.events.peek() else { return };
        let index = next.index();
        match next.kind() {
            Kind::ExitAtService => self.see_service(self.see_way(index, Direction::Forward)),
            Kind::ExitAtBalancer => self.see_balancer(self.see_way(index, Direction::Forward)),
            Kind::BackAtBalancer => self.see_balancer(self.see_way(index, Direction::Backward)),
            Kind::BackAtCaller => {
                self.see_way(index, Direction::Backward);
            }
            Kind::Finish => {
                self.see_attempt(index);
                if let Some(attempt) = self.attempts.peek(index) {
                    self.see_service(self.ways.get(way(attempt.pipe, Direction::Forward)).map(|way| way.end));
                }
            }
            _ => {}
        }
    }

    /// The first message of a way. Gives the piece at the way's end.
    fn see_way(&self, pipe: u32, direction: Direction) -> Option<u16> {
        let Way { lane, end, .. } = self.ways.get(way(pipe as u16, direction))?;
        self.see_attempt(lane.head);
        Some(*end)
    }

    fn see_attempt(&self, slot: u32) {
        black_box(self.attempts.peek(slot).map(|attempt| attempt.epoch));
        black_box(self.ledgers.get(slot as usize).map(|ledger| ledger.since));
    }

    fn see_service(&self, index: Option<u16>) {
        let station = index.and_then(|index| self.stations.get(usize::from(index)));
        black_box(station.map(|station| (station.pick(), station.busy)));
    }

    fn see_balancer(&self, index: Option<u16>) {
        let hub = index.and_then(|index| self.balancers.get(usize::from(index)));
        black_box(hub.and_then(|hub| hub.balancer.targets.first()).map(|target| target.active));
    }
}
