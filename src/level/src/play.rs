//! A play: one board set flowing with one seed, the edits made on the way, and how it is judged.
//!
//! Level, seed and the log of time-stamped edits are all that is needed to compute it again, to the bit.

use crate::board::Board;
use crate::edit::{Edit, Refusal};
use crate::enemy::Enemy;
use crate::format::Level;
use crate::judge::{Briefing, EnemyReport, Judge, Report, Struck, Verdict};
use crate::kind::{Class, KindSpec, policy_at};
use crate::limits::REPLAY_EVENTS_MAX;
use crate::solution::Solution;
use pipe_maze_sim::{
    Action, Blueprint, Both, Classes, Digest, Observer, PieceId, Problem, RequestId, Simulation, Time,
};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A run of a level that is being played.
#[derive(Clone, Debug)]
pub struct Play {
    simulation: Simulation,
    judge: Judge,
    board: Arc<Board>,
    seed: u64,
    log: Vec<(Time, Edit)>,
    flow_ends_at: Time,
    ends_at: Time,
}

/// An enemy in a run, as it is now.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct EnemyState<'a> {
    /// The enemy.
    pub enemy: &'a Enemy,
    /// The pipe or piece that it strikes, if there is one.
    pub target: Option<&'a str>,
    /// Whether it strikes just now. One that has nothing to strike never does.
    pub active: bool,
    /// Requests that failed or were late because of it.
    pub loss: u64,
    /// Whether it is beaten, by the judge's verdict so far.
    pub beaten: bool,
}

/// Why a solution could not be played.
#[derive(Clone, PartialEq, Debug)]
pub enum PlayError {
    /// The simulation refuses the board.
    Blueprint(Vec<Problem>),
    /// An edit was refused: its place in the solution, and why.
    Edit(String, Refusal),
    /// Computing it would take longer than anyone would wait for.
    TooMuchWork,
}

impl fmt::Display for PlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blueprint(problems) => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                write!(f, "{}", lines.join("\n"))
            }
            Self::Edit(place, refusal) => write!(f, "{place}: {refusal}"),
            Self::TooMuchWork => write!(
                f,
                "more than {REPLAY_EVENTS_MAX} events would have to be computed: make the level's flow or its rates smaller"
            ),
        }
    }
}

impl std::error::Error for PlayError {}

impl Play {
    /// Turns on the water.
    ///
    /// # Errors
    /// What the simulation refuses about the board.
    pub fn start(level: &Level, board: &Board, seed: u64) -> Result<Self, PlayError> {
        let blueprint = board.blueprint(level);
        let mut simulation = Simulation::new(&blueprint, seed).map_err(PlayError::Blueprint)?;
        let struck = board.enemies().iter().map(|enemy| struck(enemy, &blueprint)).collect();
        let briefing = Briefing { struck, classes: Classes::new(&blueprint, seed) };
        let mut judge = Judge::briefed(level, board.cost(), briefing);
        for pipe in board.pipes().iter().filter(|pipe| pipe.shut) {
            let action = Action::SetShut { pipe: PieceId::from_name(&pipe.name), shut: true };
            // A pipe with a loose end is not in the simulation; its valve then has nothing to shut.
            let _ = simulation.apply(action, &mut judge);
        }
        let flow_ends_at = Time::from_ms(level.flow.duration_ms);
        let timeouts = level.pieces.iter().map(|piece| match &piece.spec {
            KindSpec::Spring(spec) => spec.timeout_ms_max(),
            _ => 0,
        });
        let timeout_ms = timeouts.max().unwrap_or(0);
        let ends_at = flow_ends_at.plus_ns(timeout_ms.saturating_mul(1_000_000)).plus_ns(1);
        Ok(Self { simulation, judge, board: Arc::new(board.clone()), seed, log: Vec::new(), flow_ends_at, ends_at })
    }

    /// Plays a whole solution, to the end.
    ///
    /// # Errors
    /// The first edit that is refused, or what the simulation refuses about the board.
    pub fn run(level: &Level, solution: &Solution, seed: u64) -> Result<Self, PlayError> {
        let mut play = Self::start(level, &solution.board(level)?, seed)?;
        play.follow(&solution.commands(), Time::MAX)
            .map_err(|(nth, refusal)| PlayError::Edit(format!("flow[{nth}]"), refusal))?;
        Ok(play)
    }

    /// Lets time pass, and carries out the commands whose time comes, of which the log has the first already; at the end
    /// of the play those that are left.
    ///
    /// # Errors
    /// Which command is refused, and why.
    pub(crate) fn follow(&mut self, commands: &[(Time, Edit)], until: Time) -> Result<(), (usize, Refusal)> {
        let is_due = |at: Time| at < until || until >= self.ends_at;
        let due = commands.iter().take_while(|(at, _)| is_due(*at)).count();
        for (nth, (at, edit)) in commands.iter().enumerate().take(due).skip(self.log.len()) {
            self.advance_to(*at, &mut ());
            self.command(edit).map_err(|refusal| (nth, refusal))?;
        }
        self.advance_to(until, &mut ());
        Ok(())
    }

    /// Lets time pass, at most to the end of the play, and tells the observer what happened.
    pub fn advance_to(&mut self, until: Time, observer: &mut impl Observer) {
        self.simulation.advance_to(until.min(self.ends_at), &mut Both(&mut self.judge, observer));
        self.judge.note_time(self.simulation.now());
    }

    /// The same, but handles at most so many events of the simulation, and takes them off that number. Says whether time
    /// has come there; where it has not, it goes on from here as if it had never stopped.
    pub fn advance_within(&mut self, until: Time, events: &mut u64, observer: &mut impl Observer) -> bool {
        let until = until.min(self.ends_at);
        while *events > 0 {
            if !self.simulation.step(until, &mut Both(&mut self.judge, observer)) {
                self.advance_to(until, observer);
                return true;
            }
            *events -= 1;
        }
        self.judge.note_time(self.simulation.now());
        false
    }

    /// Handles what happens at the next instant at which anything does. Says whether there was one before the end of the
    /// play.
    ///
    /// Afterwards it is a nanosecond later: so every event of that instant has been handled, and a command that is given
    /// now comes after them in the log as it did here.
    pub fn step(&mut self, observer: &mut impl Observer) -> bool {
        let next = self.simulation.next_event_at().filter(|&at| at < self.ends_at);
        next.map(|at| self.advance_to(at.plus_ns(1), observer)).is_some()
    }

    /// Applies an edit to the running system, at the present time.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn command(&mut self, edit: &Edit) -> Result<(), Refusal> {
        self.command_observed(edit, &mut ())
    }

    /// The same, and tells the observer what it made happen at once.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn command_observed(&mut self, edit: &Edit, observer: &mut impl Observer) -> Result<(), Refusal> {
        let actions = admit(Arc::make_mut(&mut self.board), edit)?;
        for action in actions {
            // A pipe with a loose end is on the board but not in the simulation: there the edit changes nothing.
            let _ = self.simulation.apply(action, &mut Both(&mut self.judge, observer));
        }
        self.log.push((self.simulation.now(), edit.clone()));
        Ok(())
    }

    /// The simulation, read-only.
    pub const fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The judge, read-only.
    pub const fn judge(&self) -> &Judge {
        &self.judge
    }

    /// The board as it is now.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The seed.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The edits made since the water flows, with their times.
    pub fn log(&self) -> &[(Time, Edit)] {
        &self.log
    }

    /// When springs stop.
    pub const fn flow_ends_at(&self) -> Time {
        self.flow_ends_at
    }

    /// When the play ends at the latest: by then every client has its answer or has given up.
    pub const fn ends_at(&self) -> Time {
        self.ends_at
    }

    /// Whether springs have stopped and every request has ended.
    pub fn is_over(&self) -> bool {
        let totals = self.simulation.view().totals();
        self.simulation.now() >= self.flow_ends_at && totals.ended() == totals.issued
    }

    /// The verdict, once the play is over.
    pub fn verdict(&self) -> Option<Verdict> {
        self.is_over().then(|| self.judge.verdict())
    }

    /// How the play stands.
    pub fn report(&self) -> Report {
        self.judge.report()
    }

    /// The class of a request.
    pub fn class_of(&self, request: RequestId) -> Class {
        self.judge.class_of(request)
    }

    /// The enemies of the level, in its order, as they are now.
    pub fn enemies(&self) -> Vec<EnemyState<'_>> {
        let states = self.board.enemies().iter().zip(self.judge.enemies()).map(|(enemy, report)| {
            let hazard = self.simulation.view().hazards().find(|hazard| hazard.id == report.id);
            let EnemyReport { loss, beaten, .. } = report;
            let target = hazard.and_then(|_| enemy.target(&self.board));
            EnemyState { enemy, target, active: hazard.is_some_and(|hazard| hazard.active), loss, beaten }
        });
        states.collect()
    }

    /// Bytes that a copy of this play takes, beside what copies share: about what is in flight.
    pub fn heap_bytes(&self) -> usize {
        let log = self.log.iter().map(|(_, edit)| size_of::<(Time, Edit)>() + edit.heap_bytes());
        size_of::<Self>() + self.simulation.heap_bytes() + self.judge.heap_bytes() + log.sum::<usize>()
    }

    /// Bytes that all copies of this play share: what has happened.
    pub fn shared_bytes(&self) -> usize {
        self.judge.shared_bytes()
    }

    /// A summary of all that has happened and of the present state.
    pub fn digest(&self) -> Digest {
        self.simulation.digest()
    }
}

/// Applies an edit to the board of a run, and gives what it is in the simulation.
///
/// # Errors
/// The reason for which it is refused; then nothing has changed. It depends on nothing but the board.
pub(crate) fn admit(board: &mut Board, edit: &Edit) -> Result<Vec<Action>, Refusal> {
    let mut actions = Vec::new();
    lower(board, edit, &mut actions)?;
    board.apply(edit)?;
    Ok(actions)
}

/// What an edit is in a run; only what needs no building is possible there.
fn lower(board: &Board, edit: &Edit, actions: &mut Vec<Action>) -> Result<(), Refusal> {
    actions.push(match edit {
        Edit::Configure { name, setting } => {
            let piece = board.piece(name).ok_or_else(|| Refusal::NoSuch(name.clone()))?;
            let mut params = piece.spec.kind().params().iter();
            let turned = params.find_map(|param| param.value(setting).map(|value| (param, value)));
            let (param, value) = turned.ok_or_else(|| Refusal::NoKnob(name.clone()))?;
            let id = PieceId::from_name(name);
            match param.key {
                "policy" => Action::SetPolicy { balancer: id, policy: policy_at(value) },
                "replicas" => Action::Scale { service: id, replicas: value as u32 },
                _ => return Err(Refusal::NotInFlow),
            }
        }
        Edit::Valve { name, shut } => Action::SetShut { pipe: PieceId::from_name(name), shut: *shut },
        Edit::Batch(edits) => return edits.iter().try_for_each(|edit| lower(board, edit, actions)),
        _ => return Err(Refusal::NotInFlow),
    });
    Ok(())
}

/// What an enemy strikes in a run of that blueprint, and every piece from which one gets there.
fn struck(enemy: &Enemy, blueprint: &Blueprint) -> Struck {
    let on = blueprint.hazards.iter().find(|hazard| hazard.id == enemy.id()).map(|hazard| hazard.on);
    let into = |id: PieceId| blueprint.pipes.iter().filter(move |pipe| pipe.to == id).map(|pipe| pipe.from);
    let through = blueprint.pipes.iter().filter(|pipe| Some(pipe.id) == on).map(|pipe| pipe.from);
    let mut open: Vec<PieceId> = through.chain(on.into_iter().flat_map(into)).collect();
    let mut callers = BTreeSet::new();
    while let Some(id) = open.pop() {
        if callers.insert(id) {
            open.extend(into(id));
        }
    }
    Struck { on, callers }
}
