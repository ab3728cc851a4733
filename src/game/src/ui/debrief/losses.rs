//! What went wrong: every request that failed or was late is laid at one cause, the largest first, with its share of
//! the loss.

use super::Sources;
use crate::causes::{cause_key, name_of, outcome_key};
use crate::palette;
use crate::ride::panel::colour;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures::percent;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::CauseLoss;
use pipe_maze_level::timeline::What;

/// Most causes listed where there is room, and where there is little.
const LOSSES_MAX: (usize, usize) = (3, 4);
/// Width of the bar of the worst request, at least, in interface pixels: the figure above it may need more.
const BAR: f32 = 92.0;

pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, losses, layout, .. } = sources;
    let node = Node { padding: UiRect::axes(Val::Px(16.0), Val::Px(9.0)), ..column(5.0) };
    let node = if layout.wide { Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), ..node } } else { node };
    parent.spawn(instrument(node)).with_children(|list| {
        list.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(10.0) }).with_children(|head| {
            let key = match (sources.session.level().is_to_break(), sources.won) {
                (true, _) => "debrief-losses-to-break",
                (false, true) => "debrief-losses-won",
                (false, false) => "debrief-losses",
            };
            head.spawn(kit.title(kit.texts.get(key), 16.0, palette::bone()));
            if layout.wide && losses.lost > 0 {
                let all = kit.texts.with("debrief-lost-all", &[("count", losses.lost.into())]);
                head.spawn((kit.body(all, 12.0, palette::periwinkle()), TextLayout::no_wrap()));
            }
        });
        if losses.causes.is_empty() {
            let shade = if sources.session.level().is_to_break() { palette::bone() } else { palette::ok() };
            list.spawn(kit.body(kit.texts.get("debrief-no-losses"), 13.0, shade));
        }
        let most = if sources.roomy { LOSSES_MAX.0 } else { LOSSES_MAX.1 };
        losses.causes.iter().take(most).enumerate().for_each(|(nth, loss)| line(list, sources, (nth, loss)));
        // What is not listed is counted, so that all of it adds up to what was lost.
        let others: u64 = losses.causes.iter().skip(most).map(|loss| loss.count).sum();
        if others > 0 {
            let words = kit.texts.with("debrief-other-losses", &[("count", others.into())]);
            list.spawn(kit.body(words, 11.5, palette::periwinkle()));
        }
    });
}

fn line(list: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, (nth, loss): (usize, &CauseLoss)) {
    let Sources { kit, .. } = sources;
    list.spawn(row(10.0)).with_children(|line| {
        let count = Node { width: Val::Px(40.0), flex_shrink: 0.0, ..default() };
        line.spawn(count).with_children(|count| {
            count.spawn((
                kit.strong(kit.texts.number(loss.count), 15.0, palette::failed_on_ink()),
                TextLayout::no_wrap(),
            ));
        });
        line.spawn(Node { flex_grow: 1.0, flex_shrink: 1.0, ..default() }).with_child(kit.body(
            why(sources, loss),
            12.0,
            palette::bone(),
        ));
        worst(line, sources, loss);
        kit.disc(line, ButtonId::RideLoss(nth), "icon-play", if sources.roomy { 34.0 } else { 44.0 }, Look::QUIET);
    });
}

/// The share of the budget, and the worst of them: where its time went, as a bar.
fn worst(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, loss: &CauseLoss) {
    let Sources { kit, report, .. } = sources;
    let of_report = report.losses.iter().find(|each| each.cause == loss.cause && each.outcome == loss.outcome);
    let Some(parts) = of_report.map(|each| each.worst_parts) else { return };
    let column = Node { min_width: Val::Px(BAR), flex_shrink: 0.0, ..column(3.0) };
    line.spawn(column).with_children(|figures| {
        let share = kit.texts.with("debrief-of-budget", &[("share", percent(loss.of_budget.min(99.99)).into())]);
        figures.spawn((kit.body(share, 10.5, palette::periwinkle()), TextLayout::no_wrap()));
        let track = Node { width: Val::Percent(100.0), height: Val::Px(7.0), overflow: Overflow::clip(), ..rounded() };
        figures.spawn((track, BackgroundColor(palette::ink_line()))).with_children(|track| {
            for (what, ns) in [
                (What::Queue, parts.queue_ns),
                (What::Service, parts.service_ns),
                (What::Network, parts.network_ns),
                (What::Hazard, parts.hazard_ns),
                (What::Client, parts.client_ns),
            ] {
                let width = Val::Percent((ns as f64 * 100.0 / parts.total_ns().max(1) as f64) as f32);
                track.spawn((Node { width, height: Val::Percent(100.0), ..default() }, BackgroundColor(colour(what))));
            }
        });
    });
}

fn rounded() -> Node {
    Node { border_radius: BorderRadius::all(Val::Px(3.0)), ..default() }
}

fn why(sources: &Sources<'_>, loss: &CauseLoss) -> String {
    let texts = sources.kit.texts;
    let room = name_of(texts, sources.session, loss.cause.piece());
    let why = texts.with(cause_key(loss.cause), &[("room", room.into())]);
    texts.with("debrief-loss", &[("how", texts.get(outcome_key(loss.outcome)).into()), ("why", why.into())])
}
