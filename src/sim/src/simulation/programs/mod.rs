//! Endpoint programs run.
//!
//! | file | what it does |
//! |---|---|
//! | `frame` | what is kept of one run |
//! | `run` | a program starts, waits, goes on, and ends |
//! | `steps` | what each operation does |
//! | `children` | calls that it makes and waits for, and messages that it publishes |
//! | `permits` | permits of the service's pools |

mod children;
pub(super) mod frame;
mod permits;
mod run;
mod steps;

use crate::call::outcome::{Cause, Outcome};

/// Most calls above a call: a chain that is longer has a loop in it.
pub(super) const DEPTH_MAX: u8 = 32;

/// What a program does after an operation.
enum Next {
    /// The next operation.
    On,
    /// It waits, or is no more.
    Stop,
    /// It has ended.
    End(Outcome, Option<Cause>),
}
