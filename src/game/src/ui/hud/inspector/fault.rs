//! A fault of the player in the inspector: what it does, when it strikes, and what.

use super::super::Sources;
use super::{heading, shows_all};
use crate::board::looks;
use crate::foes;
use crate::palette;
use crate::ui::figures::duration;
use crate::ui::widgets::{column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::Enemy;
use pipe_maze_level::enemy::Schedule;

/// Fills the panel.
pub fn about(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, fault: &Enemy) {
    let (kit, session) = (sources.kit, sources.session);
    let key = fault.kind.kind().key();
    let title = kit.texts.get(&format!("enemy-{key}"));
    let plans = session.play().is_none();
    heading(panel, sources, looks::enemy(fault.kind.kind()).active, title, &foes::does(kit.texts, &fault.kind), plans);
    if !shows_all(sources) {
        return;
    }
    let target = fault.target(session.board()).unwrap_or_default();
    let name = kit.texts.of_level(session.level(), target).map(str::to_owned);
    let name = name.unwrap_or_else(|| kit.texts.get("tool-pipe"));
    let figures = [("fault-strikes", name), ("fault-when", when(sources, &fault.schedule))];
    for (key, words) in figures {
        let node = Node {
            padding: UiRect::axes(Val::Px(10.0), Val::Px(6.0)),
            border_radius: BorderRadius::all(Val::Px(10.0)),
            justify_content: JustifyContent::SpaceBetween,
            flex_wrap: FlexWrap::Wrap,
            ..row(8.0)
        };
        panel.spawn((node, BackgroundColor(palette::ink_raised()))).with_children(|figure| {
            figure.spawn(kit.body(kit.texts.get(key), 11.0, palette::periwinkle()));
            figure.spawn(column(1.0)).with_children(|words_column| {
                words_column.spawn(kit.strong(words, 13.0, palette::bone()));
            });
        });
    }
}

/// When it strikes, in words.
fn when(sources: &Sources<'_>, schedule: &Schedule) -> String {
    let texts = sources.kit.texts;
    let time = |ms: u64| duration(texts, ms.saturating_mul(1_000_000)).into();
    match schedule {
        Schedule::Always => texts.get("fault-always"),
        Schedule::Every { first_ms, every_ms, for_ms } => {
            texts.with("fault-every", &[("first", time(*first_ms)), ("every", time(*every_ms)), ("for", time(*for_ms))])
        }
        Schedule::At(times) => texts.with("fault-times", &[("count", times.len().into())]),
    }
}
