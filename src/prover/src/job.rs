//! A job, computed bit by bit.

use crate::news::News;
use pipe_maze_level::HeldOut;

/// What is simulated between two looks at how far it is: a few hundredths of a second.
const WORK_PER_STEP: u64 = 100_000;

/// Something to compute.
#[derive(Clone, Debug)]
pub struct Job {
    pub(crate) task: Task,
    over: bool,
}

/// The kinds of job. Each is at once what is asked for, and how far it is.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    Trial(HeldOut),
}

impl Job {
    /// How a build does on held-out seeds. Tells [`News::Seed`] for each, in their order.
    pub const fn trial(held_out: HeldOut) -> Self {
        Self { task: Task::Trial(held_out), over: false }
    }

    /// Computes on until about so much [work](pipe_maze_sim::Simulation::work_done) is done, or the job is; tells what
    /// came of it. A million takes a few tenths of a second natively. Says whether it is over.
    pub fn advance(&mut self, work: u64, tell: &mut impl FnMut(News)) -> bool {
        if self.over {
            return true;
        }
        let outcome = match &mut self.task {
            Task::Trial(held_out) => {
                let before = held_out.results().len();
                let outcome = held_out.advance(work);
                held_out.results().iter().skip(before).for_each(|result| tell(News::Seed(*result)));
                outcome
            }
        };
        let last = match outcome {
            Ok(false) => return false,
            Ok(true) => News::Done,
            Err(e) => News::Failed(e.to_string()),
        };
        self.over = true;
        tell(last);
        true
    }
}

/// Computes the job that a text describes, all of it, and tells what comes of it.
pub fn perform(text: &str, tell: &mut impl FnMut(News)) {
    match Job::parse(text) {
        Ok(mut job) => while !job.advance(WORK_PER_STEP, tell) {},
        Err(e) => tell(News::Failed(e.to_string())),
    }
}
