//! Streams: a message broker with a log in partitions, batches, and one group of consumers. Knows what waits, what is
//! written and who is served next; knows neither pipes nor events, which the driver has.
//!
//! The model is Kafka's (`FACTS` KF-PROD, KF-PART, KF-GROUP, KF-EOS; `SCOPE` C3, S1, S7):
//!
//! - An event with a key goes to the partition `(murmur2(key) & 0x7fffffff) mod P`, so events of one key keep their
//!   order. The key's bytes are those of Kafka's serialiser of whole numbers: eight, the highest first. Events without a
//!   key stick to a partition for a batch's worth of them; the next one is drawn in proportion to
//!   `longest + 1 - waiting`, those that are full left out.
//! - A batch is written when it is full, or when the linger time has passed since its first event; a partition writes one
//!   batch at a time. All of a batch's events are acknowledged when it is written: `acks=all`.
//! - Partitions are spread over the open pipes to the members of the group, lowest outlet first. Each delivers in order,
//!   one event at a time, and an event is committed after it has been processed: at least once. One that fails is
//!   delivered again after a back-off, and those behind it wait.
//!
//! What is simpler than the real thing:
//!
//! - The broker does the producers' part, too: their buffers are one, batches are filled by events instead of bytes, and
//!   `log_limit` stands for the buffer and for quotas. It bounds what is not committed; a real log keeps what is.
//! - Broker and replicas are one piece that does not fail; `append` is all that replication takes.
//! - A producer's retry after a timeout is a new event, as a second `send` is: idempotent producers remove only doubles of
//!   their own retries of a batch.
//! - There is one topic and one group. Its members are those whose pipes are open, from one moment to the next: no
//!   heartbeats, no session timeout, no pause while partitions are handed over. A member that does not answer keeps them.
//! - Consumers are pushed to, one event at a time for each partition, and commit each; they fetch no batches. There is no
//!   dead-letter queue.
//! - A delivery belongs to the request that produced its event, which has ended already. It is told in facts, but it has no
//!   spans: a trace ends with the acknowledgement.

pub(crate) mod broker;
pub(crate) mod partition;
mod partitioner;

pub use partition::Delivery;
