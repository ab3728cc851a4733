//! Traffic along a curve: a Poisson process whose rate is made of straight lines, by exact inversion of the area
//! under them. No thinning, so a request needs one draw whatever the curve.
//!
//! ```text
//!  rate  |        ______              Within a line the area after x ns is r x + k x²/2,
//!        |       /      \             with r the rate at the beginning and k the slope; the request comes
//!        |______/   area \________    at the x where it reaches the request's own unit exponential.
//!        +--------------------------> time
//! ```

use super::RatePoint;
use crate::kernel::time::Time;
use std::sync::Arc;

/// The state of the process.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    lines: Arc<[Line]>,
    repeat_ns: Option<u64>,
    /// The area under one repetition.
    round_area: f64,
    /// When the present repetition began.
    round_start_ns: u64,
    /// Which line the process is on.
    line: usize,
    /// By how much the last request's true time lies after the whole nanosecond that it was given.
    past_ns: f64,
}

/// A straight piece of the curve. Times count from the start of a repetition.
#[derive(Clone, Copy, Debug)]
struct Line {
    start_ns: u64,
    end_ns: u64,
    start_rate_per_ns: f64,
    end_rate_per_ns: f64,
}

impl Curve {
    /// Before the first request.
    pub fn new(points: &[RatePoint], repeat_ns: Option<u64>) -> Self {
        let lines = lines(points, repeat_ns.unwrap_or(u64::MAX));
        let round_area = lines.iter().map(|line| line.area_from(0.0)).sum();
        Self { lines: lines.into(), repeat_ns, round_area, round_start_ns: 0, line: 0, past_ns: 0.0 }
    }

    /// When the area since `now` reaches `area`. Nothing where the rate is zero forever.
    pub fn next(&mut self, mut area: f64, now: Time) -> Option<Time> {
        let (mut at_ns, mut past_ns) = (now.as_ns(), self.past_ns);
        self.catch_up(at_ns);
        loop {
            let Some(line) = self.lines.get(self.line) else {
                area = self.next_round(area)?;
                (at_ns, past_ns) = (self.round_start_ns, 0.0);
                continue;
            };
            let on_line_ns = at_ns.saturating_sub(self.round_start_ns).saturating_sub(line.start_ns) as f64 + past_ns;
            let area_left = line.area_from(on_line_ns);
            if area < area_left {
                let offset_ns = past_ns + line.gap_ns(on_line_ns, area);
                self.past_ns = offset_ns - offset_ns.floor();
                return Some(Time::from_ns(at_ns).plus_ns(offset_ns as u64));
            }
            area -= area_left;
            (at_ns, past_ns) = (at_ns.max(self.round_start_ns.saturating_add(line.end_ns)), 0.0);
            self.line += 1;
        }
    }

    /// Goes to the repetition in which `at_ns` lies. Only a source that starts late has any to skip.
    fn catch_up(&mut self, at_ns: u64) {
        if let Some(repeat_ns) = self.repeat_ns
            && at_ns.saturating_sub(self.round_start_ns) >= repeat_ns
        {
            self.round_start_ns = at_ns - at_ns % repeat_ns;
            self.line = 0;
        }
    }

    /// Goes to the repetition in which the area is used up, and gives what of it is left there.
    fn next_round(&mut self, area: f64) -> Option<f64> {
        let repeat_ns = self.repeat_ns.filter(|_| self.round_area > 0.0)?;
        let whole = (area / self.round_area).floor();
        // The conversion saturates: a request too far off to be counted in nanoseconds never comes.
        let skipped_ns = (whole as u64).checked_add(1)?.checked_mul(repeat_ns)?;
        self.round_start_ns = self.round_start_ns.checked_add(skipped_ns)?;
        self.line = 0;
        Some((area - whole * self.round_area).max(0.0))
    }
}

impl Line {
    fn length_ns(&self) -> f64 {
        (self.end_ns - self.start_ns) as f64
    }

    fn slope(&self) -> f64 {
        (self.end_rate_per_ns - self.start_rate_per_ns) / self.length_ns()
    }

    fn rate_at(&self, on_line_ns: f64) -> f64 {
        (self.start_rate_per_ns + self.slope() * on_line_ns).max(0.0)
    }

    /// The area from there to the line's end.
    fn area_from(&self, on_line_ns: f64) -> f64 {
        let left_ns = (self.length_ns() - on_line_ns).max(0.0);
        (self.rate_at(on_line_ns) + self.end_rate_per_ns) / 2.0 * left_ns
    }

    /// How far from there the area is reached, which the line has: the root of r x + k x²/2 = area, in the form that
    /// loses no digits where the slope is small.
    fn gap_ns(&self, on_line_ns: f64, area: f64) -> f64 {
        let rate = self.rate_at(on_line_ns);
        let root = (rate * rate + 2.0 * self.slope() * area).max(0.0).sqrt();
        let left_ns = (self.length_ns() - on_line_ns).max(0.0);
        if rate + root > 0.0 { (2.0 * area / (rate + root)).min(left_ns) } else { 0.0 }
    }
}

/// The lines through the points, from zero to `end_ns`. Steps have no length and so no line.
fn lines(points: &[RatePoint], end_ns: u64) -> Vec<Line> {
    let first = points.first().map(|point| RatePoint { at: Time::ZERO, ..*point });
    let last = points.last().map(|point| RatePoint { at: Time::from_ns(end_ns), ..*point });
    let corners: Vec<RatePoint> = first.into_iter().chain(points.iter().copied()).chain(last).collect();
    let line = |pair: &[RatePoint]| Line {
        start_ns: pair[0].at.as_ns(),
        end_ns: pair[1].at.as_ns(),
        start_rate_per_ns: pair[0].rate_per_s / 1e9,
        end_rate_per_ns: pair[1].rate_per_s / 1e9,
    };
    corners.windows(2).map(line).filter(|line| line.start_ns < line.end_ns).collect()
}

/// The rate at a time, in requests a second; after a step at that very time.
pub(super) fn rate_at(points: &[RatePoint], repeat_ns: Option<u64>, at: Time) -> f64 {
    let at = repeat_ns.and_then(|ns| at.as_ns().checked_rem(ns)).map_or(at, Time::from_ns);
    let after = points.partition_point(|point| point.at <= at);
    match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
        (Some(a), Some(b)) => {
            let share = at.since_ns(a.at) as f64 / b.at.since_ns(a.at) as f64;
            a.rate_per_s + (b.rate_per_s - a.rate_per_s) * share
        }
        (Some(level), None) => level.rate_per_s,
        (None, first) => first.map_or(0.0, |level| level.rate_per_s),
    }
}

/// The mean rate over a repetition, or up to the last point.
pub(super) fn mean_rate_per_s(points: &[RatePoint], repeat_ns: Option<u64>) -> f64 {
    let last = points.last().map_or(0, |point| point.at.as_ns());
    match repeat_ns.unwrap_or(last) {
        0 => points.last().map_or(0.0, |point| point.rate_per_s),
        end_ns => lines(points, end_ns).iter().map(|line| line.area_from(0.0)).sum::<f64>() * 1e9 / end_ns as f64,
    }
}
