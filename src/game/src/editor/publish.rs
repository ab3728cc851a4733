//! Handing a level on: a link, a picture of it for a telephone, and a file. Only a level that is proved gets any of them;
//! what proves it travels with it.

use super::desk::Desk;
use super::dress::{body, strong};
use super::panel::Panel;
use super::pen::{Face, Look, Pen};
use super::spot::Told;
use crate::exchange::{self, Offered};
use crate::immediate::colour;
use crate::palette;
use crate::sharing::parcel::{Parcel, squares};
use bevy_egui::egui::{self, Color32, Sense, Ui, vec2};
use pipe_maze_level::share::{FILE_EXTENSION, LevelText, QrCode, Shared, SharedLevel};

/// Side of the picture of the link.
const QR: f32 = 200.0;

/// What is handed on.
pub struct Published {
    /// What it was made of: the revision of the level, and of what is beside it.
    of: (u64, u64),
    /// The link, or natively the code alone; nothing where it is too long for one.
    pub link: Option<String>,
    /// The picture of the link.
    qr: Option<egui::TextureHandle>,
    /// The file.
    file: Vec<u8>,
    /// What was told last: where the file lies, or that the link was copied.
    told: Option<String>,
}

impl Desk {
    /// The level with what proves it; nothing while no proof of it holds.
    pub fn shared(&self) -> Option<Shared> {
        let proof = self.proving.holding(self.state())?.clone();
        let level = LevelText::parse(self.draft.text()).ok()?;
        let shared =
            SharedLevel { level, solutions: self.references.clone(), decoys: self.decoys.clone(), proof: Some(proof) };
        Some(Shared::Level(Box::new(shared)))
    }

    /// Makes what is handed on, where it is not made yet. Nothing while no proof of the level holds.
    fn publish(&mut self, context: &egui::Context) {
        if self.published.as_ref().is_some_and(|published| published.of == self.state()) {
            return;
        }
        self.published = self.shared().map(|shared| {
            let Parcel { link, qr, file } = Parcel::of(&shared);
            let qr = qr.map(|code| context.load_texture("qr", picture(&code), egui::TextureOptions::NEAREST));
            Published { of: self.state(), link, qr, file: file.unwrap_or_default(), told: None }
        });
    }
}

fn picture(code: &QrCode) -> egui::ColorImage {
    let (side, dark) = squares(code);
    let pixels = dark.into_iter().map(|dark| if dark { Color32::BLACK } else { Color32::WHITE });
    egui::ColorImage::new([side as usize, side as usize], pixels.collect())
}

/// The sheet.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    desk.publish(ui.ctx());
    let id = desk.draft.level().id.clone();
    if desk.published.is_none() {
        refused(pen, ui, desk);
        return;
    }
    let Some(published) = &mut desk.published else { return };
    egui::ScrollArea::vertical().id_salt("publish").auto_shrink(false).show(ui, |ui| {
        pen.quiet(ui, pen.say("editor-publish-about"));
        ui.add_space(6.0);
        match published.link.clone() {
            Some(link) => link_part(pen, ui, published, &link),
            None => pen.quiet(ui, pen.say("editor-too-long-for-link")),
        }
        ui.add_space(8.0);
        pen.heading(ui, pen.say("editor-as-file"), 15.0);
        let name = format!("{id}.{FILE_EXTENSION}");
        let words = pen.texts.with("editor-save-file", &[("name", name.clone().into())]);
        if pen.button(ui, "save-file", Face::both("icon-import", &words).least(0.0, 40.0), Look::Quiet) {
            published.told = Some(match exchange::offer(&name, &published.file) {
                Ok(Offered::Lies(path)) => pen.texts.with("editor-saved-at", &[("path", path.into())]),
                Ok(Offered::Downloaded) => pen.say("editor-downloaded"),
                Ok(Offered::Asked) => pen.say("exchange-asked"),
                Err(reason) => pen.texts.with("editor-not-saved", &[("reason", reason.into())]),
            });
        }
        if let Some(told) = &published.told {
            ui.label(egui::RichText::new(told).font(strong(12.5)).color(colour(palette::ok())));
        }
    });
}

fn link_part(pen: &Pen<'_>, ui: &mut Ui, published: &mut Published, link: &str) {
    pen.heading(ui, pen.say("editor-as-link"), 15.0);
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 130.0).max(120.0);
        let (area, response) = ui.allocate_exact_size(vec2(width, 40.0), Sense::click());
        let told = Told { name: pen.say("editor-as-link"), value: link.to_owned(), ..Told::default() };
        pen.note("link", &response, true, told);
        let pressed = pen.is_pressed(&response);
        ui.painter().rect_filled(area, 10, colour(palette::ink_raised()));
        let inside = area.shrink2(vec2(10.0, 4.0));
        let words = ui.painter().layout_no_wrap(link.to_owned(), body(12.0), colour(palette::browse()));
        let at = egui::pos2(inside.left(), area.center().y - words.size().y * 0.5);
        ui.painter().with_clip_rect(inside).galley(at, words, Color32::WHITE);
        let copy =
            pen.button(ui, "copy-link", Face::both("icon-copy", &pen.say("editor-copy")).least(0.0, 40.0), Look::Bone);
        if (copy || pressed) && exchange::copy(link) {
            published.told = Some(pen.say("editor-copied"));
        }
    });
    ui.add_space(6.0);
    match &published.qr {
        Some(qr) => {
            let (area, _) = ui.allocate_exact_size(vec2(QR, QR), Sense::hover());
            let whole = egui::Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
            ui.painter().image(qr.id(), area, whole, Color32::WHITE);
            pen.quiet(ui, pen.say("editor-qr-help"));
        }
        None => pen.quiet(ui, pen.say("editor-too-long-for-qr")),
    }
}

/// Why nothing is handed on, and the way there.
fn refused(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    ui.horizontal(|ui| {
        pen.icon(ui, "badge-failed", 28.0, Color32::WHITE);
        pen.heading(ui, pen.say("editor-publish-needs-proof"), 16.0);
    });
    pen.quiet(ui, pen.say("editor-publish-needs-proof-help"));
    ui.add_space(8.0);
    if pen.button(ui, "to-proof", Face::both("icon-seal", &pen.say("editor-to-proof")).least(0.0, 40.0), Look::Bone) {
        desk.panel = Panel::Proof;
        desk.panel_open = true;
        desk.sheet = None;
    }
}
