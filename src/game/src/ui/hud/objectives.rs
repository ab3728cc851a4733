//! The objectives: each with its badge, its present figure, and a bar that fills towards its bound.

use super::Sources;
use super::readout::Readout;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures;
use crate::ui::tooltip::explained;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::Objective;

/// Width of the panel where there is hardly room.
pub const NARROW: f32 = 236.0;

/// The panel of the wide layout. While something is inspected below it, and in narrow windows, it makes room: a line for
/// each.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    let inspects = sources.hand.selection.only().is_some();
    let compact = inspects || sources.layout.is_narrow();
    let (width, gap) = match (inspects, compact) {
        (true, _) => (super::inspector::WIDTH, 5.0),
        (false, true) => (NARROW, 5.0),
        (false, false) => (286.0, 9.0),
    };
    let padding = UiRect::axes(Val::Px(if compact { 12.0 } else { 16.0 }), Val::Px(if compact { 8.0 } else { 11.0 }));
    let node = Node { width: Val::Px(width), padding, ..column(gap) };
    parent.spawn(instrument(node)).with_children(|list| {
        if !compact {
            list.spawn(kit.title(kit.texts.get("objectives"), 17.0, palette::bone()));
        }
        for (i, objective) in sources.session.level().objectives.iter().enumerate() {
            let words = figures::explained(kit.texts, objective, sources.session.level().par);
            let term = explained(ButtonId::Objective(i), words, Look::PLAIN);
            list.spawn((Node { border_radius: BorderRadius::all(Val::Px(4.0)), ..row(9.0) }, term)).with_children(
                |line| {
                    let badge = if compact { 14.0 } else { 17.0 };
                    line.spawn((kit.icon("badge-ok", badge, Color::NONE), Readout::Badge(i)));
                    line.spawn(Node { flex_grow: 1.0, ..column(3.0) }).with_children(|words| {
                        let spread = Node {
                            justify_content: JustifyContent::SpaceBetween,
                            column_gap: Val::Px(8.0),
                            ..default()
                        };
                        words.spawn(spread).with_children(|pair| {
                            pair.spawn(kit.body(figures::objective(kit.texts, objective), 11.5, palette::periwinkle()));
                            pair.spawn((
                                kit.strong("", 11.5, palette::ok()),
                                TextLayout::no_wrap(),
                                Readout::Standing(i),
                            ));
                        });
                        if !compact {
                            bar(words, i);
                        }
                    });
                },
            );
        }
    });
}

/// The chips of the tall layout: one objective says all of it in a line, several stand side by side and say it shortly.
pub fn chips(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let objectives = &sources.session.level().objectives;
    if let [only] = objectives.as_slice() {
        long(parent, sources, only);
        return;
    }
    let wrap = Node { flex_wrap: FlexWrap::Wrap, column_gap: Val::Px(5.0), row_gap: Val::Px(5.0), ..default() };
    // Four stand two by two.
    let width = if objectives.len() == 3 { 31.0 } else { 40.0 };
    parent.spawn(wrap).with_children(|line| {
        for (i, objective) in objectives.iter().enumerate() {
            let node = Node {
                flex_grow: 1.0,
                flex_basis: Val::Percent(width),
                height: Val::Px(CHIP),
                padding: UiRect::axes(Val::Px(10.0), Val::Px(3.0)),
                justify_content: JustifyContent::Center,
                overflow: Overflow::clip(),
                ..column(1.0)
            };
            let words = figures::explained(sources.kit.texts, objective, sources.session.level().par);
            let term = explained(ButtonId::Objective(i), words, Look::PANEL);
            line.spawn((instrument(node), term)).with_children(|chip| short(chip, sources, (i, objective)));
        }
    });
}

/// How much room the chips of so many objectives take, in interface pixels.
pub fn chips_height(objectives: usize) -> f32 {
    match objectives {
        0 => 0.0,
        1 => LONG,
        several => several.div_ceil(if several == 3 { 3 } else { 2 }) as f32 * (CHIP + 5.0) - 5.0,
    }
}

/// Height of a chip, and of the line of the only objective.
const CHIP: f32 = 39.0;
const LONG: f32 = 25.0;

/// What is asked for, and under it how it stands.
fn short(chip: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, (i, objective): (usize, &Objective)) {
    let kit = sources.kit;
    let asked = kit.body(figures::chip(kit.texts, objective), 10.0, palette::periwinkle());
    chip.spawn((asked, TextLayout::no_wrap()));
    chip.spawn(row(6.0)).with_children(|line| {
        line.spawn((kit.icon("badge-ok", 14.0, Color::NONE), Readout::Badge(i)));
        line.spawn((kit.strong("", 13.0, palette::ok()), TextLayout::no_wrap(), Readout::Standing(i)));
        // A thread of a bar along the rest: how near it is.
        let rest = Node { flex_grow: 1.0, min_width: Val::Px(8.0), ..default() };
        line.spawn(rest).with_children(|rest| bar(rest, i));
    });
}

fn long(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, objective: &Objective) {
    let kit = sources.kit;
    let node = Node { height: Val::Px(LONG), padding: UiRect::axes(Val::Px(10.0), Val::Px(3.0)), ..row(8.0) };
    let words = figures::explained(kit.texts, objective, sources.session.level().par);
    let term = explained(ButtonId::Objective(0), words, Look::PANEL);
    parent.spawn((instrument(node), term)).with_children(|pill| {
        pill.spawn((kit.icon("badge-ok", 14.0, Color::NONE), Readout::Badge(0)));
        let text = Node { flex_grow: 1.0, ..default() };
        pill.spawn(text).with_children(|text| {
            text.spawn(kit.body(figures::objective(kit.texts, objective), 11.5, palette::periwinkle()));
        });
        pill.spawn((kit.strong("", 12.5, palette::ok()), TextLayout::no_wrap(), Readout::Standing(0)));
    });
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
