//! The words of the card: about a level, or about a section that has none yet.

use super::Map;
use super::chart::{Stage, Stop};
use super::stations::TOUCH_PX;
use crate::palette;
use crate::progress::Robust;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures;
use crate::ui::widgets::{Kit, column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::Level;

/// What the card is written from.
pub(super) struct Words<'a> {
    pub kit: Kit<'a>,
    pub map: &'a Map,
    pub levels: &'a [Level],
    /// Whether the card lies below the map.
    pub narrow: bool,
    /// Whether there is little height.
    pub low: bool,
    /// Window pixels of one interface pixel.
    pub scale: f32,
}

impl Words<'_> {
    /// About a level.
    pub fn level(&self, card: &mut ChildSpawnerCommands<'_>, stop: &Stop) {
        let Some(level) = self.levels.get(stop.level) else { return };
        let name = self.kit.texts.of_level(level, "name").unwrap_or_default();
        let color = if stop.stage == Stage::Next { palette::gold() } else { palette::bone() };
        self.heading(card, name, color, Some(level.genre.key()));
        let brief = self.kit.texts.of_level(level, "brief").unwrap_or_default();
        let size = if self.narrow { 12.0 } else { 12.5 };
        card.spawn(Node { flex_shrink: 1.0, overflow: Overflow::clip(), ..default() }).with_children(|text| {
            text.spawn(self.kit.body(brief, size, palette::bone().with_alpha(0.85)));
        });
        self.hint(card, stop);
        if self.narrow {
            card.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(10.0) }).with_children(|line| {
                line.spawn(column(3.0)).with_children(|column| {
                    column.spawn(row(12.0)).with_children(|line| self.stars(line, level, stop));
                    column.spawn(row(12.0)).with_children(|line| self.best(line, stop));
                });
                self.play(line, stop);
            });
            return;
        }
        card.spawn(column(6.0)).with_children(|lines| self.stars(lines, level, stop));
        if stop.record.attempts > 0 || stop.record.is_won() {
            card.spawn(row(8.0)).with_children(|line| self.best(line, stop));
        }
        self.play(card, stop);
    }

    /// Number, name, and what kind of task it is.
    fn heading(&self, card: &mut ChildSpawnerCommands<'_>, name: &str, color: Color, genre: Option<&str>) {
        let kit = &self.kit;
        let station = self.map.chosen;
        let number = match genre {
            Some(_) => format!("{}-{}", station.section + 1, station.stop + 1),
            None => (station.section + 1).to_string(),
        };
        let big = if self.narrow || self.low { 24.0 } else { 38.0 };
        card.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) }).with_children(|line| {
            line.spawn(row(9.0)).with_children(|left| {
                left.spawn((kit.title(number, big, palette::gold()), TextLayout::no_wrap()));
                if self.narrow {
                    left.spawn(kit.title(name, 17.0, color));
                }
            });
            let Some(genre) = genre else { return };
            let pill = Node {
                padding: UiRect::axes(Val::Px(10.0), Val::Px(4.0)),
                border: UiRect::all(Val::Px(1.5)),
                border_radius: BorderRadius::MAX,
                flex_shrink: 0.0,
                ..row(6.0)
            };
            line.spawn((pill, BorderColor::all(palette::inactive()))).with_children(|pill| {
                pill.spawn(kit.icon(&format!("kind-{genre}"), 14.0, palette::periwinkle()));
                let word = kit.texts.get(&format!("genre-{genre}"));
                pill.spawn((kit.strong(word, 11.5, palette::periwinkle()), TextLayout::no_wrap()));
            });
        });
        if !self.narrow {
            card.spawn(kit.title(name, 21.0, color));
        }
    }

    /// What stands in the way of recommending it; it is no wall.
    fn hint(&self, card: &mut ChildSpawnerCommands<'_>, stop: &Stop) {
        let kit = &self.kit;
        let words = match (stop.stage, self.map.next().and_then(|next| self.levels.get(next))) {
            (Stage::Later, Some(next)) => {
                let name = kit.texts.of_level(next, "name").unwrap_or_default().to_owned();
                kit.texts.with("map-later", &[("name", name.into())])
            }
            (Stage::Won, None) => kit.texts.get("map-all-won"),
            _ => return,
        };
        card.spawn(row(8.0)).with_children(|line| {
            line.spawn(kit.icon("sign-arrow", 22.0, Color::WHITE));
            line.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|text| {
                text.spawn(kit.body(words, 11.5, palette::periwinkle()));
            });
        });
    }

    /// What its stars are for, and which the player has.
    fn stars(&self, lines: &mut ChildSpawnerCommands<'_>, level: &Level, stop: &Stop) {
        let kit = &self.kit;
        let at_par = level.par.zip(stop.record.best).is_some_and(|(par, best)| best.cost <= par);
        let par = level.par.map(|par| (at_par, kit.texts.with("map-star-par", &[("par", par.into())])));
        let met = (stop.record.is_won(), kit.texts.get("map-star-met"));
        let holds = stop.record.best.and_then(|best| best.robust).is_some_and(Robust::is_star);
        let robust = (holds, kit.texts.get("map-star-robust"));
        for (has, words) in [met].into_iter().chain(par).chain([robust]) {
            lines.spawn(row(7.0)).with_children(|line| {
                line.spawn(kit.icon(if has { "star-on" } else { "star-off" }, 19.0, Color::WHITE));
                if !self.narrow {
                    let color = if has { palette::bone() } else { palette::periwinkle() };
                    line.spawn(kit.strong(words, 12.5, color));
                }
            });
        }
    }

    /// The best figures so far, and how often it was tried.
    fn best(&self, line: &mut ChildSpawnerCommands<'_>, stop: &Stop) {
        let texts = self.kit.texts;
        let best = stop.record.best;
        let figures = [
            ("map-best-cost", best.map(|best| best.cost.to_string())),
            ("map-best-p99", best.and_then(|best| best.p99_us).map(|us| figures::duration(texts, us * 1_000))),
            ("map-attempts", (stop.record.attempts > 0).then(|| stop.record.attempts.to_string())),
        ];
        for (key, figure) in figures.into_iter().filter_map(|(key, figure)| Some((key, figure?))) {
            let node = Node { flex_grow: 1.0, ..column(1.0) };
            let node = if self.narrow {
                node
            } else {
                Node {
                    padding: UiRect::axes(Val::Px(10.0), Val::Px(6.0)),
                    border_radius: BorderRadius::all(Val::Px(11.0)),
                    ..node
                }
            };
            let back = if self.narrow { Color::NONE } else { palette::ink_raised() };
            line.spawn((node, BackgroundColor(back))).with_children(|cell| {
                cell.spawn((self.kit.body(texts.get(key), 10.5, palette::periwinkle()), TextLayout::no_wrap()));
                cell.spawn((self.kit.strong(figure, 15.0, palette::bone()), TextLayout::no_wrap()));
            });
        }
    }

    fn play(&self, parent: &mut ChildSpawnerCommands<'_>, stop: &Stop) {
        let key = match stop.stage {
            Stage::Next => "map-play",
            Stage::Won => "map-play-again",
            Stage::Later => "map-play-anyway",
        };
        let size = if self.narrow { 15.0 } else { 19.0 };
        let words = self.kit.texts.get(key);
        let (words, icon) = (words.as_str(), Some("icon-play"));
        // In pixels of the window: a finger does not shrink with the interface.
        let height = (TOUCH_PX / self.scale).max(TOUCH_PX);
        self.kit.word_of_height(parent, ButtonId::Open, (words, icon), size, Look::PRIMARY, height);
    }

    /// Of a section that has no level yet.
    pub fn site(&self, card: &mut ChildSpawnerCommands<'_>) {
        let kit = &self.kit;
        let section = self.map.chosen.section + 1;
        let text = |end: &str| kit.texts.get(&format!("section-{section}{end}"));
        self.heading(card, &text(""), palette::bone(), None);
        card.spawn(kit.strong(text("-about"), 13.0, palette::periwinkle()));
        card.spawn(kit.body(text("-teaches"), 12.5, palette::bone().with_alpha(0.85)));
        card.spawn(row(9.0)).with_children(|line| {
            line.spawn(kit.icon("cone", 24.0, Color::WHITE));
            line.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|words| {
                words.spawn(kit.body(kit.texts.get("map-site-about"), 12.0, palette::gold()));
            });
        });
    }
}
