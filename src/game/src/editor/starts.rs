//! How a level can begin: empty, as a copy, as a sandbox, or from a template.

use super::desk::Desk;
use super::pen::{Face, Look, Pen};
use super::{Order, Orders};
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::Draft;

/// The ways to begin.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, orders: &mut Orders) {
    pen.heading(ui, pen.say("editor-start-new"), 16.0);
    ui.horizontal_wrapped(|ui| {
        let blank = pen.say("editor-start-blank");
        if pen.button(ui, "start-blank", Face::both("icon-plus", &blank).least(0.0, 40.0), Look::Bone) {
            orders.0.push(Order::Begin(Box::new(Draft::blank(super::BLANK.0, super::BLANK.1))));
        }
        let copy = pen.say("editor-start-copy");
        if pen.button(ui, "start-copy", Face::both("icon-duplicate", &copy).least(0.0, 40.0), Look::Quiet) {
            orders.0.push(Order::Duplicate(desk.number));
        }
    });
}
