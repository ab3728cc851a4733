//! The run of a session: how time passes in it, where one is in it, and its branches.

use super::{FACTS_MAX, FRAME_S_MAX, Flow, SPEEDS, Session, Slow};
use pipe_maze_level::timeline::{BranchId, ForkReport};
use pipe_maze_level::{Play, PlayError, Timeline, Verdict};
use pipe_maze_sim::{Fact, Time};

impl Session {
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

    /// Whether there is nothing more to wait for: the run is over.
    pub fn has_ended(&self) -> bool {
        self.play().is_some_and(Play::is_over)
    }

    /// Whether the run is lost at the moment that is shown, although it goes on: nothing that comes can win it any more.
    pub fn is_lost(&self) -> bool {
        !self.has_ended() && self.verdict() == Some(Verdict::Lost)
    }

    /// Whether the run is held because it has just been lost before the eye.
    pub fn has_broken(&self) -> bool {
        self.flow.as_ref().is_some_and(|flow| flow.has_broken)
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

    /// Notes that the result of the run is read as it is at the moment that is shown.
    pub fn note_result(&mut self) {
        if let Some(flow) = &mut self.flow {
            flow.result = Some((flow.timeline.current(), flow.timeline.now()));
        }
    }

    /// The moment of the result that was read, where an earlier one of that branch is shown.
    pub fn result_at(&self) -> Option<Time> {
        let flow = self.flow.as_ref()?;
        let (branch, at) = flow.result?;
        (branch == flow.timeline.current() && flow.timeline.now() < at).then_some(at)
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
    pub(super) const fn new(timeline: Timeline) -> Self {
        Self {
            timeline,
            paused: false,
            remainder_ns: 0.0,
            facts: Vec::new(),
            forks: false,
            forked: None,
            has_broken: false,
            result: None,
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

/// Keeps a fact for the view, as long as there are few enough.
pub(super) fn keep(facts: &mut Vec<(Time, Fact)>, at: Time, fact: &Fact) {
    if facts.len() < FACTS_MAX {
        facts.push((at, *fact));
    }
}
