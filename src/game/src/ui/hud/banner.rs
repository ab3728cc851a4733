//! What stands over the middle of the board: while one plans what the level is about, and the clock where there is one;
//! while the water flows the error budget, the life of the level.

use super::Sources;
use super::readout::Readout;
use crate::palette;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::tooltip::explained;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::{Level, Objective};

/// Segments of the error budget's gauge.
pub const SEGMENTS: usize = 18;

/// What there is to say now, in both layouts.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    if sources.session.play().is_none() {
        brief(parent, sources);
    } else if has_budget(sources.session.level()) {
        budget(parent, sources);
    }
}

/// Whether some requests may fail, but not many.
pub fn has_budget(level: &Level) -> bool {
    level.objectives.iter().filter_map(Objective::slo).any(|(share, _)| share < 1.0)
}

fn brief(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, .. } = sources;
    let words = kit.texts.of_level(session.level(), "brief").unwrap_or_default();
    let node = Node {
        padding: UiRect::axes(Val::Px(14.0), Val::Px(7.0)),
        max_width: Val::Px(room(layout).min(440.0)),
        ..row(12.0)
    };
    parent.spawn(instrument(node)).with_children(|line| {
        line.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|text| {
            text.spawn(kit.body(words, if layout.is_low() { 11.5 } else { 12.5 }, palette::bone()));
        });
        if session.plan_left_s().is_some() {
            line.spawn(Node { flex_shrink: 0.0, ..row(6.0) }).with_children(|clock| {
                clock.spawn(kit.icon("icon-clock", 20.0, palette::gold()));
                clock.spawn((kit.strong("", 18.0, palette::gold()), TextLayout::no_wrap(), Readout::PlanClock));
            });
        }
    });
}

/// How wide it may be.
fn room(layout: &Layout) -> f32 {
    let (left, right) = if layout.wide { super::beside_banner(layout) } else { (0.0, 0.0) };
    layout.size.x - left - right
}

fn budget(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, layout, session, .. } = sources;
    let key = if session.level().is_to_break() { "budget-to-break" } else { "budget" };
    let width = if layout.wide { Val::Px(room(layout).min(420.0)) } else { Val::Percent(100.0) };
    let node = Node {
        width,
        flex_shrink: 1.0,
        padding: UiRect::new(Val::Px(14.0), Val::Px(16.0), Val::Px(6.0), Val::Px(8.0)),
        ..row(12.0)
    };
    let term = explained(ButtonId::Budget, kit.texts.get(&format!("explain-{key}")), Look::PANEL);
    parent.spawn((instrument(node), term)).with_children(|line| {
        line.spawn((kit.icon("icon-heart", 24.0, Color::WHITE), Readout::BudgetHeart));
        line.spawn(Node { flex_grow: 1.0, ..column(4.0) }).with_children(|gauge| {
            let spread = Node { justify_content: JustifyContent::SpaceBetween, ..row(10.0) };
            gauge.spawn(spread).with_children(|words| {
                // Where there is hardly room the heart says what it is.
                if !layout.is_narrow() {
                    words.spawn((kit.body(kit.texts.get(key), 12.5, palette::bone()), TextLayout::no_wrap()));
                }
                words.spawn(row(10.0)).with_children(|figures| {
                    figures.spawn((kit.strong("", 12.5, palette::bone()), TextLayout::no_wrap(), Readout::BudgetLeft));
                    figures.spawn((
                        kit.strong("", 12.5, palette::strain()),
                        TextLayout::no_wrap(),
                        Readout::BudgetBurn,
                    ));
                });
            });
            gauge.spawn(row(3.0)).with_children(|bar| {
                for i in 0..SEGMENTS {
                    let node = Node {
                        flex_grow: 1.0,
                        height: Val::Px(if layout.wide { 13.0 } else { 9.0 }),
                        border_radius: BorderRadius::all(Val::Px(3.5)),
                        ..default()
                    };
                    bar.spawn((node, BackgroundColor(palette::ink_line()), Readout::BudgetSegment(i)));
                }
            });
        });
    });
}
