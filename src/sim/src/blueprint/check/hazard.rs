//! Hazards: what they strike, when, and how hard.

use super::Check;
use super::bounds::PARTS_MAX;
use crate::blueprint::{Fault, HazardSpec, Problem};

impl Check<'_> {
    pub(super) fn hazard(&mut self, spec: &HazardSpec) {
        let id = spec.id;
        let windows = &spec.schedule.windows;
        let end = spec.schedule.repeat_ns.unwrap_or(u64::MAX);
        let rising = windows.windows(2).all(|pair| pair[0].to <= pair[1].from);
        let whole = windows.iter().all(|w| w.from < w.to && w.to.as_ns() <= end);
        self.require(windows.len() <= PARTS_MAX, id, "windows", "at most 1,000");
        self.require(rising && whole, id, "windows", "rising, apart, and within the repetition");
        self.require(end >= 1_000, id, "repeat_ns", "at least 1,000");
        let on_pipe = self.pipes.contains(&spec.on);
        let on_service = self.services.contains(&spec.on);
        let (fits, allowed) = match &spec.fault {
            Fault::Delay { .. } | Fault::Loss { .. } | Fault::Bandwidth { .. } | Fault::Partition { .. } => {
                (on_pipe, "a pipe of the blueprint")
            }
            Fault::Slow { .. } | Fault::Errors { .. } | Fault::Pause { .. } | Fault::Crash { .. } => {
                (on_service, "a service of the blueprint")
            }
        };
        if !fits {
            self.problems.push(Problem::NoSuch { id, field: "on", piece: spec.on, allowed });
        }
        match &spec.fault {
            Fault::Delay { extra } => extra.check(&mut self.of(id)),
            Fault::Loss { probability } | Fault::Errors { probability } => {
                self.require((0.0..=1.0).contains(probability), id, "probability", "from 0 to 1");
            }
            Fault::Bandwidth { factor } => {
                self.require(*factor > 0.0 && *factor <= 1.0, id, "factor", "above 0, at most 1");
            }
            Fault::Slow { factor, .. } => {
                self.require((1.0..=10_000.0).contains(factor), id, "factor", "from 1 to 10,000");
            }
            Fault::Partition { .. } | Fault::Pause { .. } | Fault::Crash { .. } => {}
        }
    }
}
