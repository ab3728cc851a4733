//! The way into the game and back: a level is tried as it is on the desk, and what was done there can become its
//! reference or a decoy.

use super::desk::{Desk, Finished, Playtest};
use super::{Order, Orders};
use crate::camera::Look;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::Solution;
use pipe_maze_level::draft::Draft;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, enter_by_button.in_set(FrameSystems::Tick));
    app.add_systems(Update, begin.in_set(FrameSystems::Tick).run_if(in_state(Screen::Editor)));
    let back = (note_end, come_back).chain().in_set(FrameSystems::Show);
    app.add_systems(Update, back.run_if(playtesting));
}

/// Whether the level on the desk is being tried.
pub fn playtesting(desk: Option<Res<Desk>>) -> bool {
    desk.is_some_and(|desk| desk.playtest.is_some())
}

/// From the title, or from a level with a copy of it.
fn enter_by_button(
    mut clicked: MessageReader<Clicked>,
    session: Option<Res<Session>>,
    (screen, mut orders): (Res<State<Screen>>, ResMut<Orders>),
    mut commands: Commands,
) {
    for Clicked(id) in clicked.read() {
        match id {
            ButtonId::Make if *screen.get() == Screen::Title => commands.set_state(Screen::Editor),
            ButtonId::OpenCopy => {
                let Some(session) = &session else { continue };
                orders.0.push(Order::Begin(Box::new(Draft::open(session.level()))));
                commands.set_state(Screen::Editor);
            }
            _ => {}
        }
    }
}

fn begin(
    (mut orders, mut desk, mut session): (ResMut<Orders>, ResMut<Desk>, ResMut<Session>),
    look: Res<Look>,
    mut commands: Commands,
) {
    let asked = orders.0.iter().position(|order| *order == Order::Playtest);
    let Some(asked) = asked else { return };
    orders.0.remove(asked);
    if !desk.draft.is_playable() {
        return;
    }
    desk.playtest = Some(Playtest { look: *look });
    desk.sheet = None;
    *session = Session::open(desk.draft.level().clone());
    commands.set_state(Screen::Board);
}

/// A run that has come to its end can be kept.
fn note_end(session: Option<Res<Session>>, mut desk: ResMut<Desk>) {
    let Some(session) = session else { return };
    let (Some(verdict), Some(play)) = (session.verdict(), session.play()) else { return };
    let Some(solution) = Solution::of(desk.draft.level(), session.plan(), play) else { return };
    let finished = Finished { solution, verdict };
    if desk.finished.as_ref() != Some(&finished) {
        desk.finished = Some(finished);
    }
}

/// The same key leads back, and so does every way out of the level.
fn come_back(
    (keys, screen): (Res<ButtonInput<KeyCode>>, Res<State<Screen>>),
    mut clicked: MessageReader<Clicked>,
    next: Res<NextState<Screen>>,
    mut commands: Commands,
) {
    let pressed = clicked.read().any(|Clicked(id)| *id == ButtonId::BackToEditor);
    let leaves = matches!(
        *next,
        NextState::Pending(Screen::Map | Screen::Title) | NextState::PendingIfNeq(Screen::Map | Screen::Title)
    );
    let away = matches!(screen.get(), Screen::Board | Screen::Debrief);
    if away && (pressed || leaves || keys.just_pressed(KeyCode::F2)) {
        commands.set_state(Screen::Editor);
    }
}
