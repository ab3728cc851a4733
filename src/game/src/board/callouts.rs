//! Call-outs: a failure says what happened and why, at the place where it happened.

use super::card::Card;
use super::words::Writing;
use super::{BoardPart, BoardSystems, Facts, centre, layer};
use crate::atlas::CELL;
use crate::causes::cause_key;
use crate::fonts::{Fonts, font};
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::figures::duration;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::{Board, Cell};
use pipe_maze_sim::{Cause, Fact, Outcome, PieceId};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (fade, speak).chain().in_set(BoardSystems));
}

/// For how long a call-out stays, in seconds.
const STAY_S: f32 = 2.6;
/// Text is rasterised at this multiple of its size on the board.
const SHARPNESS: f32 = 2.0;
/// World units of a letter, on average, for each unit of its size.
const LETTER: f32 = 0.56;

/// A call-out, the failure that it tells, how long it stays, and what it covers of the board.
#[derive(Component)]
struct Callout {
    place: PieceId,
    left_s: f32,
    area: Rect,
}

fn fade(
    mut commands: Commands,
    (time, session): (Res<Time>, Res<Session>),
    mut callouts: Query<(Entity, &mut Callout)>,
    mut jumps: Local<u64>,
) {
    let elsewhere = std::mem::replace(&mut *jumps, session.jumps()) != session.jumps();
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
    (session, facts, texts, fonts, card): (Res<Session>, Res<Facts>, Res<Texts>, Res<Fonts>, Res<Card>),
    writing: Writing<'_>,
    callouts: Query<&Callout>,
) {
    let failure = facts.0.iter().rev().find_map(|(_, fact)| match fact {
        Fact::Ended { outcome, parts, cause, .. } if *outcome != Outcome::Answered => Some((*outcome, *parts, *cause)),
        _ => None,
    });
    let Some((outcome, parts, cause)) = failure else { return };
    let place = cause.piece();
    if callouts.iter().any(|callout| callout.place == place) || callouts.iter().count() >= 3 {
        return;
    }
    let board = session.board();
    let Some(at) = point_of(board, place) else { return };
    let room = || name_of(&session, place);
    let title = match outcome {
        Outcome::Rejected => texts.with("callout-rejected", &[("room", room().into())]),
        Outcome::TimedOut => texts.with("callout-timed-out", &[("total", duration(&texts, parts.total_ns()).into())]),
        Outcome::NoRoute | Outcome::Answered => texts.get("callout-no-route"),
        Outcome::Failed => texts.get("callout-failed"),
        Outcome::ShortCircuited => texts.get("callout-short-circuited"),
    };
    let why = match cause {
        Cause::Queue(_) => Some(("callout-where-queue", parts.queue_ns)),
        Cause::Service(_) => Some(("callout-where-service", parts.service_ns)),
        Cause::Pipe(_) => Some(("callout-where-pipe", parts.network_ns)),
        Cause::Lost(_) => Some(("callout-where-lost", 0)),
        Cause::Hazard(_) => Some(("callout-where-hazard", parts.hazard_ns)),
        Cause::Client(_) => Some(("callout-where-client", parts.client_ns)),
        Cause::Full(_) | Cause::NoRoute(_) => None,
        Cause::Down(_) | Cause::Error(_) | Cause::Open(_) | Cause::Bulkhead(_) | Cause::Expired(_) => {
            Some((cause_key(cause), 0))
        }
    };
    let why = why.map(|(key, ns)| texts.with(key, &[("part", duration(&texts, ns).into()), ("room", room().into())]));
    // On a phone the board is small; words are not.
    let scale = writing.unit().max(1.0);
    let words = Words { title, why };
    let size = words.size();
    let wanted = at + Vec2::new(0.0, size.y * 0.5 * scale);
    let taken: Vec<Rect> = callouts.iter().map(|callout| callout.area).collect();
    let centre = beside(&taken, wanted, size * scale, |at| writing.within_window(at, size * scale / writing.unit()));
    let area = Rect::from_center_size(centre, size * scale);
    spawn(&mut commands, (&fonts, &card), Callout { place, left_s: STAY_S, area }, scale, &words);
}

/// What a call-out says.
struct Words {
    title: String,
    why: Option<String>,
}

impl Words {
    /// How large its card is, at its own scale.
    fn size(&self) -> Vec2 {
        let letters = |text: &str, size: f32| text.chars().count() as f32 * size * LETTER;
        let why_width = self.why.as_ref().map_or(0.0, |why| letters(why, 11.0));
        let width = letters(&self.title, 13.0).max(why_width) + 26.0;
        Vec2::new(width, if self.why.is_some() { 46.0 } else { 30.0 })
    }
}

/// The place in the window, nearest above what is wanted, at which nothing that was said before is covered.
fn beside(taken: &[Rect], wanted: Vec2, size: Vec2, within: impl Fn(Vec2) -> Vec2) -> Vec2 {
    let mut at = within(wanted);
    // Each of the others is in the way at most once.
    for _ in taken {
        let Some(other) = taken.iter().find(|other| !other.intersect(Rect::from_center_size(at, size)).is_empty())
        else {
            break;
        };
        let above = within(Vec2::new(at.x, other.max.y + size.y * 0.55));
        let free = above.y >= other.max.y + size.y * 0.5;
        at = if free { above } else { within(Vec2::new(at.x, other.min.y - size.y * 0.55)) };
    }
    at
}

fn spawn(commands: &mut Commands<'_, '_>, (fonts, card): (&Fonts, &Card), callout: Callout, scale: f32, words: &Words) {
    let size = words.size();
    let line = |text: &str, points: f32, color: Color, y: f32, handle: &Handle<Font>| {
        let transform = Transform::from_xyz(0.0, y, 0.2).with_scale(Vec3::splat(1.0 / SHARPNESS));
        (Text2d(text.to_owned()), font(handle, points * SHARPNESS), TextColor(color), Anchor::CENTER, transform)
    };
    let at = callout.area.center().extend(layer::CALLOUT);
    let transform = Transform::from_translation(at).with_scale(Vec3::splat(scale));
    commands.spawn((BoardPart, callout, transform, card.sprite(size, palette::bone()))).with_children(|parent| {
        let shadow = card.sprite(size, palette::ink().with_alpha(0.38));
        parent.spawn((shadow, Transform::from_xyz(0.0, -4.0, -0.1)));
        let up = if words.why.is_some() { 8.0 } else { 0.0 };
        parent.spawn(line(&words.title, 13.0, palette::failed_on_bone(), up, &fonts.title));
        if let Some(why) = &words.why {
            parent.spawn(line(why, 11.0, palette::ink(), -10.0, &fonts.body));
        }
    });
}

/// Above a piece, or at the middle of a pipe.
fn point_of(board: &Board, id: PieceId) -> Option<Vec2> {
    if let Some(piece) = board.pieces().iter().find(|piece| PieceId::from_name(&piece.name) == id) {
        let (columns, _) = piece.spec.kind().size();
        return Some(super::corner(piece.at) + Vec2::new(columns as f32 * CELL * 0.5, CELL * 0.7));
    }
    let pipe = board.pipes().iter().find(|pipe| PieceId::from_name(&pipe.name) == id)?;
    let middle: Cell = *pipe.cells.get(pipe.cells.len() / 2)?;
    Some(centre(middle) + Vec2::new(0.0, CELL * 0.6))
}

/// What the level calls the piece of that identity.
pub fn name_of(session: &Session, id: PieceId) -> String {
    let piece = session.board().pieces().iter().find(|piece| PieceId::from_name(&piece.name) == id);
    piece.map_or_else(String::new, |piece| session.level().text("en", &piece.name).unwrap_or(&piece.name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_covers_nothing_that_was_said_before() {
        let size = Vec2::new(40.0, 10.0);
        let within = |at: Vec2| at.clamp(Vec2::new(-80.0, -50.0), Vec2::new(80.0, 50.0));
        let mut taken: Vec<Rect> = Vec::new();
        for wanted in [Vec2::ZERO, Vec2::new(10.0, 2.0), Vec2::new(200.0, 49.0), Vec2::new(75.0, 50.0)] {
            let at = beside(&taken, wanted, size, within);
            let area = Rect::from_center_size(at, size);
            assert_eq!(within(at), at, "in the window");
            assert!(taken.iter().all(|other| other.intersect(area).is_empty()), "{area:?} {taken:?}");
            taken.push(area);
        }
    }
}
