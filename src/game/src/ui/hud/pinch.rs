//! A hint for fingers: where the board is small, two of them bring it nearer. It goes once that is known.

use super::HudSystems;
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::camera::{Look, Stage};
use crate::fonts::Fonts;
use crate::palette;
use crate::text::Texts;
use crate::ui::widgets::{Kit, row};
use crate::ui::{Insets, Layout};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Known>();
    app.add_systems(Update, show.in_set(FrameSystems::Show).after(HudSystems).run_if(in_state(Screen::Board)));
    app.add_systems(OnExit(Screen::Board), clear);
}

/// A cell that is smaller than this, in interface pixels, is worth the hint.
const CELL_PX: f32 = 30.0;
/// For how long the hint stays, in seconds.
const STAY_S: f32 = 9.0;

/// Whether the player has brought a board nearer, or has had time to read how.
#[derive(Resource, Default)]
struct Known(bool);

#[derive(Component)]
struct Hint {
    left_s: f32,
}

fn clear(mut commands: Commands, hints: Query<Entity, With<Hint>>) {
    hints.iter().for_each(|hint| commands.entity(hint).despawn());
}

fn show(
    mut commands: Commands,
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    (layout, insets, stage, look): (Res<Layout>, Res<Insets>, Res<Stage>, Res<Look>),
    (touches, time): (Res<Touches>, Res<Time<Real>>),
    (mut known, mut awake): (ResMut<Known>, ResMut<Awake>),
    mut hints: Query<(Entity, &mut Hint)>,
) {
    if known.0 {
        return;
    }
    let Some((entity, mut hint)) = hints.iter_mut().next() else {
        let cell_px = crate::atlas::CELL * stage.scale(&look) / layout.scale;
        // Who touches the screen has fingers.
        if touches.iter().count() > 0 && cell_px < CELL_PX && !layout.wide {
            let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
            spawn(&mut commands, &kit, insets.min().y / layout.scale);
        }
        return;
    };
    hint.left_s -= time.delta_secs();
    awake.keep_for(0.5);
    if look.zoom > 1.0 || hint.left_s <= 0.0 {
        known.0 = true;
        commands.entity(entity).despawn();
    }
}

fn spawn(commands: &mut Commands<'_, '_>, kit: &Kit<'_>, top: f32) {
    let area = Node {
        position_type: PositionType::Absolute,
        width: Val::Percent(100.0),
        top: Val::Px(top + 4.0),
        justify_content: JustifyContent::Center,
        ..default()
    };
    let chip = Node {
        padding: UiRect::axes(Val::Px(12.0), Val::Px(5.0)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        ..row(7.0)
    };
    commands.spawn((Hint { left_s: STAY_S }, area, GlobalZIndex(5))).with_children(|area| {
        area.spawn((chip, BackgroundColor(palette::ink().with_alpha(0.86)))).with_children(|chip| {
            chip.spawn(kit.icon("icon-fit", 15.0, palette::bone()));
            chip.spawn(kit.body(kit.texts.get("hint-pinch"), 12.5, palette::bone()));
        });
    });
}
