//! What of the editor the page's script interface can read.

use super::desk::Desk;
use super::keep::{Keeping, Library};
use super::panel::Sheet;
use super::spot::{Spot, Spots};
use crate::ui::Layout;
use bevy::prelude::*;
use serde_json::{Value, json};

/// The controls of the editor, and what is on its desk.
pub struct Description {
    controls: Vec<Value>,
    focus: Value,
    desk: Value,
}

impl Description {
    /// Puts it into the state of the game: controls beside the others.
    pub fn add_to(self, state: &mut Value) {
        if let Some(buttons) = state["buttons"].as_array_mut() {
            buttons.extend(self.controls);
        }
        if !self.focus.is_null() {
            state["focus"] = self.focus;
        }
        state["editor"] = self.desk;
    }
}

/// Reads it.
pub fn describe(
    (desk, spots, layout): (Option<Res<Desk>>, Res<Spots>, Res<Layout>),
    (library, keeping): (Res<Library>, Res<Keeping>),
) -> Description {
    let px = |length: f32| length * layout.scale;
    let control = |spot: &Spot| {
        let area = spot.area;
        json!({ "id": spot.key, "enabled": spot.enabled, "x": px(area.left()), "y": px(area.top()), "w": px(area.width()), "h": px(area.height()) })
    };
    let focus = spots.0.iter().find(|spot| spot.focused).map(|spot| spot.key.clone());
    Description {
        controls: spots.0.iter().map(control).collect(),
        focus: json!(focus),
        desk: desk.map_or(Value::Null, |desk| on_desk(&desk, &library, &keeping)),
    }
}

fn on_desk(desk: &Desk, library: &Library, keeping: &Keeping) -> Value {
    let names =
        |list: &[(String, pipe_maze_level::Solution)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    json!({
        "id": desk.draft.level().id,
        "number": desk.number,
        "revision": desk.draft.revision(),
        "tool": desk.tool.key(),
        "panel": desk.panel.key(),
        "sheet": desk.sheet.map(Sheet::key),
        "selected": desk.selection,
        "problems": desk.draft.problems().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "playable": desk.draft.is_playable(),
        "mistakes": desk.writing.mistakes.len(),
        "remarks": desk.importing.remarks,
        "kept": keeping.is_kept(desk),
        "drafts": library.drafts.len(),
        "references": names(&desk.references),
        "decoys": names(&desk.decoys),
        "finished": desk.finished.as_ref().map(|finished| format!("{:?}", finished.verdict).to_lowercase()),
        "proving": desk.proving.progress(),
        "proved": desk.proving.holding(desk.state()).is_some(),
        "link": desk.published.as_ref().and_then(|published| published.link.clone()),
        "trouble": desk.trouble.as_ref().map(|trouble| trouble.refusal.to_string()),
    })
}
