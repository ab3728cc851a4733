//! The event list against a sorted reference.

use super::*;
use proptest::prelude::*;

#[test]
fn equal_times_keep_their_order() {
    let mut list = EventList::new();
    for (at, event) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b'), (5, 'e')] {
        list.push(Time::from_ns(at), event);
    }
    let mut order = String::new();
    while let Some((_, event)) = list.pop_before(Time::MAX) {
        order.push(event);
    }
    assert_eq!(order, "abcde");
}

#[test]
fn the_limit_is_exclusive() {
    let mut list = EventList::new();
    list.push(Time::from_ns(10), ());
    assert_eq!(list.pop_before(Time::from_ns(10)), None);
    assert_eq!(list.pop_before(Time::from_ns(11)), Some((Time::from_ns(10), ())));
}

/// Each event of a crowd at one instant puts another in at once: the order stays that of the pushes.
#[test]
fn a_crowd_at_one_instant_stays_in_line() {
    let mut list = EventList::new();
    let at = Time::from_ns(12_345_678_901);
    (0..10_000u32).for_each(|i| list.push(at, i));
    for expected in 0..50_000 {
        assert_eq!(list.pop_before(Time::MAX), Some((at, expected)));
        list.push(at, expected + 10_000);
    }
    assert_eq!(list.len(), 10_000);
}

/// What the front had no room for was put in before what waits in the wheel for the same instant.
#[test]
fn the_front_gives_back_what_it_has_no_room_for_in_order() {
    let mut list = EventList::new();
    let mut reference = Reference::default();
    let far = 1 << 33;
    let at = (0..200).map(|_| far).chain((0..200).map(|i| far - 1_000_000 * (i % 70))).chain((0..50).map(|_| far));
    for (event, at) in at.enumerate() {
        list.push(Time::from_ns(at), event as u32);
        reference.push(at, event as u32);
    }
    while let Some(expected) = reference.pop_before(u64::MAX) {
        assert_eq!(list.pop_before(Time::MAX).map(|(at, event)| (at.as_ns(), event)), Some(expected));
    }
}

/// In a steady state the pool stops growing.
#[test]
fn memory_stays_flat() {
    let mut list = EventList::new();
    let mut gap = 1u64;
    let mut next_gap = || {
        gap = gap.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        gap >> 40
    };
    (0..5_000u32).for_each(|i| list.push(Time::from_ns(next_gap()), i));
    let mut pool_after_half = 0;
    for i in 0..1_000_000 {
        let (at, event) = list.pop_before(Time::MAX).unwrap();
        list.push(at.plus_ns(next_gap()), event);
        if i == 500_000 {
            pool_after_half = list.wheel.pool_len();
        }
    }
    let (due, pool) = (list.due.capacity().max(list.spilled.capacity()), list.wheel.pool_len());
    assert!(due <= SPILL_MAX && list.calendar.capacity() <= 8_192, "{due}, {}", list.calendar.capacity());
    // Every bucket may waste one chunk; the rest is what is pending.
    assert!(pool <= pool_after_half + pool_after_half / 4, "the pool still grows");
    assert!(list.clone().wheel.pool_len() <= pool, "a copy holds no more than its original");
}

/// What the list must do, done slowly: a list sorted by time and then by the order of the pushes.
#[derive(Clone, Default)]
struct Reference {
    pending: Vec<(u64, u32)>,
}

impl Reference {
    fn push(&mut self, at: u64, event: u32) {
        let place = self.pending.partition_point(|&(other, _)| other <= at);
        self.pending.insert(place, (at, event));
    }

    fn pop_before(&mut self, limit: u64) -> Option<(u64, u32)> {
        (self.pending.first()?.0 < limit).then(|| self.pending.remove(0))
    }
}

#[derive(Clone, Debug)]
enum Step {
    /// Pushes so many events, each so far after the last pop.
    Push(Vec<u64>),
    /// Pops at most so many events before a limit so far after the last pop.
    Pop(u64, usize),
    /// Goes on with a copy.
    Clone,
}

/// Delays of every size: none, a few (so that many are equal), any power of two, and up to the end of time.
fn delay_ns() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 0..4u64, (0..64u32, 0..3u64).prop_map(|(bits, more)| (1 << bits) + more), any::<u64>()]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec(delay_ns(), 1..60).prop_map(Step::Push),
        // A crowd close together.
        2 => (0..40u32, prop::collection::vec(0..200u64, 1..200))
            .prop_map(|(bits, delays)| Step::Push(delays.into_iter().map(|delay| delay << bits).collect())),
        6 => (delay_ns(), 0..120usize).prop_map(|(limit, most)| Step::Pop(limit, most)),
        1 => Just(Step::Clone),
    ]
}

proptest! {
    #[test]
    fn it_agrees_with_a_sorted_list(start in prop_oneof![Just(0), any::<u64>(), Just(u64::MAX - 500)],
                                    steps in prop::collection::vec(step(), 1..30)) {
        let (mut list, mut reference) = (EventList::new(), Reference::default());
        let (mut now, mut event) = (0u64, 0u32);
        list.push(Time::from_ns(start), event);
        reference.push(start, event);
        for step in steps {
            match step {
                Step::Push(delays) => for delay in delays {
                    event += 1;
                    list.push(Time::from_ns(now.saturating_add(delay)), event);
                    reference.push(now.saturating_add(delay), event);
                },
                Step::Pop(after, most) => for _ in 0..most {
                    let limit = now.saturating_add(after);
                    let expected = reference.pop_before(limit);
                    prop_assert_eq!(list.pop_before(Time::from_ns(limit)).map(|(at, e)| (at.as_ns(), e)), expected);
                    let Some((at, _)) = expected else { break };
                    now = at;
                },
                Step::Clone => list = list.clone(),
            }
            prop_assert_eq!(list.len(), reference.pending.len());
            prop_assert_eq!(list.is_empty(), reference.pending.is_empty());
            prop_assert_eq!(list.next_at().map(Time::as_ns), reference.pending.first().map(|&(at, _)| at));
        }
        while let Some(expected) = reference.pop_before(u64::MAX) {
            prop_assert_eq!(list.pop_before(Time::MAX).map(|(at, e)| (at.as_ns(), e)), Some(expected));
        }
        prop_assert_eq!(list.pop_before(Time::MAX), None);
    }
}
