//! Instances that are drawn bit by bit: measured, calibrated and proved, and drawn anew where they do not hold.

use super::{DIFFICULTIES, DRAWS_MAX, Die, Instance, MARGIN_MIN, SEEDS, Template};
use crate::proof::Prover;

/// An instance that is being drawn. Dropping it is all that it takes to stop.
#[derive(Clone, Debug)]
pub struct Drawing {
    template: Template,
    seed: u64,
    difficulty: u8,
    /// How many have been begun.
    draws: u32,
    stage: Stage,
}

/// How far the one is that is drawn now.
#[derive(Clone, Debug)]
enum Stage {
    /// The next one is to be begun.
    Next,
    /// It is measured, with these seeds.
    Measuring(Box<Instance>, Prover, u64),
    /// It is calibrated, and proved.
    Proving(Box<Instance>, Prover),
    /// It holds; or nothing that was drawn did.
    Over(Option<Box<Instance>>),
}

/// How far a drawing is. How often it has to draw nobody knows before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DrawingProgress {
    /// The how manieth is drawn now, from 1.
    pub draw: u32,
    /// Runs of it that are over.
    pub done: u64,
    /// Runs of it in all, where it holds.
    pub total: u64,
}

impl Drawing {
    /// Begins to draw the instance of that seed and difficulty, put within [`DIFFICULTIES`].
    pub fn new(template: Template, seed: u64, difficulty: u8) -> Self {
        let difficulty = difficulty.clamp(*DIFFICULTIES.start(), *DIFFICULTIES.end());
        Self { template, seed, difficulty, draws: 0, stage: Stage::Next }
    }

    /// What is drawn.
    pub const fn template(&self) -> Template {
        self.template
    }

    /// How far it is.
    pub fn progress(&self) -> DrawingProgress {
        let (done, total) = match &self.stage {
            Stage::Next | Stage::Over(_) => (0, 1),
            Stage::Measuring(_, prover, _) => (prover.progress().done, prover.progress().total * 2),
            Stage::Proving(_, prover) => {
                let progress = prover.progress();
                (progress.total + progress.done, progress.total * 2)
            }
        };
        DrawingProgress { draw: self.draws.max(1), done, total }
    }

    /// Computes on until about so much [work](pipe_maze_sim::Simulation::work_done) is done, or one stage of it is. Says
    /// whether all of it is.
    pub fn advance(&mut self, work: u64) -> bool {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Next) {
            Stage::Next if self.draws == DRAWS_MAX => Stage::Over(None),
            Stage::Next => self.begin().unwrap_or(Stage::Next),
            Stage::Measuring(instance, mut prover, seed_base) => match prover.advance(work) {
                Ok(false) => Stage::Measuring(instance, prover, seed_base),
                Ok(true) => calibrated(*instance, &prover, seed_base).unwrap_or(Stage::Next),
                Err(_) => Stage::Next,
            },
            Stage::Proving(instance, mut prover) => match prover.advance(work) {
                Ok(false) => Stage::Proving(instance, prover),
                Ok(true) => {
                    let proof = prover.proof();
                    let holds = proof.is_some_and(|proof| proof.holds() && proof.margin() >= MARGIN_MIN);
                    if holds { Stage::Over(Some(instance)) } else { Stage::Next }
                }
                Err(_) => Stage::Next,
            },
            over @ Stage::Over(_) => over,
        };
        matches!(self.stage, Stage::Over(_))
    }

    /// What was drawn. Nothing where it is not done, or where every one was too easy or too hard.
    pub fn into_instance(self) -> Option<Instance> {
        match self.stage {
            Stage::Over(instance) => instance.map(|instance| *instance),
            _ => None,
        }
    }

    /// Draws another one; nothing where its pieces find no place.
    fn begin(&mut self) -> Option<Stage> {
        let draw = u64::from(self.draws);
        self.draws += 1;
        let mut die = Die::new(self.template.key(), &[self.seed, u64::from(self.difficulty), draw]);
        let mut instance = self.template.draw(&mut die, self.difficulty)?;
        instance.name(&format!("{}-{}-{:x}", self.template.key(), self.difficulty, self.seed));
        // Seeds of its own for each of them.
        let seed_base = die.any();
        let prover = instance.prover(seed_base);
        Some(Stage::Measuring(Box::new(instance), prover, seed_base))
    }
}

/// What has been measured asks for as much as it should, and is to be proved on other seeds.
fn calibrated(mut instance: Instance, measured: &Prover, seed_base: u64) -> Option<Stage> {
    instance.calibrate(&measured.proof()?)?;
    let prover = instance.prover(seed_base.wrapping_add(SEEDS));
    Some(Stage::Proving(Box::new(instance), prover))
}
