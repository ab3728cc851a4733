//! The window that is still open.

use super::recorder::Recorder;
use super::table::Table;
use super::window::{ClientMetrics, Flow, PipeMetrics, ServiceMetrics, SpringMetrics, Window};
use crate::call::outcome::Outcome;
use crate::fact::Fact;
use crate::kernel::time::Time;
use crate::net::hop::Direction;

/// What has been measured in the present window. Pieces keep their places from window to window.
#[derive(Clone, Debug, Default)]
pub(super) struct Open {
    springs: Table<Spring>,
    services: Table<Service>,
    pipes: Table<PipeMetrics>,
    clients: Table<ClientMetrics>,
    /// Whether there is anything.
    any: bool,
}

#[derive(Clone, Debug, Default)]
struct Spring {
    issued: u64,
    latency: [Recorder; Outcome::ALL.len()],
}

#[derive(Clone, Debug, Default)]
struct Service {
    began: u64,
    finished: u64,
    rejected: u64,
    waited: Recorder,
    worked: Recorder,
}

impl Spring {
    fn is_idle(&self) -> bool {
        self.issued == 0 && self.latency.iter().all(Recorder::is_empty)
    }
}

impl Service {
    const fn is_idle(&self) -> bool {
        self.began == 0 && self.finished == 0 && self.rejected == 0
    }
}

impl Open {
    /// Where a run tells a fact, its kind is known, and the rest of this falls away if it is compiled in place.
    #[inline(always)]
    pub fn record(&mut self, at: Time, fact: &Fact, place: Option<u16>) {
        self.any = true;
        match *fact {
            Fact::Issued { request } => self.springs.at(request.spring).issued += 1,
            Fact::Entered { pipe, direction, bytes, hop } => {
                let pipe = self.pipes.at_place(pipe, place);
                let flow = if direction == Direction::Forward { &mut pipe.forward } else { &mut pipe.backward };
                flow.enter(bytes, hop.start_at.since_ns(hop.enqueue_at));
            }
            Fact::Lost { pipe, .. } => self.pipes.at(pipe).lost += 1,
            Fact::Began { service, waited_ns, .. } => {
                let service = self.services.at_place(service, place);
                service.began += 1;
                waited_ns.into_iter().for_each(|ns| service.waited.record(ns));
            }
            Fact::Finished { service, worked_ns, .. } => {
                let service = self.services.at_place(service, place);
                service.finished += 1;
                worked_ns.into_iter().for_each(|ns| service.worked.record(ns));
            }
            Fact::Rejected { service, .. } => self.services.at(service).rejected += 1,
            Fact::Retried { caller, .. } => self.clients.at(caller).retries += 1,
            Fact::Hedged { caller, .. } => self.clients.at(caller).hedges += 1,
            Fact::ShortCircuited { caller, .. } => self.clients.at(caller).short_circuits += 1,
            Fact::Ended { request, issued_at, outcome, .. } => {
                self.springs.at(request.spring).latency[outcome as usize].record(at.since_ns(issued_at));
            }
            _ => {}
        }
    }

    /// Whether nothing has been measured.
    pub const fn is_empty(&self) -> bool {
        !self.any
    }

    /// What has been measured, as a window of that time.
    pub fn window(&self, start: Time, end: Time) -> Window {
        let springs = self.springs.iter().filter(|(_, spring)| !spring.is_idle()).map(|(id, spring)| SpringMetrics {
            id,
            issued: spring.issued,
            latency: spring.latency.each_ref().map(|recorder| recorder.histogram()),
        });
        let services = self.services.iter().filter(|(_, service)| !service.is_idle()).map(|(id, service)| {
            let (waited, worked) = (service.waited.histogram(), service.worked.histogram());
            let Service { began, finished, rejected, .. } = *service;
            ServiceMetrics { id, began, finished, rejected, waited, worked }
        });
        let pipes = self.pipes.iter().filter(|&(_, pipe)| *pipe != PipeMetrics::default());
        let clients = self.clients.iter().filter(|&(_, client)| *client != ClientMetrics::default());
        let pipes = pipes.map(|(id, pipe)| PipeMetrics { id, ..pipe.clone() });
        let clients = clients.map(|(id, client)| ClientMetrics { id, ..client.clone() });
        Window {
            start,
            end,
            springs: springs.collect(),
            services: services.collect(),
            pipes: pipes.collect(),
            clients: clients.collect(),
        }
    }

    /// Begins a new window.
    pub fn clear(&mut self) {
        for spring in self.springs.entries_mut() {
            spring.issued = 0;
            spring.latency.iter_mut().for_each(Recorder::clear);
        }
        for service in self.services.entries_mut() {
            (service.began, service.finished, service.rejected) = (0, 0, 0);
            service.waited.clear();
            service.worked.clear();
        }
        self.pipes.entries_mut().for_each(|pipe| *pipe = PipeMetrics::default());
        self.clients.entries_mut().for_each(|client| *client = ClientMetrics::default());
        self.any = false;
    }
}

impl Flow {
    #[inline]
    fn enter(&mut self, bytes: u32, waited_ns: u64) {
        self.messages += 1;
        self.bytes += u64::from(bytes);
        if waited_ns > 0 {
            self.waited_ns = self.waited_ns.saturating_add(waited_ns);
            self.waited_ns_max = self.waited_ns_max.max(waited_ns);
        }
    }
}
