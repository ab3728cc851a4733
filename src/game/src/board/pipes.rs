//! Pipes: a tile for each cell, chosen by where the pipe comes from and goes to.

use super::strain::{State, Strain};
use super::{BoardPart, BoardSystems, board_changed, centre, layer};
use crate::atlas::Atlas;
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
    shape: String,
    /// The service at the far end, whose failure colours the pipe.
    target: Option<PieceId>,
    whole: bool,
}

fn build(
    mut commands: Commands,
    atlas: Res<Atlas>,
    session: Res<Session>,
    old: Query<Entity, With<Tile>>,
    old_valves: Query<Entity, With<Valve>>,
) {
    old.iter().chain(old_valves.iter()).for_each(|entity| commands.entity(entity).despawn());
    for joint in session.board().joints() {
        let cells = joint.cells_along();
        for (i, &cell) in cells.iter().enumerate() {
            let tile = Tile {
                shape: shape(&joint, &cells, i),
                target: joint.target.map(|(name, _)| PieceId::from_name(name)),
                whole: joint.is_whole(),
            };
            let (sprite, anchor) = atlas.sprite(&sprite_name(&tile, State::Ok));
            commands.spawn((
                BoardPart,
                tile,
                sprite,
                anchor,
                Transform::from_translation(centre(cell).extend(layer::PIPE)),
            ));
        }
        if joint.pipe.shut {
            let (sprite, anchor) = atlas.sprite("valve-shut");
            let at = centre(cells[cells.len() / 2]).extend(layer::PIECE);
            commands.spawn((BoardPart, Valve, sprite, anchor, Transform::from_translation(at)));
        }
    }
}

/// A shut valve.
#[derive(Component)]
struct Valve;

/// Pipes turn red while the room they lead to refuses work, amber while it strains.
fn colour(atlas: Res<Atlas>, strain: Res<Strain>, mut tiles: Query<(&Tile, &mut Sprite, &mut Anchor)>) {
    for (tile, mut sprite, mut anchor) in &mut tiles {
        let state = tile.target.map_or(State::Ok, |id| strain.of(id).state());
        let name = sprite_name(tile, state);
        if atlas.frame(&name).map(crate::atlas::Frame::rect) != sprite.rect {
            atlas.show(&name, &mut sprite, &mut anchor);
        }
    }
}

fn sprite_name(tile: &Tile, state: State) -> String {
    let state = if tile.whole { state.key() } else { "dry" };
    format!("pipe-{}-{state}", tile.shape)
}

/// The tile of the `i`-th cell: `h`, `v`, a corner, or an end that joins nothing yet.
fn shape(joint: &Joint<'_>, cells: &[Cell], i: usize) -> String {
    let before = match i {
        0 => joint.source.map(|(_, _, heading)| heading),
        _ => cells[i].heading_to(cells[i - 1]),
    };
    let after = match cells.get(i + 1) {
        Some(&next) => cells[i].heading_to(next),
        None => joint.target.map(|(_, heading)| heading),
    };
    tile_name(before, after)
}

/// The name of the tile that is open in those directions.
pub(super) fn tile_name(one: Option<Heading>, other: Option<Heading>) -> String {
    use Heading::{East, North, South, West};
    let letter = |heading| match heading {
        North => 'n',
        East => 'e',
        South => 's',
        West => 'w',
    };
    match (one, other) {
        (Some(North), Some(South)) | (Some(South), Some(North)) => "v".into(),
        (Some(East), Some(West)) | (Some(West), Some(East)) => "h".into(),
        (Some(a), Some(b)) if a != b => {
            let (side, pole) = if matches!(a, East | West) { (a, b) } else { (b, a) };
            format!("{}{}", letter(side), letter(pole))
        }
        // An end's collar closes the side away from where the pipe comes from.
        (Some(open), _) | (None, Some(open)) => format!("end-{}", letter(open.opposite())),
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
        assert_eq!(tile_name(Some(West), None), "end-e");
    }
}
