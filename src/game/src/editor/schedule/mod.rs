//! When things happen: the traffic of a spring as a curve that can be drawn, and the enemies' strikes as bars that can be
//! dragged.

mod axis;
mod lanes;
mod stops;
mod strikes;
mod traffic;

pub use strikes::{first, tidy, windows};

use super::desk::Desk;
use super::pen::{Face, Look, Pen};
use axis::Axis;
use bevy_egui::egui::{self, Rect, Sense, Ui, pos2};
use lanes::LANE;

/// Width of the names at the left.
const NAMES: f32 = 96.0;
/// Height of the line of times.
const TIMES: f32 = 16.0;
/// With less width than this there is no room for help beside the heading.
const HELP_WIDTH: f32 = 620.0;

/// The timeline. Where it `folds` it can be shut.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, folds: bool, now_s: f64) {
    bar(pen, ui, desk, folds);
    if folds && !desk.timeline_open {
        return;
    }
    let room = ui.available_rect_before_wrap();
    let end_ms = desk.draft.level().flow.duration_ms;
    let enemies = desk.draft.level().enemies.clone();
    let lanes = (enemies.len() as f32).clamp(1.0, 3.0) * LANE;
    let track = Rect::from_min_max(
        pos2(room.left() + NAMES, room.top()),
        pos2(room.right() - 4.0, room.bottom() - lanes - TIMES - 4.0),
    );
    let axis = Axis { track, end_ms };
    traffic::show(pen, ui, desk, axis, now_s);
    let below = Rect::from_min_max(pos2(room.left(), track.bottom() + 4.0), pos2(room.right(), room.bottom() - TIMES));
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(below));
    egui::ScrollArea::vertical().id_salt("lanes").show(&mut inside, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if enemies.is_empty() {
            lanes::none(pen, ui, (room.left() + NAMES, room.right() - 4.0));
        }
        for enemy in &enemies {
            lanes::show(pen, ui, desk, enemy, (room.left() + NAMES, room.right() - 4.0, end_ms), now_s);
        }
    });
    axis::times(pen, ui, axis, room.bottom());
    ui.allocate_rect(room, Sense::hover());
}

/// The heading, which spring is drawn, what a hand can do here, and the button that shuts it.
fn bar(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, folds: bool) {
    let has_room = ui.available_width() > HELP_WIDTH;
    ui.horizontal(|ui| {
        pen.heading(ui, pen.say("editor-timeline"), 14.5);
        if let Some((name, _)) = traffic::spring(desk) {
            pen.quiet(ui, pen.texts.with("editor-traffic-of", &[("name", name.into())]));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let icon = if desk.timeline_open { "icon-down" } else { "icon-up" };
            let face = Face::icon(icon).least(28.0, 24.0);
            if folds && pen.button_told(ui, "timeline", face, Look::Bare, "editor-timeline-fold") {
                desk.timeline_open = !desk.timeline_open;
            }
            if has_room {
                pen.quiet(ui, pen.say("editor-timeline-help"));
            }
        });
    });
    if !has_room {
        pen.quiet(ui, pen.say("editor-timeline-help"));
    }
}
