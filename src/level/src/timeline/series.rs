//! Series: figures of a run by window of simulated time, for charts.

use crate::limits::WINDOWS_MAX;
use crate::play::Play;
use pipe_maze_sim::{Fact, Outcome, PieceId, Time};
use std::sync::Arc;

/// Figures of a run by window of time, oldest first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Series {
    /// Length of a window, in nanoseconds: a sixtieth of the time of flow. The last window of all may be longer.
    pub window_ns: u64,
    /// The windows, without a gap from the start of the run; the last one may not be over.
    pub windows: Vec<Arc<Window>>,
}

/// Figures of one window.
#[derive(Clone, PartialEq, Debug)]
pub struct Window {
    /// Its begin.
    pub start: Time,
    /// Its end.
    pub end: Time,
    /// Requests issued within it.
    pub offered: u64,
    /// Tries of calls beyond their first that were decided on within it, hedges among them: load that no user asked for.
    pub retried: u64,
    /// Requests that ended within it, answered within the SLO.
    pub good: u64,
    /// Requests that ended within it, answered too late.
    pub late: u64,
    /// Requests that ended within it without an answer.
    pub failed: u64,
    /// Half of its answers took at most so long, in nanoseconds; nothing while there is none.
    pub p50_ns: Option<u64>,
    /// 95 of 100 of its answers took at most so long, in nanoseconds.
    pub p95_ns: Option<u64>,
    /// 99 of 100 of its answers took at most so long, in nanoseconds.
    pub p99_ns: Option<u64>,
    /// Each service, in the order of [`pipe_maze_sim::View::services`].
    pub services: Box<[ServiceWindow]>,
}

/// Figures of a service within a window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ServiceWindow {
    /// The service.
    pub id: PieceId,
    /// The share of its workers' time that was spent working, 0 to 1; 0 where no worker was up.
    pub utilisation: f64,
    /// Requests that waited in its queue, on average over sixteen looks.
    pub queued: f64,
    /// Requests that waited in its queue at most, of these looks.
    pub queued_max: u32,
}

/// The series while the run goes on.
#[derive(Clone, Debug)]
pub(super) struct SeriesBook {
    window_ns: u64,
    slo_ns: u64,
    closed: Vec<Arc<Window>>,
    open: Open,
}

/// The window that is open.
#[derive(Clone, Debug, Default)]
struct Open {
    start: Time,
    offered: u64,
    retried: u64,
    good: u64,
    late: u64,
    failed: u64,
    latencies_ns: Vec<u64>,
    looks: u32,
    looked_at: Time,
    services: Vec<OpenService>,
}

#[derive(Clone, Copy, Debug, Default)]
struct OpenService {
    busy_ns_before: u64,
    capacity_ns: u64,
    queued_sum: u64,
    queued_max: u32,
}

impl SeriesBook {
    pub fn new(play: &Play, window_ns: u64) -> Self {
        let services = play.simulation().view().services().map(|_| OpenService::default()).collect();
        let open = Open { services, ..Open::default() };
        Self { window_ns, slo_ns: play.judge().slo_ns(), closed: Vec::new(), open }
    }

    pub fn fact(&mut self, _at: Time, fact: &Fact) {
        match *fact {
            Fact::Issued { .. } => self.open.offered += 1,
            Fact::Retried { .. } | Fact::Hedged { .. } => self.open.retried += 1,
            Fact::Ended { outcome: Outcome::Answered, parts, .. } => {
                let ns = parts.total_ns();
                self.open.latencies_ns.push(ns);
                *if ns <= self.slo_ns { &mut self.open.good } else { &mut self.open.late } += 1;
            }
            Fact::Ended { .. } => self.open.failed += 1,
            _ => {}
        }
    }

    /// Looks at queues and workers, and begins a new window when its time has come.
    pub fn take_stock(&mut self, play: &Play) {
        let now = play.simulation().now();
        self.open.look(play);
        if now.since_ns(self.open.start) >= self.window_ns && self.closed.len() + 1 < WINDOWS_MAX {
            self.closed.push(Arc::new(self.open.window(play)));
            self.open.begin(play);
        }
    }

    /// The windows so far: with a run at its present moment, the open one, too.
    pub fn series(&self, play: Option<&Play>) -> Series {
        let open = play.filter(|play| play.simulation().now() > self.open.start).map(|play| {
            let mut open = self.open.clone();
            open.look(play);
            Arc::new(open.window(play))
        });
        Series { window_ns: self.window_ns, windows: self.closed.iter().cloned().chain(open).collect() }
    }

    pub fn heap_bytes(&self) -> usize {
        let open = size_of_val(&self.open.latencies_ns[..]) + size_of_val(&self.open.services[..]);
        size_of_val(&self.closed[..]) + open
    }

    pub fn shared_bytes(&self) -> usize {
        let windows = self.closed.iter().map(|window| size_of::<Window>() + size_of_val(&window.services[..]));
        windows.sum()
    }
}

impl Open {
    fn look(&mut self, play: &Play) {
        let now = play.simulation().now();
        let ns = now.since_ns(self.looked_at);
        self.looked_at = now;
        self.looks += 1;
        for (open, service) in self.services.iter_mut().zip(play.simulation().view().services()) {
            open.capacity_ns = open.capacity_ns.saturating_add(ns.saturating_mul(u64::from(service.workers)));
            open.queued_sum += u64::from(service.queued);
            open.queued_max = open.queued_max.max(service.queued);
        }
    }

    fn window(&mut self, play: &Play) -> Window {
        self.latencies_ns.sort_unstable();
        let services = self.services.iter().zip(play.simulation().view().services()).map(|(open, service)| {
            let busy_ns = service.busy_ns.saturating_sub(open.busy_ns_before) as f64;
            // Workers that went down in the middle may have worked for longer than looks say that they were there.
            let utilisation = if open.capacity_ns > 0 { (busy_ns / open.capacity_ns as f64).min(1.0) } else { 0.0 };
            let queued = open.queued_sum as f64 / f64::from(self.looks.max(1));
            ServiceWindow { id: service.id, utilisation, queued, queued_max: open.queued_max }
        });
        Window {
            start: self.start,
            end: play.simulation().now(),
            offered: self.offered,
            retried: self.retried,
            good: self.good,
            late: self.late,
            failed: self.failed,
            p50_ns: self.percentile(0.5),
            p95_ns: self.percentile(0.95),
            p99_ns: self.percentile(0.99),
            services: services.collect(),
        }
    }

    /// A percentile by nearest rank of latencies that are sorted.
    fn percentile(&self, share: f64) -> Option<u64> {
        let rank = ((self.latencies_ns.len() as f64 * share).ceil() as usize).max(1);
        self.latencies_ns.get(rank - 1).copied()
    }

    fn begin(&mut self, play: &Play) {
        let now = play.simulation().now();
        let busy = play.simulation().view().services();
        let services =
            busy.map(|service| OpenService { busy_ns_before: service.busy_ns, ..OpenService::default() }).collect();
        *self = Self { start: now, looked_at: now, services, ..Self::default() };
    }
}
