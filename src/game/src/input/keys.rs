//! The keyboard: a cursor on the board, a key for each control, and the view.

use super::chords::Chords;
use super::pointer::Pointers;
use super::tools::Hand;
use crate::atlas::CELL;
use crate::board::centre;
use crate::camera::{Look, Stage};
use crate::ride::Ride;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked, Focus};
use crate::ui::settings::closed;
use crate::{FrameSystems, Screen};
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use pipe_maze_level::{Cell, Heading};

pub(super) fn plugin(app: &mut App) {
    let systems = (orders, shortcuts, back, move_view, move_cursor, act).chain();
    let on_board = in_state(Screen::Board).and_then(closed);
    app.add_systems(Update, systems.in_set(FrameSystems::Input).run_if(on_board));
}

/// Keys that stand for a control, and what is printed on them.
const SHORTCUTS: [(KeyCode, char, ButtonId); 19] = [
    (KeyCode::KeyU, 'U', ButtonId::Undo),
    (KeyCode::KeyR, 'R', ButtonId::Redo),
    (KeyCode::KeyF, 'F', ButtonId::Flow),
    (KeyCode::KeyN, 'N', ButtonId::Step),
    (KeyCode::KeyB, 'B', ButtonId::Stop),
    (KeyCode::KeyH, 'H', ButtonId::Hint),
    (KeyCode::Digit1, '1', ButtonId::Speed(0)),
    (KeyCode::Digit2, '2', ButtonId::Speed(1)),
    (KeyCode::Digit3, '3', ButtonId::Speed(2)),
    (KeyCode::Digit4, '4', ButtonId::Speed(3)),
    (KeyCode::Digit0, '0', ButtonId::Fit),
    (KeyCode::Numpad0, '0', ButtonId::Fit),
    (KeyCode::KeyP, 'P', ButtonId::ToolPipe),
    (KeyCode::KeyS, 'S', ButtonId::ToolSelect),
    (KeyCode::KeyG, 'G', ButtonId::ToolView),
    (KeyCode::KeyQ, 'Q', ButtonId::Turn),
    (KeyCode::KeyV, 'V', ButtonId::Ride),
    (KeyCode::KeyK, 'K', ButtonId::Fork),
    (KeyCode::KeyD, 'D', ButtonId::Debrief),
];
/// Keys that take the first pieces of the palette, and what is printed on them.
const SLOT_KEYS: [(KeyCode, char); 3] = [(KeyCode::KeyW, 'W'), (KeyCode::KeyE, 'E'), (KeyCode::KeyT, 'T')];
/// Letters that with Control or Command stand for a control: as they are printed on the keys, wherever those lie.
const ORDERS: [(&str, ButtonId); 8] = [
    ("z", ButtonId::Undo),
    ("y", ButtonId::Redo),
    ("c", ButtonId::Copy),
    ("x", ButtonId::Cut),
    ("v", ButtonId::Paste),
    ("d", ButtonId::Duplicate),
    ("a", ButtonId::SelectAll),
    ("0", ButtonId::Fit),
];
const ARROWS: [(KeyCode, Heading); 4] = [
    (KeyCode::ArrowUp, Heading::North),
    (KeyCode::ArrowRight, Heading::East),
    (KeyCode::ArrowDown, Heading::South),
    (KeyCode::ArrowLeft, Heading::West),
];
/// How much a press of plus or minus magnifies.
const ZOOM: f32 = 1.25;
/// How fast arrows move the view, in pixels a second.
const PAN_PX_PER_S: f32 = 700.0;
/// How long an arrow is held until it repeats, and between two steps then, in seconds.
const REPEAT_S: (f32, f32) = (0.35, 0.07);

/// What is printed on the key that stands for a control of the board, where one does.
pub fn letter_of(id: ButtonId, session: &Session) -> Option<char> {
    let slot = || slots(session).iter().position(|slot| *slot == id).and_then(|nth| SLOT_KEYS.get(nth));
    let shortcut = SHORTCUTS.iter().find(|(.., button)| *button == id).map(|(_, letter, _)| *letter);
    shortcut.or_else(|| slot().map(|(_, letter)| *letter))
}

type Keys<'w> = Res<'w, ButtonInput<KeyCode>>;

fn has_command(keys: &ButtonInput<KeyCode>) -> bool {
    keys.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::SuperLeft, KeyCode::SuperRight])
}

fn has_shift(keys: &ButtonInput<KeyCode>) -> bool {
    keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight])
}

fn orders(mut chords: Chords<'_, '_>, mut clicked: MessageWriter<Clicked>) {
    for (letter, shift) in chords.letters() {
        let order = ORDERS.iter().find(|(order, _)| letter == *order);
        let Some(&(_, button)) = order else { continue };
        let again = button == ButtonId::Undo && shift;
        clicked.write(Clicked(if again { ButtonId::Redo } else { button }));
    }
}

fn shortcuts(
    keys: Keys<'_>,
    session: Res<Session>,
    mut hand: ResMut<Hand>,
    mut focus: ResMut<Focus>,
    mut clicked: MessageWriter<Clicked>,
) {
    if has_command(&keys) {
        return;
    }
    for (key, _, button) in SHORTCUTS {
        if keys.just_pressed(key) {
            clicked.write(Clicked(button));
        }
    }
    for (i, slot) in slots(&session).into_iter().enumerate() {
        if SLOT_KEYS.get(i).is_some_and(|(key, _)| keys.just_pressed(*key)) {
            clicked.write(Clicked(slot));
            wake_cursor(&mut hand, &session);
            focus.0 = None;
        }
    }
    if keys.any_just_pressed([KeyCode::Delete, KeyCode::Backspace]) {
        clicked.write(Clicked(ButtonId::Remove));
    }
}

/// What the palette offers, in its order: pieces, or faults where the system stays as it is.
fn slots(session: &Session) -> Vec<ButtonId> {
    match session.board().chaos() {
        Some(chaos) => chaos.arsenal.iter().map(|stock| ButtonId::Fault(stock.kind.kind())).collect(),
        None => session.level().inventory.iter().map(|stock| ButtonId::Slot(stock.kind)).collect(),
    }
}

/// Esc goes one step back: from a ride, from what the hand is at; where there is none, to the menu.
fn back(
    (keys, ride): (Keys<'_>, Res<Ride>),
    (mut hand, mut focus): (ResMut<Hand>, ResMut<Focus>),
    mut clicked: MessageWriter<Clicked>,
) {
    if keys.just_pressed(KeyCode::Escape) {
        focus.0 = None;
        if ride.is_on() {
            clicked.write(Clicked(ButtonId::LeaveRide));
        } else if !hand.back() {
            clicked.write(Clicked(ButtonId::Menu));
        }
    }
}

/// Plus and minus, as they are printed on the keys, magnify about the cursor; Shift with arrows moves the view.
fn move_view(
    (keys, letters, time): (Keys<'_>, Res<ButtonInput<Key>>, Res<Time<Real>>),
    (stage, hand, focus): (Res<Stage>, Res<Hand>, Res<Focus>),
    mut look: ResMut<Look>,
) {
    let pressed = |letter: &str| letters.just_pressed(Key::Character(letter.into()));
    let factor = match (pressed("+") || pressed("="), pressed("-") || pressed("_")) {
        (true, false) => ZOOM,
        (false, true) => 1.0 / ZOOM,
        _ => 1.0,
    };
    if factor != 1.0 {
        let about = if hand.show_cursor { stage.pixel_of(&look, centre(hand.cursor)) } else { stage.middle() };
        look.zoom_by(&stage, factor, about);
    }
    if has_shift(&keys) && !focus.0.is_some_and(ButtonId::turns) {
        let held = ARROWS.iter().filter(|(key, _)| keys.pressed(*key)).map(|(_, heading)| heading.offset());
        let way = held.fold(Vec2::ZERO, |sum, (x, y)| sum + Vec2::new(x as f32, y as f32));
        if way != Vec2::ZERO {
            look.pan_by(&stage, -way * PAN_PX_PER_S * time.delta_secs().min(0.1));
        }
    }
}

fn move_cursor(
    (keys, session, time, stage): (Keys<'_>, Res<Session>, Res<Time>, Res<Stage>),
    mut repeat_s: Local<f32>,
    (mut hand, mut focus, mut look): (ResMut<Hand>, ResMut<Focus>, ResMut<Look>),
) {
    // What is turned by arrows keeps them while it has the focus.
    let ours = !has_shift(&keys) && !focus.0.is_some_and(ButtonId::turns);
    let arrow = ARROWS.into_iter().find(|(key, _)| keys.pressed(*key)).filter(|_| ours);
    let Some((key, heading)) = arrow else { return };
    if keys.just_pressed(key) {
        *repeat_s = REPEAT_S.0;
    } else {
        *repeat_s -= time.delta_secs();
        if *repeat_s > 0.0 {
            return;
        }
        *repeat_s = REPEAT_S.1;
    }
    focus.0 = None;
    if wake_cursor(&mut hand, &session) {
        return;
    }
    let next = hand.cursor.step(heading);
    if session.board().terrain().contains(next) {
        hand.move_to(&session, next, time.elapsed_secs_f64());
        // A pipe follows only where it can go; the cursor stays at its end.
        if let Some(end) = hand.drawing().and_then(|drawing| drawing.cells.last().copied()) {
            hand.cursor = end;
        }
        look.reveal(&stage, Rect::from_center_size(centre(hand.cursor), Vec2::splat(CELL * 2.0)));
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
    spring.and_then(|piece| piece.ports().next().map(|port| port.mouth_at(piece.at))).unwrap_or(Cell::new(1, 1))
}

/// Space or Enter does at the cursor what a press does, and the next one what a release does. Space does so when it
/// comes up again, because until then it may be held to move the view.
fn act(
    (keys, time, focus, pointers): (Keys<'_>, Res<Time>, Res<Focus>, Res<Pointers>),
    mut space_is_ours: Local<bool>,
    (mut hand, mut session): (ResMut<Hand>, ResMut<Session>),
) {
    if keys.just_pressed(KeyCode::Space) {
        *space_is_ours = focus.0.is_none();
    }
    let space = keys.just_released(KeyCode::Space) && *space_is_ours && !pointers.space_moved_view;
    let enter = keys.any_just_pressed([KeyCode::Enter, KeyCode::NumpadEnter]);
    if !(space || enter) || focus.0.is_some() || wake_cursor(&mut hand, &session) {
        return;
    }
    hand.act(&mut session, has_shift(&keys), time.elapsed_secs_f64());
}
