//! What is wrong and what was refused, in the player's language.

use super::pen::Pen;
use crate::text::Texts;
use fluent_bundle::FluentValue;
use pipe_maze_level::draft::{DraftProblem, DraftRefusal};
use pipe_maze_level::format::{Argument, Flaw, Place};

impl Pen<'_> {
    /// What is wrong, and with what.
    pub fn problem(&self, problem: &DraftProblem) -> String {
        let what = flaw(self.texts, &problem.flaw);
        let place = place(self.texts, &problem.place);
        if place.is_empty() { what } else { format!("{place}: {what}") }
    }

    /// Why a change of the level was refused.
    pub fn draft_refusal(&self, refusal: &DraftRefusal) -> String {
        match refusal {
            DraftRefusal::Start(refusal) => self.texts.refusal(refusal),
            other => self.say(other.key()),
        }
    }
}

/// What is wrong.
fn flaw(texts: &Texts, flaw: &Flaw) -> String {
    if let Flaw::Start(refusal) = flaw {
        return texts.refusal(refusal);
    }
    let arguments = flaw.arguments();
    let plain: Vec<(&'static str, FluentValue<'static>)> = arguments
        .iter()
        .filter_map(|(name, argument)| match argument {
            Argument::Name(text) => Some((*name, text.clone().into())),
            Argument::Number(number) => Some((*name, (*number).into())),
            Argument::Key(_) => None,
        })
        .collect();
    let inner = arguments.iter().filter_map(|(name, argument)| match argument {
        Argument::Key(key) => Some((*name, texts.with(key, &plain).into())),
        _ => None,
    });
    let all: Vec<(&'static str, FluentValue<'static>)> = inner.chain(plain.iter().cloned()).collect();
    texts.with(flaw.key(), &all)
}

/// With what: a name where there is one, else which part of the level.
fn place(texts: &Texts, place: &Place) -> String {
    match place {
        Place::Piece(name) | Place::Pipe(name) | Place::Enemy(name) => name.clone(),
        Place::Stock(kind) => texts.get(&format!("kind-{}", kind.key())),
        Place::Language(language) => language.clone(),
        Place::Text(language, key) => format!("{language}, {key}"),
        Place::Objective(nth) => texts.with("editor-place-objective", &[("n", (nth + 1).into())]),
        Place::Fault(kind) => texts.get(&format!("enemy-{}", kind.key())),
        Place::Step(nth) => texts.with("editor-place-step", &[("n", (nth + 1).into())]),
        Place::Start(nth) => texts.with("editor-place-start", &[("n", (nth + 1).into())]),
        Place::Section(_) | Place::Field(..) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::panel::{Panel, Sheet};
    use crate::editor::tool::{Shape, Tool};
    use pipe_maze_level::draft::Draft;
    use pipe_maze_level::template::Template;
    use pipe_maze_level::{Genre, Ground, Objective};

    /// Every field that tells what it is for.
    const FIELDS: [&str; 69] = [
        "id",
        "genre",
        "section",
        "budget",
        "par",
        "price-per-cell",
        "ms-per-cell",
        "bandwidth",
        "pipe-queue",
        "pipe-loss",
        "pipe-jitter",
        "handshake",
        "pipe-idle",
        "price-per-bridge",
        "duration",
        "pace",
        "beaten-after",
        "plan-s",
        "columns",
        "rows",
        "at-least",
        "at-most",
        "within",
        "class",
        "profile",
        "profile-of-from",
        "profile-of-to",
        "profile-of-at",
        "profile-of-for",
        "profile-of-factor",
        "profile-of-calm",
        "profile-of-burst",
        "profile-of-users",
        "profile-of-think",
        "priority",
        "spread",
        "stages",
        "delay",
        "blow",
        "grip",
        "error-share",
        "leak-share",
        "squeeze-left",
        "recorded",
        "slow-factor",
        "replicas",
        "target",
        "when",
        "first",
        "every",
        "lasts",
        "chaos",
        "faults",
        "radius",
        "fault-count",
        "fault-price",
        "points",
        "piece",
        "from-piece",
        "to-piece",
        "button",
        "point-at",
        "kind",
        "fault",
        "done-when",
        "or-when",
        "knob",
        "passed",
        "suffered",
    ];

    #[test]
    fn every_tool_panel_and_choice_has_its_text() {
        let texts = Texts::english();
        let goal = Objective::GoodShare { at_least: 0.5, within_ms: 1.0 };
        let keys = Tool::ALL.map(|tool| format!("editor-tool-{}", tool.key())).into_iter();
        let keys = keys
            .chain(
                Panel::ALL.iter().chain(&[Panel::Problems, Panel::Times]).map(|p| format!("editor-panel-{}", p.key())),
            )
            .chain(Shape::ALL.map(|shape| format!("editor-shape-{}", shape.key())))
            .chain([Sheet::Library, Sheet::Publish, Sheet::Import].map(|s| format!("editor-sheet-{}", s.key())))
            .chain(Genre::ALL.map(|genre| format!("editor-genre-{}", genre.key())))
            .chain(Ground::ALL.map(|g| format!("editor-ground-{}", crate::editor::rail::ground_key(g))))
            .chain(FIELDS.iter().flat_map(|key| [format!("editor-{key}"), format!("editor-{key}-help")]))
            .chain(Template::ALL.map(|template| format!("template-{}", template.key())))
            .chain([format!("editor-{}", goal.key())]);
        let missing: Vec<String> = keys.filter(|key| !texts.has(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn the_problems_of_an_empty_level_are_told_in_words() {
        let texts = Texts::english();
        let draft = Draft::blank(16, 12);
        assert!(!draft.problems().is_empty());
        for problem in draft.problems() {
            let words = flaw(&texts, &problem.flaw);
            assert!(texts.has(problem.flaw.key()) && words != problem.flaw.key(), "{words}");
        }
    }
}
