//! The branches of a replay: what each of them did of its own, and that they can belong together.

use super::Replay;
use crate::edit::Edit;
use crate::format::{Level, ParseError};
use crate::limits::{COMMANDS_MAX, EDITS_MAX, REPLAY_REQUESTS_MAX, TEXT_BYTES_MAX};
use crate::orders;
use crate::play::PlayError;
use crate::timeline::{Branch, BranchId};
use pipe_maze_sim::Time;
use serde::{Deserialize, Serialize};

/// An order while the water flows; times are nanoseconds of simulated time since then.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// When it was given; when it took effect, in files from when both were the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_ns: Option<u64>,
    /// When it took effect, or would have.
    pub at_ns: u64,
    /// When it was taken back before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled_ns: Option<u64>,
    /// What to do.
    pub edit: Edit,
}

/// The first run, or a branch.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplayBranch {
    /// The name that the player gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which run it left; nothing for the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Split>,
    /// Whether it kept the later commands of the run that it left.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fork: bool,
    /// Its own commands, in order of time. Those after its end have not been carried out yet.
    pub commands: Vec<Command>,
    /// Later commands that a fork could not keep, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Command>,
    /// Up to when it has been seen, in nanoseconds of simulated time.
    pub until_ns: u64,
}

/// Where a branch left another run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Which run it left, by its place in the list.
    pub branch: u32,
    /// When, in nanoseconds of simulated time.
    pub at_ns: u64,
    /// How many commands of that run it has, too: the first ones.
    pub shared: u32,
}

const fn is_false(fork: &bool) -> bool {
    !*fork
}

impl Command {
    /// An entry of a log as a file has it.
    pub fn of(command: &orders::Command) -> Self {
        Self {
            given_ns: Some(command.given_at.as_ns()),
            at_ns: command.at.as_ns(),
            recalled_ns: command.recalled_at.map(Time::as_ns),
            edit: command.edit.clone(),
        }
    }

    /// When it was given.
    pub fn given_ns(&self) -> u64 {
        self.given_ns.unwrap_or(self.at_ns)
    }

    /// The entry of a log.
    pub fn command(&self) -> orders::Command {
        orders::Command {
            given_at: Time::from_ns(self.given_ns()),
            at: Time::from_ns(self.at_ns),
            recalled_at: self.recalled_ns.map(Time::from_ns),
            edit: self.edit.clone(),
        }
    }

    /// Whether it is the same order, whatever became of it.
    fn is_same(&self, other: &Self) -> bool {
        self.given_ns() == other.given_ns() && self.edit == other.edit
    }
}

impl ReplayBranch {
    pub(super) fn of(branch: &Branch, parent: Option<&Branch>) -> Self {
        // An order that one of them took back and the other did not is an own one of each.
        let log = parent.map_or(&[][..], Branch::commands);
        let shared = branch.commands().iter().zip(log).take_while(|(own, its)| own == its).count();
        let split = |(parent, at): (BranchId, Time)| Split {
            branch: parent.number(),
            at_ns: at.as_ns(),
            shared: shared as u32,
        };
        let from = branch.parent().map(split);
        let refused = branch.refused().iter().map(|(command, _)| Command::of(command));
        Self {
            name: branch.name().map(str::to_owned),
            from,
            fork: branch.is_fork(),
            commands: branch.commands()[shared..].iter().map(Command::of).collect(),
            refused: refused.collect(),
            until_ns: branch.seen().as_ns(),
        }
    }
}

impl Replay {
    /// All commands of that run, those that it shares with others included; none where there is no such run.
    pub fn commands(&self, branch: u32) -> Vec<orders::Command> {
        let Some(this) = self.branches.get(branch as usize) else { return Vec::new() };
        let mut log = match this.from {
            // A branch comes after the run that it left.
            Some(split) if split.branch < branch => self.commands(split.branch),
            _ => Vec::new(),
        };
        log.truncate(this.from.map_or(0, |split| split.shared as usize));
        log.extend(this.commands.iter().map(Command::command));
        log
    }

    /// The run that is shown.
    pub fn run(&self) -> &ReplayBranch {
        &self.branches[self.shown as usize]
    }

    /// About how many requests all its runs issue together, each from where it left another.
    pub fn requests(&self, level: &Level) -> f64 {
        let ends_at = Time::from_ms(level.flow.duration_ms).as_ns().max(1);
        let shares = self.branches.iter().map(|branch| {
            let from = branch.from.map_or(0, |split| split.at_ns).min(ends_at);
            branch.until_ns.min(ends_at).saturating_sub(from) as f64 / ends_at as f64
        });
        level.requests() * shares.sum::<f64>()
    }

    /// That computing all of it is not more than anyone would want to wait for.
    ///
    /// # Errors
    /// That it is.
    pub(crate) fn check_work(&self, level: &Level) -> Result<(), PlayError> {
        if self.requests(level) <= REPLAY_REQUESTS_MAX { Ok(()) } else { Err(PlayError::TooMuchWork) }
    }

    /// Reports what cannot be about its branches.
    pub(super) fn check_shape(&self, errors: &mut Vec<ParseError>) {
        let mut report = |place: String, message: String| errors.push(ParseError { position: None, place, message });
        if self.branches.is_empty() {
            return report("branches".into(), "is empty: there is at least the first run".into());
        }
        if self.shown as usize >= self.branches.len() {
            report("shown".into(), format!("{} is no branch: there are {}", self.shown, self.branches.len()));
        }
        // Of each run how many edits each of its commands is: a batch is many.
        let mut logs: Vec<Vec<usize>> = Vec::new();
        for (nth, branch) in self.branches.iter().enumerate() {
            let place = |field: &str| format!("branches[{nth}], {field}");
            if branch.name.as_ref().is_some_and(|name| name.len() > TEXT_BYTES_MAX) {
                report(place("name"), format!("at most {TEXT_BYTES_MAX} bytes"));
            }
            for (field, commands) in [("commands", &branch.commands), ("refused", &branch.refused)] {
                if !commands.is_sorted_by_key(Command::given_ns) {
                    report(place(field), "are not in order of time: sort them".into());
                }
                if commands.iter().any(|each| each.recalled_ns.is_some_and(|at_ns| at_ns <= each.given_ns())) {
                    report(place(field), "one is taken back before it is given: leave it out".into());
                }
            }
            if let Err(message) = self.check_split(nth, &logs) {
                report(place("from"), message);
            }
            let shared = branch.from.map_or(0, |split| split.shared as usize);
            let length = shared + branch.commands.len();
            if length > EDITS_MAX {
                report(place("commands"), format!("{length} with those shared: at most {EDITS_MAX}"));
            }
            let parent = branch.from.and_then(|split| logs.get(split.branch as usize));
            let common = parent.into_iter().flatten().take(shared).copied();
            let own = branch.commands.iter().map(|command| command.edit.count());
            logs.push(common.chain(own).take(EDITS_MAX).collect());
        }
        let refused = self.branches.iter().flat_map(|branch| &branch.refused).map(|command| command.edit.count());
        let all = logs.iter().flatten().copied().chain(refused).sum::<usize>();
        if all > COMMANDS_MAX {
            report("branches".into(), format!("{all} commands in all: at most {COMMANDS_MAX}"));
        }
    }

    /// Where a branch left another is a place of that other. `logs` has an entry for each command of the runs before.
    fn check_split(&self, nth: usize, logs: &[Vec<usize>]) -> Result<(), String> {
        let branch = &self.branches[nth];
        let Some(split) = branch.from else {
            return if nth == 0 { Ok(()) } else { Err("is missing: only the first run begins by itself".into()) };
        };
        let place = split.branch as usize;
        let (Some(parent), Some(log)) = (self.branches.get(place), logs.get(place)) else {
            return Err(format!("{} is no run before this one", split.branch));
        };
        if split.at_ns > parent.until_ns || split.at_ns > branch.until_ns {
            return Err(format!("{} ns is later than was seen", split.at_ns));
        }
        if parent.from.is_some_and(|its| split.at_ns < its.at_ns || split.shared < its.shared) {
            return Err("lies before that run began to differ: name the one that it left".into());
        }
        if split.shared as usize > log.len() {
            return Err(format!("shares {} commands: that run has {}", split.shared, log.len()));
        }
        let own = parent.from.map_or(0, |its| its.shared);
        let (before, after) = parent.commands.split_at((split.shared - own) as usize);
        // What was given before and taken back in one of them alone stands in both.
        let kept = branch.commands.iter().take_while(|command| command.given_ns() < split.at_ns).count();
        let is_cut = before.last().is_none_or(|last| last.given_ns() <= split.at_ns)
            && kept <= after.len()
            && branch.commands[..kept].iter().zip(after).all(|(own, its)| own.is_same(its))
            && after.get(kept).is_none_or(|next| next.given_ns() >= split.at_ns);
        if is_cut { Ok(()) } else { Err("cuts the commands elsewhere than its time says".into()) }
    }
}
