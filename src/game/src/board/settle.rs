//! A piece that was placed or moved settles: for a moment it is squashed, as if it had some weight.
//!
//! The picture of a piece is many sprites of other files. Between the last system that moves them and the one that
//! draws them their transforms are bent about the piece's foot, and bent back before the next frame begins. So no
//! other file knows of it, and nothing is left of it afterwards.

use super::{BoardPart, corner, layer};
use crate::Screen;
use crate::atlas::CELL;
use crate::motion::Motion;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::grid::Facing;
use pipe_maze_level::{Board, Cell, Kind};
use std::collections::BTreeMap;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Settling>();
    app.add_systems(OnEnter(Screen::Board), |mut settling: ResMut<Settling>| *settling = Settling::default());
    app.add_systems(PreUpdate, bend_back);
    let systems = (notice.run_if(in_state(Screen::Board)), bend).chain();
    app.add_systems(PostUpdate, systems.before(TransformSystems::Propagate));
}

/// How long it takes, in seconds.
const SETTLE_S: f32 = 0.15;
/// How much lower a piece is at first, of its height.
const SQUASH: f32 = 0.16;

/// The pieces that settle, and what is bent for them.
#[derive(Resource, Default)]
struct Settling {
    /// The level and its pieces at the revision that was looked at last.
    seen: Option<(String, u64, Pieces)>,
    /// Where pieces settle, and since when, in seconds.
    at: Vec<(Rect, f64)>,
    bent: Vec<(Entity, Transform)>,
}

type Pieces = BTreeMap<String, (Kind, Cell, Facing)>;

fn pieces(board: &Board) -> Pieces {
    board.pieces().iter().map(|piece| (piece.name.clone(), (piece.spec.kind(), piece.at, piece.facing))).collect()
}

fn notice(session: Res<Session>, motion: Res<Motion>, time: Res<Time>, mut settling: ResMut<Settling>) {
    let (level, revision) = (&session.level().id, session.revision());
    if settling.seen.as_ref().is_some_and(|(id, seen, _)| id == level && *seen == revision) {
        return;
    }
    let now = pieces(session.board());
    let before = settling.seen.replace((level.clone(), revision, now.clone()));
    // What a level brings along has always stood there.
    let Some((_, _, before)) = before.filter(|(id, ..)| id == level && !motion.reduced) else { return };
    for (_, &(kind, at, _)) in now.iter().filter(|(name, piece)| before.get(*name) != Some(piece)) {
        let (columns, rows) = kind.size();
        let size = Vec2::new(columns as f32, -rows as f32) * CELL;
        settling.at.push((Rect::from_corners(corner(at), corner(at) + size), time.elapsed_secs_f64()));
    }
}

fn bend(
    time: Res<Time>,
    mut settling: ResMut<Settling>,
    mut parts: Query<(Entity, &mut Transform), (With<BoardPart>, Without<ChildOf>)>,
) {
    let now_s = time.elapsed_secs_f64();
    if settling.at.is_empty() {
        return;
    }
    settling.at.retain(|(_, since_s)| now_s - since_s < f64::from(SETTLE_S));
    let Settling { at, bent, .. } = &mut *settling;
    for (entity, mut transform) in &mut parts {
        let point = transform.translation;
        if !(layer::PIECE..layer::PREVIEW).contains(&point.z) {
            continue;
        }
        let Some((rect, since_s)) = at.iter().find(|(rect, _)| rect.inflate(0.5).contains(point.truncate())) else {
            continue;
        };
        bent.push((entity, *transform));
        let foot = Vec2::new(rect.center().x, rect.min.y);
        *transform = squashed(*transform, foot, ((now_s - since_s) as f32 / SETTLE_S).clamp(0.0, 1.0));
    }
}

fn bend_back(mut settling: ResMut<Settling>, mut parts: Query<&mut Transform>) {
    if settling.bent.is_empty() {
        return;
    }
    for (entity, before) in std::mem::take(&mut settling.bent) {
        if let Ok(mut transform) = parts.get_mut(entity) {
            *transform = before;
        }
    }
}

/// Lower and wider at first, then a little too high, then as it was; `share` of the time has passed, 0 to 1.
fn squashed(transform: Transform, foot: Vec2, share: f32) -> Transform {
    let low = SQUASH * (1.0 - share) * (share * 4.5).cos();
    let scale = Vec2::new(1.0 + low * 0.6, 1.0 - low);
    let at = foot + (transform.translation.truncate() - foot) * scale;
    Transform {
        translation: at.extend(transform.translation.z),
        scale: transform.scale * scale.extend(1.0),
        ..transform
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_low_at_first_and_itself_in_the_end() {
        let part = Transform::from_xyz(10.0, 100.0, 10.0);
        let first = squashed(part, Vec2::ZERO, 0.0);
        assert!(first.translation.y < 100.0 && first.scale.y < 1.0 && first.scale.x > 1.0, "{first:?}");
        assert_eq!(squashed(part, Vec2::ZERO, 1.0), part);
        let foot = squashed(Transform::from_xyz(0.0, 0.0, 10.0), Vec2::ZERO, 0.3);
        assert_eq!(foot.translation, Vec3::new(0.0, 0.0, 10.0), "the foot stays on the ground");
    }
}
