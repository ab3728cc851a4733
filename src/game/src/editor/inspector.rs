//! What is selected, with everything that can be set about it: an author may turn all knobs.

use super::desk::Desk;
use super::dress::title;
use super::pen::{Face, Look, Pen};
use crate::board::looks;
use crate::camera;
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::{self, Ui};
use pipe_maze_level::board::Piece;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::kind::param::{By, Range};
use pipe_maze_level::limits::NAME_BYTES_MAX;
use pipe_maze_level::{Edit, KindSpec, Param, Pipe};

/// The panel of what is selected.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, (desk, look): (&mut Desk, &mut camera::Look), now_s: f64) {
    let Some(name) = desk.selection.clone() else {
        return super::outline::show(pen, ui, desk, look);
    };
    let enemy = desk.draft.level().enemies.iter().find(|enemy| enemy.name == name).cloned();
    // What is half typed belongs to what it was typed for.
    let edit = ui.push_id(&name, |ui| {
        if let Some(enemy) = enemy {
            super::foe::show(pen, ui, desk, &enemy)
        } else if let Some(piece) = desk.draft.board().piece(&name).cloned() {
            piece_panel(pen, ui, desk, &piece)
        } else if let Some(pipe) = desk.draft.board().pipe(&name).cloned() {
            pipe_panel(pen, ui, desk, &pipe)
        } else {
            None
        }
    });
    let edit = edit.inner;
    if let Some(edit) = edit {
        let renamed = if let LevelEdit::Rename { to, .. } = &edit { Some(to.clone()) } else { None };
        if desk.apply(&edit, now_s)
            && let Some(to) = renamed
        {
            desk.selection = Some(to);
        }
        desk.forget_what_is_gone();
    }
}

/// A picture, a name that can be changed, and what it is.
pub fn head(pen: &Pen<'_>, ui: &mut Ui, (icon, name, about): (&str, &str, &str)) -> Option<LevelEdit> {
    let mut edit = None;
    ui.horizontal(|ui| {
        pen.icon_in(ui, icon, (48.0, 38.0));
        ui.vertical(|ui| {
            ui.style_mut().override_font_id = Some(title(16.0));
            let width = ui.available_width() - 20.0;
            let renamed = pen.called(pen.say("editor-told-name-of-thing"), || {
                pen.line(ui, "name-of-piece", name, width, NAME_BYTES_MAX)
            });
            edit = renamed.map(|to| LevelEdit::Rename { name: name.to_owned(), to: to.trim().to_owned() });
            ui.style_mut().override_font_id = None;
            pen.quiet(ui, about);
        });
    });
    edit
}

fn piece_panel(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, piece: &Piece) -> Option<LevelEdit> {
    let kind = piece.spec.kind();
    let owner = if piece.fixed { "editor-of-level" } else { "editor-of-player" };
    let about = format!("{}, {}", pen.say(&format!("kind-{}", kind.key())), pen.say(owner));
    let mut edit = head(pen, ui, (looks::piece(kind).portrait, &piece.name, &about));
    ui.add_space(4.0);
    let (main, rest): (Vec<&Param>, Vec<&Param>) = kind.params().iter().partition(|param| param.main);
    let (dials, rows): (Vec<&Param>, Vec<&Param>) =
        main.into_iter().partition(|param| matches!(param.range, Range::Number { .. }));
    let width = (ui.available_width() - 6.0) * 0.5;
    for pair in dials.chunks(2) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for param in pair {
                let value = param.get(&piece.spec).unwrap_or_default();
                edit = edit.take().or(pen.dial(ui, param, value, width).and_then(|new| configure(piece, param, new)));
            }
        });
    }
    for param in rows {
        edit = edit.take().or(param_row(pen, ui, piece, param));
    }
    edit = edit.or(super::classes::show(pen, ui, piece));
    ui.add_space(2.0);
    let words = pen.say(if desk.advanced { "editor-less" } else { "editor-advanced" });
    let icon = if desk.advanced { "icon-up" } else { "icon-down" };
    let whole = ui.available_width();
    if pen.button(ui, "advanced", Face::both(icon, &words).least(whole, 32.0), Look::Quiet) {
        desk.advanced = !desk.advanced;
    }
    if desk.advanced {
        for param in rest {
            edit = edit.take().or(param_row(pen, ui, piece, param));
        }
        edit = edit.or(super::classes::advanced(pen, ui, piece));
        if piece.fixed {
            edit = edit.or(open_knobs(pen, ui, piece));
        }
    }
    ui.add_space(4.0);
    edit.or(deeds(pen, ui, piece))
}

/// A parameter as a line: its name, and a field.
pub fn param_row(pen: &Pen<'_>, ui: &mut Ui, piece: &Piece, param: &Param) -> Option<LevelEdit> {
    let value = param.get(&piece.spec)?;
    let key = format!("param-{}", param.key);
    let unit = pen.say(&format!("unit-{}", param.unit.key()));
    let told = match param.range {
        Range::Number { min, max, .. } => Some(pen.range(min, max, &unit)),
        Range::Choice(_) => None,
    };
    let new = pen.explained(ui, &key, told, |ui| match param.range {
        Range::Number { min, max, whole } => pen.number(ui, &key, value, (min..=max, whole, &unit)),
        Range::Choice(names) => {
            let words: Vec<String> = names.iter().map(|name| pen.say(&format!("choice-{name}"))).collect();
            pen.choice(ui, &key, value.max(0.0) as usize, &words).map(|place| place as f64)
        }
    });
    new.and_then(|new| configure(piece, param, new))
}

fn configure(piece: &Piece, param: &Param, value: f64) -> Option<LevelEdit> {
    let setting = param.setting(value)?;
    let name = piece.name.clone();
    // What is the player's own is changed as the player would.
    if piece.fixed {
        Some(LevelEdit::Configure { name, setting })
    } else {
        Some(LevelEdit::Start(Edit::Configure { name, setting }))
    }
}

/// Which knobs of a piece of the level the player may turn.
fn open_knobs(pen: &Pen<'_>, ui: &mut Ui, piece: &Piece) -> Option<LevelEdit> {
    let closed = |param: &&Param| param.by != By::Anyone;
    let params: Vec<&Param> = piece.spec.kind().params().iter().filter(closed).collect();
    if params.is_empty() {
        return None;
    }
    ui.add_space(4.0);
    pen.quiet(ui, pen.say("editor-knobs-for-player"));
    let mut edit = None;
    for param in params {
        let open = piece.knobs.iter().any(|knob| knob == param.key);
        let key = format!("open-{}", param.key);
        if let Some(now) = pen.tick(ui, &key, open, &pen.say(&format!("param-{}", param.key))) {
            let mut knobs = piece.knobs.clone();
            knobs.retain(|knob| knob != param.key);
            if now {
                knobs.push(param.key.to_owned());
            }
            edit = Some(LevelEdit::Knobs { name: piece.name.clone(), knobs });
        }
    }
    edit
}

/// What can be done with a piece as a whole.
fn deeds(pen: &Pen<'_>, ui: &mut Ui, piece: &Piece) -> Option<LevelEdit> {
    let mut edit = None;
    ui.horizontal_wrapped(|ui| {
        if piece.spec.kind().turns()
            && pen.button(ui, "turn", Face::both("icon-turn", &pen.say("editor-turn")), Look::Quiet)
        {
            edit = Some(LevelEdit::Rotate { name: piece.name.clone(), to: piece.facing.turned() });
        }
        if pen.button(ui, "remove", Face::both("icon-trash", &pen.say("editor-remove")), Look::Quiet) {
            edit = Some(LevelEdit::Remove { name: piece.name.clone() });
        }
    });
    edit
}

fn pipe_panel(pen: &Pen<'_>, ui: &mut Ui, desk: &Desk, pipe: &Pipe) -> Option<LevelEdit> {
    let rules = desk.draft.level().pipes;
    let cells = pipe.cells.len();
    let ms = rules.propagation_ms_per_cell * cells as f64;
    let about = pen
        .texts
        .with("editor-pipe-about", &[("cells", cells.into()), ("ms", crate::ui::turn::number(pen.texts, ms).into())]);
    let mut edit = head(pen, ui, ("icon-pipe", &pipe.name, &about));
    ui.add_space(4.0);
    if let Some(shut) = pen.tick(ui, "valve", pipe.shut, &pen.say("valve-shut")) {
        edit = Some(LevelEdit::Start(Edit::Valve { name: pipe.name.clone(), shut }));
    }
    if pen.button(ui, "remove", Face::both("icon-trash", &pen.say("editor-remove")), Look::Quiet) {
        edit = Some(LevelEdit::Remove { name: pipe.name.clone() });
    }
    edit
}

/// A heading within a panel, with a line over it.
pub fn section(pen: &Pen<'_>, ui: &mut Ui, key: &str) {
    ui.add_space(6.0);
    let width = ui.available_width();
    let (line, _) = ui.allocate_exact_size(egui::vec2(width, 1.5), egui::Sense::hover());
    ui.painter().rect_filled(line, 0, colour(palette::ink_line()));
    pen.heading(ui, pen.say(key), 14.5);
}

/// The same piece with other parameters.
pub fn specify(piece: &Piece, spec: KindSpec) -> LevelEdit {
    LevelEdit::Specify { name: piece.name.clone(), spec }
}
