//! The row of tools: select, move the view, and what can be done with what is selected.

use super::Sources;
use crate::input::tools::Tool;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// Size of a tool: large enough for a finger.
const SIZE: f32 = 44.0;

/// The row, while one plans. On a phone held upright it has undo and redo at its end, and what can be done with what is
/// selected takes the place of the other tools.
pub fn line(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, hand, layout, .. } = sources;
    let chosen = |tool| if hand.tool == tool { Look::PRIMARY } else { Look::QUIET };
    let some = !hand.selection.is_empty();
    parent.spawn(row(if layout.wide { 6.0 } else { 5.0 })).with_children(|line| {
        let tools = [
            (ButtonId::ToolSelect, "tool-select", "icon-select", chosen(Tool::Select)),
            (ButtonId::ToolView, "tool-view", "icon-hand", chosen(Tool::View)),
        ];
        // Where nothing else wants the room, each says what it is.
        if layout.wide && !some && hand.clip.is_none() {
            for (id, words, icon, look) in tools {
                let node = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), ..column(0.0) };
                line.spawn(node).with_children(|half| {
                    kit.word(half, id, &kit.texts.get(words), Some(icon), 13.0, look);
                });
            }
        } else if layout.wide || !some {
            for (id, _, icon, look) in tools {
                kit.disc(line, id, icon, SIZE, look);
            }
        }
        if !layout.wide && !some {
            kit.disc(line, ButtonId::Fit, "icon-fit", SIZE, Look::QUIET);
        }
        // What can be done with what is selected shows while something is.
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
        if !layout.wide {
            line.spawn(Node { flex_grow: 1.0, ..default() });
            history(line, sources);
        }
    });
}

/// Back, and forth again.
pub(super) fn history(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, .. } = sources;
    kit.disc(line, ButtonId::Undo, "icon-undo", SIZE, Look::QUIET.enabled(session.can_undo()));
    kit.disc(line, ButtonId::Redo, "icon-redo", SIZE, Look::QUIET.enabled(session.can_redo()));
}
