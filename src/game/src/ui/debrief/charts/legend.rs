//! What stands over a chart: what each line and each sign in it is, in its colour, with its figure over the whole run.
//! Within the chart nothing is written that could hide a line.

use super::super::Sources;
use super::{Chart, LATENCY_LINES, LatencyLine, WASTED, bound_ms, middle_s, recorded, wasted, worst};
use crate::palette;
use crate::ui::figures::{clock, duration};
use crate::ui::widgets::row;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::milliseconds::to_ns;

/// Size of its letters.
const LETTERS: f32 = 11.5;

pub(super) fn fill(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, chart: Chart) {
    match chart {
        Chart::Latency => latency(line, sources),
        Chart::Requests => requests(line, sources),
    }
}

fn latency(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, play, .. } = sources;
    let texts = kit.texts;
    for LatencyLine { name, share, shade, .. } in LATENCY_LINES {
        let ns = play.judge().latency_ns(share);
        let figure = ns.map_or_else(|| texts.get("objective-none"), |ns| duration(texts, ns));
        line.spawn((kit.strong(format!("{name} {figure}"), LETTERS, shade()), TextLayout::no_wrap()));
    }
    let series = session.timeline().and_then(recorded);
    if let Some((window, ns)) = series.as_ref().and_then(worst) {
        let at = clock((middle_s(window) * 1e9) as u64);
        let words = texts.with("chart-worst", &[("worst", duration(texts, ns).into()), ("at", at.into())]);
        let dot = Node { width: Val::Px(8.0), height: Val::Px(8.0), border_radius: BorderRadius::MAX, ..default() };
        entry(line, sources, words, palette::failed_on_ink(), |sign| {
            sign.spawn((dot, BackgroundColor(palette::failed_on_ink())));
        });
    }
    if let Some(ms) = bound_ms(session) {
        let words = texts.with("chart-goal", &[("bound", duration(texts, to_ns(ms)).into())]);
        entry(line, sources, words, palette::strain(), |sign| {
            for _ in 0..2 {
                let dash = Node { width: Val::Px(6.0), height: Val::Px(2.0), ..default() };
                sign.spawn((dash, BackgroundColor(palette::strain())));
            }
        });
    }
}

fn requests(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, report, .. } = sources;
    let texts = kit.texts;
    for (key, count, shade) in [
        ("chart-offered", report.issued, palette::periwinkle()),
        ("chart-good", report.good, palette::ok()),
        ("chart-late", report.late, palette::strain()),
        ("chart-failed", report.failed, palette::failed_on_ink()),
    ] {
        line.spawn(row(4.0)).with_children(|pair| {
            pair.spawn((kit.body(texts.get(key), LETTERS, shade), TextLayout::no_wrap()));
            pair.spawn((kit.strong(texts.number(count), LETTERS, shade), TextLayout::no_wrap()));
        });
    }
    let wasted = session.timeline().and_then(recorded).map_or(0, |series| wasted(&series));
    if wasted > 0 {
        let words = texts.with("chart-wasted", &[("count", wasted.into())]);
        let area = Node { width: Val::Px(10.0), height: Val::Px(8.0), ..default() };
        entry(line, sources, words, palette::failed_on_ink(), |sign| {
            sign.spawn((area, BackgroundColor(palette::failed().with_alpha(WASTED))));
        });
    }
}

/// A sign as the chart draws it, and what it stands for.
fn entry(
    line: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    words: String,
    shade: Color,
    sign: impl FnOnce(&mut ChildSpawnerCommands<'_>),
) {
    line.spawn(row(4.0)).with_children(|pair| {
        pair.spawn(row(3.0)).with_children(sign);
        pair.spawn((sources.kit.strong(words, LETTERS, shade), TextLayout::no_wrap()));
    });
}
