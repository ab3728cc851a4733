//! Where the page is, and how it moves: it glides to where it is wanted, and a flick carries on.

use super::reading::{level, reading_line};
use bevy::prelude::*;

/// How quickly the page glides to where it is wanted, per second.
const GLIDE_PER_S: f32 = 16.0;
/// How quickly a flick comes to rest, per second, and the speed in pixels a second at which it has.
const REST: (f32, f32) = (3.2, 12.0);
/// Space above a section's heading after going to it.
const ABOVE_HEADING: f32 = 14.0;
/// Shortest thumb.
const THUMB_MIN: f32 = 40.0;

/// Where the page is. Lengths are interface pixels.
#[derive(Resource, Default, Debug)]
pub struct Scroll {
    /// How far the page is to be moved up.
    wanted: f32,
    /// How far it is.
    pub(super) shown: f32,
    /// How far it can be.
    end: f32,
    /// Height of the part that is seen.
    view: f32,
    /// How fast a flick moves it, in pixels a second.
    speed: f32,
    grip: Grip,
    /// Where the sections begin.
    pub(super) tops: Vec<f32>,
    /// The section that was asked for, until the page is moved otherwise.
    section: Option<usize>,
}

/// What the pointer holds.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
enum Grip {
    #[default]
    Nothing,
    /// The page, and the pointer's height when it was last seen.
    Page(f32),
    /// The thumb of the bar, and how far below its upper end.
    Bar(f32),
}

impl Scroll {
    /// How far the page is moved up, and how far it can be.
    pub const fn place(&self) -> (f32, f32) {
        (self.shown, self.end)
    }

    /// How many sections there are.
    pub const fn sections(&self) -> usize {
        self.tops.len()
    }

    /// Height of the part that is seen.
    pub const fn view(&self) -> f32 {
        self.view
    }

    /// How far one has read, in sections: -1 at the page's beginning, 0 where the first section begins, and between by
    /// parts; at the page's end their number.
    pub fn level(&self) -> f32 {
        let line = reading_line(self.shown, self.view, self.end);
        self.section.map_or_else(|| level(&self.tops, line, self.end + self.view), |section| section as f32)
    }

    /// Moves the page down by so much.
    pub fn by(&mut self, px: f32) {
        self.to(self.wanted + px);
    }

    /// Moves the page to that place.
    pub fn to(&mut self, px: f32) {
        self.wanted = px.clamp(0.0, self.end);
        self.speed = 0.0;
        self.section = None;
    }

    /// The pointer takes hold at that height of the view.
    pub fn seize(&mut self, y: f32, on_page: bool, on_bar: bool) {
        let (top, height) = self.thumb();
        let on_thumb = (top..top + height).contains(&y);
        self.grip = match (on_page, on_bar) {
            (_, true) => Grip::Bar(if on_thumb { y - top } else { height * 0.5 }),
            (true, false) => Grip::Page(y),
            (false, false) => Grip::Nothing,
        };
        self.speed = 0.0;
    }

    /// The pointer lets go.
    pub fn release(&mut self) {
        self.grip = Grip::Nothing;
    }

    /// Moves the page to where a section begins.
    pub(super) fn go_to(&mut self, section: usize) {
        if let Some(&top) = self.tops.get(section) {
            self.to(top - ABOVE_HEADING);
            self.section = Some(section);
        }
    }

    /// What the pointer holds follows it.
    pub fn drag(&mut self, y: f32, seconds: f32) {
        match self.grip {
            Grip::Nothing => {}
            Grip::Page(before) => {
                let moved = before - y;
                let speed = self.speed + (moved / seconds - self.speed) * 0.35;
                // A touch that does not move is no wish to go elsewhere.
                if moved != 0.0 {
                    self.by(moved);
                    self.shown = self.wanted;
                }
                self.speed = speed;
                self.grip = Grip::Page(y);
            }
            Grip::Bar(held) => {
                let (_, height) = self.thumb();
                self.to((y - held) / (self.view - height).max(1.0) * self.end);
            }
        }
    }

    /// Learns how far the page can be moved, and how high the part is that is seen.
    pub fn fit(&mut self, end: f32, view: f32) {
        if end != self.end {
            // Laid out anew for a window of another size: the same words stay in view, nearly.
            let ratio = if self.end > 0.0 { end / self.end } else { 1.0 };
            self.wanted = (self.wanted * ratio).min(end);
            self.shown = (self.shown * ratio).min(end);
            self.end = end;
        }
        self.view = view;
    }

    /// Glides on, and carries on with a flick, for that time. Says whether the page moves.
    pub fn pass(&mut self, seconds: f32) -> bool {
        let before = self.shown;
        if self.grip == Grip::Nothing && self.speed != 0.0 {
            self.wanted = (self.wanted + self.speed * seconds).clamp(0.0, self.end);
            self.shown = self.wanted;
            self.speed *= (-REST.0 * seconds).exp();
            if self.speed.abs() < REST.1 || self.wanted == 0.0 || self.wanted == self.end {
                self.speed = 0.0;
            }
        }
        let way = self.wanted - self.shown;
        self.shown = if way.abs() < 0.3 { self.wanted } else { self.shown + way * glide(GLIDE_PER_S, seconds) };
        self.shown != before
    }

    /// Where and how high the thumb is.
    pub fn thumb(&self) -> (f32, f32) {
        let whole = (self.end + self.view).max(1.0);
        let height = (self.view * self.view / whole).max(THUMB_MIN).min(self.view);
        let part = if self.end > 0.0 { self.shown / self.end } else { 0.0 };
        ((self.view - height) * part, height)
    }
}

/// The part of a way that is covered in a time, gliding.
pub fn glide(per_s: f32, seconds: f32) -> f32 {
    1.0 - (-per_s * seconds).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPS: [f32; 3] = [200.0, 600.0, 1_900.0];

    fn page(shown: f32) -> Scroll {
        Scroll { wanted: shown, shown, end: 1_500.0, view: 500.0, tops: TOPS.into(), ..default() }
    }

    #[test]
    fn the_page_stays_between_its_ends() {
        let mut scroll = page(700.0);
        scroll.by(-900.0);
        assert_eq!(scroll.wanted, 0.0);
        scroll.by(9_000.0);
        assert_eq!(scroll.wanted, 1_500.0);
    }

    #[test]
    fn the_thumb_runs_from_end_to_end_and_stays_large_enough_to_grip() {
        assert_eq!(page(0.0).thumb(), (0.0, 125.0));
        assert_eq!(page(1_500.0).thumb(), (375.0, 125.0));
        let long = Scroll { end: 100_000.0, view: 500.0, ..default() };
        assert_eq!(long.thumb(), (0.0, THUMB_MIN));
        let short = Scroll { end: 0.0, view: 500.0, ..default() };
        assert_eq!(short.thumb(), (0.0, 500.0));
    }

    #[test]
    fn reading_on_never_lowers_the_level_and_reaches_everything() {
        let mut before = -1.0;
        assert_eq!(page(0.0).level(), -1.0);
        for shown in 0..=1_500 {
            let level = page(shown as f32).level();
            assert!(level >= before && level - before < 0.05, "{before} {level} at {shown}");
            before = level;
        }
        assert_eq!(before, 3.0);
    }

    #[test]
    fn the_page_follows_the_pointer_and_keeps_the_speed_it_had() {
        let mut scroll = page(700.0);
        scroll.seize(300.0, true, false);
        for y in [290.0, 280.0, 270.0] {
            scroll.drag(y, 0.016);
        }
        assert_eq!((scroll.wanted, scroll.shown), (730.0, 730.0));
        assert!(scroll.speed > 300.0, "{}", scroll.speed);
        for _ in 0..20 {
            scroll.drag(270.0, 0.016);
        }
        assert!(scroll.speed < 1.0, "held still, it stays: {}", scroll.speed);
    }

    #[test]
    fn the_thumb_stays_under_the_pointer_that_holds_it() {
        let mut scroll = page(0.0);
        scroll.seize(100.0, true, true);
        scroll.drag(100.0, 0.016);
        assert_eq!(scroll.wanted, 0.0);
        scroll.drag(475.0, 0.016);
        assert_eq!(scroll.wanted, 1_500.0);
        // Beside the thumb, its middle comes to the pointer.
        let mut scroll = page(0.0);
        scroll.seize(250.0, true, true);
        scroll.drag(250.0, 0.016);
        assert_eq!(scroll.wanted, 750.0);
    }

    #[test]
    fn a_section_that_was_asked_for_counts_as_reached_though_it_cannot_come_to_the_top() {
        let mut scroll = page(0.0);
        scroll.go_to(2);
        assert_eq!((scroll.wanted, scroll.level()), (1_500.0, 2.0));
        scroll.by(-1.0);
        assert_eq!(scroll.section, None);
    }
}
