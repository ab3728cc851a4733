//! What of the editor the page's script interface can read.

use super::desk::Desk;
use super::keep::{Keeping, Library};
use bevy::prelude::*;
use serde_json::{Value, json};

/// The level on the desk, and what is around it.
pub fn describe(desk: Option<Res<Desk>>, library: Option<Res<Library>>, keeping: Option<Res<Keeping>>) -> Value {
    let Some(desk) = desk else { return Value::Null };
    let problems = desk.draft.problems();
    let proving = &desk.proving;
    json!({
        "id": desk.draft.level().id,
        "number": desk.number,
        "revision": desk.draft.revision(),
        "tool": desk.tool.key(),
        "panel": desk.panel.key(),
        "sheet": desk.sheet.map(super::desk::Sheet::key),
        "selected": desk.selection,
        "problems": problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "playable": desk.draft.is_playable(),
        "mistakes": desk.writing.mistakes.len(),
        "remarks": desk.importing.remarks,
        "kept": keeping.is_some_and(|keeping| keeping.is_kept(&desk)),
        "drafts": library.map_or(0, |library| library.drafts.len()),
        "references": desk.references.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "decoys": desk.decoys.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "finished": desk.finished.as_ref().map(|finished| format!("{:?}", finished.verdict)),
        "proving": proving.steps.as_ref().map(|steps| steps.progress()),
        "proved": proving.holding(desk.state()).is_some(),
        "link": desk.published.as_ref().and_then(|published| published.link.clone()),
        "trouble": desk.trouble.as_ref().map(|trouble| trouble.refusal.to_string()),
    })
}
