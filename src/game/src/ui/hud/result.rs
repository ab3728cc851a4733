//! The way back to the result, for whoever has gone back into a run whose debrief was read.

use super::Sources;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// Whether there is a result to go back to.
pub(super) fn is_there(sources: &Sources<'_>) -> bool {
    sources.session.result_at().is_some() && !sources.session.forks()
}

/// The button, in both layouts.
pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, .. } = sources;
    let padding = UiRect::axes(Val::Px(10.0), Val::Px(7.0));
    parent.spawn(instrument(Node { padding, justify_content: JustifyContent::Center, ..row(8.0) })).with_children(
        |panel| {
            let words = kit.texts.get("button-result");
            kit.word_of_height(panel, ButtonId::Debrief, (&words, Some("icon-flag")), 13.0, Look::SECONDARY, 44.0);
        },
    );
}
