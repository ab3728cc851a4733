//! A message broker.

use crate::blueprint::CallSpec;
use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use serde::{Deserialize, Serialize};

/// Most partitions of one broker.
pub const PARTITIONS_MAX: u16 = 64;

/// A message broker: requests that come to it are events, which it writes to a log in partitions and acknowledges. The pipes
/// that leave it lead to the members of one group of consumers, to which it delivers each event at least once. What is
/// modelled, and what is simpler than the real thing: [`crate::platform::stream`].
///
/// ```
/// use pipe_maze_sim::*;
///
/// let (spring, broker, room) = (PieceId::from_name("spring"), PieceId::from_name("log"), PieceId::from_name("room"));
/// let pipe = |name, from, to| PipeSpec::new(PieceId::from_name(name), from, to);
/// let blueprint = Blueprint {
///     springs: vec![SpringSpec::new(spring).rate_per_s(90.0).stop_at(Time::from_ms(10_000))],
///     brokers: vec![BrokerSpec::new(broker)],
///     // 100 a second and no queue: too slow for what comes in bursts, but events wait in the log.
///     services: vec![ServiceSpec { queue_limit: 0, ..ServiceSpec::new(room) }],
///     pipes: vec![pipe("in", spring, broker), pipe("out", broker, room)],
///     ..Blueprint::default()
/// };
/// let (mut committed, mut redelivered) = (0, 0);
/// let mut run = Simulation::new(&blueprint, 1).expect("it is sound");
/// run.advance_to(Time::from_ms(60_000), &mut |_: Time, fact: &Fact| {
///     committed += u64::from(matches!(fact, Fact::Committed { .. }));
///     redelivered += u64::from(matches!(fact, Fact::Redelivered { .. }));
/// });
/// assert_eq!(committed, run.view().totals().answered, "what was acknowledged is processed, sooner or later");
/// assert!(redelivered > 0, "though the room turned some of it away at first");
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BrokerSpec {
    /// Which piece this is.
    pub id: PieceId,
    /// Its partitions, 1 to 64. Each keeps its events in order.
    pub partitions: u16,
    /// Events that one partition keeps until they are committed, those included that are not written yet; one more is
    /// refused: the producers' buffer is full.
    pub log_limit: u32,
    /// Events that fill a batch, at least 1.
    pub batch_events: u32,
    /// How long an open batch waits for more events, from its first one on, in nanoseconds (`FACTS` KF-PROD: `linger.ms`,
    /// 5 ms since Kafka 4.0, 0 before).
    pub linger_ns: u64,
    /// How long it takes to write one batch. A partition writes one at a time.
    pub append: Distribution,
    /// The call that delivers one event to a member. It names no piece: the pipe of the partition's member is taken. It has
    /// its own deadline, not what is left of the producer's.
    pub consume: CallSpec,
    /// How long a partition waits after a delivery that failed before it delivers the event again, in nanoseconds; at least
    /// a millisecond.
    pub redeliver_backoff_ns: u64,
}

impl BrokerSpec {
    /// A broker with defaults: 3 partitions of 10,000 events, batches of 32 events (Kafka's 16 KiB, of 500 bytes each)
    /// that linger for 5 ms, exponential writes of mean 2 ms, consumers that have 5 s for an event of 500 bytes and
    /// answer with 100, and 100 ms before another delivery (`FACTS` KF-PROD: back-off from 100 ms).
    pub fn new(id: PieceId) -> Self {
        Self {
            id,
            partitions: 3,
            log_limit: 10_000,
            batch_events: 32,
            linger_ns: 5_000_000,
            append: Distribution::Exponential { mean_ns: 2_000_000 },
            consume: CallSpec { response_bytes: 100, ..CallSpec::default() },
            redeliver_backoff_ns: 100_000_000,
        }
    }
}
