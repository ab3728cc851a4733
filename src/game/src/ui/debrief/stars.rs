//! The stars: every objective met; at most par; robust on held-out seeds, of which the results come in one by one.

use super::Sources;
use crate::Screen;
use crate::atlas::Atlas;
use crate::palette;
use crate::text::Texts;
use crate::trial::Trial;
use crate::ui::figures;
use crate::ui::widgets::{column, panel, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::robustness::{HELD_OUT_SEEDS, ROBUST_SHARE};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, follow.run_if(in_state(Screen::Debrief)));
}

/// What follows the trial while it goes on.
#[derive(Component, Clone, Copy, PartialEq)]
enum Live {
    Star,
    Figure,
    /// The dot of a held-out seed.
    Seed(usize),
}

/// A card's star, title, figure, and the line below them.
struct Card {
    on: bool,
    title: String,
    figure: String,
    line: String,
}

/// The three cards, side by side.
pub(super) fn panels(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, report, won, layout, play, .. } = sources;
    let texts = kit.texts;
    let line = Node { flex_grow: 1.0, align_items: AlignItems::Stretch, ..row(if layout.wide { 12.0 } else { 6.0 }) };
    parent.spawn(line).with_children(|cards| {
        let met = report.standings.iter().filter(|standing| standing.met).count();
        let all = report.standings.len();
        let objectives =
            Card { on: *won, title: texts.get("star-met"), figure: format!("{met} / {all}"), line: String::new() };
        card(cards, sources, &objectives, |below| badges(below, sources));
        if let Some(par) = sources.session.level().par {
            let cost = play.judge().cost();
            let line = if !*won {
                texts.get("star-later")
            } else if cost <= par {
                texts.with("star-par-spare", &[("coins", (par - cost).into())])
            } else {
                texts.with("star-par-over", &[("coins", (cost - par).into())])
            };
            let on = *won && cost <= par;
            let under = Card { on, title: texts.get("star-par"), figure: format!("{cost} / {par}"), line };
            card(cards, sources, &under, |_| {});
        }
        robust(cards, sources);
    });
}

fn robust(cards: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, won, layout, .. } = sources;
    let needed = (f64::from(HELD_OUT_SEEDS) * ROBUST_SHARE).ceil() as u32;
    let line = if *won {
        kit.texts.with("star-robust-needed", &[("needed", needed.into()), ("seeds", HELD_OUT_SEEDS.into())])
    } else {
        kit.texts.get("star-later")
    };
    // Where the line has no room, the figure says why there is none.
    let roomy = layout.wide && !layout.is_low();
    let figure = if *won || roomy { String::new() } else { kit.texts.get("star-robust-later") };
    let robust = Card { on: false, title: kit.texts.get("star-robust"), figure, line };
    card(cards, sources, &robust, |below| {
        if !*won || !roomy {
            return;
        }
        let dots = Node { flex_wrap: FlexWrap::Wrap, column_gap: Val::Px(4.0), row_gap: Val::Px(4.0), ..default() };
        below.spawn(dots).with_children(|dots| {
            for i in 0..HELD_OUT_SEEDS as usize {
                let dot =
                    Node { width: Val::Px(8.0), height: Val::Px(8.0), border_radius: BorderRadius::MAX, ..default() };
                dots.spawn((dot, BackgroundColor(palette::ink_line()), Live::Seed(i)));
            }
        });
    });
}

/// A card; on a phone only its star, title and figure have room.
fn card(
    parent: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    card: &Card,
    below: impl FnOnce(&mut ChildSpawnerCommands<'_>),
) {
    let Sources { kit, layout, .. } = sources;
    let roomy = layout.wide && !layout.is_low();
    let is_trial = card.figure.is_empty();
    let height = if roomy {
        62.0
    } else if layout.wide {
        34.0
    } else {
        24.0
    };
    let star = kit.icon(if card.on { "star-on" } else { "star-off" }, height, Color::WHITE);
    let node = Node {
        flex_grow: 1.0,
        flex_basis: Val::Px(0.0),
        min_width: Val::Px(0.0),
        padding: UiRect::axes(Val::Px(if layout.wide { 14.0 } else { 7.0 }), Val::Px(if roomy { 10.0 } else { 6.0 })),
        ..row(if roomy { 13.0 } else { 7.0 })
    };
    parent.spawn(panel(node)).with_children(|line| {
        let mut star = line.spawn(star);
        if is_trial {
            star.insert(Live::Star);
        }
        line.spawn(Node { flex_grow: 1.0, ..column(if roomy { 4.0 } else { 1.0 }) }).with_children(|words| {
            let title_and_figure = Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) };
            let (title, figure) = if roomy { (17.0, 16.0) } else { (if layout.wide { 12.0 } else { 10.5 }, 12.0) };
            let head = if layout.wide { title_and_figure } else { column(1.0) };
            words.spawn(head).with_children(|head| {
                head.spawn((kit.title(card.title.clone(), title, palette::bone()), TextLayout::no_wrap()));
                let color = if card.on { palette::gold() } else { palette::periwinkle() };
                let mut text = head.spawn((kit.strong(card.figure.clone(), figure, color), TextLayout::no_wrap()));
                if is_trial {
                    text.insert(Live::Figure);
                }
            });
            if roomy {
                if !card.line.is_empty() {
                    words.spawn(kit.body(card.line.clone(), 12.0, palette::periwinkle()));
                }
                below(words);
            }
        });
    });
}

fn badges(below: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, report, .. } = sources;
    let wrap = Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(3.0), ..row(10.0) };
    below.spawn(wrap).with_children(|line| {
        for standing in &report.standings {
            line.spawn(row(5.0)).with_children(|pair| {
                let badge = if standing.met { "badge-ok" } else { "badge-failed" };
                pair.spawn(kit.icon(badge, 15.0, Color::WHITE));
                let words = figures::objective(kit.texts, &standing.objective);
                pair.spawn(kit.body(words, 11.0, palette::periwinkle()));
                let color = if standing.met { palette::ok() } else { palette::failed_on_ink() };
                let figure = figures::standing(kit.texts, standing);
                pair.spawn((kit.strong(figure, 11.5, color), TextLayout::no_wrap()));
            });
        }
    });
}

type Parts<'w> = (
    &'w Live,
    Option<&'w mut ImageNode>,
    Option<&'w mut Text>,
    Option<&'w mut TextColor>,
    Option<&'w mut BackgroundColor>,
);

/// The robust card fills while the trial goes on.
fn follow((trial, atlas, texts): (Res<Trial>, Res<Atlas>, Res<Texts>), mut parts: Query<Parts<'_>>) {
    let Some(results) = trial.results() else { return };
    let robust = trial.is_robust();
    for (live, image, text, color, background) in &mut parts {
        match live {
            Live::Star => {
                let due = atlas.image(if robust { "star-on" } else { "star-off" }, Color::WHITE);
                if let Some(mut image) = image.filter(|image| image.rect != due.rect) {
                    *image = due;
                }
            }
            Live::Figure => {
                let won = results.iter().filter(|result| result.won).count();
                let shown = texts.with("star-robust-figure", &[("won", won.into()), ("played", results.len().into())]);
                if let Some(mut text) = text.filter(|text| text.0 != shown) {
                    text.0 = shown;
                }
                if let Some(mut color) = color {
                    color.set_if_neq(TextColor(if robust { palette::gold() } else { palette::periwinkle() }));
                }
            }
            Live::Seed(i) => {
                let shown = match results.get(*i) {
                    None => palette::ink_line(),
                    Some(result) if result.won => palette::ok(),
                    Some(_) => palette::failed(),
                };
                if let Some(mut background) = background {
                    background.set_if_neq(BackgroundColor(shown));
                }
            }
        }
    }
}
