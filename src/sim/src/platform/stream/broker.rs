//! A broker: its partitions, the members of its group, and who is served by whom.

use super::partition::{Partition, Produced};
use super::partitioner::{Sticky, of_key};
use crate::blueprint::BrokerSpec;
use crate::call::record::Context;
use crate::kernel::digest::Digest;
use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use crate::kernel::random::Key;
use crate::kernel::time::Time;

/// What an event takes in a queue, in bytes, at most.
const EVENT_BYTES: usize = size_of::<(u32, Produced)>();

/// A member of the group, as far as the broker knows it: the pipe that leads to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub pipe: u16,
    /// The call site of its deliveries.
    pub site: u16,
    pub open: bool,
}

/// A broker in a run.
#[derive(Clone, Debug)]
pub(crate) struct Broker {
    pub id: PieceId,
    pub key: Key,
    log_limit: u32,
    pub batch_events: u32,
    pub linger_ns: u64,
    pub append: Distribution,
    pub redeliver_backoff_ns: u64,
    /// Lowest outlet first.
    pub members: Vec<Member>,
    pub partitions: Vec<Partition>,
    sticky: Sticky,
    /// Requests that it has sent back.
    pub refused: u64,
}

impl Broker {
    pub fn new(spec: &BrokerSpec, key: Key, members: Vec<Member>) -> Self {
        Self {
            id: spec.id,
            key: key.child(spec.id.0),
            log_limit: spec.log_limit,
            batch_events: spec.batch_events,
            linger_ns: spec.linger_ns,
            append: spec.append.clone(),
            redeliver_backoff_ns: spec.redeliver_backoff_ns,
            members,
            partitions: vec![Partition::new(); usize::from(spec.partitions)],
            sticky: Sticky::new(),
            refused: 0,
        }
    }

    /// The partition that takes an event in; nothing where that one, or without a key all of them, are full.
    pub fn partition_for(&mut self, context: &Context) -> Option<u16> {
        if context.keyed {
            let partition = of_key(context.data_key, self.partitions.len() as u16);
            let room = self.partitions[usize::from(partition)].held() < self.log_limit;
            return room.then_some(partition);
        }
        self.sticky.next(self.key, &self.partitions, self.batch_events, self.log_limit)
    }

    /// How many events the batch takes that would be written now; nothing where none is to be.
    pub fn batch(&self, partition: u16, now: Time) -> Option<u32> {
        let each = &self.partitions[usize::from(partition)];
        let due = each.due(self.linger_ns)?;
        (each.open() >= self.batch_events || due <= now).then(|| each.open().min(self.batch_events))
    }

    /// The member that serves a partition: they are dealt out over those whose pipes are open, lowest outlet first.
    pub fn serving(&self, partition: u16) -> Option<Member> {
        let open = || self.members.iter().filter(|member| member.open);
        let nth = usize::from(partition).checked_rem(open().count())?;
        open().nth(nth).copied()
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(self.refused);
        digest.fold(self.sticky.turns);
        self.members.iter().for_each(|member| digest.fold(u64::from(member.open)));
        self.partitions.iter().for_each(|partition| partition.fold_into(digest));
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        let held: usize = self.partitions.iter().map(|partition| partition.held() as usize).sum();
        size_of_val(&self.members[..]) + size_of_val(&self.partitions[..]) + held * EVENT_BYTES
    }
}
