//! A pipe that joins a machine rings: a ring of light goes out from the joint.

use super::{BoardPart, BoardSystems, centre, layer};
use crate::Screen;
use crate::atlas::{Atlas, CELL};
use crate::motion::Motion;
use crate::palette;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::{Board, Cell, Heading};
use std::collections::BTreeSet;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Joined>();
    app.add_systems(OnEnter(Screen::Board), |mut joined: ResMut<Joined>| *joined = Joined::default());
    app.add_systems(Update, (notice, ring).chain().in_set(BoardSystems));
}

/// How long a ring lasts, in seconds.
const RING_S: f32 = 0.5;
/// Its size at first and in the end, of a cell.
const GROWS: (f32, f32) = (0.5, 1.9);

/// The level, and its joints at the revision that was looked at last.
#[derive(Resource, Default)]
struct Joined(Option<(String, u64, BTreeSet<Joint>)>);

/// A pipe's last cell, and where the machine is from there.
type Joint = (String, Cell, Heading);

/// A ring, and its age in seconds.
#[derive(Component)]
struct Ring(f32);

fn joints(board: &Board) -> BTreeSet<Joint> {
    let ends = board.joints().flat_map(|joint| {
        let cells = joint.cells_along();
        let source = joint.source.map(|(_, _, heading)| heading).zip(cells.first().copied());
        let target = joint.target.map(|(_, heading)| heading).zip(cells.last().copied());
        let name = joint.pipe.name.clone();
        source.into_iter().chain(target).map(move |(heading, cell)| (name.clone(), cell, heading)).collect::<Vec<_>>()
    });
    ends.collect()
}

fn notice(
    mut commands: Commands,
    (session, motion, atlas): (Res<Session>, Res<Motion>, Res<Atlas>),
    mut joined: ResMut<Joined>,
) {
    let (level, revision) = (&session.level().id, session.revision());
    if joined.0.as_ref().is_some_and(|(id, seen, _)| id == level && *seen == revision) {
        return;
    }
    let now = joints(session.board());
    let before = joined.0.replace((level.clone(), revision, now.clone()));
    let Some((_, _, before)) = before.filter(|(id, ..)| id == level && !motion.reduced) else { return };
    for (_, cell, heading) in now.difference(&before) {
        let (columns, rows) = heading.offset();
        let at = centre(*cell) + Vec2::new(columns as f32, -rows as f32) * CELL * 0.5;
        let (mut sprite, anchor) = atlas.sprite("ripple-ring");
        sprite.color = palette::ok();
        let place = Transform::from_translation(at.extend(layer::PREVIEW - 1.0)).with_scale(Vec3::ZERO);
        commands.spawn((BoardPart, Ring(0.0), sprite, anchor, place));
    }
}

fn ring(mut commands: Commands, time: Res<Time>, mut rings: Query<(Entity, &mut Ring, &mut Sprite, &mut Transform)>) {
    for (entity, mut ring, mut sprite, mut transform) in &mut rings {
        ring.0 += time.delta_secs();
        let share = ring.0 / RING_S;
        if share >= 1.0 {
            commands.entity(entity).despawn();
            continue;
        }
        let out = 1.0 - (1.0 - share) * (1.0 - share);
        let size = sprite.custom_size.map_or(CELL, |size| size.max_element()).max(1.0);
        transform.scale = Vec3::splat((GROWS.0 + (GROWS.1 - GROWS.0) * out) * CELL / size);
        sprite.color.set_alpha(1.0 - share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Edit, Level};

    #[test]
    fn a_pipe_rings_at_each_end_that_joins_a_machine() {
        const LEVEL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");
        let mut board = Board::new(&Level::parse(LEVEL).unwrap());
        assert!(joints(&board).is_empty());
        let cells = |rows: std::ops::RangeInclusive<i32>| rows.map(|row| Cell::new(3, row)).collect();
        board.apply(&Edit::LayPipe { name: "a".into(), cells: cells(2..=5) }).unwrap();
        assert_eq!(joints(&board), BTreeSet::from([("a".into(), Cell::new(3, 2), Heading::North)]));
        board.apply(&Edit::LayPipe { name: "a".into(), cells: cells(2..=10) }).unwrap();
        assert!(joints(&board).contains(&("a".into(), Cell::new(3, 10), Heading::East)), "{:?}", joints(&board));
    }
}
