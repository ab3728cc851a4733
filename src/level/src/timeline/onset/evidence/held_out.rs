//! What is told of a system that was to be broken and held out.

use super::Evidence;
use crate::timeline::MarkKind;
use crate::timeline::onset::{OnsetKind, OnsetStep};

/// Most strikes that are told of.
const STRIKES_MAX: usize = 3;

impl Evidence<'_> {
    /// What struck first of each enemy, or else what came from outside; the first loss to what cost most; and the objective
    /// that was missed, by its place in the level.
    pub fn held_out(&self, trigger: OnsetStep, nth: usize) -> Vec<OnsetStep> {
        let (play, now) = (self.timeline.play(), self.timeline.now());
        let mut steps: Vec<OnsetStep> = Vec::new();
        for mark in self.marks.iter().filter(|mark| mark.at <= now) {
            let MarkKind::Enemy { enemy, active: true } = mark.kind else { continue };
            let kind = OnsetKind::Struck { enemy };
            if steps.len() < STRIKES_MAX && steps.iter().all(|step| step.kind != kind) {
                steps.push(OnsetStep { at: mark.at, piece: Some(self.place(enemy)), kind });
            }
        }
        if steps.is_empty() {
            steps.push(trigger);
        }
        let report = play.report();
        steps.extend(report.losses.first().and_then(|loss| {
            let first = self.marks.iter().find(|mark| mark.kind == MarkKind::Loss { cause: loss.cause })?;
            let (cause, outcome, worst, count) = (loss.cause, loss.outcome, loss.worst_parts, loss.count);
            let kind = OnsetKind::Lost { cause, outcome, worst, count };
            Some(OnsetStep { at: first.at, piece: Some(self.place(cause.piece())), kind })
        }));
        steps.sort_by_key(|step| step.at);
        steps.push(OnsetStep { at: now.min(play.flow_ends_at()), piece: None, kind: OnsetKind::Missed { nth } });
        steps
    }
}
