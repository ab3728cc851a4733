//! What stands over the map: what it is, how many stars there are, and the way back.

use super::Sources;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::codex::rock::placed;
use crate::ui::widgets::{column, panel, row, shadow};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// Over the sky: what this is, and how many stars there are. A phone has room for it only while the sky is seen.
pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, chart, map, .. } = sources;
    let (has, all) = chart.stars(None);
    let (at, size) = if map.upright { (Vec2::new(72.0, 10.0), 18.0) } else { (Vec2::new(152.0, 10.0), 25.0) };
    let node = Node { justify_content: JustifyContent::Center, ..column(1.0) };
    let area = placed(Rect::from_corners(at, at + Vec2::new(500.0, 46.0)));
    let node = Node {
        position_type: area.position_type,
        left: area.left,
        top: area.top,
        width: area.width,
        height: area.height,
        ..node
    };
    content.spawn(node).with_children(|lines| {
        let words = kit.texts.get("map-title");
        lines.spawn((kit.title(words, size, palette::bone()), TextLayout::no_wrap(), shadow()));
        // While there is something to do, how the map is to be read.
        if chart.next.is_some() {
            let words = kit.texts.get("map-open");
            let size = if map.upright { 10.5 } else { 12.5 };
            lines.spawn((kit.body(words, size, palette::bone()), TextLayout::no_wrap(), shadow()));
        }
    });
    let corner = Node {
        position_type: PositionType::Absolute,
        right: Val::Px(if map.upright { 12.0 } else { 14.0 }),
        top: Val::Px(if map.upright { 60.0 } else { 12.0 }),
        width: if map.upright { Val::Auto } else { Val::Px(map.card.width()) },
        height: Val::Px(if map.upright { 34.0 } else { 46.0 }),
        padding: UiRect::axes(Val::Px(12.0), Val::Px(4.0)),
        ..row(9.0)
    };
    content.spawn(panel(corner)).with_children(|line| {
        let name = if has > 0 { "star-on" } else { "star-off" };
        line.spawn(kit.icon(name, if map.upright { 18.0 } else { 27.0 }, Color::WHITE));
        let words = kit.texts.with("map-stars", &[("has", has.into()), ("all", all.into())]);
        line.spawn((kit.strong(words, if map.upright { 12.5 } else { 16.0 }, palette::bone()), TextLayout::no_wrap()));
    });
}

/// The way back, which stays where it is.
pub(super) fn way_back(root: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let size = (44.0 / sources.scale).max(44.0);
    let node = placed(Rect::from_corners(Vec2::new(12.0, 10.0), Vec2::new(12.0 + size, 10.0 + size)));
    root.spawn(node).with_children(|corner| {
        sources.kit.disc(corner, ButtonId::Back, "icon-back", size, Look::QUIET);
    });
}
