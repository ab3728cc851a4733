//! The event storm lightning: a message broker. Requests that come to it are answered when they are written, and worked off
//! behind it.

use super::param::{By, Param, Unit, get, set};
use super::{PieceKind, Port, Require, ServiceTime};
use crate::board::Piece;
use crate::format::Rule;
use crate::grid::Heading;
use crate::limits::{TIMEOUT_MS_MAX, WAIT_MS_MAX};
use crate::lower::Lowering;
use pipe_maze_sim::{BrokerSpec, CallSpec, ClientSpec, PieceId};
use serde::{Deserialize, Serialize};

/// Partitions of a broker: its lanes. Lane i leads to outlet i, as long as all outlets are in use and open.
const PARTITIONS: u16 = 3;
/// Most events that a level's broker keeps in one partition.
const LOG_MAX: u32 = 100_000;
/// Longest linger time, in simulated milliseconds.
const LINGER_MS_MAX: u64 = 60_000;

/// Parameters of an event storm lightning.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventStormLightningSpec {
    /// Events that fill a batch.
    pub batch: u32,
    /// How long a batch waits for more events, in simulated milliseconds.
    pub linger_ms: u64,
    /// Events that each partition keeps until they are worked off.
    pub log_limit: u32,
    /// How long a consumer may take for an event, in simulated milliseconds.
    pub consume_timeout_ms: u64,
    /// How long it takes to write a batch.
    pub append_time: ServiceTime,
    /// How long a partition waits before it delivers an event again, in simulated milliseconds.
    pub redeliver_backoff_ms: u64,
}

impl EventStormLightningSpec {
    /// Kafka's: batches of 16 KiB, which are 32 events of 500 bytes, 5 ms to linger (`SCOPE` S1), and 100 ms before another try
    /// (`FACTS` KF-PROD).
    pub(super) const DEFAULT: Self = Self {
        batch: 32,
        linger_ms: 5,
        log_limit: 1_000,
        consume_timeout_ms: 1_000,
        append_time: ServiceTime::Exponential { mean_ms: 2.0 },
        redeliver_backoff_ms: 100,
    };
}

impl Default for EventStormLightningSpec {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl PieceKind for EventStormLightningSpec {
    const KEY: &'static str = "event-storm-lightning";
    const SIZE: (i32, i32) = (4, 3);
    const TURNS: bool = true;
    const PORTS: &'static [Port] = &[
        Port::inlet(-1, 1, Heading::West),
        Port::outlet(0, 4, 0, Heading::East),
        Port::outlet(1, 4, 1, Heading::East),
        Port::outlet(2, 4, 2, Heading::East),
    ];
    const PARAMS: &'static [Param] = &[
        Param::count(
            "batch",
            1,
            1_000,
            get!(EventStormLightning, |s| f64::from(s.batch)),
            set!(EventStormLightning, |s, value| s.batch = value as u32),
        ),
        Param::count(
            "linger",
            0,
            10_000,
            get!(EventStormLightning, |s| s.linger_ms as f64),
            set!(EventStormLightning, |s, value| s.linger_ms = value as u64),
        )
        .unit(Unit::Ms),
        Param::count(
            "log-limit",
            1,
            10_000,
            get!(EventStormLightning, |s| f64::from(s.log_limit)),
            set!(EventStormLightning, |s, value| s.log_limit = value as u32),
        ),
        Param::count(
            "consume-timeout",
            1,
            60_000,
            get!(EventStormLightning, |s| s.consume_timeout_ms as f64),
            set!(EventStormLightning, |s, value| s.consume_timeout_ms = value as u64),
        )
        .unit(Unit::Ms),
        Param::number(
            "append-time",
            Unit::Ms,
            0.001,
            60_000.0,
            get!(EventStormLightning, |s| s.append_time.mean_ms()),
            set!(EventStormLightning, |s, value| s.append_time = s.append_time.with_mean_ms(value)),
        )
        .by(By::Author)
        .advanced(),
        Param::count(
            "redeliver-backoff",
            1,
            60_000,
            get!(EventStormLightning, |s| s.redeliver_backoff_ms as f64),
            set!(EventStormLightning, |s, value| s.redeliver_backoff_ms = value as u64),
        )
        .unit(Unit::Ms)
        .advanced(),
    ];

    fn check(&self, require: Require<'_>) {
        require((1..=1_000).contains(&self.batch), "batch", Rule::Between(1.0, 1_000.0));
        require(self.linger_ms <= LINGER_MS_MAX, "linger_ms", Rule::AtMost(LINGER_MS_MAX as f64));
        require((1..=LOG_MAX).contains(&self.log_limit), "log_limit", Rule::whole(1u32, LOG_MAX));
        let timeout_ok = (1..=TIMEOUT_MS_MAX).contains(&self.consume_timeout_ms);
        require(timeout_ok, "consume_timeout_ms", Rule::whole(1u64, TIMEOUT_MS_MAX));
        self.append_time.check(require);
        let backoff_ok = (1..=WAIT_MS_MAX).contains(&self.redeliver_backoff_ms);
        require(backoff_ok, "redeliver_backoff_ms", Rule::whole(1u64, WAIT_MS_MAX));
    }

    fn lower(&self, piece: &Piece, to: &mut Lowering<'_>) {
        let ns = |ms: u64| ms.saturating_mul(1_000_000);
        let id = PieceId::from_name(&piece.name);
        let broker = BrokerSpec::new(id);
        let client = ClientSpec::with_timeout_ns(ns(self.consume_timeout_ms));
        to.blueprint.brokers.push(BrokerSpec {
            partitions: PARTITIONS,
            log_limit: self.log_limit,
            batch_events: self.batch,
            linger_ns: ns(self.linger_ms),
            append: self.append_time.distribution(),
            consume: CallSpec { client, ..broker.consume },
            redeliver_backoff_ns: ns(self.redeliver_backoff_ms),
            id,
        });
    }
}
