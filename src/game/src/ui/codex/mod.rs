//! The codex: the page that says what is modelled, and what is not, under the town whose water it is about.
//!
//! The page is compiled in, as the other texts are: six kilobytes a language that need no request, no state of loading and no
//! message for when it fails, and that are not looked at before someone opens them. The simulation's documentation
//! includes the same file.

mod arrangement;
mod article;
mod bar;
mod hand;
mod page;
mod reading;
pub(super) mod rock;
pub mod scroll;
mod sections;

use super::Layout;
use super::buttons::{ButtonId, Clicked, Look};
use super::widgets::{Kit, panel, row, screen, shadow};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::language::Language;
use crate::palette;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use arrangement::Arrangement;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use page::Block;
use scroll::Scroll;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, turn.in_set(FrameSystems::Tick));
    app.add_systems(Update, build.run_if(in_state(Screen::Codex)));
    app.add_systems(OnExit(Screen::Codex), clear);
    app.add_plugins((hand::plugin, reading::plugin, bar::plugin, sections::plugin, article::plugin));
}

/// The page in the language in use, else in English.
fn page(texts: &Texts) -> &'static str {
    texts.language().model().or(Language::ENGLISH.model()).unwrap_or_default()
}

#[derive(Component)]
struct CodexRoot;

/// The part of the page that is seen; the page moves behind it.
#[derive(Component)]
pub struct View;

/// From the title to the codex and back.
fn turn(mut clicked: MessageReader<Clicked>, screen: Res<State<Screen>>, mut commands: Commands) {
    for Clicked(id) in clicked.read() {
        match (id, screen.get()) {
            (ButtonId::Codex, Screen::Title) => commands.set_state(Screen::Codex),
            (ButtonId::Back, Screen::Codex) => commands.set_state(Screen::Title),
            _ => {}
        }
    }
}

fn clear(mut commands: Commands, roots: Query<Entity, With<CodexRoot>>) {
    roots.iter().for_each(|root| commands.entity(root).despawn());
}

fn build(
    mut commands: Commands,
    (atlas, fonts, texts, server): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<AssetServer>),
    (layout, scroll): (Res<Layout>, Res<Scroll>),
    (mut images, mut painted): (ResMut<Assets<Image>>, Local<rock::Painted>),
    roots: Query<Entity, With<CodexRoot>>,
) {
    if !roots.is_empty() && !layout.is_changed() && !texts.is_changed() {
        return;
    }
    roots.iter().for_each(|root| commands.entity(root).despawn());
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let blocks = page::parse(page(&texts));
    let names: Vec<_> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Section { name, about } => Some((name.as_str(), about.as_str())),
            _ => None,
        })
        .collect();
    let arrangement = Arrangement::new(&layout, names.len());
    let rock = painted.image(&arrangement, &mut images);
    commands
        .spawn((CodexRoot, Node { overflow: Overflow::clip(), ..screen() }, BackgroundColor(palette::sky_top())))
        .with_children(|root| {
            rock::spawn(root, &kit, &arrangement, rock, &server);
            sections::spawn(root, &kit, &arrangement, &names);
            heading(root, &kit, &arrangement);
            sheet(root, &kit, &arrangement, &blocks, scroll.place().0);
        });
}

/// On the sky: the way back, and what this is.
fn heading(root: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>, arrangement: &Arrangement) {
    let Arrangement { size, ground, page, contents, .. } = arrangement;
    let spring_left = contents.map_or(f32::MAX, |contents| contents.pipe_x - 50.0);
    let worded = size.x >= 700.0 && spring_left > 130.0;
    let at = |left: f32| Node {
        position_type: PositionType::Absolute,
        left: Val::Px(left),
        top: Val::Px(10.0),
        height: Val::Px(ground - 20.0),
        ..row(0.0)
    };
    root.spawn(at(12.0)).with_children(|corner| {
        if worded {
            kit.word(corner, ButtonId::Back, &kit.texts.get("button-back"), Some("icon-back"), 14.0, Look::QUIET);
        } else {
            kit.disc(corner, ButtonId::Back, "icon-back", 44.0, Look::QUIET);
        }
    });
    let left = page.min.x.max(if worded { 132.0 } else { 70.0 });
    root.spawn(at(left)).with_children(|line| {
        let size = (ground * 0.36).clamp(23.0, 34.0);
        line.spawn((kit.title(kit.texts.get("codex-title"), size, palette::bone()), TextLayout::no_wrap(), shadow()));
    });
}

/// The sheet that the page is on, with its bar.
fn sheet(root: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>, arrangement: &Arrangement, blocks: &[Block], shown: f32) {
    let Rect { min, max } = arrangement.page;
    let sheet = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(min.x),
        top: Val::Px(min.y),
        width: Val::Px(max.x - min.x),
        height: Val::Px(max.y - min.y),
        ..default()
    };
    let view = Node { overflow: Overflow::scroll_y(), flex_direction: FlexDirection::Column, ..screen() };
    root.spawn(panel(sheet)).with_children(|sheet| {
        sheet.spawn((View, ScrollPosition(Vec2::new(0.0, shown)), view)).with_children(|view| {
            article::spawn(view, kit, arrangement, blocks);
        });
        fade(sheet, true);
        fade(sheet, false);
        bar::spawn(sheet);
    });
}

/// Words come and go softly at the sheet's upper and lower edge.
fn fade(sheet: &mut ChildSpawnerCommands<'_>, upper: bool) {
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(8.0),
        right: Val::Px(8.0),
        top: if upper { Val::ZERO } else { Val::Auto },
        bottom: if upper { Val::Auto } else { Val::ZERO },
        height: Val::Px(22.0),
        ..default()
    };
    let angle = if upper { LinearGradient::TO_BOTTOM } else { LinearGradient::TO_TOP };
    let stops = vec![palette::ink().into(), palette::ink().with_alpha(0.0).into()];
    sheet.spawn((node, BackgroundGradient::from(LinearGradient::new(angle, stops))));
}
