//! Water: it comes down from the town, stands as far as the player has won and before the level that comes next.

use super::arrangement::SECTIONS;
use super::{BuildSystems, Map};
use crate::awake::Awake;
use crate::motion::Motion;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Water>();
    let systems = (rise, fill, flow).chain().in_set(WaterSystems).in_set(FrameSystems::Show).after(BuildSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Map)));
}

/// How fast the water comes on, in pixels a second, and how much faster for each pixel that it still has to go.
const RISE: (f32, f32) = (240.0, 1.6);
/// How fast it flows, in pixels a second.
const FLOW: f32 = 52.0;
/// For how many seconds after the last touch water flows, and how quickly it comes to rest then, per second.
const FLOWS: (f32, f32) = (25.0, 1.5);

/// What moves the water.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct WaterSystems;

/// A pipe without branches.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Line {
    /// From the town down.
    Trunk,
    /// A section's.
    Gallery(usize),
}

/// Which way water fills a piece.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Way {
    Right,
    Left,
    Down,
    /// All at once.
    Whole,
}

/// The wet picture of a piece of pipe.
#[derive(Component)]
pub(super) struct Wet {
    pub line: Line,
    /// How far along the line it begins and ends.
    pub from: f32,
    pub to: f32,
    pub way: Way,
    pub rect: Rect,
}

/// How far the water stands, and how far it has flowed.
#[derive(Resource, Default)]
pub(super) struct Water {
    trunk: f32,
    galleries: [f32; SECTIONS],
    flowed: f32,
    /// From 0, at rest, to 1.
    pace: f32,
    quiet_s: f32,
}

impl Map {
    /// How far water is to stand in a line.
    fn wet_to(&self, line: Line) -> f32 {
        let Some(map) = &self.shown else { return 0.0 };
        let end = |section: usize| {
            let station = self.chart.wet_to(section)?;
            map.galleries[section].stations.get(station).copied()
        };
        match line {
            Line::Gallery(section) => end(section).unwrap_or(0.0),
            Line::Trunk => (0..SECTIONS).rfind(|&section| end(section).is_some()).map_or(0.0, |last| map.depth(last)),
        }
    }
}

impl Water {
    /// Seconds that water has flowed: what keeps time with it rests when it does.
    pub fn clock_s(&self) -> f32 {
        self.flowed / FLOW
    }

    /// How many pixels water has flowed.
    pub const fn flowed(&self) -> f32 {
        self.flowed
    }

    /// How far it stands in a line.
    pub fn stands(&self, line: Line) -> f32 {
        match line {
            Line::Trunk => self.trunk,
            Line::Gallery(section) => self.galleries.get(section).copied().unwrap_or(0.0),
        }
    }
}

/// The water comes on until it stands where it is to.
fn rise(
    (map, time, motion): (Res<Map>, Res<Time<Real>>, Res<Motion>),
    (mut water, mut awake): (ResMut<Water>, ResMut<Awake>),
) {
    let Some(shown) = &map.shown else { return };
    let step_s = time.delta_secs().min(0.1);
    let on = |from: f32, to: f32| {
        let way = to - from;
        // Less than before is of another window, or of other progress: there is nothing to see in that.
        if motion.reduced || way <= 0.0 { to } else { (from + (RISE.0 + RISE.1 * way) * step_s).min(to) }
    };
    let trunk = on(water.trunk, map.wet_to(Line::Trunk));
    let galleries: [f32; SECTIONS] = std::array::from_fn(|section| {
        let to = map.wet_to(Line::Gallery(section));
        if trunk < shown.depth(section) { 0.0 } else { on(water.galleries[section], to) }
    });
    if (trunk, galleries) != (water.trunk, water.galleries) {
        (water.trunk, water.galleries) = (trunk, galleries);
        awake.keep_for(0.2);
    }
}

fn fill(water: Res<Water>, mut pieces: Query<(&Wet, &mut Node, &mut Visibility)>) {
    for (wet, mut node, mut visibility) in &mut pieces {
        let filled = (water.stands(wet.line) - wet.from).min(wet.to - wet.from);
        let seen = if filled > 0.5 { Visibility::Inherited } else { Visibility::Hidden };
        visibility.set_if_neq(seen);
        let filled = if filled < wet.to - wet.from { filled.max(0.0) } else { f32::MAX };
        let Rect { min, max } = wet.rect;
        let (left, width, height) = match wet.way {
            Way::Right => (min.x, filled.min(max.x - min.x), max.y - min.y),
            Way::Left => (max.x - filled.min(max.x - min.x), filled.min(max.x - min.x), max.y - min.y),
            Way::Down => (min.x, max.x - min.x, filled.min(max.y - min.y)),
            Way::Whole => continue,
        };
        let (left, width, height) = (Val::Px(left), Val::Px(width), Val::Px(height));
        if (node.left, node.width, node.height) != (left, width, height) {
            (node.left, node.width, node.height) = (left, width, height);
        }
    }
}

/// Water flows while someone is there to see it.
fn flow(
    (map, time, motion): (Res<Map>, Res<Time<Real>>, Res<Motion>),
    touched: Touched<'_, '_>,
    (mut water, mut awake): (ResMut<Water>, ResMut<Awake>),
) {
    let step_s = time.delta_secs().min(0.1);
    water.quiet_s = if touched.now() || map.is_changed() { 0.0 } else { water.quiet_s + step_s };
    let pace = f32::from(u8::from(water.quiet_s < FLOWS.0 && !motion.reduced));
    let by = FLOWS.1 * step_s;
    water.pace += (pace - water.pace).clamp(-by, by);
    if water.pace > 0.0 {
        awake.keep_for(0.2);
        water.flowed += FLOW * water.pace * step_s;
    }
}

/// Whether the player does something.
#[derive(bevy::ecs::system::SystemParam)]
struct Touched<'w, 's> {
    keys: Res<'w, ButtonInput<KeyCode>>,
    buttons: Res<'w, ButtonInput<MouseButton>>,
    touches: Res<'w, Touches>,
    moved: MessageReader<'w, 's, CursorMoved>,
    wheel: MessageReader<'w, 's, bevy::input::mouse::MouseWheel>,
}

impl Touched<'_, '_> {
    fn now(mut self) -> bool {
        let held = self.keys.get_pressed().len() + self.buttons.get_pressed().len() + self.touches.iter().count();
        self.moved.read().count() + self.wheel.read().count() + held > 0
    }
}
