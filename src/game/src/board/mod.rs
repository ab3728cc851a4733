//! The board on screen. Each part watches the session and rebuilds itself when what it shows has changed.

pub mod backdrop;
mod balancers;
pub mod beat;
mod brokers;
pub mod callouts;
mod card;
pub mod droplets;
mod enemies;
mod gateways;
mod glows;
mod ground;
mod houses;
pub mod looks;
pub mod navigator;
mod pipes;
mod place;
mod plates;
mod pointing;
pub mod power_ups;
pub mod preview;
mod puffs;
mod pulse;
mod rings;
mod rooms;
mod settle;
mod springs;
mod strain;
#[cfg(test)]
pub mod tests;
mod victory;
mod words;

use crate::atlas::CELL;
use crate::palette::InUse;
use crate::session::Session;
use crate::sharing::film::Rolling;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::{Cell, Piece};
use pipe_maze_sim::{Fact, Time as SimTime};

pub(super) fn plugin(app: &mut App) {
    order(app);
    stage(app);
    app.add_systems(OnExit(Screen::Board), forget);
    app.add_systems(OnExit(Screen::Editor), forget);
    app.add_systems(Update, forget.run_if(resource_exists_and_changed::<InUse>).in_set(FrameSystems::Tick));
    // Behind the debrief nobody sees it once it is filmed.
    let unseen = resource_removed::<Rolling>.and_then(in_state(Screen::Debrief));
    app.add_systems(Update, forget.run_if(unseen).in_set(FrameSystems::Tick));
    app.add_plugins((
        card::plugin,
        backdrop::plugin,
        ground::plugin,
        glows::plugin,
        plates::plugin,
        droplets::plugin,
        preview::plugin,
        settle::plugin,
        rings::plugin,
        pulse::plugin,
        pointing::plugin,
        navigator::orders::plugin,
        enemies::plates::plugin,
        victory::plugin,
        callouts::plugin,
    ));
}

/// First comes what has happened, then what shows it.
fn order(app: &mut App) {
    app.init_resource::<Facts>();
    app.init_resource::<Built>();
    app.add_systems(Update, (take_facts, note_revision).chain().in_set(FrameSystems::Show).before(BoardSystems));
    app.configure_sets(Update, BoardSystems.in_set(FrameSystems::Show).run_if(in_sight));
}

/// What stands on the board. It needs nothing but the session and the atlas.
fn stage(app: &mut App) {
    app.add_plugins((beat::plugin, strain::plugin, pipes::plugin, looks::plugin, enemies::plugin, navigator::plugin));
}

/// Everything that draws the board.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BoardSystems;

/// An entity of the board's picture. All of them can be despawned at any time and are built again.
#[derive(Component)]
#[require(Transform, Visibility)]
pub struct BoardPart;

/// What the simulation told since the last frame.
#[derive(Resource, Default)]
pub struct Facts(pub Vec<(SimTime, Fact)>);

/// The revision of the session that the picture shows.
#[derive(Resource, Default)]
pub struct Built {
    revision: u64,
}

/// Layers of the picture, back to front.
pub mod layer {
    /// Sky and town.
    pub const SKY: f32 = -100.0;
    /// Rock and tunnels.
    pub const TERRAIN: f32 = -50.0;
    /// Pipes.
    pub const PIPE: f32 = 0.0;
    /// Droplets in pipes.
    pub const DROPLET: f32 = 5.0;
    /// Pieces.
    pub const PIECE: f32 = 10.0;
    /// What stands on pipes and pieces.
    pub const POWER_UP: f32 = 14.0;
    /// Enemies.
    pub const ACTOR: f32 = 16.0;
    /// The Navigator.
    pub const NAVIGATOR: f32 = 18.0;
    /// What is being built.
    pub const PREVIEW: f32 = 30.0;
    /// Words on the board.
    pub const CALLOUT: f32 = 40.0;
}

/// The centre of a cell, in world units.
pub fn centre(cell: Cell) -> Vec2 {
    Vec2::new(cell.column as f32 + 0.5, -(cell.row as f32 + 0.5)) * CELL
}

/// The top left corner of a cell, in world units.
pub fn corner(cell: Cell) -> Vec2 {
    Vec2::new(cell.column as f32, -cell.row as f32) * CELL
}

/// The cells of a piece, in world units.
pub fn area(piece: &Piece) -> Rect {
    let (columns, rows) = piece.spec.kind().size();
    let at = corner(piece.at);
    Rect::from_corners(at, at + Vec2::new(columns as f32, -(rows as f32)) * CELL)
}

/// The cell at a point in world units.
pub fn cell_at(point: Vec2) -> Cell {
    Cell::new((point.x / CELL).floor() as i32, (-point.y / CELL).floor() as i32)
}

/// Runs on the screens that show the board, and while it is filmed.
pub fn in_sight(screen: Res<State<Screen>>, rolling: Option<Res<Rolling>>) -> bool {
    rolling.is_some() || matches!(screen.get(), Screen::Board | Screen::Editor)
}

/// Runs when the board was built anew since the last frame.
pub fn board_changed(built: Res<Built>) -> bool {
    built.is_changed()
}

fn take_facts(session: Option<ResMut<Session>>, mut facts: ResMut<Facts>) {
    facts.0 = session.map(|mut session| session.bypass_change_detection().take_facts()).unwrap_or_default();
}

fn note_revision(
    session: Option<Res<Session>>,
    (state, rolling): (Res<State<Screen>>, Option<Res<Rolling>>),
    mut built: ResMut<Built>,
) {
    let seen = in_sight(state, rolling);
    let Some(session) = session.filter(|_| seen) else { return };
    if built.revision != session.revision() {
        built.revision = session.revision();
    }
}

fn forget(mut commands: Commands, parts: Query<Entity, With<BoardPart>>, mut built: ResMut<Built>) {
    parts.iter().for_each(|entity| commands.entity(entity).despawn());
    built.revision = 0;
}
