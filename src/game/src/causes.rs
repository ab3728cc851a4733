//! What is said of how a request ended, and why: the keys of the texts, and what places are called.

use crate::session::Session;
use crate::text::Texts;
use crate::ui::figures::{duration, is_at_once, percent};
use pipe_maze_level::timeline::Reason;
use pipe_maze_sim::{Cause, Outcome, PieceId};

/// The key of what is to blame. The text may name the piece as `room`.
pub const fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::Queue(_) => "cause-queue",
        Cause::Service(_) => "cause-service",
        Cause::Pipe(_) => "cause-pipe",
        Cause::Hazard(_) => "cause-hazard",
        Cause::Client(_) => "cause-client",
        Cause::Full(_) => "cause-full",
        Cause::NoRoute(_) => "cause-no-route",
        Cause::Lost(_) => "cause-lost",
        Cause::Down(_) => "cause-down",
        Cause::Error(_) => "cause-error",
        Cause::Open(_) => "cause-open",
        Cause::Bulkhead(_) => "cause-bulkhead",
        Cause::Expired(_) => "cause-expired",
        Cause::Limited(_) => "cause-limited",
        Cause::Broker(_) => "cause-broker",
        Cause::LogFull(_) => "cause-log-full",
    }
}

/// The key of how it ended; an answer counts as late, for no other is told of.
pub const fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "outcome-late",
        Outcome::TimedOut => "outcome-timed-out",
        Outcome::Rejected => "outcome-rejected",
        Outcome::NoRoute => "outcome-no-route",
        Outcome::Failed => "outcome-failed",
        Outcome::ShortCircuited => "outcome-short-circuited",
    }
}

/// What the level calls the piece, pipe or enemy of that identity: a piece by its name, a pipe by where it leads, an enemy
/// by its kind.
pub fn name_of(texts: &Texts, session: &Session, id: PieceId) -> String {
    let board = session.board();
    if let Some(piece) = board.pieces().iter().find(|piece| PieceId::from_name(&piece.name) == id) {
        return name_of_piece(texts, session, &piece.name);
    }
    if let Some(enemy) = board.enemies().iter().find(|enemy| enemy.id() == id) {
        return texts.get(&format!("enemy-{}", enemy.kind.kind().key()));
    }
    let joint = board.joints().find(|joint| PieceId::from_name(&joint.pipe.name) == id);
    let target = joint.and_then(|joint| joint.target).map(|(name, _)| name);
    target.map_or_else(
        || texts.get("place-gone"),
        |name| texts.with("place-pipe", &[("room", name_of_piece(texts, session, name).into())]),
    )
}

/// What the level calls a piece; the player's own are called by their kind, and numbered where there are several.
fn name_of_piece(texts: &Texts, session: &Session, name: &str) -> String {
    if let Some(called) = texts.of_level(session.level(), name) {
        return called.to_owned();
    }
    let board = session.board();
    let Some(piece) = board.piece(name) else { return name.to_owned() };
    let kind = piece.spec.kind();
    let called = texts.get(&format!("kind-{}", kind.key()));
    let mut own = board.pieces().iter().filter(|other| !other.fixed && other.spec.kind() == kind);
    let nth = own.clone().position(|other| other.name == name).unwrap_or_default() + 1;
    if own.nth(1).is_some() { format!("{called} {nth}") } else { called }
}

/// Why a request failed or was late, in a sentence: how it ended, after how long, and what held it up where.
pub fn reason(texts: &Texts, session: &Session, reason: &Reason) -> String {
    let room = name_of(texts, session, reason.cause.piece());
    let why = match (reason.main(), reason.cause) {
        (Some(stay), Cause::Queue(_) | Cause::Expired(_)) => {
            let mut said = vec![("part", duration(texts, stay.ns()).into()), ("room", room.into())];
            match stay.utilisation {
                Some(busy) => {
                    said.push(("busy", percent(busy).into()));
                    texts.with("reason-queue-busy", &said)
                }
                None => texts.with("reason-queue", &said),
            }
        }
        (Some(stay), Cause::Service(_)) => {
            texts.with("reason-service", &[("part", duration(texts, stay.ns()).into()), ("room", room.into())])
        }
        (_, Cause::Pipe(_)) => {
            let part = duration(texts, reason.parts.network_ns);
            texts.with("reason-pipe", &[("part", part.into()), ("room", room.into())])
        }
        (_, cause) => texts.with(cause_key(cause), &[("room", room.into())]),
    };
    let how = texts.get(outcome_key(reason.outcome));
    if is_at_once(reason.latency_ns()) {
        return texts.with("reason-at-once", &[("how", how.into()), ("why", why.into())]);
    }
    let total = duration(texts, reason.latency_ns());
    texts.with("reason", &[("how", how.into()), ("total", total.into()), ("why", why.into())])
}
