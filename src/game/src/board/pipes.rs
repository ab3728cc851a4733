//! Pipes: a tile for each cell, chosen by where the pipe comes from and goes to; bridges where they cross; and collars
//! where machines let them out.

use super::strain::{State, Strain};
use super::{BoardPart, BoardSystems, board_changed, centre, layer};
use crate::atlas::{Atlas, CELL};
use crate::session::Session;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::board::Joint;
use pipe_maze_level::{Cell, Heading};
use pipe_maze_sim::PieceId;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), colour).chain().in_set(BoardSystems));
}

/// One cell of a pipe.
#[derive(Component)]
struct Tile {
    /// What of the tile's name says where it is open.
    shape: String,
    /// The pipe itself, which may hold requests up.
    pipe: PieceId,
    /// The service at the far end, whose failure colours the pipe.
    target: Option<PieceId>,
    whole: bool,
}

fn build(
    mut commands: Commands,
    (atlas, session): (Res<Atlas>, Res<Session>),
    old: Query<Entity, Or<(With<Tile>, With<Fitting>)>>,
) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let board = session.board();
    let bridges = board.bridges();
    for joint in board.joints() {
        let cells = joint.cells_along();
        for (i, &cell) in cells.iter().enumerate() {
            let shape = shape(&joint, &cells, i);
            // What runs north and south passes over what runs east and west.
            let over = shape == "v" && bridges.contains(&cell);
            let tile = Tile {
                shape: if over { "bridge".into() } else { shape },
                pipe: PieceId::from_name(&joint.pipe.name),
                target: joint.target.map(|(name, _)| PieceId::from_name(name)),
                whole: joint.is_whole(),
            };
            let (sprite, anchor) = atlas.sprite(&sprite_name(&tile, State::Ok));
            let at = centre(cell).extend(layer::PIPE + if over { 0.5 } else { 0.0 });
            commands.spawn((BoardPart, tile, sprite, anchor, Transform::from_translation(at)));
        }
        if joint.pipe.shut {
            let (sprite, anchor) = atlas.sprite("valve-shut");
            let at = centre(cells[cells.len() / 2]).extend(layer::PIECE);
            commands.spawn((BoardPart, Fitting, sprite, anchor, Transform::from_translation(at)));
        }
    }
    // Springs and balancers are drawn with their outlets, machines without.
    for piece in board.pieces().iter().filter(|piece| piece.spec.kind().answers()) {
        for port in piece.ports().filter(|port| port.outlet.is_some()) {
            let (sprite, anchor) = atlas.sprite("collar-h");
            let (x, y) = port.heading.offset();
            let at = centre(port.mouth_at(piece.at)) - Vec2::new(x as f32, -y as f32) * (CELL * 0.5 + 1.0);
            let at = Transform::from_translation(at.extend(layer::PIECE + 0.6));
            commands.spawn((BoardPart, Fitting, sprite, anchor, at));
        }
    }
}

/// A shut valve, or a collar.
#[derive(Component)]
struct Fitting;

/// Pipes turn red while the room they lead to refuses work; amber while it strains, or while they hold requests up
/// themselves.
fn colour(atlas: Res<Atlas>, strain: Res<Strain>, mut tiles: Query<(&Tile, &mut Sprite, &mut Anchor)>) {
    for (tile, mut sprite, mut anchor) in &mut tiles {
        let target = tile.target.map_or(State::Ok, |id| strain.of(id).state());
        let state = target.max(strain.of(tile.pipe).state());
        atlas.show_if_new(&sprite_name(tile, state), &mut sprite, &mut anchor);
    }
}

fn sprite_name(tile: &Tile, state: State) -> String {
    let state = if tile.whole { state.key() } else { "dry" };
    format!("pipe-{}-{state}", tile.shape)
}

/// The tile of the `i`-th cell: `h`, `v`, a corner, a straight one with a flange at a port, or an open mouth that joins
/// nothing yet.
fn shape(joint: &Joint<'_>, cells: &[Cell], i: usize) -> String {
    let source = joint.source.filter(|_| i == 0).map(|(_, _, heading)| heading);
    let target = joint.target.filter(|_| i + 1 == cells.len()).map(|(_, heading)| heading);
    let towards = |j: Option<usize>| j.and_then(|j| cells.get(j)).and_then(|&cell| cells[i].heading_to(cell));
    let before = source.or_else(|| towards(i.checked_sub(1)));
    let after = target.or_else(|| towards(Some(i + 1)));
    match target.or(source) {
        Some(port) if before.zip(after).is_some_and(|(before, after)| before == after.opposite()) => {
            format!("end-{}", letter(port))
        }
        _ => tile_name(before, after),
    }
}

const fn letter(heading: Heading) -> char {
    match heading {
        Heading::North => 'n',
        Heading::East => 'e',
        Heading::South => 's',
        Heading::West => 'w',
    }
}

/// The name of the tile that is open in those directions.
pub(super) fn tile_name(one: Option<Heading>, other: Option<Heading>) -> String {
    use Heading::{East, North, South, West};
    match (one, other) {
        (Some(North), Some(South)) | (Some(South), Some(North)) => "v".into(),
        (Some(East), Some(West)) | (Some(West), Some(East)) => "h".into(),
        (Some(a), Some(b)) if a != b => {
            let (side, pole) = if matches!(a, East | West) { (a, b) } else { (b, a) };
            format!("{}{}", letter(side), letter(pole))
        }
        // A loose end opens to the side away from where the pipe comes from.
        (Some(open), _) | (None, Some(open)) => format!("mouth-{}", letter(open.opposite())),
        (None, None) => "h".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Heading::{East, North, South, West};

    #[test]
    fn tiles_are_named_side_first() {
        assert_eq!(tile_name(Some(South), Some(East)), "es");
        assert_eq!(tile_name(Some(West), Some(North)), "wn");
        assert_eq!(tile_name(Some(North), Some(South)), "v");
        assert_eq!(tile_name(Some(West), None), "mouth-e");
    }

    #[test]
    fn straight_ends_have_flanges_at_ports_and_every_tile_is_drawn() {
        let session = crate::board::tests::flowing();
        let atlas = Atlas::blank();
        let mut shapes = std::collections::BTreeSet::new();
        for joint in session.board().joints() {
            let cells = joint.cells_along();
            shapes.extend((0..cells.len()).map(|i| shape(&joint, &cells, i)));
        }
        assert!(["end-n", "end-e", "h", "v"].iter().all(|&shape| shapes.contains(shape)), "{shapes:?}");
        for shape in shapes.iter().map(String::as_str).chain(["bridge", "mouth-n", "mouth-e", "mouth-s", "mouth-w"]) {
            for state in ["ok", "strain", "failed", "dry"] {
                assert!(atlas.frame(&format!("pipe-{shape}-{state}")).is_some(), "{shape}");
            }
        }
        assert_eq!(session.board().bridges().len(), 1);
    }
}
