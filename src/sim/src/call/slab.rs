//! The slab of requests in flight: slots are used again, and a generation tells an old reference from a new one.

use super::request::Request;

/// A reference to a request that may have ended since.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ticket {
    pub slot: u32,
    pub generation: u32,
}

/// Requests in flight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slab {
    entries: Vec<(u32, Option<Request>)>,
    free: Vec<u32>,
}

impl Slab {
    pub fn insert(&mut self, request: Request) -> Ticket {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.entries.push((0, None));
            (self.entries.len() - 1) as u32
        });
        let entry = &mut self.entries[slot as usize];
        entry.1 = Some(request);
        Ticket { slot, generation: entry.0 }
    }

    pub fn remove(&mut self, slot: u32) {
        let entry = &mut self.entries[slot as usize];
        if entry.1.take().is_some() {
            entry.0 = entry.0.wrapping_add(1);
            self.free.push(slot);
        }
    }

    /// The request of that slot. Callers hold slots only of requests that are in flight.
    pub fn at(&mut self, slot: u32) -> &mut Request {
        self.entries[slot as usize].1.as_mut().expect("a pipe or a service holds only slots of requests in flight")
    }

    /// The request of that ticket, if it is still in flight.
    pub fn get(&mut self, ticket: Ticket) -> Option<&mut Request> {
        let (generation, request) = self.entries.get_mut(ticket.slot as usize)?;
        if *generation == ticket.generation { request.as_mut() } else { None }
    }

    pub fn len(&self) -> usize {
        self.entries.len() - self.free.len()
    }
}
