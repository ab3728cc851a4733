//! The session: the level that is open, the board that is built on it, and the run that flows. Knows nothing of Bevy
//! but that it is a resource: everything here can be done, and is tested, without a window.

use bevy::prelude::Resource;
use pipe_maze_level::replay::Check;
use pipe_maze_level::timeline::{BranchId, ForkReport};
use pipe_maze_level::{Board, Edit, History, Level, Play, PlayError, Refusal, Timeline, Verdict};
use pipe_maze_sim::{Fact, Time};
use std::collections::BTreeMap;
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
    /// The pace that goes before the chosen one, in simulated nanoseconds a second, and for whom.
    slowed: BTreeMap<Slow, f64>,
    /// Seconds of building that are left, in levels that are played against the clock.
    plan_left_s: Option<f64>,
}

/// Who makes the run slower than the player chose. The slowest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slow {
    /// A request is ridden.
    Ride,
    /// Something has just happened that is worth a look.
    Moment,
}

/// A run of someone else's that is watched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visit {
    /// What it turned out to be when it was computed again.
    check: Check,
    /// How many of the branches came along with it; the others are the player's own.
    branches: u32,
    /// The player has said that they want to act in it.
    taken_over: bool,
}

impl Visit {
    /// Of a run that turned out to be that.
    pub const fn new(check: Check) -> Self {
        Self { check, branches: 0, taken_over: false }
    }
}

/// A run and how it is shown.
struct Flow {
    /// The run, and what else could have been.
    timeline: Timeline,
    paused: bool,
    /// Where the shown time stands between two nanoseconds.
    remainder_ns: f64,
    facts: Vec<(Time, Fact)>,
    /// Whether the next command makes a fork: a branch that keeps the later commands.
    forks: bool,
    /// What became of the last fork.
    forked: Option<ForkReport>,
    /// Whether the error budget has just run out before the eye: the run is held, and may be looked at further.
    has_broken: bool,
    /// Whose run it is, where it is someone else's.
    visit: Option<Visit>,
}

impl Session {
    /// Opens a level with its untouched board.
    pub fn open(level: Level) -> Self {
        let history = History::new(Board::new(&level));
        let plan_left_s = level.flow.plan_s.map(f64::from);
        Self {
            level: Arc::new(level),
            history,
            flow: None,
            revision: 1,
            attempts: 0,
            speed: 0,
            slowed: BTreeMap::new(),
            plan_left_s,
        }
    }

    /// Opens a level with the run of someone else, at its start: their build, and all their branches.
    ///
    /// # Errors
    /// The edit of the build that is refused.
    pub fn visit(level: Level, build: &[Edit], timeline: Timeline, visit: Visit) -> Result<Self, PlayError> {
        let mut session = Self::open(level);
        for (nth, edit) in build.iter().enumerate() {
            session.edit(edit).map_err(|refusal| PlayError::Edit(format!("build[{nth}]"), refusal))?;
        }
        let branches = timeline.branches().count() as u32;
        session.flow = Some(Flow { visit: Some(Visit { branches, ..visit }), ..Flow::new(timeline) });
        session.revision += 1;
        session.seek(Time::ZERO);
        session.set_paused(false);
        Ok(session)
    }

    /// Opens another state of the level, as an author makes it, with its untouched board.
    pub fn show(&mut self, level: Level) {
        *self = Self { revision: self.revision + 1, ..Self::open(level) };
    }

    /// The level.
    pub fn level(&self) -> &Level {
        &self.level
    }

    /// The level, for those who keep it.
    pub fn shared_level(&self) -> Arc<Level> {
        Arc::clone(&self.level)
    }

    /// The board as it is now: in a run the one that flows.
    pub fn board(&self) -> &Board {
        self.play().map_or_else(|| self.history.board(), Play::board)
    }

    /// The board with which the water begins to flow, or began to.
    pub fn plan(&self) -> &Board {
        self.history.board()
    }

    /// The run as it is at the moment that is shown, if one was started.
    pub fn play(&self) -> Option<&Play> {
        self.timeline().map(Timeline::play)
    }

    /// The run with its past and its branches, if one was started.
    pub fn timeline(&self) -> Option<&Timeline> {
        self.flow.as_ref().map(|flow| &flow.timeline)
    }

    /// Grows with each change of the board or of what is open.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever another moment of the run is shown than the one that follows.
    pub fn jumps(&self) -> u64 {
        self.timeline().map_or(0, Timeline::jumps)
    }

    /// Applies an edit: to the plan, or to the run where one flows. In the past of a run it makes a branch.
    ///
    /// # Errors
    /// Why it is refused; then nothing has changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match &mut self.flow {
            Some(Flow { timeline, facts, forks, forked, .. }) => {
                let mut observer = |at: Time, fact: &Fact| keep(facts, at, fact);
                if *forks {
                    *forked = Some(timeline.fork(edit, &mut observer)?);
                    *forks = false;
                } else {
                    timeline.command(edit, &mut observer)?;
                }
            }
            None => self.history.apply(edit)?,
        }
        self.revision += 1;
        Ok(())
    }

    /// Undoes the last edit of the plan; while the water flows, takes back the last order that waits. Says whether there
    /// was one.
    pub fn undo(&mut self) -> bool {
        let done = match &mut self.flow {
            Some(flow) => flow.timeline.recall().is_ok(),
            None => self.history.undo(),
        };
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
        self.play().map_or_else(|| self.history.can_undo(), |play| play.waiting().len() > 0)
    }

    /// The board as it will be once the Navigator has done what he is on the way to.
    pub fn board_ahead(&self) -> &Board {
        self.play().map_or_else(|| self.history.board(), Play::board_ahead)
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
        let timeline = Timeline::start(&self.level, self.history.board(), seed.unwrap_or(self.attempts + 1))?;
        self.attempts += 1;
        self.revision += 1;
        self.flow = Some(Flow::new(timeline));
        self.slowed.clear();
        Ok(())
    }

    /// Drops the run and goes back to the plan, for which the clock starts again.
    pub fn stop(&mut self) {
        self.flow = None;
        self.slowed.clear();
        self.plan_left_s = self.level.flow.plan_s.map(f64::from);
        self.revision += 1;
    }

    /// Lets `wall_s` seconds of building pass. Says whether the time for it has just run out: then the water comes.
    pub fn pass_plan(&mut self, wall_s: f64) -> bool {
        let Some(left_s) = self.plan_left_s.filter(|left_s| *left_s > 0.0 && self.flow.is_none()) else { return false };
        let left_s = (left_s - wall_s.clamp(0.0, FRAME_S_MAX)).max(0.0);
        self.plan_left_s = Some(left_s);
        left_s == 0.0
    }

    /// Seconds of building that are left, where the level is played against the clock.
    pub fn plan_left_s(&self) -> Option<f64> {
        self.plan_left_s
    }

    /// Holds the run, or lets it go on.
    pub fn set_paused(&mut self, paused: bool) {
        if let Some(flow) = &mut self.flow {
            flow.paused = paused;
            flow.has_broken &= paused;
        }
    }

    /// Whether there is nothing more to wait for: the run is over, or has just been lost before the eye.
    pub fn has_ended(&self) -> bool {
        self.flow.as_ref().is_some_and(|flow| flow.has_broken || flow.timeline.play().is_over())
    }

    /// Whether the branch that is shown is someone else's.
    pub fn is_visiting(&self) -> bool {
        let visit = self.flow.as_ref().and_then(|flow| Some((flow.visit?, flow.timeline.current())));
        visit.is_some_and(|(visit, branch)| branch.number() < visit.branches)
    }

    /// What the run of someone else's turned out to be, where one is watched.
    pub fn visit_check(&self) -> Option<Check> {
        self.flow.as_ref()?.visit.map(|visit| visit.check)
    }

    /// Holds the run of someone else's: whatever the player does next begins a branch of their own.
    pub fn take_over(&mut self) {
        if let Some(flow) = &mut self.flow
            && let Some(visit) = &mut flow.visit
        {
            visit.taken_over = true;
            flow.paused = true;
            self.revision += 1;
        }
    }

    /// Whether the player has said that they want to act in someone else's run.
    pub fn has_taken_over(&self) -> bool {
        self.flow.as_ref().and_then(|flow| flow.visit).is_some_and(|visit| visit.taken_over)
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
    pub fn chosen_pace_ns_per_s(&self) -> f64 {
        self.level.flow.pace_ms_per_s * 1e6 * SPEEDS[self.speed]
    }

    /// Simulated nanoseconds that pass in a second of play: at the chosen speed, or slower while someone wants it so.
    pub fn pace_ns_per_s(&self) -> f64 {
        self.slowed.values().fold(self.chosen_pace_ns_per_s(), |least, pace| least.min(*pace))
    }

    /// Makes the run slower than the player chose, to that many simulated nanoseconds a second, or no longer.
    pub fn slow(&mut self, who: Slow, pace_ns_per_s: Option<f64>) {
        match pace_ns_per_s {
            Some(pace) => self.slowed.insert(who, pace.max(1.0)),
            None => self.slowed.remove(&who),
        };
    }

    /// Whether the run is slower now, for that reason.
    pub fn is_slow(&self, who: Slow) -> bool {
        self.slowed.contains_key(&who)
    }

    /// Whether the next command makes a fork: a branch that keeps the later commands.
    pub fn forks(&self) -> bool {
        self.flow.as_ref().is_some_and(|flow| flow.forks)
    }

    /// Makes the next command a fork, or an ordinary one. The run is held meanwhile: the change belongs to this moment.
    pub fn set_forks(&mut self, forks: bool) {
        if let Some(flow) = &mut self.flow {
            flow.forks = forks;
            flow.paused |= forks;
        }
    }

    /// What became of the last fork of this run.
    pub fn forked(&self) -> Option<&ForkReport> {
        self.flow.as_ref().and_then(|flow| flow.forked.as_ref())
    }

    /// Names a branch of the run. Says whether that was possible.
    pub fn rename(&mut self, branch: BranchId, name: &str) -> bool {
        let done = self.flow.as_mut().is_some_and(|flow| flow.timeline.rename(branch, name));
        self.revision += u64::from(done);
        done
    }

    /// Handles just the next event, and holds the run.
    pub fn step(&mut self) {
        let Some(flow) = &mut self.flow else { return };
        flow.paused = true;
        flow.remainder_ns = 0.0;
        let (facts, changes) = (&mut flow.facts, flow.timeline.play().changes());
        flow.timeline.step(&mut |at: Time, fact: &Fact| keep(facts, at, fact));
        self.revision += u64::from(changes != flow.timeline.play().changes());
    }

    /// Shows the run at another moment, and holds it there. Says whether there is a run.
    pub fn seek(&mut self, at: Time) -> bool {
        let Some(flow) = &mut self.flow else { return false };
        (flow.paused, flow.remainder_ns, flow.has_broken) = (true, 0.0, false);
        let changes = flow.timeline.play().changes();
        flow.timeline.seek(at);
        // What had happened by then does not happen before the eye once more.
        flow.facts.clear();
        self.revision += u64::from(changes != flow.timeline.play().changes());
        true
    }

    /// Shows another branch of the run, and holds it. Says whether there is such a branch.
    pub fn switch(&mut self, branch: BranchId) -> bool {
        let Some(flow) = &mut self.flow else { return false };
        (flow.paused, flow.remainder_ns, flow.has_broken) = (true, 0.0, false);
        flow.facts.clear();
        let done = flow.timeline.switch(branch);
        self.revision += u64::from(done);
        done
    }

    /// Lets `wall_s` seconds of play pass at the chosen speed, unless the run is held.
    pub fn tick(&mut self, wall_s: f64) {
        let pace_ns_per_s = self.pace_ns_per_s();
        let Some(flow) = &mut self.flow else { return };
        if flow.paused || flow.timeline.play().is_over() {
            return;
        }
        let ns = wall_s.clamp(0.0, FRAME_S_MAX) * pace_ns_per_s + flow.remainder_ns;
        flow.remainder_ns = ns.fract();
        // What has been seen already does not break before the eye once more.
        let was_whole = flow.timeline.play().judge().exhausted_at().is_none();
        let seen = flow.timeline.seen();
        self.revision += u64::from(flow.advance_ns(ns as u64));
        if was_whole && flow.timeline.play().judge().exhausted_at().is_some_and(|at| at >= seen) {
            (flow.paused, flow.has_broken) = (true, true);
        }
    }

    /// Lets exactly that much simulated time pass, held or not. Says whether there is a run.
    pub fn advance_ns(&mut self, ns: u64) -> bool {
        let Some(flow) = &mut self.flow else { return false };
        self.revision += u64::from(flow.advance_ns(ns));
        true
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
    /// It flows.
    const fn new(timeline: Timeline) -> Self {
        Self {
            timeline,
            paused: false,
            remainder_ns: 0.0,
            facts: Vec::new(),
            forks: false,
            forked: None,
            has_broken: false,
            visit: None,
        }
    }

    /// Says whether the board is another one now: a branch has its commands.
    fn advance_ns(&mut self, ns: u64) -> bool {
        let changes = self.timeline.play().changes();
        let until = self.timeline.now().plus_ns(ns);
        let facts = &mut self.facts;
        self.timeline.advance_to(until, &mut |at: Time, fact: &Fact| keep(facts, at, fact));
        if self.timeline.play().is_over() {
            // The rest of the run is quiet; its end is where digests are compared.
            self.timeline.advance_to(Time::MAX, &mut ());
        }
        changes != self.timeline.play().changes()
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
    fn in_the_past_of_a_run_a_command_makes_a_branch_and_the_first_run_stays() {
        let mut session = solved();
        session.start(Some(5)).unwrap();
        session.advance_ns(6_000_000_000);
        let (digest, revision) = (session.play().unwrap().digest(), session.revision());
        assert!(session.seek(Time::from_ms(2_000)) && session.is_paused() && session.take_facts().is_empty());
        assert_eq!(session.revision(), revision, "the board is the same");
        let name = session.board().pipes()[0].name.clone();
        session.edit(&Edit::Valve { name, shut: true }).unwrap();
        let timeline = session.timeline().unwrap();
        assert_eq!((timeline.branch_count(), timeline.current().number()), (1, 1));
        session.advance_ns(4_000_000_000);
        assert_ne!(session.play().unwrap().digest(), digest);
        assert!(session.switch(BranchId::MAIN) && session.seek(Time::from_ms(6_000)));
        assert_eq!(session.play().unwrap().digest(), digest);
        assert!(session.board().pipes().iter().all(|pipe| !pipe.shut));
    }

    #[test]
    fn a_fork_keeps_what_was_done_later_and_a_branch_does_not() {
        let mut session = solved();
        session.start(Some(5)).unwrap();
        let valve =
            |session: &Session, nth: usize, shut| Edit::Valve { name: session.board().pipes()[nth].name.clone(), shut };
        session.advance_ns(4_000_000_000);
        let later = valve(&session, 1, true);
        session.edit(&later).unwrap();
        session.advance_ns(1_000_000_000);
        session.seek(Time::from_ms(2_000));
        session.set_forks(true);
        assert!(session.forks() && session.is_paused());
        let earlier = valve(&session, 0, true);
        session.edit(&earlier).unwrap();
        assert!(!session.forks() && session.forked().is_some_and(|report| report.refused.is_empty()));
        let commands = |session: &Session| session.timeline().unwrap().commands().len();
        assert_eq!(commands(&session), 2);
        session.switch(BranchId::MAIN);
        session.seek(Time::from_ms(2_000));
        session.edit(&earlier).unwrap();
        assert_eq!(commands(&session), 1);
        assert!(session.rename(BranchId::MAIN, "as it was"));
        assert_eq!(session.timeline().unwrap().branch(BranchId::MAIN).unwrap().name(), Some("as it was"));
    }

    #[test]
    fn the_slowest_of_those_who_want_it_slow_counts() {
        let mut session = solved();
        let chosen = session.chosen_pace_ns_per_s();
        session.start(None).unwrap();
        session.slow(Slow::Moment, Some(chosen * 0.5));
        session.slow(Slow::Ride, Some(chosen * 0.1));
        assert_eq!(session.pace_ns_per_s(), chosen * 0.1);
        session.slow(Slow::Ride, None);
        assert_eq!(session.pace_ns_per_s(), chosen * 0.5);
        session.slow(Slow::Moment, Some(chosen * 9.0));
        assert_eq!(session.pace_ns_per_s(), chosen, "never faster than chosen");
        session.stop();
        assert!(!session.is_slow(Slow::Moment));
    }

    #[test]
    fn the_clock_of_the_plan_runs_out_once_and_starts_again() {
        const RACE: &str = include_str!("../../../levels/3-flow-control/pipe-walker.ron");
        let mut session = Session::open(Level::parse(RACE).unwrap());
        let whole_s = f64::from(session.level().flow.plan_s.unwrap());
        assert!(!session.pass_plan(0.2));
        assert_eq!(session.plan_left_s(), Some(whole_s - 0.2));
        let passed = (0..5_000).filter(|_| session.pass_plan(0.2)).count();
        assert_eq!((passed, session.plan_left_s()), (1, Some(0.0)));
        session.start(None).unwrap();
        assert!(!session.pass_plan(0.2), "it rests while the water flows");
        session.stop();
        assert_eq!(session.plan_left_s(), Some(whole_s));
        assert!(solved().plan_left_s().is_none(), "other levels have none");
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
