//! The script interface: what a page that embeds the game, or a test, can ask. Requests come from strangers: a bad one
//! gets an error value that explains, and changes nothing.

mod engine;
mod request;
mod state;

use crate::loading::Levels;
use crate::progress::Progress;
use crate::session::Session;
use crate::sharing::film::Rolling;
use crate::{FrameSystems, Screen};
use bevy::ecs::system::RunSystemOnce;
use bevy::prelude::*;
use pipe_maze_level::milliseconds::to_ns;
use pipe_maze_level::{Level, Verdict};
use request::{Order, Problem, Request};
use serde_json::{Value, json};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Ended>();
    app.add_systems(Update, announce_end.in_set(FrameSystems::Show).run_if(not(resource_exists::<Rolling>)));
}

/// Most bytes of a request.
const REQUEST_BYTES_MAX: usize = 1 << 20;
/// Most simulated milliseconds that one request lets pass.
const ADVANCE_MS_MAX: f64 = 3_600_000.0;

/// A run has ended.
#[derive(Message, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ended(pub Verdict);

/// Answers one request: `{"ok":true,"value":…}` or `{"ok":false,"error":{"code":…,"message":…}}`.
pub fn answer(world: &mut World, text: &str) -> String {
    match parse(text).and_then(|request| carry_out(world, request)) {
        Ok(value) => json!({ "ok": true, "value": value }).to_string(),
        Err(problem) => {
            json!({ "ok": false, "error": { "code": problem.code, "message": problem.message } }).to_string()
        }
    }
}

fn parse(text: &str) -> Result<Request, Problem> {
    if text.len() > REQUEST_BYTES_MAX {
        return Err(Problem::new("too-large", format!("{} bytes: at most {REQUEST_BYTES_MAX} are read", text.len())));
    }
    serde_json::from_str(text).map_err(|e| Problem::new("bad-request", e.to_string()))
}

fn carry_out(world: &mut World, request: Request) -> Result<Value, Problem> {
    if *world.resource::<State<Screen>>().get() == Screen::Loading {
        return Err(Problem::new("loading", "the game is still loading: wait for pipemaze:first-frame".into()));
    }
    match request {
        Request::LoadLevel { id, ron } => load(world, id, ron),
        Request::Send { command } => send(world, &command),
        Request::Advance { ms } => advance(world, ms),
        Request::State => {
            let unread = |e: bevy::ecs::system::RunSystemError| {
                Problem::new("internal", format!("the state could not be read: {e}"))
            };
            let mut state = world.run_system_once(state::read).map_err(unread)?;
            if *world.resource::<State<Screen>>().get() == Screen::Editor {
                world.run_system_once(crate::editor::describe).map_err(unread)?.add_to(&mut state);
            }
            Ok(state)
        }
        Request::Progress => Ok(json!(world.resource::<Progress>().to_text())),
        Request::MergeProgress { text } => {
            let theirs = Progress::from_text(&text).map_err(|e| Problem::new("bad-progress", e.to_string()))?;
            world.resource_mut::<Progress>().merge(&theirs);
            Ok(json!({}))
        }
        Request::Corpus { seed } => engine::corpus(seed),
        Request::Bench { requests } => engine::bench(requests),
        Request::Frames { in_flight } => engine::frames(in_flight),
        Request::Digest => {
            let session = world.get_resource::<Session>().ok_or_else(Problem::no_level)?;
            let play = session.play().ok_or_else(Problem::no_run)?;
            Ok(
                json!({ "digest": play.digest().to_string(), "seed": play.seed(), "time_ns": play.simulation().now().as_ns(), "rules": pipe_maze_sim::RULES }),
            )
        }
    }
}

fn load(world: &mut World, id: Option<String>, ron: Option<String>) -> Result<Value, Problem> {
    let level = match (id, ron) {
        (Some(id), None) => world.resource::<Levels>().find(&id).cloned().ok_or_else(|| {
            let known: Vec<&str> = world.resource::<Levels>().ready.iter().map(|level| level.id.as_str()).collect();
            let id: String = id.chars().take(40).collect();
            Problem::new("no-such-level", format!("there is no level `{id}`; known are {}", known.join(", ")))
        })?,
        (None, Some(ron)) => Level::parse(&ron).map_err(|e| Problem::new("bad-level", e.to_string()))?,
        _ => return Err(Problem::new("bad-request", "name either `id` or `ron`, not both".into())),
    };
    let id = level.id.clone();
    world.insert_resource(Session::open(level));
    world.resource_mut::<NextState<Screen>>().set(Screen::Board);
    Ok(json!({ "level": id }))
}

fn send(world: &mut World, order: &Order) -> Result<Value, Problem> {
    let mut session = world.get_resource_mut::<Session>().ok_or_else(Problem::no_level)?;
    let did = |done: bool, why: &str| if done { Ok(()) } else { Err(Problem::new("refused", why.into())) };
    match order {
        Order::Edit(edit) => session.edit(edit).map_err(|refusal| Problem::new(refusal.key(), refusal.to_string()))?,
        Order::Start { seed } => {
            did(session.play().is_none(), "the water flows already: send Stop first")?;
            session.start(*seed).map_err(|e| Problem::new("refused", e.to_string()))?;
        }
        Order::Undo => did(session.undo(), "there is nothing to undo now")?,
        Order::Redo => did(session.redo(), "there is nothing to do again now")?,
        Order::Speed(speed) => {
            did(*speed < crate::session::SPEEDS.len(), "speeds are 0 to 3")?;
            session.set_speed(*speed);
        }
        Order::Stop | Order::Pause | Order::Resume | Order::Step => {
            if session.play().is_none() {
                return Err(Problem::no_run());
            }
            match order {
                Order::Stop => session.stop(),
                Order::Step => session.step(),
                other => session.set_paused(*other == Order::Pause),
            }
        }
    }
    let stopped = session.play().is_none();
    let state = world.resource::<State<Screen>>().get();
    if stopped && *state == Screen::Debrief {
        world.resource_mut::<NextState<Screen>>().set(Screen::Board);
    }
    Ok(json!({}))
}

fn advance(world: &mut World, ms: f64) -> Result<Value, Problem> {
    if !(ms.is_finite() && (0.0..=ADVANCE_MS_MAX).contains(&ms)) {
        return Err(Problem::new("out-of-range", format!("ms must be from 0 to {ADVANCE_MS_MAX}")));
    }
    let mut session = world.get_resource_mut::<Session>().ok_or_else(Problem::no_level)?;
    if !session.advance_ns(to_ns(ms)) {
        return Err(Problem::no_run());
    }
    let time_ms = session.play().map(|play| play.simulation().now().as_ms_f64());
    Ok(json!({ "time_ms": time_ms }))
}

/// Tells once when a run has ended.
fn announce_end(session: Option<Res<Session>>, mut told: Local<bool>, mut ended: MessageWriter<Ended>) {
    let verdict = session.and_then(|session| session.verdict());
    if let (Some(verdict), false) = (verdict, *told) {
        ended.write(Ended(verdict));
    }
    *told = verdict.is_some();
}
