//! What a step of a tutorial points at: cells, pieces, pipes that are to be drawn, the palette, buttons.

use super::desk::Desk;
use super::pen::{Face, Look, Pen};
use bevy_egui::egui::Ui;
use pipe_maze_level::board::Board;
use pipe_maze_level::tutorial::{Button, PARTS_MAX, Pointer, Which};
use pipe_maze_level::{Cell, EnemyKind, Kind};

/// The kinds of pointer, by the ends of their texts' keys.
const KINDS: [&str; 6] = ["cell", "piece", "pipe", "place", "loose", "button"];
/// What can be pressed, likewise.
const BUTTONS: [(Button, &str); 3] = [(Button::Water, "water"), (Button::Plan, "plan"), (Button::Hint, "hint")];

/// The pointers of a step, changed in place.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, (step, points): (u32, &mut Vec<Pointer>)) {
    pen.explained(ui, "editor-points", None, |ui| {
        let words = pen.say("editor-add-point");
        let look = Look::Quiet.enabled(points.len() < PARTS_MAX);
        if pen.button(ui, &format!("step-{}-point", step + 1), Face::both("icon-plus", &words), look) {
            points.push(Pointer::Button(Button::Water));
        }
    });
    let mut gone = None;
    for (nth, pointer) in points.iter_mut().enumerate() {
        ui.push_id(("point", nth), |ui| {
            let mut kind = None;
            ui.horizontal(|ui| {
                pen.label(ui, &format!("{}.", nth + 1), 20.0);
                let names = KINDS.map(|kind| pen.say(&format!("editor-point-{kind}")));
                let width = ui.available_width() - 44.0;
                let label = pen.texts.with("editor-told-point", &[("n", (nth + 1).into())]);
                kind = pen.called(label, || pen.choice_within(ui, "point", (place(pointer), &names), width));
                let key = format!("step-{}-point-{}-remove", step + 1, nth + 1);
                let face = Face::icon("icon-trash").least(28.0, 28.0);
                if pen.button_told(ui, &key, face, Look::Bare, "editor-remove") {
                    gone = Some(nth);
                }
            });
            if let Some(kind) = kind {
                *pointer = first(kind, desk);
            }
            fields(pen, ui, desk, (step, nth as u32), pointer);
        });
    }
    if let Some(nth) = gone {
        points.remove(nth);
        desk.pointing = None;
    }
}

fn fields(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, at: (u32, u32), pointer: &mut Pointer) {
    match pointer {
        Pointer::Cell(cell) => cell_field(pen, ui, desk, at, *cell),
        Pointer::Piece(piece) => which(pen, ui, desk.draft.board(), "editor-piece", piece),
        Pointer::Pipe(from, to) => {
            which(pen, ui, desk.draft.board(), "editor-from-piece", from);
            which(pen, ui, desk.draft.board(), "editor-to-piece", to);
        }
        Pointer::Place(kind, cell) => {
            self::kind(pen, ui, kind);
            cell_field(pen, ui, desk, at, *cell);
        }
        Pointer::Loose(kind, cell) => {
            fault(pen, ui, kind);
            cell_field(pen, ui, desk, at, *cell);
        }
        Pointer::Button(button) => {
            let names = BUTTONS.map(|(_, key)| pen.say(&format!("editor-button-{key}")));
            let at = BUTTONS.iter().position(|(each, _)| each == button).unwrap_or_default();
            if let Some(to) = pen.explained(ui, "editor-button", None, |ui| pen.choice(ui, "button", at, &names)) {
                *button = BUTTONS[to].0;
            }
        }
    }
}

/// A cell; the next press on the map puts it there.
fn cell_field(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, at: (u32, u32), cell: Cell) {
    pen.explained(ui, "editor-point-at", None, |ui| {
        let waits = desk.pointing == Some(at);
        let words = if waits { pen.say("editor-press-the-map") } else { cell.to_string() };
        let key = format!("step-{}-point-{}-at", at.0 + 1, at.1 + 1);
        if pen.button(ui, &key, Face::both("icon-place", &words), Look::chosen(waits)) {
            desk.pointing = (!waits).then_some(at);
        }
    });
}

/// One piece by its name, or any of a kind.
pub fn which(pen: &Pen<'_>, ui: &mut Ui, board: &Board, key: &str, which: &mut Which) {
    let mut all: Vec<Which> = board.pieces().iter().map(|piece| Which::Named(piece.name.clone())).collect();
    all.extend(Kind::ALL.iter().map(|kind| Which::Any(*kind)));
    if !all.contains(which) {
        // It speaks of something that is not there, or not any more.
        all.push(which.clone());
    }
    let name = |which: &Which| match which {
        Which::Named(name) => name.clone(),
        Which::Any(kind) => pen.texts.with("editor-any", &[("kind", pen.say(&format!("kind-{}", kind.key())).into())]),
    };
    let names: Vec<String> = all.iter().map(name).collect();
    let at = all.iter().position(|each| each == which).unwrap_or_default();
    if let Some(to) = pen.explained(ui, key, None, |ui| pen.choice(ui, key, at, &names)) {
        *which = all.swap_remove(to);
    }
}

/// A kind of piece.
pub fn kind(pen: &Pen<'_>, ui: &mut Ui, kind: &mut Kind) {
    let names: Vec<String> = Kind::ALL.iter().map(|kind| pen.say(&format!("kind-{}", kind.key()))).collect();
    let at = Kind::ALL.iter().position(|each| each == kind).unwrap_or_default();
    if let Some(to) = pen.explained(ui, "editor-kind", None, |ui| pen.choice(ui, "kind", at, &names)) {
        *kind = Kind::ALL[to];
    }
}

/// A kind of fault.
pub fn fault(pen: &Pen<'_>, ui: &mut Ui, kind: &mut EnemyKind) {
    let names: Vec<String> = EnemyKind::ALL.iter().map(|kind| pen.say(&format!("enemy-{}", kind.key()))).collect();
    let at = EnemyKind::ALL.iter().position(|each| each == kind).unwrap_or_default();
    if let Some(to) = pen.explained(ui, "editor-fault", None, |ui| pen.choice(ui, "fault", at, &names)) {
        *kind = EnemyKind::ALL[to];
    }
}

const fn place(pointer: &Pointer) -> usize {
    match pointer {
        Pointer::Cell(_) => 0,
        Pointer::Piece(_) => 1,
        Pointer::Pipe(..) => 2,
        Pointer::Place(..) => 3,
        Pointer::Loose(..) => 4,
        Pointer::Button(_) => 5,
    }
}

/// A pointer of that kind as it comes.
fn first(kind: usize, desk: &Desk) -> Pointer {
    let pieces = desk.draft.board().pieces();
    let piece = |nth: usize| match pieces.get(nth) {
        Some(piece) => Which::Named(piece.name.clone()),
        None => Which::Any(Kind::MachineRoom),
    };
    let terrain = &desk.draft.level().terrain;
    let middle = Cell::new(terrain.columns() / 2, terrain.rows() / 2);
    let stocked = desk.draft.level().inventory.first().map_or(Kind::MachineRoom, |stock| stock.kind);
    match kind {
        0 => Pointer::Cell(middle),
        1 => Pointer::Piece(piece(0)),
        2 => Pointer::Pipe(piece(0), piece(1)),
        3 => Pointer::Place(stocked, middle),
        4 => Pointer::Loose(EnemyKind::ALL[0], middle),
        _ => Pointer::Button(Button::Water),
    }
}

/// The cell of a pointer, where it has one.
pub const fn cell_of(pointer: &Pointer) -> Option<Cell> {
    match pointer {
        Pointer::Cell(cell) | Pointer::Place(_, cell) | Pointer::Loose(_, cell) => Some(*cell),
        Pointer::Piece(_) | Pointer::Pipe(..) | Pointer::Button(_) => None,
    }
}

/// The same pointer with another cell.
pub const fn put(pointer: &mut Pointer, to: Cell) {
    if let Pointer::Cell(cell) | Pointer::Place(_, cell) | Pointer::Loose(_, cell) = pointer {
        *cell = to;
    }
}
