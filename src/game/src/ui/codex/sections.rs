//! The list of sections: a pipe that comes down from the town's spring, with a stop for each section. The water in it
//! stands as high as one has read.

use super::arrangement::{Arrangement, Contents};
use super::rock::{drawn_out, placed, stand};
use super::scroll::{Scroll, glide};
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{Kit, button, centred, column};
use crate::{FrameSystems, Screen, palette};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Codex), |mut level: ResMut<Level>| level.0 = -1.0);
    app.init_resource::<Level>();
    let show = (follow, fill, mark).chain().in_set(FrameSystems::Show);
    app.add_systems(Update, show.after(super::reading::settle).run_if(in_state(Screen::Codex)));
}

/// How quickly the water follows, per second.
const FOLLOW_PER_S: f32 = 9.0;
/// Sides of the pipe's tile and of its collar, in cells.
const PIPE: f32 = 0.7;
const COLLAR: Vec2 = Vec2::new(0.925, 0.275);
/// Diameter of a stop.
const STOP: f32 = 34.0;

/// The heading of a section on the page, counted from 0.
#[derive(Component)]
pub struct Heading(pub usize);

/// How high the water stands: see [`Scroll::level`].
#[derive(Resource, Default)]
struct Level(f32);

/// The wet part of the pipe: grows with the level from its upper end.
#[derive(Component)]
struct Water(Contents);

/// A part of a stop, which shows whether the section is reached.
#[derive(Component)]
enum Stop {
    Ring(usize),
    Number(usize),
    Name(usize),
}

/// The pipe and its stops, where there is room for them.
pub fn spawn(root: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>, arrangement: &Arrangement, names: &[(&str, &str)]) {
    let Some(contents) = arrangement.contents else { return };
    let (cell, ground, x) = (arrangement.cell, arrangement.ground, contents.pipe_x);
    let pipe = |top: f32, bottom: f32| Rect::new(x - PIPE * 0.5 * cell, top, x + PIPE * 0.5 * cell, bottom);
    let collar = || kit.atlas.image("collar-v", Color::WHITE);
    root.spawn((placed(pipe(ground - 2.0, contents.pipe_bottom)), drawn_out(kit, "pipe-v-dry")));
    root.spawn((Water(contents), placed(pipe(ground - 2.0, ground)), drawn_out(kit, "pipe-v-ok"))).with_children(
        |water| {
            // The collar sits where the water ends.
            let node = Node {
                position_type: PositionType::Absolute,
                left: Val::Px((PIPE - COLLAR.x) * 0.5 * cell),
                bottom: Val::Px(-COLLAR.y * 0.5 * cell),
                width: Val::Px(COLLAR.x * cell),
                height: Val::Px(COLLAR.y * cell),
                ..default()
            };
            water.spawn((node, collar()));
        },
    );
    for y in [ground + 6.0, contents.pipe_bottom] {
        let half = COLLAR * 0.5 * cell;
        root.spawn((placed(Rect::from_center_half_size(Vec2::new(x, y), half)), collar()));
    }
    let scale = cell / 40.0;
    stand(root, kit, "spring-flowing", Vec2::new(x, ground + 3.0 * scale), 75.0 * scale);
    for (i, (dx, height)) in [(56.0, 22.0), (72.0, 19.0), (88.0, 23.0), (-54.0, 20.0)].into_iter().enumerate() {
        let feet = Vec2::new(x + dx * scale, ground);
        stand(root, kit, &format!("townsfolk-{}", i + 1), feet, height * scale);
    }
    for (i, (name, about)) in names.iter().enumerate() {
        stop(root, kit, (&contents, arrangement.text), i, (name, about));
    }
}

fn stop(
    root: &mut ChildSpawnerCommands<'_>,
    kit: &Kit<'_>,
    (contents, text): (&Contents, f32),
    i: usize,
    (name, about): (&str, &str),
) {
    let middle = contents.first_y + contents.step * i as f32;
    let half = contents.step.min(56.0) * 0.5 - 2.0;
    let left = contents.pipe_x - STOP * 0.5 - 5.0;
    let node = Node {
        padding: UiRect::new(Val::Px(5.0), Val::Px(10.0), Val::ZERO, Val::ZERO),
        border_radius: BorderRadius::all(Val::Px(STOP * 0.5 + 4.0)),
        column_gap: Val::Px(11.0),
        ..placed(Rect::new(left, middle - half, contents.right, middle + half))
    };
    let node = Node { align_items: AlignItems::Center, ..node };
    root.spawn((button(ButtonId::Section(i), Look::BARE), node)).with_children(|stop| {
        let ring = Node {
            width: Val::Px(STOP),
            height: Val::Px(STOP),
            border: UiRect::all(Val::Px(3.5)),
            border_radius: BorderRadius::MAX,
            flex_shrink: 0.0,
            ..centred()
        };
        let keyline = Outline::new(Val::Px(2.5), Val::ZERO, palette::ink());
        stop.spawn((
            Stop::Ring(i),
            ring,
            BackgroundColor(palette::ink_line()),
            BorderColor::all(palette::bone()),
            keyline,
        ))
        .with_children(|ring| {
            ring.spawn((Stop::Number(i), kit.title((i + 1).to_string(), 15.0, palette::bone())));
        });
        stop.spawn(Node { flex_shrink: 1.0, ..column(1.0) }).with_children(|words| {
            words.spawn((Stop::Name(i), kit.title(name, text + 0.5, palette::bone())));
            if !about.is_empty() {
                words.spawn(kit.body(about, text * 0.8, palette::periwinkle()));
            }
        });
    });
}

fn follow(time: Res<Time>, scroll: Res<Scroll>, mut level: ResMut<Level>) {
    let way = scroll.level() - level.0;
    if way != 0.0 {
        level.0 =
            if way.abs() < 1e-3 { scroll.level() } else { level.0 + way * glide(FOLLOW_PER_S, time.delta_secs()) };
    }
}

fn fill(level: Res<Level>, mut water: Query<(&Water, &mut Node)>) {
    for (Water(contents), mut node) in &mut water {
        let Val::Px(top) = node.top else { continue };
        let height = Val::Px((contents.height_of(level.0) - top).max(0.0));
        if node.height != height {
            node.height = height;
        }
    }
}

fn mark(
    (level, scroll): (Res<Level>, Res<Scroll>),
    mut rings: Query<(&Stop, &mut BackgroundColor, &mut BorderColor)>,
    mut words: Query<(&Stop, &mut TextColor)>,
) {
    let current = (level.0 + 0.02).floor().min(scroll.sections() as f32 - 1.0);
    for (stop, mut face, mut border) in &mut rings {
        let Stop::Ring(i) = stop else { continue };
        let reached = *i as f32 <= current;
        face.set_if_neq(BackgroundColor(if reached { palette::water() } else { palette::ink_line() }));
        border.set_if_neq(BorderColor::all(if *i as f32 == current { palette::gold() } else { palette::bone() }));
    }
    for (stop, mut color) in &mut words {
        let wanted = match stop {
            Stop::Ring(_) => continue,
            Stop::Number(i) if *i as f32 <= current => palette::ink(),
            Stop::Name(i) if *i as f32 == current => palette::gold(),
            Stop::Number(_) | Stop::Name(_) => palette::bone(),
        };
        color.set_if_neq(TextColor(wanted));
    }
}
