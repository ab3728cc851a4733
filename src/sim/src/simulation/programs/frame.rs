//! A frame: one run of an endpoint's program for one attempt.

use crate::call::attempt::NONE;
use crate::call::record::Context;
use crate::kernel::random::Key;

/// What a frame waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Waiting {
    /// The end of work, or of a sleep.
    Work,
    /// The end of a read.
    Read,
    /// The end of a write; then the version of its key rises.
    Write,
    /// Calls.
    Calls,
    /// A permit of the pool of that index.
    Pool(u8),
    /// Its turn to fail: a call has failed, and it has not answered yet.
    Failure,
}

/// One run of a program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub slot: u32,
    pub station: u16,
    pub replica: u16,
    /// The next operation.
    pub pc: u16,
    pub waiting: Waiting,
    /// Pools of which it holds a permit, by bit.
    pub held: u16,
    /// Calls that must still succeed.
    pub needed: u16,
    /// Calls that have not ended.
    pub pending: u16,
    /// Any failure is one too many.
    pub strict: bool,
    /// It is just making its calls. One that ends at once does not make it go on: a long row of them would become a
    /// deep recursion.
    pub calling: bool,
    /// The newest of the calls that have not ended.
    pub children: u32,
    pub key: Key,
    pub context: Context,
}

impl Frame {
    pub fn new(slot: u32, station: u16, replica: u16, pc: u16, key: Key, context: Context) -> Self {
        Self {
            slot,
            station,
            replica,
            pc,
            waiting: Waiting::Work,
            held: 0,
            needed: 0,
            pending: 0,
            strict: true,
            calling: false,
            children: NONE,
            key,
            context,
        }
    }
}
