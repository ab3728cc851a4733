//! Victory lights the maze: once a run is won, light goes through all tunnels, from the springs on.

use super::{BoardPart, BoardSystems, centre, layer};
use crate::atlas::{Atlas, CELL};
use crate::motion::Motion;
use crate::palette;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::grid::Terrain;
use pipe_maze_level::{Board, Cell, Ground, Heading, Kind, Verdict};
use std::collections::{BTreeMap, VecDeque};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (light, shine).chain().in_set(BoardSystems));
}

/// How long the light takes through all of the maze, in seconds: less than the board stays after a run.
const THROUGH_S: f32 = 0.7;
/// How long a cell takes to light up, in seconds.
const UP_S: f32 = 0.3;
/// How bright it is then.
const BRIGHT: f32 = 0.34;

/// A lit cell: when the light comes to it, and how long it has been under way, in seconds.
#[derive(Component)]
struct Light {
    comes_s: f32,
    age_s: f32,
}

fn light(
    mut commands: Commands,
    (session, atlas, motion): (Res<Session>, Res<Atlas>, Res<Motion>),
    lights: Query<Entity, With<Light>>,
) {
    let won = session.verdict() == Some(Verdict::Won);
    if !won {
        lights.iter().for_each(|light| commands.entity(light).despawn());
        return;
    }
    if !lights.is_empty() {
        return;
    }
    let ways = ways(session.board());
    let furthest = ways.values().max().copied().unwrap_or(1).max(1) as f32;
    for (cell, steps) in ways {
        let comes_s = if motion.reduced { 0.0 } else { steps as f32 / furthest * THROUGH_S };
        let (mut sprite, anchor) = atlas.sprite("glow");
        (sprite.custom_size, sprite.color) = (Some(Vec2::splat(CELL * 2.4)), palette::gold().with_alpha(0.0));
        let at = Transform::from_translation(centre(cell).extend(layer::PIPE - 1.0));
        commands.spawn((BoardPart, Light { comes_s, age_s: 0.0 }, sprite, anchor, at));
    }
}

fn shine(time: Res<Time>, motion: Res<Motion>, mut lights: Query<(&mut Light, &mut Sprite)>) {
    for (mut light, mut sprite) in &mut lights {
        light.age_s += time.delta_secs();
        let share = if motion.reduced { 1.0 } else { ((light.age_s - light.comes_s) / UP_S).clamp(0.0, 1.0) };
        if sprite.color.alpha() != share * BRIGHT {
            sprite.color.set_alpha(share * BRIGHT);
        }
    }
}

/// How many steps each tunnel cell is away from the nearest spring; cells that no way leads to count as the furthest.
fn ways(board: &Board) -> BTreeMap<Cell, u32> {
    let terrain: &Terrain = board.terrain();
    let springs = board.pieces().iter().filter(|piece| piece.spec.kind() == Kind::Spring);
    let mouths = springs.flat_map(|piece| piece.ports().map(|port| port.mouth_at(piece.at)));
    let mut ways: BTreeMap<Cell, u32> = mouths.map(|cell| (cell, 0)).collect();
    let mut queue: VecDeque<Cell> = ways.keys().copied().collect();
    while let Some(cell) = queue.pop_front() {
        let steps = ways[&cell] + 1;
        for next in Heading::ALL.map(|heading| cell.step(heading)) {
            if terrain.ground(next) == Ground::Tunnel && !ways.contains_key(&next) {
                ways.insert(next, steps);
                queue.push_back(next);
            }
        }
    }
    let last = ways.values().max().copied().unwrap_or(0);
    for cell in terrain.cells().filter(|&cell| terrain.ground(cell) == Ground::Tunnel) {
        ways.entry(cell).or_insert(last);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Level;

    #[test]
    fn light_comes_to_every_tunnel_cell_and_first_to_the_spring() {
        const LEVEL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");
        let board = Board::new(&Level::parse(LEVEL).unwrap());
        let (ways, terrain) = (ways(&board), board.terrain());
        assert_eq!(ways[&Cell::new(3, 2)], 0);
        assert_eq!(ways[&Cell::new(3, 4)], 2);
        assert!(terrain.cells().all(|cell| (terrain.ground(cell) == Ground::Tunnel) == ways.contains_key(&cell)));
    }
}
