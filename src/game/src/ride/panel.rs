//! The panel of a ride: what the request does now, and the waterfall of its spans, as far as it has happened.
//!
//! All of it is laid out at once, from the journey; what has not happened yet is clipped, and shows as time passes.

mod rows;

pub use rows::colour;

use super::{Ride, Riding};
use crate::causes::name_of;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures::duration;
use crate::ui::widgets::{Kit, column, panel as instrument, row};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::{LegKind, What};
use pipe_maze_sim::Time as SimTime;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(FrameSystems::Show).run_if(in_state(Screen::Board)));
}

/// Width of the panel where there is room, where there is less, and of what stands beside a track.
const WIDTH: (f32, f32) = (372.0, 330.0);
/// Width of the names, and of the figures.
const NAME: f32 = 128.0;
const FIGURE: f32 = 50.0;
/// Most rows that show at once where there is room, and where there is little.
const ROWS: (usize, usize) = (13, 5);

/// What is written anew as time passes.
#[derive(Component, Clone, Copy, PartialEq, Eq, Debug)]
enum Live {
    /// What the request does now, or how it ended.
    Now,
    /// A row: the bar of that number.
    Row(usize),
    /// What a row shows of its track.
    Clip(usize),
    /// How long its bar is by now.
    Figure(usize),
}

/// The panel for that ride.
pub fn panel(
    parent: &mut ChildSpawnerCommands<'_>,
    (kit, layout): (Kit<'_>, Layout),
    session: &Session,
    riding: &Riding,
) {
    let roomy = layout.wide && !layout.is_low();
    let width = if roomy { WIDTH.0 } else { WIDTH.1.min(layout.size.x - 16.0) };
    let whole = if layout.wide { width } else { layout.size.x - 16.0 };
    let node = Node {
        width: Val::Px(whole),
        padding: UiRect::axes(Val::Px(12.0), Val::Px(8.0)),
        ..column(if roomy { 4.0 } else { 3.0 })
    };
    let track = whole - 24.0 - NAME - FIGURE - 14.0;
    // The waterfall is read: nothing shines through it.
    parent.spawn(instrument(node)).insert(BackgroundColor(palette::ink())).with_children(|panel| {
        head(panel, kit, riding);
        panel.spawn(Node { min_height: Val::Px(30.0), ..row(0.0) }).with_children(|line| {
            line.spawn((kit.body("", 12.0, palette::bone()), Live::Now));
        });
        for nth in 0..riding.journey.bars.len() {
            rows::row_of(panel, (kit, session), riding, nth, track);
        }
        if roomy || !layout.wide {
            legend(panel, kit, riding);
        }
    });
}

fn head(panel: &mut ChildSpawnerCommands<'_>, kit: Kit<'_>, riding: &Riding) {
    let journey = &riding.journey;
    panel.spawn(row(6.0)).with_children(|line| {
        let icon = format!("droplet-{}", journey.class.key());
        line.spawn(kit.icon(&icon, 17.0, Color::WHITE));
        let number = journey.request.number + 1;
        let class = kit.texts.get(&format!("class-{}", journey.class.key()));
        let title = kit.texts.with("ride-title", &[("number", number.into()), ("class", class.into())]);
        line.spawn((kit.title(title, 15.0, palette::bone()), TextLayout::no_wrap()));
        line.spawn(Node { flex_grow: 1.0, ..default() });
        kit.disc(line, ButtonId::RideAgain, "icon-retry", 44.0, Look::QUIET);
        kit.disc(line, ButtonId::Ride, "icon-next", 44.0, Look::QUIET);
        kit.disc(line, ButtonId::LeaveRide, "icon-cross", 44.0, Look::QUIET);
    });
}

/// What the colours mean, of those that occur.
fn legend(panel: &mut ChildSpawnerCommands<'_>, kit: Kit<'_>, riding: &Riding) {
    let wrap = Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(1.0), ..row(9.0) };
    let occurs = |what: What| riding.journey.bars.iter().flat_map(|bar| &bar.stretches).any(|each| each.what == what);
    panel.spawn(wrap).with_children(|line| {
        for what in What::ALL.into_iter().filter(|what| occurs(*what)) {
            line.spawn(row(4.0)).with_children(|pair| {
                let square = Node { width: Val::Px(9.0), height: Val::Px(9.0), ..rows::rounded(2.0) };
                pair.spawn((square, BackgroundColor(rows::colour(what))));
                let name = kit.texts.get(rows::key(what));
                pair.spawn((kit.body(name, 10.5, palette::periwinkle()), TextLayout::no_wrap()));
            });
        }
    });
}

type Parts<'w> = (&'w Live, &'w mut Node, Option<&'w mut Text>, Option<&'w mut TextColor>);

/// As much as has happened.
fn show(
    (ride, session, texts, layout): (Res<Ride>, Option<Res<Session>>, Res<Texts>, Res<Layout>),
    mut parts: Query<Parts<'_>>,
) {
    let (Some(riding), Some(session)) = (&ride.0, session) else { return };
    let Some(play) = session.play() else { return };
    let now = play.simulation().now();
    let journey = &riding.journey;
    let begun = |nth: usize| journey.bars[nth].from <= now;
    let count = (0..journey.bars.len()).filter(|nth| begun(*nth)).count();
    let most = if layout.wide && !layout.is_low() { ROWS.0 } else { ROWS.1 };
    for (live, mut node, text, color) in &mut parts {
        match *live {
            Live::Now => {
                let (words, shade) = now_line(&texts, &session, riding, now);
                write(text, words);
                if let Some(mut color) = color {
                    color.set_if_neq(TextColor(shade));
                }
            }
            Live::Row(nth) => {
                // The request itself, and the latest of the others.
                let order = (0..nth).filter(|nth| begun(*nth)).count();
                let shows = begun(nth) && (nth == 0 || count <= most || order + most > count);
                let display = if shows { Display::Flex } else { Display::None };
                if node.display != display {
                    node.display = display;
                }
            }
            Live::Clip(nth) => {
                let width = Val::Percent(shown_share(riding, nth, now) * 100.0);
                if node.width != width {
                    node.width = width;
                }
            }
            Live::Figure(nth) => {
                let bar = &journey.bars[nth];
                write(text, duration(&texts, now.min(bar.to).since_ns(bar.from)));
            }
        }
    }
}

/// Which share of the track of a bar shows: up to now, and never more than there is.
fn shown_share(riding: &Riding, nth: usize, now: SimTime) -> f32 {
    let journey = &riding.journey;
    let to = now.min(journey.bars[nth].to).since_ns(journey.issued_at);
    (to as f64 / journey.latency_ns().max(1) as f64) as f32
}

/// What the request does now, or how it ended and why.
fn now_line(texts: &Texts, session: &Session, riding: &Riding, now: SimTime) -> (String, Color) {
    let journey = &riding.journey;
    if now >= journey.ended_at {
        let total = duration(texts, journey.latency_ns());
        return match &riding.reason {
            Some(reason) => (reason.clone(), palette::failed_on_ink()),
            None => (texts.with("ride-answered", &[("total", total.into())]), palette::ok()),
        };
    }
    let Some(leg) = journey.leg_at(now) else { return (String::new(), palette::bone()) };
    let key = match leg.kind {
        LegKind::Pipe(pipe_maze_sim::Direction::Forward) => "ride-pipe",
        LegKind::Pipe(pipe_maze_sim::Direction::Backward) => "ride-back",
        LegKind::Queue => "ride-queue",
        LegKind::Work => "ride-work",
        LegKind::Waiting => "ride-waiting",
        LegKind::Client => "ride-client",
    };
    let room = name_of(texts, session, leg.piece);
    let since = duration(texts, now.since_ns(journey.issued_at));
    (texts.with(key, &[("room", room.into()), ("since", since.into())]), palette::bone())
}

fn write(text: Option<Mut<'_, Text>>, shown: String) {
    if let Some(mut text) = text
        && text.0 != shown
    {
        text.0 = shown;
    }
}
