//! The settings: how loud, which colours, how much moves. A language is offered once there is more than one.

use super::Sources;
use crate::motion::MotionWish;
use crate::palette::{self, Theme};
use crate::sound::{Captions, Volume};
use crate::ui::buttons::{ButtonId, Channel, Look};
use crate::ui::turn::{Figure, Scale, Written, slider};
use crate::ui::widgets::{button, column, ink_on, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// Steps of a volume from silence to full.
const VOLUME_STEPS: u32 = 20;
/// What a theme's sample shows: the three states.
const SAMPLE: [&str; 3] = ["ok-signal", "strain-signal", "failed-signal"];

/// Fills the sheet: sound beside looks where there is room.
pub fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let wide = sources.layout.wide;
    let halves = if wide { row(30.0) } else { column(9.0) };
    let align_items = if wide { AlignItems::FlexStart } else { AlignItems::Stretch };
    sheet.spawn(Node { align_items, ..halves }).with_children(|halves| {
        let half = || Node {
            flex_grow: 1.0,
            flex_basis: if wide { Val::Px(0.0) } else { Val::Auto },
            ..column(if wide { 10.0 } else { 6.0 })
        };
        halves.spawn(half()).with_children(|half| sound(half, sources));
        halves.spawn(half()).with_children(|half| looks(half, sources));
    });
}

fn sound(half: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    for (channel, volume) in [(Channel::Music, sources.sound.music), (Channel::Effects, sources.sound.effects)] {
        self::volume(half, sources, channel, volume);
    }
    name(half, sources, "settings-captions");
    half.spawn(pills()).with_children(|line| {
        for choice in Captions::ALL {
            let look = chosen(choice == sources.sound.captions);
            let text = kit.texts.get(&format!("captions-{}", choice.key()));
            pill(line, sources, ButtonId::Captions(choice), &text, look, |_| {});
        }
    });
    let about = kit.texts.get("settings-captions-about");
    half.spawn(kit.body(about, 11.5, palette::periwinkle()));
}

/// Its name and figure, and below a button that mutes it and a slider.
fn volume(half: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, channel: Channel, volume: Volume) {
    let kit = sources.kit;
    let id = ButtonId::Volume(channel);
    half.spawn(column(0.0)).with_children(|lines| {
        let spread = Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) };
        lines.spawn(spread).with_children(|line| {
            let title = kit.texts.get(&format!("settings-{}", channel.key()));
            line.spawn(kit.strong(title, 14.0, palette::bone()));
            if volume.muted {
                line.spawn(kit.strong(kit.texts.get("settings-muted"), 13.0, palette::strain()));
            } else {
                let figure = Figure { of: id, written: Written::Part };
                let written = figure.written.text(kit.texts, f64::from(volume.level));
                line.spawn((kit.strong(written, 13.0, palette::periwinkle()), figure));
            }
        });
        lines.spawn(row(10.0)).with_children(|line| {
            let icon = if volume.muted { "icon-mute" } else { "icon-sound" };
            kit.disc(line, ButtonId::Mute(channel), icon, 44.0, chosen(volume.muted));
            slider(line, id, Scale::part(VOLUME_STEPS), f64::from(volume.level));
        });
    });
}

fn looks(half: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    name(half, sources, "settings-theme");
    half.spawn(pills()).with_children(|line| {
        for theme in Theme::ALL {
            let look = chosen(theme == sources.theme);
            let text = kit.texts.get(&format!("theme-{}", theme.key()));
            pill(line, sources, ButtonId::Theme(theme), &text, look, |pill| sample(pill, theme));
        }
    });
    let about = kit.texts.get(&format!("theme-{}-about", sources.theme.key()));
    half.spawn(kit.body(about, 11.5, palette::periwinkle()));
    name(half, sources, "settings-motion");
    half.spawn(pills()).with_children(|line| {
        for wish in MotionWish::ALL {
            let look = chosen(wish == sources.motion);
            let text = kit.texts.get(&format!("motion-{}", wish.key()));
            pill(line, sources, ButtonId::Motion(wish), &text, look, |_| {});
        }
    });
    half.spawn(pills()).with_children(|line| {
        let text = kit.texts.get("settings-slow-moments");
        pill(line, sources, ButtonId::SlowMoments, &text, chosen(sources.slow_moments.0), |_| {});
    });
}

fn name(half: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, key: &str) {
    half.spawn(sources.kit.strong(sources.kit.texts.get(key), 14.0, palette::bone()));
}

/// One beside the other, as many as fit.
pub fn pills() -> Node {
    Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(6.0), ..row(6.0) }
}

/// How one of several looks.
pub const fn chosen(is: bool) -> Look {
    if is { Look::PRIMARY } else { Look::QUIET }
}

/// One of several: a finger high.
pub fn pill(
    line: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    id: ButtonId,
    text: &str,
    look: Look,
    before: impl FnOnce(&mut ChildSpawnerCommands<'_>),
) {
    let node = Node {
        min_height: Val::Px(44.0),
        padding: UiRect::horizontal(Val::Px(12.0)),
        column_gap: Val::Px(8.0),
        align_items: AlignItems::Center,
        border_radius: BorderRadius::all(Val::Px(14.0)),
        ..default()
    };
    line.spawn((button(id, look), node)).with_children(|pill| {
        before(pill);
        pill.spawn((sources.kit.strong(text, 13.0, ink_on(look)), TextLayout::no_wrap()));
    });
}

/// How the states look in a theme, whichever is in use: a disc, a triangle's amber, an octagon's red, side by side.
fn sample(pill: &mut ChildSpawnerCommands<'_>, theme: Theme) {
    pill.spawn(row(2.0)).with_children(|discs| {
        for role in SAMPLE {
            let node = Node {
                width: Val::Px(11.0),
                height: Val::Px(11.0),
                border: UiRect::all(Val::Px(1.5)),
                border_radius: BorderRadius::MAX,
                ..default()
            };
            discs.spawn((node, BackgroundColor(theme.colour(role)), BorderColor::all(palette::ink())));
        }
    });
}
