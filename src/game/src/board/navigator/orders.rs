//! Orders that wait: dots along the way, and where each will be done a ring, what it will be, and the time that is left.

use super::super::pulse::Pulse;
use super::super::words::{Tag, Writing};
use super::super::{BoardPart, BoardSystems, centre, layer};
use crate::atlas::CELL;
use crate::camera::{Look, Stage};
use crate::palette;
use crate::session::Session;
use crate::text::numerals::number;
use bevy::prelude::*;
use pipe_maze_level::{Cell, Edit, Play};

pub fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(BoardSystems));
}

#[derive(Component)]
struct Order;

/// What the picture depends on: which run, where he is, tenths of a second that are left of each, and the view.
type Seen = (u64, Option<Cell>, Vec<u64>, Stage, Look);

fn show(
    mut commands: Commands,
    (writing, session): (Writing<'_>, Res<Session>),
    (stage, look): (Res<Stage>, Res<Look>),
    old: Query<Entity, With<Order>>,
    mut last: Local<Option<Seen>>,
) {
    let left = session.play().map(|play| tenths_left(play, session.pace_ns_per_s())).unwrap_or_default();
    let here = session.play().map(|play| play.navigator().position(play.simulation().now()).from);
    let seen = (session.revision(), here.filter(|_| !left.is_empty()), left, *stage, *look);
    if last.as_ref() == Some(&seen) && old.is_empty() == seen.2.is_empty() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    if let Some(play) = session.play() {
        let orders = play.navigator().legs().iter().filter(|leg| leg.command.is_some());
        for ((leg, command), tenths) in orders.zip(play.waiting()).zip(&seen.2) {
            // The rest of the way alone: behind him it is done.
            let passed = leg
                .way
                .iter()
                .position(|cell| Some(*cell) == here)
                .filter(|_| leg.departs_at <= play.simulation().now());
            for &cell in leg.way.iter().skip(passed.map_or(1, |nth| nth + 1)) {
                let (mut sprite, anchor) = writing.atlas.sprite("cell-dot");
                sprite.color = palette::gold().with_alpha(0.8);
                let at = Transform::from_translation(centre(cell).extend(layer::NAVIGATOR - 0.5));
                commands.spawn((BoardPart, Order, sprite, anchor, at));
            }
            let Some(&goal) = leg.way.last() else { continue };
            let (mut ring, anchor) = writing.atlas.sprite("ripple-ring");
            ring.color = palette::gold();
            let at = Transform::from_translation(centre(goal).extend(layer::PREVIEW));
            commands.spawn((BoardPart, Order, Pulse::ring(&ring), ring, anchor, at));
            let (mut sign, anchor) = writing.atlas.sprite(picture(&command.edit));
            sign.color = Color::WHITE.with_alpha(0.55);
            let at = Transform::from_translation(centre(goal).extend(layer::PREVIEW + 0.1));
            commands.spawn((BoardPart, Order, sign, anchor, at));
            let words = writing.texts.with("order-in", &[("s", number(*tenths as f64 / 10.0, 1).into())]);
            let tag = Tag {
                icon: Some("icon-clock"),
                words,
                color: palette::gold(),
                ground: palette::ink().with_alpha(0.94),
                points: Tag::POINTS,
            };
            commands.spawn((BoardPart, Order)).with_children(|root| {
                writing.tag(root, tag, centre(goal) + Vec2::new(0.0, CELL * 0.6), 4.0, layer::CALLOUT);
            });
        }
    }
    *last = Some(seen);
}

/// What an order will make of what it changes, in a picture.
fn picture(edit: &Edit) -> &'static str {
    match edit {
        Edit::Valve { shut: true, .. } => "valve-shut",
        Edit::Valve { shut: false, .. } => "valve-open",
        Edit::Batch(edits) => edits.last().map_or("icon-gear", picture),
        _ => "icon-gear",
    }
}

/// Tenths of a second of play until each is done.
fn tenths_left(play: &Play, pace_ns_per_s: f64) -> Vec<u64> {
    let now = play.simulation().now();
    play.waiting().map(|command| (command.at.since_ns(now) as f64 / pace_ns_per_s * 10.0).ceil() as u64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;
    use crate::board::tests::flowing;

    #[test]
    fn what_is_left_counts_down_to_the_effect() {
        let mut session = flowing();
        assert!(tenths_left(session.play().unwrap(), session.pace_ns_per_s()).is_empty());
        session.edit(&Edit::Valve { name: "feed".into(), shut: true }).unwrap();
        let left = |session: &Session| tenths_left(session.play().unwrap(), session.pace_ns_per_s());
        let first = left(&session)[0];
        let way_ns = session.play().unwrap().log()[0].at.since_ns(session.play().unwrap().simulation().now());
        session.advance_ns(way_ns / 2);
        assert!(left(&session)[0] < first);
        session.advance_ns(way_ns);
        assert!(left(&session).is_empty());
        let atlas = Atlas::blank();
        for shut in [true, false] {
            assert!(atlas.frame(picture(&Edit::Valve { name: String::new(), shut })).is_some());
        }
        assert!(["icon-gear", "cell-dot", "ripple-ring"].iter().all(|name| atlas.frame(name).is_some()));
    }
}
