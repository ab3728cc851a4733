//! Little's law (`FACTS` Q-LITTLE) in every world: the number that is there, integrated over time, is the sum of the times
//! for which each was there. It holds on every path, so what the view shows must agree with the facts to the nanosecond.
//! Who is still there at the end counts until then.

use crate::commands::orders;
use crate::genes::{Genes, Trait, genes};
use crate::play::{END, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

const WAYS: [Direction; 2] = [Direction::Forward, Direction::Backward];

/// Where somebody can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place {
    /// Issued, and not ended.
    Whole,
    /// In front of a pipe, forward or back.
    Entrance(PieceId, bool),
    /// In front of a pipe or in it.
    Lane(PieceId, bool),
    /// In the queue of a service.
    Queue(PieceId),
    /// With its workers.
    Work(PieceId),
}

/// Nanoseconds that all together have spent in each place.
type Stays = BTreeMap<Place, i128>;

/// What the facts say: who comes adds the time that is left until the end, who goes takes it away again.
#[derive(Default)]
struct Book {
    stays: Stays,
    ends: BTreeMap<PieceId, PieceId>,
    /// When transmissions begin that have been waited for: the view changes then, although nothing happens.
    starts: BTreeSet<Time>,
}

impl Book {
    fn new(world: &Blueprint) -> Self {
        let services = |id| world.services.iter().any(|service| service.id == id);
        let pipes = world.pipes.iter().filter(|pipe| services(pipe.to));
        Self { ends: pipes.map(|pipe| (pipe.id, pipe.to)).collect(), ..Self::default() }
    }

    fn comes(&mut self, place: Place, at: Time) {
        *self.stays.entry(place).or_default() += i128::from(END.since_ns(at));
    }

    fn goes(&mut self, place: Place, at: Time) {
        *self.stays.entry(place).or_default() -= i128::from(END.since_ns(at));
    }

    fn note(&mut self, at: Time, fact: &Fact) {
        match *fact {
            Fact::Issued { .. } => self.comes(Place::Whole, at),
            Fact::Ended { .. } => self.goes(Place::Whole, at),
            Fact::Entered { pipe, direction, hop, .. } => {
                let way = direction == Direction::Forward;
                self.comes(Place::Entrance(pipe, way), at);
                self.goes(Place::Entrance(pipe, way), hop.start_at);
                self.comes(Place::Lane(pipe, way), at);
                self.goes(Place::Lane(pipe, way), hop.exit_at);
                self.starts.insert(hop.start_at);
                if let Some(&service) = self.ends.get(&pipe).filter(|_| way) {
                    self.comes(Place::Queue(service), hop.exit_at);
                }
            }
            Fact::Rejected { service, .. } => self.goes(Place::Queue(service), at),
            Fact::Began { service, .. } => {
                self.goes(Place::Queue(service), at);
                self.comes(Place::Work(service), at);
            }
            Fact::Finished { service, .. } => self.goes(Place::Work(service), at),
            _ => {}
        }
    }
}

/// Adds what the view shows from the present time to `until`, before which nothing happens.
fn look(run: &Simulation, until: Time, starts: &mut BTreeSet<Time>, stays: &mut Stays) {
    let (view, now) = (run.view(), run.now());
    let ns = i128::from(until.since_ns(now));
    let mut add = |place, count: usize, ns: i128| *stays.entry(place).or_default() += count as i128 * ns;
    let totals = view.totals();
    add(Place::Whole, (totals.issued - totals.ended()) as usize, ns);
    for service in view.services() {
        add(Place::Queue(service.id), service.queued as usize, ns);
        add(Place::Work(service.id), service.busy as usize, ns);
    }
    *starts = starts.split_off(&now);
    let inner: Vec<Time> = starts.range(now..until).copied().filter(|&start| start > now).collect();
    for pipe in view.pipes() {
        for way in WAYS {
            let forward = way == Direction::Forward;
            add(Place::Lane(pipe.id, forward), pipe.in_flight(way), ns);
            let (mut from, place) = (now, Place::Entrance(pipe.id, forward));
            for to in inner.iter().copied().chain([until]) {
                add(place, pipe.waiting(way, from), i128::from(to.since_ns(from)));
                from = to;
            }
        }
    }
}

/// What the view shows and what the facts say, over a run until the end.
fn both(world: &Blueprint, genes: Genes, seed: u64) -> (Stays, Stays) {
    let mut run = start(world, seed);
    let (mut shown, mut book) = (Stays::new(), Book::new(world));
    let orders = orders(world, genes).into_iter().map(|(at, action)| (at, Some(action)));
    for (at, action) in orders.filter(|order| order.0 < END).chain([(END, None)]) {
        loop {
            let next = run.next_event_at().unwrap_or(Time::MAX).min(at);
            look(&run, next, &mut book.starts, &mut shown);
            if !run.step(at, &mut |at: Time, fact: &Fact| book.note(at, fact)) {
                break;
            }
        }
        run.advance_to(at, &mut ());
        if let Some(action) = action {
            let _ = run.apply(action, &mut |at: Time, fact: &Fact| book.note(at, fact));
        }
    }
    (shown, book.stays)
}

/// Those places, where somebody was.
fn of(stays: Stays, wanted: fn(&Place) -> bool) -> Stays {
    stays.into_iter().filter(|(place, ns)| wanted(place) && *ns != 0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_whole_and_every_pipe_hold_as_many_as_come_and_stay(genes in genes(), seed: u64) {
        let (shown, told) = both(&world(genes), genes, seed);
        let wanted = |place: &Place| matches!(place, Place::Whole | Place::Entrance(..) | Place::Lane(..));
        prop_assert_eq!(of(shown, wanted), of(told, wanted));
    }

    /// No fact tells of work that was stopped, or of who has left a queue without being served.
    #[test]
    fn every_service_holds_as_many_as_come_and_stay(genes in genes(), seed: u64) {
        let stops = [Trait::Cancels, Trait::ServiceHazards, Trait::Commands];
        let genes = stops.into_iter().fold(genes, Genes::without);
        let world = world(genes);
        let (shown, told) = both(&world, genes, seed);
        let wanted = |place: &Place| matches!(place, Place::Queue(id) | Place::Work(id) if id.0 >= 100);
        prop_assert_eq!(of(shown, wanted), of(told, wanted));
    }
}

/// A law about queues says nothing where nobody waits.
#[test]
fn somebody_waits_in_every_kind_of_place() {
    let mut runner = TestRunner::deterministic();
    let mut kinds = [0; 5];
    for seed in 0..100 {
        let genes = genes().new_tree(&mut runner).expect("any genes will do").current();
        for place in of(both(&world(genes), genes, seed).0, |_| true).into_keys() {
            kinds[match place {
                Place::Whole => 0,
                Place::Entrance(..) => 1,
                Place::Lane(..) => 2,
                Place::Queue(_) => 3,
                Place::Work(_) => 4,
            }] += 1;
        }
    }
    assert!(kinds.iter().all(|&count| count > 20), "{kinds:?}");
}
