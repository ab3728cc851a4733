//! The bar at the top: which level it is and whether it is kept, a step back and on, the proof, a try, and the way out.

use super::desk::Desk;
use super::dress::{body, strong};
use super::keep::Keeping;
use super::panel::{Panel, Sheet};
use super::pen::{Face, Look, Pen};
use super::spot::Told;
use super::{Order, Orders};
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::{self, Align, Layout, Sense, Ui, vec2};

/// The bar.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, keeping: &Keeping, orders: &mut Orders, wide: bool) {
    ui.horizontal_centered(|ui| {
        if pen.button_told(ui, "leave", Face::icon("icon-back"), Look::Quiet, "editor-leave") {
            orders.0.push(Order::Leave);
        }
        if wide {
            name(pen, ui, desk, keeping);
        }
        let (undo, redo) = (desk.draft.can_undo(), desk.draft.can_redo());
        if pen.button_told(ui, "undo", Face::icon("icon-undo"), Look::Quiet.enabled(undo), "editor-undo") {
            desk.undo();
        }
        if pen.button_told(ui, "redo", Face::icon("icon-redo"), Look::Quiet.enabled(redo), "editor-redo") {
            desk.redo();
        }
        if wide {
            ui.add_space(6.0);
            proof(pen, ui, desk);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ends(pen, ui, desk, orders, wide));
    });
}

/// The level's name, and whether it is kept.
fn name(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, keeping: &Keeping) {
    let level = desk.draft.level();
    let name = level.text(&desk.language, "name").unwrap_or(&level.id).to_owned();
    let width = 200.0;
    let (area, response) = ui.allocate_exact_size(vec2(width, 40.0), Sense::click());
    let told = Told { name: pen.say("editor-told-level"), value: name.clone(), ..Told::default() };
    pen.note("draft-name", &response, true, told);
    if pen.is_pressed(&response) {
        desk.panel = Panel::Story;
        desk.panel_open = true;
    }
    let painter = ui.painter_at(area);
    let at = |y: f32| egui::pos2(area.left() + 4.0, area.top() + y);
    painter.text(at(12.0), egui::Align2::LEFT_CENTER, name, super::dress::title(17.0), colour(palette::bone()));
    let (words, shade) = keeping.words(pen, desk);
    painter.text(at(31.0), egui::Align2::LEFT_CENTER, words, body(11.5), colour(shade));
}

/// Whether the level is proved, in one plate; a press shows how.
fn proof(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    let (badge, words, shade) = desk.proving.in_short(pen, desk.state());
    let figures = desk.proving.in_figures(pen, desk.state()).map(|figures| figures.join(" · "));
    let told = Told { name: words.clone(), value: figures.clone().unwrap_or_default(), ..Told::default() };
    let mut lines = vec![ui.painter().layout_no_wrap(words, strong(13.0), colour(shade))];
    lines.extend(figures.map(|line| ui.painter().layout_no_wrap(line, body(11.0), colour(palette::bone()))));
    let width = lines.iter().map(|line| line.size().x).fold(0.0, f32::max);
    let (area, response) = ui.allocate_exact_size(vec2(width + 52.0, 42.0), Sense::click());
    pen.note("proof", &response, true, told);
    let painter = ui.painter();
    painter.rect_filled(area, 12, colour(palette::channel()));
    let edge = egui::Stroke::new(1.5, colour(shade));
    painter.rect_stroke(area, 12, edge, egui::StrokeKind::Inside);
    super::pen::focus_ring(painter, area, &response);
    pen.paint_icon(painter, badge, egui::pos2(area.left() + 20.0, area.center().y), 24.0, egui::Color32::WHITE);
    let height: f32 = lines.iter().map(|line| line.size().y).sum();
    let mut y = area.center().y - height * 0.5;
    for line in lines {
        let step = line.size().y;
        painter.galley(egui::pos2(area.left() + 39.0, y), line, colour(shade));
        y += step;
    }
    if pen.is_pressed(&response) {
        desk.panel = Panel::Proof;
        desk.panel_open = true;
    }
}

/// What comes at the end of work, from the right.
fn ends(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, orders: &mut Orders, wide: bool) {
    let publish = pen.say("editor-publish");
    let playtest = pen.say("editor-playtest");
    let face =
        |icon, words| if wide { Face::both(icon, words).least(0.0, 38.0) } else { Face::icon(icon).least(42.0, 40.0) };
    if pen.button_told(ui, "publish", face("icon-share", &publish), Look::Bone, "editor-publish-help") {
        desk.sheet = Some(Sheet::Publish);
    }
    let playable = desk.draft.is_playable();
    let look = Look::Quiet.enabled(playable);
    if pen.button_told(ui, "playtest", face("icon-play", &playtest), look, "editor-playtest-help") {
        orders.0.push(Order::Playtest);
    }
    let library = Face::icon("icon-list");
    if pen.button_told(ui, "library", library, Look::Quiet, "editor-library") {
        desk.sheet = Some(Sheet::Library);
    }
    if pen.button_told(ui, "import", Face::icon("icon-import"), Look::Quiet, "editor-import") {
        desk.sheet = Some(Sheet::Import);
    }
}
