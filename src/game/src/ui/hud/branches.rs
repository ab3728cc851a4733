//! The branches of a run: each time one acted in the past. They are compared, and returned to.

use super::Sources;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::figures::{clock, duration, percent};
use crate::ui::settings::Sheet;
use crate::ui::widgets::{button, column, panel as instrument, row};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::BranchStanding;
use pipe_maze_level::{BranchId, Timeline, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, heed.in_set(FrameSystems::Tick).run_if(in_state(Screen::Board)));
}

/// Most branches listed: the first run, and the latest.
const ROWS_MAX: usize = 4;

/// The list; nothing while there is one run alone.
pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some(timeline) = sources.session.timeline().filter(|timeline| timeline.branch_count() > 0) else { return };
    let kit = sources.kit;
    let width = if sources.layout.wide { Val::Px(286.0) } else { Val::Auto };
    let node = Node { width, padding: UiRect::axes(Val::Px(12.0), Val::Px(9.0)), ..column(5.0) };
    parent.spawn(instrument(node)).with_children(|list| {
        let head = Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) };
        list.spawn(head).with_children(|head| {
            head.spawn(kit.title(kit.texts.get("branches"), 15.0, palette::bone()));
            let id = ButtonId::Sheet(Sheet::Branches);
            kit.word_of_height(head, id, (&kit.texts.get("branches-compare"), None), 12.0, Look::QUIET, 34.0);
        });
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
            name.spawn((kit.strong(title(kit.texts, timeline, id), 12.0, ink), TextLayout::no_wrap()));
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
pub fn title(texts: &Texts, timeline: &Timeline, id: BranchId) -> String {
    let branch = timeline.branch(id);
    if let Some(name) = branch.and_then(|branch| branch.name()) {
        return name.to_owned();
    }
    let is_fork = branch.is_some_and(pipe_maze_level::Branch::is_fork);
    match branch.and_then(|branch| branch.parent()) {
        None => texts.get("branch-first"),
        Some((_, at)) => {
            let key = if is_fork { "branch-fork" } else { "branch-from" };
            texts.with(key, &[("number", id.number().into()), ("at", clock(at.as_ns()).into())])
        }
    }
}

/// The next change makes a fork, or does not.
fn heed(mut clicked: MessageReader<Clicked>, session: Option<ResMut<Session>>) {
    let asked = clicked.read().filter(|clicked| clicked.0 == ButtonId::Fork).count() % 2 == 1;
    if let Some(mut session) = session.filter(|_| asked) {
        let forks = !session.forks();
        session.set_forks(forks);
    }
}

/// Says that the next change makes a fork, while that is so; and what the last one could not keep.
pub(super) fn notice(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, .. } = sources;
    let refused = session.forked().map_or(0, |report| report.refused.len());
    let current = session.timeline().map(Timeline::current);
    let words = if session.forks() {
        kit.texts.get("fork-armed")
    } else if refused > 0 && session.forked().map(|report| report.branch) == current {
        kit.texts.with("fork-refused", &[("count", refused.into())])
    } else {
        return;
    };
    let width = if layout.wide { Val::Px(286.0) } else { Val::Auto };
    let node = Node { width, padding: UiRect::axes(Val::Px(12.0), Val::Px(7.0)), ..row(8.0) };
    parent.spawn(instrument(node)).with_children(|line| {
        line.spawn(kit.icon("icon-fork", 17.0, palette::gold()));
        line.spawn(Node { flex_shrink: 1.0, ..default() }).with_child(kit.body(words, 11.5, palette::bone()));
    });
}
