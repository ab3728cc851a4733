//! The transport: start, hold, single event, speed, back to the plan; and where in the run one is.

use super::Sources;
use crate::palette;
use crate::session::SPEEDS;
use crate::text::numerals::number;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::settings::Sheet;
use crate::ui::widgets::{button, centred, column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// The panel, in both layouts.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, .. } = sources;
    let flowing = session.play().is_some();
    let node = Node {
        padding: UiRect::axes(Val::Px(12.0), Val::Px(8.0)),
        min_width: Val::Px(if layout.wide { 330.0 } else { 0.0 }),
        ..column(6.0)
    };
    parent.spawn(instrument(node)).with_children(|panel| {
        panel.spawn(row(if flowing { 5.0 } else { 8.0 })).with_children(|line| {
            if flowing {
                let icon = if session.is_paused() { "icon-play" } else { "icon-pause" };
                kit.disc(line, ButtonId::Flow, icon, 46.0, Look::PRIMARY);
                kit.disc(line, ButtonId::Step, "icon-step", 44.0, Look::QUIET);
                kit.disc(line, ButtonId::Stop, "icon-pencil", 44.0, Look::QUIET);
                let on = |is: bool| if is { Look::PRIMARY } else { Look::QUIET };
                kit.disc(line, ButtonId::Ride, "icon-drop", 44.0, on(sources.ride.is_some()));
                kit.disc(line, ButtonId::Fork, "icon-fork", 44.0, on(session.forks()));
            } else {
                // Where there is room for nothing else beside it, it is as wide as that: it comes next.
                let grows = Node { flex_grow: if layout.wide { 0.0 } else { 1.0 }, ..column(0.0) };
                line.spawn(grows).with_children(|room| {
                    let words = kit.texts.get("button-flow");
                    kit.word(room, ButtonId::Flow, &words, Some("icon-play"), 16.0, Look::PRIMARY);
                });
                let look = if sources.said.is_some() { Look::SECONDARY } else { Look::QUIET };
                kit.disc(line, ButtonId::Sheet(Sheet::Predict), "icon-flag", 44.0, look);
            }
            if layout.wide || flowing {
                line.spawn(Node { flex_grow: 1.0, ..default() });
                kit.disc(line, ButtonId::Fit, "icon-fit", 44.0, Look::QUIET);
            }
            kit.disc(line, ButtonId::Menu, "icon-menu", 44.0, Look::QUIET);
        });
        if !flowing {
            super::tools::line(panel, sources);
            return;
        }
        panel.spawn(row(6.0)).with_children(|line| speeds(line, sources));
        super::timebar::panel(panel, sources);
    });
}

fn speeds(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    for (i, times) in SPEEDS.iter().enumerate() {
        let look = if sources.session.speed() == i { Look::PRIMARY } else { Look::QUIET };
        let color = if sources.session.speed() == i { palette::ink() } else { palette::bone() };
        let node = Node {
            flex_grow: 1.0,
            min_width: Val::Px(44.0),
            height: Val::Px(if sources.layout.is_low() || !sources.layout.wide { 44.0 } else { 32.0 }),
            border_radius: BorderRadius::all(Val::Px(12.0)),
            ..centred()
        };
        parent.spawn((button(ButtonId::Speed(i), look), node)).with_children(|pill| {
            let text = kit.texts.with("speed", &[("times", number(*times, 0).into())]);
            pill.spawn(kit.strong(text, 13.0, color));
        });
    }
}
