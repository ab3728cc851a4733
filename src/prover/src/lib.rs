//! Trials and proofs as jobs: what takes seconds to compute, and is computed beside the game.
//!
//! 1. A [`Job`] is computed bit by bit, wherever there is time: in a thread, or in slices of a frame.
//! 2. What it finds on the way it tells as [`News`], the last of which says how it ended.
//! 3. Jobs and news are also texts ([`Job::parse`], [`News::parse`]): so the page hands a job to a worker, which loads
//!    this crate as a small wasm of its own, [`perform`]s it, and can be terminated at any moment.
//!
//! The same job gives the same news everywhere. This crate knows no clock, thread, file or browser; its program in
//! `main.rs` knows the way in and out.

mod job;
mod news;
mod text;

pub use job::{Job, perform};
pub use news::News;
pub use text::{JOB_BYTES_MAX, JobError};
