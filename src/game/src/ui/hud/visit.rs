//! Someone else's run: what it turned out to be when it was computed again, and the ways to make something of it.

use super::Sources;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::replay::Check;

/// What is said of it while it is watched.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, .. } = sources;
    let Some(check) = session.visit_check().filter(|_| session.is_visiting()) else { return };
    let (badge, key) = match check {
        Check::Verified => ("badge-ok", "watch-verified"),
        Check::OtherRules => ("badge-strain", "watch-other-rules"),
        Check::OtherLevel => ("badge-strain", "watch-other-level"),
        Check::Differs => ("badge-failed", "watch-differs"),
    };
    let roomy = layout.wide && !layout.is_low();
    let node = Node { padding: UiRect::axes(Val::Px(12.0), Val::Px(7.0)), ..column(6.0) };
    let node = if layout.wide { Node { max_width: Val::Px(460.0), ..node } } else { node };
    parent.spawn(instrument(node)).with_children(|panel| {
        panel.spawn(row(9.0)).with_children(|line| {
            line.spawn(kit.icon(badge, 18.0, Color::WHITE));
            let key = if session.has_taken_over() { "watch-taken-over" } else { key };
            line.spawn(Node { flex_shrink: 1.0, ..default() }).with_child(kit.body(
                kit.texts.get(key),
                if roomy { 12.5 } else { 11.5 },
                palette::bone(),
            ));
        });
        panel.spawn(row(7.0)).with_children(|line| {
            let look = Look::SECONDARY.enabled(!session.has_taken_over());
            kit.word_of_height(
                line,
                ButtonId::TakeOver,
                (&kit.texts.get("watch-take-over"), Some("icon-fork")),
                12.0,
                look,
                40.0,
            );
            let own = kit.texts.get("watch-build-own");
            kit.word_of_height(line, ButtonId::BuildOwn, (&own, Some("icon-pencil")), 12.0, Look::QUIET, 40.0);
        });
    });
}
