//! The sage: says what is to be done next or what the level is about, and gives hints when asked, or to who is stuck.

use super::Sources;
use crate::palette;
use crate::sage::Portrait;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{column, row, speech};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::tutorial::Trouble;

/// Most hints of a level.
const HINTS_MAX: usize = 3;

/// How many hints have been asked for.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hints(usize);

impl Hints {
    /// Shows one more; after the last one the sage is quiet, and then begins again.
    pub fn next(&mut self) {
        self.0 = (self.0 + 1) % (HINTS_MAX + 2);
    }

    /// Shows the next one to who has not asked; who has seen all of them is left alone.
    pub fn offer(&mut self) {
        if self.0 < HINTS_MAX {
            self.0 += 1;
        }
    }

    /// Which one is shown: 0 for the first words, one more than there are hints for quiet.
    pub const fn shown(self) -> usize {
        self.0
    }
}

/// Whether a bubble would hide the board, so that the sage waits to be asked.
pub(super) fn is_cramped(layout: &Layout) -> bool {
    !layout.wide && layout.size.y < 760.0
}

/// What the sage says while one plans. While the water flows the board speaks for itself, but in a tutorial.
pub fn speak(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, hint, step, trouble, .. } = sources;
    if session.play().is_some() && step.is_none() {
        return;
    }
    // A step is one short line, and is read from afar.
    let letters = match (*hint == 0 && step.is_some(), layout.wide) {
        (true, true) => 15.0,
        (true, false) => 14.0,
        _ => 12.5,
    };
    let key = match (*hint, step) {
        (0, Some(step)) => (*step).to_owned(),
        (0, None) => "sage".to_owned(),
        (hint, _) => format!("hint-{hint}"),
    };
    let words = match (*hint, trouble) {
        (0, Some(Trouble::Misplaced)) => Some(kit.texts.get("lesson-amiss")),
        (0, Some(Trouble::Blocked)) => Some(kit.texts.get("lesson-blocked")),
        _ => kit.texts.of_level(session.level(), &key).map(str::to_owned),
    };
    let words = words.filter(|_| !is_cramped(layout) || *hint > 0 || step.is_some());
    let portrait = if layout.wide && !layout.is_low() { 96.0 } else { 60.0 };
    parent.spawn(Node { align_items: AlignItems::FlexEnd, min_width: Val::Px(0.0), ..row(6.0) }).with_children(
        |line| {
            let face = Portrait { words: words.clone().unwrap_or_default() };
            line.spawn((face, kit.icon("sage-listening", portrait, Color::WHITE)));
            let Some(words) = words else {
                kit.disc(line, ButtonId::Hint, "icon-question", 44.0, Look::SECONDARY);
                return;
            };
            let words = kit.body(words, letters, palette::ink());
            if layout.wide { beside(line, sources, words) } else { between(line, sources, words) }
        },
    );
}

/// A bubble with its title, beside the board.
fn beside(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, words: impl Bundle) {
    let Sources { kit, layout, .. } = sources;
    let width = if layout.is_low() { 190.0 } else { 290.0 };
    let node = Node { width: Val::Px(width), padding: UiRect::axes(Val::Px(14.0), Val::Px(9.0)), ..column(3.0) };
    line.spawn(speech(node)).with_children(|bubble| {
        let top = Node { justify_content: JustifyContent::SpaceBetween, ..row(10.0) };
        bubble.spawn(top).with_children(|top| {
            top.spawn(kit.title(kit.texts.get("sage"), 15.0, palette::failed_on_bone()));
            kit.disc(top, ButtonId::Hint, "icon-question", 36.0, Look::SECONDARY);
        });
        bubble.spawn(words);
    });
}

/// A bubble between board and controls, on a phone held upright: no higher than its words.
fn between(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, words: impl Bundle) {
    let padding = UiRect::new(Val::Px(14.0), Val::Px(8.0), Val::Px(8.0), Val::Px(8.0));
    let node = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), min_height: Val::Px(60.0), padding, ..row(8.0) };
    line.spawn(speech(node)).with_children(|bubble| {
        let text = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), ..default() };
        bubble.spawn(text).with_child(words);
        sources.kit.disc(bubble, ButtonId::Hint, "icon-question", 44.0, Look::SECONDARY);
    });
}
