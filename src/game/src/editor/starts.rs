//! How a level can begin: empty, as a copy, as a sandbox, or from a template.

use super::desk::{Beginning, Desk};
use super::pen::{Face, Look, Pen};
use super::{Order, Orders};
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::Draft;

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
    super::practice::show(pen, ui, desk);
}

/// A board of the sandbox.
fn sandbox(text: &str) -> Option<Box<Beginning>> {
    let draft = Draft::from_text(text).inspect_err(|e| bevy::log::error!("a sandbox: {e}")).ok()?;
    Some(Box::new(draft.into()))
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
