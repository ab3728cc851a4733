//! The debrief: whether the objectives are met, how it went over time, what went wrong and why, and what to do next.

mod charts;
mod guess;
mod losses;
mod next;
mod onset;
mod others;
mod scroll;
mod stars;

use super::Layout;
use super::map::after;
use super::widgets::{Kit, column, row, screen, shadow};
use crate::Screen;
use crate::atlas::Atlas;
use crate::editor::Desk;
use crate::fonts::Fonts;
use crate::loading::Levels;
use crate::palette;
use crate::prediction::Guess;
use crate::progress::{Calibration, Progress};
use crate::session::Session;
use crate::sharing::film::Rolling;
use crate::text::Texts;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::prediction::Score;
use pipe_maze_level::{LossReport, Onset, Play, Prediction, Report, Timeline, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.run_if(in_state(Screen::Debrief).and_then(not(resource_exists::<Rolling>))));
    app.add_systems(OnExit(Screen::Debrief), clear);
    app.add_plugins((charts::plugin, next::plugin, onset::plugin, others::plugin, scroll::plugin, stars::plugin));
}

/// The key of what is said first when a run is over.
pub const fn verdict_key(to_break: bool, won: bool) -> &'static str {
    match (to_break, won) {
        (true, true) => "debrief-broken",
        (false, true) => "debrief-won",
        (_, false) => "debrief-lost",
    }
}

/// Width of the column at the right, where there is room for one.
const SIDE: f32 = 388.0;

#[derive(Component)]
struct DebriefRoot;

/// What the parts of the debrief read.
struct Sources<'a> {
    kit: Kit<'a>,
    session: &'a Session,
    play: &'a Play,
    report: Report,
    losses: LossReport,
    onset: Onset,
    /// What was said to break first, and how right that was.
    guess: Option<(Prediction, Score)>,
    calibration: Calibration,
    won: bool,
    layout: Layout,
    /// Whether all of it has room at once; else it scrolls.
    roomy: bool,
    /// Which level of its section it is, where it is of the campaign.
    number: Option<usize>,
    /// Whether another level follows.
    has_next: bool,
    /// The level is one's own, and is tried from the editor.
    tried: bool,
}

fn clear(mut commands: Commands, roots: Query<Entity, With<DebriefRoot>>) {
    roots.iter().for_each(|root| commands.entity(root).despawn());
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts, levels, server): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<Levels>, Res<AssetServer>),
    (session, layout, progress, guess): (Option<Res<Session>>, Res<Layout>, Res<Progress>, Res<Guess>),
    desk: Option<Res<Desk>>,
    roots: Query<Entity, With<DebriefRoot>>,
) {
    if !roots.is_empty() && !layout.is_changed() && !texts.is_changed() {
        return;
    }
    let Some((session, play)) = session.as_ref().and_then(|session| Some((session, session.play()?))) else { return };
    roots.iter().for_each(|root| commands.entity(root).despawn());
    let sources = Sources {
        kit: Kit { atlas: &atlas, fonts: &fonts, texts: &texts },
        session,
        play,
        report: play.report(),
        losses: LossReport::of(play),
        onset: session.timeline().map(Timeline::onset).unwrap_or_default(),
        guess: guess.score(session),
        calibration: progress.calibration(),
        won: play.verdict() == Some(Verdict::Won),
        layout: *layout,
        roomy: layout.wide && !layout.is_low(),
        number: levels.number(session.level()),
        tried: desk.is_some_and(|desk| desk.playtest.is_some()),
        has_next: after(&session.level().id, &levels.ready, &progress).is_some(),
    };
    commands
        .spawn((DebriefRoot, Node { overflow: Overflow::clip(), ..screen() }, BackgroundColor(palette::ink())))
        .with_children(|root| {
            root.spawn((sky(&layout), ImageNode::new(server.load("backdrop/sky.png"))));
            root.spawn((screen(), BackgroundColor(palette::ink().with_alpha(0.5))));
            let frame = Node { justify_content: JustifyContent::Center, ..screen() };
            root.spawn(frame).with_children(|frame| {
                let gap = if layout.wide && !layout.is_low() { 12.0 } else { 7.0 };
                let page = Node {
                    width: Val::Px(layout.size.x.min(1_280.0)),
                    height: Val::Percent(100.0),
                    padding: UiRect::all(Val::Px(gap + 3.0)),
                    justify_content: JustifyContent::SpaceBetween,
                    ..column(gap)
                };
                frame.spawn(page).with_children(|page| {
                    if sources.roomy { fill(page, &sources) } else { fill_scrolling(page, &sources) }
                });
            });
        });
}

fn sky(layout: &Layout) -> Node {
    let wide = (layout.size.x * 1.2).max(1_280.0);
    Node {
        position_type: PositionType::Absolute,
        width: Val::Px(wide),
        height: Val::Px(wide * 244.0 / 1_280.0),
        top: Val::Px(0.0),
        left: Val::Px((layout.size.x - wide) * 0.5),
        ..default()
    }
}

/// All of it at once.
fn fill(page: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let line = || Node { align_items: AlignItems::Stretch, ..row(12.0) };
    page.spawn(line()).with_children(|top| {
        heading(top, sources);
        stars::panels(top, sources);
    });
    page.spawn(Node { flex_grow: 1.0, ..line() }).with_children(|middle| {
        charts::panels(middle, sources);
        guess::panel(middle, sources);
    });
    page.spawn(line()).with_children(|below| {
        onset::panel(below, sources);
        if sources.onset.steps.is_empty() {
            losses::panel(below, sources);
        }
        if sources.won {
            others::panel(below, sources);
        }
    });
    page.spawn(line()).with_children(|bottom| {
        next::sage(bottom, sources);
        if !sources.onset.steps.is_empty() {
            losses::panel(bottom, sources);
        }
        next::actions(bottom, sources);
    });
}

/// One below the other, and what to do next always in sight.
fn fill_scrolling(page: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let gap = 7.0;
    let view = Node {
        flex_grow: 1.0,
        flex_basis: Val::Px(0.0),
        min_height: Val::Px(0.0),
        overflow: Overflow::scroll_y(),
        ..column(gap)
    };
    page.spawn((scroll::View, ScrollPosition::default(), view)).with_children(|view| {
        let still = || Node { flex_shrink: 0.0, ..column(gap) };
        view.spawn(still()).with_children(|parts| {
            let top =
                if sources.layout.wide { Node { align_items: AlignItems::Stretch, ..row(gap) } } else { column(gap) };
            parts.spawn(top).with_children(|top| {
                heading(top, sources);
                stars::panels(top, sources);
            });
            next::sage(parts, sources);
            onset::panel(parts, sources);
            losses::panel(parts, sources);
            guess::panel(parts, sources);
            let charts = if sources.layout.wide { row(gap) } else { column(gap) };
            parts.spawn(charts).with_children(|charts| charts::panels(charts, sources));
            if sources.won {
                others::panel(parts, sources);
            }
        });
    });
    next::actions(page, sources);
}

fn heading(top: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, won, layout, .. } = sources;
    let node = Node { width: if layout.wide { Val::Px(300.0) } else { Val::Auto }, ..column(4.0) };
    top.spawn(Node { justify_content: JustifyContent::Center, ..node }).with_children(|words| {
        words.spawn(row(12.0)).with_children(|line| {
            let level = session.level();
            if let Some(n) = sources.number {
                let number = format!("{}–{n}", level.section);
                line.spawn((
                    kit.title(number, if layout.wide { 36.0 } else { 26.0 }, palette::bone()),
                    TextLayout::no_wrap(),
                    shadow(),
                ));
            }
            let name = kit.texts.of_level(level, "name").unwrap_or_default();
            line.spawn((kit.title(name, if layout.wide { 18.0 } else { 16.0 }, palette::bone()), shadow()));
        });
        let key = verdict_key(session.level().is_to_break(), *won);
        let color = if *won { palette::gold() } else { palette::failed_on_ink() };
        words.spawn((kit.title(kit.texts.get(key), if layout.wide { 22.0 } else { 21.0 }, color), shadow()));
        if session.is_visiting() {
            words.spawn((kit.body(kit.texts.get("watch-debrief"), 12.5, palette::bone()), shadow()));
        }
    });
}
