//! The game's menu: go on, choose, read, leave.

use super::{Sheet, Sources};
use crate::exchange::CAN_PICK;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{button, centred, ink_on};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// Fills the sheet.
pub fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let mut lines = vec![
        (ButtonId::GoOn, "menu-go-on", "icon-play", Look::PRIMARY),
        (ButtonId::Sheet(Sheet::Settings), "sheet-settings", "icon-gear", Look::QUIET),
        (ButtonId::Sheet(Sheet::Keys), "sheet-keys", "icon-info", Look::QUIET),
        (ButtonId::Sheet(Sheet::Share), "sheet-share", "icon-share", Look::QUIET),
        (ButtonId::OpenCopy, "menu-open-copy", "icon-duplicate", Look::QUIET),
        (ButtonId::Leave, "menu-leave", "icon-back", Look::QUIET),
    ];
    if CAN_PICK {
        lines.insert(4, (ButtonId::OpenFile, "menu-open-file", "icon-import", Look::QUIET));
    }
    if sources.received.pack.is_some() {
        lines.insert(1, (ButtonId::Sheet(Sheet::Pack), "sheet-pack", "icon-list", Look::QUIET));
    }
    for (id, text, icon, look) in lines {
        let kit = sources.kit;
        let node = Node {
            min_height: Val::Px(52.0),
            padding: UiRect::horizontal(Val::Px(18.0)),
            column_gap: Val::Px(14.0),
            align_items: AlignItems::Center,
            border_radius: BorderRadius::all(Val::Px(14.0)),
            ..default()
        };
        sheet.spawn((button(id, look), node)).with_children(|line| {
            line.spawn(Node { width: Val::Px(22.0), ..centred() }).with_children(|frame| {
                frame.spawn(kit.icon(icon, 20.0, ink_on(look)));
            });
            line.spawn(kit.strong(kit.texts.get(text), 17.0, ink_on(look)));
        });
    }
}
