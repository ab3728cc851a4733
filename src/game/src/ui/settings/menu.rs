//! The game's menu: go on, choose, read, leave.

use super::{Sheet, Sources};
use crate::exchange::CAN_PICK;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{Kit, button, centred, ink_on};
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
    // A phone held upright has no keyboard.
    if !sources.layout.wide {
        lines.retain(|(id, ..)| *id != ButtonId::Sheet(Sheet::Keys));
    }
    if CAN_PICK {
        lines.insert(lines.len() - 2, (ButtonId::OpenFile, "menu-open-file", "icon-import", Look::QUIET));
    }
    if sources.received.pack.is_some() {
        lines.insert(1, (ButtonId::Sheet(Sheet::Pack), "sheet-pack", "icon-list", Look::QUIET));
    }
    let kit = sources.kit;
    let low = sources.layout.is_low();
    let gap = Val::Px(if low || !sources.layout.wide { 9.0 } else { 14.0 });
    let wrap = Node { flex_wrap: FlexWrap::Wrap, row_gap: gap, column_gap: gap, ..default() };
    sheet.spawn(wrap).with_children(|sheet| lines.into_iter().for_each(|each| line(sheet, kit, low, each)));
}

fn line(
    sheet: &mut ChildSpawnerCommands<'_>,
    kit: Kit<'_>,
    low: bool,
    (id, text, icon, look): (ButtonId, &str, &str, Look),
) {
    // Two beside each other where there is little height; what comes next has a line to itself all the same.
    let half = low && id != ButtonId::GoOn;
    let node = Node {
        flex_grow: 1.0,
        flex_basis: Val::Percent(if half { 42.0 } else { 100.0 }),
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
