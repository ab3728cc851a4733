//! The keyboard of the editor: the same keys as in Plan for what is the same, and one for each tool.

use super::desk::Desk;
use super::tool::{Brush, Doing, Tool};
use super::{Order, Orders};
use crate::FrameSystems;
use crate::atlas::CELL;
use crate::board::centre;
use crate::camera::{Look, Stage};
use crate::immediate::Covered;
use crate::input::chords::Chords;
use crate::input::tools::Hand;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::{Cell, Heading};

pub(super) fn plugin(app: &mut App) {
    let systems = (orders, tools, view, cursor).chain().in_set(FrameSystems::Input);
    app.add_systems(Update, systems.run_if(super::at_work));
}

/// Keys that take up a tool.
const TOOLS: [(KeyCode, Tool); 6] = [
    (KeyCode::KeyS, Tool::Select),
    (KeyCode::KeyD, Tool::Dig),
    (KeyCode::KeyP, Tool::Pipe),
    (KeyCode::KeyM, Tool::Piece),
    (KeyCode::KeyE, Tool::Enemy),
    (KeyCode::KeyX, Tool::Erase),
];
const ARROWS: [(KeyCode, Heading); 4] = [
    (KeyCode::ArrowUp, Heading::North),
    (KeyCode::ArrowRight, Heading::East),
    (KeyCode::ArrowDown, Heading::South),
    (KeyCode::ArrowLeft, Heading::West),
];
/// How much a press of plus or minus magnifies.
const ZOOM: f32 = 1.25;
/// How long an arrow is held until it repeats, and between two steps then, in seconds.
const REPEAT_S: (f32, f32) = (0.35, 0.07);

fn orders(mut chords: Chords<'_, '_>, covered: Res<Covered>, mut desk: ResMut<Desk>) {
    for (letter, shift) in chords.letters() {
        match (letter.as_str(), shift) {
            _ if covered.keys => {}
            ("z", false) => desk.undo(),
            ("z", true) | ("y", _) => desk.redo(),
            _ => {}
        }
    }
}

fn tools(
    (keys, covered, time): (Res<ButtonInput<KeyCode>>, Res<Covered>, Res<Time>),
    (mut desk, mut look, mut asked): (ResMut<Desk>, ResMut<Look>, ResMut<Orders>),
) {
    if keys.just_pressed(KeyCode::F2) {
        asked.0.push(Order::Playtest);
    }
    let command =
        keys.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::SuperLeft, KeyCode::SuperRight]);
    if covered.keys || command {
        return;
    }
    for (key, tool) in TOOLS {
        if keys.just_pressed(key) {
            desk.tool = tool;
            desk.doing = Doing::Nothing;
        }
    }
    if keys.just_pressed(KeyCode::KeyU) {
        desk.undo();
    }
    if keys.just_pressed(KeyCode::KeyR) {
        desk.redo();
    }
    if keys.just_pressed(KeyCode::KeyQ) {
        turn(&mut desk, time.elapsed_secs_f64());
    }
    if keys.any_just_pressed([KeyCode::Digit0, KeyCode::Numpad0]) {
        *look = Look::default();
    }
    let thinner = keys.just_pressed(KeyCode::BracketLeft);
    let thicker = keys.just_pressed(KeyCode::BracketRight);
    if thinner || thicker {
        let Brush { thickness, .. } = desk.brush;
        let step = if thicker { 2 } else { -2 };
        desk.brush.thickness = (thickness + step).clamp(1, pipe_maze_level::draft::terrain::BRUSH_MAX);
    }
    if keys.any_just_pressed([KeyCode::Delete, KeyCode::Backspace]) {
        desk.remove_selected(time.elapsed_secs_f64());
    }
    if keys.just_pressed(KeyCode::Escape) && !desk.back() {
        asked.0.push(Order::Leave);
    }
}

/// Turns round what is selected.
pub fn turn(desk: &mut Desk, now_s: f64) {
    let piece = desk.selection.as_deref().and_then(|name| desk.draft.board().piece(name));
    let edit = piece.map(|piece| LevelEdit::Rotate { name: piece.name.clone(), to: piece.facing.turned() });
    if let Some(edit) = edit {
        desk.apply(&edit, now_s);
    }
}

fn view(
    (letters, covered): (Res<ButtonInput<Key>>, Res<Covered>),
    (stage, hand, mut look): (Res<Stage>, Res<Hand>, ResMut<Look>),
) {
    if covered.keys {
        return;
    }
    let pressed = |letter: &str| letters.just_pressed(Key::Character(letter.into()));
    let factor = match (pressed("+") || pressed("="), pressed("-") || pressed("_")) {
        (true, false) => ZOOM,
        (false, true) => 1.0 / ZOOM,
        _ => return,
    };
    let about = if hand.show_cursor { stage.pixel_of(&look, centre(hand.cursor)) } else { stage.middle() };
    look.zoom_by(&stage, factor, about);
}

/// Arrows move the cursor; Space or Enter does there what a press does, and the next time what a release does.
fn cursor(
    (keys, covered, time, stage): (Res<ButtonInput<KeyCode>>, Res<Covered>, Res<Time>, Res<Stage>),
    mut repeat_s: Local<f32>,
    (mut hand, mut desk, mut look): (ResMut<Hand>, ResMut<Desk>, ResMut<Look>),
) {
    if covered.keys {
        return;
    }
    let acts = keys.any_just_pressed([KeyCode::Enter, KeyCode::NumpadEnter, KeyCode::Space]);
    if let Some((key, heading)) = ARROWS.into_iter().find(|(key, _)| keys.pressed(*key)) {
        let first = keys.just_pressed(key);
        *repeat_s = if first { REPEAT_S.0 } else { *repeat_s - time.delta_secs() };
        if first || *repeat_s <= 0.0 {
            *repeat_s = if first { REPEAT_S.0 } else { REPEAT_S.1 };
            if !wake_cursor(&mut hand, &desk) {
                let next = hand.cursor.step(heading);
                if desk.draft.level().terrain.contains(next) {
                    hand.cursor = next;
                    desk.drag(next);
                    look.reveal(&stage, Rect::from_center_size(centre(next), Vec2::splat(CELL * 2.0)));
                }
            }
        }
    }
    if acts && !wake_cursor(&mut hand, &desk) {
        let (cell, now_s) = (hand.cursor, time.elapsed_secs_f64());
        if desk.doing == Doing::Nothing {
            desk.press(cell, stage.pixel_of(&look, centre(cell)));
            if matches!(desk.doing, Doing::Placing | Doing::Panning(_)) {
                desk.release(cell, now_s);
            }
        } else {
            desk.release(cell, now_s);
        }
    }
}

/// Shows the cursor. Says whether it was hidden.
fn wake_cursor(hand: &mut Hand, desk: &Desk) -> bool {
    let hidden = !std::mem::replace(&mut hand.show_cursor, true);
    let terrain = &desk.draft.level().terrain;
    if hidden && (hand.cursor == Cell::default() || !terrain.contains(hand.cursor)) {
        hand.cursor = Cell::new(terrain.columns() / 2, terrain.rows() / 2);
    }
    hidden
}
