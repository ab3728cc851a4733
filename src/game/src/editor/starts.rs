//! How a level can begin: empty, as a copy, as a sandbox, or from a template.

use super::desk::{Beginning, Desk};
use super::pen::{Face, Look, Pen};
use super::{Order, Orders};
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::Draft;
use pipe_maze_level::template::{DIFFICULTIES, Instance, Template};

/// The boards of the sandbox: the end of the key of its text, and its level.
const SANDBOXES: [(&str, &str); 3] = [
    ("cave", include_str!("../../../../assets/sandbox/cave.ron")),
    ("shop", include_str!("../../../../assets/sandbox/shop.ron")),
    ("storm", include_str!("../../../../assets/sandbox/storm.ron")),
];

/// The ways to begin.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, orders: &mut Orders) {
    pen.heading(ui, pen.say("editor-start-new"), 16.0);
    ui.horizontal_wrapped(|ui| {
        let blank = pen.say("editor-start-blank");
        if pen.button(ui, "start-blank", Face::both("icon-plus", &blank).least(0.0, 40.0), Look::Bone) {
            orders.0.push(Order::Begin(Box::new(Draft::blank(super::BLANK.0, super::BLANK.1).into())));
        }
        let copy = pen.say("editor-start-copy");
        if pen.button(ui, "start-copy", Face::both("icon-duplicate", &copy).least(0.0, 40.0), Look::Quiet) {
            orders.0.push(Order::Duplicate(desk.number));
        }
    });
    ui.add_space(4.0);
    pen.quiet(ui, pen.say("editor-start-sandbox"));
    ui.horizontal_wrapped(|ui| {
        for (key, text) in SANDBOXES {
            let name = pen.say(&format!("editor-sandbox-{key}"));
            let face = Face::both("icon-sandbox", &name).least(0.0, 36.0);
            if pen.button(ui, &format!("sandbox-{key}"), face, Look::Quiet) {
                orders.0.extend(sandbox(text).map(Order::Play));
            }
        }
    });
    ui.add_space(4.0);
    templates(pen, ui, desk, orders);
}

/// A board of the sandbox.
fn sandbox(text: &str) -> Option<Box<Beginning>> {
    let draft = Draft::from_text(text).inspect_err(|e| bevy::log::error!("a sandbox: {e}")).ok()?;
    Some(Box::new(draft.into()))
}

/// What is drawn from a template: its seed and difficulty are chosen first.
fn templates(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, orders: &mut Orders) {
    pen.quiet(ui, pen.say("editor-start-template"));
    let (mut seed, mut difficulty) = desk.template;
    ui.horizontal_wrapped(|ui| {
        pen.label(ui, &pen.say("editor-template-seed"), 44.0);
        if let Some(new) = pen.number(ui, "template-seed", seed as f64, (0.0..=1e9, true, "")) {
            seed = new as u64;
        }
        pen.label(ui, &pen.say("editor-template-difficulty"), 84.0);
        let range = f64::from(*DIFFICULTIES.start())..=f64::from(*DIFFICULTIES.end());
        if let Some(new) = pen.number(ui, "template-difficulty", f64::from(difficulty), (range, true, "")) {
            difficulty = new as u8;
        }
    });
    desk.template = (seed, difficulty);
    ui.horizontal_wrapped(|ui| {
        for template in Template::ALL {
            let name = pen.say(&format!("template-{}", template.key()));
            let face = Face::both("kind-puzzle", &name).least(0.0, 36.0);
            if pen.button(ui, &format!("template-{}", template.key()), face, Look::Quiet)
                && let Some(Instance { level, solutions, decoys }) = template.instance(seed, difficulty)
            {
                let beginning = Beginning { draft: Draft::open(&level), references: solutions, decoys };
                orders.0.push(Order::Begin(Box::new(beginning)));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Kind, Play};

    #[test]
    fn in_every_sandbox_all_pieces_are_unlocked_and_the_water_flows() {
        for (key, text) in SANDBOXES {
            let draft = sandbox(text).unwrap().draft;
            assert!(draft.is_playable(), "{key}: {:?}", draft.problems());
            for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Spring) {
                assert!(draft.level().stock(*kind).is_some_and(|stock| stock.price == 0), "{key}: {}", kind.key());
            }
            Play::start(draft.level(), draft.board(), 1).unwrap();
            if !draft.level().start.is_empty() {
                assert!(draft.board().joints().all(|joint| joint.is_whole()), "{key} runs already");
            }
        }
    }
}
