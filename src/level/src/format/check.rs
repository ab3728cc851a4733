//! The check of a level as a whole: bounds, names, places, and that it can be won and lost at all.

use super::parse::ParseError;
use super::{Genre, Level, Objective};
use crate::board::{Board, Piece, is_name};
use crate::enemy::{Enemy, Strikes};
use crate::grid::{Cell, Ground};
use crate::kind::{Kind, KindSpec, Stands};
use crate::limits::{
    COINS_MAX, DURATION_MS_MAX, ENEMIES_MAX, ENEMY_CELLS_MAX, KNOBS_MAX, MAP_SIDE_MAX, PLAN_S_MAX, REQUESTS_MAX,
    TEXT_BYTES_MAX, TEXTS_MAX,
};
use std::collections::BTreeSet;

impl Level {
    /// Appends every problem of a level whose sections could be read.
    pub(super) fn check(&self, errors: &mut Vec<ParseError>) {
        let mut report = |place: String, message: String| {
            errors.push(ParseError { position: None, place, message });
        };
        self.check_texts(&mut report);
        self.check_pieces(&mut report);
        self.check_enemies(&mut report);
        self.check_chaos(&mut report);
        self.check_numbers(&mut report);
        self.check_objectives(&mut report);
        if errors.is_empty() {
            self.check_start(errors);
        }
        if errors.is_empty()
            && let Err(problems) = Board::new(self).blueprint(self).check()
        {
            let each =
                problems.iter().map(|p| ParseError { position: None, place: "pieces".into(), message: p.to_string() });
            errors.extend(each);
        }
    }

    /// What is built already can be built: each edit that cannot, with the reason.
    fn check_start(&self, errors: &mut Vec<ParseError>) {
        let mut board = Board::bare(self);
        for (i, edit) in self.start.iter().enumerate() {
            if let Err(refusal) = board.apply(edit) {
                errors.push(ParseError { position: None, place: format!("start[{i}]"), message: refusal.to_string() });
            }
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
            match piece.spec.kind().stands() {
                Stands::Ground => self.check_ground(piece, &place, &mut taken, report),
                Stands::Caller => self.check_host(piece, &place, report),
                Stands::Pipe => {
                    report(place.clone(), "stands on a pipe, which players lay: put it into the inventory".into());
                }
            }
            check_spec(&piece.spec, &place, report);
            check_knobs(&piece.knobs, piece.spec.kind(), &place, report);
        }
        if !self.pieces.iter().any(|piece| piece.spec.kind() == Kind::Spring) {
            report("pieces".into(), "no Spring: without one nothing flows; add one".into());
        }
        let answers = |kind: Kind| kind.answers();
        let mut kinds = self.pieces.iter().map(|p| p.spec.kind()).chain(self.inventory.iter().map(|stock| stock.kind));
        if !kinds.any(answers) {
            report("pieces".into(), "no MachineRoom, and none in the inventory: nothing could answer; add one".into());
        }
    }

    fn check_ground(
        &self,
        piece: &Piece,
        place: &str,
        taken: &mut BTreeSet<crate::grid::Cell>,
        report: &mut impl FnMut(String, String),
    ) {
        for cell in piece.cells() {
            if !self.terrain.contains(cell) {
                report(place.into(), format!("{cell} lies outside the map: move the piece"));
            } else if self.terrain.ground(cell) == Ground::Rock {
                report(place.into(), format!("{cell} is rock: carve it out with `.` or move the piece"));
            } else if !taken.insert(cell) {
                report(place.into(), format!("another piece stands at {cell}: move one of them"));
            }
        }
    }

    /// A power-up of the level stands on a piece of the level that makes calls, alone of its kind.
    fn check_host(&self, piece: &Piece, place: &str, report: &mut impl FnMut(String, String)) {
        let is_host = |host: &&Piece| host.spec.kind().calls() && host.cells().any(|cell| cell == piece.at);
        let Some(host) = self.pieces.iter().find(is_host) else {
            let message = format!("nothing at {} makes calls: put it on a spring or machine room", piece.at);
            return report(place.into(), message);
        };
        let same = |each: &&Piece| each.spec.kind() == piece.spec.kind() && host.cells().any(|cell| cell == each.at);
        if self.pieces.iter().filter(same).count() > 1 {
            report(place.into(), format!("`{}` has two of these: keep one", clip(&host.name)));
        }
    }

    fn check_enemies(&self, report: &mut impl FnMut(String, String)) {
        let mut names: BTreeSet<&str> = self.pieces.iter().map(|piece| piece.name.as_str()).collect();
        for enemy in &self.enemies {
            let place = format!("enemies, `{}`", clip(&enemy.name));
            if !is_name(&enemy.name) {
                report(place.clone(), "use a name of 1 to 32 characters of a-z, 0-9 and `-`".into());
            }
            if !names.insert(&enemy.name) {
                report(place.clone(), "a piece or another enemy has this name: change one of them".into());
            }
            if !(1..=ENEMY_CELLS_MAX).contains(&enemy.cells.len()) {
                report(place.clone(), format!("cells: from 1 to {ENEMY_CELLS_MAX}"));
            }
            for cell in enemy.cells.iter().filter(|&&cell| !self.terrain.contains(cell)) {
                report(place.clone(), format!("{cell} lies outside the map: move the enemy"));
            }
            self.check_target(enemy, &place, report);
            enemy.check(self.flow.duration_ms, &mut |ok, field, rule| {
                if !ok {
                    report(place.clone(), format!("{field} must be {rule}"));
                }
            });
        }
    }

    fn check_target(&self, enemy: &Enemy, place: &str, report: &mut impl FnMut(String, String)) {
        let Some(on) = &enemy.on else { return };
        if !is_name(on) {
            return report(place.into(), format!("on: `{}` is no name of a pipe or piece", clip(on)));
        }
        let piece = self.pieces.iter().find(|piece| piece.name == *on);
        let strikes_service = enemy.kind.kind().strikes() == Strikes::Service;
        if strikes_service && !piece.is_some_and(|piece| piece.spec.kind().answers()) {
            report(place.into(), format!("on: `{}` is no machine room or vault of the level: name one", clip(on)));
        }
    }

    fn check_chaos(&self, report: &mut impl FnMut(String, String)) {
        let Some(chaos) = &self.chaos else {
            if self.genre == Genre::Chaos {
                report("chaos".into(), "is missing: in a Chaos level the player places faults; add which".into());
            }
            return;
        };
        let mut kinds = BTreeSet::new();
        for stock in &chaos.arsenal {
            let place = format!("chaos, {}", stock.kind.kind().key());
            let mut require = |ok: bool, field: &str, rule: String| {
                if !ok {
                    report(place.clone(), format!("{field} must be {rule}"));
                }
            };
            require(kinds.insert(stock.kind.kind()), "kind", "listed once: put the counts together".into());
            require((1..=ENEMIES_MAX as u32).contains(&stock.count), "count", format!("from 1 to {ENEMIES_MAX}"));
            require(stock.price <= COINS_MAX, "price", format!("at most {COINS_MAX}"));
            stock.placed("fault", Cell::default()).check(self.flow.duration_ms, &mut require);
        }
        let mut require = |ok: bool, place: &str, rule: String| {
            if !ok {
                report(place.into(), format!("must be {rule}"));
            }
        };
        require(self.genre == Genre::Chaos, "genre", "Chaos, where the player places faults".into());
        require(!chaos.arsenal.is_empty(), "chaos, arsenal", "at least one kind of fault".into());
        require((1..=ENEMIES_MAX as u32).contains(&chaos.faults), "chaos, faults", format!("from 1 to {ENEMIES_MAX}"));
        let radius_ok = (1..=MAP_SIDE_MAX as u32).contains(&chaos.radius);
        require(radius_ok, "chaos, radius", format!("from 1 to {MAP_SIDE_MAX} cells"));
    }

    fn check_numbers(&self, report: &mut impl FnMut(String, String)) {
        let mut kinds = BTreeSet::new();
        for stock in &self.inventory {
            let place = format!("inventory, {}", stock.kind.key());
            if let Some(spec) = &stock.spec {
                check_spec(spec, &place, report);
            }
            check_knobs(&stock.knobs, stock.kind, &place, report);
            let mut require = |ok: bool, rule: String| {
                if !ok {
                    report(place.clone(), format!("must be {rule}"));
                }
            };
            require(kinds.insert(stock.kind), "listed once: put the counts together".into());
            require(stock.kind != Kind::Spring, "a kind that players place; Springs belong to `pieces`".into());
            require((1..=64).contains(&stock.count), "1 to 64 pieces".into());
            require(stock.price <= COINS_MAX, format!("priced at most {COINS_MAX}"));
            let same = stock.spec.as_ref().is_none_or(|spec| spec.kind() == stock.kind);
            require(same, format!("of one kind: its spec must be a {}, too", stock.kind.key()));
        }
        let mut require = |ok: bool, place: &str, rule: String| {
            if !ok {
                report(place.into(), format!("must be {rule}"));
            }
        };
        let pipes = &self.pipes;
        require(pipes.price_per_cell <= COINS_MAX, "pipes, price_per_cell", format!("at most {COINS_MAX}"));
        let bridge_ok = pipes.price_per_bridge.is_none_or(|price| price <= COINS_MAX);
        require(bridge_ok, "pipes, price_per_bridge", format!("at most {COINS_MAX}"));
        let propagation_ok =
            pipes.propagation_ms_per_cell.is_finite() && (0.0..=60_000.0).contains(&pipes.propagation_ms_per_cell);
        require(propagation_ok, "pipes, propagation_ms_per_cell", "from 0 to 60,000".into());
        require(pipes.bandwidth_bytes_per_s > 0, "pipes, bandwidth_bytes_per_s", "at least 1".into());
        require(pipes.queue <= 100_000, "pipes, queue", "at most 100,000".into());
        require(self.budget <= COINS_MAX, "budget", format!("at most {COINS_MAX}"));
        let par_ok = self.par.is_none_or(|par| (1..=COINS_MAX).contains(&par));
        require(par_ok, "par", format!("from 1 to {COINS_MAX}: it is what a good build costs"));
        let flow = &self.flow;
        let duration_ok = (1..=DURATION_MS_MAX).contains(&flow.duration_ms);
        require(duration_ok, "flow, duration_ms", format!("from 1 to {DURATION_MS_MAX}"));
        let pace_ok = flow.pace_ms_per_s.is_finite() && (1.0..=600_000.0).contains(&flow.pace_ms_per_s);
        require(pace_ok, "flow, pace_ms_per_s", "from 1 to 600,000".into());
        let beaten_ok = (1..=DURATION_MS_MAX).contains(&flow.beaten_after_ms);
        require(beaten_ok, "flow, beaten_after_ms", format!("from 1 to {DURATION_MS_MAX}"));
        let plan_ok = flow.plan_s.is_none_or(|s| (1..=PLAN_S_MAX).contains(&s));
        require(plan_ok, "flow, plan_s", format!("from 1 to {PLAN_S_MAX}"));
        let step_ok = flow.step_ms.is_none_or(|ms| ms.is_finite() && (0.0..=60_000.0).contains(&ms));
        require(step_ok, "flow, step_ms", "from 0 to 60,000".into());
        let rule = format!("at most {REQUESTS_MAX} requests in all: lower a rate or the duration");
        // A NaN would be neither more nor less.
        require(self.requests() <= REQUESTS_MAX, "flow", rule);
    }

    /// Requests that are to be expected of all springs together.
    pub(crate) fn requests(&self) -> f64 {
        let springs = self.pieces.iter().map(|piece| match &piece.spec {
            KindSpec::Spring(spring) => spring.requests(self.flow.duration_ms),
            _ => 0.0,
        });
        springs.sum()
    }

    fn check_objectives(&self, report: &mut impl FnMut(String, String)) {
        let (wanted, slos) = (self.slo_objective(), self.objectives.iter().filter(|o| o.slo().is_some()).count());
        match slos {
            0 => report("objectives".into(), format!("no {wanted}: add one, it also sets the SLO")),
            1 => {}
            n => report("objectives".into(), format!("{n} times {wanted}: keep one, there is one SLO")),
        }
        for (i, objective) in self.objectives.iter().enumerate() {
            let mut require = |ok: bool, rule: String| {
                if !ok {
                    report(format!("objectives[{i}]"), rule);
                }
            };
            let positive_ms = |ms: f64| ms.is_finite() && ms > 0.0;
            let share = |share: f64| share.is_finite() && share > 0.0 && share <= 1.0;
            match *objective {
                Objective::GoodShare { at_least, within_ms } => {
                    require(
                        self.chaos.is_none(),
                        "in a level with a section `chaos` the system is to break: use Break".into(),
                    );
                    require(share(at_least), "at_least must be above 0 and at most 1".into());
                    require(positive_ms(within_ms), "within_ms must be above 0".into());
                }
                Objective::Break { good_share_at_most, within_ms } => {
                    require(
                        (0.0..1.0).contains(&good_share_at_most),
                        "good_share_at_most must be from 0 to below 1".into(),
                    );
                    require(positive_ms(within_ms), "within_ms must be above 0".into());
                    require(
                        self.chaos.is_some(),
                        "Break belongs to a level with a section `chaos`: use GoodShare".into(),
                    );
                }
                Objective::P99 { at_most_ms } => {
                    require(positive_ms(at_most_ms), "at_most_ms must be above 0".into());
                }
                Objective::ClassShare { class, at_least, within_ms } => {
                    require(share(at_least), "at_least must be above 0 and at most 1".into());
                    require(positive_ms(within_ms), "within_ms must be above 0".into());
                    let rule = format!("no spring issues {} requests: name a class that flows", class.key());
                    require(self.flows(class), rule);
                }
                Objective::ErrorBudget { at_least } => {
                    require((0.0..=1.0).contains(&at_least), "at_least must be from 0 to 1".into());
                }
                Objective::Beaten { at_least } => {
                    let count = self.enemies.len();
                    let possible = (1..=count).contains(&(at_least as usize));
                    require(possible, format!("at_least must be from 1 to the {count} enemies that there are"));
                }
                Objective::Cost { .. } => {}
            }
        }
    }

    /// The objective that sets the SLO.
    const fn slo_objective(&self) -> &'static str {
        if self.chaos.is_some() { "Break" } else { "GoodShare" }
    }

    fn flows(&self, class: crate::kind::Class) -> bool {
        self.pieces.iter().any(|piece| match &piece.spec {
            KindSpec::Spring(spring) => spring.classes().any(|(each, rate)| each == class && rate > 0.0),
            _ => false,
        })
    }
}

fn check_spec(spec: &KindSpec, place: &str, report: &mut impl FnMut(String, String)) {
    spec.check(&mut |ok, field, rule| {
        if !ok {
            report(place.into(), format!("{field} must be {rule}"));
        }
    });
}

fn check_knobs(knobs: &[String], kind: Kind, place: &str, report: &mut impl FnMut(String, String)) {
    if knobs.len() > KNOBS_MAX {
        report(place.into(), format!("{} knobs: at most {KNOBS_MAX}", knobs.len()));
    }
    for knob in knobs.iter().filter(|knob| kind.params().iter().all(|param| param.key != knob.as_str())) {
        let known: Vec<&str> = kind.params().iter().map(|param| param.key).collect();
        report(place.into(), format!("`{}` is no knob of it; known are {}", clip(knob), known.join(", ")));
    }
}

/// The beginning of a text that may be long.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}
