//! The hand of the tutorial on the board: it shows which cell is meant, or draws along from one to the other; what is to be
//! placed shows as a ghost in its place.

use super::pulse::Pulse;
use super::{BoardPart, BoardSystems, centre, layer, looks};
use crate::Screen;
use crate::atlas::{Atlas, CELL};
use crate::awake::Awake;
use crate::lesson::Tutor;
use crate::motion::Motion;
use crate::palette;
use bevy::prelude::*;
use pipe_maze_level::{Cell, Kind, Spot};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build, draw_along).chain().in_set(BoardSystems));
}

/// How long the hand takes from one cell to the other, and rests there, in seconds.
const DRAW_S: f32 = 1.4;
const REST_S: f32 = 0.6;
/// How well what is to be placed can be seen: less than what is held there.
const GHOST: f32 = 0.5;
/// Where the finger's tip is, from the middle of the picture, in world units.
const TIP: Vec2 = Vec2::new(CELL * 0.22, -CELL * 0.42);

#[derive(Component)]
struct Pointing;

/// The hand, and where it draws along.
#[derive(Component)]
struct PointingHand(Vec<Vec2>);

fn build(
    mut commands: Commands,
    (atlas, tutor, screen): (Res<Atlas>, Res<Tutor>, Res<State<Screen>>),
    old: Query<Entity, With<Pointing>>,
    mut last: Local<Vec<Shown>>,
) {
    // The editor shows the board, too, and teaches nothing there.
    let taught = *screen.get() == Screen::Board;
    let drawn: Vec<Shown> = tutor.spots().iter().filter(|_| taught).filter_map(shown).collect();
    if drawn == *last && old.is_empty() == drawn.is_empty() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for Shown { cells, way, ghost } in &drawn {
        if let Some((kind, corner)) = *ghost {
            let look = looks::piece(kind);
            let (mut sprite, anchor) = atlas.sprite(look.ghost);
            sprite.color = Color::WHITE.with_alpha(GHOST);
            let at = Transform::from_translation(look.hangs.point(corner).extend(layer::PREVIEW - 0.1));
            commands.spawn((BoardPart, Pointing, sprite, anchor, at));
        }
        for &cell in cells {
            let (mut ring, anchor) = atlas.sprite("ripple-ring");
            ring.color = palette::gold();
            let at = Transform::from_translation(centre(cell).extend(layer::PREVIEW + 1.0));
            commands.spawn((BoardPart, Pointing, Pulse::ring(&ring), ring, anchor, at));
        }
        let Some(&from) = way.first() else { continue };
        let (mut sprite, anchor) = atlas.sprite("icon-hand");
        sprite.color = palette::core();
        let hand = PointingHand(way.iter().map(|&cell| centre(cell) + TIP).collect());
        let at = Transform::from_translation((centre(from) + TIP).extend(layer::PREVIEW + 1.5));
        commands.spawn((BoardPart, Pointing, hand, sprite, anchor, at));
    }
    *last = drawn;
}

/// What is drawn of a spot.
#[derive(Clone, PartialEq, Debug)]
struct Shown {
    /// The cells that have a ring.
    cells: Vec<Cell>,
    /// The cells that the hand goes along.
    way: Vec<Cell>,
    /// What is to be placed, and where its upper left cell is then.
    ghost: Option<(Kind, Cell)>,
}

fn shown(spot: &Spot) -> Option<Shown> {
    match spot {
        Spot::Cells(cells) => {
            let ends = cells.first().into_iter().chain(cells.last());
            Some(Shown { cells: cells.clone(), way: ends.copied().collect(), ghost: None })
        }
        Spot::Way(cells) => {
            let ends = cells.first().into_iter().chain(cells.last());
            Some(Shown { cells: ends.copied().collect(), way: cells.clone(), ghost: None })
        }
        // The hand holds a piece by its middle.
        Spot::Place(kind, corner) => {
            let middle = vec![kind.middle(*corner)];
            Some(Shown { cells: middle.clone(), way: middle, ghost: Some((*kind, *corner)) })
        }
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
fn place(PointingHand(way): &PointingHand, now_s: f32, reduced: bool) -> Vec2 {
    let share = ((now_s % (DRAW_S + REST_S)) / DRAW_S).min(1.0);
    let eased = share * share * (3.0 - 2.0 * share);
    let along = if reduced { 1.0 } else { eased } * way.len().saturating_sub(1) as f32;
    let before = along as usize;
    let point = |nth: usize| way.get(nth).or(way.last()).copied().unwrap_or_default();
    point(before).lerp(point(before + 1), along.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hand_goes_from_one_cell_to_the_other_and_begins_again() {
        let end = Vec2::new(100.0, 0.0);
        let hand = PointingHand(vec![Vec2::ZERO, end]);
        assert_eq!(place(&hand, 0.0, false), Vec2::ZERO);
        assert!((10.0..90.0).contains(&place(&hand, DRAW_S * 0.5, false).x));
        assert_eq!(place(&hand, DRAW_S + REST_S * 0.5, false), end);
        assert!(place(&hand, DRAW_S + REST_S + 0.01, false).x < 1.0);
        assert_eq!(place(&hand, 0.0, true), end);
        // Round a corner it does not go through the rock.
        let corner = Vec2::new(0.0, 100.0);
        let hand = PointingHand(vec![Vec2::ZERO, corner, end + corner]);
        assert!(place(&hand, DRAW_S * 0.5, false).distance(corner) < 1e-3);
        assert_eq!(place(&hand, DRAW_S, false), end + corner);
        assert!(Atlas::blank().frame("icon-hand").is_some());
    }

    #[test]
    fn the_hand_points_at_the_cell_by_which_a_piece_is_held() {
        let corner = Cell::new(4, 3);
        let shown = shown(&Spot::Place(Kind::WarpPipe, corner)).unwrap();
        assert_eq!(shown.cells, [Cell::new(5, 4)]);
        assert_eq!(Kind::WarpPipe.corner(shown.cells[0]), corner, "what is dropped there stands where it is wanted");
        assert_eq!(super::shown(&Spot::Stock(Kind::WarpPipe)), None);
    }
}
