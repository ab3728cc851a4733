//! Keyframes: copies of runs from which other moments are computed.
//!
//! They lie apart by work, not by time: where much happens they are close together, so that the way from one to any
//! moment after it takes about equally long. When they take too much room, those go first that are long ago and whose
//! loss makes the way longest by least; the first one never goes.

use super::Moment;
use super::branch::{BranchId, Tree};
use pipe_maze_sim::Time;

/// The most work between two keyframes: messages and requests that are moved, a few milliseconds of computing.
const STRIDE_MAX: u64 = 10_000;
/// Keyframes of a run, about, where that is less work.
const COUNT: f64 = 128.0;
/// Messages and requests that are moved for each request that is issued, at least: there, back, and the work itself.
const WORK_PER_REQUEST: f64 = 4.0;

/// The keyframes of all branches.
#[derive(Clone, Debug)]
pub(super) struct Keyframes {
    /// By branch, then by time. Those of a branch lie after its split.
    frames: Vec<Vec<Keyframe>>,
    /// Work between two keyframes.
    stride: u64,
    bytes_max: usize,
    /// Bytes that keyframes hold alone.
    own_bytes: usize,
    /// Bytes that the keyframes of a branch share, by branch.
    shared_bytes: Vec<usize>,
    /// How many have been made.
    made: u64,
}

#[derive(Clone, Debug)]
struct Keyframe {
    moment: Moment,
    work: u64,
    bytes: usize,
    /// Which one it is, of all that have been made.
    nth: u64,
}

impl Keyframe {
    fn of(moment: &Moment, nth: u64) -> Self {
        let bytes = size_of::<Self>() + moment.play.heap_bytes() + moment.book.heap_bytes();
        Self { moment: moment.clone(), work: moment.play.simulation().work_done(), bytes, nth }
    }

    fn now(&self) -> Time {
        self.moment.now()
    }
}

impl Keyframes {
    /// Of a run with about so many requests.
    pub fn new(start: Moment, requests: f64, bytes_max: usize) -> Self {
        let stride = ((requests * WORK_PER_REQUEST / COUNT) as u64).clamp(1, STRIDE_MAX);
        let first = Keyframe::of(&start, 0);
        let own_bytes = first.bytes;
        Self { frames: vec![vec![first]], stride, bytes_max, own_bytes, shared_bytes: vec![0], made: 1 }
    }

    /// Bytes of all of them, those included that they share: for each branch, so it may be less.
    pub fn bytes(&self) -> usize {
        self.own_bytes + self.shared_bytes.iter().sum::<usize>()
    }

    pub fn len(&self) -> usize {
        self.frames.iter().map(Vec::len).sum()
    }

    /// The start of the first run.
    pub fn first(&self) -> &Moment {
        &self.frames[0][0].moment
    }

    /// The latest keyframe of a branch, or of those that it came from, that is not after `at`.
    pub fn nearest(&self, tree: &Tree, branch: BranchId, at: Time) -> &Moment {
        &self.nearest_frame(tree, branch, at).moment
    }

    /// Takes a moment of a branch if it is far enough from the keyframe before.
    pub fn offer(&mut self, tree: &Tree, branch: BranchId, moment: &Moment) {
        let before = self.nearest_frame(tree, branch, moment.now());
        if moment.play.simulation().work_done().saturating_sub(before.work) < self.stride {
            return;
        }
        let owner = tree.owner(branch, moment.now(), moment.play.orders().inputs());
        let index = owner.0 as usize;
        self.frames.resize_with(self.frames.len().max(index + 1), Vec::new);
        self.shared_bytes.resize(self.frames.len(), 0);
        let is_latest = self.frames[index].last().is_none_or(|last| last.now() < moment.now());
        if !is_latest {
            return;
        }
        let frame = Keyframe::of(moment, self.made);
        self.made += 1;
        self.own_bytes += frame.bytes;
        self.shared_bytes[index] = moment.play.shared_bytes() + moment.book.shared_bytes();
        self.frames[index].push(frame);
        while self.bytes() > self.bytes_max && self.thin() {}
    }

    fn nearest_frame(&self, tree: &Tree, mut branch: BranchId, mut at: Time) -> &Keyframe {
        loop {
            let frames = self.frames.get(branch.0 as usize).map_or(&[][..], Vec::as_slice);
            let found = frames[..frames.partition_point(|frame| frame.now() <= at)].last();
            match (found, tree.branch(branch).parent()) {
                (Some(frame), _) => return frame,
                (None, Some((parent, split))) => (branch, at) = (parent, at.min(split)),
                // The first one lies at the start of the first run and stays.
                (None, None) => return &self.frames[0][0],
            }
        }
    }

    /// Drops the keyframe that is missed least. Says whether there was one to drop.
    fn thin(&mut self) -> bool {
        let mut least: Option<(f64, usize, usize)> = None;
        for (branch, frames) in self.frames.iter().enumerate() {
            for nth in usize::from(branch == 0)..frames.len() {
                let before =
                    nth.checked_sub(1).map_or(frames[nth].work.saturating_sub(self.stride), |nth| frames[nth].work);
                let after = frames.get(nth + 1).map_or(frames[nth].work + self.stride, |frame| frame.work);
                // Weakly by age: else a few gaps long ago would be as long as all of what is recent.
                let age = ((self.made - frames[nth].nth) as f64).sqrt().sqrt().sqrt();
                let missed = after.saturating_sub(before) as f64 / age;
                if least.is_none_or(|(by, ..)| missed < by) {
                    least = Some((missed, branch, nth));
                }
            }
        }
        let Some((_, branch, nth)) = least else { return false };
        self.own_bytes -= self.frames[branch].remove(nth).bytes;
        true
    }
}
