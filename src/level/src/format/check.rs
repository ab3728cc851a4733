//! The check of a level as a whole: bounds, names, places, and that it can be won and lost at all.

use super::flaw::{Flaw, Place};
use super::rule::Rule;
use super::{Level, Objective};
use crate::board::{Board, Piece, is_name};
use crate::enemy::{Enemy, Strikes};
use crate::grid::{Cell, Ground};
use crate::kind::{Class, Kind, KindSpec, Stands};
use crate::limits::{
    COINS_MAX, DURATION_MS_MAX, ENEMY_CELLS_MAX, KNOBS_MAX, PLAN_S_MAX, REQUESTS_MAX, TEXT_BYTES_MAX, TEXTS_MAX,
    WAIT_MS_MAX,
};
use pipe_maze_sim::{PieceId, Problem};
use std::collections::BTreeSet;

/// Most edits of what is built already that are told to be refused: the others mostly follow from them.
const START_FLAWS_MAX: usize = 16;

pub(super) type Report<'a> = &'a mut dyn FnMut(Place, Flaw);

impl Level {
    /// Everything for which it is no level that can be opened and played, whatever its parts are.
    /// `whole` says whether all of its file could be read; else nothing is said of what follows from several parts.
    pub(crate) fn flaws(&self, whole: bool) -> Vec<(Place, Flaw)> {
        let mut flaws = Vec::new();
        let mut report = |place: Place, flaw: Flaw| flaws.push((place, flaw));
        self.check_texts(&mut report);
        self.check_pieces(&mut report);
        self.check_enemies(&mut report);
        self.check_chaos(&mut report);
        self.check_tutorial(&mut report);
        self.check_inventory(&mut report);
        self.check_numbers(&mut report);
        self.check_objectives(&mut report);
        if whole && !flaws.iter().any(|(place, _)| place.is_of_board()) {
            self.check_start(&mut flaws);
        }
        if whole && flaws.is_empty() {
            self.check_blueprint(&mut flaws);
        }
        flaws
    }

    /// What is built already can be built: the first edits that cannot, with the reason.
    fn check_start(&self, flaws: &mut Vec<(Place, Flaw)>) {
        let mut board = Board::bare(self);
        let edits = self.start.iter().enumerate();
        let refused = edits.filter_map(|(i, edit)| Some((i, board.apply(edit).err()?)));
        let refused = refused.take(START_FLAWS_MAX);
        flaws.extend(refused.map(|(i, refusal)| (Place::Start(i as u32), Flaw::Start(refusal))));
    }

    fn check_blueprint(&self, flaws: &mut Vec<(Place, Flaw)>) {
        let board = Board::new(self);
        let Err(problems) = board.blueprint(self).check() else { return };
        let pipe_name = |id: PieceId| {
            let found = board.pipes().iter().find(|pipe| PieceId::from_name(&pipe.name) == id);
            found.map(|pipe| pipe.name.clone()).unwrap_or_default()
        };
        let piece_name = |id: PieceId| {
            let found = board.pieces().iter().find(|piece| PieceId::from_name(&piece.name) == id);
            found.map(|piece| piece.name.clone()).unwrap_or_default()
        };
        flaws.extend(problems.iter().map(|problem| match problem {
            Problem::OutletTaken { pipe, piece, .. } => {
                (Place::Pipe(pipe_name(*pipe)), Flaw::OutletTaken(piece_name(*piece)))
            }
            other => (Place::Section("pieces"), Flaw::Simulation(other.to_string())),
        }));
    }

    fn check_texts(&self, report: Report<'_>) {
        if !is_name(&self.id) {
            report(Place::Section("id"), Flaw::BadName(self.id.clone()));
        }
        if !(1..=5).contains(&self.section) {
            report(Place::Section("section"), Flaw::Breaks(String::new(), Rule::Between(1.0, 5.0)));
        }
        if self.texts.len() > TEXTS_MAX {
            report(Place::Section("texts"), Flaw::TooManyTexts(self.texts.len()));
        }
        for key in ["name", "brief"] {
            if self.texts.get("en").and_then(|texts| texts.get(key)).is_none() {
                report(Place::Language("en".into()), Flaw::TextMissing(key));
            }
        }
        for (language, texts) in &self.texts {
            if texts.len() > TEXTS_MAX {
                report(Place::Language(language.clone()), Flaw::TooManyTexts(texts.len()));
            }
            for (key, text) in texts.iter().filter(|(_, text)| text.len() > TEXT_BYTES_MAX) {
                report(Place::Text(language.clone(), key.clone()), Flaw::TextTooLong(text.len()));
            }
        }
    }

    fn check_pieces(&self, report: Report<'_>) {
        let mut names = BTreeSet::new();
        let mut taken = BTreeSet::new();
        for piece in &self.pieces {
            let place = || Place::Piece(piece.name.clone());
            if !is_name(&piece.name) {
                report(place(), Flaw::BadName(piece.name.clone()));
            }
            if !names.insert(&piece.name) {
                report(place(), Flaw::NameTaken);
            }
            match piece.spec.kind().stands() {
                Stands::Ground => self.check_ground(piece, &mut taken, report),
                Stands::Caller => self.check_host(piece, report),
                Stands::Pipe => report(place(), Flaw::StandsOnPipe),
            }
            check_spec(&piece.spec, &place, report);
            check_knobs(&piece.knobs, piece.spec.kind(), &place, report);
        }
        if !self.pieces.iter().any(|piece| piece.spec.kind() == Kind::Spring) {
            report(Place::Section("pieces"), Flaw::NoSpring);
        }
        let mut kinds = self.pieces.iter().map(|p| p.spec.kind()).chain(self.inventory.iter().map(|stock| stock.kind));
        if !kinds.any(Kind::answers) {
            report(Place::Section("pieces"), Flaw::NoAnswer);
        }
    }

    fn check_ground(&self, piece: &Piece, taken: &mut BTreeSet<Cell>, report: Report<'_>) {
        for cell in piece.cells() {
            let flaw = if !self.terrain.contains(cell) {
                Flaw::OutsideMap(cell)
            } else if self.terrain.ground(cell) == Ground::Rock {
                Flaw::Rock(cell)
            } else if !taken.insert(cell) {
                Flaw::PieceThere(cell)
            } else {
                continue;
            };
            report(Place::Piece(piece.name.clone()), flaw);
        }
    }

    /// A power-up of the level stands on a piece of the level that makes calls, alone of its kind.
    fn check_host(&self, piece: &Piece, report: Report<'_>) {
        let is_host = |host: &&Piece| host.spec.kind().calls() && host.cells().any(|cell| cell == piece.at);
        let place = Place::Piece(piece.name.clone());
        let Some(host) = self.pieces.iter().find(is_host) else {
            return report(place, Flaw::NoCaller(piece.at));
        };
        let same = |each: &&Piece| each.spec.kind() == piece.spec.kind() && host.cells().any(|cell| cell == each.at);
        if self.pieces.iter().filter(same).count() > 1 {
            report(place, Flaw::TwoOfKind(host.name.clone()));
        }
    }

    fn check_enemies(&self, report: Report<'_>) {
        let mut names: BTreeSet<&str> = self.pieces.iter().map(|piece| piece.name.as_str()).collect();
        for enemy in &self.enemies {
            let place = || Place::Enemy(enemy.name.clone());
            if !is_name(&enemy.name) {
                report(place(), Flaw::BadName(enemy.name.clone()));
            }
            if !names.insert(&enemy.name) {
                report(place(), Flaw::NameTaken);
            }
            if !(1..=ENEMY_CELLS_MAX).contains(&enemy.cells.len()) {
                report(place(), Flaw::Breaks("cells".into(), Rule::Between(1.0, ENEMY_CELLS_MAX as f64)));
            }
            // Beyond what an enemy can have they are not looked at.
            let cells = enemy.cells.iter().take(ENEMY_CELLS_MAX);
            for &cell in cells.filter(|&&cell| !self.terrain.contains(cell)) {
                report(place(), Flaw::OutsideMap(cell));
            }
            self.check_target(enemy, report);
            enemy.check(self.flow.duration_ms, &mut |ok, field, rule| {
                if !ok {
                    report(place(), Flaw::Breaks(field.into(), rule));
                }
            });
        }
    }

    fn check_target(&self, enemy: &Enemy, report: Report<'_>) {
        let Some(on) = &enemy.on else { return };
        let place = Place::Enemy(enemy.name.clone());
        if !is_name(on) {
            return report(place, Flaw::BadTarget(on.clone()));
        }
        let piece = self.pieces.iter().find(|piece| piece.name == *on);
        let strikes_service = enemy.kind.kind().strikes() == Strikes::Service;
        if strikes_service && !piece.is_some_and(|piece| piece.spec.kind().answers()) {
            report(place, Flaw::NoService(on.clone()));
        }
    }

    fn check_inventory(&self, report: Report<'_>) {
        let mut kinds = BTreeSet::new();
        for stock in &self.inventory {
            let place = || Place::Stock(stock.kind);
            if let Some(spec) = &stock.spec {
                check_spec(spec, &place, report);
            }
            check_knobs(&stock.knobs, stock.kind, &place, report);
            let mut require = |ok: bool, field: &str, rule: Rule| {
                if !ok {
                    report(place(), Flaw::Breaks(field.into(), rule));
                }
            };
            require(kinds.insert(stock.kind), "", Rule::ListedOnce);
            require(stock.kind != Kind::Spring, "", Rule::Placeable);
            require((1..=64).contains(&stock.count), "count", Rule::Between(1.0, 64.0));
            require(stock.price <= COINS_MAX, "price", Rule::AtMost(f64::from(COINS_MAX)));
            let same = stock.spec.as_ref().is_none_or(|spec| spec.kind() == stock.kind);
            require(same, "", Rule::SameKind);
        }
    }

    fn check_numbers(&self, report: Report<'_>) {
        let coins = || Rule::AtMost(f64::from(COINS_MAX));
        let section = |section, ok: bool, rule: Rule, report: Report<'_>| {
            if !ok {
                report(Place::Section(section), Flaw::Breaks(String::new(), rule));
            }
        };
        section("budget", self.budget <= COINS_MAX, coins(), report);
        let par_ok = self.par.is_none_or(|par| (1..=COINS_MAX).contains(&par));
        section("par", par_ok, Rule::Between(1.0, f64::from(COINS_MAX)), report);
        let field = |section, field, ok: bool, rule: Rule, report: Report<'_>| {
            if !ok {
                report(Place::Field(section, field), Flaw::Breaks(String::new(), rule));
            }
        };
        let pipes = &self.pipes;
        field("pipes", "price_per_cell", pipes.price_per_cell <= COINS_MAX, coins(), report);
        let bridge_ok = pipes.price_per_bridge.is_none_or(|price| price <= COINS_MAX);
        field("pipes", "price_per_bridge", bridge_ok, coins(), report);
        let propagation_ok = (0.0..=60_000.0).contains(&pipes.propagation_ms_per_cell);
        field("pipes", "propagation_ms_per_cell", propagation_ok, Rule::Between(0.0, 60_000.0), report);
        field("pipes", "bandwidth_bytes_per_s", pipes.bandwidth_bytes_per_s > 0, Rule::AtLeast(1.0), report);
        field("pipes", "queue", pipes.queue <= 100_000, Rule::AtMost(100_000.0), report);
        let loss_ok = (0.0..=100.0).contains(&pipes.loss_percent);
        field("pipes", "loss_percent", loss_ok, Rule::Between(0.0, 100.0), report);
        let jitter_ok = (0.0..=60_000.0).contains(&pipes.jitter_ms);
        field("pipes", "jitter_ms", jitter_ok, Rule::Between(0.0, 60_000.0), report);
        let trips_ok = pipes.handshake_round_trips <= 10;
        field("pipes", "handshake_round_trips", trips_ok, Rule::AtMost(10.0), report);
        let idle_ok = pipes.idle_ms <= WAIT_MS_MAX;
        field("pipes", "idle_ms", idle_ok, Rule::AtMost(WAIT_MS_MAX as f64), report);
        let flow = &self.flow;
        let time_ok = |ms: u64| (1..=DURATION_MS_MAX).contains(&ms);
        let time_rule = || Rule::whole(1u64, DURATION_MS_MAX);
        field("flow", "duration_ms", time_ok(flow.duration_ms), time_rule(), report);
        let pace_ok = (1.0..=600_000.0).contains(&flow.pace_ms_per_s);
        field("flow", "pace_ms_per_s", pace_ok, Rule::Between(1.0, 600_000.0), report);
        field("flow", "beaten_after_ms", time_ok(flow.beaten_after_ms), time_rule(), report);
        let plan_ok = flow.plan_s.is_none_or(|s| (1..=PLAN_S_MAX).contains(&s));
        field("flow", "plan_s", plan_ok, Rule::whole(1u32, PLAN_S_MAX), report);
        let step_ok = flow.step_ms.is_none_or(|ms| (0.0..=60_000.0).contains(&ms));
        field("flow", "step_ms", step_ok, Rule::Between(0.0, 60_000.0), report);
        // A NaN would be neither more nor less.
        let few = self.requests() <= REQUESTS_MAX;
        if !few {
            report(Place::Section("flow"), Flaw::TooManyRequests(REQUESTS_MAX));
        }
    }

    /// Requests that are to be expected of all springs together.
    pub(crate) fn requests(&self) -> f64 {
        let springs = self.pieces.iter().map(|piece| match &piece.spec {
            KindSpec::Spring(spring) => spring.requests(self.flow.duration_ms),
            _ => 0.0,
        });
        springs.sum()
    }

    fn check_objectives(&self, report: Report<'_>) {
        self.check_slo(report);
        for (i, objective) in self.objectives.iter().enumerate() {
            let place = || Place::Objective(i as u32);
            let mut require = |ok: bool, field: &str, rule: Rule| {
                if !ok {
                    report(place(), Flaw::Breaks(field.into(), rule));
                }
            };
            let positive_ms = |ms: f64| ms.is_finite() && ms > 0.0;
            let share = |share: f64| share.is_finite() && share > 0.0 && share <= 1.0;
            match *objective {
                Objective::GoodShare { at_least, within_ms } => {
                    require(share(at_least), "at_least", Rule::PositiveUpTo(1.0));
                    require(positive_ms(within_ms), "within_ms", Rule::Positive);
                }
                Objective::Break { good_share_at_most, within_ms } => {
                    require((0.0..1.0).contains(&good_share_at_most), "good_share_at_most", Rule::Between(0.0, 0.999));
                    require(positive_ms(within_ms), "within_ms", Rule::Positive);
                }
                Objective::P99 { at_most_ms } => require(positive_ms(at_most_ms), "at_most_ms", Rule::Positive),
                Objective::ConsumerLag { at_most_ms } => {
                    require(positive_ms(at_most_ms), "at_most_ms", Rule::Positive);
                    if !self.streams() {
                        report(place(), Flaw::NoBroker);
                    }
                }
                Objective::ClassShare { class, at_least, within_ms } => {
                    require(share(at_least), "at_least", Rule::PositiveUpTo(1.0));
                    require(positive_ms(within_ms), "within_ms", Rule::Positive);
                    if !self.flows(class) {
                        report(place(), Flaw::NoClass(class));
                    }
                }
                Objective::ErrorBudget { at_least } => {
                    require((0.0..=1.0).contains(&at_least), "at_least", Rule::Between(0.0, 1.0));
                }
                Objective::Beaten { at_least } => {
                    let count = self.enemies.len();
                    let possible = (1..=count).contains(&(at_least as usize));
                    require(possible, "at_least", Rule::Enemies(count));
                }
                Objective::Cost { .. } => {}
            }
        }
    }

    /// Whether there is a broker, or could be one.
    fn streams(&self) -> bool {
        let mut kinds = self.pieces.iter().map(|piece| piece.spec.kind()).chain(self.inventory.iter().map(|s| s.kind));
        kinds.any(|kind| kind == Kind::EventStormLightning)
    }

    fn flows(&self, class: Class) -> bool {
        self.pieces.iter().any(|piece| match &piece.spec {
            KindSpec::Spring(spring) => spring.classes().any(|(each, rate)| each == class && rate > 0.0),
            _ => false,
        })
    }
}

fn check_spec(spec: &KindSpec, place: &dyn Fn() -> Place, report: Report<'_>) {
    spec.check(&mut |ok, field, rule| {
        if !ok {
            report(place(), Flaw::Breaks(field.into(), rule));
        }
    });
}

fn check_knobs(knobs: &[String], kind: Kind, place: &dyn Fn() -> Place, report: Report<'_>) {
    if knobs.len() > KNOBS_MAX {
        // What they are is not looked at: there may be as many as a file has room for, and each would be told with them all.
        return report(place(), Flaw::TooManyKnobs(knobs.len()));
    }
    for knob in knobs.iter().filter(|knob| kind.params().iter().all(|param| param.key != knob.as_str())) {
        let known: Vec<&str> = kind.params().iter().map(|param| param.key).collect();
        report(place(), Flaw::UnknownKnob(knob.clone(), known.join(", ")));
    }
}
