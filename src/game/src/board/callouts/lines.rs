//! The lines of a call-out: none is wider than there is room, and the card is as large as they want it.

use super::super::words::{lines, width};
use super::Words;
use bevy::math::Vec2;

/// Size of the letters of title and reason, and height of their lines; what is left free around them, and between.
pub(super) const TITLE: f32 = 13.0;
pub(super) const WHY: f32 = 11.0;
const TITLE_LINE: f32 = 17.0;
const WHY_LINE: f32 = 14.0;
const PAD: f32 = 13.0;
const GAP: f32 = 2.0;

/// The lines of a call-out, with their letters, and how large its card is, at its own scale.
pub(super) struct Lines {
    title: Vec<String>,
    why: Vec<String>,
    pub size: Vec2,
}

impl Lines {
    pub fn of(words: &Words, room: f32) -> Self {
        let title = lines(&words.title, TITLE, room);
        let why = words.why.as_ref().map_or_else(Vec::new, |why| lines(why, WHY, room));
        let widths = title.iter().map(|line| width(line, TITLE)).chain(why.iter().map(|line| width(line, WHY)));
        let wide = widths.fold(0.0, f32::max) + 26.0;
        let gap = if why.is_empty() { 0.0 } else { GAP };
        let high = PAD + title.len() as f32 * TITLE_LINE + gap + why.len() as f32 * WHY_LINE;
        Self { title, why, size: Vec2::new(wide, high) }
    }

    /// Each line, whether it is of the title, and how far above the card's middle its own is.
    pub fn placed(&self) -> impl Iterator<Item = (&str, bool, f32)> {
        let top = (self.size.y - PAD) * 0.5;
        let below = top - self.title.len() as f32 * TITLE_LINE - GAP;
        let titles = self
            .title
            .iter()
            .enumerate()
            .map(move |(i, line)| (line.as_str(), true, top - (i as f32 + 0.5) * TITLE_LINE));
        let whys = self
            .why
            .iter()
            .enumerate()
            .map(move |(i, line)| (line.as_str(), false, below - (i as f32 + 0.5) * WHY_LINE));
        titles.chain(whys)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ROOM;
    use super::*;

    #[test]
    fn a_card_holds_its_lines_and_is_no_wider_than_there_is_room() {
        let why = "1.42 s in the queue of the Very Great Hall beyond the river, 100 % busy".to_owned();
        for (title, why) in [("Nowhere to go", None), ("Gave up after 2.00 s", Some(why))] {
            let told = Lines::of(&Words { title: title.into(), why }, ROOM.1);
            assert!(told.size.x <= ROOM.1 + 26.0, "{}", told.size);
            let ys: Vec<f32> = told.placed().map(|(.., y)| y).collect();
            assert!(ys.is_sorted_by(|above, below| above > below), "{ys:?}");
            assert!(ys.iter().all(|y| y.abs() + WHY_LINE * 0.5 <= told.size.y * 0.5), "{ys:?} in {}", told.size);
        }
    }
}
