//! The card: what the chosen level is about, what was achieved in it, and the one thing to do.

use super::words::Words;
use super::{BuildSystems, Map, MapRoot};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::loading::Levels;
use crate::palette;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::codex::rock::placed;
use crate::ui::widgets::{Kit, panel, screen};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use bevy::ui::FocusPolicy;

pub(super) fn plugin(app: &mut App) {
    let systems = build.in_set(FrameSystems::Show).after(BuildSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Map)));
}

/// Where the card is built.
#[derive(Component)]
struct Place;

/// The card, and what it says.
#[derive(Component)]
struct Card;

/// Room for the card.
pub(super) fn spawn(root: &mut ChildSpawnerCommands<'_>) {
    root.spawn((Place, screen()));
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    (map, levels, layout): (Res<Map>, Res<Levels>, Res<Layout>),
    (roots, places, cards): (Query<Ref<MapRoot>>, Query<Entity, With<Place>>, Query<Entity, With<Card>>),
) {
    let is_new = roots.iter().any(|root| root.is_added());
    let (Some(shown), Ok(place)) = (&map.shown, places.single()) else { return };
    if !(map.is_changed() || is_new || cards.is_empty()) {
        return;
    }
    cards.iter().for_each(|card| commands.entity(card).despawn());
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let narrow = shown.upright;
    let low = layout.is_low();
    let words = Words { kit, map: &map, levels: &levels.ready, narrow, low, scale: layout.scale };
    let pad = if narrow { 12.0 } else { 16.0 };
    // As high as what it says: beside the map from above, below it from the window's lower edge.
    let area = placed(shown.card);
    let (top, bottom) =
        if narrow { (Val::Auto, Val::Px(layout.size.y - shown.card.max.y)) } else { (area.top, Val::Auto) };
    let node = Node {
        flex_direction: FlexDirection::Column,
        row_gap: Val::Px(if narrow || low { 6.0 } else { 11.0 }),
        padding: UiRect::all(Val::Px(pad)),
        overflow: Overflow::clip(),
        height: Val::Auto,
        max_height: Val::Px(shown.card.height()),
        top,
        bottom,
        ..area
    };
    let back = BackgroundColor(palette::ink());
    commands.spawn((Card, panel(node), ChildOf(place))).insert((FocusPolicy::Block, back)).with_children(|card| {
        match map.chart.stop(map.chosen) {
            Some(stop) => words.level(card, stop),
            None => words.site(card),
        }
    });
}
