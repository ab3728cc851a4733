//! Steps of a tutorial that speak of what is not there and never can be: what is doubtful about them, and how to mend it.

use super::edit::LevelEdit;
use crate::board::Board;
use crate::chaos::EnemyStock;
use crate::format::{Flaw, Level, Place, Stock};
use crate::kind::{Kind, Param};
use crate::limits::NAME_BYTES_MAX;
use crate::tutorial::{Pointer, Referred, Step, Which};

/// What is doubtful about the steps, each thing once a step.
pub(super) fn flaws(level: &Level, board: &Board, note: &mut impl FnMut(Place, Flaw)) {
    for (nth, step) in level.tutorial.iter().enumerate() {
        let mut told: Vec<Flaw> = Vec::new();
        for flaw in step.referred().into_iter().filter_map(|referred| missing(level, board, referred)) {
            if !told.contains(&flaw) {
                told.push(flaw.clone());
                note(Place::Step(nth as u32), flaw);
            }
        }
    }
}

/// What of it is not there, and cannot be put there by the player either.
fn missing(level: &Level, board: &Board, referred: Referred<'_>) -> Option<Flaw> {
    let in_stock = |kind: Kind| level.stock(kind).is_some_and(|stock| stock.count > 0);
    let on_board = |kind: Kind| board.pieces().iter().any(|piece| piece.spec.kind() == kind);
    match referred {
        Referred::Piece(Which::Named(name)) => {
            let there =
                board.piece(name).is_some() || Kind::ALL.iter().any(|&kind| in_stock(kind) && is_of(name, kind));
            (!there).then(|| Flaw::NoSuchPiece(name.clone()))
        }
        Referred::Piece(Which::Any(kind)) => (!in_stock(*kind) && !on_board(*kind)).then_some(Flaw::NotInStock(*kind)),
        Referred::Stock(kind) => (!in_stock(kind)).then_some(Flaw::NotInStock(kind)),
        Referred::Fault(kind) => {
            let there = level.chaos.as_ref().is_some_and(|chaos| chaos.stock(kind).is_some());
            (!there).then_some(Flaw::NotInArsenal(kind))
        }
        Referred::Knob(which, knob) => {
            let params = params(board, which)?;
            (!params.iter().any(|param| param.key == knob)).then(|| Flaw::NoSuchKnob(knob.to_owned()))
        }
    }
}

/// Whether the game gives pieces of that kind such names when the player places them.
fn is_of(name: &str, kind: Kind) -> bool {
    let number = name.strip_prefix(kind.key()).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The parameters of what is meant; nothing where it is not there.
fn params(board: &Board, which: &Which) -> Option<&'static [Param]> {
    match which {
        Which::Any(kind) => Some(kind.params()),
        Which::Named(name) => board.piece(name).map(|piece| piece.spec.kind().params()),
    }
}

/// An edit that mends it, where one can be told.
pub(super) fn fix(level: &Level, nth: u32, flaw: &Flaw) -> Option<LevelEdit> {
    let step = level.tutorial.get(nth as usize)?;
    let mended = match flaw {
        Flaw::NoSuchPiece(name) => named_otherwise(level, step, name).or_else(|| pointed_less(step, name)),
        Flaw::NoSuchKnob(knob) => {
            let params = Kind::ALL.iter().flat_map(|kind| kind.params()).map(|param| param.key);
            let near = nearest(knob, params)?;
            let mut step = step.clone();
            step.until.knobs_mut().into_iter().filter(|each| *each == knob).for_each(|each| near.clone_into(each));
            Some(step)
        }
        Flaw::NotInStock(kind) if *kind != Kind::Spring => {
            let known = level.stock(*kind).cloned().unwrap_or(Stock::first(*kind));
            return Some(LevelEdit::Stock(Stock { count: 1, ..known }));
        }
        Flaw::NotInArsenal(kind) if level.chaos.is_some() => {
            let first = EnemyStock::first(kind.default_spec(), level.flow.duration_ms);
            return Some(LevelEdit::Fault(first));
        }
        _ => None,
    };
    mended.map(|step| LevelEdit::Step { nth, step })
}

/// The step with the name of a piece that is called nearly so.
fn named_otherwise(level: &Level, step: &Step, name: &str) -> Option<Step> {
    let board = Board::new(level);
    let near = nearest(name, board.pieces().iter().map(|piece| piece.name.as_str()))?.to_owned();
    let mut step = step.clone();
    for which in step.pieces_mut() {
        if matches!(which, Which::Named(each) if each == name) {
            *which = Which::Named(near.clone());
        }
    }
    Some(step)
}

/// The step without what points at that piece, where it does not wait for it.
fn pointed_less(step: &Step, name: &str) -> Option<Step> {
    let speaks_of = |pointer: &Pointer| {
        pointer.referred().iter().any(|each| matches!(each, Referred::Piece(Which::Named(other)) if other == name))
    };
    let mut less = step.clone();
    less.points.retain(|pointer| !speaks_of(pointer));
    (!less.names().contains(&name)).then_some(less)
}

/// The name that is meant by one that is misspelt; nothing where none is like it.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // What is not even a name may be very long.
    let name = Some(name).filter(|name| name.len() <= NAME_BYTES_MAX)?;
    let most = (name.len() / 3).max(1);
    let near = names.map(|each| (strsim::osa_distance(name, each), each)).filter(|(far, _)| *far <= most);
    near.min().map(|(_, each)| each)
}
