//! The rows of the waterfall: a name, a track with a bar on it, and how long that is.

use super::{FIGURE, Live, NAME};
use crate::causes::name_of;
use crate::palette;
use crate::ride::Riding;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::widgets::{Kit, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::{Bar, BarKind, What};
use pipe_maze_sim::{Direction, Outcome, Time as SimTime};

/// Height of a row and of its bar, and how far a level is set in, in interface pixels.
const ROW: f32 = 16.0;
const BAR: f32 = 9.0;
const INDENT: f32 = 7.0;
/// Letters of a row.
const LETTERS: f32 = 11.0;
/// A bar is at least so wide, in interface pixels.
const WIDTH_MIN: f32 = 1.5;

/// The row of a bar of the journey, on a track of that width.
pub fn row_of(
    panel: &mut ChildSpawnerCommands<'_>,
    (kit, session): (Kit<'_>, &Session),
    riding: &Riding,
    nth: usize,
    track: f32,
) {
    let journey = &riding.journey;
    let bar = &journey.bars[nth];
    let px = |at: SimTime| at.since_ns(journey.issued_at) as f32 / journey.latency_ns().max(1) as f32 * track;
    let failed = bar.outcome.is_some_and(|outcome| outcome != Outcome::Answered);
    let ink = if failed { palette::failed_on_ink() } else { palette::bone() };
    panel.spawn((Node { height: Val::Px(ROW), ..row(7.0) }, Live::Row(nth))).with_children(|line| {
        let name = Node {
            width: Val::Px(NAME),
            padding: UiRect::left(Val::Px(bar.depth.min(5) as f32 * INDENT)),
            overflow: Overflow::clip(),
            flex_shrink: 0.0,
            ..default()
        };
        line.spawn(name).with_children(|frame| {
            frame.spawn((kit.body(label(kit.texts, session, bar), LETTERS, ink), TextLayout::no_wrap()));
        });
        let rail = Node { width: Val::Px(track), height: Val::Px(BAR), flex_shrink: 0.0, ..rounded(2.0) };
        line.spawn((rail, BackgroundColor(palette::ink_raised()))).with_children(|rail| {
            let clip = Node { height: Val::Px(BAR), overflow: Overflow::clip(), ..default() };
            rail.spawn((clip, Live::Clip(nth))).with_children(|clip| {
                for each in &bar.stretches {
                    let left = px(each.from);
                    let node = Node {
                        position_type: PositionType::Absolute,
                        left: Val::Px(left),
                        width: Val::Px((px(each.to) - left).max(WIDTH_MIN)),
                        height: Val::Px(BAR),
                        ..default()
                    };
                    clip.spawn((node, BackgroundColor(colour(each.what))));
                }
            });
        });
        let figure = Node { width: Val::Px(FIGURE), justify_content: JustifyContent::FlexEnd, ..default() };
        line.spawn(figure).with_children(|figure| {
            figure.spawn((kit.strong("", 10.5, ink), TextLayout::no_wrap(), Live::Figure(nth)));
        });
    });
}

/// What a bar is called.
fn label(texts: &Texts, session: &Session, bar: &Bar) -> String {
    let room = name_of(texts, session, bar.piece);
    match bar.kind {
        BarKind::Request => texts.get("ride-request"),
        BarKind::Try(nth) => texts.with("ride-try", &[("nth", nth.into())]),
        BarKind::Pipe(Direction::Forward) => room,
        BarKind::Pipe(Direction::Backward) => texts.get("ride-answer"),
        BarKind::Service => room,
    }
}

/// The key of the name of what time is spent on.
pub const fn key(what: What) -> &'static str {
    match what {
        What::Network => "ride-what-network",
        What::Queue => "ride-what-queue",
        What::Service => "ride-what-service",
        What::Hazard => "ride-what-hazard",
        What::Waiting => "ride-what-waiting",
        What::Client => "ride-what-client",
    }
}

/// Its colour.
pub fn colour(what: What) -> Color {
    match what {
        What::Network => palette::browse(),
        What::Queue => palette::strain(),
        What::Service => palette::ok(),
        What::Hazard => palette::failed(),
        What::Waiting => palette::inactive(),
        What::Client => palette::batch(),
    }
}

/// With round corners.
pub fn rounded(radius: f32) -> Node {
    Node { border_radius: BorderRadius::all(Val::Px(radius)), ..default() }
}
