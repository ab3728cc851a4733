//! What is wrong with brokers, and with how they deliver.

use super::brush::{Brush, LONG_NS};
use super::calls;
use pipe_maze_sim::*;

pub fn add(brush: &mut Brush, world: &mut Blueprint) {
    let id = PieceId(90_000 + world.brokers.len() as u64);
    let mut broker = BrokerSpec::new(id);
    brush.blot(&mut broker.partitions, &[0, 65, 1_000], "partitions");
    brush.blot(&mut broker.log_limit, &[0, 10_000_001, u32::MAX], "log_limit");
    brush.blot(&mut broker.batch_events, &[0, 10_000_001, u32::MAX], "batch_events");
    brush.blot(&mut broker.linger_ns, &[LONG_NS], "linger_ns");
    brush.blot_time(&mut broker.append);
    brush.blot(&mut broker.redeliver_backoff_ns, &[0, 999_999, LONG_NS], "redeliver_backoff_ns");
    brush.blot(&mut broker.consume.to, &[Some(world.services[0].id)], "consume");
    brush.blot(&mut broker.consume.optional, &[true], "consume");
    calls::client(brush, &mut broker.consume.client);
    world.brokers.push(broker);
    brush.put_down(id);
}
