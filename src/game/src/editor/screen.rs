//! Draws the editor: every panel at its place, and what lies over the picture.

use super::desk::Desk;
use super::dress::{dress, panel as frame, strong};
use super::icons::Icons;
use super::keep::{Keeping, Library};
use super::marks::{self, View};
use super::panel::{Panel, Sheet};
use super::pen::{Face, Look as Worn, Pen};
use super::places::Places;
use super::spot::{Asks, Spots};
use super::{Orders, inspector, problems, rail, schedule, top};
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::camera::{Look, Stage};
use crate::immediate::{Covered, colour};
use crate::input::tools::Hand;
use crate::palette;
use crate::text::Texts;
use crate::ui::settings::Sheets;
use crate::ui::{Insets, Layout};
use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use pipe_maze_level::draft::Severity;
use std::cell::RefCell;

/// What the panels are drawn from, and change.
#[derive(bevy::ecs::system::SystemParam)]
pub struct Table<'w> {
    desk: ResMut<'w, Desk>,
    library: Res<'w, Library>,
    keeping: Res<'w, Keeping>,
    orders: ResMut<'w, Orders>,
    look: ResMut<'w, Look>,
    stage: Res<'w, Stage>,
    hand: Res<'w, Hand>,
}

/// What they are drawn with.
#[derive(bevy::ecs::system::SystemParam)]
pub struct Colours<'w> {
    texts: Res<'w, Texts>,
    atlas: Res<'w, Atlas>,
    images: Res<'w, Assets<Image>>,
    icons: ResMut<'w, Icons>,
}

/// Draws all of it.
pub fn draw(
    mut contexts: EguiContexts<'_, '_>,
    (mut table, mut colours): (Table<'_>, Colours<'_>),
    (layout, time, sheets): (Res<Layout>, Res<Time>, Option<Res<Sheets>>),
    (mut spots, mut asks): (ResMut<Spots>, ResMut<Asks>),
    (mut covered, mut insets, mut awake): (ResMut<Covered>, ResMut<Insets>, ResMut<Awake>),
) -> Result {
    let context = contexts.ctx_mut()?.clone();
    context.set_zoom_factor(layout.scale);
    dress(&context);
    colours.icons.follow_theme();
    let pen = Pen {
        texts: &colours.texts,
        art: (&colours.atlas, &colours.images),
        icons: RefCell::new(&mut colours.icons),
        spots: RefCell::default(),
        asks: std::mem::take(&mut asks.0),
        naming: RefCell::default(),
        helping: RefCell::default(),
    };
    let places = Places::of(&layout, &table.desk);
    // A sheet of the game lies over all of this.
    if sheets.is_none_or(|sheets| sheets.top().is_none()) {
        let now_s = time.elapsed_secs_f64();
        let view = View { stage: &table.stage, look: &table.look, scale: layout.scale };
        let hovered = super::hovered(&table.hand, &table.desk);
        marks::show(&pen, &context, view, &table.desk, hovered, now_s);
        panels(&pen, &context, &places, &mut table, layout.wide, now_s);
        if let Some(sheet) = table.desk.sheet {
            over_all(&pen, &context, &layout, sheet, &mut table);
        }
    }
    let free = places.free;
    let edges = [free.left(), free.top(), layout.size.x - free.right(), layout.size.y - free.bottom()];
    insets.set_if_neq(Insets::new(edges.map(|edge| edge * layout.scale)));
    let window = Rect::from_corners(Vec2::ZERO, layout.size * layout.scale);
    let area = |area: egui::Rect| {
        Rect::from_corners(Vec2::new(area.left(), area.top()), Vec2::new(area.right(), area.bottom()))
    };
    let mut areas: Vec<Rect> = places.covered().map(|each| scaled(area(each), layout.scale)).collect();
    if table.desk.sheet.is_some() || egui::Popup::is_any_open(&context) {
        areas = vec![window];
    }
    let keys = context.egui_wants_keyboard_input() || egui::Popup::is_any_open(&context);
    covered.set_if_neq(Covered { areas, keys });
    if context.has_requested_repaint() {
        awake.keep_for(0.6);
    }
    super::clipboard::hand_out(&context);
    spots.0 = pen.spots.into_inner();
    Ok(())
}

fn scaled(area: Rect, scale: f32) -> Rect {
    Rect::from_corners(area.min * scale, area.max * scale)
}

fn panels(pen: &Pen<'_>, context: &egui::Context, places: &Places, table: &mut Table<'_>, wide: bool, now_s: f64) {
    let Table { desk, keeping, orders, look, .. } = table;
    put(context, "top", places.top, 7, |ui| top::show(pen, ui, desk, keeping, orders, wide));
    put(context, "rail", places.rail, 6, |ui| rail::show(pen, ui, (desk, look), wide));
    if let Some(area) = places.options {
        put(context, "options", area, 6, |ui| rail::options(pen, ui, desk));
    }
    put(context, "panel", places.panel, 10, |ui| {
        tabs(pen, ui, desk, wide);
        if wide || desk.panel_open {
            beside(pen, ui, desk, look, now_s);
        }
    });
    if let Some(area) = places.problems {
        put(context, "problems", area, 10, |ui| problems::show(pen, ui, (desk, look), now_s));
    }
    if let Some(area) = places.timeline {
        put(context, "timeline", area, 8, |ui| schedule::show(pen, ui, desk, true, now_s));
    }
}

/// A panel at its place.
fn put(context: &egui::Context, id: &str, area: egui::Rect, margin: i8, fill: impl FnOnce(&mut egui::Ui)) {
    egui::Area::new(egui::Id::new(("editor", id))).fixed_pos(area.min).constrain(false).fade_in(false).show(
        context,
        |ui| {
            // Lines stand within the area, too.
            let inner = area.size() - egui::Vec2::splat(2.0 * f32::from(margin) + 3.0);
            frame(margin).show(ui, |ui| {
                ui.set_min_size(inner);
                ui.set_max_size(inner);
                ui.set_clip_rect(area.intersect(ui.clip_rect()));
                fill(ui);
            });
        },
    );
}

/// Which panel stands beside the picture. On a phone a press on the one that is open shuts it.
fn tabs(pen: &Pen<'_>, ui: &mut egui::Ui, desk: &mut Desk, wide: bool) {
    ui.horizontal(|ui| {
        let mut panels: Vec<Panel> = Panel::ALL.to_vec();
        if !wide {
            panels.extend([Panel::Problems, Panel::Times]);
        }
        let gap = if wide { 4.0 } else { 2.0 };
        ui.spacing_mut().item_spacing.x = gap;
        let width = ((ui.available_width() + gap) / panels.len() as f32 - gap).min(64.0);
        for panel in panels {
            let open = desk.panel == panel && (wide || desk.panel_open);
            let size = if wide { 14.0 } else { 12.0 };
            let face = Face { size, ..Face::icon(panel.icon()) }.least(width, if wide { 30.0 } else { 40.0 });
            let key = format!("panel-{}", panel.key());
            if pen.button_told(ui, &key, face, Worn::chosen(open), &format!("editor-panel-{}", panel.key())) {
                desk.panel_open = !open;
                desk.panel = panel;
            }
            if panel == Panel::Problems {
                count_errors(pen, ui, desk);
            }
        }
    });
    ui.add_space(2.0);
}

/// How many errors there are, on the tab that was drawn last.
fn count_errors(pen: &Pen<'_>, ui: &egui::Ui, desk: &Desk) {
    let errors = desk.draft.problems().iter().filter(|problem| problem.severity == Severity::Error).count();
    let at = pen.spots.borrow().last().map(|spot| spot.area.right_top() + egui::vec2(-6.0, 6.0));
    let Some(at) = at.filter(|_| errors > 0) else { return };
    ui.painter().circle_filled(at, 8.0, colour(palette::failed()));
    let ink = colour(palette::bone());
    ui.painter().text(at, egui::Align2::CENTER_CENTER, errors.min(99).to_string(), strong(10.0), ink);
}

fn beside(pen: &Pen<'_>, ui: &mut egui::Ui, desk: &mut Desk, look: &mut Look, now_s: f64) {
    match desk.panel {
        Panel::Text => return super::written::show(pen, ui, desk, now_s),
        Panel::Problems => return problems::show(pen, ui, (desk, look), now_s),
        Panel::Times => return schedule::show(pen, ui, desk, false, now_s),
        _ => {}
    }
    egui::ScrollArea::vertical().id_salt(desk.panel.key()).auto_shrink(false).show(ui, |ui| match desk.panel {
        Panel::Piece => inspector::show(pen, ui, (desk, look), now_s),
        Panel::Goals => super::goals::show(pen, ui, desk, now_s),
        Panel::Rules => super::rules::show(pen, ui, desk, now_s),
        Panel::Story => super::story::show(pen, ui, desk, now_s),
        Panel::Tutorial => super::tutorial::show(pen, ui, desk, now_s),
        Panel::Proof => super::proof::show(pen, ui, desk),
        Panel::Text | Panel::Problems | Panel::Times => {}
    });
}

/// How large a sheet is at most: as large as what is on it.
fn most(sheet: Sheet, desk: &Desk) -> egui::Vec2 {
    match sheet {
        Sheet::Publish if desk.proving.holding(desk.state()).is_some() => egui::vec2(640.0, 560.0),
        Sheet::Publish => egui::vec2(520.0, 230.0),
        Sheet::Import => egui::vec2(720.0, 520.0),
        Sheet::Library => egui::vec2(720.0, 600.0),
    }
}

/// A sheet in the middle of the window; what lies behind it is dimmed and takes no press.
fn over_all(pen: &Pen<'_>, context: &egui::Context, layout: &Layout, sheet: Sheet, table: &mut Table<'_>) {
    let most = most(sheet, &table.desk);
    let size = most.min(egui::vec2(layout.size.x - 16.0, layout.size.y - 16.0));
    let modal = egui::Modal::new(egui::Id::new(("editor-sheet", sheet)))
        .backdrop_color(colour(palette::ink()).gamma_multiply(0.6))
        // Nothing shines through what is read.
        .frame(frame(16).fill(colour(palette::ink())));
    let inner = size - egui::Vec2::splat(35.0);
    let shown = modal.show(context, |ui| {
        ui.set_min_size(inner);
        ui.set_max_size(inner);
        let mut shut = false;
        ui.horizontal(|ui| {
            pen.heading(ui, pen.say(&format!("editor-sheet-{}", sheet.key())), 22.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                shut = pen.button(ui, "close-sheet", Face::icon("icon-cross").least(40.0, 40.0), Worn::Quiet);
            });
        });
        ui.add_space(4.0);
        let Table { desk, library, orders, .. } = table;
        match sheet {
            Sheet::Library => super::library::show(pen, ui, desk, library, orders),
            Sheet::Publish => super::publish::show(pen, ui, desk),
            Sheet::Import => super::import::show(pen, ui, desk, orders),
        }
        shut
    });
    if shown.inner || shown.should_close() {
        table.desk.sheet = None;
    }
}
