//! Taking something in: a level as file, link or text becomes another level on the desk, a service mesh's YAML a board
//! to begin with.

use super::desk::{Beginning, Desk};
use super::dress::body;
use super::panel::Sheet;
use super::pen::{Face, Look, Pen};
use super::spot::{Deed, Told};
use super::{Order, Orders};
use crate::exchange::{self, Arrival, Arrivals, CAN_PICK};
use crate::immediate::colour;
use crate::palette;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy_egui::egui::{self, Color32, Ui};
use pipe_maze_level::Level;
use pipe_maze_level::Shared;
use pipe_maze_level::draft::Draft;
use pipe_maze_level::limits::FILE_BYTES_MAX;
use pipe_maze_mesh::Note;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, take_in.in_set(FrameSystems::Tick).run_if(in_state(Screen::Editor)));
}

/// What is taken in.
#[derive(Debug, Default)]
pub struct Importing {
    /// The text as it is pasted.
    text: String,
    /// What was not understood, line by line.
    pub remarks: Vec<String>,
    /// What was made of it, until the author says that it is wanted.
    made: Option<Box<Beginning>>,
}

/// The sheet.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, orders: &mut Orders) {
    pen.quiet(ui, pen.say("editor-import-about"));
    ui.horizontal_wrapped(|ui| {
        if CAN_PICK && pen.button(ui, "pick-file", Face::both("icon-import", &pen.say("editor-pick")), Look::Quiet) {
            exchange::pick();
        }
        if CAN_PICK && pen.button(ui, "paste", Face::both("icon-paste", &pen.say("editor-paste")), Look::Quiet) {
            exchange::paste();
        }
        if pen.button(ui, "clear-import", Face::both("icon-cross", &pen.say("editor-clear")), Look::Quiet) {
            desk.importing = Importing::default();
        }
        let ready = !desk.importing.text.trim().is_empty();
        let read = pen.say("editor-read");
        if pen.button(ui, "read-import", Face::both("icon-check", &read), Look::Bone.enabled(ready)) {
            let text = desk.importing.text.clone();
            desk.importing.read("", text.as_bytes(), pen.texts);
        }
    });
    let remarks = !desk.importing.remarks.is_empty() || desk.importing.made.is_some();
    let height: f32 = ui.available_height() - if remarks { 190.0 } else { 8.0 };
    egui::ScrollArea::both().id_salt("import").max_height(height).auto_shrink(false).show(ui, |ui| {
        let field = egui::TextEdit::multiline(&mut desk.importing.text)
            .code_editor()
            .desired_width(f32::INFINITY)
            .min_size(egui::vec2(0.0, height - 4.0))
            .char_limit(FILE_BYTES_MAX)
            .hint_text(pen.say("editor-import-hint"));
        let response = ui.add(field);
        let text = &mut desk.importing.text;
        let told =
            Told { name: pen.say("editor-sheet-import"), ..pen.told(text.as_str(), Deed::Write { lines: true }) };
        pen.note("import-text", &response, true, told);
        if let Some(put_in) = pen.written(FILE_BYTES_MAX) {
            *text = put_in;
        }
    });
    outcome(pen, ui, desk, orders);
}

/// What was made of it, and what was not understood.
fn outcome(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, orders: &mut Orders) {
    if let Some(Beginning { draft, .. }) = desk.importing.made.as_deref() {
        let level = draft.level();
        let variables = [("pieces", level.pieces.len().into()), ("pipes", draft.board().pipes().len().into())];
        ui.horizontal(|ui| {
            pen.icon(ui, "badge-ok", 20.0, Color32::WHITE);
            pen.heading(ui, pen.texts.with("editor-import-found", &variables), 14.0);
        });
        if pen.button(ui, "take-import", Face::both("icon-check", &pen.say("editor-take-import")), Look::Bone) {
            orders.0.extend(desk.importing.made.take().map(Order::Begin));
            desk.importing = Importing::default();
            desk.sheet = None;
            return;
        }
    }
    if desk.importing.remarks.is_empty() {
        return;
    }
    pen.heading(ui, pen.say("editor-not-understood"), 14.0);
    egui::ScrollArea::vertical().id_salt("remarks").auto_shrink(false).show(ui, |ui| {
        for remark in &desk.importing.remarks {
            ui.label(egui::RichText::new(remark).font(body(12.0)).color(colour(palette::failed_on_ink())));
        }
    });
}

impl Importing {
    /// Reads a file or a text: a level in whatever form, or the YAML of a service mesh.
    pub fn read(&mut self, name: &str, bytes: &[u8], texts: &Texts) {
        (self.made, self.remarks) = (None, Vec::new());
        let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        if !yaml {
            match Shared::open(bytes) {
                Ok(shared) if shared.level().is_some() => {
                    self.made = shared.level().map(|level| Box::new(beginning(&shared, &level.level)));
                    return;
                }
                Ok(_) => self.remarks.push("no level in it".into()),
                // A level that is not fit to be played can be worked on all the same.
                Err(error) => match Draft::from_text(text) {
                    Ok(draft) => {
                        self.made = Some(Box::new(draft.into()));
                        return;
                    }
                    Err(_) => self.remarks.extend(error.to_string().lines().map(str::to_owned)),
                },
            }
        }
        self.read_mesh(text, texts);
    }

    fn read_mesh(&mut self, text: &str, texts: &Texts) {
        match pipe_maze_mesh::import_mesh(text) {
            Ok(import) if import.found.services.is_empty() => {}
            Ok(import) => {
                self.remarks = import.notes.iter().map(|note| in_words(note, texts)).collect();
                self.made = Some(Box::new(import.draft.into()));
            }
            Err(error) if self.remarks.is_empty() => self.remarks.push(error.to_string()),
            Err(_) => {}
        }
    }
}

/// What is to be said about a line of a mesh.
fn in_words(note: &Note, texts: &Texts) -> String {
    let name = note.kind.name().unwrap_or_default().to_owned();
    let words = texts.with(note.kind.key(), &[("name", name.into())]);
    let line = texts.with("mesh-line", &[("line", note.line.into())]);
    format!("{line}, {}: {words}", note.path)
}

/// A level with the builds that lie with it.
fn beginning(shared: &Shared, level: &Level) -> Beginning {
    let draft = Draft::open(level);
    match shared {
        Shared::Level(shared) => {
            Beginning { references: shared.solutions.clone(), decoys: shared.decoys.clone(), draft }
        }
        Shared::Solution(shared) => {
            Beginning { references: vec![("reference-1".into(), shared.solution.clone())], ..draft.into() }
        }
        Shared::Replay(_) | Shared::Pack(_) => draft.into(),
    }
}

/// Files that come in while the editor is shown are read there.
fn take_in(mut arrivals: ResMut<Arrivals>, (desk, texts): (Option<ResMut<Desk>>, Res<Texts>)) {
    let Some(mut desk) = desk.filter(|_| !arrivals.0.is_empty()) else { return };
    let pasting = desk.sheet == Some(Sheet::Import);
    let new = arrivals.take(|each| matches!(each, Arrival::File(..)) || pasting && matches!(each, Arrival::Pasted(_)));
    for arrival in new {
        let (name, bytes) = match arrival {
            Arrival::File(name, bytes) => (name, bytes),
            Arrival::Pasted(text) => (String::new(), text.into_bytes()),
            Arrival::Fragment(_) => continue,
        };
        desk.sheet = Some(Sheet::Import);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            text.clone_into(&mut desk.importing.text);
        }
        desk.importing.read(&name, &bytes, &texts);
    }
}
