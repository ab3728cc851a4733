//! Hazards: their schedules turn them on and off, and pipes and services suffer from those that are on.

use super::schedule::state_at;
use crate::blueprint::Fault;
use crate::fact::{Fact, Observer};
use crate::kernel::time::Time;
use crate::net::pipe::{BY_COMMAND, Faults};
use crate::service::replica::ReplicaState;
use crate::simulation::event::{Event, Kind};
use crate::simulation::{Hazard, Simulation};

impl Simulation {
    /// A hazard's schedule says that something changes now.
    pub(in crate::simulation) fn turn_hazard(&mut self, hazard: u16, observer: &mut impl Observer) {
        let each = &self.hazards[usize::from(hazard)];
        if each.overridden {
            return;
        }
        let (active, next) = state_at(&each.spec.schedule, self.now);
        if next < Time::MAX {
            self.events.push(next, Event::new(Kind::Hazard, 0, u32::from(hazard)));
        }
        self.set_hazard(hazard, active, observer);
    }

    pub(super) fn set_hazard(&mut self, hazard: u16, active: bool, observer: &mut impl Observer) {
        let each = &mut self.hazards[usize::from(hazard)];
        if each.active == active {
            return;
        }
        each.active = active;
        let (id, on, fault) = (each.spec.id, each.spec.on, each.spec.fault.clone());
        observer.fact(self.now, &Fact::HazardTurned { hazard: id, on, active });
        if let Ok(pipe) = self.pipe_index(on) {
            self.refresh_pipe(pipe, None);
        } else if let Ok(station) = self.station_index(on) {
            self.strike(station, hazard, &fault, observer);
        }
    }

    /// Makes a pipe suffer from what is active now. `cut` is what a command wants cut, where one says so.
    pub(super) fn refresh_pipe(&mut self, index: usize, cut: Option<[bool; 2]>) {
        let pipe = &mut self.links[index].pipe;
        let cut = cut.unwrap_or_else(|| pipe.cut_by_command());
        let mut faults = Faults { cuts: cut.map(|cut| cut.then_some(BY_COMMAND)), ..Faults::default() };
        let mut narrowest = f64::INFINITY;
        for (hazard, each) in self.hazards.iter().enumerate().filter(|(_, h)| h.active && h.spec.on == pipe.id) {
            let (hazard, id) = (hazard as u16, each.spec.id);
            match &each.spec.fault {
                Fault::Delay { extra } => faults.delays.push((extra.clone(), hazard, id)),
                Fault::Loss { probability } => faults.losses.push((*probability, hazard, id)),
                Fault::Bandwidth { factor } => {
                    // Several at once: what they cost together is booked on the one that leaves least.
                    let (left, by) = faults.bandwidth.unwrap_or((1.0, hazard));
                    let by = if *factor < narrowest { hazard } else { by };
                    narrowest = narrowest.min(*factor);
                    faults.bandwidth = Some((left * factor, by));
                }
                Fault::Partition { forward, backward } => {
                    for (way, wanted) in [*forward, *backward].into_iter().enumerate() {
                        if wanted {
                            faults.cuts[way].get_or_insert(hazard);
                        }
                    }
                }
                Fault::Slow { .. } | Fault::Errors { .. } | Fault::Pause { .. } | Fault::Crash { .. } => {}
            }
        }
        let [forward, backward] = &mut self.ways[2 * index..2 * index + 2] else { return };
        pipe.set_faults(faults, [&mut forward.lane, &mut backward.lane]);
        forward.plain = pipe.is_plain() && !pipe.shut;
        backward.plain = pipe.is_plain();
    }

    /// A service's hazard begins or ends.
    fn strike(&mut self, station: u16, hazard: u16, fault: &Fault, observer: &mut impl Observer) {
        let active = self.hazards[usize::from(hazard)].active;
        let there = self.stations[usize::from(station)].replicas.len() as u32;
        match *fault {
            Fault::Slow { .. } | Fault::Errors { .. } => self.refresh_station(station),
            Fault::Pause { replicas } => {
                self.pause_by_hazard(station, hazard, replicas.min(there) as u16, observer);
            }
            Fault::Crash { replicas, silent } => {
                for replica in 0..replicas.min(there) as u16 {
                    if active {
                        self.crash(station, replica, silent, observer);
                    }
                    self.review_crash(station, replica, observer);
                }
            }
            Fault::Delay { .. } | Fault::Loss { .. } | Fault::Bandwidth { .. } | Fault::Partition { .. } => {}
        }
    }

    /// A crash has begun or ended. A replica that is down starts again once none holds it, and does not say a word as
    /// long as one that holds it is silent. One that a command has started since, or has taken away, is left alone.
    fn review_crash(&mut self, station: u16, replica: u16, observer: &mut impl Observer) {
        let each = &self.stations[usize::from(station)];
        let ReplicaState::Down { silent: was } = each.replicas[usize::from(replica)].state else { return };
        let silences = |hazard: &Hazard| match hazard.spec.fault {
            Fault::Crash { replicas, silent } if u32::from(replica) < replicas => Some(silent),
            _ => None,
        };
        let holding = self.hazards.iter().filter(|hazard| hazard.active && hazard.spec.on == each.id);
        match holding.filter_map(silences).reduce(|a, b| a || b) {
            None => self.restart(station, replica, observer),
            Some(silent) if silent != was => {
                let state = ReplicaState::Down { silent };
                self.stations[usize::from(station)].replicas[usize::from(replica)].state = state;
                self.tell_replica(station, replica, observer);
            }
            Some(_) => {}
        }
    }

    pub(super) fn refresh_station(&mut self, index: u16) {
        let station = &mut self.stations[usize::from(index)];
        station.errors.clear();
        station.replicas.iter_mut().for_each(|replica| replica.slow = 1.0);
        let mut most = vec![1.0; station.replicas.len()];
        for (hazard, each) in self.hazards.iter().enumerate().filter(|(_, h)| h.active && h.spec.on == station.id) {
            match each.spec.fault {
                Fault::Errors { probability } => station.errors.push((probability, hazard as u16, each.spec.id)),
                Fault::Slow { factor, replicas } => {
                    for (replica, most) in station.replicas.iter_mut().zip(&mut most).take(replicas as usize) {
                        replica.slow *= factor;
                        // Several at once: what they add together is booked on the one that slows most.
                        if factor > *most {
                            (*most, replica.slowed_by) = (factor, hazard as u16);
                        }
                    }
                }
                _ => {}
            }
        }
        station.review();
    }
}
