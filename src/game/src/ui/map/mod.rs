//! The map of the maze: the sections as galleries underground, a station for each level, and the Navigator, who walks
//! from one to the next. What it shows comes from the campaign and from the player's progress alone.

mod arrangement;
mod card;
mod chart;
mod dressing;
mod gallery;
mod glints;
mod hand;
mod pipes;
mod plates;
mod rock;
mod stations;
mod view;
mod walk;
mod walker;
mod water;

use super::Layout;
use super::buttons::{ButtonId, Clicked, Focus, Look};
use super::codex::rock::placed;
use super::widgets::{Kit, panel, row, screen, shadow};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::loading::Levels;
use crate::palette;
use crate::progress::Progress;
use crate::session::Session;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use arrangement::{Arrangement, Station};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use chart::Chart;
use pipe_maze_level::Level;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Map>();
    app.add_systems(Update, turn.in_set(FrameSystems::Tick));
    app.add_systems(OnEnter(Screen::Map), arrive);
    app.add_systems(OnExit(Screen::Map), clear);
    app.add_systems(Update, build.in_set(BuildSystems).run_if(in_state(Screen::Map)));
    app.configure_sets(Update, BuildSystems.in_set(FrameSystems::Show));
    app.add_plugins((hand::plugin, view::plugin, walker::plugin, water::plugin, stations::plugin));
    app.add_plugins((glints::plugin, card::plugin));
}

/// What builds the map; everything that moves on it comes after.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct BuildSystems;

/// The map as it is shown, and which station is chosen.
#[derive(Resource, Default)]
pub struct Map {
    chart: Chart,
    /// Nothing before the map was built for the first time.
    shown: Option<Arrangement>,
    chosen: Station,
}

#[derive(Component)]
struct MapRoot;

impl Map {
    /// The level that is chosen, as its place in the campaign.
    pub fn chosen(&self) -> Option<usize> {
        self.chart.stop(self.chosen).map(|stop| stop.level)
    }

    /// The button of the station that is chosen.
    pub fn chosen_button(&self) -> ButtonId {
        self.chosen().map_or(ButtonId::Site(self.chosen.section), ButtonId::Level)
    }

    /// The levels that are won, as their places in the campaign.
    pub fn won(&self) -> impl Iterator<Item = usize> {
        let won = self.chart.sections.iter().flatten().filter(|stop| stop.stage == chart::Stage::Won);
        won.map(|stop| stop.level)
    }

    /// The level that comes next, as its place in the campaign.
    pub const fn next(&self) -> Option<usize> {
        self.chart.next
    }
}

/// The level to go on to after that one: the first after it that is not won, else the first at all.
pub fn after<'a>(id: &str, levels: &'a [Level], progress: &Progress) -> Option<&'a Level> {
    let here = levels.iter().position(|level| level.id == id).map_or(0, |here| here + 1);
    let (before, behind) = levels.split_at(here.min(levels.len()));
    behind.iter().chain(before).find(|level| !progress.of(&level.id).is_won())
}

/// From the title to the map, from there to a level or back, and from a level's end to the next.
fn turn(
    mut clicked: MessageReader<Clicked>,
    (screen, levels, map, focus): (Res<State<Screen>>, Res<Levels>, Res<Map>, Res<Focus>),
    (mut session, mut progress): (Option<ResMut<Session>>, ResMut<Progress>),
    mut commands: Commands,
) {
    for Clicked(id) in clicked.read() {
        let level = match (id, screen.get()) {
            (ButtonId::Play, Screen::Title) => {
                commands.set_state(Screen::Map);
                None
            }
            (ButtonId::Back, Screen::Map) => {
                commands.set_state(Screen::Title);
                None
            }
            // By a key the chosen level opens at once.
            (ButtonId::Level(level), Screen::Map) if focus.0 == Some(*id) => {
                map.chosen().filter(|chosen| chosen == level).and_then(|level| levels.ready.get(level))
            }
            (ButtonId::Open, Screen::Map) => map.chosen().and_then(|level| levels.ready.get(level)),
            (ButtonId::Next, Screen::Debrief) => {
                session.as_ref().and_then(|session| after(&session.level().id, &levels.ready, &progress))
            }
            _ => None,
        };
        let Some(level) = level else { continue };
        match session.as_mut().filter(|session| session.level() == level) {
            // What was built there is there still.
            Some(session) => session.stop(),
            None => commands.insert_resource(Session::open(level.clone())),
        }
        progress.open(&level.id);
        commands.set_state(Screen::Board);
    }
}

/// Chooses where to go: from where the player was last, or on to what comes next once that is won.
fn arrive(levels: Res<Levels>, progress: Res<Progress>, mut map: ResMut<Map>) {
    map.chart = Chart::new(&levels.ready, &progress);
    let here = progress.here().and_then(|id| levels.ready.iter().position(|level| level.id == id));
    let stays = here.filter(|&here| !progress.of(&levels.ready[here].id).is_won());
    let level = stays.or(map.chart.next).or(here).unwrap_or(0);
    map.chosen = map.chart.station_of(level).unwrap_or_default();
}

fn clear(mut commands: Commands, roots: Query<Entity, With<MapRoot>>) {
    roots.iter().for_each(|root| commands.entity(root).despawn());
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts, server): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<AssetServer>),
    (layout, levels, progress): (Res<Layout>, Res<Levels>, Res<Progress>),
    (mut images, mut painted): (ResMut<Assets<Image>>, Local<rock::Painted>),
    (mut map, roots): (ResMut<Map>, Query<Entity, With<MapRoot>>),
) {
    if !roots.is_empty() && !layout.is_changed() && !progress.is_changed() && !texts.is_changed() {
        return;
    }
    roots.iter().for_each(|root| commands.entity(root).despawn());
    map.chart = Chart::new(&levels.ready, &progress);
    let arrangement = Arrangement::new(&layout, &map.chart.counts());
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let rock = painted.pictures(&arrangement, layout.scale, &mut images);
    let sources = Sources { kit, levels: &levels.ready, chart: &map.chart, map: &arrangement, scale: layout.scale };
    commands
        .spawn((MapRoot, Node { overflow: Overflow::clip(), ..screen() }, BackgroundColor(palette::sky_top())))
        .with_children(|root| {
            let all = placed(Rect::from_corners(Vec2::ZERO, Vec2::new(arrangement.size.x, arrangement.height)));
            root.spawn((view::Content, UiTransform::IDENTITY, all)).with_children(|content| {
                rock::spawn(content, &sources, rock, &server);
                dressing::spawn(content, &sources);
                pipes::spawn(content, &sources);
                water::spawn(content, &sources);
                stations::spawn(content, &sources);
                glints::spawn(content, &sources);
                plates::spawn(content, &sources);
                walker::spawn(content, &kit);
                heading(content, &sources);
            });
            way_back(root, &sources);
            card::spawn(root);
        });
    map.shown = Some(arrangement);
}

/// What the parts of the map are built from.
struct Sources<'a> {
    kit: Kit<'a>,
    levels: &'a [Level],
    chart: &'a Chart,
    map: &'a Arrangement,
    /// Window pixels of one interface pixel.
    scale: f32,
}

impl Sources<'_> {
    /// A sprite of the board's, with its reference point there, at a part of its size on a board.
    fn tile(&self, name: &str, at: Vec2, scale: f32) -> (Node, ImageNode) {
        let atlas = self.kit.atlas;
        let rect = atlas.frame(name).map_or(Rect::default(), |frame| {
            let corner = at + atlas.offset(frame, [0.0, 0.0]) * Vec2::new(scale, -scale);
            Rect::from_corners(corner, corner + frame.size() * atlas.scale() * scale)
        });
        (placed(rect), atlas.image(name, Color::WHITE))
    }
}

/// Over the sky: what this is, and how many stars there are. A phone has room for it only while the sky is seen.
fn heading(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, chart, map, .. } = sources;
    let (has, all) = chart.stars(None);
    let (at, size) = if map.upright { (Vec2::new(72.0, 10.0), 18.0) } else { (Vec2::new(152.0, 10.0), 25.0) };
    let node = Node { align_items: AlignItems::Center, ..placed(Rect::from_corners(at, at + Vec2::new(500.0, 44.0))) };
    content.spawn(node).with_children(|line| {
        let words = kit.texts.get("map-title");
        line.spawn((kit.title(words, size, palette::bone()), TextLayout::no_wrap(), shadow()));
    });
    let corner = Node {
        position_type: PositionType::Absolute,
        right: Val::Px(if map.upright { 12.0 } else { 14.0 }),
        top: Val::Px(if map.upright { 60.0 } else { 12.0 }),
        width: if map.upright { Val::Auto } else { Val::Px(map.card.width()) },
        height: Val::Px(if map.upright { 34.0 } else { 46.0 }),
        padding: UiRect::axes(Val::Px(12.0), Val::Px(4.0)),
        ..row(9.0)
    };
    content.spawn(panel(corner)).with_children(|line| {
        let name = if has > 0 { "star-on" } else { "star-off" };
        line.spawn(kit.icon(name, if map.upright { 18.0 } else { 27.0 }, Color::WHITE));
        let words = kit.texts.with("map-stars", &[("has", has.into()), ("all", all.into())]);
        line.spawn((kit.strong(words, if map.upright { 12.5 } else { 16.0 }, palette::bone()), TextLayout::no_wrap()));
    });
}

/// The way back, which stays where it is.
fn way_back(root: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let size = (44.0 / sources.scale).max(44.0);
    let node = placed(Rect::from_corners(Vec2::new(12.0, 10.0), Vec2::new(12.0 + size, 10.0 + size)));
    root.spawn(node).with_children(|corner| {
        sources.kit.disc(corner, ButtonId::Back, "icon-back", size, Look::QUIET);
    });
}
