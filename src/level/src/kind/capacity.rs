//! What machine rooms and vaults have in common: how many copies and workers, who may wait, and how long work takes.

use super::{Require, ServiceTime};
use crate::format::Rule;
use crate::limits::WAIT_MS_MAX;
use pipe_maze_sim::Contention;

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
    ($kind:ident, contention) => {
        Param::number(
            "contention",
            Unit::Percent,
            0.0,
            100.0,
            get!($kind, |s| s.contention_percent),
            set!($kind, |s, value| s.contention_percent = value),
        )
        .by(By::Author)
        .advanced()
    };
    ($kind:ident, crosstalk) => {
        Param::number(
            "crosstalk",
            Unit::Percent,
            0.0,
            100.0,
            get!($kind, |s| s.crosstalk_percent),
            set!($kind, |s, value| s.crosstalk_percent = value),
        )
        .by(By::Author)
        .advanced()
    };
    ($kind:ident, start_up) => {
        Param::count(
            "start-up",
            0,
            600_000,
            get!($kind, |s| s.start_up_ms as f64),
            set!($kind, |s, value| s.start_up_ms = value as u64),
        )
        .unit(Unit::Ms)
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

/// Reports what is out of range of how workers hinder each other and how long copies take to start.
pub(super) fn check_finer(contention_percent: f64, crosstalk_percent: f64, start_up_ms: u64, require: Require<'_>) {
    let percent = Rule::Between(0.0, 100.0);
    require((0.0..=100.0).contains(&contention_percent), "contention_percent", percent.clone());
    require((0.0..=100.0).contains(&crosstalk_percent), "crosstalk_percent", percent);
    require(start_up_ms <= WAIT_MS_MAX, "start_up_ms", Rule::AtMost(WAIT_MS_MAX as f64));
}

/// How workers hinder each other, in the simulation.
pub(super) fn contention(contention_percent: f64, crosstalk_percent: f64) -> Contention {
    Contention { sigma: contention_percent / 100.0, kappa: crosstalk_percent / 100.0 }
}
