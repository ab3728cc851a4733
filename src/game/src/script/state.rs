//! The state as JSON: what the screen shows, and where.

use crate::Screen;
use crate::board::corner;
use crate::input::tools::{Hand, Tool};
use crate::motion::Motion;
use crate::palette::Theme;
use crate::ride::{Ride, Riding};
use crate::session::Session;
use crate::sharing::film::{Film, Filming, Rolling};
use crate::text::Texts;
use crate::trial::Trial;
use crate::ui::buttons::{ButtonId, Focus, Look};
use crate::ui::codex::scroll::Scroll;
use crate::ui::map::Map;
use crate::ui::settings::Handing;
use bevy::prelude::*;
use pipe_maze_level::{Cell, Verdict};
use serde_json::{Value, json};

type Buttons<'w, 's> =
    Query<'w, 's, (&'static ButtonId, &'static Look, &'static ComputedNode, &'static UiGlobalTransform)>;

pub(super) fn read(
    (screen, session, hand, texts, focus): (
        Res<State<Screen>>,
        Option<Res<Session>>,
        Res<Hand>,
        Res<Texts>,
        Res<Focus>,
    ),
    camera: Single<(&Camera, &GlobalTransform), (With<Camera2d>, Without<Filming>)>,
    buttons: Buttons<'_, '_>,
    window: Single<&Window, With<bevy::window::PrimaryWindow>>,
    (words, scroll, map): (Query<&Text, Without<Text2d>>, Res<Scroll>, Res<Map>),
    (theme, motion, trial, ride): (Res<Theme>, Res<Motion>, Res<Trial>, Res<Ride>),
    (handing, film, rolling): (Res<Handing>, Res<Film>, Option<Res<Rolling>>),
) -> Value {
    let name = match screen.get() {
        Screen::Loading => "loading",
        Screen::Title => "title",
        Screen::Map => "map",
        Screen::Codex => "codex",
        Screen::Debrief => "debrief",
        Screen::Editor => "editor",
        Screen::Board if session.as_ref().is_some_and(|session| session.play().is_some()) => "flow",
        Screen::Board => "plan",
    };
    let pixel = 1.0 / window.scale_factor();
    let buttons: Vec<Value> = buttons
        .iter()
        .filter(|(id, ..)| !id.is_term())
        .map(|(id, look, node, transform)| {
            let (size, middle) = (node.size() * pixel, transform.translation * pixel);
            json!({ "id": id.key(), "enabled": look.enabled, "x": middle.x - size.x * 0.5, "y": middle.y - size.y * 0.5, "w": size.x, "h": size.y })
        })
        .collect();
    let mut state = json!({
        "screen": name,
        "buttons": buttons,
        "focus": focus.0.map(ButtonId::key),
        "cursor": [hand.cursor.column, hand.cursor.row],
        "selected": hand.selection.only(),
        "selection": hand.selection.names().collect::<Vec<_>>(),
        "tool": tool_key(hand.tool),
        "refusal": hand.reason.as_ref().map(|reason| texts.refusal(&reason.refusal)),
        "look": { "theme": theme.key(), "reduced_motion": motion.reduced, "language": texts.language().code() },
        "level": Value::Null,
        "words": words.iter().map(|text| text.0.as_str()).filter(|text| !text.is_empty()).collect::<Vec<_>>(),
    });
    if *screen.get() == Screen::Codex {
        let (at, end) = scroll.place();
        state["scroll"] = json!({ "at": at, "end": end });
    }
    if *screen.get() == Screen::Map {
        let won: Vec<String> = map.won().map(|level| ButtonId::Level(level).key()).collect();
        let next = map.next().map(|level| ButtonId::Level(level).key());
        state["map"] = json!({ "chosen": map.chosen_button().key(), "next": next, "won": won });
    }
    if let (Some(riding), Some(session)) = (&ride.0, &session) {
        state["ride"] = ridden(riding, session);
    }
    if let Some(results) = trial.results() {
        let seeds = results.iter().map(|result| json!({ "won": result.won, "digest": result.digest.to_string() }));
        let (over, robust) = (trial.is_over(), trial.is_robust());
        state["trial"] = json!({ "over": over, "robust": robust, "results": seeds.collect::<Vec<_>>() });
    }
    let filmed = rolling.map(|rolling| rolling.done_share());
    let gif_bytes = film.gif.as_ref().map(Vec::len);
    state["share"] = json!({ "link": handing.link(), "filmed": filmed, "gif_bytes": gif_bytes, "failed": film.failed });
    if let (Some(session), Some(state)) = (session, state.as_object_mut()) {
        state.extend(about(&session));
        state.insert("board".into(), on_screen(&session, *camera));
    }
    state
}

/// The request that is ridden, and how far it has come.
fn ridden(riding: &Riding, session: &Session) -> Value {
    let (journey, now) =
        (&riding.journey, session.play().map_or_else(Default::default, |play| play.simulation().now()));
    let begun = journey.bars.iter().filter(|bar| bar.from <= now).count();
    json!({
        "request": journey.request.to_string(),
        "issued_ms": journey.issued_at.as_ms_f64(),
        "ended_ms": journey.ended_at.as_ms_f64(),
        "outcome": journey.outcome,
        "good": journey.good,
        "legs": journey.legs.len(),
        "bars": journey.bars.len(),
        "bars_begun": begun,
        "ended": now >= journey.ended_at,
        "reason": riding.reason,
    })
}

/// A tool's name in the script interface.
fn tool_key(tool: Tool) -> String {
    match tool {
        Tool::Pipe => "pipe".into(),
        Tool::Select => "select".into(),
        Tool::View => "view".into(),
        Tool::Place(kind) => format!("place-{}", kind.key()),
        Tool::Loose(kind) => format!("loose-{}", kind.key()),
    }
}

/// Where the board's cells are on screen, in CSS pixels.
fn on_screen(session: &Session, (camera, transform): (&Camera, &GlobalTransform)) -> Value {
    let terrain = session.board().terrain();
    let at = |cell: Cell| camera.world_to_viewport(transform, corner(cell).extend(0.0)).ok();
    let (Some(first), Some(next)) = (at(Cell::new(0, 0)), at(Cell::new(1, 0))) else { return Value::Null };
    json!({ "x": first.x, "y": first.y, "cell": next.x - first.x, "columns": terrain.columns(), "rows": terrain.rows() })
}

/// The level, the board and the run.
fn about(session: &Session) -> serde_json::Map<String, Value> {
    let board = session.board();
    let mut about = serde_json::Map::new();
    about.insert("level".into(), json!(session.level().id));
    about.insert("cost".into(), json!(board.cost()));
    about.insert("coins_left".into(), json!(board.coins_left()));
    let pieces = board
        .pieces()
        .iter()
        .map(|piece| json!({ "name": piece.name, "kind": piece.spec.kind().key(), "at": piece.at }));
    about.insert("pieces".into(), pieces.collect());
    let pipes = board.joints().map(|joint| json!({ "name": joint.pipe.name, "cells": joint.pipe.cells, "whole": joint.is_whole(), "shut": joint.pipe.shut }));
    about.insert("pipes".into(), pipes.collect());
    let faults = board.faults().iter().map(|fault| json!({ "name": fault.name, "kind": fault.kind.kind().key(), "cells": fault.cells, "strikes": fault.target(board) }));
    about.insert("faults".into(), faults.collect());
    let lesson = session.level().lesson(board, session.play());
    about.insert("lesson".into(), json!(lesson.map(|lesson| lesson.step.text.clone())));
    let Some(play) = session.play() else { return about };
    let waiting =
        play.waiting().map(|command| json!({ "given_ns": command.given_at.as_ns(), "at_ns": command.at.as_ns() }));
    about.insert("waiting".into(), waiting.collect());
    about.insert("navigator".into(), json!(play.navigator().position(play.simulation().now()).from));
    let view = play.simulation().view();
    let report = play.report();
    about.insert("time_ms".into(), json!(view.now().as_ms_f64()));
    about.insert("seed".into(), json!(play.seed()));
    about.insert("paused".into(), json!(session.is_paused()));
    about.insert("pace_ms_per_s".into(), json!(session.pace_ns_per_s() / 1e6));
    about.insert("forks".into(), json!(session.forks()));
    about.insert("visiting".into(), json!(session.is_visiting()));
    about.insert("visit".into(), json!(session.visit_check().map(|check| format!("{check:?}").to_lowercase())));
    if let Some(timeline) = session.timeline() {
        let branches = timeline
            .branches()
            .map(|(id, branch)| json!({ "id": id.number(), "name": branch.name(), "fork": branch.is_fork() }));
        about.insert("branches".into(), branches.collect());
        about.insert("branch".into(), json!(timeline.current().number()));
    }
    about.insert("speed".into(), json!(session.speed()));
    about.insert("digest".into(), json!(play.digest().to_string()));
    about.insert("totals".into(), json!(view.totals()));
    about.insert(
        "report".into(),
        json!({ "issued": report.issued, "good": report.good, "late": report.late, "failed": report.failed }),
    );
    let objectives =
        report.standings.iter().map(|s| json!({ "objective": s.objective, "value": s.value, "met": s.met }));
    about.insert("objectives".into(), objectives.collect());
    let losses =
        report.losses.iter().map(|loss| json!({ "outcome": loss.outcome, "cause": loss.cause, "count": loss.count }));
    about.insert("losses".into(), losses.collect());
    let verdict = play.verdict().map(|verdict| if verdict == Verdict::Won { "won" } else { "lost" });
    about.insert("verdict".into(), json!(verdict));
    let services = view.services().map(|s| json!({ "busy": s.busy, "workers": s.workers, "queued": s.queued, "queue_limit": s.queue_limit, "served": s.served, "rejected": s.rejected }));
    about.insert("services".into(), services.collect());
    about
}
