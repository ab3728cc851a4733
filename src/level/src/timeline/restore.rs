//! From a replay back to a timeline: every branch is computed again, bit by bit and within bounds.
//!
//! Branches come after the one that they left, so each begins where a keyframe or the run before it has come.

use super::{BranchId, Timeline};
use crate::board::Board;
use crate::edit::{Edit, Refusal};
use crate::format::Level;
use crate::limits::REPLAY_EVENTS_MAX;
use crate::play::{PlayError, admit};
use crate::replay::{Replay, ReplayBranch};
use pipe_maze_sim::{Both, Time};

/// A timeline on its way back from a replay.
#[derive(Clone, Debug)]
pub struct Restoring {
    timeline: Timeline,
    /// The runs that are still to come, the next one last.
    to_come: Vec<ToCome>,
    until: Time,
    shown: u32,
    /// Up to when the run that is shown was seen.
    shown_until: Time,
    events_left: u64,
    /// Simulated time of all runs, and of those that are done.
    all_ns: u64,
    done_ns: u64,
}

#[derive(Clone, Debug)]
struct ToCome {
    name: Option<String>,
    from: (BranchId, Time),
    shared: usize,
    log: Vec<(Time, Edit)>,
    /// What a fork could not keep; nothing where it is none.
    refused: Option<Vec<(Time, Edit, Refusal)>>,
    until: Time,
}

impl Restoring {
    /// At the beginning: every command of the replay has been tried on its board, nothing is computed yet.
    ///
    /// # Errors
    /// The edit that is refused, what the simulation refuses about the board, or that it would be too much work.
    pub fn new(level: &Level, replay: &Replay) -> Result<Self, PlayError> {
        replay.check_work(level)?;
        let board = replay.board(level)?;
        let mut timeline = Timeline::start(level, &board, replay.seed)?;
        let mut to_come = Vec::new();
        for (nth, branch) in replay.branches.iter().enumerate() {
            let log = replay.commands(nth as u32);
            let refused = tried(&board, &log, branch, nth)?;
            let until = Time::from_ns(branch.until_ns);
            match branch.from {
                None => {
                    timeline.tree.rename(BranchId::MAIN, branch.name.clone());
                    log.into_iter().for_each(|command| timeline.tree.push_command(BranchId::MAIN, command));
                }
                Some(split) => to_come.push(ToCome {
                    name: branch.name.clone(),
                    from: (BranchId(split.branch), Time::from_ns(split.at_ns)),
                    shared: split.shared as usize,
                    log,
                    refused: branch.fork.then_some(refused),
                    until,
                }),
            }
        }
        to_come.reverse();
        let ends_at = timeline.play().ends_at();
        let until = Time::from_ns(replay.branches[0].until_ns).min(ends_at);
        let spans = to_come.iter().map(|each| each.until.min(ends_at).as_ns().saturating_sub(each.from.1.as_ns()));
        Ok(Self {
            all_ns: spans.sum::<u64>() + until.as_ns(),
            done_ns: 0,
            until,
            to_come,
            shown: replay.shown,
            shown_until: Time::from_ns(replay.run().until_ns),
            timeline,
            events_left: REPLAY_EVENTS_MAX,
        })
    }

    /// Computes on until about so many events of the simulation are done, or all branches are. Says whether they are. A
    /// million takes a few tenths of a second natively.
    ///
    /// # Errors
    /// That it is too much work.
    pub fn advance(&mut self, events: u64) -> Result<bool, PlayError> {
        let mut left = events.min(self.events_left);
        let before = left;
        let arrived = self.advance_within(&mut left);
        self.events_left -= before - left;
        if !arrived && self.events_left == 0 { Err(PlayError::TooMuchWork) } else { Ok(arrived) }
    }

    fn advance_within(&mut self, events: &mut u64) -> bool {
        loop {
            let Timeline { tree, keyframes, current, present, .. } = &mut self.timeline;
            let started_ns = present.now().as_ns();
            let log = tree.branch(*current).commands();
            let offer = |moment: &super::Moment| keyframes.offer(tree, *current, moment);
            let arrived = present.follow_within(log, self.until, events, &mut (), offer);
            self.done_ns += present.now().as_ns() - started_ns;
            tree.see(*current, present.now());
            if !arrived {
                return false;
            }
            self.timeline.carry_out_due(self.until);
            match self.to_come.pop() {
                Some(next) => self.begin(next),
                None => {
                    self.show();
                    return true;
                }
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

    fn begin(&mut self, next: ToCome) {
        let timeline = &mut self.timeline;
        timeline.leave();
        timeline.current = timeline.tree.split(next.from, next.shared, next.log, next.refused);
        timeline.tree.rename(timeline.current, next.name);
        timeline.present = timeline.keyframes.nearest(&timeline.tree, timeline.current, next.from.1).clone();
        self.until = next.until.min(timeline.play().ends_at());
        // From the keyframe to the split it is computed once more.
        self.all_ns += next.from.1.as_ns().saturating_sub(timeline.now().as_ns());
    }

    fn show(&mut self) {
        if self.timeline.switch(BranchId(self.shown)) {
            self.timeline.seek(self.shown_until);
            self.timeline.carry_out_due(self.shown_until);
        }
    }
}

/// Tries all commands of a run on its board, and gives those that a fork could not keep, with the reasons.
fn tried(
    start: &Board,
    log: &[(Time, Edit)],
    branch: &ReplayBranch,
    nth: usize,
) -> Result<Vec<(Time, Edit, Refusal)>, PlayError> {
    let mut board = start.clone();
    let mut refused = Vec::new();
    let mut lost = branch.refused.iter().peekable();
    let mut try_lost = |board: &Board, before: Time| {
        while let Some(command) = lost.next_if(|command| command.at_ns < before.as_ns()) {
            // One that is possible after all was never refused: it is left out.
            if let Err(refusal) = admit(&mut board.clone(), &command.edit) {
                refused.push((Time::from_ns(command.at_ns), command.edit.clone(), refusal));
            }
        }
    };
    for (place, (at, edit)) in log.iter().enumerate() {
        try_lost(&board, *at);
        let at_fault = |refusal| PlayError::Edit(format!("branches[{nth}], command {place}"), refusal);
        admit(&mut board, edit).map_err(at_fault)?;
    }
    try_lost(&board, Time::MAX);
    Ok(refused)
}

impl Timeline {
    /// Carries out the commands of the branch that is shown that were given at its latest moment itself.
    fn carry_out_due(&mut self, until: Time) {
        let log = self.tree.branch(self.current).commands();
        let due = log.iter().skip(self.present.play.log().len()).take_while(|(at, _)| *at <= until);
        for (_, edit) in due {
            // It was tried on the same board.
            let done = self.present.play.command_observed(edit, &mut Both(&mut self.present.book, &mut ()));
            debug_assert!(done.is_ok(), "a command of the log is refused: {done:?}");
        }
    }
}
