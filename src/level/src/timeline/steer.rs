//! What the player does with a timeline: commands, branches, forks, and going from one to another.

use super::branch::{Branch, BranchId, BranchStanding, ForkReport};
use super::marks::{Mark, MarkKind};
use super::series::Series;
use super::{Moment, Timeline};
use crate::board::Board;
use crate::edit::{Edit, Refusal};
use crate::limits::{BRANCHES_MAX, COMMANDS_MAX, EDITS_MAX, TEXT_BYTES_MAX};
use crate::play::{Play, admit};
use pipe_maze_sim::{Both, Observer, Time};

impl Timeline {
    /// Applies an edit at the moment that is shown. In the past this makes a branch: it has the commands before, and this
    /// one. Gives that branch, which is shown now; nothing where the run that was shown goes on.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed. After the end of a run nothing is possible.
    pub fn command(&mut self, edit: &Edit, observer: &mut impl Observer) -> Result<Option<BranchId>, Refusal> {
        let is_live = self.is_live();
        self.check_room(is_live)?;
        let shared = self.play().log().len();
        let mut trial = self.board().clone();
        admit(&mut trial, edit)?;
        let branch = if is_live {
            self.tree.push_command(self.current, (self.now(), edit.clone()));
            None
        } else {
            let log = self.past_and(edit);
            Some(self.go_off(shared, log, None))
        };
        self.carry_out(edit, observer)?;
        Ok(branch)
    }

    /// Applies an edit at the moment that is shown, in a branch of its own that keeps all later commands as far as they
    /// are still possible: the counterfactual.
    ///
    /// # Errors
    /// The reason for which the edit itself is refused; then nothing has changed.
    pub fn fork(&mut self, edit: &Edit, observer: &mut impl Observer) -> Result<ForkReport, Refusal> {
        self.check_room(false)?;
        let shared = self.play().log().len();
        let mut board = self.board().clone();
        admit(&mut board, edit)?;
        let (mut log, mut refused) = (self.past_and(edit), Vec::new());
        for (at, edit) in &self.commands()[shared..] {
            // What is refused depends on the board alone, so it is known before the run has come there.
            match admit(&mut board, edit) {
                Ok(_) => log.push((*at, edit.clone())),
                Err(refusal) => refused.push((*at, edit.clone(), refusal)),
            }
        }
        let branch = self.go_off(shared, log, Some(refused.clone()));
        self.carry_out(edit, observer)?;
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
        let commands = self.commands().iter().enumerate();
        let commands = commands.map(|(nth, (at, _))| Mark { at: *at, kind: MarkKind::Command { nth } });
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
        for (_, edit) in branch.commands().iter().skip(play.log().len()).take_while(|(at, _)| *at <= seen) {
            // It was carried out before.
            play.command(edit).ok()?;
        }
        Some(play)
    }

    /// The board with which the water began to flow.
    pub fn start_board(&self) -> &Board {
        self.keyframes.first().play.board()
    }

    fn board(&self) -> &Board {
        self.play().board()
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

    /// The commands carried out so far, and one more.
    fn past_and(&self, edit: &Edit) -> Vec<(Time, Edit)> {
        let now = (self.now(), edit.clone());
        self.play().log().iter().cloned().chain([now]).collect()
    }

    /// Makes a branch that begins at the moment that is shown, and shows it.
    fn go_off(
        &mut self,
        shared: usize,
        log: Vec<(Time, Edit)>,
        refused: Option<Vec<(Time, Edit, Refusal)>>,
    ) -> BranchId {
        let parent = self.tree.owner(self.current, self.now(), shared);
        self.leave();
        self.current = self.tree.split((parent, self.now()), shared, log, refused);
        self.current
    }

    fn carry_out(&mut self, edit: &Edit, observer: &mut impl Observer) -> Result<(), Refusal> {
        let Moment { play, book } = &mut self.present;
        play.command_observed(edit, &mut Both(book, observer))
    }
}
