//! Which part of the map is seen where it is higher than the window: it glides to what is chosen, and follows the hand.

use super::arrangement::Station;
use super::{BuildSystems, Map};
use crate::awake::Awake;
use crate::ui::buttons::{ButtonId, Focus};
use crate::ui::codex::scroll::Scroll;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<MapScroll>();
    app.add_systems(OnEnter(Screen::Map), |mut scroll: ResMut<MapScroll>| scroll.brought = None);
    let systems = (bring, settle).chain().in_set(FrameSystems::Show).after(BuildSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Map)));
}

/// What stays free above and below a station that is brought into view.
const FREE: (f32, f32) = (150.0, 92.0);

/// All that moves with the map.
#[derive(Component)]
pub(super) struct Content;

/// Where the map is.
#[derive(Resource, Default)]
pub struct MapScroll {
    /// How far it is moved up.
    pub scroll: Scroll,
    /// The place that was brought into view last.
    brought: Option<Vec2>,
}

impl MapScroll {
    /// Brings a height of the map into the part that is seen above that other one.
    fn bring(&mut self, y: f32, below: f32) {
        let (shown, _) = self.scroll.place();
        let (high, low) = (y - FREE.0, y + FREE.1 - below);
        if shown > high {
            self.scroll.to(high);
        } else if shown < low {
            self.scroll.to(low);
        }
    }
}

/// Where the keyboard is comes before what is chosen.
fn bring((map, focus): (Res<Map>, Res<Focus>), mut scroll: ResMut<MapScroll>) {
    let Some(shown) = &map.shown else { return };
    let focused = match focus.0 {
        Some(ButtonId::Level(level)) => map.chart.station_of(level),
        Some(ButtonId::Site(section)) => Some(Station { section, stop: 0 }),
        _ => None,
    };
    let at = shown.at(focused.unwrap_or(map.chosen));
    if scroll.brought != Some(at) {
        scroll.brought = Some(at);
        scroll.scroll.fit(shown.end(), shown.size.y);
        let below = if shown.upright { shown.card.min.y } else { shown.size.y };
        scroll.bring(at.y, below);
    }
}

fn settle(
    (map, time): (Res<Map>, Res<Time<Real>>),
    (mut scroll, mut awake): (ResMut<MapScroll>, ResMut<Awake>),
    mut contents: Query<&mut UiTransform, With<Content>>,
) {
    let Some(shown) = &map.shown else { return };
    let scroll = &mut scroll.bypass_change_detection().scroll;
    scroll.fit(shown.end(), shown.size.y);
    if scroll.pass(time.delta_secs().min(0.1)) {
        awake.keep_for(0.3);
    }
    let (at, _) = scroll.place();
    for mut content in &mut contents {
        content.set_if_neq(UiTransform::from_xy(Val::ZERO, Val::Px(-at)));
    }
}
