//! Commands: each is applied or refused, with a reason.

use crate::blueprint::REPLICAS_MAX;
use crate::command::{Action, Refusal};
use crate::fact::{Fact, Observer};
use crate::kernel::id::PieceId;
use crate::net::hop::Direction;
use crate::net::pipe::BY_COMMAND;
use crate::simulation::{Node, Simulation, way};

impl Simulation {
    /// Applies a command at the present time.
    ///
    /// ```
    /// use pipe_maze_sim::reference::reference_load_of;
    /// use pipe_maze_sim::{Action, PieceId, Refusal, Simulation, Time};
    ///
    /// let blueprint = reference_load_of(1_000, 2);
    /// let mut run = Simulation::new(&blueprint, 1).expect("the reference load is sound");
    /// run.advance_to(Time::from_ms(100), &mut ());
    /// // Both ways on are shut: whoever comes to the balancer from now on finds no route.
    /// for pipe in blueprint.pipes.iter().filter(|pipe| pipe.from == blueprint.balancers[0].id) {
    ///     run.apply(Action::SetShut { pipe: pipe.id, shut: true }, &mut ()).expect("there is such a pipe");
    /// }
    /// run.advance_to(Time::MAX, &mut ());
    /// let totals = run.view().totals();
    /// assert!(totals.no_route > 0 && totals.answered + totals.no_route == totals.issued);
    ///
    /// let nowhere = PieceId::from_name("nowhere");
    /// let refused = run.apply(Action::SetShut { pipe: nowhere, shut: true }, &mut ());
    /// assert_eq!(refused, Err(Refusal::NoSuchPipe(nowhere)));
    /// ```
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn apply(&mut self, action: Action, observer: &mut impl Observer) -> Result<(), Refusal> {
        match action {
            Action::SetPolicy { balancer, policy } => {
                let mut balancers = self.balancers.iter_mut().filter(|hub| hub.gateway.is_none());
                let found = balancers.find(|hub| hub.balancer.id == balancer);
                found.ok_or(Refusal::NoSuchBalancer(balancer))?.balancer.set_policy(policy);
            }
            Action::SetRateLimit { gateway, interval_ns } => {
                let hubs = self.balancers.iter_mut().filter(|hub| hub.balancer.id == gateway);
                let found = hubs.filter_map(|hub| hub.gateway.as_mut()).next();
                let limited = found.ok_or(Refusal::NoSuchGateway(gateway))?.set_interval(self.now, interval_ns);
                if !limited {
                    return Err(Refusal::NoLimit(gateway));
                }
            }
            Action::SetShut { pipe, shut } => {
                let index = self.pipe_index(pipe)?;
                self.set_shut(index, shut, observer);
            }
            Action::SetPartition { pipe, forward, backward } => {
                let index = self.pipe_index(pipe)?;
                self.refresh_pipe(index, Some([forward, backward]));
            }
            Action::Scale { service, replicas } => {
                let station = self.station_index(service)?;
                if !self.has_room_for(station, replicas) {
                    return Err(Refusal::TooManyReplicas { service, allowed: REPLICAS_MAX });
                }
                self.scale(station, replicas, observer);
            }
            Action::Crash { service, replica, silent } => {
                let (station, replica) = self.replica_index(service, replica)?;
                self.crash(station, replica, silent, observer);
            }
            Action::Restart { service, replica } => {
                let (station, replica) = self.replica_index(service, replica)?;
                self.restart(station, replica, observer);
            }
            Action::Drain { service, replica } => {
                let (station, replica) = self.replica_index(service, replica)?;
                self.drain(station, replica, observer);
            }
            Action::SetPaused { service, replica, paused } => {
                let (station, index) = self.replica_index(service, replica)?;
                let pauses = self.stations[usize::from(station)].replicas[usize::from(index)].pauses;
                if !paused && pauses == 0 {
                    return Err(Refusal::NotPaused { service, replica });
                }
                self.set_paused(station, index, paused, BY_COMMAND, observer);
            }
            Action::SetHazard { hazard, active } => {
                let found = self.hazards.iter().position(|each| each.spec.id == hazard);
                let index = found.ok_or(Refusal::NoSuchHazard(hazard))?;
                self.hazards[index].overridden = true;
                self.set_hazard(index as u16, active, observer);
            }
        }
        let [kind, what, how] = action.words();
        self.digest.fold(self.now.as_ns() ^ kind << 56);
        self.digest.fold(what);
        self.digest.fold(how);
        observer.fact(self.now, &Fact::Applied { action });
        Ok(())
    }

    pub(super) fn pipe_index(&self, pipe: PieceId) -> Result<usize, Refusal> {
        self.links.iter().position(|link| link.pipe.id == pipe).ok_or(Refusal::NoSuchPipe(pipe))
    }

    pub(super) fn station_index(&self, service: PieceId) -> Result<u16, Refusal> {
        let found = self.stations.iter().position(|station| station.id == service);
        found.map(|index| index as u16).ok_or(Refusal::NoSuchService(service))
    }

    fn replica_index(&self, service: PieceId, replica: u32) -> Result<(u16, u16), Refusal> {
        let station = self.station_index(service)?;
        let there = self.stations[usize::from(station)].replicas.len();
        if replica as usize >= there {
            return Err(Refusal::NoSuchReplica { service, replica });
        }
        Ok((station, replica as u16))
    }

    fn set_shut(&mut self, index: usize, shut: bool, observer: &mut impl Observer) {
        let link = &mut self.links[index];
        link.pipe.shut = shut;
        self.ways[way(index as u16, Direction::Forward)].plain = link.pipe.is_plain() && !shut;
        match link.from {
            Node::Balancer(hub) => self.balancers[usize::from(hub)].balancer.set_open(index as u32, !shut),
            Node::Broker(broker) => self.regroup(broker, index as u16, !shut, observer),
            Node::Spring(_) | Node::Station(_) => {}
        }
    }
}
