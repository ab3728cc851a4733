//! A thread of the desktop program.

use super::{Beside, Wake};
use bevy::platform::cell::SyncCell;
use pipe_maze_prover::{Job, News};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};

/// What is simulated between two looks at whether anybody still wants to know: a few hundredths of a second.
const WORK_PER_LOOK: u64 = 100_000;

/// A thread that computes a job.
pub(super) struct Thread {
    news: SyncCell<Receiver<News>>,
    unwanted: Arc<AtomicBool>,
    over: bool,
}

impl Thread {
    /// Starts it; `wake` is called after each piece of news.
    ///
    /// # Errors
    /// Why the system gives no thread.
    pub fn start(mut job: Job, wake: Wake) -> Result<Self, String> {
        let (sender, receiver) = mpsc::channel();
        let unwanted = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&unwanted);
        let compute = move || {
            let mut tell = |news| {
                // Whoever waited for it may be gone.
                let _ = sender.send(news);
                wake();
            };
            while !stop.load(Ordering::Relaxed) && !job.advance(WORK_PER_LOOK, &mut tell) {}
        };
        std::thread::Builder::new().name("prover".into()).spawn(compute).map_err(|e| format!("no thread: {e}"))?;
        Ok(Self { news: SyncCell::new(receiver), unwanted, over: false })
    }
}

impl Beside for Thread {
    fn hear(&mut self) -> Result<Vec<News>, String> {
        let mut heard = Vec::new();
        while !self.over {
            match self.news.get().try_recv() {
                Ok(news) => {
                    self.over = news.is_last();
                    heard.push(news);
                }
                Err(TryRecvError::Empty) => break,
                // A thread ends without its last news only by a panic, which has been reported already.
                Err(TryRecvError::Disconnected) => {
                    self.over = true;
                    heard.push(News::Failed("the thread that computed it has ended early".into()));
                }
            }
        }
        Ok(heard)
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.unwanted.store(true, Ordering::Relaxed);
    }
}
