//! The sections' plates: number, name, what they are about, and how many of their stars the player has.

use super::Sources;
use crate::palette;
use crate::ui::codex::rock::placed;
use crate::ui::widgets::{centred, column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// All of them.
pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, chart, map, .. } = sources;
    for (section, gallery) in map.galleries.iter().enumerate() {
        let node = Node {
            padding: UiRect::axes(Val::Px(8.0), Val::Px(4.0)),
            border_radius: BorderRadius::all(Val::Px(12.0)),
            align_items: AlignItems::Center,
            column_gap: Val::Px(9.0),
            ..placed(gallery.plate)
        };
        let open = !gallery.is_site;
        let (face, ink) = if open { (palette::BONE, palette::INK) } else { (palette::INACTIVE, palette::BONE) };
        content.spawn((node, BackgroundColor(palette::INK.with_alpha(0.9)))).with_children(|plate| {
            let disc = Node {
                width: Val::Px(26.0),
                height: Val::Px(26.0),
                border_radius: BorderRadius::MAX,
                flex_shrink: 0.0,
                ..centred()
            };
            plate.spawn((disc, BackgroundColor(face))).with_children(|disc| {
                disc.spawn(kit.title((section + 1).to_string(), 16.0, ink));
            });
            plate.spawn(Node { flex_grow: 1.0, ..column(0.0) }).with_children(|words| {
                let text = |key: &str| kit.texts.get(key);
                let name = kit.title(text(&format!("section-{}", section + 1)), 14.5, palette::BONE);
                words.spawn((name, TextLayout::no_wrap()));
                let about = kit.body(text(&format!("section-{}-about", section + 1)), 10.5, palette::PERIWINKLE);
                words.spawn((about, TextLayout::no_wrap()));
                if !open {
                    let site = kit.strong(text("map-site"), 10.5, palette::GOLD);
                    words.spawn((site, TextLayout::no_wrap()));
                }
            });
            if open {
                let (has, all) = chart.stars(Some(section));
                plate.spawn(row(4.0)).with_children(|stars| {
                    stars.spawn(kit.icon(if has > 0 { "star-on" } else { "star-off" }, 15.0, Color::WHITE));
                    let count = kit.texts.with("map-section-stars", &[("has", has.into()), ("all", all.into())]);
                    stars.spawn((kit.strong(count, 11.5, palette::BONE), TextLayout::no_wrap()));
                });
            }
        });
    }
}
