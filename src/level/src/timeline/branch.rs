//! Branches: which commands each has, and where it left its parent.

use super::Moment;
use super::book::Book;
use crate::edit::{Edit, Refusal};
use crate::judge::Verdict;
use pipe_maze_sim::Time;

/// A branch of a timeline, by the order in which they were made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BranchId(pub(super) u32);

impl BranchId {
    /// The first run.
    pub const MAIN: Self = Self(0);

    /// Its number: 0 for the first run, 1 for the first branch.
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// One run of a timeline.
#[derive(Clone, Debug)]
pub struct Branch {
    name: Option<String>,
    parent: Option<(BranchId, Time)>,
    is_fork: bool,
    /// How many of its commands its parent has, too: those before the split.
    shared: usize,
    log: Vec<(Time, Edit)>,
    refused: Vec<(Time, Edit, Refusal)>,
    seen: Time,
    /// What was recorded up to the latest moment that was left, and how it stood then.
    left: Option<Box<(Book, BranchStanding)>>,
}

/// What became of a fork.
#[derive(Clone, PartialEq, Debug)]
pub struct ForkReport {
    /// The new branch; it is shown now.
    pub branch: BranchId,
    /// Later commands that are not possible any more, with their times, and why.
    pub refused: Vec<(Time, Edit, Refusal)>,
}

/// How a branch stood when it had been seen furthest: a row of the table in which branches are compared.
#[derive(Clone, PartialEq, Debug)]
pub struct BranchStanding {
    /// When that was.
    pub at: Time,
    /// The verdict, where the run was over by then.
    pub verdict: Option<Verdict>,
    /// Requests issued, answered within the SLO, answered too late, and failed.
    pub issued: u64,
    /// Requests answered within the SLO.
    pub good: u64,
    /// Requests answered too late.
    pub late: u64,
    /// Requests that failed.
    pub failed: u64,
    /// Good requests a simulated second, while springs flowed.
    pub goodput_per_s: f64,
    /// Half of the answers took at most so long, in nanoseconds; nothing while there is none.
    pub p50_ns: Option<u64>,
    /// 95 of 100 answers took at most so long, in nanoseconds.
    pub p95_ns: Option<u64>,
    /// 99 of 100 answers took at most so long, in nanoseconds.
    pub p99_ns: Option<u64>,
    /// What pieces and pipes cost, in coins.
    pub cost: u32,
    /// The share of the error budget that is left; below 0 once more is spent than was allowed.
    pub budget_left: f64,
}

impl BranchStanding {
    pub(super) fn of(moment: &Moment) -> Self {
        let play = &moment.play;
        let (judge, report) = (play.judge(), play.report());
        let flowed_s = moment.now().min(play.flow_ends_at()).as_ns() as f64 / 1e9;
        Self {
            at: moment.now(),
            verdict: play.verdict(),
            issued: report.issued,
            good: report.good,
            late: report.late,
            failed: report.failed,
            goodput_per_s: if flowed_s > 0.0 { report.good as f64 / flowed_s } else { 0.0 },
            p50_ns: judge.latency_ns(0.5),
            p95_ns: judge.latency_ns(0.95),
            p99_ns: judge.latency_ns(0.99),
            cost: judge.cost(),
            budget_left: report.budget.left,
        }
    }
}

impl Branch {
    /// The name that the player gave it.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Which branch it left, and when; nothing for the first run.
    pub const fn parent(&self) -> Option<(BranchId, Time)> {
        self.parent
    }

    /// Whether it kept the later commands of its parent.
    pub const fn is_fork(&self) -> bool {
        self.is_fork
    }

    /// How many of its commands its parent has, too.
    pub(crate) const fn shared(&self) -> usize {
        self.shared
    }

    /// Its commands, in order of time, those of its parent before the split among them.
    pub fn commands(&self) -> &[(Time, Edit)] {
        &self.log
    }

    /// Commands of its parent that it could not keep.
    pub fn refused(&self) -> &[(Time, Edit, Refusal)] {
        &self.refused
    }

    /// Up to when it has been seen.
    pub const fn seen(&self) -> Time {
        self.seen
    }
}

/// All branches; never empty.
#[derive(Clone, Debug)]
pub(super) struct Tree(Vec<Branch>);

impl Tree {
    pub fn new(start: &Moment) -> Self {
        Self(vec![Branch {
            name: None,
            parent: None,
            is_fork: false,
            shared: 0,
            log: Vec::new(),
            refused: Vec::new(),
            seen: start.now(),
            left: None,
        }])
    }

    /// That branch. Identities come from this tree and branches stay, so it is there.
    pub fn branch(&self, id: BranchId) -> &Branch {
        &self.0[id.0 as usize]
    }

    pub fn get(&self, id: BranchId) -> Option<&Branch> {
        self.0.get(id.0 as usize)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = (BranchId, &Branch)> {
        self.0.iter().enumerate().map(|(nth, branch)| (BranchId(nth as u32), branch))
    }

    /// Commands of all branches.
    pub fn commands(&self) -> usize {
        self.0.iter().map(|branch| branch.log.len() + branch.refused.len()).sum()
    }

    pub fn rename(&mut self, id: BranchId, name: Option<String>) {
        self.0[id.0 as usize].name = name;
    }

    pub fn see(&mut self, id: BranchId, now: Time) {
        let branch = &mut self.0[id.0 as usize];
        branch.seen = branch.seen.max(now);
    }

    /// A command given at the latest moment of a branch.
    pub fn push_command(&mut self, id: BranchId, command: (Time, Edit)) {
        self.0[id.0 as usize].log.push(command);
    }

    /// Remembers how a branch stands, if that is the latest of it.
    pub fn remember(&mut self, id: BranchId, moment: &Moment) {
        let branch = &mut self.0[id.0 as usize];
        if branch.left.as_ref().is_none_or(|left| moment.now() > left.1.at || is_fuller(moment, &left.0, left.1.at)) {
            branch.left = Some(Box::new((moment.book.clone(), BranchStanding::of(moment))));
        }
    }

    /// What is remembered of a branch, if that is later than `now`.
    pub fn left_after(&self, id: BranchId, now: Time) -> Option<&(Book, BranchStanding)> {
        self.branch(id).left.as_deref().filter(|left| left.1.at > now)
    }

    /// What is remembered of a branch.
    pub fn left(&self, id: BranchId) -> Option<&(Book, BranchStanding)> {
        self.branch(id).left.as_deref()
    }

    /// The branch to which a moment of `id` belongs, at that time with so many commands carried out: `id` itself, or the
    /// one from which it came, where it had not split yet.
    pub fn owner(&self, mut id: BranchId, now: Time, commands: usize) -> BranchId {
        while let Some((parent, split)) = self.branch(id).parent
            && now <= split
            && commands <= self.branch(id).shared
        {
            id = parent;
        }
        id
    }

    /// A branch that leaves `from` at `split` with these commands, of which the first `shared` are its parent's.
    pub fn split(
        &mut self,
        from: (BranchId, Time),
        shared: usize,
        log: Vec<(Time, Edit)>,
        kept: Option<Vec<(Time, Edit, Refusal)>>,
    ) -> BranchId {
        let id = BranchId(self.0.len() as u32);
        let is_fork = kept.is_some();
        let refused = kept.unwrap_or_default();
        self.0.push(Branch { name: None, parent: Some(from), is_fork, shared, log, refused, seen: from.1, left: None });
        id
    }
}

/// Whether a moment of that time has more recorded: the commands of that instant.
fn is_fuller(moment: &Moment, book: &Book, at: Time) -> bool {
    moment.now() == at && moment.book.facts() > book.facts()
}
