//! Quick fixes: an edit that mends a problem, where one can be told.

use super::change::Change;
use super::edit::LevelEdit;
use super::{chaos, lessons};
use crate::board::{Board, Piece, footprint, is_name};
use crate::edit::Edit;
use crate::enemy::{Blow, EnemySpec, Grip};
use crate::format::{Flaw, Level, Objective, Place, Rule, Stock};
use crate::grid::{Cell, Facing, Ground};
use crate::kind::Kind;
use crate::limits::{COINS_MAX, TEXT_BYTES_MAX};

/// What a machine room costs where it comes into the inventory by a fix, in coins.
const ROOM_PRICE: u32 = 50;

pub(super) fn of(level: &Level, place: &Place, flaw: &Flaw) -> Option<LevelEdit> {
    match (place, flaw) {
        (Place::Section("id"), Flaw::BadName(id)) => Some(LevelEdit::Id(named_like(level, id))),
        (Place::Piece(name) | Place::Enemy(name), Flaw::BadName(_)) => {
            Some(LevelEdit::Rename { name: name.clone(), to: named_like(level, name) })
        }
        (_, Flaw::NameTaken) => Some(other_name(level, place)),
        (Place::Language(language), Flaw::TextMissing(key)) => {
            let text = if *key == "name" { level.id.clone() } else { String::new() };
            Some(LevelEdit::Text { language: language.clone(), key: (*key).into(), text: Some(text) })
        }
        (Place::Text(language, key), Flaw::TextTooLong(_)) => {
            let text = level.texts.get(language)?.get(key)?;
            let end = (0..=TEXT_BYTES_MAX).rev().find(|&end| text.is_char_boundary(end))?;
            let text = Some(text[..end].to_owned());
            Some(LevelEdit::Text { language: language.clone(), key: key.clone(), text })
        }
        (Place::Piece(name), _) => of_piece(level, piece(level, name)?, flaw),
        (Place::Enemy(name), _) => of_enemy(level, name, flaw),
        (Place::Stock(kind), _) => of_stock(level, *kind, flaw),
        (Place::Pipe(name), Flaw::LooseEnd | Flaw::OutletTaken(_)) => {
            Some(LevelEdit::Start(Edit::RemovePipe { name: name.clone() }))
        }
        (Place::Start(nth), Flaw::Start(_)) => {
            let others = level.start.iter().enumerate().filter(|(i, _)| *i != *nth as usize);
            Some(LevelEdit::StartList(others.map(|(_, edit)| edit.clone()).collect()))
        }
        (Place::Objective(nth), _) => of_objective(level, *nth, flaw),
        (Place::Step(_), Flaw::StepTextMissing(key)) if is_name(key) => {
            Some(LevelEdit::Text { language: "en".into(), key: key.clone(), text: Some(String::new()) })
        }
        (Place::Step(nth), _) => lessons::fix(level, *nth, flaw),
        (Place::Fault(_) | Place::Section("chaos") | Place::Field("chaos", _), _)
        | (_, Flaw::NoBreak | Flaw::BreakAndDefend) => chaos::fix(level, place, flaw),
        (Place::Section(_) | Place::Field(..), _) => of_section(level, place, flaw),
        _ => None,
    }
}

fn of_section(level: &Level, place: &Place, flaw: &Flaw) -> Option<LevelEdit> {
    match (place, flaw) {
        (Place::Section("section"), Flaw::Breaks(..)) => Some(LevelEdit::Section(level.section.clamp(1, 5))),
        (Place::Section("budget"), Flaw::Breaks(..)) => Some(LevelEdit::Budget(COINS_MAX)),
        (Place::Section("budget"), Flaw::BudgetTooSmall(least)) => {
            // As much again, for whatever else a way needs.
            Some(LevelEdit::Budget(least.saturating_mul(2).min(COINS_MAX)))
        }
        (Place::Section("par"), Flaw::Breaks(..)) => Some(LevelEdit::Par(None)),
        (Place::Section("par"), Flaw::ParAboveBudget(_) | Flaw::NoSlack) => {
            Some(LevelEdit::Par((level.budget > 1).then(|| level.budget - level.budget.div_ceil(10))))
        }
        (_, Flaw::NoSpring) => place_for(level, Kind::Spring).map(|at| placed(level, Kind::Spring, at)),
        (_, Flaw::NoAnswer) => {
            let room = Kind::MachineRoom;
            let stock = Stock { price: ROOM_PRICE, ..Stock::first(room) };
            Some(place_for(level, room).map_or(LevelEdit::Stock(stock), |at| placed(level, room, at)))
        }
        (_, Flaw::NoGoodShare) => {
            Some(LevelEdit::AddObjective(Objective::GoodShare { at_least: 0.95, within_ms: 1_000.0 }))
        }
        (_, Flaw::ManyGoodShares(_)) => {
            let last = level.objectives.iter().rposition(|each| matches!(each, Objective::GoodShare { .. }))?;
            Some(LevelEdit::RemoveObjective { nth: last as u32 })
        }
        (Place::Field("flow", field), Flaw::Breaks(_, Rule::Between(min, max))) => {
            let mut flow = level.flow;
            let within = |value: f64| if value.is_finite() { value.clamp(*min, *max) } else { *min };
            match *field {
                "duration_ms" => flow.duration_ms = within(flow.duration_ms as f64) as u64,
                "pace_ms_per_s" => flow.pace_ms_per_s = within(flow.pace_ms_per_s),
                "beaten_after_ms" => flow.beaten_after_ms = within(flow.beaten_after_ms as f64) as u64,
                _ => flow.plan_s = None,
            }
            Some(LevelEdit::Flow(flow))
        }
        (Place::Field("flow", "pace_ms_per_s"), Flaw::PlayTime(_)) => {
            // Two minutes of play.
            let pace_ms_per_s = (level.flow.duration_ms as f64 / 120.0).clamp(1.0, 600_000.0);
            Some(LevelEdit::Flow(crate::format::FlowRules { pace_ms_per_s, ..level.flow }))
        }
        _ => None,
    }
}

fn of_piece(level: &Level, piece: &Piece, flaw: &Flaw) -> Option<LevelEdit> {
    let name = piece.name.clone();
    match flaw {
        Flaw::Rock(_) => {
            let rock = |cell: &Cell| level.terrain.ground(*cell) == Ground::Rock;
            Some(LevelEdit::Paint { cells: piece.cells().filter(rock).collect(), ground: Ground::Tunnel })
        }
        Flaw::OutsideMap(_) => {
            let (columns, rows) = piece.spec.kind().size();
            let to = Cell::new(
                piece.at.column.clamp(0, (level.terrain.columns() - columns).max(0)),
                piece.at.row.clamp(0, (level.terrain.rows() - rows).max(0)),
            );
            let fits = footprint(piece.spec.kind(), to).all(|cell| level.terrain.contains(cell));
            Some(if fits { LevelEdit::Move { name, to } } else { LevelEdit::Remove { name } })
        }
        Flaw::StandsOnPipe => {
            let (kind, spec) = (piece.spec.kind(), Some(piece.spec.clone()));
            let stock = Stock { kind, count: 1, price: ROOM_PRICE, spec, knobs: piece.knobs.clone() };
            let known = level.stock(kind).cloned().unwrap_or(stock);
            Some(LevelEdit::Batch(vec![LevelEdit::Remove { name }, LevelEdit::Stock(known)]))
        }
        Flaw::NoCaller(_) | Flaw::TwoOfKind(_) => Some(LevelEdit::Remove { name }),
        Flaw::UnknownKnob(knob, _) => {
            let knobs = piece.knobs.iter().filter(|each| *each != knob).cloned().collect();
            Some(LevelEdit::Knobs { name, knobs })
        }
        Flaw::NoWayOut => {
            let mouth = piece.mouth(Some(0)).filter(|mouth| level.terrain.ground(*mouth) != Ground::Tunnel)?;
            level.terrain.contains(mouth).then(|| LevelEdit::Paint { cells: vec![mouth], ground: Ground::Tunnel })
        }
        _ => None,
    }
}

fn of_enemy(level: &Level, name: &str, flaw: &Flaw) -> Option<LevelEdit> {
    let enemy = level.enemies.iter().find(|enemy| enemy.name == name)?;
    match flaw {
        Flaw::OutsideMap(_) => {
            let cells: Vec<Cell> = enemy.cells.iter().copied().filter(|&cell| level.terrain.contains(cell)).collect();
            let name = name.to_owned();
            Some(if cells.is_empty() { LevelEdit::Remove { name } } else { LevelEdit::EnemyCells { name, cells } })
        }
        Flaw::Breaks(field, rule) => {
            let kind = mended(&enemy.kind, field, rule)?;
            Some(LevelEdit::EnemyKind { name: name.into(), kind })
        }
        Flaw::BadTarget(_) | Flaw::NoService(_) => Some(LevelEdit::EnemyTarget { name: name.into(), on: None }),
        // Without a target by name it strikes what lies in its cells, where they are dug.
        Flaw::StrikesNothing if enemy.on.is_some() => {
            let dug = enemy.cells.iter().any(|cell| level.terrain.ground(*cell) == Ground::Tunnel);
            dug.then(|| LevelEdit::EnemyTarget { name: name.into(), on: None })
        }
        _ => None,
    }
}

/// What an enemy is with the number that breaks a rule where the rule ends; nothing where that mends nothing.
pub(super) fn mended(before: &EnemySpec, field: &str, rule: &Rule) -> Option<EnemySpec> {
    let mut kind = before.clone();
    let within = |value: f64| match *rule {
        Rule::Between(min, max) if value.is_finite() => value.clamp(min, max),
        Rule::PositiveUpTo(max) if value > 0.0 => value.min(max),
        _ => 50.0,
    };
    match (&mut kind, field) {
        (EnemySpec::CoordinationThwomp(stone), "replicas") => {
            stone.replicas = stone.replicas.filter(|_| *rule != Rule::LeftOut).map(|replicas| replicas.clamp(1, 100));
        }
        (EnemySpec::CoordinationThwomp(stone), "percent") => {
            if let Blow::Errors { percent } = &mut stone.blow {
                *percent = within(*percent);
            }
        }
        (EnemySpec::CircuitBreakerThwomp(press), "percent") => match &mut press.grip {
            Grip::Leak { percent } | Grip::Squeeze { percent } => *percent = within(*percent),
            Grip::Shut | Grip::ShutForward | Grip::ShutBackward => {}
        },
        _ => return None,
    }
    (kind != *before).then_some(kind)
}

fn of_stock(level: &Level, kind: Kind, flaw: &Flaw) -> Option<LevelEdit> {
    let stock = level.stock(kind)?;
    match flaw {
        Flaw::Breaks(_, Rule::ListedOnce) => {
            let all = level.inventory.iter().filter(|each| each.kind == kind);
            let count = all.fold(0, |sum: u32, each| sum.saturating_add(each.count)).min(64);
            let once = Stock { count, ..stock.clone() };
            Some(LevelEdit::Batch(vec![LevelEdit::RemoveStock(kind), LevelEdit::Stock(once)]))
        }
        Flaw::Breaks(_, Rule::Placeable) => Some(LevelEdit::RemoveStock(kind)),
        Flaw::Breaks(_, Rule::SameKind) => Some(LevelEdit::Stock(Stock { spec: None, ..stock.clone() })),
        Flaw::Breaks(field, _) if field == "count" => {
            Some(LevelEdit::Stock(Stock { count: stock.count.clamp(1, 64), ..stock.clone() }))
        }
        Flaw::Breaks(field, _) if field == "price" => {
            Some(LevelEdit::Stock(Stock { price: stock.price.min(COINS_MAX), ..stock.clone() }))
        }
        Flaw::UnknownKnob(knob, _) => {
            let knobs = stock.knobs.iter().filter(|each| *each != knob).cloned().collect();
            Some(LevelEdit::Stock(Stock { knobs, ..stock.clone() }))
        }
        _ => None,
    }
}

fn of_objective(level: &Level, nth: u32, flaw: &Flaw) -> Option<LevelEdit> {
    match (level.objectives.get(nth as usize)?, flaw) {
        (_, Flaw::NoClass(_) | Flaw::NoBroker) | (Objective::Cost { .. }, Flaw::CostAboveBudget(_)) => {
            Some(LevelEdit::RemoveObjective { nth })
        }
        (Objective::Beaten { .. }, Flaw::Breaks(_, Rule::Enemies(0))) => Some(LevelEdit::RemoveObjective { nth }),
        (Objective::Beaten { .. }, Flaw::Breaks(_, Rule::Enemies(count))) => {
            let objective = Objective::Beaten { at_least: *count as u32 };
            Some(LevelEdit::Objective { nth, objective })
        }
        (&Objective::GoodShare { at_least, .. }, Flaw::GivesUpBefore(ms)) => {
            let objective = Objective::GoodShare { at_least, within_ms: *ms as f64 };
            Some(LevelEdit::Objective { nth, objective })
        }
        _ => None,
    }
}

/// Another name for the last of those that share one.
fn other_name(level: &Level, place: &Place) -> LevelEdit {
    let mut mended = level.clone();
    match place {
        Place::Enemy(name) => {
            let to = named_like(level, name);
            let last = mended.enemies.iter_mut().rfind(|enemy| enemy.name == *name);
            last.into_iter().for_each(|enemy| enemy.name.clone_from(&to));
        }
        Place::Piece(name) => {
            let to = named_like(level, name);
            let last = mended.pieces.iter_mut().rfind(|piece| piece.name == *name);
            last.into_iter().for_each(|piece| piece.name.clone_from(&to));
        }
        _ => {}
    }
    LevelEdit::Change(Change::between(level, &mended))
}

fn piece<'a>(level: &'a Level, name: &str) -> Option<&'a Piece> {
    level.pieces.iter().find(|piece| piece.name == name)
}

/// A free name that looks like this text.
fn named_like(level: &Level, text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let stem: String = text.chars().map(plain).take(24).collect();
    let stem = stem.trim_matches('-');
    let stem = if stem.is_empty() { "piece" } else { stem };
    let board = Board::new(level);
    if is_name(stem) && !board.has(stem) { stem.into() } else { board.free_name(stem) }
}

fn placed(level: &Level, kind: Kind, at: Cell) -> LevelEdit {
    let name = named_like(level, if kind == Kind::Spring { "spring" } else { "room" });
    LevelEdit::Place { name, spec: kind.default_spec(), at, facing: Facing::default() }
}

/// Where a piece of that kind can stand so that pipes can join it.
fn place_for(level: &Level, kind: Kind) -> Option<Cell> {
    let board = Board::new(level);
    let free = |cell: Cell| board.ground_piece_at(cell).is_none() && board.pipe_at(cell).is_none();
    let stands = |cell: Cell| level.terrain.contains(cell) && level.terrain.ground(cell) != Ground::Rock && free(cell);
    let joins = |cell: Cell| level.terrain.ground(cell) == Ground::Tunnel && free(cell);
    let spec = kind.default_spec();
    level.terrain.cells().find(|&at| {
        footprint(kind, at).all(stands)
            && kind.ports().iter().filter(|port| spec.has(port)).all(|port| joins(port.mouth_at(at)))
    })
}
