//! The tutorial: which step of the level is to be done now, and when help is offered to who is stuck.

use crate::awake::Awake;
use crate::input::tools::Hand;
use crate::ride::Ride;
use crate::session::Session;
use crate::ui::Hints;
use crate::ui::buttons::ButtonId;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::tutorial::{Button as LessonButton, Trouble};
use pipe_maze_level::{Cell, Kind, Spot, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Tutor>();
    app.init_resource::<Patience>();
    let systems = (teach, attract, wait).chain().in_set(FrameSystems::Tick).after(crate::tick);
    app.add_systems(Update, systems.run_if(in_state(Screen::Board)));
}

/// The step is looked at again so often while water flows, in seconds.
const LOOK_S: f32 = 0.25;
/// After so long without an edit someone is stuck, in seconds.
const QUIET_S: f32 = 50.0;
/// After so many lost runs of a level someone is stuck; and again after as many more.
const LOSSES: u32 = 2;

/// The step that is to be done now.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Tutor {
    step: Option<(usize, String)>,
    spots: Vec<Spot>,
    trouble: Option<Trouble>,
}

impl Tutor {
    /// Its place among the level's steps, and the key of its text among the level's.
    pub fn step(&self) -> Option<(usize, &str)> {
        self.step.as_ref().map(|(nth, key)| (*nth, key.as_str()))
    }

    /// What it points at.
    pub fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// Why the step cannot be done as it says, if it cannot.
    pub const fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    /// Which kind it wants placed, and with its upper left cell where.
    fn place(&self) -> Option<(Kind, Cell)> {
        self.spots.iter().find_map(|spot| match spot {
            Spot::Place(kind, at) => Some((*kind, *at)),
            _ => None,
        })
    }

    /// Whether it points at that button.
    pub fn points_at(&self, id: ButtonId) -> bool {
        self.spots.iter().any(|spot| match (spot, id) {
            (Spot::Stock(kind), ButtonId::Slot(slot)) => *kind == slot,
            (Spot::Fault(kind), ButtonId::Fault(slot)) => *kind == slot,
            (Spot::Button(LessonButton::Water), ButtonId::Flow) => true,
            (Spot::Button(LessonButton::Plan), ButtonId::Stop) => true,
            (Spot::Button(LessonButton::Hint), ButtonId::Hint) | (Spot::Undo, ButtonId::Undo) => true,
            _ => false,
        })
    }

    fn of(session: &Session) -> Self {
        let lesson = session.level().lesson(session.board(), session.play());
        lesson.map_or_else(Self::default, |lesson| Self {
            step: Some((lesson.nth, lesson.step.text.clone())),
            spots: lesson.spots,
            trouble: lesson.trouble,
        })
    }
}

fn teach(
    (session, ride): (Option<Res<Session>>, Option<Res<Ride>>),
    time: Res<Time>,
    (mut tutor, mut hints): (ResMut<Tutor>, ResMut<Hints>),
    mut seen: Local<(String, u64, f32)>,
) {
    let Some(session) = session else { return };
    // Nobody learns while riding.
    if ride.is_some_and(|ride| ride.is_on()) {
        seen.0.clear();
        tutor.set_if_neq(Tutor::default());
        return;
    }
    seen.2 += time.delta_secs();
    let same = seen.0 == session.level().id && seen.1 == session.revision();
    if same && (session.play().is_none() || seen.2 < LOOK_S) {
        return;
    }
    *seen = (session.level().id.clone(), session.revision(), 0.0);
    let next = Tutor::of(&session);
    // Whoever had asked has gone on: the next step speaks for itself.
    if next.step != tutor.step && next.step.is_some() {
        hints.set_if_neq(Hints::default());
    }
    tutor.set_if_neq(next);
}

/// What is placed where the tutorial wants it falls into its place.
fn attract(tutor: Res<Tutor>, mut hand: ResMut<Hand>) {
    if hand.magnet != tutor.place() {
        hand.magnet = tutor.place();
    }
}

/// How long someone has been trying.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
struct Patience {
    level: String,
    revision: u64,
    quiet_s: f32,
    /// Whether help was offered since the last edit.
    offered: bool,
    losses: u32,
    /// Whether the present run has been counted.
    counted: bool,
    /// Losses after which help was offered last.
    helped: u32,
}

impl Patience {
    /// So much time has passed; `taught` says whether a hand shows what to do. Says whether someone is stuck now, who was
    /// not before.
    fn pass(&mut self, session: &Session, seconds: f32, taught: bool) -> bool {
        if self.level != session.level().id {
            *self = Self { level: session.level().id.clone(), revision: session.revision(), ..Self::default() };
        }
        if session.play().is_some() {
            let lost = session.verdict() == Some(Verdict::Lost);
            self.losses += u32::from(lost && !self.counted);
            self.counted = lost;
            (self.quiet_s, self.revision) = (0.0, session.revision());
            return false;
        }
        self.counted = false;
        if self.revision != session.revision() {
            (self.revision, self.quiet_s, self.offered) = (session.revision(), 0.0, false);
        }
        // A hint would speak of something else than the hand that points.
        self.quiet_s = if taught { 0.0 } else { self.quiet_s + seconds };
        let quiet = self.quiet_s >= QUIET_S && !self.offered;
        let lost = self.losses >= self.helped + LOSSES;
        if quiet || lost {
            (self.offered, self.helped) = (true, self.losses);
        }
        quiet || lost
    }
}

fn wait(
    (session, time): (Option<Res<Session>>, Res<Time>),
    tutor: Res<Tutor>,
    (mut patience, mut hints, mut awake): (ResMut<Patience>, ResMut<Hints>, ResMut<Awake>),
) {
    let Some(session) = session else { return };
    if patience.pass(&session, time.delta_secs(), tutor.step().is_some()) {
        hints.offer();
        awake.stir();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Edit, Level, Solution};

    const LEVEL: &str = include_str!("../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../levels/3-flow-control/two-rooms.solution.ron");

    #[test]
    fn the_tutor_follows_what_is_built_and_points_at_what_is_to_be_pressed() {
        let mut session = Session::open(Level::parse(LEVEL).unwrap());
        assert_eq!(Tutor::of(&session).step(), Some((0, "step-warp")));
        assert!(Tutor::of(&session).points_at(ButtonId::Slot(pipe_maze_level::Kind::WarpPipe)));
        for edit in Solution::parse(SOLUTION).unwrap().plan {
            session.edit(&edit).unwrap();
        }
        let tutor = Tutor::of(&session);
        assert!(tutor.points_at(ButtonId::Flow) && !tutor.points_at(ButtonId::Stop));
        session.start(Some(1)).unwrap();
        assert_eq!(Tutor::of(&session).step(), Some((5, "step-watch")));
        session.advance_ns(60_000_000_000);
        assert_eq!(Tutor::of(&session), Tutor::default());
    }

    #[test]
    fn help_is_offered_after_a_long_silence_and_after_two_losses() {
        let mut session = Session::open(Level::parse(LEVEL).unwrap());
        let mut patience = Patience::default();
        assert!(!patience.pass(&session, QUIET_S * 2.0, true), "while a hand points it is not needed");
        assert!(!patience.pass(&session, 1.0, false));
        assert!(!patience.pass(&session, QUIET_S - 2.0, false) && patience.pass(&session, 2.0, false), "once");
        assert!(!patience.pass(&session, QUIET_S * 2.0, false));
        session.edit(&Edit::LayPipe { name: "a".into(), cells: vec![pipe_maze_level::Cell::new(3, 2)] }).unwrap();
        assert!(
            !patience.pass(&session, 1.0, false) && patience.pass(&session, QUIET_S, false),
            "after an edit it begins anew"
        );
        for lost in 1..=4 {
            session.start(Some(lost)).unwrap();
            session.advance_ns(60_000_000_000);
            assert_eq!(session.verdict(), Some(Verdict::Lost));
            assert!(!patience.pass(&session, 0.1, false) && !patience.pass(&session, 0.1, false));
            session.stop();
            assert_eq!(patience.pass(&session, 0.1, false), lost % 2 == 0, "loss {lost}");
        }
    }
}
