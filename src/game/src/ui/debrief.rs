//! The debrief: whether the objectives are met, with figures, and what went wrong and why.

use super::Layout;
use super::buttons::{ButtonId, Look};
use super::figures;
use super::widgets::{Kit, column, panel, row, screen, shadow, speech};
use crate::Screen;
use crate::atlas::Atlas;
use crate::board::callouts::name_of;
use crate::causes::{cause_key, outcome_key};
use crate::fonts::Fonts;
use crate::palette;
use crate::sage::Portrait;
use crate::session::Session;
use crate::text::Texts;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::judge::Loss;
use pipe_maze_level::{Play, Report, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.run_if(in_state(Screen::Debrief)));
    app.add_systems(OnExit(Screen::Debrief), clear);
}

/// Most causes listed where there is room, and where there is little.
const LOSSES_MAX: (usize, usize) = (4, 3);

#[derive(Component)]
struct DebriefRoot;

fn clear(mut commands: Commands, roots: Query<Entity, With<DebriefRoot>>) {
    roots.iter().for_each(|root| commands.entity(root).despawn());
}

struct Sources<'a> {
    kit: Kit<'a>,
    session: &'a Session,
    play: &'a Play,
    report: Report,
    won: bool,
    layout: Layout,
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts, session, server): (
        Res<Atlas>,
        Res<Fonts>,
        Res<Texts>,
        Option<Res<Session>>,
        Res<AssetServer>,
    ),
    layout: Res<Layout>,
    roots: Query<Entity, With<DebriefRoot>>,
) {
    if !roots.is_empty() && !layout.is_changed() && !texts.is_changed() {
        return;
    }
    let Some((session, play)) = session.as_ref().and_then(|session| Some((session, session.play()?))) else { return };
    roots.iter().for_each(|root| commands.entity(root).despawn());
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let won = play.verdict() == Some(Verdict::Won);
    let sources = Sources { kit, session, play, report: play.report(), won, layout: *layout };
    let sky = Node {
        position_type: PositionType::Absolute,
        width: Val::Px(1_280.0 * 1.2),
        height: Val::Px(244.0 * 1.2),
        top: Val::Px(0.0),
        left: Val::Px(-40.0),
        ..default()
    };
    let page = Node {
        padding: UiRect::all(Val::Px(if layout.wide && !layout.is_low() { 20.0 } else { 12.0 })),
        overflow: Overflow::scroll_y(),
        align_items: AlignItems::Stretch,
        justify_content: JustifyContent::Center,
        ..column(if layout.wide && !layout.is_low() { 14.0 } else { 9.0 })
    };
    commands
        .spawn((DebriefRoot, Node { overflow: Overflow::clip(), ..screen() }, BackgroundColor(palette::INK)))
        .with_children(|root| {
            root.spawn((
                sky,
                ImageNode::new(server.load("backdrop/sky.png")).with_color(Color::WHITE.with_alpha(0.75)),
            ));
            let frame = Node {
                width: Val::Percent(100.0),
                height: Val::Percent(100.0),
                justify_content: JustifyContent::Center,
                ..default()
            };
            root.spawn(frame).with_children(|frame| {
                let width = Val::Px(layout.size.x.min(1_120.0));
                frame
                    .spawn(Node { width, height: Val::Percent(100.0), ..page })
                    .with_children(|page| fill(page, &sources));
            });
        });
}

fn fill(page: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    heading(page, sources);
    let standings: Vec<_> = sources.report.standings.iter().enumerate().map(|(i, _)| i).collect();
    let cards = if sources.layout.wide { row(12.0) } else { column(6.0) };
    page.spawn(Node { align_items: AlignItems::Stretch, ..cards }).with_children(|cards| {
        standings.iter().for_each(|&i| card(cards, sources, i));
    });
    let halves = if sources.layout.wide { row(12.0) } else { column(8.0) };
    page.spawn(Node { align_items: AlignItems::Stretch, ..halves }).with_children(|halves| {
        requests(halves, sources);
        losses(halves, sources);
    });
    sage(page, sources);
    actions(page, sources);
}

fn heading(page: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, won, layout, .. } = sources;
    page.spawn(Node { flex_wrap: FlexWrap::Wrap, ..row(16.0) }).with_children(|line| {
        line.spawn(kit.icon(
            if *won { "star-on" } else { "star-off" },
            if layout.wide { 58.0 } else { 40.0 },
            Color::WHITE,
        ));
        line.spawn(column(2.0)).with_children(|words| {
            let key = if *won { "debrief-won" } else { "debrief-lost" };
            words.spawn((
                kit.title(
                    kit.texts.get(key),
                    if layout.wide { 32.0 } else { 24.0 },
                    if *won { palette::GOLD } else { palette::FAILED_ON_INK },
                ),
                shadow(),
            ));
            let name = kit.texts.of_level(session.level(), "name").unwrap_or_default();
            words.spawn((kit.strong(name, 14.0, palette::BONE), shadow()));
        });
    });
}

fn card(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, i: usize) {
    let Sources { kit, report, .. } = sources;
    let standing = &report.standings[i];
    let node = Node {
        flex_grow: 1.0,
        flex_basis: Val::Px(0.0),
        padding: UiRect::axes(Val::Px(16.0), Val::Px(11.0)),
        ..row(11.0)
    };
    let badge = if standing.met { "badge-ok" } else { "badge-failed" };
    let color = if standing.met { palette::OK } else { palette::FAILED_ON_INK };
    let asked = figures::objective(kit.texts, &standing.objective);
    let figure = figures::standing(kit.texts, standing);
    if !sources.layout.wide {
        parent.spawn(panel(Node { padding: UiRect::axes(Val::Px(12.0), Val::Px(5.0)), ..row(9.0) })).with_children(
            |card| {
                card.spawn(kit.icon(badge, 18.0, Color::WHITE));
                card.spawn(Node { flex_grow: 1.0, ..default() }).with_children(|text| {
                    text.spawn(kit.body(asked, 12.0, palette::PERIWINKLE));
                });
                card.spawn((kit.strong(figure, 15.0, color), TextLayout::no_wrap()));
            },
        );
        return;
    }
    parent.spawn(panel(node)).with_children(|card| {
        card.spawn(kit.icon(badge, 26.0, Color::WHITE));
        card.spawn(Node { flex_grow: 1.0, ..column(3.0) }).with_children(|words| {
            words.spawn(kit.body(asked, 12.5, palette::PERIWINKLE));
            words.spawn(kit.title(figure, 24.0, color));
        });
    });
}

fn requests(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, report, play, .. } = sources;
    let node = Node {
        flex_grow: 1.0,
        flex_basis: Val::Px(0.0),
        padding: UiRect::axes(Val::Px(16.0), Val::Px(11.0)),
        ..column(6.0)
    };
    let node = if sources.layout.wide { node } else { Node { flex_basis: Val::Auto, ..node } };
    parent.spawn(panel(node)).with_children(|list| {
        list.spawn(kit.title(kit.texts.get("debrief-requests"), 17.0, palette::BONE));
        let figures_of = [
            ("debrief-issued", report.issued, palette::BONE),
            ("debrief-good", report.good, palette::OK),
            ("debrief-late", report.late, palette::STRAIN),
            ("debrief-failed", report.failed, palette::FAILED_ON_INK),
        ];
        for (key, count, color) in figures_of {
            pair(list, sources, kit.texts.get(key), kit.texts.number(count), color);
        }
        let percentile = |share: f64| {
            play.judge()
                .latency_ns(share)
                .map_or_else(|| kit.texts.get("objective-none"), |ns| figures::duration(kit.texts, ns))
        };
        let latency = format!("p50 {}   p99 {}", percentile(0.5), percentile(0.99));
        pair(list, sources, kit.texts.get("debrief-latency"), latency, palette::BONE);
    });
}

fn pair(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, name: String, figure: String, color: Color) {
    let kit = sources.kit;
    parent.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(12.0) }).with_children(|line| {
        line.spawn(kit.body(name, 12.5, palette::PERIWINKLE));
        line.spawn((kit.strong(figure, 13.0, color), TextLayout::no_wrap()));
    });
}

fn losses(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, report, .. } = sources;
    let node = Node {
        flex_grow: 1.6,
        flex_basis: Val::Px(0.0),
        padding: UiRect::axes(Val::Px(16.0), Val::Px(11.0)),
        ..column(6.0)
    };
    let node = if sources.layout.wide { node } else { Node { flex_basis: Val::Auto, ..node } };
    parent.spawn(panel(node)).with_children(|list| {
        list.spawn(kit.title(kit.texts.get("debrief-losses"), 17.0, palette::BONE));
        if report.losses.is_empty() {
            list.spawn(kit.body(kit.texts.get("debrief-no-losses"), 13.0, palette::OK));
        }
        let most = if sources.layout.wide { LOSSES_MAX.0 } else { LOSSES_MAX.1 };
        for loss in report.losses.iter().take(most) {
            list.spawn(row(10.0)).with_children(|line| {
                line.spawn((
                    kit.strong(kit.texts.number(loss.count), 16.0, palette::FAILED_ON_INK),
                    TextLayout::no_wrap(),
                ));
                line.spawn(kit.body(why(sources, loss), 12.5, palette::BONE));
            });
        }
    });
}

fn why(sources: &Sources<'_>, loss: &Loss) -> String {
    let texts = sources.kit.texts;
    let room = name_of(texts, sources.session, loss.cause.piece());
    let why = texts.with(cause_key(loss.cause), &[("room", room.into())]);
    texts.with("debrief-loss", &[("how", texts.get(outcome_key(loss.outcome)).into()), ("why", why.into())])
}

fn sage(page: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, won, layout, .. } = sources;
    let key = if *won { "won" } else { "lost" };
    let Some(words) = kit.texts.of_level(session.level(), key) else { return };
    page.spawn(row(8.0)).with_children(|line| {
        let face = Portrait { words: words.to_owned() };
        line.spawn((face, kit.icon("sage-listening", if layout.wide { 84.0 } else { 60.0 }, Color::WHITE)));
        let node = Node {
            width: Val::Px(if layout.wide { 700.0 } else { layout.size.x - 96.0 }),
            padding: UiRect::axes(Val::Px(16.0), Val::Px(10.0)),
            ..column(3.0)
        };
        line.spawn(speech(node)).with_children(|bubble| {
            bubble.spawn(kit.title(kit.texts.get("sage"), 15.0, palette::FAILED_ON_BONE));
            bubble.spawn(kit.body(words, if layout.wide { 13.0 } else { 12.0 }, palette::INK));
        });
    });
}

fn actions(page: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, play, won, .. } = sources;
    page.spawn(Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(8.0), ..row(10.0) }).with_children(|line| {
        let (change, retry) = if *won { (Look::QUIET, Look::PRIMARY) } else { (Look::PRIMARY, Look::QUIET) };
        let size = if sources.layout.wide { 15.0 } else { 12.5 };
        kit.word(line, ButtonId::Change, &kit.texts.get("button-plan"), Some("icon-pencil"), size, change);
        kit.word(line, ButtonId::Retry, &kit.texts.get("button-retry"), Some("icon-retry"), size, retry);
        if !sources.layout.wide {
            kit.disc(line, ButtonId::Menu, "icon-menu", 44.0, Look::QUIET);
            return;
        }
        kit.word(line, ButtonId::Menu, &kit.texts.get("button-menu"), Some("icon-menu"), size, Look::QUIET);
        let digest = kit.texts.with("debrief-digest", &[("digest", play.digest().to_string().into())]);
        line.spawn(kit.body(digest, 10.5, palette::PERIWINKLE));
    });
}
