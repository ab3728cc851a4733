//! The critical path of a trace: what the end of the request waited for, moment by moment (`FACTS` OB-CRITPATH).
//!
//! ```text
//!  root   |----------------------------------|      From its end backwards: the child that ended last, clipped to
//!  a          |-------|                            the end of its parent; before that child's start the one that
//!  b            |----------|                       ended last until then. `a` overlaps with `b`, which is on the
//!  c                          |---------|          path. What no child covers is the parent's own.
//!  path   rrrrrrbbbbbbbbbbbbrrcccccccccccrrr
//! ```

use super::Trace;
use crate::kernel::time::Time;
use std::cmp::Reverse;

/// A stretch of the critical path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// The span that it is due to: its place in [`Trace::spans`].
    pub span: usize,
    /// Its begin.
    pub start: Time,
    /// Its end: the begin of the next.
    pub end: Time,
}

impl Segment {
    /// Its length, in nanoseconds.
    pub const fn ns(&self) -> u64 {
        self.end.since_ns(self.start)
    }
}

impl Trace {
    /// The critical path, earliest first. Its segments follow one another without a gap, so that their lengths add up
    /// to the root's duration. Empty where the root is missing or has no duration.
    pub fn critical_path(&self) -> Vec<Segment> {
        let Some(root) = self.spans.iter().position(|span| span.parent == 0) else { return Vec::new() };
        let seen = (0..self.spans.len()).map(|span| span == root).collect();
        let mut walk = Walk { trace: self, by_parent: self.by_parent(), seen, path: Vec::new() };
        let mut levels = vec![walk.level(root, Time::ZERO, Time::MAX)];
        while let Some(level) = levels.last_mut() {
            if let Some(child) = walk.last_before(level) {
                levels.push(child);
            } else {
                walk.own(level.span, level.start, level.cursor);
                levels.pop();
            }
        }
        walk.path.reverse();
        walk.path
    }

    /// The spans by the identity of their parents.
    fn by_parent(&self) -> Vec<(u64, usize)> {
        let mut by_parent: Vec<_> = self.spans.iter().enumerate().map(|(i, span)| (span.parent, i)).collect();
        by_parent.sort();
        by_parent
    }
}

/// The walk from the root's end to its start.
struct Walk<'a> {
    trace: &'a Trace,
    by_parent: Vec<(u64, usize)>,
    /// Spans that have been walked through, so that no chain of parents, however wrong, is walked for ever.
    seen: Vec<bool>,
    /// What has been found so far, latest first.
    path: Vec<Segment>,
}

/// A span that is walked through.
struct Level {
    span: usize,
    /// Its interval, clipped to its parent's.
    start: Time,
    end: Time,
    /// What lies after it has been walked through.
    cursor: Time,
    /// Its children that remain, the one that ended last first.
    children: std::vec::IntoIter<usize>,
}

impl Walk<'_> {
    /// Begins with a span, clipped to that interval.
    fn level(&self, span: usize, not_before: Time, not_after: Time) -> Level {
        let spans = &self.trace.spans;
        let id = spans[span].id;
        let first = self.by_parent.partition_point(|&(parent, _)| parent < id);
        let of_span = self.by_parent[first..].iter().take_while(|&&(parent, _)| parent == id);
        let mut children: Vec<usize> = of_span.map(|&(_, child)| child).collect();
        let end = spans[span].end.min(not_after);
        // Of those that end together the longest comes first.
        children.sort_by_key(|&child| (Reverse(spans[child].end.min(end)), spans[child].start, child));
        let start = spans[span].start.max(not_before);
        Level { span, start, end, cursor: end, children: children.into_iter() }
    }

    /// Goes on to the child that ended last before what has been walked through.
    fn last_before(&mut self, level: &mut Level) -> Option<Level> {
        loop {
            let child = level.children.next()?;
            let span = &self.trace.spans[child];
            let (start, end) = (span.start.max(level.start), span.end.min(level.end));
            let beside_another = end > level.cursor;
            if beside_another || start >= end || self.seen[child] {
                continue;
            }
            self.seen[child] = true;
            self.own(level.span, end, level.cursor);
            level.cursor = start;
            return Some(self.level(child, start, end));
        }
    }

    /// A stretch that no child covers.
    fn own(&mut self, span: usize, start: Time, end: Time) {
        if start < end {
            self.path.push(Segment { span, start, end });
        }
    }
}
