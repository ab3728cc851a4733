//! What counts as winning: all of it.

use super::desk::Desk;
use super::pen::{Face, Look, Pen};
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::limits::COINS_MAX;
use pipe_maze_level::{Class, Genre, Objective};

/// The kinds of objective as they come when they are added.
const NEW: [Objective; 8] = [
    Objective::GoodShare { at_least: 0.95, within_ms: 1_000.0 },
    Objective::P99 { at_most_ms: 1_500.0 },
    Objective::ConsumerLag { at_most_ms: 2_000.0 },
    Objective::Cost { at_most: 200 },
    Objective::ClassShare { class: Class::Buy, at_least: 0.99, within_ms: 1_000.0 },
    Objective::ErrorBudget { at_least: 0.25 },
    Objective::Beaten { at_least: 1 },
    Objective::Break { good_share_at_most: 0.5, within_ms: 1_000.0 },
];

/// The panel of objectives.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, now_s: f64) {
    pen.heading(ui, pen.say("editor-panel-goals"), 17.0);
    pen.quiet(ui, pen.say("editor-goals-help"));
    let mut edit = None;
    for (nth, objective) in desk.draft.level().objectives.iter().enumerate() {
        let nth = nth as u32;
        let mut new = *objective;
        ui.push_id(nth, |ui| {
            super::dress::panel(8).show(ui, |ui| {
                ui.horizontal(|ui| {
                    pen.heading(ui, pen.say(&format!("editor-{}", objective.key())), 13.5);
                    ui.with_layout(bevy_egui::egui::Layout::right_to_left(bevy_egui::egui::Align::Center), |ui| {
                        let face = Face::icon("icon-trash").least(28.0, 28.0);
                        let key = format!("remove-goal-{}", nth + 1);
                        if pen.button_told(ui, &key, face, Look::Bare, "editor-remove") {
                            edit = Some(LevelEdit::RemoveObjective { nth });
                        }
                    });
                });
                fields(pen, ui, &mut new);
            });
        });
        if new != *objective {
            edit = Some(LevelEdit::Objective { nth, objective: new });
        }
    }
    ui.add_space(4.0);
    pen.quiet(ui, pen.say("editor-add-goal"));
    ui.horizontal_wrapped(|ui| {
        for objective in NEW.into_iter().filter(|objective| fits(objective, desk.draft.level().genre)) {
            let key = objective.key();
            let words = pen.say(&format!("editor-{key}"));
            if pen.button(ui, &format!("add-{key}"), Face::both("icon-plus", &words), Look::Quiet) {
                edit = Some(LevelEdit::AddObjective(objective));
            }
        }
    });
    if let Some(edit) = edit {
        desk.apply(&edit, now_s);
    }
}

/// Whether a goal belongs into levels of that kind: what the player breaks shall not hold.
const fn fits(objective: &Objective, genre: Genre) -> bool {
    match objective {
        Objective::Break { .. } => matches!(genre, Genre::Chaos),
        Objective::GoodShare { .. } => !matches!(genre, Genre::Chaos),
        _ => true,
    }
}

fn fields(pen: &Pen<'_>, ui: &mut Ui, objective: &mut Objective) {
    match objective {
        Objective::GoodShare { at_least, within_ms } => {
            share(pen, ui, "editor-at-least", at_least);
            ms(pen, ui, "within", within_ms);
        }
        Objective::P99 { at_most_ms } | Objective::ConsumerLag { at_most_ms } => ms(pen, ui, "at-most", at_most_ms),
        Objective::Cost { at_most } => count(pen, ui, "at-most", at_most, COINS_MAX),
        Objective::ClassShare { class, at_least, within_ms } => {
            let names = Class::ALL.map(|class| pen.say(&format!("class-{}", class.key())));
            let at = Class::ALL.iter().position(|each| each == class).unwrap_or_default();
            pen.explained(ui, "editor-class", None, |ui| {
                if let Some(to) = pen.choice(ui, "class", at, &names) {
                    *class = Class::ALL[to];
                }
            });
            share(pen, ui, "editor-at-least", at_least);
            ms(pen, ui, "within", within_ms);
        }
        Objective::ErrorBudget { at_least } => share(pen, ui, "editor-at-least", at_least),
        Objective::Beaten { at_least } => count(pen, ui, "at-least", at_least, 32),
        Objective::Break { good_share_at_most, within_ms } => {
            share(pen, ui, "editor-at-most", good_share_at_most);
            ms(pen, ui, "within", within_ms);
        }
    }
}

fn share(pen: &Pen<'_>, ui: &mut Ui, label: &str, value: &mut f64) {
    let told = pen.range(0.0, 100.0, "%");
    pen.explained(ui, label, Some(told), |ui| {
        if let Some(new) = pen.number(ui, "share", *value * 100.0, (0.0..=100.0, false, "%")) {
            *value = new / 100.0;
        }
    });
}

fn ms(pen: &Pen<'_>, ui: &mut Ui, key: &str, value: &mut f64) {
    pen.row(ui, key, value, (0.1..=3_600_000.0, false, "ms"));
}

fn count(pen: &Pen<'_>, ui: &mut Ui, key: &str, value: &mut u32, most: u32) {
    let mut number = f64::from(*value);
    pen.row(ui, key, &mut number, (0.0..=f64::from(most), true, ""));
    *value = number as u32;
}
