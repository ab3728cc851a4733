//! The bare figures: requests by how they ended, and how long answers took.

use super::Sources;
use crate::palette;
use crate::ui::figures::duration;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, report, play, layout, .. } = sources;
    let node = Node { padding: UiRect::axes(Val::Px(16.0), Val::Px(9.0)), ..column(4.0) };
    let node = if layout.wide { Node { width: Val::Px(300.0), ..node } } else { node };
    parent.spawn(instrument(node)).with_children(|list| {
        list.spawn(kit.title(kit.texts.get("debrief-requests"), 16.0, palette::bone()));
        for (key, count, color) in [
            ("debrief-issued", report.issued, palette::bone()),
            ("debrief-good", report.good, palette::ok()),
            ("debrief-late", report.late, palette::strain()),
            ("debrief-failed", report.failed, palette::failed_on_ink()),
        ] {
            pair(list, sources, kit.texts.get(key), kit.texts.number(count), color);
        }
        let percentile = |share: f64| {
            let ns = play.judge().latency_ns(share);
            ns.map_or_else(|| kit.texts.get("objective-none"), |ns| duration(kit.texts, ns))
        };
        let latency = format!("p50 {}   p99 {}", percentile(0.5), percentile(0.99));
        pair(list, sources, kit.texts.get("debrief-latency"), latency, palette::bone());
    });
}

fn pair(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, name: String, figure: String, color: Color) {
    let kit = sources.kit;
    parent.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(12.0) }).with_children(|line| {
        line.spawn(kit.body(name, 12.0, palette::periwinkle()));
        line.spawn((kit.strong(figure, 12.5, color), TextLayout::no_wrap()));
    });
}
