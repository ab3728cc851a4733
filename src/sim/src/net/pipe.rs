//! A pipe: propagation by length, bandwidth shared first come first served, one lane for each direction.
//!
//! A message of `b` bytes that finds the lane's entrance free at `t` occupies it for `b / bandwidth` and leaves the far
//! end one propagation delay later. One that finds it busy waits its turn; where too many wait it is lost.
//!
//! ```text
//!  enqueue_at        start_at                  exit_at
//!      |-- waiting -----|-- transmission --|-- propagation --|
//! ```

use crate::blueprint::PipeSpec;
use crate::kernel::digest::Digest;
use crate::kernel::id::{PieceId, RequestId};
use crate::kernel::time::Time;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Which way a message goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Direction {
    /// From the pipe's `from` to its `to`: requests.
    Forward,
    /// Back: responses.
    Backward,
}

/// What a message is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Payload {
    /// A request on its way to a service.
    Request,
    /// The answer of a service.
    Response,
    /// The answer of a service, or of a balancer, that could not do the work.
    Error,
}

/// One message in a pipe. All three times are known when it enters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hop {
    /// The request that it belongs to.
    pub request: RequestId,
    /// What it is.
    pub payload: Payload,
    /// When it came to the pipe.
    pub enqueue_at: Time,
    /// When its transmission begins.
    pub start_at: Time,
    /// When its last byte leaves the far end.
    pub exit_at: Time,
}

/// A pipe in a run.
#[derive(Clone, Debug)]
pub(crate) struct Pipe {
    pub id: PieceId,
    pub outlet: u8,
    pub propagation_ns: u64,
    bandwidth_bytes_per_s: u64,
    queue_limit: u32,
    pub shut: bool,
    pub forward: Lane,
    pub backward: Lane,
    pub lost: u64,
}

/// One direction of a pipe.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lane {
    free_at: Time,
    pub hops: VecDeque<Hop>,
    pub carried: u64,
}

impl Pipe {
    pub fn new(spec: &PipeSpec) -> Self {
        Self {
            id: spec.id,
            outlet: spec.outlet,
            propagation_ns: u64::from(spec.cells).saturating_mul(spec.propagation_ns_per_cell),
            bandwidth_bytes_per_s: spec.bandwidth_bytes_per_s,
            queue_limit: spec.queue_limit,
            shut: false,
            forward: Lane::default(),
            backward: Lane::default(),
            lost: 0,
        }
    }

    /// Puts a message in. Gives its times, or nothing where it is lost because too many wait.
    pub fn enter(
        &mut self,
        direction: Direction,
        now: Time,
        request: RequestId,
        payload: Payload,
        bytes: u32,
    ) -> Option<Hop> {
        let transmission_ns = transmission_ns(bytes, self.bandwidth_bytes_per_s);
        let (propagation_ns, queue_limit) = (self.propagation_ns, self.queue_limit as usize);
        let lane = self.lane_mut(direction);
        if lane.free_at > now && lane.waiting(now) >= queue_limit {
            self.lost += 1;
            return None;
        }
        let start_at = now.max(lane.free_at);
        lane.free_at = start_at.plus_ns(transmission_ns);
        let hop = Hop { request, payload, enqueue_at: now, start_at, exit_at: lane.free_at.plus_ns(propagation_ns) };
        lane.hops.push_back(hop);
        Some(hop)
    }

    /// Takes out the message that has come to the far end: the oldest one, since a lane keeps its order.
    pub fn leave(&mut self, direction: Direction) -> Option<Hop> {
        let lane = self.lane_mut(direction);
        lane.carried += 1;
        lane.hops.pop_front()
    }

    pub fn lane(&self, direction: Direction) -> &Lane {
        match direction {
            Direction::Forward => &self.forward,
            Direction::Backward => &self.backward,
        }
    }

    fn lane_mut(&mut self, direction: Direction) -> &mut Lane {
        match direction {
            Direction::Forward => &mut self.forward,
            Direction::Backward => &mut self.backward,
        }
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(u64::from(self.shut) | self.lost << 1);
        for lane in [&self.forward, &self.backward] {
            digest.fold(lane.free_at.as_ns());
            digest.fold(lane.carried);
            digest.fold(lane.hops.len() as u64);
        }
    }
}

impl Lane {
    /// How many messages wait at the entrance at `now`. Start times rise along the lane.
    pub fn waiting(&self, now: Time) -> usize {
        self.hops.len() - self.hops.partition_point(|hop| hop.start_at <= now)
    }
}

/// How long `bytes` take to enter, rounded up to whole nanoseconds.
fn transmission_ns(bytes: u32, bandwidth_bytes_per_s: u64) -> u64 {
    let ns = (u128::from(bytes) * 1_000_000_000).div_ceil(u128::from(bandwidth_bytes_per_s));
    u64::try_from(ns).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipe(queue_limit: u32) -> Pipe {
        let id = PieceId(1);
        let spec = PipeSpec { cells: 3, bandwidth_bytes_per_s: 1_000, queue_limit, ..PipeSpec::new(id, id, id) };
        Pipe::new(&spec)
    }

    fn enter(pipe: &mut Pipe, now_ms: u64) -> Option<Hop> {
        let request = RequestId { spring: PieceId(0), number: 0 };
        pipe.enter(Direction::Forward, Time::from_ms(now_ms), request, Payload::Request, 10)
    }

    #[test]
    fn messages_queue_for_the_bandwidth_and_keep_their_order() {
        let mut pipe = pipe(10);
        // 10 bytes at 1,000 bytes/s take 10 ms to enter and 3 ms to travel.
        let first = enter(&mut pipe, 0).unwrap();
        let second = enter(&mut pipe, 4).unwrap();
        assert_eq!((first.start_at, first.exit_at), (Time::ZERO, Time::from_ms(13)));
        assert_eq!((second.start_at, second.exit_at), (Time::from_ms(10), Time::from_ms(23)));
        assert_eq!(pipe.leave(Direction::Forward), Some(first));
        assert_eq!(pipe.leave(Direction::Forward), Some(second));
    }

    #[test]
    fn one_more_than_may_wait_is_lost() {
        let mut pipe = pipe(2);
        assert!((0..3).all(|_| enter(&mut pipe, 0).is_some()), "one in transmission and two that wait");
        assert_eq!(enter(&mut pipe, 0), None);
        assert_eq!(pipe.lost, 1);
        assert!(enter(&mut pipe, 10).is_some(), "room again when the next begins its transmission");
    }

    #[test]
    fn directions_do_not_share_bandwidth() {
        let mut pipe = pipe(2);
        let request = RequestId { spring: PieceId(0), number: 0 };
        enter(&mut pipe, 0).unwrap();
        let back = pipe.enter(Direction::Backward, Time::ZERO, request, Payload::Response, 10).unwrap();
        assert_eq!(back.start_at, Time::ZERO);
    }
}
