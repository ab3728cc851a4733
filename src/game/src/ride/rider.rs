//! The rider: the Navigator on the droplet that is ridden, a ring around it, and the camera with them.

use super::{Ride, place};
use crate::atlas::{Atlas, CELL};
use crate::board::beat::Beat;
use crate::board::navigator::{Navigator, RIDE};
use crate::board::{BoardPart, BoardSystems, layer};
use crate::camera::{Follow, Look};
use crate::session::Session;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (hide_navigator, show).chain().in_set(BoardSystems));
    app.add_systems(Update, follow.in_set(BoardSystems));
}

/// How near the camera comes.
const ZOOM: f32 = 2.0;
/// How high above the droplet the Navigator's anchor is, and how large the Navigator is there.
const ABOVE: f32 = CELL * 0.34;
const SCALE: f32 = 0.8;

#[derive(Component)]
struct Rider;

/// Where the request is now, and whether it goes to the left.
fn place_now(session: &Session, ride: &Ride) -> Option<Vec2> {
    let riding = ride.0.as_ref()?;
    let play = session.play()?;
    let now = play.simulation().now();
    place::of_leg(play.board(), riding.journey.leg_at(now)?, now)
}

/// The Navigator cannot be at home and on a droplet.
fn hide_navigator(ride: Res<Ride>, mut navigators: Query<&mut Visibility, With<Navigator>>) {
    let due = if ride.is_on() { Visibility::Hidden } else { Visibility::Inherited };
    for mut visibility in &mut navigators {
        visibility.set_if_neq(due);
    }
}

fn show(
    mut commands: Commands,
    (atlas, session, ride, beat): (Res<Atlas>, Res<Session>, Res<Ride>, Res<Beat>),
    riders: Query<(Entity, &Transform), With<Rider>>,
) {
    let before = riders.iter().next().map(|(_, transform)| transform.translation.truncate());
    riders.iter().for_each(|(entity, _)| commands.entity(entity).despawn());
    let Some(at) = place_now(&session, &ride) else { return };
    let ended = ride
        .0
        .as_ref()
        .is_some_and(|riding| session.play().is_some_and(|play| play.simulation().now() >= riding.journey.ended_at));
    let good = ride.0.as_ref().is_some_and(|riding| riding.journey.good);
    let name = match (ended, good) {
        (true, true) => beat.frame(&["navigator-cheering", "navigator-cheering-2"], 0.25),
        (true, false) => beat.frame(&["navigator-soaked", "navigator-soaked-2"], 0.5),
        (false, _) => beat.frame(&RIDE, 0.2),
    };
    let at = at + Vec2::new(0.0, ABOVE);
    let left = before.is_some_and(|before| at.x < before.x - 0.01);
    let (sprite, anchor) = atlas.sprite_facing(name, left);
    let transform = Transform::from_translation(at.extend(layer::NAVIGATOR + 0.5)).with_scale(Vec3::splat(SCALE));
    commands.spawn((BoardPart, Rider, sprite, anchor, transform));
}

/// The camera goes along, until the player moves the view.
fn follow((session, ride): (Res<Session>, Res<Ride>), mut look: ResMut<Look>, mut last: Local<Option<u64>>) {
    let nth = ride.0.as_ref().map(|riding| riding.nth);
    let begins = std::mem::replace(&mut *last, nth) != nth;
    let Some(at) = place_now(&session, &ride) else { return };
    if begins || look.follow.is_some() {
        look.follow = Some(Follow { to: at, zoom: ZOOM });
    }
}
