//! What changes a run from outside, at its time: commands and hazards.
//!
//! | file | what it does |
//! |---|---|
//! | `commands` | each command is applied or refused |
//! | `hazards` | hazards begin and end, and what they do to pipes and services |
//! | `schedule` | whether a hazard is active, and until when |
//! | `replicas` | replicas start, drain, and are gone |
//! | `crashes` | a replica goes down with what it works on |
//! | `pauses` | a replica stands still, and goes on |

mod commands;
mod crashes;
mod hazards;
mod pauses;
mod replicas;
mod schedule;

pub(super) use schedule::state_at;
