//! What is seen of a broker.

use crate::kernel::id::PieceId;
use crate::platform::stream::Delivery;
use crate::platform::stream::broker::Broker;
use crate::platform::stream::partition::Partition;
use crate::simulation::Simulation;

/// A broker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokerView {
    /// Which one.
    pub id: PieceId,
    /// Requests that it has sent back, most of them because a log was full.
    pub refused: u64,
    /// Its partitions, in order.
    pub partitions: Vec<PartitionView>,
}

/// A partition of a broker. Events that it has taken in are `open + writing + lag + committed`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PartitionView {
    /// Events in the open batch.
    pub open: u32,
    /// Events that are being written.
    pub writing: u32,
    /// Events in the log: acknowledged, but not committed.
    pub lag: u32,
    /// How long ago the oldest of them was acknowledged, in nanoseconds; 0 where there is none.
    pub oldest_ns: u64,
    /// Events that have been written.
    pub appended: u64,
    /// Deliveries that have begun, those of events that were delivered again included.
    pub delivered: u64,
    /// Events that have been committed.
    pub committed: u64,
    /// What its consumer is doing.
    pub delivery: Delivery,
    /// The pipe to the member that serves it, if one is open.
    pub pipe: Option<PieceId>,
}

impl BrokerView {
    pub(super) fn of(broker: &Broker, run: &Simulation) -> Self {
        let each = |(nth, partition): (usize, &Partition)| PartitionView {
            open: partition.open(),
            writing: partition.writing,
            lag: partition.log.len() as u32,
            oldest_ns: partition.log.front().map_or(0, |event| run.now().since_ns(event.at)),
            appended: partition.appended,
            delivered: partition.delivered,
            committed: partition.committed,
            delivery: partition.delivery,
            pipe: broker.serving(nth as u16).map(|member| run.links[usize::from(member.pipe)].pipe.id),
        };
        let partitions = broker.partitions.iter().enumerate().map(each).collect();
        Self { id: broker.id, refused: broker.refused, partitions }
    }

    /// Events that are acknowledged but not committed.
    pub fn lag(&self) -> u64 {
        self.partitions.iter().map(|partition| u64::from(partition.lag)).sum()
    }

    /// How long ago the oldest event that is not committed was acknowledged, in nanoseconds; 0 where there is none.
    pub fn oldest_ns(&self) -> u64 {
        self.partitions.iter().map(|partition| partition.oldest_ns).max().unwrap_or(0)
    }
}
