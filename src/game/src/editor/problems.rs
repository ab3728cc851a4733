//! Everything that is wrong with the level, or doubtful: a click goes there, and where a mend is known a button does it.

use super::desk::Desk;
use super::dress::{body, strong};
use super::panel::Panel;
use super::pen::{Face, Look, Pen};
use crate::board::centre;
use crate::camera;
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::{self, Align, Color32, Layout, Ui};
use pipe_maze_level::draft::{DraftProblem, LevelEdit, Severity};
use pipe_maze_level::format::Place;

/// Width of what can be done about a problem.
const DEEDS: f32 = 92.0;

/// The list.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, (desk, look): (&mut Desk, &mut camera::Look), now_s: f64) {
    let problems: Vec<DraftProblem> = desk.draft.problems().to_vec();
    head(pen, ui, &problems);
    let mut edit: Option<LevelEdit> = None;
    // It may be as low as it has to.
    let list = egui::ScrollArea::vertical().id_salt("problems").min_scrolled_height(0.0).auto_shrink(false);
    list.show(ui, |ui| {
        if problems.is_empty() {
            ui.horizontal(|ui| {
                pen.icon(ui, "badge-ok", 18.0, Color32::WHITE);
                pen.quiet(ui, pen.say("editor-no-problems"));
            });
        }
        for (n, problem) in problems.iter().enumerate() {
            line(pen, ui, (desk, look), (n, problem), &mut edit);
        }
    });
    if let Some(edit) = edit {
        desk.apply(&edit, now_s);
        desk.forget_what_is_gone();
    }
}

fn head(pen: &Pen<'_>, ui: &mut Ui, problems: &[DraftProblem]) {
    ui.horizontal(|ui| {
        pen.heading(ui, pen.say("editor-problems"), 15.5);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (severity, badge) in [(Severity::Warning, "badge-strain"), (Severity::Error, "badge-failed")] {
                let count = problems.iter().filter(|problem| problem.severity == severity).count();
                ui.label(egui::RichText::new(count.to_string()).font(strong(13.0)));
                pen.icon(ui, badge, 16.0, Color32::WHITE);
            }
        });
    });
}

fn line(
    pen: &Pen<'_>,
    ui: &mut Ui,
    (desk, look): (&mut Desk, &mut camera::Look),
    (n, problem): (usize, &DraftProblem),
    edit: &mut Option<LevelEdit>,
) {
    let error = problem.severity == Severity::Error;
    let edge = if error { palette::failed() } else { palette::ink_line() };
    let frame = egui::Frame::new()
        .fill(colour(palette::ink_raised()))
        .stroke(egui::Stroke::new(1.0, colour(edge)))
        .corner_radius(10)
        .inner_margin(egui::Margin::symmetric(8, 5));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            pen.icon(ui, if error { "badge-failed" } else { "badge-strain" }, 16.0, Color32::WHITE);
            let room = ui.available_width() - DEEDS - 6.0;
            ui.allocate_ui_with_layout(egui::vec2(room, 10.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(room);
                let words = egui::RichText::new(pen.problem(problem)).font(body(12.0)).color(colour(palette::bone()));
                ui.add(egui::Label::new(words).wrap());
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                let place = problem.cell.map_or_else(|| pen.say("editor-go"), |cell| cell.to_string());
                let face = Face { size: 11.5, ..Face::both("icon-place", &place).least(DEEDS, 26.0) };
                if pen.button(ui, &format!("problem-{}", n + 1), face, Look::Quiet) {
                    go(desk, look, problem);
                }
                if let Some(fix) = &problem.fix {
                    let words = pen.say("editor-fix");
                    let face = Face { size: 11.5, ..Face::both("icon-check", &words).least(DEEDS, 26.0) };
                    if pen.button(ui, &format!("fix-{}", n + 1), face, Look::Bone) {
                        *edit = Some(fix.clone());
                    }
                }
            });
        });
    });
}

/// Shows where a problem is.
fn go(desk: &mut Desk, look: &mut camera::Look, problem: &DraftProblem) {
    if let Some(cell) = problem.cell {
        look.fly_to(centre(cell), look.zoom);
    }
    desk.panel_open = true;
    match &problem.place {
        Place::Piece(name) | Place::Pipe(name) | Place::Enemy(name) => desk.select(Some(name.clone())),
        place => desk.panel = panel_of(place),
    }
}

/// Where something is written that lies nowhere on the map.
const fn panel_of(place: &Place) -> Panel {
    match place {
        Place::Piece(_) | Place::Pipe(_) | Place::Enemy(_) => Panel::Piece,
        Place::Language(_) | Place::Text(..) => Panel::Story,
        Place::Step(_) => Panel::Tutorial,
        Place::Objective(_) => Panel::Goals,
        Place::Start(_) => Panel::Text,
        Place::Section(section) | Place::Field(section, _) => match section.as_bytes() {
            b"objectives" => Panel::Goals,
            b"texts" => Panel::Story,
            b"tutorial" => Panel::Tutorial,
            b"pieces" => Panel::Piece,
            _ => Panel::Rules,
        },
        Place::Stock(_) | Place::Fault(_) => Panel::Rules,
    }
}
