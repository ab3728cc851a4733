//! What each button does.

use super::buttons::{ButtonId, Clicked, Focus};
use super::hud::Hints;
use crate::awake::Awake;
use crate::camera::Look;
use crate::input::tools::{Hand, Tool};
use crate::ride::Ride;
use crate::session::Session;
use crate::sharing::film::Rolling;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::{Edit, Refusal};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, race.in_set(FrameSystems::Tick).run_if(in_state(Screen::Board)));
    app.add_systems(Update, act.in_set(FrameSystems::Tick).before(crate::tick));
    app.add_systems(OnEnter(Screen::Debrief), |session: Option<ResMut<Session>>| {
        if let Some(mut session) = session {
            session.note_result();
        }
    });
    app.add_systems(Update, end.in_set(FrameSystems::Show).run_if(ends));
}

/// A run comes to its end on the board; not where it is only shown to a camera.
fn ends(screen: Res<State<Screen>>, rolling: Option<Res<Rolling>>) -> bool {
    *screen.get() == Screen::Board && rolling.is_none()
}

/// How long the end of a run stays on the board before the debrief, in seconds.
const END_S: f32 = 1.2;
/// A clock that runs keeps the screen awake from frame to frame, in seconds.
const RACE_AWAKE_S: f32 = 1.0;

fn act(
    mut clicked: MessageReader<Clicked>,
    session: Option<ResMut<Session>>,
    (mut hand, mut look, mut hints, mut focus): (ResMut<Hand>, ResMut<Look>, ResMut<Hints>, ResMut<Focus>),
    (state, time): (Res<State<Screen>>, Res<Time>),
    mut commands: Commands,
) {
    let Some(mut session) = session else { return };
    let now_s = time.elapsed_secs_f64();
    for &Clicked(id) in clicked.read() {
        let on_board = *state.get() == Screen::Board;
        match id {
            ButtonId::Menu if !on_board => {
                session.stop();
                commands.set_state(Screen::Map);
            }
            ButtonId::Retry => {
                session.stop();
                if flow(&mut session, &mut hand, now_s) {
                    commands.set_state(Screen::Board);
                }
            }
            ButtonId::Change => {
                session.stop();
                commands.set_state(Screen::Board);
            }
            _ if !on_board => {}
            ButtonId::Flow if session.play().is_none() => {
                hand.let_go();
                flow(&mut session, &mut hand, now_s);
            }
            ButtonId::Flow => {
                let paused = session.is_paused();
                session.set_paused(!paused);
            }
            ButtonId::WatchOn => session.set_paused(false),
            ButtonId::Debrief if session.is_lost() => {
                session.set_paused(true);
                commands.set_state(Screen::Debrief);
            }
            ButtonId::Debrief => {
                if let Some(at) = session.result_at() {
                    session.seek(at);
                    commands.set_state(Screen::Debrief);
                }
            }
            ButtonId::Step => session.step(),
            ButtonId::Stop => {
                session.stop();
                look.come_back();
            }
            ButtonId::Branch(id) => {
                session.switch(id);
            }
            ButtonId::Speed(speed) => session.set_speed(speed),
            ButtonId::Undo => {
                session.undo();
            }
            ButtonId::Redo => {
                session.redo();
            }
            ButtonId::Fit => *look = Look::default(),
            ButtonId::ToolPipe => {
                hand.let_go();
            }
            ButtonId::ToolSelect => hand.take_tool(Tool::Select),
            ButtonId::ToolView => hand.take_tool(Tool::View),
            ButtonId::Slot(kind) => {
                let again = hand.tool == Tool::Place(kind);
                hand.let_go();
                if session.board().left(kind) == 0 {
                    hand.refuse(Refusal::NoneLeft(kind), now_s);
                } else if !again && session.play().is_none() {
                    // From the keyboard the next key goes to the board.
                    if focus.0.take().is_some() {
                        hand.show_cursor = true;
                    }
                    hand.take_tool(Tool::Place(kind));
                }
            }
            ButtonId::Fault(kind) => {
                let again = hand.tool == Tool::Loose(kind);
                hand.let_go();
                if session.board().faults_left(kind) == 0 {
                    hand.refuse(Refusal::NoFaultLeft(kind), now_s);
                } else if !again && session.play().is_none() {
                    if focus.0.take().is_some() {
                        hand.show_cursor = true;
                    }
                    hand.take_tool(Tool::Loose(kind));
                }
            }
            ButtonId::Remove | ButtonId::Delete => hand.remove_selected(&mut session, now_s),
            ButtonId::Turn => hand.turn(&mut session, now_s),
            ButtonId::Copy => {
                hand.copy(&session);
            }
            ButtonId::Cut => hand.cut(&mut session, now_s),
            ButtonId::Paste | ButtonId::Duplicate => {
                if focus.0.take().is_some() {
                    hand.show_cursor = true;
                }
                if id == ButtonId::Paste {
                    hand.paste(&session, now_s);
                } else {
                    hand.duplicate(&session, now_s);
                }
            }
            ButtonId::SelectAll => hand.select_all(session.board()),
            ButtonId::Valve => {
                let pipe = hand.selection.only().and_then(|name| session.board_ahead().pipe(name));
                let edit = pipe.map(|pipe| Edit::Valve { name: pipe.name.clone(), shut: !pipe.shut });
                let last = session.play().and_then(|play| play.waiting().next_back());
                let takes_back = match (&edit, last.map(|last| &last.edit)) {
                    (Some(Edit::Valve { name, .. }), Some(Edit::Valve { name: waits, .. })) => name == waits,
                    _ => false,
                };
                // Pressed again while the Navigator is on his way, it calls him back.
                if takes_back {
                    session.undo();
                } else {
                    edit_or_refuse(edit, &mut session, &mut hand, now_s);
                }
            }
            ButtonId::Hint => hints.next(),
            // What other parts heed.
            _ => {}
        }
    }
}

/// Where one builds against the clock, the water comes when it has run out.
fn race(session: Option<ResMut<Session>>, mut hand: ResMut<Hand>, mut awake: ResMut<Awake>, time: Res<Time>) {
    let Some(mut session) = session.filter(|session| session.plan_left_s().is_some()) else { return };
    if session.play().is_none() {
        awake.keep_for(RACE_AWAKE_S);
    }
    if session.bypass_change_detection().pass_plan(time.delta_secs_f64()) {
        hand.let_go();
        flow(&mut session, &mut hand, time.elapsed_secs_f64());
    }
}

fn flow(session: &mut Session, hand: &mut Hand, now_s: f64) -> bool {
    match session.start(None) {
        Ok(()) => true,
        Err(e) => {
            // Every board that edits can build is one that the simulation takes; this says so if it is not.
            error!("the board does not flow: {e}");
            hand.refuse(Refusal::BoardFull, now_s);
            false
        }
    }
}

fn edit_or_refuse(edit: Option<Edit>, session: &mut Session, hand: &mut Hand, now_s: f64) {
    if let Some(Err(refusal)) = edit.map(|edit| session.edit(&edit)) {
        hand.refuse(refusal, now_s);
    }
}

/// When a run is over the debrief follows, after a breath; whoever rides a request rides it to its end.
fn end(
    (session, ride): (Option<Res<Session>>, Res<Ride>),
    time: Res<Time>,
    mut since_s: Local<f32>,
    mut commands: Commands,
) {
    if session.is_some_and(|session| session.has_ended()) && !ride.is_on() {
        *since_s += time.delta_secs();
        if *since_s >= END_S {
            *since_s = 0.0;
            commands.set_state(Screen::Debrief);
        }
    } else {
        *since_s = 0.0;
    }
}
