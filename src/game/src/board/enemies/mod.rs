//! Enemies: each shows what it does in the simulation, and whether it is beaten. A file for each kind.

mod piranha;
pub(super) mod plates;
mod press;
mod thwomp;

pub(super) use piranha::LOOK as PIRANHA;
pub(super) use press::LOOK as PRESS;
pub(super) use thwomp::LOOK as THWOMP;

use super::beat::{Beat, BeatSystems};
use super::{BoardSystems, centre};
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::{Board, Cell, Enemy, EnemyState};
use pipe_maze_sim::PieceId;
use std::collections::BTreeMap;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Foes>();
    app.configure_sets(Update, EnemySystems.in_set(BoardSystems).after(follow));
    app.add_systems(Update, follow.in_set(BoardSystems).after(BeatSystems));
}

/// Drawing of enemies.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct EnemySystems;

/// What an enemy is up to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
enum Stance {
    /// It does nothing.
    #[default]
    Idle,
    /// It strikes.
    Active,
    /// The judge says that nobody suffers from it any more, whether it strikes or not.
    Beaten,
}

impl Stance {
    const fn of(state: &EnemyState<'_>) -> Self {
        match (state.beaten, state.active) {
            (true, _) => Self::Beaten,
            (false, true) => Self::Active,
            (false, false) => Self::Idle,
        }
    }
}

/// How an enemy has come to where it is.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Foe {
    stance: Stance,
    before: Stance,
    /// Since when it is so, by the beat; for ever where the eye has never seen it otherwise.
    since_s: f64,
}

impl Default for Foe {
    fn default() -> Self {
        Self { stance: Stance::Idle, before: Stance::Idle, since_s: f64::NEG_INFINITY }
    }
}

/// What each enemy does: now, as the simulation has it, and since when the eye has seen it so.
#[derive(Resource, Default)]
struct Foes(BTreeMap<PieceId, Foe>);

impl Foes {
    fn of(&self, id: PieceId) -> Foe {
        self.0.get(&id).copied().unwrap_or_default()
    }
}

fn follow(session: Res<Session>, beat: Res<Beat>, mut foes: ResMut<Foes>) {
    let states = session.play().map(|play| play.enemies()).unwrap_or_default();
    if states.is_empty() {
        foes.0.clear();
    }
    for state in states {
        let foe = foes.0.entry(state.enemy.id()).or_default();
        let stance = Stance::of(&state);
        if stance != foe.stance {
            *foe = Foe { stance, before: foe.stance, since_s: beat.now_s };
        }
    }
}

/// The cell of an enemy that strikes pipes: where its pipe passes the cells that the level gives it, else the middle of
/// its pipe, and without a pipe the first of those cells.
pub(super) fn cell_of(enemy: &Enemy, board: &Board) -> Option<Cell> {
    let first = enemy.cells.first().copied();
    let pipe = enemy.target(board).and_then(|name| board.pipe(name));
    let here = pipe.and_then(|pipe| enemy.cells.iter().copied().find(|cell| pipe.cells.contains(cell)));
    here.or_else(|| first.filter(|_| pipe.is_none())).or_else(|| pipe?.cells.get(pipe?.cells.len() / 2).copied())
}

/// Where such an enemy is drawn.
fn point_of(enemy: &Enemy, board: &Board) -> Vec2 {
    centre(cell_of(enemy, board).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn stances_follow_the_simulation_and_the_judge() {
        let mut session = flowing();
        let mut seen = [[false; 3]; 3];
        while session.verdict().is_none() {
            session.advance_ns(20_000_000);
            let play = session.play().unwrap();
            let view = play.simulation().view();
            for (i, state) in play.enemies().iter().enumerate() {
                let hazard = view.hazards().find(|hazard| hazard.id == state.enemy.id()).unwrap();
                let stance = Stance::of(state);
                seen[i][stance as usize] = true;
                assert_eq!(stance == Stance::Active, hazard.active && !state.beaten, "{}", state.enemy.name);
                assert_eq!(stance == Stance::Beaten, state.beaten, "{}", state.enemy.name);
            }
        }
        assert!(seen.iter().all(|seen| seen[0] && seen[1]), "each rests and strikes: {seen:?}");
        assert!(seen.iter().any(|seen| seen[2]), "one is beaten: {seen:?}");
    }

    #[test]
    fn an_enemy_sits_on_its_pipe_and_without_one_where_the_level_puts_it() {
        let session = flowing();
        let enemy = |name: &str| session.board().enemies().iter().find(|enemy| enemy.name == name).unwrap().clone();
        let bare = Board::new(session.level());
        for name in ["plant", "gate"] {
            let enemy = enemy(name);
            let cell = cell_of(&enemy, session.board()).unwrap();
            let pipe = enemy.target(session.board()).unwrap();
            assert!(session.board().pipe(pipe).unwrap().cells.contains(&cell), "{name}");
            assert_eq!(cell_of(&enemy, &bare), enemy.cells.first().copied(), "{name}");
        }
    }
}
