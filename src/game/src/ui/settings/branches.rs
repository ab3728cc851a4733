//! The branches of a run in one table: what each achieved, what it cost, and where it parts from the one that is shown.

mod facts;
pub mod naming;

pub use facts::edit_words;

use super::Sources;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::text::numerals::number;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures::{clock, duration, percent};
use crate::ui::hud::branch_title;
use crate::ui::widgets::{button, column, ink_on, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::{BranchStanding, Difference};
use pipe_maze_level::{BranchId, Timeline, Verdict};
use pipe_maze_sim::Time as SimTime;

/// Most branches in the table: the first run, and the latest.
const ROWS_MAX: usize = 6;
/// Most links of the way that are listed.
pub const LINKS_MAX: usize = 7;
/// Width of a column of figures, where there is room and on a phone.
const FIGURE: (f32, f32) = (88.0, 51.0);

/// Where the branch that is shown parts from the one that it left, computed once for each pair.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Comparison {
    of: Option<(u64, BranchId, SimTime)>,
    /// The branch that it is compared with.
    pub with: Option<BranchId>,
    /// How they differ, up to where both have been seen.
    pub difference: Option<Difference>,
}

impl Comparison {
    /// Computes it for what the session shows, unless it is that already.
    pub fn refresh(&mut self, session: &Session) {
        let Some(timeline) = session.timeline() else { return };
        let current = timeline.current();
        let seen = timeline.seen();
        let of = Some((session.attempts(), current, seen));
        if self.of == of {
            return;
        }
        self.of = of;
        let parent = timeline.branch(current).and_then(|branch| branch.parent()).map(|(parent, _)| parent);
        self.with = parent.or_else(|| timeline.branches().map(|(id, _)| id).filter(|id| *id != current).last());
        self.difference = self.with.and_then(|with| timeline.difference(with, current, seen));
    }
}

/// Fills the sheet.
pub fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some((session, timeline)) = sources.session.and_then(|session| Some((session, session.timeline()?))) else {
        return;
    };
    let kit = sources.kit;
    sheet.spawn(column(4.0)).with_children(|table| {
        table.spawn(row(4.0)).with_children(|line| {
            line.spawn(Node { flex_grow: 1.0, ..default() });
            for key in columns(sources) {
                cell(line, sources, kit.texts.get(key), palette::periwinkle());
            }
            line.spawn(Node { width: Val::Px(44.0), ..default() });
        });
        let mut all = timeline.compare();
        let surplus = all.len().saturating_sub(ROWS_MAX);
        all.drain(1..=surplus);
        all.iter().for_each(|(id, standing)| line_of(table, sources, timeline, (*id, standing)));
    });
    naming::field(sheet, sources);
    facts::difference(sheet, sources, (session, timeline));
}

/// The columns; on a phone those that matter most.
const fn columns(sources: &Sources<'_>) -> &'static [&'static str] {
    if sources.layout.wide {
        &["compare-goodput", "compare-p50", "compare-p99", "compare-cost", "compare-budget"]
    } else {
        &["compare-goodput", "compare-p99", "compare-cost", "compare-budget"]
    }
}

fn cell(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, text: String, color: Color) {
    let wide = sources.layout.wide;
    let width = Val::Px(if wide { FIGURE.0 } else { FIGURE.1 });
    let size = if wide { 12.0 } else { 10.5 };
    line.spawn(Node { width, justify_content: JustifyContent::FlexEnd, flex_shrink: 0.0, ..default() })
        .with_child((sources.kit.strong(text, size, color), TextLayout::no_wrap()));
}

fn line_of(
    table: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    timeline: &Timeline,
    (id, standing): (BranchId, &BranchStanding),
) {
    let kit = sources.kit;
    let look = if id == timeline.current() { Look::PRIMARY } else { Look::QUIET };
    let node = Node {
        flex_grow: 1.0,
        min_height: Val::Px(44.0),
        padding: UiRect::axes(Val::Px(8.0), Val::Px(3.0)),
        border_radius: BorderRadius::all(Val::Px(11.0)),
        ..row(4.0)
    };
    table.spawn(row(4.0)).with_children(|line| {
        line.spawn((button(ButtonId::Compared(id), look), node)).with_children(|line| {
            let name = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), overflow: Overflow::clip(), ..row(6.0) };
            line.spawn(name).with_children(|name| {
                let badge = match standing.verdict {
                    Some(Verdict::Won) => Some("badge-ok"),
                    Some(Verdict::Lost) => Some("badge-failed"),
                    None => None,
                };
                if let Some(badge) = badge {
                    name.spawn(kit.icon(badge, 14.0, Color::WHITE));
                }
                let title = branch_title(kit.texts, timeline, id);
                let size = if sources.layout.wide { 13.0 } else { 11.0 };
                name.spawn((kit.strong(title, size, ink_on(look)), TextLayout::no_wrap()));
            });
            for key in columns(sources) {
                cell(line, sources, figure(kit.texts, key, standing), ink_on(look));
            }
        });
        kit.disc(line, ButtonId::Rename(id), "icon-pencil", 44.0, Look::QUIET);
    });
}

/// A figure of the table.
fn figure(texts: &Texts, key: &str, standing: &BranchStanding) -> String {
    let latency = |ns: Option<u64>| ns.map_or_else(|| texts.get("objective-none"), |ns| duration(texts, ns));
    match key {
        "compare-goodput" => texts.with("compare-per-s", &[("per_s", number(standing.goodput_per_s, 1).into())]),
        "compare-p50" => latency(standing.p50_ns),
        "compare-p99" => latency(standing.p99_ns),
        "compare-cost" => texts.number(standing.cost),
        _ => texts.with("share", &[("share", percent(standing.budget_left.clamp(-9.99, 1.0)).into())]),
    }
}

/// A moment of the run, as it is written.
fn at(texts: &Texts, at: SimTime) -> String {
    texts.with("chart-s", &[("s", clock(at.as_ns()).into())])
}
