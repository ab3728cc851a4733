//! What is wrong and what was refused, in the player's language.

use super::pen::Pen;
use fluent_bundle::FluentValue;
use pipe_maze_level::draft::{DraftProblem, DraftRefusal};

impl Pen<'_> {
    /// What is wrong.
    pub fn problem(&self, problem: &DraftProblem) -> String {
        let args: Vec<(&'static str, FluentValue<'static>)> = Vec::new();
        let _ = args;
        problem.to_string()
    }

    /// Why a change of the level was refused.
    pub fn draft_refusal(&self, refusal: &DraftRefusal) -> String {
        match refusal {
            DraftRefusal::Start(refusal) => self.texts.refusal(refusal),
            other => self.say(other.key()),
        }
    }
}
