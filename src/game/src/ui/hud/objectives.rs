//! The objectives: each with its badge, its present figure, and a bar that fills towards its bound.

use super::Sources;
use super::readout::Readout;
use crate::palette;
use crate::ui::figures;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// The panel of the wide layout. While something is inspected below it, it makes room: a line for each.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    let compact = sources.hand.selection.only().is_some();
    let (width, gap) = if compact { (super::inspector::WIDTH, 5.0) } else { (286.0, 9.0) };
    let padding = UiRect::axes(Val::Px(if compact { 12.0 } else { 16.0 }), Val::Px(if compact { 8.0 } else { 11.0 }));
    let node = Node { width: Val::Px(width), padding, ..column(gap) };
    parent.spawn(instrument(node)).with_children(|list| {
        if !compact {
            list.spawn(kit.title(kit.texts.get("objectives"), 17.0, palette::bone()));
        }
        for (i, objective) in sources.session.level().objectives.iter().enumerate() {
            list.spawn(row(9.0)).with_children(|line| {
                let badge = if compact { 14.0 } else { 17.0 };
                line.spawn((kit.icon("badge-ok", badge, Color::NONE), Readout::Badge(i)));
                line.spawn(Node { flex_grow: 1.0, ..column(3.0) }).with_children(|words| {
                    let spread =
                        Node { justify_content: JustifyContent::SpaceBetween, column_gap: Val::Px(8.0), ..default() };
                    words.spawn(spread).with_children(|pair| {
                        pair.spawn(kit.body(figures::objective(kit.texts, objective), 11.5, palette::periwinkle()));
                        pair.spawn((kit.strong("", 11.5, palette::ok()), TextLayout::no_wrap(), Readout::Standing(i)));
                    });
                    if !compact {
                        bar(words, i);
                    }
                });
            });
        }
    });
}

/// The pills of the tall layout.
pub fn pills(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    for (i, objective) in sources.session.level().objectives.iter().enumerate() {
        let node = Node { padding: UiRect::axes(Val::Px(10.0), Val::Px(3.0)), ..row(8.0) };
        parent.spawn(instrument(node)).with_children(|pill| {
            pill.spawn((kit.icon("badge-ok", 14.0, Color::NONE), Readout::Badge(i)));
            let text = Node { flex_grow: 1.0, ..default() };
            pill.spawn(text).with_children(|text| {
                text.spawn(kit.body(figures::objective(kit.texts, objective), 11.0, palette::periwinkle()));
            });
            pill.spawn((kit.strong("", 11.5, palette::ok()), TextLayout::no_wrap(), Readout::Standing(i)));
        });
    }
}

fn bar(parent: &mut ChildSpawnerCommands<'_>, i: usize) {
    let track = Node {
        width: Val::Percent(100.0),
        height: Val::Px(4.0),
        border_radius: BorderRadius::all(Val::Px(2.0)),
        ..default()
    };
    let fill = Node {
        width: Val::Percent(0.0),
        height: Val::Percent(100.0),
        border_radius: BorderRadius::all(Val::Px(2.0)),
        ..default()
    };
    parent.spawn((track, BackgroundColor(palette::ink_line()))).with_children(|track| {
        track.spawn((fill, BackgroundColor(palette::ok()), Readout::Bar(i)));
    });
}
