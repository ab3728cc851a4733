//! What the player says will break first, before the water flows; it is frozen when it does, and scored in the debrief.

use crate::progress::Progress;
use crate::session::Session;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::prediction::{Breaks, Prediction, Score, score};
use pipe_maze_level::{Board, KindSpec};
use pipe_maze_sim::PieceId;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Guess>();
    app.add_systems(Update, freeze.in_set(FrameSystems::Tick).after(crate::tick));
    app.add_systems(OnEnter(Screen::Debrief), keep_score);
}

/// Most pieces and pipes among which one chooses.
pub const CHOICES_MAX: usize = 18;

/// What the player says.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Guess {
    /// The level for which it is said.
    level: String,
    /// What breaks first.
    pub breaks: Option<Breaks>,
    /// In which part of the time of flow.
    pub spell: Option<usize>,
    /// In which band the worst p99 lies.
    pub band: Option<usize>,
    /// What was said when the water came, and in which attempt.
    frozen: Option<(u64, Prediction)>,
    /// The attempt whose score is kept.
    scored: Option<u64>,
}

impl Guess {
    /// What was said about the run that flows now.
    pub fn of_run(&self, session: &Session) -> Option<Prediction> {
        let is_level = session.level().id == self.level;
        self.frozen.filter(|(attempt, _)| is_level && *attempt == session.attempts()).map(|(_, said)| said)
    }

    /// Says nothing.
    pub fn take_back(&mut self) {
        *self = Self {
            level: std::mem::take(&mut self.level),
            frozen: self.frozen,
            scored: self.scored,
            ..Self::default()
        };
    }

    /// What is said now, if any question has an answer.
    pub fn said(&self) -> Option<Prediction> {
        // When something breaks is no question for whoever says that nothing does.
        let spell = self.spell.filter(|_| self.breaks != Some(Breaks::Nothing));
        let said = Prediction { breaks: self.breaks, spell, band: self.band };
        (said.breaks.is_some() || said.spell.is_some() || said.band.is_some()).then_some(said)
    }

    /// The score of the run that is over, if something was said about it.
    pub fn score(&self, session: &Session) -> Option<(Prediction, Score)> {
        let said = self.of_run(session)?;
        let timeline = session.timeline()?;
        Some((said, score(&said, session.level(), timeline, &timeline.onset())))
    }
}

/// What can break: the services, the warp pipes, gateways and brokers, and the pipes, in that order.
pub fn choices(board: &Board) -> Vec<PieceId> {
    let is_service = |spec: &KindSpec| matches!(spec, KindSpec::MachineRoom(_) | KindSpec::Vault(_));
    let of = |wanted: fn(bool, &KindSpec) -> bool| {
        let pieces = board.pieces().iter().filter(move |piece| wanted(is_service(&piece.spec), &piece.spec));
        pieces.map(|piece| PieceId::from_name(&piece.name)).collect::<Vec<_>>()
    };
    let mut choices = of(|is_service, _| is_service);
    choices.extend(of(|_, spec| {
        matches!(spec, KindSpec::WarpPipe(_) | KindSpec::ApiGatewayStar(_) | KindSpec::EventStormLightning(_))
    }));
    let whole = board.joints().filter(|joint| joint.is_whole());
    choices.extend(whole.map(|joint| PieceId::from_name(&joint.pipe.name)));
    choices.truncate(CHOICES_MAX);
    choices
}

/// When the water comes, what was said holds. What is said of a piece that is gone is not said.
fn freeze(session: Option<Res<Session>>, mut guess: ResMut<Guess>) {
    let Some(session) = session else { return };
    if guess.level != session.level().id {
        *guess = Guess { level: session.level().id.clone(), ..Guess::default() };
    }
    if let Some(Breaks::Piece(id)) = guess.breaks
        && session.play().is_none()
        && !choices(session.board()).contains(&id)
    {
        guess.breaks = None;
    }
    let attempt = session.attempts();
    let is_new = session.play().is_some() && guess.frozen.is_none_or(|(frozen, _)| frozen != attempt);
    if is_new && let Some(said) = guess.said() {
        guess.frozen = Some((attempt, said));
        // The next run is another question.
        guess.take_back();
    }
}

/// The first debrief of a run counts: whoever goes back into it knows what broke.
fn keep_score(session: Option<Res<Session>>, mut guess: ResMut<Guess>, mut progress: ResMut<Progress>) {
    let Some(session) = session else { return };
    let is_first = session.timeline().is_some_and(|timeline| timeline.branch_count() == 0);
    let attempt = session.attempts();
    if is_first
        && guess.scored != Some(attempt)
        && let Some((_, score)) = guess.score(&session)
    {
        guess.scored = Some(attempt);
        progress.predict(score.answers.len() as u32, score.right() as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    fn game(session: Session) -> App {
        let mut app = App::new();
        app.insert_resource(session).init_resource::<Guess>().init_resource::<Progress>();
        app.add_systems(Update, freeze);
        app.update();
        app
    }

    #[test]
    fn what_was_said_before_the_water_came_holds_for_that_run_alone() {
        let mut session = flowing();
        session.stop();
        let choices = choices(session.board());
        assert!(choices.len() > 3, "rooms and pipes");
        let mut app = game(session);
        let mut guess = app.world_mut().resource_mut::<Guess>();
        (guess.breaks, guess.spell, guess.band) = (Some(Breaks::Piece(choices[0])), Some(1), None);
        app.update();
        let of_run = |app: &App| app.world().resource::<Guess>().of_run(app.world().resource::<Session>());
        assert_eq!(of_run(&app), None);
        app.world_mut().resource_mut::<Session>().start(Some(2)).unwrap();
        app.update();
        let said = Prediction { breaks: Some(Breaks::Piece(choices[0])), spell: Some(1), band: None };
        assert_eq!(of_run(&app), Some(said));
        app.world_mut().resource_mut::<Session>().advance_ns(60_000_000_000);
        let (again, score) = app.world().resource::<Guess>().score(app.world().resource::<Session>()).unwrap();
        assert_eq!((again, score.answers.len()), (said, 2));
        let mut session = app.world_mut().resource_mut::<Session>();
        session.stop();
        session.start(Some(3)).unwrap();
        app.update();
        assert_eq!(of_run(&app), None, "another run is another question");
        // One question alone may be answered.
        let mut session = app.world_mut().resource_mut::<Session>();
        session.stop();
        app.update();
        app.world_mut().resource_mut::<Guess>().band = Some(2);
        app.world_mut().resource_mut::<Session>().start(Some(4)).unwrap();
        app.update();
        assert_eq!(of_run(&app), Some(Prediction { breaks: None, spell: None, band: Some(2) }));
        app.world_mut().resource_mut::<Session>().advance_ns(60_000_000_000);
        let (_, score) = app.world().resource::<Guess>().score(app.world().resource::<Session>()).unwrap();
        assert_eq!(score.answers.len(), 1);
    }

    #[test]
    fn what_is_gone_cannot_break() {
        let mut session = flowing();
        session.stop();
        let mut app = game(session);
        app.world_mut().resource_mut::<Guess>().breaks = Some(Breaks::Piece(PieceId(9)));
        app.update();
        assert_eq!(app.world().resource::<Guess>().breaks, None);
    }
}
