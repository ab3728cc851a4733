//! The program: in the page what its worker loads, in a terminal a filter from a job to its news.
//!
//! ```text
//! pipe-maze-prover < job.ron
//! ```

#[cfg(not(target_arch = "wasm32"))]
mod terminal;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    terminal::filter()
}

/// In the page, `web::run` is called for each job.
#[cfg(target_arch = "wasm32")]
fn main() {}
