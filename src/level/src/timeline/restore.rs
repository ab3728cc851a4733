//! From a replay back to a timeline: every branch is computed again, bit by bit and within bounds.
//!
//! Branches come after the one that they left, so each begins where a keyframe or the run before it has come. Its commands
//! are tried on its board just before: so the first slice of work does not wait for those of all branches.

use super::{BranchId, Timeline};
use crate::board::Board;
use crate::edit::Refusal;
use crate::format::Level;
use crate::limits::REPLAY_EVENTS_MAX;
use crate::orders::{Command, Input, Orders, next_input};
use crate::play::PlayError;
use crate::replay::{Command as ReplayCommand, Replay, ReplayBranch, Split};
use pipe_maze_sim::{Both, Time};

/// A timeline on its way back from a replay.
#[derive(Clone, Debug)]
pub struct Restoring {
    timeline: Timeline,
    level: Level,
    board: Board,
    replay: Replay,
    /// The place of the branch that comes next.
    next: usize,
    until: Time,
    events_left: u64,
    /// Simulated time of all runs, and of those that are done.
    all_ns: u64,
    done_ns: u64,
}

/// To try a command takes as long as so many events of the simulation.
const EVENTS_PER_COMMAND: u64 = 50;

impl Restoring {
    /// At the beginning: the commands of the first run have been tried on its board, nothing is computed yet.
    ///
    /// # Errors
    /// The edit that is refused, what the simulation refuses about the board, or that it would be too much work.
    pub fn new(level: &Level, replay: &Replay) -> Result<Self, PlayError> {
        replay.check_work(level)?;
        let board = replay.board(level)?;
        let mut timeline = Timeline::start(level, &board, replay.seed)?;
        let first = &replay.branches[0];
        let (log, _) = tried(level, &board, &replay.commands(0), first, 0)?;
        timeline.tree.rename(BranchId::MAIN, first.name.clone());
        timeline.tree.set_commands(BranchId::MAIN, &log);
        let ends_at = timeline.play().ends_at();
        let until = Time::from_ns(first.until_ns).min(ends_at);
        let spans = replay.branches.iter().map(|branch| {
            let from = branch.from.map_or(0, |split| split.at_ns);
            branch.until_ns.min(ends_at.as_ns()).saturating_sub(from)
        });
        Ok(Self {
            all_ns: spans.sum(),
            done_ns: 0,
            until,
            next: 1,
            level: level.clone(),
            board,
            replay: replay.clone(),
            timeline,
            events_left: REPLAY_EVENTS_MAX,
        })
    }

    /// Computes on until about so many events of the simulation are done, or all branches are. Says whether they are. A
    /// million takes a few tenths of a second natively.
    ///
    /// # Errors
    /// The edit that is refused, or that it is too much work.
    pub fn advance(&mut self, events: u64) -> Result<bool, PlayError> {
        let mut left = events.min(self.events_left);
        let before = left;
        let arrived = self.advance_within(&mut left)?;
        self.events_left -= before - left;
        if !arrived && self.events_left == 0 { Err(PlayError::TooMuchWork) } else { Ok(arrived) }
    }

    fn advance_within(&mut self, events: &mut u64) -> Result<bool, PlayError> {
        loop {
            let Timeline { tree, keyframes, current, present, .. } = &mut self.timeline;
            let started_ns = present.now().as_ns();
            let log = tree.branch(*current).commands();
            let offer = |moment: &super::Moment| keyframes.offer(tree, *current, moment);
            let arrived = present.follow_within(log, self.until, events, &mut (), offer);
            self.done_ns += present.now().as_ns() - started_ns;
            tree.see(*current, present.now());
            if !arrived {
                return Ok(false);
            }
            self.timeline.carry_out_due(self.until);
            if self.next >= self.replay.branches.len() {
                self.show();
                return Ok(true);
            }
            let commands = self.begin(self.next)?;
            self.next += 1;
            *events = events.saturating_sub(commands as u64 * EVENTS_PER_COMMAND);
            if *events == 0 {
                return Ok(false);
            }
        }
    }

    /// How much of all has been computed, 0 to 1.
    pub fn done_share(&self) -> f64 {
        (self.done_ns as f64 / self.all_ns.max(1) as f64).min(1.0)
    }

    /// The timeline as it is now: once all is done, with the branch that the replay shows at its end.
    pub fn into_timeline(self) -> Timeline {
        self.timeline
    }

    /// Begins with a branch. Says how many commands of it were tried.
    fn begin(&mut self, nth: usize) -> Result<usize, PlayError> {
        let branch = &self.replay.branches[nth];
        let said = self.replay.commands(nth as u32);
        let (log, refused) = tried(&self.level, &self.board, &said, branch, nth)?;
        // Only the first run leaves none.
        let split = branch.from.unwrap_or_default();
        let from = (BranchId(split.branch), Time::from_ns(split.at_ns));
        let timeline = &mut self.timeline;
        timeline.leave();
        let shared = shared_inputs(&log, split);
        timeline.current = timeline.tree.split(from, shared, log, branch.fork.then_some(refused));
        timeline.tree.rename(timeline.current, branch.name.clone());
        timeline.present = timeline.keyframes.nearest(&timeline.tree, timeline.current, from.1).clone();
        self.until = Time::from_ns(branch.until_ns).min(timeline.play().ends_at());
        // From the keyframe to the split it is computed once more.
        self.all_ns += from.1.as_ns().saturating_sub(timeline.now().as_ns());
        Ok(said.len() + branch.refused.len())
    }

    fn show(&mut self) {
        let until = Time::from_ns(self.replay.run().until_ns);
        if self.timeline.switch(BranchId(self.replay.shown)) {
            self.timeline.seek(until);
            self.timeline.carry_out_due(until);
        }
    }
}

/// Gives all orders of a run on its board, without the water: its log, with the times at which each takes effect, and
/// those that a fork could not keep, with the reasons.
fn tried(
    level: &Level,
    start: &Board,
    log: &[Command],
    branch: &ReplayBranch,
    nth: usize,
) -> Result<(Vec<Command>, Vec<(Command, Refusal)>), PlayError> {
    let mut orders = Orders::new(start.clone(), level.flow.step_ns());
    let mut refused = Vec::new();
    let mut lost = branch.refused.iter().map(ReplayCommand::command).peekable();
    loop {
        let next = next_input(log, orders.log());
        let before = next.map_or(Time::MAX, |(at, _)| at);
        while let Some(command) = lost.next_if(|command| command.given_at < before) {
            orders.pass(command.given_at);
            // One that is possible after all was never refused: it is left out.
            if let Err(refusal) = orders.plan(command.given_at, &command.edit) {
                refused.push((command, refusal));
            }
        }
        let Some((at, input)) = next else { return Ok((orders.log().to_vec(), refused)) };
        let place = orders.log().len();
        orders.pass(at);
        let done = match input {
            Input::Give(edit) => orders.give(at, edit),
            Input::Recall => orders.recall(at).map(|_| ()).ok_or(Refusal::NothingToRecall),
        };
        done.map_err(|refusal| PlayError::Edit(format!("branches[{nth}], command {place}"), refusal))?;
        orders.pass_at_once(at);
    }
}

/// How many orders and recalls a branch has in common with the run that it left.
fn shared_inputs(log: &[Command], split: Split) -> usize {
    let at = Time::from_ns(split.at_ns);
    let (common, own) = log.split_at((split.shared as usize).min(log.len()));
    let recalled = common.iter().filter(|command| command.recalled_at.is_some_and(|recalled| recalled <= at)).count();
    common.len() + recalled + own.iter().filter(|command| command.given_at < at).count()
}

impl Timeline {
    /// Gives the orders of the branch that is shown that were given at its latest moment itself.
    fn carry_out_due(&mut self, until: Time) {
        let log = self.tree.branch(self.current).commands();
        while let Some((_, input)) = next_input(log, self.present.play.log()).filter(|(at, _)| *at <= until) {
            // It was tried on the same orders.
            let done = self.present.play.put_in(input, &mut Both(&mut self.present.book, &mut ()));
            debug_assert!(done.is_ok(), "an order of the log is refused: {done:?}");
            if done.is_err() {
                return;
            }
        }
    }
}
