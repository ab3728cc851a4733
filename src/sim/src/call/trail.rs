//! Trails: where an attempt came into a balancer that has several ways in, or that wants to know how long answers take.

use crate::call::attempt::NONE;
use crate::kernel::time::Time;

/// One visit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visit {
    /// When it was there.
    pub at: Time,
    /// The visit before.
    pub next: u32,
    /// The balancer.
    pub balancer: u16,
    /// The pipe that brought it.
    pub pipe: u16,
    /// How many visits there were before.
    pub depth: u8,
}

/// Visits of all attempts, as stacks that share one pool.
#[derive(Clone, Debug)]
pub(crate) struct Trails {
    entries: Vec<Visit>,
    free: u32,
}

impl Trails {
    pub const fn new() -> Self {
        Self { entries: Vec::new(), free: NONE }
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&self.entries[..])
    }

    /// How many visits a stack holds.
    pub fn depth(&self, top: u32) -> u8 {
        if top == NONE { 0 } else { self.entries[top as usize].depth + 1 }
    }

    /// Puts a visit on the stack `top`; gives the new top.
    pub fn push(&mut self, top: u32, at: Time, balancer: u16, pipe: u16) -> u32 {
        let visit = Visit { at, next: top, balancer, pipe, depth: self.depth(top) };
        if self.free == NONE {
            self.entries.push(visit);
            return (self.entries.len() - 1) as u32;
        }
        let slot = self.free;
        self.free = self.entries[slot as usize].next;
        self.entries[slot as usize] = visit;
        slot
    }

    /// The newest visit of the stack `top`.
    pub fn top(&self, top: u32) -> Option<Visit> {
        self.entries.get(top as usize).copied()
    }

    /// Takes the newest visit off; gives the new top.
    pub fn pop(&mut self, top: u32) -> u32 {
        let entry = &mut self.entries[top as usize];
        let next = entry.next;
        entry.next = self.free;
        self.free = top;
        next
    }
}
