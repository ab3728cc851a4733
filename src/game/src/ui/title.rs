//! The title: the name made of pipes, what the game is, and one thing to do.

use super::Layout;
use super::buttons::{ButtonId, Clicked, Look};
use super::settings::Sheet;
use super::widgets::{Kit, column, row, screen, shadow};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::language::Languages;
use crate::palette;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.run_if(in_state(Screen::Title)));
    app.add_systems(Update, switch.in_set(FrameSystems::Tick).run_if(in_state(Screen::Title)));
    app.add_systems(OnExit(Screen::Title), clear);
}

#[derive(Component)]
struct TitleRoot;

fn clear(mut commands: Commands, roots: Query<Entity, With<TitleRoot>>) {
    roots.iter().for_each(|root| commands.entity(root).despawn());
}

/// On to the next language.
fn switch(mut clicked: MessageReader<Clicked>, mut languages: ResMut<Languages>) {
    for _ in clicked.read().filter(|clicked| clicked.0 == ButtonId::Language) {
        let next = languages.current().next();
        languages.choose(Some(next));
    }
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts, server): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<AssetServer>),
    layout: Res<Layout>,
    roots: Query<Entity, With<TitleRoot>>,
) {
    if !roots.is_empty() && !layout.is_changed() && !texts.is_changed() {
        return;
    }
    roots.iter().for_each(|root| commands.entity(root).despawn());
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let size = layout.size;
    // The scene covers the window: its middle stays visible whatever the proportions.
    let cover = (size.x / 1_920.0).max(size.y / 1_080.0);
    let scene = Vec2::new(1_920.0, 1_080.0) * cover;
    let scene_node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px((size.x - scene.x) * if layout.wide { 0.5 } else { 0.28 }),
        top: Val::Px(size.y - scene.y),
        width: Val::Px(scene.x),
        height: Val::Px(scene.y),
        ..default()
    };
    let logo_width = (size.x * 0.86).min(1_000.0).min(size.y * 1.45);
    let logo = Node { width: Val::Px(logo_width), height: Val::Px(logo_width * 282.0 / 1_506.0), ..default() };
    let middle = Node {
        width: Val::Percent(100.0),
        height: Val::Percent(100.0),
        position_type: PositionType::Absolute,
        align_items: AlignItems::Center,
        justify_content: JustifyContent::SpaceBetween,
        padding: if layout.wide {
            UiRect::new(Val::ZERO, Val::ZERO, Val::Px(44.0), Val::Px(18.0))
        } else {
            UiRect::new(Val::ZERO, Val::ZERO, Val::Px(64.0), Val::Px(34.0))
        },
        ..column(18.0)
    };
    commands
        .spawn((TitleRoot, Node { overflow: Overflow::clip(), ..screen() }, BackgroundColor(palette::sky_top())))
        .with_children(|root| {
            root.spawn((scene_node, ImageNode::new(server.load("backdrop/title-scene.png"))));
            root.spawn(middle).with_children(|middle| {
                let group = || Node { align_items: AlignItems::Center, ..column(10.0) };
                middle.spawn(group()).with_children(|top| {
                    top.spawn((logo, ImageNode::new(server.load("backdrop/logo.png"))));
                    line(top, &kit, &layout);
                });
                middle.spawn(group()).with_children(|below| {
                    choices(below, &kit, &layout);
                    let version = texts.with("title-version", &[("version", env!("CARGO_PKG_VERSION").into())]);
                    below.spawn(kit.body(version, 11.0, palette::periwinkle()));
                });
            });
            let edge = Val::Px(12.0);
            let corner = Node { position_type: PositionType::Absolute, top: edge, right: edge, ..default() };
            root.spawn(corner).with_children(|corner| {
                kit.disc(corner, ButtonId::Sheet(Sheet::Settings), "icon-gear", 48.0, Look::QUIET);
            });
            let corner = Node { position_type: PositionType::Absolute, top: edge, left: edge, ..default() };
            root.spawn(corner).with_children(|corner| language(corner, &kit));
        });
}

/// What the game is: below its name, where it hides nothing of the scene. On a phone held upright the sun is behind it.
fn line(parent: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>, layout: &Layout) {
    let words = kit.strong(kit.texts.get("title-line"), if layout.wide { 17.0 } else { 15.0 }, palette::bone());
    let (width, veil) = if layout.wide { (0.3, 0.0) } else { (0.88, 0.62) };
    let node = Node {
        max_width: Val::Px(layout.size.x * width),
        padding: UiRect::axes(Val::Px(14.0), Val::Px(if layout.wide { 0.0 } else { 6.0 })),
        border_radius: BorderRadius::all(Val::Px(14.0)),
        ..default()
    };
    let back = BackgroundColor(palette::ink().with_alpha(veil));
    parent.spawn((node, back)).with_child((words, TextLayout::justify(Justify::Center), shadow()));
}

/// Width of what stands at each side of the one thing to do, so that it keeps the middle.
const BESIDE: f32 = 260.0;

/// One thing to do, and what else there is, quietly, at its sides; where the window is narrow, below it.
fn choices(below: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>, layout: &Layout) {
    let quiet = |line: &mut ChildSpawnerCommands<'_>, id: ButtonId, key: &str, icon: &str| {
        kit.word(line, id, &kit.texts.get(key), Some(icon), 15.0, Look::QUIET);
    };
    let play = |line: &mut ChildSpawnerCommands<'_>| {
        let name = kit.texts.get("title-play");
        kit.word_of_height(line, ButtonId::Play, (&name, Some("icon-play")), 27.0, Look::PRIMARY, 60.0);
    };
    let codex = |line: &mut ChildSpawnerCommands<'_>| quiet(line, ButtonId::Codex, "title-codex", "icon-book");
    let make = |line: &mut ChildSpawnerCommands<'_>| quiet(line, ButtonId::Make, "title-make", "icon-pencil");
    if layout.wide {
        let beside = |end| Node { width: Val::Px(BESIDE), flex_shrink: 0.0, justify_content: end, ..row(0.0) };
        below.spawn(row(16.0)).with_children(|line| {
            line.spawn(beside(JustifyContent::FlexEnd)).with_children(codex);
            play(line);
            line.spawn(beside(JustifyContent::FlexStart)).with_children(make);
        });
    } else {
        let width = Val::Px((layout.size.x - 32.0).min(420.0));
        below.spawn(Node { width, ..column(10.0) }).with_children(|lines| {
            play(lines);
            let pair = Node { justify_content: JustifyContent::SpaceBetween, flex_wrap: FlexWrap::Wrap, ..row(8.0) };
            lines.spawn(pair).with_children(|pair| {
                codex(pair);
                make(pair);
            });
        });
    }
}

/// The next language, by its own name: whoever looks for it knows that word.
fn language(parent: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>) {
    kit.word(parent, ButtonId::Language, kit.texts.language().next().name(), None, 15.0, Look::QUIET);
}
