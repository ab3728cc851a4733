//! What machine rooms and vaults have in common: how many copies and workers, who may wait, and how long work takes.

use super::{Require, ServiceTime};
use crate::format::Rule;

/// The parameter of that name of a kind with fields for copies, workers, queue and service time.
macro_rules! capacity {
    ($kind:ident, queue) => {
        Param::count(
            "queue",
            0,
            1_000,
            get!($kind, |s| f64::from(s.queue)),
            set!($kind, |s, value| s.queue = value as u32),
        )
    };
    ($kind:ident, replicas) => {
        Param::count(
            "replicas",
            1,
            100,
            get!($kind, |s| f64::from(s.replicas)),
            set!($kind, |s, value| s.replicas = value as u32),
        )
        .by(By::Author)
        .advanced()
        .live()
    };
    ($kind:ident, workers) => {
        Param::count(
            "workers",
            1,
            1_000,
            get!($kind, |s| f64::from(s.workers)),
            set!($kind, |s, value| s.workers = value as u32),
        )
        .by(By::Author)
        .advanced()
    };
    ($kind:ident, service_time) => {
        Param::number(
            "service-time",
            Unit::Ms,
            0.001,
            60_000.0,
            get!($kind, |s| s.service_time.mean_ms()),
            set!($kind, |s, value| s.service_time = s.service_time.with_mean_ms(value)),
        )
        .by(By::Author)
        .advanced()
    };
}

pub(super) use capacity;

pub(super) const fn one() -> u32 {
    1
}

pub(super) fn is_one(count: &u32) -> bool {
    *count == 1
}

/// Reports what is out of range of what all services have.
pub(super) fn check(replicas: u32, workers: u32, queue: u32, time: &ServiceTime, require: Require<'_>) {
    require((1..=100).contains(&replicas), "replicas", Rule::Between(1.0, 100.0));
    require((1..=1_000).contains(&workers), "workers", Rule::Between(1.0, 1_000.0));
    require(queue <= 100_000, "queue", Rule::AtMost(100_000.0));
    time.check(require);
}
