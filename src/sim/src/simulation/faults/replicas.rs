//! Replicas start, drain, and are gone.

use crate::blueprint::REPLICAS_MAX;
use crate::fact::{Fact, Observer};
use crate::service::replica::{Replica, ReplicaState};
use crate::simulation::Simulation;
use crate::simulation::event::{Event, Kind};

impl Simulation {
    /// Whether that many replicas may be there beside those that drain.
    pub(super) fn has_room_for(&self, station: u16, wanted: u32) -> bool {
        let replicas = self.stations[usize::from(station)].replicas.iter();
        let draining = replicas.filter(|replica| replica.state == ReplicaState::Draining).count();
        u64::from(wanted) + draining as u64 <= u64::from(REPLICAS_MAX)
    }

    pub(super) fn scale(&mut self, index: u16, wanted: u32, observer: &mut impl Observer) {
        let start_up_ns = self.stations[usize::from(index)].start_up_ns;
        let is_kept = |replica: &Replica| !matches!(replica.state, ReplicaState::Draining | ReplicaState::Gone);
        let kept = self.stations[usize::from(index)].replicas.iter().filter(|r| is_kept(r)).count() as u32;
        for _ in kept..wanted {
            let replicas = &mut self.stations[usize::from(index)].replicas;
            let place = replicas.iter().position(|r| r.state == ReplicaState::Gone).unwrap_or(replicas.len());
            if place == replicas.len() {
                replicas.push(Replica::new(ReplicaState::Gone));
            }
            self.start(index, place as u16, start_up_ns, observer);
        }
        for _ in wanted..kept {
            let replicas = &self.stations[usize::from(index)].replicas;
            if let Some(place) = replicas.iter().rposition(is_kept) {
                self.drain(index, place as u16, observer);
            }
        }
        self.refresh_station(index);
    }

    fn start(&mut self, station: u16, index: u16, start_up_ns: u64, observer: &mut impl Observer) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        replica.starts = replica.starts.wrapping_add(1);
        replica.state = ReplicaState::Starting;
        // What made the former process stand still is no matter to this one.
        replica.forget_pauses();
        let starts = replica.starts;
        self.tell_replica(station, index, observer);
        let which = u32::from(starts) << 16 | u32::from(index);
        self.events.push(self.now.plus_ns(start_up_ns), Event::new(Kind::Started, station, which));
    }

    /// A replica has started.
    pub(in crate::simulation) fn started(
        &mut self,
        station: u16,
        index: u16,
        starts: u16,
        observer: &mut impl Observer,
    ) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        if replica.starts == starts && replica.state == ReplicaState::Starting {
            replica.state = ReplicaState::Up;
            self.tell_replica(station, index, observer);
            self.pull(station, observer);
        }
    }

    pub(super) fn restart(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        let start_up_ns = self.stations[usize::from(station)].start_up_ns;
        let state = self.stations[usize::from(station)].replicas[usize::from(index)].state;
        if !matches!(state, ReplicaState::Down { .. } | ReplicaState::Gone) {
            // A running replica that is started again loses what it has.
            self.crash(station, index, false, observer);
        }
        self.start(station, index, start_up_ns, observer);
    }

    pub(super) fn drain(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        if matches!(replica.state, ReplicaState::Up | ReplicaState::Starting) {
            replica.state = if replica.busy == 0 { ReplicaState::Gone } else { ReplicaState::Draining };
        } else if matches!(replica.state, ReplicaState::Down { .. }) {
            replica.state = ReplicaState::Gone;
        }
        self.tell_replica(station, index, observer);
        self.drop_queue_if_down(station, observer);
    }

    /// A replica has finished the last of what it had, and is gone. Whoever waited for it has been sent away already.
    #[cold]
    pub(in crate::simulation) fn drained(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        self.tell_replica(station, index, observer);
    }

    /// A replica has changed.
    pub(super) fn tell_replica(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        self.stations[usize::from(station)].review();
        let each = &self.stations[usize::from(station)];
        let replica = &each.replicas[usize::from(index)];
        let (service, state, paused) = (each.id, replica.state, replica.pauses > 0);
        observer.fact(self.now, &Fact::ReplicaTurned { service, replica: u32::from(index), state, paused });
    }
}
