//! The timeline: a tree of runs of one board with one seed, in which one can go back and forth.
//!
//! ```text
//!  0 s       k       k      4 s   k         k      9 s          k: keyframes, copies of the run
//!  main   ----------------------------------------|
//!                            \ seek(4 s), command
//!  branch                     ----------------|                 the same as `main` up to the split
//! ```
//!
//! 1. [`Timeline::advance_to`] lets the present run go on and records its [marks](MarkKind) and [series](Series). Now and
//!    then it keeps a copy of the run, a keyframe.
//! 2. [`Timeline::seek`] shows another moment: it copies the keyframe before it and computes the rest. The run at `t` is
//!    what a fresh one is after [`Play::advance_to`] `t`: commands at `t` itself are still to come.
//! 3. What was seen before stays: going on from there gives the orders of the branch again, at their times.
//! 4. [`Timeline::command`] in the past makes a [`Branch`]: it has the orders given before, those that the Navigator is
//!    still on the way to among them, and the new one. A [fork](Timeline::fork) keeps the later ones, too, and says which
//!    of them are refused.
//!
//! Runs never change: a branch is what a fresh run of its commands would be, to the digest.

mod book;
mod branch;
mod difference;
mod journey;
mod keyframes;
mod marks;
mod onset;
mod reason;
mod restore;
mod series;
mod steer;
mod watch;

pub use branch::{Branch, BranchId, BranchStanding, ForkReport};
pub use difference::{Difference, End, FirstFact, Link, LinkKind, RequestDifference};
pub use journey::{Bar, BarKind, Journey, Leg, LegKind, Stretch, What};
pub use marks::{Mark, MarkKind};
pub use onset::{Onset, OnsetKind, OnsetStep};
pub use reason::{Reason, Stay, StayKind};
pub use restore::Restoring;
pub use series::{Series, ServiceWindow, Window};

use crate::board::Board;
use crate::format::Level;
use crate::limits::KEYFRAME_BYTES_MAX;
use crate::orders::{Command, inputs_before, next_input};
use crate::play::{Play, PlayError};
use book::Book;
use branch::Tree;
use keyframes::Keyframes;
use pipe_maze_sim::{Both, Observer, Time};

/// A tree of runs, and the moment of one of them that is shown.
#[derive(Clone, Debug)]
pub struct Timeline {
    tree: Tree,
    keyframes: Keyframes,
    /// The branch that is shown.
    current: BranchId,
    present: Moment,
    /// Grows whenever another moment is shown than the one that follows.
    jumps: u64,
}

/// A run at a moment, with what has been recorded of it.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub play: Play,
    pub book: Book,
}

impl Moment {
    pub fn now(&self) -> Time {
        self.play.simulation().now()
    }

    /// Lets time pass to `until`, and gives the orders of `log` whose time comes: those before `until`. `arrived` is told
    /// of each moment at which recording takes stock.
    pub fn follow(
        &mut self,
        log: &[Command],
        until: Time,
        observer: &mut (impl Observer + ?Sized),
        arrived: impl FnMut(&Self),
    ) {
        self.follow_within(log, until, &mut { u64::MAX }, observer, arrived);
    }

    /// The same, but handles at most so many events of the simulation, and takes them off that number. Says whether it
    /// has come there.
    pub fn follow_within(
        &mut self,
        log: &[Command],
        until: Time,
        events: &mut u64,
        observer: &mut (impl Observer + ?Sized),
        mut arrived: impl FnMut(&Self),
    ) -> bool {
        let until = until.min(self.play.ends_at());
        loop {
            let now = self.now();
            let next = next_input(log, self.play.log()).filter(|(at, _)| *at < until);
            if let Some((_, input)) = next.filter(|(at, _)| *at <= now) {
                // It was given before, or tried on the same orders.
                let done = self.play.put_in(input, &mut Both(&mut self.book, observer));
                debug_assert!(done.is_ok(), "an order of the log is refused: {done:?}");
                if done.is_ok() {
                    continue;
                }
            }
            if now >= until {
                return true;
            }
            let next_input = next.map_or(Time::MAX, |(at, _)| at).max(now.plus_ns(1));
            let tick = self.book.next_tick(now);
            let stop = until.min(next_input).min(tick);
            if !self.play.advance_within(stop, events, &mut Both(&mut self.book, observer)) {
                return false;
            }
            if stop == tick {
                self.book.take_stock(&self.play);
                arrived(self);
            }
        }
    }
}

impl Timeline {
    /// Turns on the water.
    ///
    /// # Errors
    /// What the simulation refuses about the board.
    pub fn start(level: &Level, board: &Board, seed: u64) -> Result<Self, PlayError> {
        Self::start_within(level, board, seed, KEYFRAME_BYTES_MAX)
    }

    /// The same with another limit on the bytes of keyframes.
    ///
    /// # Errors
    /// What the simulation refuses about the board.
    pub fn start_within(level: &Level, board: &Board, seed: u64, bytes_max: usize) -> Result<Self, PlayError> {
        let play = Play::start(level, board, seed)?;
        let book = Book::new(&play);
        let present = Moment { play, book };
        let keyframes = Keyframes::new(present.clone(), level.requests(), bytes_max);
        Ok(Self { tree: Tree::new(&present), keyframes, current: BranchId::MAIN, present, jumps: 0 })
    }

    /// The run at the moment that is shown.
    pub const fn play(&self) -> &Play {
        &self.present.play
    }

    /// The moment that is shown.
    pub fn now(&self) -> Time {
        self.present.now()
    }

    /// Up to when the branch that is shown has been seen.
    pub fn seen(&self) -> Time {
        self.tree.branch(self.current).seen().max(self.now())
    }

    /// Whether what is shown is the latest of its branch: a command then goes on with it instead of making a new one.
    pub fn is_live(&self) -> bool {
        let branch = self.tree.branch(self.current);
        self.now() >= branch.seen() && self.play().orders().inputs() == branch.inputs()
    }

    /// Grows whenever another moment is shown than the one that follows the one before: what is drawn from facts must
    /// then be drawn anew from the view.
    pub const fn jumps(&self) -> u64 {
        self.jumps
    }

    /// Lets time pass in the branch that is shown, at most to the end of the play; commands that it has still to come are
    /// carried out at their times. The observer is told what happens, whether it was seen before or not.
    pub fn advance_to(&mut self, until: Time, observer: &mut dyn Observer) {
        if observer.listens() { self.advance(until, observer) } else { self.advance(until, &mut ()) }
    }

    fn advance(&mut self, until: Time, observer: &mut (impl Observer + ?Sized)) {
        let (current, keyframes, tree) = (self.current, &mut self.keyframes, &self.tree);
        let log = tree.branch(current).commands();
        self.present.follow(log, until, observer, |moment| keyframes.offer(tree, current, moment));
        self.tree.see(self.current, self.present.now());
    }

    /// Lets happen what happens at the next instant at which anything does, commands of the branch included. Says
    /// whether there was something.
    pub fn step(&mut self, observer: &mut dyn Observer) -> bool {
        let next_input = next_input(self.commands(), self.play().log()).map(|(at, _)| at.max(self.now()));
        let next = self.play().next_at().into_iter().chain(next_input).min();
        let next = next.filter(|&at| at < self.play().ends_at());
        next.map(|at| self.advance_to(at.plus_ns(1), observer)).is_some()
    }

    /// Shows the branch at that moment, at most the end of the play: as a fresh run is that was advanced to it. Commands
    /// given at that very moment are still to come. A moment that has not been seen yet is computed.
    pub fn seek(&mut self, at: Time) {
        let at = at.min(self.play().ends_at());
        let is_ahead = self.now() <= at && self.play().orders().inputs() <= inputs_before(self.commands(), at);
        let keyframe = self.keyframes.nearest(&self.tree, self.current, at);
        if !is_ahead || keyframe.now() > self.now() {
            let keyframe = keyframe.clone();
            self.leave();
            self.present = keyframe;
        }
        self.jumps += 1;
        self.advance_to(at, &mut ());
    }

    /// The orders of the branch that is shown, in the order in which they are given: those given and those still to come.
    pub fn commands(&self) -> &[Command] {
        self.tree.branch(self.current).commands()
    }

    /// Bytes that keyframes take, at most: what each holds alone, and what they share.
    pub fn keyframe_bytes(&self) -> usize {
        self.keyframes.bytes()
    }

    /// The keyframe from which that moment of the branch that is shown is computed, where the present one does not lie
    /// nearer.
    pub fn keyframe_before(&self, at: Time) -> Time {
        self.keyframes.nearest(&self.tree, self.current, at).now()
    }

    /// How many keyframes there are.
    pub fn keyframe_count(&self) -> usize {
        self.keyframes.len()
    }

    /// Remembers what has been recorded of the branch before another moment is shown.
    fn leave(&mut self) {
        self.tree.remember(self.current, &self.present);
    }
}
