//! Call-outs: a failure says what happened and why, beside the place where it happened, and points there.

mod berth;
mod lines;
mod pointer;

use super::card::Card;
use super::words::Writing;
use super::{BoardPart, BoardSystems, Facts, centre, layer};
use crate::atlas::CELL;
use crate::causes::{cause_key, name_of};
use crate::fonts::font;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::figures::{duration, percent};
use berth::Crowd;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use lines::{Lines, TITLE, WHY};
use pipe_maze_level::Board;
use pipe_maze_sim::{Cause, Fact, Outcome, Parts, PieceId, RequestId, Time as SimTime};

pub(super) fn plugin(app: &mut App) {
    let anew = speak_anew.run_if(resource_changed::<Texts>);
    app.add_systems(Update, (fade, anew, speak).chain().in_set(BoardSystems));
}

/// For how long a call-out stays, in seconds.
const STAY_S: f32 = 2.6;
/// Text is rasterised at this multiple of its size on the board.
const SHARPNESS: f32 = 2.0;

/// How wide a line may be, where there is room and where there is little.
const ROOM: (f32, f32) = (380.0, 250.0);

/// Most call-outs at once; on a phone one hides enough.
const CALLOUTS_MAX: usize = 3;

/// A call-out, the failure that it tells, how long it stays, and what it covers of the board.
#[derive(Component, Clone, Copy)]
pub struct Callout {
    failure: Failure,
    left_s: f32,
    area: Rect,
}

impl Callout {
    /// The request that it tells of, and when that was issued, where it covers that point of the board.
    pub fn at(&self, point: Vec2) -> Option<(RequestId, SimTime)> {
        self.area.contains(point).then_some((self.failure.request, self.failure.issued_at))
    }
}

/// How a request failed, where its time went, and why.
#[derive(Clone, Copy)]
struct Failure {
    request: RequestId,
    issued_at: SimTime,
    outcome: Outcome,
    parts: Parts,
    cause: Cause,
}

fn fade(
    mut commands: Commands,
    (time, session): (Res<Time>, Res<Session>),
    mut callouts: Query<(Entity, &mut Callout)>,
    mut jumps: Local<u64>,
) {
    let elsewhere = session.has_jumped(&mut jumps);
    for (entity, mut callout) in &mut callouts {
        callout.left_s -= if session.is_paused() { 0.0 } else { time.delta_secs() };
        if callout.left_s <= 0.0 || session.play().is_none() || elsewhere {
            commands.entity(entity).despawn();
        }
    }
}

/// One call-out at a place at a time: the first failure speaks, the next ones wait until it has been read.
fn speak(
    mut commands: Commands,
    (session, facts, card): (Res<Session>, Res<Facts>, Res<Card>),
    writing: Writing<'_>,
    callouts: Query<&Callout>,
) {
    let failure = facts.0.iter().rev().find_map(|(_, fact)| match *fact {
        Fact::Ended { request, issued_at, outcome, parts, cause } if outcome != Outcome::Answered => {
            Some(Failure { request, issued_at, outcome, parts, cause })
        }
        _ => None,
    });
    let Some(failure) = failure else { return };
    let place = failure.cause.piece();
    let taken = callouts.iter().any(|callout| callout.failure.cause.piece() == place);
    let most = if writing.is_cramped() { 1 } else { CALLOUTS_MAX };
    if !taken && callouts.iter().count() < most {
        let taken: Vec<Rect> = callouts.iter().map(|callout| callout.area).collect();
        spawn(&mut commands, (&writing, &card, &session), (failure, STAY_S), &taken);
    }
}

/// What stands there says the same in another language.
fn speak_anew(
    mut commands: Commands,
    (session, card): (Res<Session>, Res<Card>),
    writing: Writing<'_>,
    callouts: Query<(Entity, &Callout)>,
) {
    let mut taken = Vec::new();
    for (entity, callout) in &callouts {
        commands.entity(entity).despawn();
        let (failure, left_s) = (callout.failure, callout.left_s);
        taken.extend(spawn(&mut commands, (&writing, &card, &session), (failure, left_s), &taken));
    }
}

/// How a request failed and why, in a sentence.
pub fn told(texts: &Texts, session: &Session, (outcome, parts, cause): (Outcome, Parts, Cause)) -> String {
    let Words { title, why } = Words::of((outcome, parts, cause), texts, session);
    why.map_or_else(|| title.clone(), |why| format!("{title}: {why}"))
}

/// What a call-out says.
struct Words {
    title: String,
    why: Option<String>,
}

impl Words {
    fn of((outcome, parts, cause): (Outcome, Parts, Cause), texts: &Texts, session: &Session) -> Self {
        let room = || name_of(texts, session, cause.piece());
        let title = match outcome {
            Outcome::Rejected => {
                let key = match cause {
                    Cause::Limited(_) => "callout-limited",
                    Cause::LogFull(_) => "callout-log-full",
                    _ => "callout-rejected",
                };
                texts.with(key, &[("room", room().into())])
            }
            Outcome::TimedOut => {
                texts.with("callout-timed-out", &[("total", duration(texts, parts.total_ns()).into())])
            }
            Outcome::NoRoute | Outcome::Answered => texts.get("callout-no-route"),
            Outcome::Failed => texts.get("callout-failed"),
            Outcome::ShortCircuited => texts.get("callout-short-circuited"),
        };
        let busy = busy(session, cause.piece());
        let why = match cause {
            Cause::Queue(_) if busy.is_some() => Some(("callout-where-queue-busy", parts.queue_ns)),
            Cause::Queue(_) => Some(("callout-where-queue", parts.queue_ns)),
            Cause::Service(_) => Some(("callout-where-service", parts.service_ns)),
            Cause::Pipe(_) => Some(("callout-where-pipe", parts.network_ns)),
            Cause::Lost(_) => Some(("callout-where-lost", 0)),
            Cause::Hazard(_) => Some(("callout-where-hazard", parts.hazard_ns)),
            Cause::Client(_) => Some(("callout-where-client", parts.client_ns)),
            Cause::Full(_) | Cause::NoRoute(_) | Cause::Limited(_) | Cause::LogFull(_) => None,
            Cause::Down(_)
            | Cause::Error(_)
            | Cause::Open(_)
            | Cause::Bulkhead(_)
            | Cause::Expired(_)
            | Cause::Broker(_) => Some((cause_key(cause), 0)),
        };
        let busy = || percent(busy.unwrap_or_default());
        let why = why.map(|(key, ns)| {
            texts.with(key, &[("part", duration(texts, ns).into()), ("room", room().into()), ("busy", busy().into())])
        });
        Self { title, why }
    }
}

/// How busy a service was of late: in the last window of the series that is over.
fn busy(session: &Session, service: PieceId) -> Option<f64> {
    let timeline = session.timeline()?;
    let series = timeline.series(timeline.current())?;
    let over = series.windows.iter().rfind(|window| window.end <= timeline.now())?;
    over.services.iter().find(|each| each.id == service).map(|each| each.utilisation)
}

/// Says it where nothing was said before; gives what it covers of the board.
fn spawn(
    commands: &mut Commands<'_, '_>,
    (writing, card, session): (&Writing<'_>, &Card, &Session),
    (failure, left_s): (Failure, f32),
    taken: &[Rect],
) -> Option<Rect> {
    let place = place_of(session.board(), failure.cause.piece())?;
    let words = Words::of((failure.outcome, failure.parts, failure.cause), &writing.texts, session);
    let lines = Lines::of(&words, if writing.is_cramped() { ROOM.1 } else { ROOM.0 });
    let size = lines.size;
    let line = |text: &str, points: f32, color: Color, y: f32, handle: &Handle<Font>| {
        let transform = Transform::from_xyz(0.0, y, 0.2).with_scale(Vec3::splat(1.0 / SHARPNESS));
        let layout = TextLayout::no_wrap();
        (Text2d(text.to_owned()), font(handle, points * SHARPNESS), TextColor(color), layout, Anchor::CENTER, transform)
    };
    // On a phone the board is small; words are not.
    let scale = writing.unit().max(1.0);
    let crowd = Crowd::of(session.board()).and(writing.panels()).and(taken.iter().copied());
    let middle = crowd.berth(place, size * scale, writing.room());
    let area = Rect::from_center_size(middle, size * scale);
    let callout = Callout { failure, left_s, area };
    let at = middle.extend(layer::CALLOUT);
    let transform = Transform::from_translation(at).with_scale(Vec3::splat(scale));
    commands.spawn((BoardPart, callout, transform, card.sprite(size, palette::bone()))).with_children(|parent| {
        let shadow = card.sprite(size, palette::ink().with_alpha(0.38));
        parent.spawn((shadow, Transform::from_xyz(0.0, -4.0, -0.1)));
        for (words, is_title, y) in lines.placed() {
            if is_title {
                parent.spawn(line(words, TITLE, palette::failed_on_bone(), y, &writing.fonts.title));
            } else {
                parent.spawn(line(words, WHY, palette::ink(), y, &writing.fonts.body));
            }
        }
        pointer::spawn(parent, &writing.atlas, size, (end_of(place, middle) - middle) / scale);
    });
    Some(area)
}

/// What is spoken of: the cells of a piece, or the middle one of a pipe.
fn place_of(board: &Board, id: PieceId) -> Option<Rect> {
    if let Some(piece) = board.pieces().iter().find(|piece| PieceId::from_name(&piece.name) == id) {
        return Some(super::area(piece));
    }
    let pipe = board.pipes().iter().find(|pipe| PieceId::from_name(&pipe.name) == id)?;
    let cell = *pipe.cells.get(pipe.cells.len() / 2)?;
    Some(Rect::from_center_size(centre(cell), Vec2::splat(CELL)))
}

/// Where a call-out's line ends: at the nearest edge of a piece, where its ring hides nothing; in the middle of a cell.
fn end_of(place: Rect, card: Vec2) -> Vec2 {
    let is_cell = place.half_size().min_element() <= CELL * 0.5;
    let inside = if is_cell { Vec2::ZERO } else { place.half_size() - CELL * 0.1 };
    card.clamp(place.center() - inside, place.center() + inside)
}
