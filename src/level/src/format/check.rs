//! The check of a level as a whole: bounds, names, places, and that it can be won and lost at all.

use super::parse::ParseError;
use super::{Level, Objective};
use crate::board::{Board, Piece, is_name};
use crate::grid::Ground;
use crate::kind::{Kind, KindSpec};
use crate::limits::{COINS_MAX, DURATION_MS_MAX, REQUESTS_MAX, TEXT_BYTES_MAX, TEXTS_MAX, TIMEOUT_MS_MAX};
use std::collections::BTreeSet;

impl Level {
    /// Appends every problem of a level whose sections could be read.
    pub(super) fn check(&self, errors: &mut Vec<ParseError>) {
        let mut report = |place: String, message: String| {
            errors.push(ParseError { position: None, place, message });
        };
        self.check_texts(&mut report);
        self.check_pieces(&mut report);
        self.check_numbers(&mut report);
        self.check_objectives(&mut report);
        if errors.is_empty()
            && let Err(problems) = Board::new(self).blueprint(self).check()
        {
            let each =
                problems.iter().map(|p| ParseError { position: None, place: "pieces".into(), message: p.to_string() });
            errors.extend(each);
        }
    }

    fn check_texts(&self, report: &mut impl FnMut(String, String)) {
        if !is_name(&self.id) {
            report("id".into(), format!("`{}`: use 1 to 32 characters of a-z, 0-9 and `-`", clip(&self.id)));
        }
        if !(1..=5).contains(&self.section) {
            report("section".into(), format!("{} must be from 1 to 5", self.section));
        }
        if self.texts.len() > TEXTS_MAX {
            report("texts".into(), format!("{} languages: at most {TEXTS_MAX}", self.texts.len()));
        }
        for key in ["name", "brief"] {
            if self.texts.get("en").and_then(|texts| texts.get(key)).is_none() {
                report("texts, en".into(), format!("`{key}` is missing: add it"));
            }
        }
        for (language, texts) in &self.texts {
            if texts.len() > TEXTS_MAX {
                report(format!("texts, {}", clip(language)), format!("{} texts: at most {TEXTS_MAX}", texts.len()));
            }
            for (key, text) in texts.iter().filter(|(_, text)| text.len() > TEXT_BYTES_MAX) {
                let message = format!("{} bytes: at most {TEXT_BYTES_MAX}; shorten it", text.len());
                report(format!("texts, {}, {}", clip(language), clip(key)), message);
            }
        }
    }

    fn check_pieces(&self, report: &mut impl FnMut(String, String)) {
        let mut names = BTreeSet::new();
        let mut taken = BTreeSet::new();
        for piece in &self.pieces {
            let place = format!("pieces, `{}`", clip(&piece.name));
            if !is_name(&piece.name) {
                report(place.clone(), "use a name of 1 to 32 characters of a-z, 0-9 and `-`".into());
            }
            if !names.insert(&piece.name) {
                report(place.clone(), "another piece has this name: change one of them".into());
            }
            for cell in piece.cells() {
                if !self.terrain.contains(cell) {
                    report(place.clone(), format!("{cell} lies outside the map: move the piece"));
                } else if self.terrain.ground(cell) == Ground::Rock {
                    report(place.clone(), format!("{cell} is rock: carve it out with `.` or move the piece"));
                } else if !taken.insert(cell) {
                    report(place.clone(), format!("another piece stands at {cell}: move one of them"));
                }
            }
            check_spec(piece, &place, report);
        }
        if !self.pieces.iter().any(|piece| piece.spec.kind() == Kind::Spring) {
            report("pieces".into(), "no Spring: without one nothing flows; add one".into());
        }
        if !self.pieces.iter().any(|piece| piece.spec.kind() == Kind::MachineRoom)
            && self.stock(Kind::MachineRoom).is_none()
        {
            report("pieces".into(), "no MachineRoom, and none in the inventory: nothing could answer; add one".into());
        }
    }

    fn check_numbers(&self, report: &mut impl FnMut(String, String)) {
        let mut require = |ok: bool, place: &str, rule: String| {
            if !ok {
                report(place.into(), format!("must be {rule}"));
            }
        };
        let mut kinds = BTreeSet::new();
        for stock in &self.inventory {
            let place = format!("inventory, {}", stock.kind.key());
            require(kinds.insert(stock.kind), &place, "listed once: put the counts together".into());
            require(stock.kind != Kind::Spring, &place, "a kind that players place; Springs belong to `pieces`".into());
            require((1..=64).contains(&stock.count), &place, "1 to 64 pieces".into());
            require(stock.price <= COINS_MAX, &place, format!("priced at most {COINS_MAX}"));
        }
        let pipes = &self.pipes;
        require(pipes.price_per_cell <= COINS_MAX, "pipes, price_per_cell", format!("at most {COINS_MAX}"));
        let propagation_ok =
            pipes.propagation_ms_per_cell.is_finite() && (0.0..=60_000.0).contains(&pipes.propagation_ms_per_cell);
        require(propagation_ok, "pipes, propagation_ms_per_cell", "from 0 to 60,000".into());
        require(pipes.bandwidth_bytes_per_s > 0, "pipes, bandwidth_bytes_per_s", "at least 1".into());
        require(pipes.queue <= 100_000, "pipes, queue", "at most 100,000".into());
        require(self.budget <= COINS_MAX, "budget", format!("at most {COINS_MAX}"));
        require(
            (1..=DURATION_MS_MAX).contains(&self.flow.duration_ms),
            "flow, duration_ms",
            format!("from 1 to {DURATION_MS_MAX}"),
        );
        let pace_ok = self.flow.pace_ms_per_s.is_finite() && (1.0..=600_000.0).contains(&self.flow.pace_ms_per_s);
        require(pace_ok, "flow, pace_ms_per_s", "from 1 to 600,000".into());
        let rate: f64 = self
            .pieces
            .iter()
            .map(|piece| if let KindSpec::Spring(s) = &piece.spec { s.rate_per_s } else { 0.0 })
            .sum();
        let requests = rate * self.flow.duration_ms as f64 / 1_000.0;
        require(
            requests <= REQUESTS_MAX,
            "flow",
            format!("at most {REQUESTS_MAX} requests in all: lower a rate or the duration"),
        );
    }

    fn check_objectives(&self, report: &mut impl FnMut(String, String)) {
        match self.objectives.iter().filter(|o| matches!(o, Objective::GoodShare { .. })).count() {
            0 => report("objectives".into(), "no GoodShare: add one, it also sets the SLO".into()),
            1 => {}
            n => report("objectives".into(), format!("{n} times GoodShare: keep one, there is one SLO")),
        }
        for (i, objective) in self.objectives.iter().enumerate() {
            let place = format!("objectives[{i}]");
            let positive_ms = |ms: f64| ms.is_finite() && ms > 0.0;
            match *objective {
                Objective::GoodShare { at_least, within_ms } => {
                    if !(at_least.is_finite() && at_least > 0.0 && at_least <= 1.0) {
                        report(place.clone(), "at_least must be above 0 and at most 1".into());
                    }
                    if !positive_ms(within_ms) {
                        report(place, "within_ms must be above 0".into());
                    }
                }
                Objective::P99 { at_most_ms } if !positive_ms(at_most_ms) => {
                    report(place, "at_most_ms must be above 0".into());
                }
                Objective::P99 { .. } | Objective::Cost { .. } => {}
            }
        }
    }
}

fn check_spec(piece: &Piece, place: &str, report: &mut impl FnMut(String, String)) {
    let mut require = |ok: bool, field: &str, rule: String| {
        if !ok {
            report(place.into(), format!("{field} must be {rule}"));
        }
    };
    match &piece.spec {
        KindSpec::Spring(s) => {
            let rate_ok = s.rate_per_s.is_finite() && (0.0..=1e6).contains(&s.rate_per_s);
            require(rate_ok, "rate_per_s", "from 0 to 1,000,000".into());
            require((1..=TIMEOUT_MS_MAX).contains(&s.timeout_ms), "timeout_ms", format!("from 1 to {TIMEOUT_MS_MAX}"));
        }
        KindSpec::MachineRoom(s) => {
            require((1..=100).contains(&s.replicas), "replicas", "from 1 to 100".into());
            require((1..=1_000).contains(&s.workers), "workers", "from 1 to 1,000".into());
            require(s.queue <= 100_000, "queue", "at most 100,000".into());
            let mean_ms = s.service_time.mean_ms();
            require(
                mean_ms.is_finite() && mean_ms > 0.0 && mean_ms <= 1e7,
                "mean_ms",
                "above 0 and at most 10,000,000".into(),
            );
            require(s.service_time.distribution().is_valid(), "stages", "from 1 to 1,000".into());
        }
        KindSpec::WarpPipe(_) => {}
    }
}

/// The beginning of a text that may be long.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}
