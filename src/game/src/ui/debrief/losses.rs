//! What went wrong: every request that failed or was late is laid at one cause, the largest first, with its share of
//! the loss.

use super::Sources;
use crate::board::callouts::name_of;
use crate::causes::{cause_key, outcome_key};
use crate::palette;
use crate::ui::figures::percent;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::CauseLoss;

/// Most causes listed where there is room, and where there is little.
const LOSSES_MAX: (usize, usize) = (5, 3);
/// Width of the bar of all that was lost, in interface pixels.
const BAR: f32 = 84.0;

pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, losses, layout, .. } = sources;
    let node = Node { padding: UiRect::axes(Val::Px(16.0), Val::Px(9.0)), ..column(5.0) };
    let node = if layout.wide { Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), ..node } } else { node };
    parent.spawn(instrument(node)).with_children(|list| {
        list.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(10.0) }).with_children(|head| {
            head.spawn(kit.title(kit.texts.get("debrief-losses"), 16.0, palette::bone()));
            if layout.wide && losses.lost > 0 {
                let all = kit.texts.with("debrief-lost-all", &[("count", losses.lost.into())]);
                head.spawn((kit.body(all, 12.0, palette::periwinkle()), TextLayout::no_wrap()));
            }
        });
        if losses.causes.is_empty() {
            list.spawn(kit.body(kit.texts.get("debrief-no-losses"), 13.0, palette::ok()));
        }
        let most = if layout.wide && !layout.is_low() { LOSSES_MAX.0 } else { LOSSES_MAX.1 };
        losses.causes.iter().take(most).for_each(|loss| line(list, sources, loss));
    });
}

fn line(list: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, loss: &CauseLoss) {
    let Sources { kit, layout, .. } = sources;
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
        if !layout.wide {
            return;
        }
        let track = Node { width: Val::Px(BAR), height: Val::Px(6.0), flex_shrink: 0.0, ..rounded() };
        line.spawn((track, BackgroundColor(palette::ink_line()))).with_children(|track| {
            let width = Val::Percent((loss.share * 100.0) as f32);
            track.spawn((Node { width, height: Val::Percent(100.0), ..rounded() }, BackgroundColor(palette::failed())));
        });
        let share = percent(loss.share);
        let share = kit.texts.with("debrief-of-losses", &[("share", share.into())]);
        let width = Node { width: Val::Px(116.0), flex_shrink: 0.0, ..default() };
        line.spawn(width).with_child((kit.body(share, 11.5, palette::periwinkle()), TextLayout::no_wrap()));
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
