//! What the player has achieved, and that it is kept. What it is says `pipe_maze_progress`.

mod keep;

pub(super) use keep::plugin;
pub use pipe_maze_progress::{Calibration, Progress, Record, Robust};
