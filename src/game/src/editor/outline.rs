//! What shows while nothing is selected: everything that stands in the level. A press selects it and goes there.

use super::desk::Desk;
use super::pen::{Face, Look, Pen};
use crate::board::{centre, looks};
use crate::camera;
use bevy_egui::egui::Ui;
use pipe_maze_level::Cell;

/// The list.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, look: &mut camera::Look) {
    pen.heading(ui, pen.say("editor-nothing-selected"), 17.0);
    pen.quiet(ui, pen.say("editor-nothing-selected-help"));
    ui.add_space(4.0);
    let mut chosen = None;
    for (icon, name, at) in things(desk) {
        let face = Face::both(icon, &name).coloured().at_left().least(ui.available_width(), 32.0);
        if pen.button(ui, &format!("thing-{name}"), face, Look::Quiet) {
            chosen = Some((name, at));
        }
    }
    if let Some((name, at)) = chosen {
        desk.select(Some(name));
        look.fly_to(centre(at), look.zoom);
    }
}

/// Pieces, enemies and pipes, each with its picture, its name, and where it is.
fn things(desk: &Desk) -> Vec<(&'static str, String, Cell)> {
    let board = desk.draft.board();
    let pieces = board.pieces().iter().map(|piece| (looks::piece(piece.spec.kind()).portrait, &piece.name, piece.at));
    let enemies = desk
        .draft
        .level()
        .enemies
        .iter()
        .filter_map(|enemy| Some((looks::enemy(enemy.kind.kind()).active, &enemy.name, *enemy.cells.first()?)));
    let pipes = board.pipes().iter().filter_map(|pipe| Some(("icon-pipe", &pipe.name, *pipe.cells.first()?)));
    pieces.chain(enemies).chain(pipes).map(|(icon, name, at)| (icon, name.clone(), at)).collect()
}
