//! What the player does on the map: arrows walk, a press on a station leads there, and one more opens it; the wheel and
//! a drag move the map.

use super::arrangement::Station;
use super::view::MapScroll;
use super::{Map, turn};
use crate::input::wheel::Wheel;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Clicked, Focus};
use crate::{FrameSystems, Screen};
use bevy::input::touch::Touch;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pending>();
    let by_hand = (by_keys, by_wheel, by_drag).chain().in_set(FrameSystems::Input);
    app.add_systems(Update, by_hand.run_if(in_state(Screen::Map)));
    app.add_systems(Update, choose.in_set(FrameSystems::Tick).after(turn).run_if(in_state(Screen::Map)));
    app.add_systems(OnEnter(Screen::Map), |mut focus: ResMut<Focus>| focus.0 = None);
}

/// A notch of the wheel.
const LINE_PX: f32 = 54.0;
/// How far a pointer may move, in interface pixels, for a press to be none that moves the map.
const STILL_PX: f32 = 9.0;
const ARROWS: [(KeyCode, Vec2); 4] = [
    (KeyCode::ArrowLeft, Vec2::NEG_X),
    (KeyCode::ArrowRight, Vec2::X),
    (KeyCode::ArrowUp, Vec2::NEG_Y),
    (KeyCode::ArrowDown, Vec2::Y),
];

/// The chosen station was pressed: it opens if the pointer is let go there.
#[derive(Resource, Default)]
struct Pending {
    station: Option<Station>,
    /// Where the pointer came down, and how far it has been from there.
    from: Option<Vec2>,
    moved: f32,
}

fn by_keys(
    keys: Res<ButtonInput<KeyCode>>,
    (mut map, mut focus): (ResMut<Map>, ResMut<Focus>),
    mut clicked: MessageWriter<Clicked>,
) {
    if keys.just_pressed(KeyCode::Escape) {
        clicked.write(Clicked(ButtonId::Back));
    }
    let Some((_, way)) = ARROWS.into_iter().find(|(key, _)| keys.just_pressed(*key)) else { return };
    let Some(shown) = &map.shown else { return };
    focus.0 = None;
    let next = shown.toward(map.chosen, way);
    if next != map.chosen {
        map.chosen = next;
    }
}

fn by_wheel(wheel: Wheel<'_, '_>, mut scroll: ResMut<MapScroll>) {
    let lines = wheel.lines();
    if lines != 0.0 {
        scroll.scroll.by(-lines * LINE_PX);
    }
}

fn by_drag(
    (mouse, touches): (Res<ButtonInput<MouseButton>>, Res<Touches>),
    (time, layout, map): (Res<Time>, Res<Layout>, Res<Map>),
    window: Single<&Window, With<PrimaryWindow>>,
    (mut scroll, mut pending, mut held_by): (ResMut<MapScroll>, ResMut<Pending>, Local<Option<u64>>),
    mut clicked: MessageWriter<Clicked>,
) {
    // One finger at a time: the one that has the map, or else whichever comes.
    let same = held_by.and_then(|id| touches.get_pressed(id));
    let finger = same.or_else(|| touches.iter().min_by_key(|touch| touch.id()));
    let arrow = window.cursor_position().filter(|_| mouse.pressed(MouseButton::Left));
    let began = mouse.just_pressed(MouseButton::Left) || finger.is_some() && same.is_none();
    *held_by = finger.map(Touch::id);
    let Some(at) = finger.map(Touch::position).or(arrow) else {
        scroll.scroll.release();
        let still = std::mem::take(&mut pending.moved) < STILL_PX;
        let station = pending.station.take().filter(|_| still);
        if station == Some(map.chosen) {
            clicked.write(Clicked(ButtonId::Open));
        }
        return;
    };
    let at = at / layout.scale;
    if began {
        let on_card = map.shown.as_ref().is_some_and(|shown| shown.card.contains(at));
        scroll.scroll.seize(at.y, !on_card, false);
        (pending.from, pending.moved) = (Some(at), 0.0);
    }
    pending.moved = pending.moved.max(pending.from.map_or(0.0, |from| from.distance(at)));
    scroll.scroll.drag(at.y, time.delta_secs().max(1e-3));
}

/// A station that is pressed is chosen; the chosen one opens when the pointer is let go there.
fn choose(mut clicked: MessageReader<Clicked>, mut map: ResMut<Map>, mut pending: ResMut<Pending>) {
    for &Clicked(id) in clicked.read() {
        let station = match id {
            ButtonId::Level(level) => map.chart.station_of(level),
            ButtonId::Site(section) => Some(Station { section, stop: 0 }),
            _ => None,
        };
        let Some(station) = station else { continue };
        if station != map.chosen {
            map.chosen = station;
        } else {
            pending.station = Some(station);
        }
    }
}
