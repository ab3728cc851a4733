//! When the next request of an open source comes.
//!
//! Each request has one draw of its own: a unit exponential, the area under the rate since the request before it. So
//! two runs whose rates differ compare request by request.

use super::Traffic;
use super::bursty::Bursty;
use super::curve::Curve;
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use std::sync::Arc;

/// The state of an open source.
#[derive(Clone, Debug)]
pub(crate) struct Arrivals {
    key: Key,
    process: Process,
}

#[derive(Clone, Debug)]
enum Process {
    /// Nothing ever comes of its own accord.
    Silent,
    Poisson {
        gap_mean_ns: f64,
    },
    /// The origin is the number and the time from which gaps are counted: so rounding does not add up.
    Deterministic {
        gap_ns: f64,
        origin: Option<(u64, Time)>,
    },
    Bursty(Bursty),
    Curve(Curve),
    Replay(Arc<[Time]>),
}

impl Arrivals {
    /// The source of a spring. `key` is the spring's own.
    pub fn new(traffic: &Traffic, key: Key) -> Self {
        let process = match traffic {
            Traffic::Poisson { rate_per_s } if *rate_per_s > 0.0 => Process::Poisson { gap_mean_ns: 1e9 / rate_per_s },
            Traffic::Deterministic { rate_per_s } if *rate_per_s > 0.0 => {
                Process::Deterministic { gap_ns: 1e9 / rate_per_s, origin: None }
            }
            Traffic::Bursty { phases } => Process::Bursty(Bursty::new(phases, key)),
            Traffic::Curve { points, repeat_ns } => Process::Curve(Curve::new(points, *repeat_ns)),
            Traffic::Replay { arrivals } => Process::Replay(arrivals.clone()),
            // The driver asks for the users of closed traffic.
            Traffic::Poisson { .. } | Traffic::Deterministic { .. } | Traffic::Closed { .. } => Process::Silent,
        };
        Self { key, process }
    }

    /// The time of request `number`, from 0; to be asked once for each number, in order. `now` is the time of the
    /// one before, or the start. Nothing where none ever comes.
    #[inline(always)]
    pub fn next(&mut self, number: u64, now: Time) -> Option<Time> {
        let area = |key: Key| key.child(number).stream(Purpose::Interarrival).exponential();
        let at = match &mut self.process {
            Process::Silent => return None,
            Process::Poisson { gap_mean_ns } => now.plus_ns((area(self.key) * *gap_mean_ns) as u64),
            Process::Deterministic { gap_ns, origin } => {
                let (first, start) = *origin.get_or_insert((number, now));
                start.plus_ns(((number.saturating_sub(first) + 1) as f64 * *gap_ns) as u64)
            }
            Process::Bursty(bursty) => bursty.next(area(self.key), now)?,
            Process::Curve(curve) => curve.next(area(self.key), now)?,
            Process::Replay(arrivals) => (*arrivals.get(usize::try_from(number).ok()?)?).max(now),
        };
        (at < Time::MAX).then_some(at)
    }
}

#[cfg(test)]
mod tests;
