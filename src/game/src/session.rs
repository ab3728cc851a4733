//! The session: the level that is open, the board that is built on it, and the run that flows. Knows nothing of Bevy
//! but that it is a resource: everything here can be done, and is tested, without a window.

use bevy::prelude::Resource;
use pipe_maze_level::{Board, Edit, History, Level, Play, PlayError, Refusal, Verdict};
use pipe_maze_sim::{Fact, Time};
use std::sync::Arc;

/// Speeds that the player can choose, as multiples of the level's pace.
pub const SPEEDS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
/// The longest stretch of wall time that one frame makes up for, in seconds.
const FRAME_S_MAX: f64 = 0.25;
/// Most facts that are kept for the view in one frame; the simulation itself never drops any.
pub const FACTS_MAX: usize = 20_000;

/// What is open.
#[derive(Resource)]
pub struct Session {
    level: Arc<Level>,
    history: History,
    flow: Option<Flow>,
    /// Grows with each change of the board or of what is open, so that views know when to rebuild.
    revision: u64,
    attempts: u64,
    speed: usize,
}

/// A run and how it is shown.
struct Flow {
    play: Play,
    paused: bool,
    /// Where the shown time stands between two nanoseconds.
    remainder_ns: f64,
    facts: Vec<(Time, Fact)>,
}

impl Session {
    /// Opens a level with its untouched board.
    pub fn open(level: Level) -> Self {
        let history = History::new(Board::new(&level));
        Self { level: Arc::new(level), history, flow: None, revision: 1, attempts: 0, speed: 0 }
    }

    /// The level.
    pub fn level(&self) -> &Level {
        &self.level
    }

    /// The board as it is now: in a run the one that flows.
    pub fn board(&self) -> &Board {
        self.play().map_or_else(|| self.history.board(), Play::board)
    }

    /// The run, if one was started.
    pub fn play(&self) -> Option<&Play> {
        self.flow.as_ref().map(|flow| &flow.play)
    }

    /// Grows with each change of the board or of what is open.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Applies an edit: to the plan, or to the run where one flows.
    ///
    /// # Errors
    /// Why it is refused; then nothing has changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match &mut self.flow {
            Some(flow) => flow.play.command(edit)?,
            None => self.history.apply(edit)?,
        }
        self.revision += 1;
        Ok(())
    }

    /// Undoes the last edit of the plan. Says whether there was one.
    pub fn undo(&mut self) -> bool {
        let done = self.flow.is_none() && self.history.undo();
        self.revision += u64::from(done);
        done
    }

    /// Does again what was undone last. Says whether there was something.
    pub fn redo(&mut self) -> bool {
        let done = self.flow.is_none() && self.history.redo();
        self.revision += u64::from(done);
        done
    }

    /// Whether there is something to undo now.
    pub fn can_undo(&self) -> bool {
        self.flow.is_none() && self.history.can_undo()
    }

    /// Whether there is something to do again now.
    pub fn can_redo(&self) -> bool {
        self.flow.is_none() && self.history.can_redo()
    }

    /// How often the water was turned on since the level was opened.
    pub fn attempts(&self) -> u64 {
        self.attempts
    }

    /// Turns on the water. Each attempt has a seed of its own; `seed` fixes it.
    ///
    /// # Errors
    /// What the simulation refuses about the board.
    pub fn start(&mut self, seed: Option<u64>) -> Result<(), PlayError> {
        let play = Play::start(&self.level, self.history.board(), seed.unwrap_or(self.attempts + 1))?;
        self.attempts += 1;
        self.revision += 1;
        self.flow = Some(Flow { play, paused: false, remainder_ns: 0.0, facts: Vec::new() });
        Ok(())
    }

    /// Drops the run and goes back to the plan.
    pub fn stop(&mut self) {
        self.flow = None;
        self.revision += 1;
    }

    /// Holds the run, or lets it go on.
    pub fn set_paused(&mut self, paused: bool) {
        if let Some(flow) = &mut self.flow {
            flow.paused = paused;
        }
    }

    /// Whether a run is held.
    pub fn is_paused(&self) -> bool {
        self.flow.as_ref().is_some_and(|flow| flow.paused)
    }

    /// Which of [`SPEEDS`] is chosen.
    pub fn speed(&self) -> usize {
        self.speed
    }

    /// Chooses one of [`SPEEDS`].
    pub fn set_speed(&mut self, speed: usize) {
        self.speed = speed.min(SPEEDS.len() - 1);
    }

    /// Simulated nanoseconds that pass in a second of play, at the chosen speed.
    pub fn pace_ns_per_s(&self) -> f64 {
        self.level.flow.pace_ms_per_s * 1e6 * SPEEDS[self.speed]
    }

    /// Handles just the next event, and holds the run.
    pub fn step(&mut self) {
        let Some(flow) = &mut self.flow else { return };
        flow.paused = true;
        flow.remainder_ns = 0.0;
        let facts = &mut flow.facts;
        flow.play.step(&mut |at: Time, fact: &Fact| keep(facts, at, fact));
    }

    /// Lets `wall_s` seconds of play pass at the chosen speed, unless the run is held.
    pub fn tick(&mut self, wall_s: f64) {
        let pace_ns_per_s = self.pace_ns_per_s();
        let Some(flow) = &mut self.flow else { return };
        if flow.paused || flow.play.is_over() {
            return;
        }
        let ns = wall_s.clamp(0.0, FRAME_S_MAX) * pace_ns_per_s + flow.remainder_ns;
        flow.remainder_ns = ns.fract();
        flow.advance_ns(ns as u64);
    }

    /// Lets exactly that much simulated time pass, held or not. Says whether there is a run.
    pub fn advance_ns(&mut self, ns: u64) -> bool {
        self.flow.as_mut().map(|flow| flow.advance_ns(ns)).is_some()
    }

    /// The facts since they were taken last, for the view.
    pub fn take_facts(&mut self) -> Vec<(Time, Fact)> {
        self.flow.as_mut().map(|flow| std::mem::take(&mut flow.facts)).unwrap_or_default()
    }

    /// The verdict, once the run is over.
    pub fn verdict(&self) -> Option<Verdict> {
        self.play().and_then(Play::verdict)
    }
}

impl Flow {
    fn advance_ns(&mut self, ns: u64) {
        let until = self.play.simulation().now().plus_ns(ns);
        let facts = &mut self.facts;
        self.play.advance_to(until, &mut |at: Time, fact: &Fact| keep(facts, at, fact));
        if self.play.is_over() {
            // The rest of the run is quiet; its end is where digests are compared.
            self.play.advance_to(Time::MAX, &mut ());
        }
    }
}

fn keep(facts: &mut Vec<(Time, Fact)>, at: Time, fact: &Fact) {
    if facts.len() < FACTS_MAX {
        facts.push((at, *fact));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Solution;

    const LEVEL: &str = include_str!("../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../levels/3-flow-control/two-rooms.solution.ron");

    fn solved() -> Session {
        let mut session = Session::open(Level::parse(LEVEL).unwrap());
        for edit in Solution::parse(SOLUTION).unwrap().plan {
            session.edit(&edit).unwrap();
        }
        session
    }

    #[test]
    fn frames_of_any_length_lead_to_the_same_end() {
        let mut digests = Vec::new();
        for frame_s in [0.004, 0.016_7, 0.21] {
            let mut session = solved();
            session.start(Some(5)).unwrap();
            session.set_speed(3);
            while session.verdict().is_none() {
                session.tick(frame_s);
                session.take_facts();
            }
            assert_eq!(session.verdict(), Some(Verdict::Won));
            digests.push(session.play().unwrap().digest());
        }
        let solution = Solution::parse(SOLUTION).unwrap();
        let headless = Play::run(&Level::parse(LEVEL).unwrap(), &solution, 5).unwrap().digest();
        assert!(digests.iter().all(|&digest| digest == headless), "{digests:?} {headless}");
    }

    #[test]
    fn a_held_run_stands_still_and_a_step_is_one_event() {
        let mut session = solved();
        session.start(None).unwrap();
        session.set_paused(true);
        session.tick(0.2);
        assert_eq!(session.play().unwrap().simulation().now(), Time::ZERO);
        session.step();
        let issued = session.play().unwrap().simulation().view().totals().issued;
        assert_eq!(issued, 1, "the first event is the first request");
        assert!(!session.take_facts().is_empty());
    }

    #[test]
    fn building_waits_while_the_water_flows() {
        let mut session = solved();
        session.start(None).unwrap();
        let refusal = session.edit(&Edit::RemovePipe { name: "x".into() }).unwrap_err();
        assert_eq!(refusal, Refusal::NotInFlow);
        assert!(!session.can_undo() && !session.undo());
        session.stop();
        assert!(session.can_undo());
    }
}
