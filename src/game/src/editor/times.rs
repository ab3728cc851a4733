//! When an enemy or a fault strikes, in figures; what is drawn is on the timeline.

use super::pen::{Face, Look, Pen};
use super::schedule::{tidy, windows};
use bevy_egui::egui::Ui;
use pipe_maze_level::enemy::Schedule;
use pipe_maze_level::limits::DURATION_MS_MAX;

/// Most strikes that are written one by one; on the timeline there may be more.
const WRITTEN_MAX: usize = 12;

/// Changes it in place, in a run of that many milliseconds.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, schedule: &mut Schedule, end_ms: u64) {
    let names = ["always", "every", "at"].map(|key| pen.say(&format!("editor-schedule-{key}")));
    let at = match schedule {
        Schedule::Always => 0,
        Schedule::Every { .. } => 1,
        Schedule::At(_) => 2,
    };
    if let Some(to) = pen.explained(ui, "editor-when", None, |ui| pen.choice(ui, "schedule", at, &names)) {
        *schedule = match to {
            0 => Schedule::Always,
            1 => Schedule::Every { first_ms: end_ms / 6, every_ms: (end_ms / 3).max(2), for_ms: (end_ms / 8).max(1) },
            _ => Schedule::At(windows(schedule, end_ms)),
        };
    }
    match schedule {
        Schedule::Always => {}
        Schedule::Every { first_ms, every_ms, for_ms } => {
            pen.ms_row(ui, "first", first_ms, (0, DURATION_MS_MAX));
            pen.ms_row(ui, "every", every_ms, (2, DURATION_MS_MAX));
            pen.ms_row(ui, "lasts", for_ms, (1, DURATION_MS_MAX));
        }
        Schedule::At(times) => strikes(pen, ui, times, end_ms),
    }
}

/// Each strike from when to when, and one more.
fn strikes(pen: &Pen<'_>, ui: &mut Ui, times: &mut Vec<(u64, u64)>, end_ms: u64) {
    let mut new = times.clone();
    let mut gone = None;
    let most = DURATION_MS_MAX as f64;
    for (nth, (from, to)) in new.iter_mut().enumerate().take(WRITTEN_MAX) {
        ui.horizontal(|ui| {
            let end = |ui: &mut Ui, end: &str, ms: &mut u64| {
                let key = format!("strike-{end}-{}", nth + 1);
                let told = pen.texts.with(&format!("editor-told-strike-{end}"), &[("n", (nth + 1).into())]);
                let new = pen.called(told, || pen.number(ui, &key, *ms as f64, (0.0..=most, true, "ms")));
                *ms = new.map_or(*ms, |new| new as u64);
            };
            end(ui, "from", from);
            pen.quiet(ui, pen.say("editor-until"));
            end(ui, "to", to);
            let face = Face::icon("icon-trash").least(28.0, 28.0);
            let key = format!("remove-strike-{}", nth + 1);
            if times.len() > 1 && pen.button_told(ui, &key, face, Look::Bare, "editor-remove") {
                gone = Some(nth);
            }
        });
    }
    if let Some(nth) = gone {
        new.remove(nth);
    }
    let more = pen.say("editor-add-strike");
    if new.len() < WRITTEN_MAX && pen.button(ui, "add-strike", Face::both("icon-plus", &more), Look::Quiet) {
        let from = new.last().map_or(end_ms / 4, |last| last.1 + (end_ms / 10).max(1));
        new.push((from, from + (end_ms / 10).max(1)));
    }
    if new != *times && new.iter().all(|(from, to)| from < to) {
        *times = tidy(new);
    }
}
