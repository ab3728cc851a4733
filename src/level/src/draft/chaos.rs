//! What makes a level one of chaos: the change of its kind with all that goes with it, and quick fixes.

use super::change::Change;
use super::edit::LevelEdit;
use super::fix::mended;
use crate::chaos::{Chaos, EnemyStock};
use crate::enemy::EnemyKind;
use crate::format::{Flaw, Genre, Level, Objective, Place, Rule};
use crate::limits::{COINS_MAX, ENEMIES_MAX, MAP_SIDE_MAX};

/// When the system counts as broken where nothing else is said.
pub(super) const BROKEN: Objective = Objective::Break { good_share_at_most: 0.5, within_ms: 1_000.0 };

/// The edit that makes a level one of that kind, with what goes with it: levels of chaos have faults to let loose and a
/// goal that the system breaks, all others a goal that says what counts as in time.
pub fn genre(level: &Level, genre: Genre) -> LevelEdit {
    let is_chaos = genre == Genre::Chaos;
    if is_chaos == level.chaos.is_some() {
        return LevelEdit::Genre(genre);
    }
    let chaos = is_chaos.then(|| Chaos::first(level.flow.duration_ms));
    let changed = Level { genre, chaos, ..level.clone() };
    let goals = goals(&changed);
    let in_time = Objective::GoodShare { at_least: 0.95, within_ms: 1_000.0 };
    let mut edits = vec![LevelEdit::Genre(genre), LevelEdit::Chaos(changed.chaos), goals];
    if !is_chaos {
        edits.push(LevelEdit::AddObjective(in_time));
    }
    LevelEdit::Batch(edits)
}

pub(super) fn fix(level: &Level, place: &Place, flaw: &Flaw) -> Option<LevelEdit> {
    match (place, flaw) {
        (_, Flaw::ChaosAndGenre) if level.chaos.is_some() => Some(LevelEdit::Genre(Genre::Chaos)),
        (_, Flaw::ChaosAndGenre) => Some(LevelEdit::Chaos(Some(Chaos::first(level.flow.duration_ms)))),
        (_, Flaw::NoFaults) => Chaos::first(level.flow.duration_ms).arsenal.into_iter().next().map(LevelEdit::Fault),
        (_, Flaw::NoBreak | Flaw::BreakAndDefend) => Some(goals(level)),
        (Place::Fault(kind), Flaw::Breaks(field, rule)) => of_fault(level, *kind, field, rule),
        (Place::Field(..), Flaw::Breaks(..)) => {
            let chaos = level.chaos.as_ref()?;
            let faults = chaos.faults.clamp(1, ENEMIES_MAX as u32);
            let radius = chaos.radius.clamp(1, MAP_SIDE_MAX as u32);
            Some(LevelEdit::Chaos(Some(Chaos { faults, radius, ..chaos.clone() })))
        }
        _ => None,
    }
}

/// The goals that fit: in a level of chaos one that the system breaks, in all others none of that kind.
fn goals(level: &Level) -> LevelEdit {
    let mut mended = level.clone();
    let breaks = |objective: &Objective| matches!(objective, Objective::Break { .. });
    if level.chaos.is_some() {
        let first = level.objectives.iter().copied().find(breaks).unwrap_or(BROKEN);
        mended.objectives.retain(|each| !breaks(each) && !matches!(each, Objective::GoodShare { .. }));
        mended.objectives.insert(0, first);
    } else {
        mended.objectives.retain(|each| !breaks(each));
    }
    LevelEdit::Change(Change::between(level, &mended))
}

fn of_fault(level: &Level, kind: EnemyKind, field: &str, rule: &Rule) -> Option<LevelEdit> {
    let chaos = level.chaos.as_ref()?;
    let stock = chaos.stock(kind)?;
    match (field, rule) {
        (_, Rule::ListedOnce) => {
            let once = LevelEdit::Fault(stock.clone());
            Some(LevelEdit::Batch(vec![LevelEdit::RemoveFault(kind), once]))
        }
        // Of kinds that are listed twice the first one is meant; another one may be wrong.
        ("count" | "price", _) => {
            let each = |stock: &EnemyStock| EnemyStock {
                count: stock.count.clamp(1, ENEMIES_MAX as u32),
                price: stock.price.min(COINS_MAX),
                ..stock.clone()
            };
            let arsenal = chaos.arsenal.iter().map(each).collect();
            Some(LevelEdit::Chaos(Some(Chaos { arsenal, ..chaos.clone() })))
        }
        // Which of them is wrong is not said: those that break the rule are mended.
        ("percent" | "replicas", _) => {
            let each = |stock: &EnemyStock| {
                let kind = mended(&stock.kind, field, rule).filter(|_| stock.kind.kind() == kind);
                EnemyStock { kind: kind.unwrap_or_else(|| stock.kind.clone()), ..stock.clone() }
            };
            let arsenal = chaos.arsenal.iter().map(each).collect();
            Some(LevelEdit::Chaos(Some(Chaos { arsenal, ..chaos.clone() })))
        }
        _ => None,
    }
}
