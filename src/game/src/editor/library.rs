//! The levels that the player makes: a new one, one of those that there are, and what becomes of them.

use super::desk::Desk;
use super::keep::{DRAFTS_MAX, Keeping, Library};
use super::panel::Sheet;
use super::pen::{Face, Look, Pen};
use super::starts;
use super::{Order, Orders};
use crate::Screen;
use crate::camera;
use crate::immediate::colour;
use crate::palette;
use crate::store::Store;
use bevy::prelude::*;
use bevy_egui::egui::{self, Align, Layout, Ui};
use pipe_maze_level::draft::Draft;

/// The list.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, library: &Library, orders: &mut Orders) {
    egui::ScrollArea::vertical().id_salt("library").auto_shrink(false).show(ui, |ui| {
        starts::show(pen, ui, desk, orders);
        ui.add_space(8.0);
        pen.heading(ui, pen.say("editor-my-levels"), 16.0);
        if library.drafts.is_empty() {
            pen.quiet(ui, pen.say("editor-no-levels-yet"));
        }
        for entry in library.drafts.iter().rev() {
            let here = entry.number == desk.number;
            let edge = if here { palette::gold() } else { palette::ink_line() };
            let frame = egui::Frame::new()
                .fill(colour(palette::ink_raised()))
                .stroke(egui::Stroke::new(1.2, colour(edge)))
                .corner_radius(12)
                .inner_margin(egui::Margin::symmetric(10, 6));
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal(|ui| line(pen, ui, desk, (entry.number, &entry.name, entry.size), orders));
            });
        }
    });
}

fn line(
    pen: &Pen<'_>,
    ui: &mut Ui,
    desk: &mut Desk,
    (number, name, (columns, rows)): (u32, &str, (i32, i32)),
    orders: &mut Orders,
) {
    let short: String = name.chars().take(28).collect();
    pen.heading(ui, short, 14.0);
    pen.quiet(ui, format!("{columns} x {rows}"));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let sure = desk.to_delete == Some(number);
        let small = |icon| Face::icon(icon).least(34.0, 32.0);
        if sure {
            let yes = pen.say("editor-delete-sure");
            if pen.button(ui, &format!("delete-sure-{number}"), Face::word(&yes), Look::Bone) {
                orders.0.push(Order::Delete(number));
                desk.to_delete = None;
            }
            if pen.button(ui, &format!("delete-not-{number}"), Face::word(&pen.say("editor-cancel")), Look::Quiet) {
                desk.to_delete = None;
            }
            return;
        }
        if pen.button_told(ui, &format!("delete-{number}"), small("icon-trash"), Look::Bare, "editor-delete") {
            desk.to_delete = Some(number);
        }
        if pen.button_told(ui, &format!("duplicate-{number}"), small("icon-duplicate"), Look::Bare, "editor-duplicate")
        {
            orders.0.push(Order::Duplicate(number));
        }
        if pen.button(ui, &format!("open-{number}"), Face::word(&pen.say("editor-open")), Look::Quiet) {
            orders.0.push(Order::Open(number));
        }
    });
}

/// Puts on the desk what was asked for; what was there is kept first.
pub fn obey(
    (mut orders, mut desk): (ResMut<Orders>, ResMut<Desk>),
    (mut store, mut library, mut keeping): (ResMut<Store>, ResMut<Library>, ResMut<Keeping>),
    mut look: ResMut<camera::Look>,
    mut commands: Commands,
) {
    let asked: Vec<Order> = orders.0.extract_if(.., |order| *order != Order::Playtest).collect();
    let mut again = Vec::new();
    for order in asked {
        let next = match order {
            Order::Leave => {
                flush(&mut store, &mut library, &mut keeping, &desk);
                commands.set_state(Screen::Title);
                None
            }
            Order::Open(number) => {
                flush(&mut store, &mut library, &mut keeping, &desk);
                library.open(&mut store, number)
            }
            Order::Duplicate(number) => {
                flush(&mut store, &mut library, &mut keeping, &desk);
                let copy = library.open(&mut store, number).filter(|_| library.drafts.len() < DRAFTS_MAX);
                copy.map(|desk| Desk { number: library.take_number(), ..desk })
            }
            Order::Begin(beginning) => {
                flush(&mut store, &mut library, &mut keeping, &desk);
                Some(Desk::begin(*beginning, library.take_number()))
            }
            Order::Play(beginning) => {
                flush(&mut store, &mut library, &mut keeping, &desk);
                again.push(Order::Playtest);
                Some(Desk::begin(*beginning, library.take_number()))
            }
            Order::Delete(number) => {
                library.remove(&mut store, number);
                let blank = || Draft::blank(super::BLANK.0, super::BLANK.1);
                (desk.number == number).then(|| {
                    let mut desk = Desk::new(blank(), library.take_number());
                    desk.sheet = Some(Sheet::Library);
                    desk
                })
            }
            Order::Playtest => None,
        };
        if let Some(next) = next {
            *desk = next;
            *look = camera::Look::default();
        }
    }
    orders.0.extend(again);
}

/// Keeps what is on the desk now.
fn flush(store: &mut Store, library: &mut Library, keeping: &mut Keeping, desk: &Desk) {
    let empty =
        !desk.draft.can_undo() && !desk.draft.can_redo() && !library.drafts.iter().any(|e| e.number == desk.number);
    if !empty && !keeping.is_kept(desk) && library.keep(store, desk) {
        keeping.note_opened(desk);
    }
}
