//! The heads-up display: what is asked, what can be done, and how it goes.

mod banner;
mod branches;
mod causes;
mod inspector;
mod lost;
mod objectives;
mod pinch;
mod readout;
mod result;
mod sage;
mod slots;
mod timebar;
mod tools;
mod transport;
mod visit;

pub use branches::title as branch_title;
pub use inspector::{Inspecting, knob_help, service_now};
pub use objectives::chips_height;
pub use readout::Live;
pub use sage::Hints;

use super::Layout;
use super::buttons::{ButtonId, Look};
use super::tooltip::explained;
use super::widgets::{Kit, column, row, screen, shadow};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::input::tools::{Hand, Selection, Tool};
use crate::language::Language;
use crate::lesson::Tutor;
use crate::loading::Levels;
use crate::palette::{self, Theme};
use crate::prediction::Guess;
use crate::ride::{Ride, Riding};
use crate::session::Session;
use crate::text::Texts;
use crate::{FrameSystems, Screen, ride};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::tutorial::Trouble;
use pipe_maze_level::{Class, KindSpec, Prediction};
use std::collections::BTreeMap;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Hints>();
    app.init_resource::<Live>();
    let systems = (readout::refresh, build, readout::show).chain();
    app.add_systems(Update, systems.in_set(HudSystems).in_set(FrameSystems::Show).run_if(in_state(Screen::Board)));
    app.add_systems(OnEnter(Screen::Board), |mut hints: ResMut<Hints>| *hints = Hints::default());
    app.add_systems(OnExit(Screen::Board), clear);
    app.add_plugins((
        timebar::plugin,
        inspector::plugin,
        causes::plugin,
        branches::plugin,
        pinch::plugin,
        lost::plugin,
    ));
}

/// The display is built; what hangs something into it comes after.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct HudSystems;

/// Most slots of the palette beside which the sage has room to speak.
const SLOTS_BESIDE_SAGE: usize = 7;

#[derive(Component)]
struct HudRoot;

/// What the display depends on: when it changes, all of it is built anew.
#[derive(Clone, PartialEq)]
struct Key {
    language: Language,
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
    step: Option<usize>,
    trouble: Option<Trouble>,
    inspecting: Inspecting,
    forks: bool,
    lost: bool,
    result: bool,
    broken: bool,
    said: Option<Prediction>,
    ride: Option<u64>,
}

/// What the parts of the display read.
pub(super) struct Sources<'a> {
    kit: Kit<'a>,
    session: &'a Session,
    hand: &'a Hand,
    layout: Layout,
    hint: usize,
    /// The key of the text of the tutorial's present step.
    step: Option<&'a str>,
    /// Why that step cannot be done as it says, if it cannot.
    trouble: Option<Trouble>,
    /// Which level of its section it is, where it is of the campaign.
    number: Option<usize>,
    inspecting: &'a Inspecting,
    /// What is said to break first.
    said: Option<Prediction>,
    ride: Option<&'a Riding>,
}

fn clear(mut commands: Commands, roots: Query<Entity, With<HudRoot>>) {
    roots.iter().for_each(|root| commands.entity(root).despawn());
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts, levels): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<Levels>),
    (session, hand, layout): (Res<Session>, Res<Hand>, Res<Layout>),
    (hints, tutor, inspecting, guess, ride): (Res<Hints>, Res<Tutor>, Res<Inspecting>, Res<Guess>, Res<Ride>),
    roots: Query<Entity, With<HudRoot>>,
    mut last: Local<Option<Key>>,
) {
    let key = Key {
        language: texts.language(),
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
        step: tutor.step().map(|(nth, _)| nth),
        trouble: tutor.trouble(),
        inspecting: inspecting.clone(),
        forks: session.forks(),
        lost: session.is_lost(),
        result: session.result_at().is_some(),
        broken: session.has_broken(),
        said: guess.said(),
        ride: ride.0.as_ref().map(|riding| riding.nth),
    };
    if last.as_ref() == Some(&key) && !roots.is_empty() {
        return;
    }
    *last = Some(key);
    roots.iter().for_each(|root| commands.entity(root).despawn());
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let sources = Sources {
        kit,
        session: &session,
        hand: &hand,
        layout: *layout,
        hint: hints.shown(),
        step: tutor.step().map(|(_, key)| key),
        trouble: tutor.trouble(),
        number: levels.number(session.level()),
        inspecting: &inspecting,
        said: guess.said(),
        ride: ride.0.as_ref(),
    };
    commands
        .spawn((HudRoot, screen()))
        .with_children(|root| if layout.wide { wide(root, &sources) } else { tall(root, &sources) });
}

fn place(left: Val, top: Val, right: Val, bottom: Val) -> Node {
    Node { position_type: PositionType::Absolute, left, top, right, bottom, ..default() }
}

fn wide(root: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let edge = Val::Px(12.0);
    let (left, right) = beside_banner(&sources.layout);
    let corner = Node { max_width: Val::Px(left - 26.0), ..place(Val::Px(18.0), Val::Px(12.0), Val::Auto, Val::Auto) };
    root.spawn(corner).with_children(|corner| heading(corner, sources));
    let middle = Node { align_items: AlignItems::Center, ..column(6.0) };
    root.spawn(merge(place(Val::Px(left), edge, Val::Px(right), Val::Auto), middle)).with_children(|middle| {
        banner::panel(middle, sources);
        visit::panel(middle, sources);
    });
    let node = Node { align_items: AlignItems::FlexEnd, ..column(10.0) };
    root.spawn(Node { ..merge(place(Val::Auto, edge, edge, Val::Auto), node) }).with_children(|side| {
        // Whoever rides looks at the request.
        if let Some(riding) = sources.ride {
            ride::panel::panel(side, (sources.kit, sources.layout), sources.session, riding);
            return;
        }
        // A phone on its side has room for one of them.
        if !(sources.layout.is_low() && sources.hand.selection.only().is_some()) {
            objectives::panel(side, sources);
        }
        causes::slot(side, sources);
        branches::notice(side, sources);
        branches::panel(side, sources);
        inspector::panel(side, sources);
    });
    // With little room the palette needs the lower edge for itself; so it does where it holds much.
    let sage_above = sources.layout.is_low() || slots::count(sources) > SLOTS_BESIDE_SAGE;
    if sage_above {
        let sage = if sources.layout.is_low() {
            // Where there is hardly room the classes of requests take two lines.
            place(edge, Val::Px(if sources.layout.is_narrow() { 98.0 } else { 86.0 }), Val::Auto, Val::Auto)
        } else {
            place(edge, Val::Auto, Val::Auto, Val::Px(108.0))
        };
        root.spawn(sage).with_children(|corner| sage::speak(corner, sources));
    }
    // The palette stands in the middle, as far as what is beside it leaves it there; the sage's words make room.
    let bottom = Node { align_items: AlignItems::FlexEnd, ..row(8.0) };
    root.spawn(merge(place(edge, Val::Auto, edge, edge), bottom)).with_children(|bottom| {
        let side = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), ..default() };
        if !sources.layout.is_low() {
            bottom.spawn(Node { min_width: Val::Px(0.0), ..side.clone() }).with_children(|corner| {
                if !sage_above {
                    sage::speak(corner, sources);
                }
            });
        }
        let middle = Node { flex_shrink: 0.0, ..default() };
        // While the water flows nothing is placed: what matters more may stand there.
        bottom.spawn(middle).with_children(|middle| {
            if tells_loss(sources) {
                lost::panel(middle, sources);
            } else if result::is_there(sources) {
                result::panel(middle, sources);
            } else {
                slots::panel(middle, sources);
            }
        });
        bottom.spawn(Node { justify_content: JustifyContent::FlexEnd, ..side }).with_children(|corner| {
            transport::panel(corner, sources);
        });
    });
}

/// Whether it is said that the run is lost; not while something else is said of what is done next.
fn tells_loss(sources: &Sources<'_>) -> bool {
    sources.session.is_lost() && !sources.session.forks()
}

/// What the heading at the left and the objectives at the right leave of the upper edge to the banner.
fn beside_banner(layout: &Layout) -> (f32, f32) {
    match (layout.is_low(), layout.is_narrow()) {
        (_, true) => (352.0, objectives::NARROW + 22.0),
        (true, false) => (352.0, 296.0),
        (false, false) => (400.0, 310.0),
    }
}

fn tall(root: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let top = Node { padding: UiRect::axes(Val::Px(10.0), Val::Px(8.0)), ..column(6.0) };
    root.spawn(Node { width: Val::Percent(100.0), ..top }).with_children(|top| {
        heading(top, sources);
        banner::panel(top, sources);
        visit::panel(top, sources);
        objectives::chips(top, sources);
    });
    let bottom = merge(place(Val::Px(8.0), Val::Auto, Val::Px(8.0), Val::Px(8.0)), column(6.0));
    root.spawn(bottom).with_children(|bottom| {
        let inspects = sources.hand.selection.only().is_some();
        if let Some(riding) = sources.ride {
            ride::panel::panel(bottom, (sources.kit, sources.layout), sources.session, riding);
        } else if inspects {
            // What is placed is selected at once: what is to be done next stays in sight beside its name.
            if sources.step.is_some() && !inspector::shows_all(sources) {
                sage::speak(bottom, sources);
            }
            inspector::panel(bottom, sources);
        } else {
            // Where there is little room one of them speaks: what the tutorial says is acted upon first.
            let taught = sources.session.play().is_some() && sources.step.is_some();
            if tells_loss(sources) {
                lost::panel(bottom, sources);
            } else {
                sage::speak(bottom, sources);
            }
            if !(tells_loss(sources) || taught && sage::is_cramped(&sources.layout)) {
                causes::slot(bottom, sources);
            }
            branches::notice(bottom, sources);
            branches::panel(bottom, sources);
        }
        if !tells_loss(sources) && result::is_there(sources) {
            result::panel(bottom, sources);
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

/// The level's number and name, and what its droplets are.
fn heading(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, .. } = sources;
    let level = session.level();
    let (number, name) = if layout.wide { (42.0, 20.0) } else { (30.0, 17.0) };
    // The camera of a ride may bring anything below it: then it stands on ground of its own.
    let padding = UiRect::axes(Val::Px(10.0), Val::Px(5.0));
    let node = Node { padding, border_radius: BorderRadius::all(Val::Px(12.0)), ..row(14.0) };
    let (node, ground) = match sources.ride {
        Some(_) => (node, palette::ink().with_alpha(0.82)),
        None => (row(14.0), Color::NONE),
    };
    parent.spawn((node, BackgroundColor(ground))).with_children(|line| {
        if let Some(n) = sources.number {
            let number = kit.title(format!("{}–{n}", level.section), number, palette::bone());
            line.spawn((Node { flex_shrink: 0.0, ..default() }, number, TextLayout::no_wrap(), shadow()));
        }
        line.spawn(column(3.0)).with_children(|words| {
            let title = kit.texts.of_level(level, "name").unwrap_or(&level.id);
            words.spawn((kit.title(title, name, palette::bone()), shadow()));
            let legend = Node { flex_wrap: FlexWrap::Wrap, ..row(10.0) };
            words.spawn(legend).with_children(|legend| classes(legend, sources));
        });
    });
}

/// Each class of requests: its shape, its name, and how many come in a second.
fn classes(legend: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    let mut rates: BTreeMap<Class, f64> = BTreeMap::new();
    for piece in sources.session.board().pieces() {
        if let KindSpec::Spring(spec) = &piece.spec {
            spec.classes().for_each(|(class, rate)| *rates.entry(class).or_default() += rate);
        }
    }
    for (class, rate) in rates {
        let term = explained(ButtonId::Class(class), kit.texts.get("explain-class-rate"), Look::PLAIN);
        legend.spawn((Node { border_radius: BorderRadius::all(Val::Px(4.0)), ..row(4.0) }, term)).with_children(
            |pair| {
                pair.spawn(kit.icon(&format!("droplet-{}", class.key()), 14.0, Color::WHITE));
                let name = kit.texts.get(&format!("class-{}", class.key()));
                let words = kit.texts.with("class-rate", &[("class", name.into()), ("rate", rate.into())]);
                pair.spawn((kit.body(words, 12.0, palette::bone()), TextLayout::no_wrap(), shadow()));
            },
        );
    }
}
