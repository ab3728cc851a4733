//! Captions: sounds that carry information, in words.

use super::voices::Heard;
use super::{SoundSettings, SoundSystems};
use crate::fonts::Fonts;
use crate::palette;
use crate::text::Texts;
use crate::ui::{Insets, Layout};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    let anew = speak_anew.run_if(resource_changed::<Texts>);
    app.add_systems(Update, (fade, anew, speak).chain().in_set(SoundSystems).after(super::cues::CueSystems));
}

/// For how long a caption stays, in seconds.
const STAY_S: f32 = 2.4;
/// Most captions at once; the oldest makes way.
const CAPTIONS_MAX: usize = 2;

/// The area at the lower edge of the board.
#[derive(Component)]
struct Area;

/// A line of it.
#[derive(Component)]
struct Caption {
    key: String,
    left_s: f32,
}

fn speak(
    mut heard: MessageReader<Heard>,
    (settings, texts, fonts): (Res<SoundSettings>, Res<Texts>, Res<Fonts>),
    (layout, insets): (Res<Layout>, Res<Insets>),
    (areas, mut captions): (Query<Entity, With<Area>>, Query<(Entity, &mut Caption)>),
    mut commands: Commands,
) {
    for key in heard.read().filter_map(|heard| heard.0.caption()) {
        if !settings.shows_captions() {
            continue;
        }
        if let Some((_, mut caption)) = captions.iter_mut().find(|(_, caption)| caption.key == key) {
            caption.left_s = STAY_S;
            continue;
        }
        if captions.iter().count() >= CAPTIONS_MAX {
            let oldest = captions.iter().min_by(|(_, a), (_, b)| a.left_s.total_cmp(&b.left_s));
            oldest.iter().for_each(|(entity, _)| commands.entity(*entity).despawn());
        }
        let bottom = insets.max().y / layout.scale + 10.0;
        let area = areas.iter().next().unwrap_or_else(|| commands.spawn(Area).id());
        commands.entity(area).insert(area_node(bottom));
        let line = line(&texts.get(&key), &fonts);
        commands.spawn((Caption { key, left_s: STAY_S }, line, ChildOf(area)));
    }
}

/// What is shown says the same in another language.
fn speak_anew(texts: Res<Texts>, captions: Query<(&Caption, &Children)>, mut words: Query<&mut Text>) {
    for (caption, children) in &captions {
        for child in children {
            if let Ok(mut text) = words.get_mut(*child) {
                text.0 = texts.get(&caption.key);
            }
        }
    }
}

fn fade(
    mut commands: Commands,
    (time, settings): (Res<Time<Real>>, Res<SoundSettings>),
    mut captions: Query<(Entity, &mut Caption)>,
) {
    for (entity, mut caption) in &mut captions {
        caption.left_s -= time.delta_secs();
        if caption.left_s <= 0.0 || !settings.shows_captions() {
            commands.entity(entity).despawn();
        }
    }
}

/// It lets everything through, and lies above the board and below nothing.
fn area_node(bottom: f32) -> impl Bundle {
    let node = Node {
        position_type: PositionType::Absolute,
        width: Val::Percent(100.0),
        bottom: Val::Px(bottom),
        flex_direction: FlexDirection::Column,
        align_items: AlignItems::Center,
        row_gap: Val::Px(5.0),
        ..default()
    };
    (node, GlobalZIndex(5))
}

fn line(text: &str, fonts: &Fonts) -> impl Bundle {
    let node = Node {
        padding: UiRect::axes(Val::Px(12.0), Val::Px(5.0)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        ..default()
    };
    let words = (Text::new(text), crate::fonts::font(&fonts.body, 13.0), TextColor(palette::bone()));
    (node, BackgroundColor(palette::ink().with_alpha(0.86)), children![words])
}
