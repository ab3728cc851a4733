//! The stations in words: what each is called, how it stands, and what it is about.

use super::Map;
use super::chart::{Stage, Stop};
use crate::text::Texts;
use crate::ui::buttons::ButtonId;
use pipe_maze_level::Level;

impl Map {
    /// What a station is called: number, name and kind of a level; a section that has none yet by its own name.
    pub fn station_name(&self, texts: &Texts, levels: &[Level], id: ButtonId) -> String {
        let Some((stop, level)) = self.told(levels, id) else { return self.section(texts, id, "") };
        let number = self.chart.station_of(stop.level).map(|at| format!("{}–{}", at.section + 1, at.stop + 1));
        let name = texts.of_level(level, "name").unwrap_or(&level.id).to_owned();
        let genre = texts.get(&format!("genre-{}", level.genre.key()));
        [number.unwrap_or_default(), name, genre].join(", ")
    }

    /// How it stands, and what it is about.
    pub fn station_help(&self, texts: &Texts, levels: &[Level], id: ButtonId) -> String {
        let Some((stop, level)) = self.told(levels, id) else {
            return [texts.get("map-site-about"), self.section(texts, id, "-teaches")].join(" ");
        };
        let (has, all) = stop.stars;
        let stage = texts.get(match stop.stage {
            Stage::Won => "station-won",
            Stage::Next => "station-next",
            Stage::Later => "station-later",
        });
        let stars = texts.with("map-stars", &[("has", has.into()), ("all", all.into())]);
        let brief = texts.of_level(level, "brief").unwrap_or_default();
        format!("{stage}, {stars}. {brief}")
    }

    fn told<'a>(&'a self, levels: &'a [Level], id: ButtonId) -> Option<(&'a Stop, &'a Level)> {
        let ButtonId::Level(nth) = id else { return None };
        let stop = self.chart.station_of(nth).and_then(|station| self.chart.stop(station))?;
        Some((stop, levels.get(nth)?))
    }

    fn section(&self, texts: &Texts, id: ButtonId, end: &str) -> String {
        let ButtonId::Site(section) = id else { return String::new() };
        let section = section + 1;
        texts.get(&format!("section-{section}{end}"))
    }
}
