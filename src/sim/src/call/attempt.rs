//! An attempt: one try of a call on its way to a service, there, and back. The hottest record of the engine.
//!
//! Forty-four bytes a request in flight, in one slab, and one pending event beside: when it comes out of its pipe, or off
//! its worker. Its way back is the pipe that brought it, plus a trail entry for each balancer that can be reached through
//! more than one pipe.

use crate::call::outcome::Outcome;
use crate::kernel::time::Time;

/// No slot.
pub(crate) const NONE: u32 = u32::MAX;
/// Most pipes on the way to a service.
pub(crate) const HOPS_MAX: u8 = 12;

/// Where an attempt is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Place {
    /// In no slot's use.
    Free = 0,
    /// In a pipe.
    Pipe = 1,
    /// Waiting at a service.
    Queue = 2,
    /// With a worker, for a program of one step.
    Worker = 3,
    /// With a worker, for a program whose frame `next` names.
    Frame = 4,
    /// Lost: nothing happens until its client gives up.
    Lost = 5,
    /// At a broker: its event waits in a batch, or is being written.
    Broker = 6,
}

/// A yes or no about an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Flag {
    /// Nobody waits for it any longer.
    Done = 1,
    /// Whoever meets it shall drop it.
    Cancelled = 2,
    /// Its message needs no answer.
    OneWay = 4,
    /// It belongs to a call record; otherwise to a spring directly.
    Recorded = 8,
    /// It is on its way back.
    Returning = 16,
    /// Its spans are wanted.
    Sampled = 32,
    /// A program has begun to do something for it: doing that again may be once too often.
    Worked = 64,
}

/// One try of a call.
#[derive(Clone, Copy, Debug)]
#[repr(C, packed(4))]
pub(crate) struct Attempt {
    /// In a pipe: when it comes out. With a worker: when the work is done, or, while it pauses, what is left of it.
    pub at: Time,
    /// When it set out.
    pub started: Time,
    /// The number of its request, or the index of its call record.
    pub tag: u32,
    /// The replica that works on it; or its frame; or, of a slot that is in no use, the next one.
    pub next: u32,
    /// Its neighbours in a list of equal timeouts.
    pub timer_prev: u32,
    pub timer_next: u32,
    /// The newest trail entry of its way.
    pub trail: u32,
    /// The pipe that it is in, or that brought it.
    pub pipe: u16,
    /// Its call site; for a recorded one, its number among the tries of the call.
    pub site: u16,
    /// Tells this use of the slot, and this stay with a worker, from others.
    pub epoch: u16,
    /// Place in the low three bits, outcome above.
    state: u8,
    flags: u8,
}

impl Attempt {
    pub fn new(now: Time, tag: u32, site: u16) -> Self {
        Self {
            at: now,
            started: now,
            tag,
            next: NONE,
            timer_prev: NONE,
            timer_next: NONE,
            trail: NONE,
            pipe: 0,
            site,
            epoch: 0,
            state: Place::Free as u8,
            flags: 0,
        }
    }

    pub fn place(&self) -> Place {
        match self.state & 7 {
            1 => Place::Pipe,
            2 => Place::Queue,
            3 => Place::Worker,
            4 => Place::Frame,
            5 => Place::Lost,
            6 => Place::Broker,
            _ => Place::Free,
        }
    }

    pub fn set_place(&mut self, place: Place) {
        self.state = self.state & !7 | place as u8;
    }

    /// What its answer says.
    pub fn outcome(&self) -> Outcome {
        match self.state >> 3 {
            0 => Outcome::Answered,
            1 => Outcome::TimedOut,
            2 => Outcome::Rejected,
            3 => Outcome::NoRoute,
            4 => Outcome::Failed,
            _ => Outcome::ShortCircuited,
        }
    }

    /// Whether its answer is a response.
    #[inline]
    pub const fn has_succeeded(&self) -> bool {
        self.state >> 3 == Outcome::Answered as u8
    }

    pub fn set_outcome(&mut self, outcome: Outcome) {
        self.state = self.state & 7 | (outcome as u8) << 3;
    }

    pub fn is(&self, flag: Flag) -> bool {
        self.flags & flag as u8 != 0
    }

    pub fn set(&mut self, flag: Flag) {
        self.flags |= flag as u8;
    }
}

/// Attempts in flight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempts {
    entries: Vec<Attempt>,
    free: u32,
    live: u32,
}

impl Attempts {
    pub fn new() -> Self {
        Self { entries: Vec::new(), free: NONE, live: 0 }
    }

    #[inline]
    pub fn insert(&mut self, attempt: Attempt) -> u32 {
        self.live += 1;
        let slot = self.free;
        if let Some(entry) = self.entries.get_mut(slot as usize) {
            self.free = entry.next;
            // Field by field: a copy of the whole would wait for the record to be written.
            let Attempt { at, started, tag, next, timer_prev, timer_next, trail, pipe, site, epoch: _, state, flags } =
                attempt;
            (entry.at, entry.started, entry.tag, entry.next) = (at, started, tag, next);
            (entry.timer_prev, entry.timer_next, entry.trail) = (timer_prev, timer_next, trail);
            (entry.pipe, entry.site, entry.state, entry.flags) = (pipe, site, state, flags);
            return slot;
        }
        self.entries.push(attempt);
        (self.entries.len() - 1) as u32
    }

    /// Gives a slot back; whatever refers to it by epoch from now on finds it gone.
    pub fn remove(&mut self, slot: u32) {
        let free = self.free;
        let entry = &mut self.entries[slot as usize];
        debug_assert_ne!(entry.place(), Place::Free, "slot {slot} is given back once");
        entry.epoch = entry.epoch.wrapping_add(1);
        entry.set_place(Place::Free);
        entry.next = free;
        self.free = slot;
        self.live -= 1;
    }

    pub fn at(&mut self, slot: u32) -> &mut Attempt {
        &mut self.entries[slot as usize]
    }

    pub fn get(&self, slot: u32) -> &Attempt {
        &self.entries[slot as usize]
    }

    /// Whether the slot still holds what it held at that epoch.
    pub fn is_current(&self, slot: u32, epoch: u16) -> bool {
        self.entries.get(slot as usize).is_some_and(|a| a.epoch == epoch && a.place() != Place::Free)
    }

    /// Those in flight, by slot.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Attempt)> {
        let used = |(_, attempt): &(u32, &Attempt)| attempt.place() != Place::Free;
        self.entries.iter().enumerate().map(|(slot, attempt)| (slot as u32, attempt)).filter(used)
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&self.entries[..])
    }

    pub const fn len(&self) -> usize {
        self.live as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_takes_44_bytes() {
        assert_eq!(size_of::<Attempt>(), 44);
    }

    #[test]
    fn place_outcome_and_flags_do_not_disturb_each_other() {
        let mut attempt = Attempt::new(Time::ZERO, 1, 2);
        attempt.set_outcome(Outcome::ALL[Outcome::ALL.len() - 1]);
        attempt.set_place(Place::Lost);
        attempt.set(Flag::Returning);
        assert_eq!((attempt.place(), attempt.outcome()), (Place::Lost, Outcome::ALL[Outcome::ALL.len() - 1]));
        assert!(attempt.is(Flag::Returning) && !attempt.is(Flag::Done));
    }

    #[test]
    fn a_slot_used_again_is_told_from_its_former_use() {
        let mut attempts = Attempts::new();
        let slot = attempts.insert(Attempt::new(Time::ZERO, 1, 0));
        attempts.at(slot).set_place(Place::Pipe);
        let epoch = attempts.get(slot).epoch;
        attempts.remove(slot);
        assert_eq!(attempts.insert(Attempt::new(Time::ZERO, 2, 0)), slot);
        attempts.at(slot).set_place(Place::Pipe);
        assert!(!attempts.is_current(slot, epoch));
        assert_eq!(attempts.len(), 1);
    }
}
