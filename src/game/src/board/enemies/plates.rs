//! Who lurks there: while one plans, each enemy has a plate with its name and the sign of danger. Once water flows it
//! shows by itself what it does.

use super::super::words::{Tag, Writing};
use super::super::{BoardPart, BoardSystems, corner, layer};
use super::point_of;
use crate::atlas::CELL;
use crate::camera::{Look, Stage};
use crate::foes;
use crate::language::Language;
use crate::palette;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::{Board, Enemy, EnemyKind};

pub fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(BoardSystems));
}

/// Size of the letters, where there is room and where there is little.
const POINTS: (f32, f32) = (11.0, 9.5);
/// Interface pixels between a plate and what it names.
const GAP: f32 = 3.0;

#[derive(Component)]
struct Plate;

/// What the plates depend on; nothing while there are none.
type Seen = Option<(u64, Language, Stage, Look)>;

fn show(
    mut commands: Commands,
    (writing, session): (Writing<'_>, Res<Session>),
    (stage, look): (Res<Stage>, Res<Look>),
    old: Query<Entity, With<Plate>>,
    mut last: Local<Seen>,
) {
    let enemies = session.board().enemies();
    let plans = session.play().is_none() && !enemies.is_empty();
    let seen = plans.then(|| (session.revision(), writing.texts.language(), *stage, *look));
    if *last == seen && old.is_empty() == seen.is_none() {
        return;
    }
    *last = seen;
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    if !plans {
        return;
    }
    let points = if writing.is_cramped() { POINTS.1 } else { POINTS.0 };
    for enemy in enemies {
        let tag = Tag {
            icon: Some("badge-strain"),
            words: foes::plate(&writing.texts, &enemy.kind),
            color: palette::bone(),
            ground: palette::ink().with_alpha(0.88),
            points,
        };
        let (at, above) = match foot(enemy, session.board()) {
            Foot::Below(at) => (at, -Tag::height(points) - GAP),
            Foot::Above(at) => (at, GAP),
        };
        commands.spawn((BoardPart, Plate)).with_children(|root| {
            writing.tag(root, tag, at, above, layer::ACTOR + 1.0);
        });
    }
}

/// Where a plate hangs: on which side of which point.
enum Foot {
    Below(Vec2),
    Above(Vec2),
}

/// Below what sits on a pipe, where the way does not lead along; over the head of what hangs over a machine.
fn foot(enemy: &Enemy, board: &Board) -> Foot {
    match enemy.kind.kind() {
        EnemyKind::LatencyPiranhaPlant => Foot::Below(point_of(enemy, board) - Vec2::new(0.0, CELL * 0.5)),
        EnemyKind::CircuitBreakerThwomp => Foot::Below(point_of(enemy, board) - Vec2::new(0.0, CELL * 0.7)),
        EnemyKind::CoordinationThwomp => {
            let first = enemy.cells.first().copied().unwrap_or_default();
            Foot::Above(corner(first) + Vec2::new(CELL * 0.5, CELL * 0.9))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;

    #[test]
    fn every_kind_of_enemy_has_a_short_name_in_every_complete_language() {
        for language in ["en", "de"] {
            let texts = Texts::of(language.parse().unwrap());
            for kind in EnemyKind::ALL {
                let key = format!("plate-{}", kind.key());
                let name = texts.get(&key);
                assert!(name != key && name.chars().count() <= 16, "{language}: {name}");
            }
        }
    }
}
