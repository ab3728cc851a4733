//! One's prediction: what was said, what it was, how many answers were right, and how right one is over time.

use super::Sources;
use crate::causes::name_of;
use crate::palette;
use crate::text::numerals::number;
use crate::ui::figures::{clock, duration};
use crate::ui::settings::predict;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::prediction::{Breaks, Prediction, Question, Score};

pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some((said, score)) = &sources.guess else { return };
    let Sources { kit, roomy, .. } = sources;
    let node = Node { padding: UiRect::axes(Val::Px(14.0), Val::Px(8.0)), ..column(4.0) };
    let node = if *roomy { Node { width: Val::Px(312.0), ..node } } else { node };
    parent.spawn(instrument(node)).with_children(|panel| {
        panel.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) }).with_children(|head| {
            head.spawn((kit.title(kit.texts.get("guess"), 16.0, palette::bone()), TextLayout::no_wrap()));
            let pill = Node {
                padding: UiRect::axes(Val::Px(12.0), Val::Px(3.0)),
                border_radius: BorderRadius::MAX,
                ..default()
            };
            let right = [("right", score.right().into()), ("all", score.answers.len().into())];
            head.spawn((pill, BackgroundColor(palette::channel()))).with_child((
                kit.strong(kit.texts.with("guess-right", &right), 12.5, palette::ok()),
                TextLayout::no_wrap(),
            ));
        });
        panel.spawn(row(6.0)).with_children(|line| {
            line.spawn(Node { flex_grow: 1.0, ..default() });
            for key in ["guess-said", "guess-was"] {
                answer(line, sources, kit.texts.get(key), palette::periwinkle());
            }
        });
        for (question, right) in &score.answers {
            row_of(panel, sources, (*question, *right), (said, score));
        }
        let calibration = sources.calibration;
        if !calibration.is_empty() {
            let so_far = [("right", calibration.right.into()), ("all", calibration.answers.into())];
            panel.spawn(kit.body(kit.texts.with("guess-so-far", &so_far), 11.0, palette::periwinkle()));
        }
    });
}

fn row_of(
    panel: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    (question, right): (Question, bool),
    (said, score): (&Prediction, &Score),
) {
    let kit = sources.kit;
    let (texts, level) = (kit.texts, sources.session.level());
    let breaks = |breaks: Breaks| match breaks {
        Breaks::Nothing => texts.get("predict-nothing"),
        Breaks::Piece(id) => name_of(texts, sources.session, id),
    };
    let none = || texts.get("objective-none");
    let (key, one, other) = match question {
        Question::Breaks => {
            // What strained without breaking is told beside it.
            let held = score.breaks == Breaks::Nothing && sources.won && sources.losses.lost > 0;
            let was = if held { texts.get("guess-held") } else { breaks(score.breaks) };
            ("guess-breaks", said.breaks.map_or_else(none, breaks), was)
        }
        Question::Spell => {
            let was = score.broke.map(|(at, load)| {
                texts.with("guess-at", &[("at", clock(at.as_ns()).into()), ("load", number(load, 0).into())])
            });
            let one = said.spell.map(|nth| predict::spell(texts, level, nth));
            ("guess-spell", one.unwrap_or_else(none), was.unwrap_or_else(|| texts.get("guess-never")))
        }
        Question::Band => {
            let was = score.worst_p99_ns.map(|ns| duration(texts, ns));
            let one = said.band.map(|nth| predict::band(texts, level, nth));
            ("guess-band", one.unwrap_or_else(none), was.unwrap_or_else(none))
        }
    };
    panel.spawn(row(6.0)).with_children(|line| {
        line.spawn(kit.icon(if right { "badge-ok" } else { "badge-failed" }, 14.0, Color::WHITE));
        let name = Node { flex_grow: 1.0, flex_shrink: 1.0, ..default() };
        line.spawn(name).with_child(kit.body(texts.get(key), 11.5, palette::bone()));
        answer(line, sources, one, palette::periwinkle());
        answer(line, sources, other, if right { palette::ok() } else { palette::failed_on_ink() });
    });
}

fn answer(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, words: String, color: Color) {
    let node = Node { width: Val::Px(90.0), flex_shrink: 0.0, justify_content: JustifyContent::FlexEnd, ..default() };
    let text = (sources.kit.strong(words, 11.0, color), TextLayout::justify(Justify::Right));
    line.spawn(node).with_child(text);
}
