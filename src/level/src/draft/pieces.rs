//! Edits of what has a name: pieces of the level, enemies, and what is built already.

use super::apply::{check_name, check_new_name, check_on_map};
use super::refusal::DraftRefusal;
use super::{start, steps};
use crate::board::{Board, Piece, footprint};
use crate::edit::{Edit, Setting};
use crate::format::Level;
use crate::grid::{Cell, Facing, Ground};
use crate::kind::{KindSpec, Stands};

pub(super) fn piece<'a>(level: &'a mut Level, name: &str) -> Result<&'a mut Piece, DraftRefusal> {
    let found = level.pieces.iter_mut().find(|piece| piece.name == name);
    found.ok_or_else(|| DraftRefusal::NoSuch(name.into()))
}

pub(super) fn place(
    level: &mut Level,
    name: &str,
    spec: &KindSpec,
    at: Cell,
    facing: Facing,
) -> Result<(), DraftRefusal> {
    check_new_name(level, name)?;
    check_on_map(level, footprint(spec.kind(), at))?;
    level.pieces.push(Piece { name: name.into(), at, facing, spec: spec.clone(), fixed: true, knobs: Vec::new() });
    Ok(())
}

pub(super) fn remove(level: &mut Level, name: &str) -> Result<(), DraftRefusal> {
    if let Some(piece) = level.pieces.iter().find(|piece| piece.name == name).cloned() {
        let (_, whole) = start::built(level);
        let mounted = mounted(level, &piece);
        level.pieces.retain(|each| each.name != piece.name && !mounted.contains(&each.name));
        if whole {
            start::prune(level);
        }
        return Ok(());
    }
    let before = level.enemies.len();
    level.enemies.retain(|enemy| enemy.name != name);
    if level.enemies.len() < before {
        return Ok(());
    }
    let (board, _) = start::built(level);
    let edit = if board.pipe(name).is_some() {
        Edit::RemovePipe { name: name.into() }
    } else {
        Edit::Remove { name: name.into() }
    };
    start::apply(level, &edit)
}

pub(super) fn shift(level: &mut Level, name: &str, to: Cell) -> Result<(), DraftRefusal> {
    let edit = Edit::Move { name: name.into(), to };
    if let Some(piece) = level.pieces.iter().find(|piece| piece.name == name).cloned() {
        check_on_map(level, footprint(piece.spec.kind(), to))?;
        let (columns, rows) = (to.column.saturating_sub(piece.at.column), to.row.saturating_sub(piece.at.row));
        let mounted = mounted(level, &piece);
        let moved = Piece { at: to, ..piece.clone() };
        let followed = followed(level, &moved, &mounted, &edit);
        for each in level.pieces.iter_mut().filter(|each| mounted.contains(&each.name)) {
            each.at = each.at.offset(columns, rows);
        }
        return put(level, moved, followed);
    }
    if let Some(enemy) = level.enemies.iter().find(|enemy| enemy.name == name) {
        let first = enemy.cells.first().copied().unwrap_or(to);
        let (columns, rows) = (to.column.saturating_sub(first.column), to.row.saturating_sub(first.row));
        let cells: Vec<Cell> = enemy.cells.iter().map(|cell| cell.offset(columns, rows)).collect();
        check_on_map(level, cells.iter().copied())?;
        level.enemies.iter_mut().filter(|enemy| enemy.name == name).for_each(|enemy| enemy.cells.clone_from(&cells));
        return Ok(());
    }
    start::apply(level, &edit)
}

pub(super) fn rotate(level: &mut Level, name: &str, to: Facing) -> Result<(), DraftRefusal> {
    let edit = Edit::Rotate { name: name.into(), to };
    let Some(piece) = level.pieces.iter().find(|piece| piece.name == name).cloned() else {
        return start::apply(level, &edit);
    };
    if !piece.spec.kind().turns() {
        return Err(crate::edit::Refusal::NoTurn(piece.spec.kind()).into());
    }
    let turned = Piece { facing: to, ..piece };
    let followed = followed(level, &turned, &mounted(level, &turned), &edit);
    put(level, turned, followed)
}

pub(super) fn rename(level: &mut Level, name: &str, to: &str) -> Result<(), DraftRefusal> {
    check_name(to)?;
    let (board, _) = start::built(level);
    if !board.has(name) {
        return Err(DraftRefusal::NoSuch(name.into()));
    }
    if board.has(to) {
        return Err(DraftRefusal::NameTaken(to.into()));
    }
    level.pieces.iter_mut().filter(|piece| piece.name == name).for_each(|piece| piece.name = to.into());
    for enemy in &mut level.enemies {
        if enemy.name == name {
            enemy.name = to.into();
        }
        if enemy.on.as_deref() == Some(name) {
            enemy.on = Some(to.into());
        }
    }
    start::rename(&mut level.start, name, to);
    steps::rename(&mut level.tutorial, name, to);
    for texts in level.texts.values_mut().filter(|texts| !texts.contains_key(to)) {
        // What the level itself says has keys of its own.
        if let Some(text) = texts.remove(name).filter(|_| !matches!(name, "name" | "brief" | "sage" | "won" | "lost")) {
            texts.insert(to.into(), text);
        }
    }
    Ok(())
}

pub(super) fn configure(level: &mut Level, name: &str, setting: &Setting) -> Result<(), DraftRefusal> {
    let Ok(piece) = piece(level, name) else {
        return start::apply(level, &Edit::Configure { name: name.into(), setting: setting.clone() });
    };
    let mut params = piece.spec.kind().params().iter();
    let turned = params.find_map(|param| param.value(setting).map(|value| (param, value)));
    let (param, value) = turned.ok_or_else(|| DraftRefusal::BadSetting(name.into()))?;
    (param.set)(&mut piece.spec, value);
    Ok(())
}

pub(super) fn specify(level: &mut Level, name: &str, spec: &KindSpec) -> Result<(), DraftRefusal> {
    let piece = piece(level, name)?;
    if piece.spec.kind() != spec.kind() {
        return Err(DraftRefusal::OtherKind(name.into()));
    }
    piece.spec = spec.clone();
    Ok(())
}

/// The power-ups of the level that stand on a piece.
fn mounted(level: &Level, host: &Piece) -> Vec<String> {
    if !host.stands_on_ground() {
        return Vec::new();
    }
    let on = |each: &&Piece| each.spec.kind().stands() == Stands::Caller && host.cells().any(|cell| cell == each.at);
    level.pieces.iter().filter(on).map(|each| each.name.clone()).collect()
}

/// What is built already once a piece has been put elsewhere or turned, and pipes have followed; nothing where they
/// cannot.
fn followed(level: &Level, piece: &Piece, mounted: &[String], edit: &Edit) -> Option<Board> {
    if level.start.is_empty() || !start::built(level).1 {
        return None;
    }
    let mut trial = level.clone();
    trial.pieces.retain(|each| !mounted.contains(&each.name));
    // A piece of the level may stand where the player's may not; pipes cannot take those cells, for it stands there.
    piece.cells().for_each(|cell| trial.terrain.set(cell, Ground::Tunnel));
    let mut board = Board::new(&trial);
    board.set_fixed(&piece.name, false);
    board.apply(edit).ok()?;
    board.set_fixed(&piece.name, true);
    Some(board)
}

fn put(level: &mut Level, piece: Piece, followed: Option<Board>) -> Result<(), DraftRefusal> {
    let name = piece.name.clone();
    *self::piece(level, &name)? = piece;
    if let Some(edits) = followed.and_then(|board| start::tidy(level, &board.on(level))) {
        level.start = edits;
    }
    Ok(())
}
