//! What the player does with a timeline: commands, branches, forks, and going from one to another.

use super::branch::{Branch, BranchId, BranchStanding, ForkReport};
use super::marks::{Mark, MarkKind};
use super::series::Series;
use super::{Moment, Timeline};
use crate::board::Board;
use crate::edit::{Edit, Refusal};
use crate::limits::{BRANCHES_MAX, COMMANDS_MAX, EDITS_MAX, TEXT_BYTES_MAX};
use crate::orders::{Command, Orders, next_input};
use crate::play::Play;
use pipe_maze_sim::{Both, Observer, Time};
use std::collections::BTreeMap;

impl Timeline {
    /// Orders an edit at the moment that is shown. In the past this makes a branch: it has the orders given before, and
    /// this one. Gives that branch, which is shown now; nothing where the run that was shown goes on.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed. After the end of a run nothing is possible.
    pub fn command(&mut self, edit: &Edit, observer: &mut dyn Observer) -> Result<Option<BranchId>, Refusal> {
        let is_live = self.is_live();
        self.check_room(is_live)?;
        self.play().plan(edit)?;
        let branch = (!is_live).then(|| self.go_off(None));
        self.give(edit, observer)?;
        let given = self.present.play.log().last().cloned();
        self.tree.push_command(self.current, given);
        Ok(branch)
    }

    /// Takes back the last order that waits at the moment that is shown. In the past this makes a branch, as a command
    /// does.
    ///
    /// # Errors
    /// No order waits, or there is no room for a branch; then nothing has changed.
    pub fn recall(&mut self) -> Result<Option<BranchId>, Refusal> {
        let is_live = self.is_live();
        self.check_room(is_live)?;
        if self.play().waiting().len() == 0 {
            return Err(Refusal::NothingToRecall);
        }
        let branch = (!is_live).then(|| self.go_off(None));
        self.present.play.recall();
        self.tree.set_commands(self.current, self.present.play.log());
        Ok(branch)
    }

    /// Orders an edit at the moment that is shown, in a branch of its own that keeps all later orders as far as they are
    /// still possible: the counterfactual. Each takes effect when the Navigator, who has more to do, can be there.
    ///
    /// # Errors
    /// The reason for which the edit itself is refused; then nothing has changed.
    pub fn fork(&mut self, edit: &Edit, observer: &mut dyn Observer) -> Result<ForkReport, Refusal> {
        self.check_room(false)?;
        self.play().plan(edit)?;
        let later = self.later();
        let branch = self.go_off(Some(Vec::new()));
        self.give(edit, observer)?;
        // Orders depend on the board and on each other alone, so they are known before the run has come there.
        let (log, refused) = kept(self.play().orders().clone(), &later);
        self.tree.keep(branch, log, refused.clone());
        Ok(ForkReport { branch, refused })
    }

    /// The branch that is shown.
    pub const fn current(&self) -> BranchId {
        self.current
    }

    /// A branch.
    pub fn branch(&self, id: BranchId) -> Option<&Branch> {
        self.tree.get(id)
    }

    /// All branches, the first run first.
    pub fn branches(&self) -> impl Iterator<Item = (BranchId, &Branch)> {
        self.tree.iter()
    }

    /// How many branches were made: runs beside the first.
    pub fn branch_count(&self) -> usize {
        self.tree.len() - 1
    }

    /// Names a branch; an empty name takes it away. Says whether there is such a branch and the name is short enough.
    pub fn rename(&mut self, id: BranchId, name: &str) -> bool {
        let possible = self.tree.get(id).is_some() && name.len() <= TEXT_BYTES_MAX;
        if possible {
            self.tree.rename(id, Some(name.to_owned()).filter(|name| !name.is_empty()));
        }
        possible
    }

    /// Shows another branch, at the present moment, or where it has not been seen so far, at its latest. Says whether
    /// there is such a branch.
    pub fn switch(&mut self, id: BranchId) -> bool {
        let Some(seen) = self.tree.get(id).map(Branch::seen) else { return false };
        let at = self.now().min(seen);
        self.leave();
        self.present = self.keyframes.nearest(&self.tree, id, at).clone();
        self.current = id;
        self.seek(at);
        true
    }

    /// What happened in the branch that is shown, as far as it has been seen, and its commands, those to come included;
    /// in order of time.
    pub fn marks(&self) -> Vec<Mark> {
        let left = self.tree.left_after(self.current, self.now());
        let book = left.map_or(&self.present.book, |left| &left.0);
        let commands = self.commands().iter().enumerate().flat_map(|(nth, command)| {
            let waits = command.given_at < command.at || command.recalled_at.is_some();
            let order = waits.then_some(Mark { at: command.given_at, kind: MarkKind::Order { nth } });
            let is_done = command.recalled_at.is_none();
            let effect = is_done.then_some(Mark { at: command.at, kind: MarkKind::Command { nth } });
            order.into_iter().chain(effect)
        });
        let mut marks: Vec<Mark> = commands.chain(book.marks().iter().copied()).collect();
        // Stable: a command stands before what it made happen.
        marks.sort_by_key(|mark| mark.at);
        marks
    }

    /// Marks that there was no room for.
    pub fn marks_dropped(&self) -> u64 {
        self.present.book.marks_dropped()
    }

    /// Figures by window of time of a branch, as far as it has been seen.
    pub fn series(&self, id: BranchId) -> Option<Series> {
        let is_shown = id == self.current && self.tree.left_after(id, self.now()).is_none();
        if is_shown {
            return Some(self.present.book.series(&self.present.play));
        }
        self.tree.get(id)?;
        Some(self.tree.left(id).map_or_else(Series::default, |left| left.0.series_closed()))
    }

    /// How each branch stood when it had been seen furthest: the table in which they are compared.
    pub fn compare(&self) -> Vec<(BranchId, BranchStanding)> {
        let standing = |id: BranchId| match self.tree.left(id) {
            Some(left) if id != self.current || left.1.at > self.now() => left.1.clone(),
            _ => BranchStanding::of(&self.present),
        };
        self.tree.iter().map(|(id, _)| (id, standing(id))).collect()
    }

    /// The run of a branch at a moment, without showing it.
    pub(super) fn moment(&self, id: BranchId, at: Time) -> Option<Moment> {
        let log = self.tree.get(id)?.commands();
        let mut moment = self.keyframes.nearest(&self.tree, id, at).clone();
        moment.follow(log, at, &mut (), |_| {});
        Some(moment)
    }

    /// The run of a branch as far as it has been seen, commands given at that very moment included.
    pub fn latest(&self, id: BranchId) -> Option<Play> {
        let branch = self.tree.get(id)?;
        let seen = branch.seen();
        let mut play = self.moment(id, seen)?.play;
        let log = branch.commands();
        while let Some((_, input)) = next_input(log, play.log()).filter(|(at, _)| *at <= seen) {
            // It was given before.
            play.put_in(input, &mut ()).ok()?;
        }
        Some(play)
    }

    /// The board with which the water began to flow.
    pub fn start_board(&self) -> &Board {
        self.keyframes.first().play.board()
    }

    fn check_room(&self, is_live: bool) -> Result<(), Refusal> {
        if self.now() >= self.play().ends_at() {
            return Err(Refusal::NotInFlow);
        }
        let commands = self.play().log().len();
        let copied = if is_live { 0 } else { self.commands().len() };
        let full = commands >= EDITS_MAX
            || self.tree.commands() + copied >= COMMANDS_MAX
            || (!is_live && self.tree.len() >= BRANCHES_MAX);
        if full { Err(Refusal::TooMany) } else { Ok(()) }
    }

    /// The orders and recalls of the branch that are still to come at the moment that is shown, in order of time.
    fn later(&self) -> Vec<Later> {
        let (log, done) = (self.commands(), self.play().log());
        let recalls = log.iter().enumerate().filter_map(|(nth, command)| {
            let is_known = done.get(nth).is_some_and(|known| known.recalled_at.is_some());
            let at = command.recalled_at.filter(|_| !is_known)?;
            Some(Later { at, nth, order: None })
        });
        let orders = log.iter().enumerate().skip(done.len());
        let orders = orders.map(|(nth, each)| Later { at: each.given_at, nth, order: Some(each.clone()) });
        let mut later: Vec<Later> = recalls.chain(orders).collect();
        // Of the same time: what is taken back first, the last one before the others.
        later.sort_by_key(|each| {
            (each.at, each.order.is_some(), if each.order.is_some() { each.nth } else { usize::MAX - each.nth })
        });
        later
    }

    /// Makes a branch that begins at the moment that is shown, with the orders so far, and shows it.
    fn go_off(&mut self, refused: Option<Vec<(Command, Refusal)>>) -> BranchId {
        let shared = self.play().orders().inputs();
        let log = self.play().log().to_vec();
        let parent = self.tree.owner(self.current, self.now(), shared);
        self.leave();
        self.current = self.tree.split((parent, self.now()), shared, log, refused);
        self.current
    }

    fn give(&mut self, edit: &Edit, observer: &mut dyn Observer) -> Result<(), Refusal> {
        let Moment { play, book } = &mut self.present;
        play.command_observed(edit, &mut Both(book, observer))
    }
}

/// What a parent has still to come: an order, or that one is taken back.
struct Later {
    at: Time,
    /// The order's place in the log of the parent.
    nth: usize,
    order: Option<Command>,
}

/// The log of a fork: its orders so far, and of the parent's later ones those that are possible. What the parent took
/// back is taken back where nothing else was ordered since; else it is carried out.
fn kept(mut orders: Orders, later: &[Later]) -> (Vec<Command>, Vec<(Command, Refusal)>) {
    let mut refused = Vec::new();
    let so_far = orders.log().len() - 1;
    // Where the parent's orders are in the log of the fork.
    let mut places: BTreeMap<usize, usize> = (0..so_far).map(|nth| (nth, nth)).collect();
    for Later { at, nth, order } in later {
        orders.pass(*at);
        match order {
            Some(command) => match orders.give(*at, &command.edit) {
                Ok(_) => {
                    places.insert(*nth, orders.log().len() - 1);
                    orders.pass_at_once(*at);
                }
                Err(refusal) => refused.push((command.clone(), refusal)),
            },
            None => {
                if places.get(nth).is_some_and(|place| orders.last_waiting() == Some(*place)) {
                    orders.recall(*at);
                }
            }
        }
    }
    (orders.log().to_vec(), refused)
}
