//! When a step of a tutorial is done.

use super::pen::{Face, Look, Pen};
use super::pointers::{fault, kind, which};
use bevy_egui::egui::Ui;
use pipe_maze_level::board::Board;
use pipe_maze_level::limits::DURATION_MS_MAX;
use pipe_maze_level::tutorial::{Condition, PARTS_MAX, Which};
use pipe_maze_level::{EnemyKind, Kind};

/// The kinds of condition, by the ends of their texts' keys; the last one has others in it.
const KINDS: [&str; 10] =
    ["placed", "loosed", "joined", "turned", "flowing", "passed", "suffered", "ordered", "won", "either"];
/// Most requests that can be asked to fail.
const SUFFERED_MAX: u32 = 1_000_000;

/// The condition of a step, changed in place.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, board: &Board, condition: &mut Condition) {
    one(pen, ui, board, condition, true);
}

/// One condition; only the outer one may have others in it.
fn one(pen: &Pen<'_>, ui: &mut Ui, board: &Board, condition: &mut Condition, outer: bool) {
    let count = if outer { KINDS.len() } else { KINDS.len() - 1 };
    let at = place(condition);
    let names: Vec<String> =
        KINDS.iter().take(count.max(at + 1)).map(|key| pen.say(&format!("editor-until-{key}"))).collect();
    let key = if outer { "editor-done-when" } else { "editor-or-when" };
    if let Some(to) = pen.explained(ui, key, None, |ui| pen.choice(ui, "until", at, &names)) {
        *condition = first(to);
    }
    match condition {
        Condition::Placed(placed) => kind(pen, ui, placed),
        Condition::Loosed(loosed) => fault(pen, ui, loosed),
        Condition::Joined(from, to) => {
            which(pen, ui, board, "editor-from-piece", from);
            which(pen, ui, board, "editor-to-piece", to);
        }
        Condition::Turned(piece, param) => {
            which(pen, ui, board, "editor-piece", piece);
            params(pen, ui, board, piece, param);
        }
        Condition::Passed(ms) => pen.ms_row(ui, "passed", ms, (0, DURATION_MS_MAX)),
        Condition::Suffered(count) => {
            let mut short = u32::try_from(*count).unwrap_or(u32::MAX);
            pen.whole_row(ui, "suffered", &mut short, (1, SUFFERED_MAX), "");
            if u64::from(short) != *count && short != u32::MAX {
                *count = u64::from(short);
            }
        }
        Condition::Flowing | Condition::Ordered | Condition::Won => {}
        Condition::Either(parts) => either(pen, ui, board, parts),
    }
}

/// Conditions of which one is enough.
fn either(pen: &Pen<'_>, ui: &mut Ui, board: &Board, parts: &mut Vec<Condition>) {
    let mut gone = None;
    for (nth, part) in parts.iter_mut().enumerate() {
        ui.push_id(("part", nth), |ui| {
            one(pen, ui, board, part, false);
            let words = pen.say("editor-remove");
            if pen.button(ui, &format!("remove-part-{}", nth + 1), Face::both("icon-trash", &words), Look::Bare) {
                gone = Some(nth);
            }
        });
    }
    if let Some(nth) = gone {
        parts.remove(nth);
    }
    let words = pen.say("editor-add-condition");
    let look = Look::Quiet.enabled(parts.len() < PARTS_MAX);
    if pen.button(ui, "add-condition", Face::both("icon-plus", &words), look) {
        parts.push(Condition::Flowing);
    }
}

/// Which knob is to be turned: one of those that such a piece has.
fn params(pen: &Pen<'_>, ui: &mut Ui, board: &Board, piece: &Which, param: &mut String) {
    let kind = match piece {
        Which::Any(kind) => Some(*kind),
        Which::Named(name) => board.piece(name).map(|piece| piece.spec.kind()),
    };
    let mut keys: Vec<String> =
        kind.into_iter().flat_map(|kind| kind.params().iter().map(|param| param.key.to_owned())).collect();
    let known = keys.contains(param);
    if !known {
        keys.push(param.clone());
    }
    let name = |key: &String| if known || key != param { pen.say(&format!("param-{key}")) } else { key.clone() };
    let names: Vec<String> = keys.iter().map(name).collect();
    let at = keys.iter().position(|key| key == param).unwrap_or_default();
    if let Some(to) = pen.explained(ui, "editor-knob", None, |ui| pen.choice(ui, "knob", at, &names)) {
        *param = keys.swap_remove(to);
    }
}

const fn place(condition: &Condition) -> usize {
    match condition {
        Condition::Placed(_) => 0,
        Condition::Loosed(_) => 1,
        Condition::Joined(..) => 2,
        Condition::Turned(..) => 3,
        Condition::Flowing => 4,
        Condition::Passed(_) => 5,
        Condition::Suffered(_) => 6,
        Condition::Ordered => 7,
        Condition::Won => 8,
        Condition::Either(_) => 9,
    }
}

/// A condition of that kind as it comes.
fn first(kind: usize) -> Condition {
    match kind {
        0 => Condition::Placed(Kind::MachineRoom),
        1 => Condition::Loosed(EnemyKind::ALL[0]),
        2 => Condition::Joined(Which::Any(Kind::Spring), Which::Any(Kind::MachineRoom)),
        3 => Condition::Turned(Which::Any(Kind::MachineRoom), "workers".into()),
        4 => Condition::Flowing,
        5 => Condition::Passed(2_000),
        6 => Condition::Suffered(10),
        7 => Condition::Ordered,
        8 => Condition::Won,
        _ => Condition::Either(vec![Condition::Flowing, Condition::Won]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_has_a_place_and_a_name() {
        let texts = crate::text::Texts::english();
        for (nth, key) in KINDS.iter().enumerate() {
            assert_eq!(place(&first(nth)), nth, "{key}");
            assert!(texts.has(&format!("editor-until-{key}")), "{key}");
        }
    }
}
