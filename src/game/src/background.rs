//! Work in the background: jobs that take seconds are computed beside the game, which draws on meanwhile.
//!
//! ```text
//! let running = background.start(Job::trial(…));      // `background: Res<Background>`
//! for news in running.news(&mut awake) { … }          // in each frame, until one of the news is the last
//! drop(running);                                      // as soon as nobody wants to know any more
//! ```
//!
//! In the page a worker computes, on the desktop a thread; [`Beside`] is what both are. Where neither can be had, the
//! job is computed in slices of frames: slower, with the same news.

#[cfg(not(target_arch = "wasm32"))]
mod thread;

use crate::awake::Awake;
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use pipe_maze_prover::{Job, News};
use std::sync::Arc;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Background>();
    app.add_systems(PreStartup, learn_to_wake);
}

/// What is simulated in one frame at most, where there is nothing but frames: a few milliseconds of work.
const WORK_PER_FRAME: u64 = 12_000;
/// How long news keep the screen awake, in seconds: from frame to frame where frames compute, and until they are seen.
const AWAKE_S: f32 = 0.5;

/// Has a frame drawn, from wherever it is called.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Starts jobs.
#[derive(Resource)]
pub struct Background {
    wake: Wake,
}

impl Default for Background {
    /// Without a window nobody waits for a frame.
    fn default() -> Self {
        Self { wake: Arc::new(|| {}) }
    }
}

/// A place beside the game, where one job is computed. Dropped, it stops.
pub trait Beside: Send + Sync {
    /// What the job has told since this was asked last.
    ///
    /// # Errors
    /// Why nothing can be computed here after all. Then nothing has been told.
    fn hear(&mut self) -> Result<Vec<News>, String>;
}

/// A job that is being computed. Dropped, it stops.
pub struct Running {
    /// The job as it was given, or as far as frames have computed it.
    job: Job,
    beside: Option<Box<dyn Beside>>,
}

impl Background {
    /// Starts a job.
    pub fn start(&self, job: Job) -> Running {
        let beside = match start_beside(&job, Arc::clone(&self.wake)) {
            Ok(beside) => Some(beside),
            Err(reason) => {
                tell_of_slices(&reason);
                None
            }
        };
        Running { job, beside }
    }
}

impl Running {
    /// A job that only frames compute.
    pub const fn in_slices(job: Job) -> Self {
        Self { job, beside: None }
    }

    /// What the job has told since this was asked last; to be asked in each frame.
    pub fn news(&mut self, awake: &mut Awake) -> Vec<News> {
        match self.beside.as_mut().map(|beside| beside.hear()) {
            Some(Ok(news)) => {
                if !news.is_empty() {
                    awake.keep_for(AWAKE_S);
                }
                return news;
            }
            Some(Err(reason)) => {
                self.beside = None;
                tell_of_slices(&reason);
            }
            None => {}
        }
        let mut news = Vec::new();
        if !self.job.advance(WORK_PER_FRAME, &mut |each| news.push(each)) || !news.is_empty() {
            awake.keep_for(AWAKE_S);
        }
        news
    }
}

#[cfg(target_arch = "wasm32")]
fn start_beside(job: &Job, wake: Wake) -> Result<Box<dyn Beside>, String> {
    Ok(Box::new(crate::page::PageWorker::start(job, wake)?))
}

#[cfg(not(target_arch = "wasm32"))]
fn start_beside(job: &Job, wake: Wake) -> Result<Box<dyn Beside>, String> {
    Ok(Box::new(thread::Thread::start(job.clone(), wake)?))
}

fn tell_of_slices(reason: &str) {
    warn!("nothing can be computed beside the game, so frames do it, which takes longer: {reason}");
}

fn learn_to_wake(event_loop: Option<Res<EventLoopProxyWrapper>>, mut background: ResMut<Background>) {
    let Some(event_loop) = event_loop else { return };
    let event_loop = (**event_loop).clone();
    // An event loop that has ended draws no frame.
    background.wake = Arc::new(move || {
        let _ = event_loop.send_event(WinitUserEvent::WakeUp);
    });
}
