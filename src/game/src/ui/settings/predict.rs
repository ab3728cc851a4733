//! The prediction: what breaks first, when, and how bad it gets. Each question has a few answers; none must be given.

use super::{Sources, choices};
use crate::causes::name_of;
use crate::palette;
use crate::prediction::{self, Guess};
use crate::session::Session;
use crate::text::Texts;
use crate::text::numerals::number;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::figures::{clock, duration};
use crate::ui::widgets::{column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::prediction::{Breaks, SPELLS, band_bounds_ns};
use pipe_maze_level::{KindSpec, Level};

/// Fills the sheet.
pub(super) fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some(session) = sources.session else { return };
    let (kit, guess) = (sources.kit, sources.guess);
    sheet.spawn(kit.body(kit.texts.get("predict-about"), 12.0, palette::periwinkle()));
    let meaning = if session.level().is_to_break() { "predict-means-to-break" } else { "predict-means" };
    sheet.spawn(kit.body(kit.texts.get(meaning), 12.0, palette::periwinkle()));
    question(sheet, sources, "predict-breaks", |line| {
        let nothing = kit.texts.get("predict-nothing");
        let chosen = choices::chosen(guess.breaks == Some(Breaks::Nothing));
        choices::pill(line, sources, ButtonId::Breaks(0), &nothing, chosen, |_| {});
        for (nth, id) in prediction::choices(session.board()).into_iter().enumerate() {
            let name = name_of(kit.texts, session, id);
            let chosen = choices::chosen(guess.breaks == Some(Breaks::Piece(id)));
            choices::pill(line, sources, ButtonId::Breaks(nth + 1), &name, chosen, |_| {});
        }
    });
    if guess.breaks != Some(Breaks::Nothing) {
        question(sheet, sources, "predict-spell", |line| {
            for nth in 0..SPELLS {
                let words = spell(kit.texts, session.level(), nth);
                choices::pill(
                    line,
                    sources,
                    ButtonId::Spell(nth),
                    &words,
                    choices::chosen(guess.spell == Some(nth)),
                    |_| {},
                );
            }
        });
    }
    question(sheet, sources, "predict-band", |line| {
        for nth in 0..=band_bounds_ns(session.level()).len() {
            let words = band(kit.texts, session.level(), nth);
            choices::pill(line, sources, ButtonId::Band(nth), &words, choices::chosen(guess.band == Some(nth)), |_| {});
        }
    });
    sheet.spawn(row(8.0)).with_children(|line| {
        kit.word(line, ButtonId::GoOn, &kit.texts.get("predict-done"), Some("icon-check"), 14.0, Look::PRIMARY);
        let look = Look::QUIET.enabled(guess.said().is_some() || guess.band.is_some() || guess.spell.is_some());
        kit.word(line, ButtonId::Unpredict, &kit.texts.get("predict-back"), Some("icon-undo"), 13.0, look);
    });
}

fn question(
    sheet: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    key: &str,
    answers: impl FnOnce(&mut ChildSpawnerCommands<'_>),
) {
    let kit = sources.kit;
    sheet.spawn(column(4.0)).with_children(|lines| {
        lines.spawn(kit.strong(kit.texts.get(key), 14.0, palette::bone()));
        lines.spawn(choices::pills()).with_children(answers);
    });
}

/// A part of the time of flow, and how much comes then.
pub fn spell(texts: &Texts, level: &Level, nth: usize) -> String {
    let whole_ms = level.flow.duration_ms;
    let bound_ms = |nth: usize| whole_ms * nth as u64 / SPELLS as u64;
    let (from_ms, to_ms) = (bound_ms(nth), bound_ms(nth + 1));
    let springs = level.pieces.iter().filter_map(|piece| match &piece.spec {
        KindSpec::Spring(spec) => Some(spec),
        _ => None,
    });
    let requests: f64 = springs.map(|spec| spec.requests(to_ms) - spec.requests(from_ms)).sum();
    let load = requests * 1_000.0 / (to_ms - from_ms).max(1) as f64;
    texts.with(
        "predict-spell-of",
        &[
            ("from", clock(from_ms * 1_000_000).into()),
            ("to", clock(to_ms * 1_000_000).into()),
            ("load", number(load, 0).into()),
        ],
    )
}

/// A band of the worst p99.
pub fn band(texts: &Texts, level: &Level, nth: usize) -> String {
    let bounds = band_bounds_ns(level).map(|ns| duration(texts, ns));
    match (nth.checked_sub(1).and_then(|below| bounds.get(below)), bounds.get(nth)) {
        (None, Some(to)) => texts.with("predict-under", &[("to", to.clone().into())]),
        (Some(from), Some(to)) => {
            texts.with("predict-between", &[("from", from.clone().into()), ("to", to.clone().into())])
        }
        (from, None) => texts.with("predict-over", &[("from", from.cloned().unwrap_or_default().into())]),
    }
}

/// Heeds answers; the same answer again takes it back.
pub fn heed(mut clicked: MessageReader<Clicked>, session: Option<Res<Session>>, mut guess: ResMut<Guess>) {
    for Clicked(id) in clicked.read() {
        let Some(session) = &session else { continue };
        let toggled = |before: Option<usize>, nth: usize| Some(nth).filter(|_| before != Some(nth));
        match *id {
            ButtonId::Breaks(nth) => {
                let choices = prediction::choices(session.board());
                let chosen = match nth.checked_sub(1) {
                    None => Some(Breaks::Nothing),
                    Some(nth) => choices.get(nth).map(|id| Breaks::Piece(*id)),
                };
                guess.breaks = chosen.filter(|_| guess.breaks != chosen);
            }
            ButtonId::Spell(nth) => guess.spell = toggled(guess.spell, nth),
            ButtonId::Band(nth) => guess.band = toggled(guess.band, nth),
            ButtonId::Unpredict => guess.take_back(),
            _ => {}
        }
    }
}
