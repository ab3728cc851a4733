//! The hand of the tutorial on the board: it shows which cell is meant, or draws along from one to the other.

use super::pulse::Pulse;
use super::{BoardPart, BoardSystems, centre, layer};
use crate::Screen;
use crate::atlas::{Atlas, CELL};
use crate::awake::Awake;
use crate::lesson::Tutor;
use crate::motion::Motion;
use crate::palette;
use bevy::prelude::*;
use pipe_maze_level::{Cell, Spot};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build, draw_along).chain().in_set(BoardSystems));
}

/// How long the hand takes from one cell to the other, and rests there, in seconds.
const DRAW_S: f32 = 1.4;
const REST_S: f32 = 0.6;
/// Where the finger's tip is, from the middle of the picture, in world units.
const TIP: Vec2 = Vec2::new(CELL * 0.22, -CELL * 0.42);

#[derive(Component)]
struct Pointing;

/// The hand, and the cells between which it draws.
#[derive(Component)]
struct PointingHand {
    from: Vec2,
    to: Vec2,
}

fn build(
    mut commands: Commands,
    (atlas, tutor, screen): (Res<Atlas>, Res<Tutor>, Res<State<Screen>>),
    old: Query<Entity, With<Pointing>>,
    mut last: Local<Vec<Vec<Cell>>>,
) {
    // The editor shows the board, too, and teaches nothing there.
    let taught = *screen.get() == Screen::Board;
    let drawn: Vec<Vec<Cell>> = tutor.spots().iter().filter(|_| taught).filter_map(cells).collect();
    if drawn == *last && old.is_empty() == drawn.is_empty() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for cells in &drawn {
        for &cell in cells {
            let (mut ring, anchor) = atlas.sprite("ripple-ring");
            ring.color = palette::gold();
            let at = Transform::from_translation(centre(cell).extend(layer::PREVIEW + 1.0));
            commands.spawn((BoardPart, Pointing, Pulse::ring(&ring), ring, anchor, at));
        }
        let (Some(&from), Some(&to)) = (cells.first(), cells.last()) else { continue };
        let (mut sprite, anchor) = atlas.sprite("icon-hand");
        sprite.color = palette::core();
        let hand = PointingHand { from: centre(from) + TIP, to: centre(to) + TIP };
        let at = Transform::from_translation(hand.from.extend(layer::PREVIEW + 1.5));
        commands.spawn((BoardPart, Pointing, hand, sprite, anchor, at));
    }
    *last = drawn;
}

fn cells(spot: &Spot) -> Option<Vec<Cell>> {
    match spot {
        Spot::Cells(cells) => Some(cells.clone()),
        _ => None,
    }
}

fn draw_along(
    (time, motion): (Res<Time>, Res<Motion>),
    mut awake: ResMut<Awake>,
    mut hands: Query<(&PointingHand, &mut Transform)>,
) {
    for (hand, mut transform) in &mut hands {
        if !motion.reduced {
            awake.keep_for(1.0);
        }
        let at = place(hand, time.elapsed_secs_wrapped(), motion.reduced);
        transform.translation = at.extend(transform.translation.z);
    }
}

/// Where the hand is: on its way again and again; who asked for little motion sees it at its end.
fn place(hand: &PointingHand, now_s: f32, reduced: bool) -> Vec2 {
    let share = ((now_s % (DRAW_S + REST_S)) / DRAW_S).min(1.0);
    let eased = share * share * (3.0 - 2.0 * share);
    if reduced { hand.to } else { hand.from.lerp(hand.to, eased) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hand_goes_from_one_cell_to_the_other_and_begins_again() {
        let hand = PointingHand { from: Vec2::ZERO, to: Vec2::new(100.0, 0.0) };
        assert_eq!(place(&hand, 0.0, false), hand.from);
        assert!((10.0..90.0).contains(&place(&hand, DRAW_S * 0.5, false).x));
        assert_eq!(place(&hand, DRAW_S + REST_S * 0.5, false), hand.to);
        assert!(place(&hand, DRAW_S + REST_S + 0.01, false).x < 1.0);
        assert_eq!(place(&hand, 0.0, true), hand.to);
        assert!(Atlas::blank().frame("icon-hand").is_some());
    }
}
