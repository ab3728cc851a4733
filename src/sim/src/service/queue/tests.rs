//! Each discipline's order, and all of them against a plain model.

use super::*;
use crate::blueprint::wrong;
use proptest::prelude::*;

const NOW: Time = Time::ZERO;

fn room(discipline: Discipline) -> WaitingRoom {
    WaitingRoom::new(discipline, 100)
}

fn served(room: &mut WaitingRoom) -> Vec<u32> {
    std::iter::from_fn(|| room.pop(NOW)).map(|taken| if let Taken::Serve(slot) = taken { slot } else { 999 }).collect()
}

#[test]
fn each_discipline_has_its_order() {
    // Slots 0 to 5 come with these priorities; 9 is above the highest.
    let priorities = [1, 7, 0, 1, 9, 1];
    let cases = [
        (Discipline::Fifo, [0, 1, 2, 3, 4, 5]),
        (Discipline::Lifo, [5, 4, 3, 2, 1, 0]),
        (Discipline::Priority, [1, 4, 0, 3, 5, 2]),
        (Discipline::CODEL, [0, 1, 2, 3, 4, 5]),
    ];
    for (discipline, order) in cases {
        let mut room = room(discipline);
        (0..).zip(priorities).for_each(|(slot, priority)| room.push(slot, || priority, NOW));
        assert_eq!(room.iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5], "{discipline:?}: oldest first");
        assert_eq!(served(&mut room), order, "{discipline:?}");
    }
}

#[test]
fn codel_drops_from_the_head_by_the_time_of_arrival() {
    let mut room = room(Discipline::CODEL);
    (0..6).for_each(|slot| room.push(slot, || 0, NOW));
    // Above the target from 10 ms, so ripe at 110 ms.
    assert_eq!(room.pop(Time::from_ms(10)), Some(Taken::Serve(0)));
    assert_eq!(room.pop(Time::from_ms(109)), Some(Taken::Serve(1)));
    assert_eq!(room.pop(Time::from_ms(110)), Some(Taken::Drop(2)));
    assert_eq!(room.pop(Time::from_ms(110)), Some(Taken::Serve(3)));
    // One would be left behind: never dropped.
    assert_eq!(room.pop(Time::from_ms(999)), Some(Taken::Serve(4)));
    assert_eq!((room.len(), room.pop(Time::from_ms(999))), (1, Some(Taken::Serve(5))));
    assert_eq!(room.pop(Time::from_ms(999)), None);
}

#[test]
fn the_digest_sees_the_order() {
    let digest = |slots: [u32; 2]| {
        let mut room = room(Discipline::Fifo);
        slots.iter().for_each(|&slot| room.push(slot, || 0, NOW));
        let mut digest = Digest::EMPTY;
        room.fold_into(&mut digest);
        digest
    };
    assert_eq!(digest([1, 2]), digest([1, 2]));
    assert_ne!(digest([1, 2]), digest([2, 1]));
}

#[test]
fn bad_parameters_are_named() {
    let fields = |discipline: Discipline| wrong(|require| discipline.check(require));
    let codel = |target_ns, interval_ns| fields(Discipline::Codel { target_ns, interval_ns });
    assert_eq!(codel(0, 100), ["target_ns"]);
    assert_eq!(codel(101, 100), ["target_ns"]);
    assert_eq!(codel(1, u64::MAX), ["interval_ns"]);
    assert_eq!(codel(0, u64::MAX), ["target_ns", "interval_ns"]);
    assert_eq!(codel(CODEL_NS_MAX + 1, CODEL_NS_MAX + 1), ["target_ns", "interval_ns"]);
    assert_eq!(codel(1, 0), ["interval_ns"], "with an interval that may be, the target would be right");
    assert!(codel(CODEL_NS_MAX, CODEL_NS_MAX).is_empty());
    assert!(fields(Discipline::CODEL).is_empty());
    assert!(fields(Discipline::Fifo).is_empty());
}

/// What a test does to a room.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Push(u8),
    Pop,
    Remove(u32),
    Drain,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => (0u8..8).prop_map(Deed::Push),
        5 => Just(Deed::Pop),
        1 => (0u32..60).prop_map(Deed::Remove),
        1 => Just(Deed::Drain),
    ]
}

/// A model of the room: a list from oldest to newest.
fn model_pop(list: &mut Vec<(u32, u8)>, discipline: Discipline) -> Option<u32> {
    let place = match discipline {
        Discipline::Lifo => list.len().checked_sub(1),
        Discipline::Priority => {
            let highest = list.iter().map(|&(_, priority)| priority).max();
            list.iter().position(|&(_, priority)| Some(priority) == highest)
        }
        _ => (!list.is_empty()).then_some(0),
    };
    place.map(|place| list.remove(place).0)
}

proptest! {
    #[test]
    fn every_discipline_agrees_with_a_list(
        deeds in prop::collection::vec(deed(), 1..200),
        which in 0usize..4,
    ) {
        // Time stands still, so CoDel serves as FIFO does.
        let discipline = [Discipline::Fifo, Discipline::Lifo, Discipline::Priority, Discipline::CODEL][which];
        let (mut room, mut list, mut next_slot) = (WaitingRoom::new(discipline, 20), Vec::new(), 0);
        for deed in deeds {
            match deed {
                Deed::Push(_) if room.is_full() => {}
                Deed::Push(priority) => {
                    room.push(next_slot, || priority, NOW);
                    list.push((next_slot, priority));
                    next_slot += 1;
                }
                Deed::Pop => prop_assert_eq!(room.pop(NOW), model_pop(&mut list, discipline).map(Taken::Serve)),
                Deed::Remove(slot) => {
                    let place = list.iter().position(|&(waiting, _)| waiting == slot);
                    prop_assert_eq!(room.remove(slot), place.is_some());
                    place.map(|place| list.remove(place));
                }
                Deed::Drain => {
                    let everyone: Vec<u32> = list.drain(..).map(|(slot, _)| slot).collect();
                    prop_assert_eq!(room.drain(), everyone);
                }
            }
            prop_assert_eq!(room.len() as usize, list.len());
            prop_assert_eq!(room.is_full(), list.len() == room.limit() as usize);
            prop_assert!(room.iter().eq(list.iter().map(|&(slot, _)| slot)));
        }
    }
}
