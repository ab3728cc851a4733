//! A play: one board set flowing with one seed, the edits made on the way, and how it is judged.
//!
//! Level, seed and the log of time-stamped edits are all that is needed to compute it again, to the bit. An edit while the
//! water flows is an [order](crate::orders): it takes effect once the Navigator has gone there.

use crate::board::Board;
use crate::edit::{Edit, Refusal};
use crate::enemy::Enemy;
use crate::format::Level;
use crate::judge::{Briefing, EnemyReport, Judge, Report, Struck, Verdict};
use crate::kind::{Class, KindSpec, interval_ns, policy_at};
use crate::limits::REPLAY_EVENTS_MAX;
use crate::navigator::Navigator;
use crate::orders::{Command, Input, Orders, next_input};
use crate::solution::Solution;
use pipe_maze_sim::{
    Action, Blueprint, Both, Classes, Digest, Observer, PieceId, Problem, RequestId, Simulation, Time,
};
use std::collections::BTreeSet;
use std::fmt;

/// A run of a level that is being played.
#[derive(Clone, Debug)]
pub struct Play {
    simulation: Simulation,
    judge: Judge,
    orders: Orders,
    seed: u64,
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
        let enemies = board.enemies().iter().map(|enemy| (enemy.clone(), struck(enemy, &blueprint))).collect();
        let briefing = Briefing { enemies, classes: Classes::new(&blueprint, seed) };
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
        let orders = Orders::new(board.clone(), level.flow.step_ns());
        Ok(Self { simulation, judge, orders, seed, flow_ends_at, ends_at })
    }

    /// Plays a whole solution, to the end.
    ///
    /// # Errors
    /// The first edit that is refused, or what the simulation refuses about the board.
    pub fn run(level: &Level, solution: &Solution, seed: u64) -> Result<Self, PlayError> {
        let mut play = Self::start(level, &solution.board(level)?, seed)?;
        play.follow(&solution.commands(), Time::MAX, &mut ())
            .map_err(|(nth, refusal)| PlayError::Edit(format!("flow[{nth}]"), refusal))?;
        Ok(play)
    }

    /// Lets time pass, at most to the end of the play, and tells the observer what happened. Orders whose time comes before
    /// `until` are carried out.
    ///
    /// The observer's type stays open, so that all of a run is compiled here, optimised as this crate is, whoever watches.
    pub fn advance_to(&mut self, until: Time, observer: &mut dyn Observer) {
        if observer.listens() { self.advance(until, observer) } else { self.advance(until, &mut ()) }
    }

    fn advance(&mut self, until: Time, observer: &mut (impl Observer + ?Sized)) {
        let until = until.min(self.ends_at);
        while let Some(at) = self.orders.next_at().filter(|&at| at < until) {
            self.flow_to(at, observer);
            self.carry_out(observer);
        }
        self.flow_to(until, observer);
    }

    fn flow_to(&mut self, until: Time, observer: &mut (impl Observer + ?Sized)) {
        self.simulation.advance_to(until, &mut Both(&mut self.judge, observer));
        self.judge.note_time(self.simulation.now());
    }

    /// Lets time pass to `until`, and gives the orders of a log whose time comes.
    ///
    /// # Errors
    /// The place in the log of an order that is refused, and why.
    pub fn follow(
        &mut self,
        log: &[Command],
        until: Time,
        observer: &mut dyn Observer,
    ) -> Result<(), (usize, Refusal)> {
        let until = until.min(self.ends_at);
        while let Some((at, input)) = next_input(log, self.log()).filter(|(at, _)| *at < until) {
            self.advance_to(at, observer);
            let nth = self.log().len();
            self.put_in(input, observer).map_err(|refusal| (nth, refusal))?;
        }
        self.advance_to(until, observer);
        Ok(())
    }

    /// The run of a log, computed again up to a moment, with what was ordered at that moment.
    ///
    /// # Errors
    /// The order that is refused, or what the simulation refuses about the board.
    pub fn again(
        level: &Level,
        board: &Board,
        seed: u64,
        log: &[Command],
        until: Time,
        observer: &mut dyn Observer,
    ) -> Result<Self, PlayError> {
        let mut play = Self::start(level, board, seed)?;
        let refused = |(nth, refusal)| PlayError::Edit(format!("commands[{nth}]"), refusal);
        play.follow(log, until, observer).map_err(refused)?;
        while let Some((_, input)) = next_input(log, play.log()).filter(|(at, _)| *at <= until) {
            let nth = play.log().len();
            play.put_in(input, observer).map_err(|refusal| refused((nth, refusal)))?;
        }
        Ok(play)
    }

    pub(crate) fn put_in(&mut self, input: Input<'_>, observer: &mut (impl Observer + ?Sized)) -> Result<(), Refusal> {
        match input {
            Input::Give(edit) => self.command_observed(edit, observer),
            Input::Recall => self.recall().map(|_| ()).ok_or(Refusal::NothingToRecall),
        }
    }

    /// The same as [`Play::advance_to`], but handles at most so many events of the simulation, and takes them off that
    /// number. Says whether time has come there; where it has not, it goes on from here as if it had never stopped.
    pub fn advance_within(&mut self, until: Time, events: &mut u64, observer: &mut (impl Observer + ?Sized)) -> bool {
        let until = until.min(self.ends_at);
        while *events > 0 {
            let order_at = self.orders.next_at().filter(|&at| at < until);
            let stop = order_at.unwrap_or(until);
            if self.simulation.step(stop, &mut Both(&mut self.judge, observer)) {
                *events -= 1;
                continue;
            }
            self.flow_to(stop, observer);
            if order_at.is_none() {
                return true;
            }
            self.carry_out(observer);
        }
        self.judge.note_time(self.simulation.now());
        false
    }

    /// Handles what happens at the next instant at which anything does. Says whether there was one before the end of the
    /// play.
    ///
    /// Afterwards it is a nanosecond later: so every event of that instant has been handled, and a command that is given
    /// now comes after them in the log as it did here.
    pub fn step(&mut self, observer: &mut dyn Observer) -> bool {
        let next = self.next_at().filter(|&at| at < self.ends_at);
        next.map(|at| self.advance_to(at.plus_ns(1), observer)).is_some()
    }

    /// When something happens next: an event of the simulation, or an order that is carried out.
    pub fn next_at(&self) -> Option<Time> {
        self.simulation.next_event_at().into_iter().chain(self.orders.next_at()).min()
    }

    /// Orders an edit of the running system at the present time. It takes effect when the Navigator is there: at once
    /// where he stands there already.
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
    pub fn command_observed(&mut self, edit: &Edit, observer: &mut (impl Observer + ?Sized)) -> Result<(), Refusal> {
        let now = self.simulation.now();
        self.orders.give(now, edit)?;
        while self.orders.next_at().is_some_and(|at| at <= now) {
            self.carry_out(observer);
        }
        Ok(())
    }

    /// What would be entered in the log if that were ordered now: when it would take effect.
    ///
    /// # Errors
    /// The reason for which it would be refused.
    pub fn plan(&self, edit: &Edit) -> Result<Command, Refusal> {
        self.orders.plan(self.simulation.now(), edit)
    }

    /// Takes back the last order that waits. Gives what it was; nothing where none waits.
    pub fn recall(&mut self) -> Option<Edit> {
        let edit = self.waiting().next_back()?.edit.clone();
        self.orders.recall(self.simulation.now());
        Some(edit)
    }

    fn carry_out(&mut self, observer: &mut (impl Observer + ?Sized)) {
        for action in self.orders.carry_out() {
            // A pipe with a loose end is on the board but not in the simulation: there the edit changes nothing.
            let _ = self.simulation.apply(action, &mut Both(&mut self.judge, observer));
        }
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
        self.orders.board()
    }

    /// The board as it will be once every order that waits is carried out.
    pub fn board_ahead(&self) -> &Board {
        self.orders.board_ahead()
    }

    /// The seed.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The orders given since the water flows, in the order in which they were given.
    pub fn log(&self) -> &[Command] {
        self.orders.log()
    }

    /// The orders that are not carried out yet, in the order in which they will be.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &Command> + DoubleEndedIterator {
        self.orders.waiting()
    }

    /// Grows whenever something is ordered, taken back or carried out.
    pub const fn changes(&self) -> u64 {
        self.orders.changes()
    }

    /// The Navigator.
    pub const fn navigator(&self) -> &Navigator {
        self.orders.navigator()
    }

    pub(crate) const fn orders(&self) -> &Orders {
        &self.orders
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

    /// The verdict, once there is one: at the end, or when the error budget is empty. The run may go on after that, but
    /// it has been lost.
    pub fn verdict(&self) -> Option<Verdict> {
        (self.is_over() || self.judge.exhausted_at().is_some()).then(|| self.judge.verdict())
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
        let states = self.board().enemies().iter().zip(self.judge.enemies()).map(|(enemy, report)| {
            let hazard = self.simulation.view().hazards().find(|hazard| hazard.id == report.id);
            let EnemyReport { loss, beaten, .. } = report;
            let target = hazard.and_then(|_| enemy.target(self.board()));
            EnemyState { enemy, target, active: hazard.is_some_and(|hazard| hazard.active), loss, beaten }
        });
        states.collect()
    }

    /// Bytes that a copy of this play takes, beside what copies share: about what is in flight.
    pub fn heap_bytes(&self) -> usize {
        size_of::<Self>() + self.simulation.heap_bytes() + self.judge.heap_bytes() + self.orders.heap_bytes()
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
                "limit" => Action::SetRateLimit { gateway: id, interval_ns: interval_ns(value) },
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
    let matters = blueprint.springs.iter().any(|spring| callers.contains(&spring.id));
    Struck { on, matters, callers }
}
