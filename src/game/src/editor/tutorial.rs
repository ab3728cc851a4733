//! The steps through which a level takes a new player: what each says in every language, what it points at, and when it
//! is done.

use super::desk::Desk;
use super::pen::{Face, Look, Pen};
use super::{conditions, pointers};
use bevy_egui::egui::{Align, Layout, Ui};
use pipe_maze_level::Kind;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::limits::TEXT_BYTES_MAX;
use pipe_maze_level::tutorial::{Condition, STEPS_MAX, Step};

/// The panel of steps.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, now_s: f64) {
    pen.heading(ui, pen.say("editor-panel-tutorial"), 17.0);
    pen.quiet(ui, pen.say("editor-tutorial-help"));
    let steps = desk.draft.level().tutorial.clone();
    let mut edit = None;
    for (nth, step) in steps.iter().enumerate() {
        let place = (nth as u32, steps.len() as u32);
        ui.push_id(("step", nth), |ui| {
            super::dress::panel(8).show(ui, |ui| {
                ui.set_width(ui.available_width());
                edit = edit.take().or(head(pen, ui, place));
                says(pen, ui, desk, step, now_s);
                let mut new = step.clone();
                pointers::show(pen, ui, desk, (place.0, &mut new.points));
                conditions::show(pen, ui, desk.draft.board(), &mut new.until);
                if new != *step {
                    edit = Some(LevelEdit::Step { nth: place.0, step: new });
                }
            });
        });
    }
    ui.add_space(4.0);
    let words = pen.say("editor-add-step");
    let look = Look::Bone.enabled(steps.len() < STEPS_MAX);
    if pen.button(ui, "add-step", Face::both("icon-plus", &words).least(ui.available_width(), 36.0), look) {
        edit = Some(another(desk));
    }
    if let Some(edit) = edit {
        desk.pointing = None;
        desk.apply(&edit, now_s);
    }
}

/// Which step it is, and what can be done with it as a whole.
fn head(pen: &Pen<'_>, ui: &mut Ui, (nth, count): (u32, u32)) -> Option<LevelEdit> {
    let mut edit = None;
    ui.horizontal(|ui| {
        pen.heading(ui, pen.texts.with("editor-step", &[("n", (nth + 1).into())]), 14.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let small = |icon| Face::icon(icon).least(30.0, 28.0);
            let key = |what: &str| format!("step-{}-{what}", nth + 1);
            if pen.button_told(ui, &key("remove"), small("icon-trash"), Look::Bare, "editor-step-remove") {
                edit = Some(LevelEdit::RemoveStep { nth });
            }
            let later = Look::Bare.enabled(nth + 1 < count);
            if pen.button_told(ui, &key("later"), small("icon-down"), later, "editor-step-later") {
                edit = Some(LevelEdit::MoveStep { nth, to: nth + 1 });
            }
            let earlier = Look::Bare.enabled(nth > 0);
            if pen.button_told(ui, &key("earlier"), small("icon-up"), earlier, "editor-step-earlier") {
                edit = Some(LevelEdit::MoveStep { nth, to: nth - 1 });
            }
        });
    });
    edit
}

/// What a step says, in every language of the level.
fn says(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, step: &Step, now_s: f64) {
    let texts = &desk.draft.level().texts;
    let said = texts.iter().map(|(code, texts)| (code.clone(), texts.get(&step.text).cloned().unwrap_or_default()));
    let said: Vec<(String, String)> = said.collect();
    for (language, text) in said {
        let new = ui.push_id(&language, |ui| {
            let label = pen.texts.with("editor-step-says", &[("language", language.clone().into())]);
            pen.quiet(ui, &label);
            pen.called(label, || pen.text(ui, &format!("{}-{language}", step.text), &text, 2, TEXT_BYTES_MAX))
        });
        if let Some(new) = new.inner {
            let field = format!("{language}, {}", step.text);
            let text = Some(new).filter(|new| !new.is_empty() || language == "en");
            let edit = LevelEdit::Text { language, key: step.text.clone(), text };
            desk.write(&field, &edit, now_s);
        }
    }
}

/// One more step, with a text of its own.
fn another(desk: &Desk) -> LevelEdit {
    let level = desk.draft.level();
    let is_taken = |key: &str| {
        level.tutorial.iter().any(|step| step.text == key) || level.texts.values().any(|texts| texts.contains_key(key))
    };
    let free = (1..).map(|n| format!("step-{n}")).find(|key| !is_taken(key)).unwrap_or_default();
    let until = match level.tutorial.last().map(|step| &step.until) {
        None => Condition::Placed(Kind::MachineRoom),
        Some(Condition::Flowing) => Condition::Won,
        Some(_) => Condition::Flowing,
    };
    let text = LevelEdit::Text { language: "en".into(), key: free.clone(), text: Some(String::new()) };
    let step = Step { text: free, points: Vec::new(), until };
    LevelEdit::Batch(vec![text, LevelEdit::AddStep { at: STEPS_MAX as u32, step }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Level;
    use pipe_maze_level::draft::Draft;

    #[test]
    fn each_new_step_has_a_text_of_its_own_and_one_undo_takes_it_away() {
        let level = Level::parse(include_str!("../../../../levels/3-flow-control/two-rooms.ron")).unwrap();
        let mut desk = Desk::new(Draft::open(&level), 1);
        for count in 1..4 {
            let edit = another(&desk);
            assert!(desk.apply(&edit, 0.0));
            assert_eq!(desk.draft.level().tutorial.len(), level.tutorial.len() + count);
        }
        let mut keys: Vec<&str> = desk.draft.level().tutorial.iter().map(|step| step.text.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), level.tutorial.len() + 3);
        (0..3).for_each(|_| desk.undo());
        assert_eq!(desk.draft.level(), &level);
    }
}
