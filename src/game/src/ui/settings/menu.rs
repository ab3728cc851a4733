//! The game's menu: go on, choose, read, leave.

use super::{Sheet, Sources};
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{button, centred, ink_on};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// Fills the sheet.
pub fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let lines = [
        (ButtonId::GoOn, "menu-go-on", "icon-play", Look::PRIMARY),
        (ButtonId::Sheet(Sheet::Settings), "sheet-settings", "icon-gear", Look::QUIET),
        (ButtonId::Sheet(Sheet::Keys), "sheet-keys", "icon-info", Look::QUIET),
        (ButtonId::OpenCopy, "menu-open-copy", "icon-duplicate", Look::QUIET),
        (ButtonId::Leave, "menu-leave", "icon-back", Look::QUIET),
    ];
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
