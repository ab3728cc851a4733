//! The map of the maze: the sections as galleries underground, a station for each level, and the Navigator, who walks
//! from one to the next. What it shows comes from the campaign and from the player's progress alone.

mod arrangement;
mod card;
mod chart;
mod dressing;
mod droplets;
mod gallery;
mod glints;
mod hand;
mod heading;
mod pipes;
mod plates;
mod rock;
mod sources;
mod stations;
mod told;
mod view;
mod walk;
mod walker;
mod water;
mod words;

use super::Layout;
use super::buttons::{ButtonId, Clicked, Focus};
use super::codex::rock::placed;
use super::widgets::{Kit, screen};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::loading::Levels;
use crate::palette;
use crate::progress::Progress;
use crate::session::Session;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use arrangement::{Arrangement, Station};
use bevy::prelude::*;
use chart::Chart;
use pipe_maze_level::Level;
use sources::Sources;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Map>();
    app.add_systems(Update, turn.in_set(FrameSystems::Tick));
    app.add_systems(OnEnter(Screen::Map), arrive);
    app.add_systems(OnExit(Screen::Map), clear);
    app.add_systems(Update, build.in_set(BuildSystems).run_if(in_state(Screen::Map)));
    app.configure_sets(Update, BuildSystems.in_set(FrameSystems::Show));
    app.add_plugins((hand::plugin, view::plugin, walker::plugin, water::plugin, stations::plugin));
    app.add_plugins((droplets::plugin, glints::plugin, card::plugin));
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
                droplets::spawn(content, &sources);
                stations::spawn(content, &sources);
                glints::spawn(content, &sources);
                plates::spawn(content, &sources);
                walker::spawn(content, &kit);
                heading::spawn(content, &sources);
            });
            heading::way_back(root, &sources);
            card::spawn(root);
        });
    map.shown = Some(arrangement);
}
