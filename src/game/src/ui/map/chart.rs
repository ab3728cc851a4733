//! What the map says: which levels each section has, how far the player is with each, and which one comes next.

use super::arrangement::{SECTIONS, Station};
use crate::progress::{Progress, Record};
use pipe_maze_level::Level;

/// How a level stands to the player.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// It is won.
    Won,
    /// It is the first of the campaign that is not.
    Next,
    /// One before it is not won yet: not recommended, but open.
    Later,
}

/// A level on the map.
#[derive(Clone, PartialEq, Debug)]
pub struct Stop {
    /// Its place in the campaign, from 0.
    pub level: usize,
    /// How it stands.
    pub stage: Stage,
    /// What the player has achieved in it.
    pub record: Record,
    /// Stars that it has, and how many there are.
    pub stars: (u32, u32),
}

/// The whole map.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Chart {
    /// The levels of each section, in the order of the campaign.
    pub sections: [Vec<Stop>; SECTIONS],
    /// The first level that is not won, as its place in the campaign.
    pub next: Option<usize>,
}

impl Chart {
    /// Of these levels, in the order of the campaign.
    pub fn new(levels: &[Level], progress: &Progress) -> Self {
        let next = next(levels, progress);
        let mut sections: [Vec<Stop>; SECTIONS] = Default::default();
        for (i, level) in levels.iter().enumerate() {
            let record = progress.of(&level.id);
            let stage = match next {
                _ if record.is_won() => Stage::Won,
                Some(next) if next == i => Stage::Next,
                _ => Stage::Later,
            };
            let section = usize::from(level.section).clamp(1, SECTIONS) - 1;
            sections[section].push(Stop { level: i, stage, record, stars: record.stars(level) });
        }
        Self { sections, next }
    }

    /// How many levels each section has.
    pub fn counts(&self) -> [usize; SECTIONS] {
        self.sections.each_ref().map(Vec::len)
    }

    /// The level at a station, if it is none of a section without levels.
    pub fn stop(&self, station: Station) -> Option<&Stop> {
        self.sections.get(station.section)?.get(station.stop)
    }

    /// Where a level is.
    pub fn station_of(&self, level: usize) -> Option<Station> {
        let stops = self.sections.iter().enumerate().flat_map(|(section, stops)| {
            stops.iter().enumerate().map(move |(stop, each)| (Station { section, stop }, each.level))
        });
        stops.into_iter().find(|&(_, each)| each == level).map(|(station, _)| station)
    }

    /// Up to which station of a section water stands: it passes those that are won, and comes to the door of the one
    /// that comes next. Behind a level that is not won the pipe is dry, whoever has skipped ahead.
    pub fn wet_to(&self, section: usize) -> Option<usize> {
        let stops = self.sections.get(section)?;
        let won = stops.iter().take_while(|stop| stop.stage == Stage::Won).count();
        let next = stops.get(won).is_some_and(|stop| stop.stage == Stage::Next);
        (won + usize::from(next)).checked_sub(1)
    }

    /// Stars of a section, or of all, and how many there are.
    pub fn stars(&self, section: Option<usize>) -> (u32, u32) {
        let chosen = self.sections.iter().enumerate().filter(|(i, _)| section.is_none_or(|section| section == *i));
        let sum = |(a, b): (u32, u32), stop: &Stop| (a + stop.stars.0, b + stop.stars.1);
        chosen.flat_map(|(_, stops)| stops).fold((0, 0), sum)
    }
}

/// The first level of the campaign that is not won.
pub fn next(levels: &[Level], progress: &Progress) -> Option<usize> {
    levels.iter().position(|level| !progress.of(&level.id).is_won())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Robust;
    use pipe_maze_level::{Campaign, Level};

    fn levels() -> Vec<Level> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../levels");
        let read = |path: &str| std::fs::read_to_string(format!("{folder}/{path}.ron")).unwrap();
        let campaign = Campaign::parse(&read("campaign")).unwrap();
        campaign.levels.iter().map(|path| Level::parse(&read(path)).unwrap()).collect()
    }

    #[test]
    fn every_level_of_the_campaign_is_on_the_map_once_in_its_section() {
        let levels = levels();
        let chart = Chart::new(&levels, &Progress::default());
        assert_eq!(chart.counts().iter().sum::<usize>(), levels.len());
        for (i, level) in levels.iter().enumerate() {
            let station = chart.station_of(i).unwrap();
            assert_eq!(station.section + 1, usize::from(level.section));
            assert_eq!(chart.stop(station).unwrap().level, i);
        }
        for stops in &chart.sections {
            assert!(stops.is_sorted_by_key(|stop| stop.level), "in the order of the campaign");
        }
    }

    #[test]
    fn one_level_comes_next_until_all_are_won_and_none_is_shut() {
        let levels = levels();
        let mut progress = Progress::default();
        for i in 0..levels.len() {
            let chart = Chart::new(&levels, &progress);
            assert_eq!(chart.next, Some(i));
            let stages = chart.sections.iter().flatten().filter(|stop| stop.stage == Stage::Next);
            assert_eq!(stages.map(|stop| stop.level).collect::<Vec<_>>(), [i]);
            let station = chart.station_of(i).unwrap();
            assert!(chart.wet_to(station.section) >= Some(station.stop), "water comes to the door");
            progress.win(&levels[i].id, 1, Some(1));
            progress.hold(&levels[i].id, Robust { held: 1, of: 1 });
        }
        let chart = Chart::new(&levels, &progress);
        assert_eq!(chart.next, None);
        let (stars, all) = chart.stars(None);
        assert_eq!(stars, all, "each was won for one coin, and held");
        assert!(all as usize > levels.len(), "some have a par");
    }

    #[test]
    fn a_level_that_was_skipped_stays_next() {
        let levels = levels();
        let mut progress = Progress::default();
        progress.win(&levels[2].id, 1, None);
        let chart = Chart::new(&levels, &progress);
        assert_eq!(chart.next, Some(0));
        let station = chart.station_of(2).unwrap();
        assert_eq!(chart.stop(station).unwrap().stage, Stage::Won);
        assert!(station.stop > 0 && chart.wet_to(station.section).is_none(), "water does not run past what is not won");
    }
}
