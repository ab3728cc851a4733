//! What is doubtful about a level that may be sound.

use super::reach::Reach;
use crate::board::{Board, Piece};
use crate::enemy::{Enemy, Strikes};
use crate::format::{Flaw, Level, Objective, Place};
use crate::grid::{Cell, Ground};
use crate::kind::{Kind, KindSpec};
use crate::profile::Profile;

/// Seconds of play at normal speed between which a level lasts neither very short nor very long.
const PLAY_S: std::ops::RangeInclusive<f64> = 20.0..=600.0;

pub(super) fn flaws(level: &Level, board: &Board) -> Vec<(Place, Flaw)> {
    let mut flaws = Vec::new();
    let mut note = |place: Place, flaw: Flaw| flaws.push((place, flaw));
    for joint in board.joints().filter(|joint| !joint.is_whole()) {
        note(Place::Pipe(joint.pipe.name.clone()), Flaw::LooseEnd);
    }
    ways(level, &mut note);
    for enemy in &level.enemies {
        let place = || Place::Enemy(enemy.name.clone());
        if !can_strike(level, board, enemy) {
            note(place(), Flaw::StrikesNothing);
        }
        if enemy.schedule.windows(level.flow.duration_ms).is_empty() {
            note(place(), Flaw::StrikesTooLate);
        }
    }
    super::lessons::flaws(level, board, &mut note);
    coins(level, &mut note);
    load(level, &mut note);
    texts(level, &mut note);
    flaws
}

/// Whether pipes can lead from springs to what answers, and whether there are coins for the shortest of them.
fn ways(level: &Level, note: &mut impl FnMut(Place, Flaw)) {
    let reach = Reach::of(level);
    for piece in &level.pieces {
        let place = || Place::Piece(piece.name.clone());
        if piece.spec.kind() == Kind::Spring && !piece.mouth(Some(0)).is_some_and(|mouth| reach.is_open(mouth)) {
            note(place(), Flaw::NoWayOut);
        }
        if piece.spec.kind().answers() && reach.cells_to(piece).is_none() {
            note(place(), Flaw::Unreachable);
        }
    }
    let in_stock = level.inventory.iter().any(|stock| stock.kind.answers());
    let answering = level.pieces.iter().filter(|piece| piece.spec.kind().answers());
    let nearest = answering.filter_map(|piece| reach.cells_to(piece)).min();
    if let Some(cells) = nearest.filter(|_| level.start.is_empty() && !in_stock) {
        let least = level.pipes.price_per_cell.saturating_mul(cells);
        if least > level.budget {
            note(Place::Section("budget"), Flaw::BudgetTooSmall(least));
        }
    }
}

/// Whether there is anything that it strikes, or could be once the player has built.
fn can_strike(level: &Level, board: &Board, enemy: &Enemy) -> bool {
    if enemy.target(board).is_some() {
        return true;
    }
    let dug = |cell: &Cell| level.terrain.ground(*cell) == Ground::Tunnel;
    match (enemy.kind.kind().strikes(), &enemy.on) {
        (Strikes::Pipe, Some(on)) => board.pipe(on).is_some() || board.piece(on).is_some(),
        (Strikes::Pipe, None) => enemy.cells.iter().any(dug),
        // A target that is none is an error already.
        (Strikes::Service, Some(_)) => true,
        (Strikes::Service, None) => level.inventory.iter().any(|s| s.kind.answers()) && enemy.cells.iter().any(dug),
    }
}

fn coins(level: &Level, note: &mut impl FnMut(Place, Flaw)) {
    match level.par {
        Some(par) if par > level.budget => note(Place::Section("par"), Flaw::ParAboveBudget(level.budget)),
        Some(par) if par == level.budget => note(Place::Section("par"), Flaw::NoSlack),
        _ => {}
    }
    for (nth, objective) in level.objectives.iter().enumerate() {
        if let Objective::Cost { at_most } = objective
            && *at_most >= level.budget
        {
            note(Place::Objective(nth as u32), Flaw::CostAboveBudget(level.budget));
        }
    }
}

/// Whether what flows can be worked off, in time, in a time that one likes to play.
fn load(level: &Level, note: &mut impl FnMut(Place, Flaw)) {
    let springs = || {
        level.pieces.iter().filter_map(|piece| match &piece.spec {
            KindSpec::Spring(spring) => Some(spring),
            _ => None,
        })
    };
    let open = springs().filter(|spring| !matches!(spring.profile, Profile::Users { .. }));
    let duration_s = level.flow.duration_ms.max(1) as f64 / 1_000.0;
    let rate: f64 = open.map(|spring| spring.requests(level.flow.duration_ms)).sum::<f64>() / duration_s;
    let built: f64 = level.pieces.iter().map(|piece| capacity_per_s(&piece.spec)).sum();
    let stocks = level.inventory.iter();
    let in_stock: f64 = stocks
        .map(|stock| {
            let spec = stock.spec.clone().unwrap_or_else(|| stock.kind.default_spec());
            f64::from(stock.count) * capacity_per_s(&spec)
        })
        .sum();
    let capacity = built + in_stock;
    for (nth, objective) in level.objectives.iter().enumerate() {
        let Objective::GoodShare { at_least, within_ms } = *objective else { continue };
        if capacity > 0.0 && rate * at_least > capacity {
            note(Place::Objective(nth as u32), Flaw::Overloaded(rate, capacity));
        }
        let least_ms = springs().map(|spring| spring.timeout_ms).min();
        if let Some(timeout_ms) = least_ms.filter(|&ms| (ms as f64) < within_ms) {
            note(Place::Objective(nth as u32), Flaw::GivesUpBefore(timeout_ms));
        }
    }
    let play_s = level.flow.duration_ms as f64 / level.flow.pace_ms_per_s;
    if !PLAY_S.contains(&play_s) {
        note(Place::Field("flow", "pace_ms_per_s"), Flaw::PlayTime(play_s));
    }
}

/// Requests a second that a piece can work off at most.
fn capacity_per_s(spec: &KindSpec) -> f64 {
    let (replicas, workers, time) = match spec {
        KindSpec::MachineRoom(room) => (room.replicas, room.workers, room.service_time),
        KindSpec::Vault(vault) => (vault.replicas, vault.workers, vault.service_time),
        _ => return 0.0,
    };
    f64::from(replicas) * f64::from(workers) * 1_000.0 / time.mean_ms().max(1e-6)
}

fn texts(level: &Level, note: &mut impl FnMut(Place, Flaw)) {
    for (language, texts) in &level.texts {
        for (key, _) in texts.iter().filter(|(_, text)| text.trim().is_empty()) {
            note(Place::Text(language.clone(), key.clone()), Flaw::TextEmpty);
        }
    }
    let Some(english) = level.texts.get("en") else { return };
    if !english.contains_key("hint-1") {
        note(Place::Language("en".into()), Flaw::NoHints);
    }
    for (language, texts) in level.texts.iter().filter(|(language, _)| *language != "en") {
        let missing = english.keys().filter(|key| !texts.contains_key(*key)).count();
        if missing > 0 {
            note(Place::Language(language.clone()), Flaw::NotTranslated(missing));
        }
    }
}

/// The pieces of a level that stand on the ground.
pub(super) fn on_ground(level: &Level) -> impl Iterator<Item = &Piece> {
    level.pieces.iter().filter(|piece| piece.stands_on_ground())
}
