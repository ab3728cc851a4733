//! The steps of a tutorial, one after the other, and what they refer to.

use super::refusal::DraftRefusal;
use crate::grid::Cell;
use crate::tutorial::{Pointer, Step, Which};

/// The step at that place.
pub(super) fn step(steps: &mut [Step], nth: u32) -> Result<&mut Step, DraftRefusal> {
    steps.get_mut(nth as usize).ok_or(DraftRefusal::NoSuchEntry)
}

/// Puts a step there, or behind the last one.
pub(super) fn add(steps: &mut Vec<Step>, at: u32, step: &Step) {
    steps.insert((at as usize).min(steps.len()), step.clone());
}

/// Takes a step out.
pub(super) fn take(steps: &mut Vec<Step>, nth: u32) -> Result<Step, DraftRefusal> {
    let nth = Some(nth as usize).filter(|&nth| nth < steps.len());
    Ok(steps.remove(nth.ok_or(DraftRefusal::NoSuchEntry)?))
}

/// Puts a step elsewhere.
pub(super) fn shift(steps: &mut Vec<Step>, nth: u32, to: u32) -> Result<(), DraftRefusal> {
    let step = take(steps, nth)?;
    add(steps, to, &step);
    Ok(())
}

/// Gives a piece another name wherever a step speaks of it.
pub(super) fn rename(steps: &mut [Step], from: &str, new: &str) {
    for which in steps.iter_mut().flat_map(Step::pieces_mut) {
        if matches!(which, Which::Named(name) if name == from) {
            *which = Which::Named(new.into());
        }
    }
}

/// Puts all cells so many columns and rows further.
pub(super) fn offset(steps: &mut [Step], columns: i32, rows: i32) {
    let further = |cell: &mut Cell| *cell = cell.offset(columns, rows);
    for pointer in steps.iter_mut().flat_map(|step| &mut step.points) {
        if let Pointer::Cell(cell) | Pointer::Place(_, cell) | Pointer::Loose(_, cell) = pointer {
            further(cell);
        }
    }
}
