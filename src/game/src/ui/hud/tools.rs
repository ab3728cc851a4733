//! The row of tools: select, move the view, and what can be done with what is selected.

use super::Sources;
use crate::input::tools::Tool;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::row;
use bevy::ecs::hierarchy::ChildSpawnerCommands;

/// Size of a tool: large enough for a finger.
const SIZE: f32 = 44.0;

/// The row, while one plans.
pub fn line(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, hand, .. } = sources;
    let chosen = |tool| if hand.tool == tool { Look::PRIMARY } else { Look::QUIET };
    let node = row(6.0);
    parent.spawn(node).with_children(|line| {
        kit.disc(line, ButtonId::ToolSelect, "icon-select", SIZE, chosen(Tool::Select));
        kit.disc(line, ButtonId::ToolView, "icon-hand", SIZE, chosen(Tool::View));
        // What can be done with what is selected shows while something is.
        let some = !hand.selection.is_empty();
        for (id, icon, can) in [
            (ButtonId::Turn, "icon-turn", some),
            (ButtonId::Duplicate, "icon-duplicate", some),
            (ButtonId::Copy, "icon-copy", some),
            (ButtonId::Paste, "icon-paste", hand.clip.is_some()),
            (ButtonId::Delete, "icon-trash", some),
        ] {
            if can {
                kit.disc(line, id, icon, SIZE, Look::QUIET);
            }
        }
    });
}
