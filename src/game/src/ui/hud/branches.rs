//! The branches of a run: each time one acted in the past. They are compared, and returned to.

use super::Sources;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures::{clock, duration, percent};
use crate::ui::widgets::{button, column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::BranchStanding;
use pipe_maze_level::{BranchId, Timeline, Verdict};

/// Most branches listed: the first run, and the latest.
const ROWS_MAX: usize = 4;

/// The list; nothing while there is one run alone.
pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some(timeline) = sources.session.timeline().filter(|timeline| timeline.branch_count() > 0) else { return };
    let kit = sources.kit;
    let width = if sources.layout.wide { Val::Px(286.0) } else { Val::Auto };
    let node = Node { width, padding: UiRect::axes(Val::Px(12.0), Val::Px(9.0)), ..column(5.0) };
    parent.spawn(instrument(node)).with_children(|list| {
        list.spawn(kit.title(kit.texts.get("branches"), 15.0, palette::bone()));
        for (id, standing) in listed(timeline) {
            line(list, sources, timeline, id, &standing);
        }
    });
}

/// The first run, and the latest branches.
fn listed(timeline: &Timeline) -> Vec<(BranchId, BranchStanding)> {
    let mut all = timeline.compare();
    let surplus = all.len().saturating_sub(ROWS_MAX);
    all.drain(1..=surplus);
    all
}

fn line(
    list: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    timeline: &Timeline,
    id: BranchId,
    standing: &BranchStanding,
) {
    let kit = sources.kit;
    let is_shown = id == timeline.current();
    let look = if is_shown { Look::PRIMARY } else { Look::QUIET };
    let (ink, quiet) =
        if is_shown { (palette::ink(), palette::ink()) } else { (palette::bone(), palette::periwinkle()) };
    let node = Node {
        min_height: Val::Px(44.0),
        padding: UiRect::axes(Val::Px(10.0), Val::Px(4.0)),
        border_radius: BorderRadius::all(Val::Px(11.0)),
        justify_content: JustifyContent::SpaceBetween,
        ..row(8.0)
    };
    list.spawn((button(ButtonId::Branch(id), look), node)).with_children(|line| {
        let badge = match standing.verdict {
            Some(Verdict::Won) => Some("badge-ok"),
            Some(Verdict::Lost) => Some("badge-failed"),
            None => None,
        };
        line.spawn(row(7.0)).with_children(|name| {
            if let Some(badge) = badge {
                name.spawn(kit.icon(badge, 15.0, Color::WHITE));
            }
            name.spawn((kit.strong(title(sources, timeline, id), 12.0, ink), TextLayout::no_wrap()));
        });
        let good = (standing.good + standing.late + standing.failed > 0).then(|| {
            let ended = standing.good + standing.late + standing.failed;
            kit.texts.with("share", &[("share", percent(standing.good as f64 / ended as f64).into())])
        });
        let p99 = standing.p99_ns.map(|ns| duration(kit.texts, ns));
        line.spawn(row(10.0)).with_children(|figures| {
            for figure in [good, p99].into_iter().flatten() {
                figures.spawn((kit.body(figure, 11.5, quiet), TextLayout::no_wrap()));
            }
        });
    });
}

/// What a branch is called: by its player, or by when it left.
fn title(sources: &Sources<'_>, timeline: &Timeline, id: BranchId) -> String {
    let texts = sources.kit.texts;
    let branch = timeline.branch(id);
    if let Some(name) = branch.and_then(|branch| branch.name()) {
        return name.to_owned();
    }
    match branch.and_then(|branch| branch.parent()) {
        None => texts.get("branch-first"),
        Some((_, at)) => texts.with("branch-from", &[("number", id.number().into()), ("at", clock(at.as_ns()).into())]),
    }
}
