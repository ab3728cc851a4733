//! The heads-up display: what is asked, what can be done, and how it goes.

mod inspector;
mod objectives;
mod readout;
mod sage;
mod slots;
mod tools;
mod transport;

use inspector::Inspecting;
pub use readout::Live;
pub use sage::Hints;

use super::Layout;
use super::widgets::{Kit, column, row, screen, shadow};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::input::tools::{Hand, Selection, Tool};
use crate::palette::{self, Theme};
use crate::session::Session;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Hints>();
    app.init_resource::<Live>();
    let systems = (readout::refresh, build, readout::show).chain();
    app.add_systems(Update, systems.in_set(FrameSystems::Show).run_if(in_state(Screen::Board)));
    app.add_systems(OnEnter(Screen::Board), |mut hints: ResMut<Hints>| *hints = Hints::default());
    app.add_systems(OnExit(Screen::Board), clear);
    app.add_plugins(inspector::plugin);
}

#[derive(Component)]
struct HudRoot;

/// What the display depends on: when it changes, all of it is built anew.
#[derive(Clone, PartialEq)]
struct Key {
    layout: Layout,
    theme: Theme,
    revision: u64,
    flowing: bool,
    paused: bool,
    speed: usize,
    tool: Tool,
    selection: Selection,
    has_clip: bool,
    hint: usize,
    inspecting: Inspecting,
}

/// What the parts of the display read.
pub(super) struct Sources<'a> {
    kit: Kit<'a>,
    session: &'a Session,
    hand: &'a Hand,
    layout: Layout,
    hint: usize,
    inspecting: &'a Inspecting,
}

fn clear(mut commands: Commands, roots: Query<Entity, With<HudRoot>>) {
    roots.iter().for_each(|root| commands.entity(root).despawn());
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    (session, hand, layout): (Res<Session>, Res<Hand>, Res<Layout>),
    (hints, inspecting): (Res<Hints>, Res<Inspecting>),
    roots: Query<Entity, With<HudRoot>>,
    mut last: Local<Option<Key>>,
) {
    let key = Key {
        layout: *layout,
        theme: palette::theme(),
        revision: session.revision(),
        flowing: session.play().is_some(),
        paused: session.is_paused(),
        speed: session.speed(),
        tool: hand.tool,
        selection: hand.selection.clone(),
        has_clip: hand.clip.is_some(),
        hint: hints.shown(),
        inspecting: inspecting.clone(),
    };
    if last.as_ref() == Some(&key) && !roots.is_empty() {
        return;
    }
    *last = Some(key);
    roots.iter().for_each(|root| commands.entity(root).despawn());
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let hint = hints.shown();
    let sources = Sources { kit, session: &session, hand: &hand, layout: *layout, hint, inspecting: &inspecting };
    commands
        .spawn((HudRoot, screen()))
        .with_children(|root| if layout.wide { wide(root, &sources) } else { tall(root, &sources) });
}

fn place(left: Val, top: Val, right: Val, bottom: Val) -> Node {
    Node { position_type: PositionType::Absolute, left, top, right, bottom, ..default() }
}

fn wide(root: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let edge = Val::Px(12.0);
    root.spawn(place(Val::Px(18.0), Val::Px(12.0), Val::Auto, Val::Auto))
        .with_children(|corner| heading(corner, sources));
    let node = Node { align_items: AlignItems::FlexEnd, ..column(10.0) };
    root.spawn(Node { ..merge(place(Val::Auto, edge, edge, Val::Auto), node) }).with_children(|side| {
        // A phone on its side has room for one of them.
        if !(sources.layout.is_low() && sources.hand.selection.only().is_some()) {
            objectives::panel(side, sources);
        }
        inspector::panel(side, sources);
    });
    // With little room the palette needs the lower edge for itself.
    let sage = if sources.layout.is_low() {
        place(edge, Val::Px(86.0), Val::Auto, Val::Auto)
    } else {
        place(edge, Val::Auto, Val::Auto, edge)
    };
    root.spawn(sage).with_children(|corner| sage::speak(corner, sources));
    let side = if sources.layout.is_low() { JustifyContent::FlexStart } else { JustifyContent::Center };
    let node = Node { justify_content: side, padding: UiRect::left(edge), ..row(0.0) };
    let bottom = Node { width: Val::Percent(100.0), ..merge(place(Val::Px(0.0), Val::Auto, Val::Auto, edge), node) };
    root.spawn(bottom).with_children(|bottom| slots::panel(bottom, sources));
    root.spawn(place(Val::Auto, Val::Auto, edge, edge)).with_children(|corner| transport::panel(corner, sources));
}

fn tall(root: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let top = Node { padding: UiRect::axes(Val::Px(10.0), Val::Px(8.0)), ..column(6.0) };
    root.spawn(Node { width: Val::Percent(100.0), ..top }).with_children(|top| {
        heading(top, sources);
        objectives::pills(top, sources);
    });
    let bottom = merge(place(Val::Px(8.0), Val::Auto, Val::Px(8.0), Val::Px(8.0)), column(6.0));
    root.spawn(bottom).with_children(|bottom| {
        let inspects = sources.hand.selection.only().is_some();
        if inspects {
            inspector::panel(bottom, sources);
        } else {
            sage::speak(bottom, sources);
        }
        transport::panel(bottom, sources);
        // Whoever looks into a piece does not place another: the board needs the room.
        if sources.session.play().is_none() && !(inspects && inspector::shows_all(sources)) {
            slots::panel(bottom, sources);
        }
    });
}

/// A node at a place, arranged like another.
fn merge(place: Node, arrangement: Node) -> Node {
    Node {
        position_type: place.position_type,
        left: place.left,
        top: place.top,
        right: place.right,
        bottom: place.bottom,
        ..arrangement
    }
}

/// The level's number, name and task.
fn heading(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, .. } = sources;
    let level = session.level();
    let (number, name) = if layout.wide { (42.0, 20.0) } else { (30.0, 17.0) };
    parent.spawn(row(14.0)).with_children(|line| {
        line.spawn((kit.title(format!("{}–1", level.section), number, palette::bone()), shadow()));
        let width = if layout.is_low() {
            230.0
        } else if layout.wide {
            330.0
        } else {
            layout.size.x - 96.0
        };
        line.spawn(Node { width: Val::Px(width), ..column(1.0) }).with_children(|words| {
            words.spawn((kit.title(level.text("en", "name").unwrap_or(&level.id), name, palette::bone()), shadow()));
            let brief = level.text("en", "brief").unwrap_or_default();
            words.spawn((kit.body(brief, 12.5, palette::bone()), shadow()));
        });
    });
}
