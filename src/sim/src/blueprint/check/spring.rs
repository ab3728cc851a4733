//! Springs: their traffic, and the classes of what they ask for.

use super::Check;
use super::bounds::{DURATION_NS_MAX, PARTS_MAX, TEN_YEARS};
use crate::blueprint::SpringSpec;

impl Check<'_> {
    pub(super) fn spring(&mut self, spec: &SpringSpec) {
        let id = spec.id;
        spec.traffic.check(&mut self.of(id));
        self.require(spec.stop_at.as_ns() <= DURATION_NS_MAX, id, "stop_at", TEN_YEARS);
        let weights: u64 = spec.classes.iter().map(|c| u64::from(c.weight)).sum();
        self.require((1..=PARTS_MAX).contains(&spec.classes.len()), id, "classes", "1 to 1,000");
        self.require(
            (1..=u64::from(u32::MAX)).contains(&weights),
            id,
            "classes' weights",
            "together 1 to 4,294,967,295",
        );
        for class in &spec.classes {
            self.require(class.priority <= 7, id, "priority", "from 0 to 7");
            class.keys.check(&mut self.of(id));
            self.call(id, &class.call);
        }
    }
}
