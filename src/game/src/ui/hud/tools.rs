//! The row of tools: select, move the view, and what can be done with what is selected.

use super::Sources;
use crate::input::tools::Tool;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::row;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// Size of a tool: large enough for a finger.
const SIZE: f32 = 44.0;

/// The row, while one plans.
pub fn line(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, hand, .. } = sources;
    let chosen = |tool| if hand.tool == tool { Look::PRIMARY } else { Look::QUIET };
    let some = Look::QUIET.enabled(!hand.selection.is_empty());
    let node = Node { justify_content: JustifyContent::SpaceBetween, ..row(6.0) };
    parent.spawn(node).with_children(|line| {
        kit.disc(line, ButtonId::ToolSelect, "icon-select", SIZE, chosen(Tool::Select));
        kit.disc(line, ButtonId::ToolView, "icon-hand", SIZE, chosen(Tool::View));
        kit.disc(line, ButtonId::Turn, "icon-turn", SIZE, some);
        kit.disc(line, ButtonId::Duplicate, "icon-duplicate", SIZE, some);
        kit.disc(line, ButtonId::Copy, "icon-copy", SIZE, some);
        kit.disc(line, ButtonId::Paste, "icon-paste", SIZE, Look::QUIET.enabled(sources.hand.clip.is_some()));
        kit.disc(line, ButtonId::Delete, "icon-trash", SIZE, some);
    });
}
