//! What each edit does to a level.

use super::edit::LevelEdit;
use super::refusal::DraftRefusal;
use super::{pieces, resize, start, steps, traffic};
use crate::board::{Board, is_name};
use crate::edit::Edit;
use crate::enemy::Enemy;
use crate::format::Level;
use crate::grid::Cell;
use crate::limits::{EDITS_MAX, FILE_BYTES_MAX, MAP_SIDE_MAX, NAME_BYTES_MAX};
use crate::limits::{ENEMIES_MAX, OBJECTIVES_MAX, PIECES_MAX, STOCKS_MAX};
use crate::tutorial::{CONDITION_DEPTH_MAX, STEPS_MAX};

/// The level after an edit.
///
/// # Errors
/// Why there is none.
pub(super) fn edited(level: &Level, edit: &LevelEdit) -> Result<Level, DraftRefusal> {
    let mut next = level.clone();
    apply(&mut next, edit)?;
    check_bounds(&next)?;
    Ok(next)
}

fn apply(level: &mut Level, edit: &LevelEdit) -> Result<(), DraftRefusal> {
    match edit {
        LevelEdit::Paint { cells, ground } => cells.iter().for_each(|&cell| level.terrain.set(cell, *ground)),
        &LevelEdit::Resize { columns, rows, left, above } => resize::resize(level, columns, rows, left, above)?,
        LevelEdit::Place { name, spec, at, facing } => pieces::place(level, name, spec, *at, *facing)?,
        LevelEdit::Remove { name } => pieces::remove(level, name)?,
        LevelEdit::Move { name, to } => pieces::shift(level, name, *to)?,
        LevelEdit::Rotate { name, to } => pieces::rotate(level, name, *to)?,
        LevelEdit::Rename { name, to } => pieces::rename(level, name, to)?,
        LevelEdit::Configure { name, setting } => pieces::configure(level, name, setting)?,
        LevelEdit::Specify { name, spec } => pieces::specify(level, name, spec)?,
        LevelEdit::Knobs { name, knobs } => pieces::piece(level, name)?.knobs.clone_from(knobs),
        LevelEdit::Class { name, class } => traffic::class(traffic::spring(level, name)?, class),
        LevelEdit::RemoveClass { name, class } => traffic::remove_class(traffic::spring(level, name)?, *class)?,
        LevelEdit::Profile { name, profile } => traffic::spring(level, name)?.profile = profile.clone(),
        LevelEdit::AddPoint { name, at_ms, factor } => {
            traffic::add_point(traffic::spring(level, name)?, (*at_ms, *factor))?;
        }
        LevelEdit::MovePoint { name, nth, at_ms, factor } => {
            traffic::move_point(traffic::spring(level, name)?, *nth, (*at_ms, *factor))?;
        }
        LevelEdit::RemovePoint { name, nth } => traffic::remove_point(traffic::spring(level, name)?, *nth)?,
        LevelEdit::Start(edit) => start::apply(level, edit)?,
        LevelEdit::StartList(edits) => level.start = start::plain(edits)?,
        LevelEdit::Batch(edits) if edits.len() > EDITS_MAX => return Err(DraftRefusal::TooMany("edits")),
        LevelEdit::Batch(edits) => edits.iter().try_for_each(|edit| apply(level, edit))?,
        LevelEdit::Change(change) => change.apply(level),
        _ => return apply_to_entries(level, edit),
    }
    Ok(())
}

/// The edits of enemies, faults, steps, inventory, objectives, texts and rules.
fn apply_to_entries(level: &mut Level, edit: &LevelEdit) -> Result<(), DraftRefusal> {
    match edit {
        LevelEdit::PlaceEnemy(enemy) => {
            check_new_name(level, &enemy.name)?;
            check_on_map(level, enemy.cells.iter().copied())?;
            level.enemies.push(enemy.clone());
        }
        LevelEdit::EnemyKind { name, kind } => enemy(level, name)?.kind = kind.clone(),
        LevelEdit::EnemyCells { name, cells } => {
            check_on_map(level, cells.iter().copied())?;
            enemy(level, name)?.cells.clone_from(cells);
        }
        LevelEdit::EnemyTarget { name, on } => enemy(level, name)?.on.clone_from(on),
        LevelEdit::EnemySchedule { name, schedule } => enemy(level, name)?.schedule = schedule.clone(),
        LevelEdit::Chaos(chaos) => level.chaos.clone_from(chaos),
        LevelEdit::Fault(stock) => {
            let arsenal = &mut level.chaos.as_mut().ok_or(DraftRefusal::NoSuchEntry)?.arsenal;
            match arsenal.iter_mut().find(|each| each.kind.kind() == stock.kind.kind()) {
                Some(each) => each.clone_from(stock),
                None => arsenal.push(stock.clone()),
            }
        }
        LevelEdit::RemoveFault(kind) => {
            let chaos = level.chaos.as_mut().ok_or(DraftRefusal::NoSuchEntry)?;
            chaos.arsenal.retain(|each| each.kind.kind() != *kind);
        }
        LevelEdit::AddStep { at, step } => steps::add(&mut level.tutorial, *at, step),
        LevelEdit::Step { nth, step } => *steps::step(&mut level.tutorial, *nth)? = step.clone(),
        LevelEdit::MoveStep { nth, to } => steps::shift(&mut level.tutorial, *nth, *to)?,
        LevelEdit::RemoveStep { nth } => drop(steps::take(&mut level.tutorial, *nth)?),
        LevelEdit::Stock(stock) => match level.inventory.iter_mut().find(|each| each.kind == stock.kind) {
            Some(each) => each.clone_from(stock),
            None => level.inventory.push(stock.clone()),
        },
        LevelEdit::RemoveStock(kind) => level.inventory.retain(|each| each.kind != *kind),
        LevelEdit::Pipes(rules) => level.pipes = *rules,
        LevelEdit::Budget(budget) => level.budget = *budget,
        LevelEdit::Par(par) => level.par = *par,
        LevelEdit::Flow(rules) => level.flow = *rules,
        LevelEdit::AddObjective(objective) => level.objectives.push(*objective),
        LevelEdit::Objective { nth, objective } => {
            *level.objectives.get_mut(*nth as usize).ok_or(DraftRefusal::NoSuchEntry)? = *objective;
        }
        LevelEdit::RemoveObjective { nth } => {
            let nth = Some(*nth as usize).filter(|&nth| nth < level.objectives.len());
            level.objectives.remove(nth.ok_or(DraftRefusal::NoSuchEntry)?);
        }
        LevelEdit::Text { language, key, text } => write_text(level, language, key, text.as_deref())?,
        LevelEdit::RemoveLanguage(language) => drop(level.texts.remove(language)),
        LevelEdit::Id(id) => {
            check_name(id)?;
            level.id.clone_from(id);
        }
        LevelEdit::Section(section) => level.section = *section,
        LevelEdit::Genre(genre) => level.genre = *genre,
        // All others are the caller's.
        _ => {}
    }
    Ok(())
}

fn enemy<'a>(level: &'a mut Level, name: &str) -> Result<&'a mut Enemy, DraftRefusal> {
    let found = level.enemies.iter_mut().find(|enemy| enemy.name == name);
    found.ok_or_else(|| DraftRefusal::NoSuch(name.into()))
}

fn write_text(level: &mut Level, language: &str, key: &str, text: Option<&str>) -> Result<(), DraftRefusal> {
    let code_ok = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !(1..=NAME_BYTES_MAX).contains(&language.len()) || !language.bytes().all(code_ok) {
        return Err(DraftRefusal::BadName(language.chars().take(40).collect()));
    }
    check_name(key)?;
    match text {
        Some(text) => {
            level.texts.entry(language.into()).or_default().insert(key.into(), text.into());
        }
        None => {
            let texts = level.texts.get_mut(language).ok_or(DraftRefusal::NoSuchEntry)?;
            texts.remove(key);
            if texts.is_empty() {
                level.texts.remove(language);
            }
        }
    }
    Ok(())
}

pub(super) fn check_name(name: &str) -> Result<(), DraftRefusal> {
    if is_name(name) { Ok(()) } else { Err(DraftRefusal::BadName(name.chars().take(40).collect())) }
}

/// The name is free: in the level and in what is built already.
pub(super) fn check_new_name(level: &Level, name: &str) -> Result<(), DraftRefusal> {
    check_name(name)?;
    if Board::new(level).has(name) { Err(DraftRefusal::NameTaken(name.into())) } else { Ok(()) }
}

/// Something of it lies on the map.
pub(super) fn check_on_map(level: &Level, cells: impl Iterator<Item = Cell>) -> Result<(), DraftRefusal> {
    let mut first = None;
    for cell in cells {
        if level.terrain.contains(cell) {
            return Ok(());
        }
        first = first.or(Some(cell));
    }
    Err(DraftRefusal::OutsideMap(first.unwrap_or_default()))
}

/// A level's file can be read again: it is not too large, and no list is too long.
pub(super) fn check_bounds(level: &Level) -> Result<(), DraftRefusal> {
    let side = 1..=MAP_SIDE_MAX as i32;
    if !side.contains(&level.terrain.columns()) || !side.contains(&level.terrain.rows()) {
        return Err(DraftRefusal::MapSize);
    }
    let counts = [
        ("pieces", level.pieces.len(), PIECES_MAX),
        ("start", Edit::count_all(&level.start), EDITS_MAX),
        ("enemies", level.enemies.len(), ENEMIES_MAX),
        ("tutorial", level.tutorial.len(), STEPS_MAX),
        ("arsenal", level.chaos.as_ref().map_or(0, |chaos| chaos.arsenal.len()), ENEMIES_MAX),
        ("inventory", level.inventory.len(), STOCKS_MAX),
        ("objectives", level.objectives.len(), OBJECTIVES_MAX),
    ];
    if let Some((what, ..)) = counts.into_iter().find(|&(_, count, most)| count > most) {
        return Err(DraftRefusal::TooMany(what));
    }
    if level.tutorial.iter().any(|step| step.until.depth() > CONDITION_DEPTH_MAX) {
        return Err(DraftRefusal::TooMany("conditions"));
    }
    // What is no number equals nothing, not even itself.
    #[expect(clippy::eq_op, reason = "that is what tells a level with NaN from all others")]
    let has_nan = level != level;
    if has_nan {
        return Err(DraftRefusal::NotANumber);
    }
    if level.to_text().len() > FILE_BYTES_MAX { Err(DraftRefusal::TooLarge) } else { Ok(()) }
}
