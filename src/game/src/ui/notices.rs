//! Notices: what the player ought to know, whatever screen is shown. A line of speech at the upper edge that goes by
//! itself.

use super::widgets::{Kit, row, speech};
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::fonts::Fonts;
use crate::palette;
use crate::store::Store;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Notice>();
    // Nobody reads while nothing is to be seen yet.
    let telling = tell_of_store.run_if(not(in_state(Screen::Loading)));
    app.add_systems(Update, (telling, fade, show).chain().in_set(FrameSystems::Show));
}

/// For how long a notice stays, in seconds.
const STAY_S: f32 = 9.0;
/// Most notices at once; the oldest makes way.
const NOTICES_MAX: usize = 2;
/// Above every screen and sheet.
const Z: i32 = 30;

/// Something that the player ought to know, in his language.
#[derive(Message, Clone, PartialEq, Eq, Debug)]
pub struct Notice(pub String);

/// The area at the upper edge.
#[derive(Component)]
struct Area;

/// A notice that is shown.
#[derive(Component)]
struct Shown {
    left_s: f32,
}

fn tell_of_store(store: Option<ResMut<Store>>, texts: Res<Texts>, mut notices: MessageWriter<Notice>) {
    let Some(mut store) = store.filter(|store| store.has_troubles()) else { return };
    for trouble in store.take_troubles() {
        notices.write(Notice(texts.get(trouble.key())));
    }
}

fn fade(
    mut commands: Commands,
    (time, mut awake): (Res<Time<Real>>, ResMut<Awake>),
    mut shown: Query<(Entity, &mut Shown)>,
) {
    for (entity, mut notice) in &mut shown {
        notice.left_s -= time.delta_secs();
        if notice.left_s <= 0.0 {
            commands.entity(entity).despawn();
        } else {
            awake.keep_for(0.5);
        }
    }
}

fn show(
    mut commands: Commands,
    mut notices: MessageReader<Notice>,
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    (areas, shown): (Query<Entity, With<Area>>, Query<(Entity, &Shown)>),
) {
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    for Notice(words) in notices.read() {
        if shown.iter().count() >= NOTICES_MAX {
            let oldest = shown.iter().min_by(|(_, a), (_, b)| a.left_s.total_cmp(&b.left_s));
            oldest.iter().for_each(|(entity, _)| commands.entity(*entity).despawn());
        }
        let area = areas.iter().next().unwrap_or_else(|| commands.spawn((Area, area())).id());
        let node = Node {
            max_width: Val::Percent(94.0),
            padding: UiRect::axes(Val::Px(14.0), Val::Px(9.0)),
            margin: UiRect::horizontal(Val::Px(8.0)),
            ..row(9.0)
        };
        commands.spawn((Shown { left_s: STAY_S }, speech(node), ChildOf(area))).with_children(|notice| {
            notice.spawn(kit.icon("badge-strain", 20.0, Color::WHITE));
            notice.spawn(Node { flex_shrink: 1.0, max_width: Val::Px(460.0), ..default() }).with_children(|text| {
                text.spawn(kit.body(words, 13.0, palette::ink()));
            });
        });
    }
}

fn area() -> impl Bundle {
    let node = Node {
        position_type: PositionType::Absolute,
        width: Val::Percent(100.0),
        top: Val::Px(10.0),
        flex_direction: FlexDirection::Column,
        align_items: AlignItems::Center,
        row_gap: Val::Px(6.0),
        ..default()
    };
    (node, GlobalZIndex(Z))
}
