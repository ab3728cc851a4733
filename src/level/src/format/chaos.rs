//! The check of what belongs to chaos levels, and of what takes its place in all others.

use super::check::Report;
use super::flaw::{Flaw, Place};
use super::rule::Rule;
use super::{Genre, Level, Objective};
use crate::grid::Cell;
use crate::limits::{COINS_MAX, ENEMIES_MAX, MAP_SIDE_MAX};
use std::collections::BTreeSet;

impl Level {
    pub(super) fn check_chaos(&self, report: Report<'_>) {
        if self.chaos.is_some() != (self.genre == Genre::Chaos) {
            report(Place::Section("chaos"), Flaw::ChaosAndGenre);
        }
        let Some(chaos) = &self.chaos else { return };
        let mut kinds = BTreeSet::new();
        for stock in &chaos.arsenal {
            let mut require = |ok: bool, field: &str, rule: Rule| {
                if !ok {
                    report(Place::Fault(stock.kind.kind()), Flaw::Breaks(field.into(), rule));
                }
            };
            require(kinds.insert(stock.kind.kind()), "", Rule::ListedOnce);
            require((1..=ENEMIES_MAX as u32).contains(&stock.count), "count", Rule::Between(1.0, ENEMIES_MAX as f64));
            require(stock.price <= COINS_MAX, "price", Rule::AtMost(f64::from(COINS_MAX)));
            stock.placed("fault", Cell::default()).check(self.flow.duration_ms, &mut require);
        }
        if chaos.arsenal.is_empty() {
            report(Place::Section("chaos"), Flaw::NoFaults);
        }
        let mut field = |field, ok: bool, max: usize| {
            if !ok {
                report(Place::Field("chaos", field), Flaw::Breaks(String::new(), Rule::Between(1.0, max as f64)));
            }
        };
        field("faults", (1..=ENEMIES_MAX as u32).contains(&chaos.faults), ENEMIES_MAX);
        field("radius", (1..=MAP_SIDE_MAX as u32).contains(&chaos.radius), MAP_SIDE_MAX);
    }

    /// One objective sets the SLO: in chaos levels that the system breaks, in all others that it does not.
    pub(super) fn check_slo(&self, report: Report<'_>) {
        let count = |of: fn(&Objective) -> bool| self.objectives.iter().filter(|objective| of(objective)).count();
        let good = count(|objective| matches!(objective, Objective::GoodShare { .. }));
        let breaks = count(|objective| matches!(objective, Objective::Break { .. }));
        let flaw = match (self.chaos.is_some(), good, breaks) {
            (false, 1, 0) | (true, 0, 1) => return,
            (false, 0, 0) => Flaw::NoGoodShare,
            (false, count, 0) => Flaw::ManyGoodShares(count),
            (true, 0, _) => Flaw::NoBreak,
            _ => Flaw::BreakAndDefend,
        };
        report(Place::Section("objectives"), flaw);
    }
}
