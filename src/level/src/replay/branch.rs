//! The branches of a replay: what each of them did of its own, and that they can belong together.

use super::Replay;
use crate::edit::Edit;
use crate::format::{Level, ParseError};
use crate::limits::{COMMANDS_MAX, EDITS_MAX, REPLAY_REQUESTS_MAX, TEXT_BYTES_MAX};
use crate::play::PlayError;
use crate::timeline::Branch;
use pipe_maze_sim::Time;
use serde::{Deserialize, Serialize};

/// An edit while the water flows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Nanoseconds of simulated time since the water flows.
    pub at_ns: u64,
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
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
    pub(super) fn of((at, edit): &(Time, Edit)) -> Self {
        Self { at_ns: at.as_ns(), edit: edit.clone() }
    }

    pub(crate) fn timed(&self) -> (Time, Edit) {
        (Time::from_ns(self.at_ns), self.edit.clone())
    }
}

impl ReplayBranch {
    pub(super) fn of(branch: &Branch) -> Self {
        let from = branch.parent().map(|(parent, at)| Split {
            branch: parent.number(),
            at_ns: at.as_ns(),
            shared: branch.shared() as u32,
        });
        let refused = branch.refused().iter().map(|(at, edit, _)| Command { at_ns: at.as_ns(), edit: edit.clone() });
        Self {
            name: branch.name().map(str::to_owned),
            from,
            fork: branch.is_fork(),
            commands: branch.commands()[branch.shared()..].iter().map(Command::of).collect(),
            refused: refused.collect(),
            until_ns: branch.seen().as_ns(),
        }
    }
}

impl Replay {
    /// All commands of that run, those that it shares with others included; none where there is no such run.
    pub fn commands(&self, branch: u32) -> Vec<(Time, Edit)> {
        let Some(this) = self.branches.get(branch as usize) else { return Vec::new() };
        let mut log = match this.from {
            // A branch comes after the run that it left.
            Some(split) if split.branch < branch => self.commands(split.branch),
            _ => Vec::new(),
        };
        log.truncate(this.from.map_or(0, |split| split.shared as usize));
        log.extend(this.commands.iter().map(Command::timed));
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
        let mut lengths: Vec<usize> = Vec::new();
        for (nth, branch) in self.branches.iter().enumerate() {
            let place = |field: &str| format!("branches[{nth}], {field}");
            if branch.name.as_ref().is_some_and(|name| name.len() > TEXT_BYTES_MAX) {
                report(place("name"), format!("at most {TEXT_BYTES_MAX} bytes"));
            }
            for (field, commands) in [("commands", &branch.commands), ("refused", &branch.refused)] {
                if !commands.is_sorted_by_key(|command| command.at_ns) {
                    report(place(field), "are not in order of time: sort them".into());
                }
            }
            if let Err(message) = self.check_split(nth, &lengths) {
                report(place("from"), message);
            }
            let shared = branch.from.map_or(0, |split| split.shared as usize);
            let length = shared + branch.commands.len();
            if length > EDITS_MAX {
                report(place("commands"), format!("{length} with those shared: at most {EDITS_MAX}"));
            }
            lengths.push(length.min(EDITS_MAX));
        }
        let refused = self.branches.iter().map(|branch| branch.refused.len()).sum::<usize>();
        let all = lengths.iter().sum::<usize>() + refused;
        if all > COMMANDS_MAX {
            report("branches".into(), format!("{all} commands in all: at most {COMMANDS_MAX}"));
        }
    }

    /// Where a branch left another is a place of that other. `lengths` is how many commands each run before has.
    fn check_split(&self, nth: usize, lengths: &[usize]) -> Result<(), String> {
        let branch = &self.branches[nth];
        let Some(split) = branch.from else {
            return if nth == 0 { Ok(()) } else { Err("is missing: only the first run begins by itself".into()) };
        };
        let (Some(parent), Some(&length)) =
            (self.branches.get(split.branch as usize), lengths.get(split.branch as usize))
        else {
            return Err(format!("{} is no run before this one", split.branch));
        };
        if split.at_ns > parent.until_ns || split.at_ns > branch.until_ns {
            return Err(format!("{} ns is later than was seen", split.at_ns));
        }
        if parent.from.is_some_and(|its| split.at_ns < its.at_ns || split.shared < its.shared) {
            return Err("lies before that run began to differ: name the one that it left".into());
        }
        if split.shared as usize > length {
            return Err(format!("shares {} commands: that run has {length}", split.shared));
        }
        let own = parent.from.map_or(0, |its| its.shared);
        let (before, after) = parent.commands.split_at((split.shared - own) as usize);
        let is_cut = before.last().is_none_or(|last| last.at_ns <= split.at_ns)
            && after.first().is_none_or(|next| next.at_ns >= split.at_ns)
            && branch.commands.first().is_none_or(|first| first.at_ns >= split.at_ns);
        if is_cut { Ok(()) } else { Err("cuts the commands elsewhere than its time says".into()) }
    }
}
