//! The keys of the texts that say how a request ended, and why.

use pipe_maze_sim::{Cause, Outcome};

/// The key of what is to blame. The text may name the piece as `room`.
pub const fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::Queue(_) => "cause-queue",
        Cause::Service(_) => "cause-service",
        Cause::Pipe(_) => "cause-pipe",
        Cause::Hazard(_) => "cause-hazard",
        Cause::Client(_) => "cause-client",
        Cause::Full(_) => "cause-full",
        Cause::NoRoute(_) => "cause-no-route",
        Cause::Lost(_) => "cause-lost",
        Cause::Down(_) => "cause-down",
        Cause::Error(_) => "cause-error",
        Cause::Open(_) => "cause-open",
        Cause::Bulkhead(_) => "cause-bulkhead",
        Cause::Expired(_) => "cause-expired",
    }
}

/// The key of how it ended; an answer counts as late, for no other is told of.
pub const fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "outcome-late",
        Outcome::TimedOut => "outcome-timed-out",
        Outcome::Rejected => "outcome-rejected",
        Outcome::NoRoute => "outcome-no-route",
        Outcome::Failed => "outcome-failed",
        Outcome::ShortCircuited => "outcome-short-circuited",
    }
}
