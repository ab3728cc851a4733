//! The keyboard: a cursor on the board, and a key for each control.

use super::tools::{Hand, Tool};
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked, Focus};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::{Cell, Heading};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (shortcuts, move_cursor, act).chain().in_set(FrameSystems::Input).run_if(in_state(Screen::Board)),
    );
}

/// Keys that stand for a control.
const SHORTCUTS: [(KeyCode, ButtonId); 11] = [
    (KeyCode::KeyU, ButtonId::Undo),
    (KeyCode::KeyR, ButtonId::Redo),
    (KeyCode::KeyF, ButtonId::Flow),
    (KeyCode::KeyN, ButtonId::Step),
    (KeyCode::KeyB, ButtonId::Stop),
    (KeyCode::KeyH, ButtonId::Hint),
    (KeyCode::Digit1, ButtonId::Speed(0)),
    (KeyCode::Digit2, ButtonId::Speed(1)),
    (KeyCode::Digit3, ButtonId::Speed(2)),
    (KeyCode::Digit4, ButtonId::Speed(3)),
    (KeyCode::KeyP, ButtonId::ToolPipe),
];

fn shortcuts(
    keys: Res<ButtonInput<KeyCode>>,
    session: Res<Session>,
    mut hand: ResMut<Hand>,
    mut focus: ResMut<Focus>,
    mut clicked: MessageWriter<Clicked>,
) {
    let command =
        keys.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::SuperLeft, KeyCode::SuperRight]);
    if command {
        let shift = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
        if keys.just_pressed(KeyCode::KeyZ) {
            clicked.write(Clicked(if shift { ButtonId::Redo } else { ButtonId::Undo }));
        } else if keys.just_pressed(KeyCode::KeyY) {
            clicked.write(Clicked(ButtonId::Redo));
        }
        return;
    }
    for (key, button) in SHORTCUTS {
        if keys.just_pressed(key) {
            clicked.write(Clicked(button));
        }
    }
    for (i, stock) in session.level().inventory.iter().enumerate() {
        let key = [KeyCode::KeyW, KeyCode::KeyE, KeyCode::KeyT].get(i).copied();
        if key.is_some_and(|key| keys.just_pressed(key)) {
            clicked.write(Clicked(ButtonId::Slot(stock.kind)));
            wake_cursor(&mut hand, &session);
            focus.0 = None;
        }
    }
    if keys.any_just_pressed([KeyCode::Delete, KeyCode::Backspace]) {
        clicked.write(Clicked(ButtonId::Remove));
    }
    if keys.just_pressed(KeyCode::Escape) {
        focus.0 = None;
        if !hand.let_go() && hand.selected.take().is_none() {
            clicked.write(Clicked(ButtonId::Menu));
        }
    }
}

fn move_cursor(
    keys: Res<ButtonInput<KeyCode>>,
    session: Res<Session>,
    time: Res<Time>,
    mut repeat: Local<f32>,
    mut hand: ResMut<Hand>,
    mut focus: ResMut<Focus>,
) {
    let arrows = [
        (KeyCode::ArrowUp, Heading::North),
        (KeyCode::ArrowRight, Heading::East),
        (KeyCode::ArrowDown, Heading::South),
        (KeyCode::ArrowLeft, Heading::West),
    ];
    let Some((key, heading)) = arrows.into_iter().find(|(key, _)| keys.pressed(*key)) else { return };
    if keys.just_pressed(key) {
        *repeat = 0.35;
    } else {
        *repeat -= time.delta_secs();
        if *repeat > 0.0 {
            return;
        }
        *repeat = 0.07;
    }
    focus.0 = None;
    let terrain = session.board().terrain();
    if wake_cursor(&mut hand, &session) {
        return;
    }
    let next = hand.cursor.step(heading);
    if terrain.contains(next) {
        let now_s = time.elapsed_secs_f64();
        let carrying = hand.carrying.is_some();
        if carrying {
            hand.cursor = next;
        } else {
            hand.move_to(&session, next, now_s);
            // A pipe follows only where it can go; the cursor stays at its end.
            if let Some(end) = hand.drawing.as_ref().and_then(|drawing| drawing.cells.last().copied()) {
                hand.cursor = end;
            }
        }
    }
}

/// Shows the cursor where it was, or where the keyboard starts. Says whether it was hidden.
fn wake_cursor(hand: &mut Hand, session: &Session) -> bool {
    let hidden = !std::mem::replace(&mut hand.show_cursor, true);
    if hidden && (hand.cursor == Cell::default() || !session.board().terrain().contains(hand.cursor)) {
        hand.cursor = first_cell(session);
    }
    hidden
}

/// Where the keyboard starts: at the first spring's outlet.
fn first_cell(session: &Session) -> Cell {
    let spring = session.level().pieces.iter().find(|piece| piece.spec.kind() == pipe_maze_level::Kind::Spring);
    spring.map_or(Cell::new(1, 1), |piece| piece.spec.kind().ports()[0].mouth_at(piece.at))
}

/// Space or Enter does at the cursor what a press does, and the next one what a release does.
fn act(
    keys: Res<ButtonInput<KeyCode>>,
    time: Res<Time>,
    focus: Res<Focus>,
    mut hand: ResMut<Hand>,
    mut session: ResMut<Session>,
) {
    let pressed = keys.any_just_pressed([KeyCode::Space, KeyCode::Enter]);
    if !pressed || focus.0.is_some() {
        return;
    }
    let now_s = time.elapsed_secs_f64();
    if wake_cursor(&mut hand, &session) {
        return;
    }
    if hand.carrying.is_some() {
        hand.put_down(&mut session, now_s);
    } else if hand.drawing.is_some() {
        hand.release(&mut session, now_s);
    } else {
        let again = session.board().piece_at(hand.cursor).map(|piece| &piece.name) == hand.selected.as_ref();
        if again && hand.selected.is_some() && hand.tool == Tool::Pipe {
            hand.carry(&session);
            if let Some(piece) = hand.carrying.as_ref().and_then(|name| session.board().piece(name)) {
                hand.cursor = piece.at;
            }
        } else {
            hand.press(&mut session, now_s);
        }
    }
}
