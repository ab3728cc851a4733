//! Words on the board that are read at any zoom: their size follows the window, not the board.

use super::card::Card;
use crate::atlas::Atlas;
use crate::camera::{Look, Stage};
use crate::fonts::{Fonts, font};
use crate::text::Texts;
use crate::ui::Layout;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::sprite::Anchor;

/// Text is rasterised at this multiple of its size, so that it is crisp on screens with many pixels.
const SHARPNESS: f32 = 2.0;
/// Width of a letter, on average, for each unit of its size; and of a character that stands for a word or a syllable.
const LETTER: f32 = 0.56;
const IDEOGRAPH: f32 = 1.0;
/// How far words keep from the edges of the window, in interface pixels.
const EDGE: f32 = 4.0;
/// Where those characters begin.
const IDEOGRAPHS: char = '\u{2e80}';

/// About how wide words are in letters of that size.
pub fn width(words: &str, size: f32) -> f32 {
    let of = |letter: char| if letter < IDEOGRAPHS { LETTER } else { IDEOGRAPH };
    words.chars().map(of).sum::<f32>() * size
}

/// The same words in as many lines as it takes for none to be wider than that; a word alone may be.
pub fn lines(words: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// What words need.
#[derive(SystemParam)]
pub struct Writing<'w> {
    /// Fonts.
    pub fonts: Res<'w, Fonts>,
    /// Texts.
    pub texts: Res<'w, Texts>,
    /// Sprites.
    pub atlas: Res<'w, Atlas>,
    card: Res<'w, Card>,
    layout: Res<'w, Layout>,
    stage: Res<'w, Stage>,
    look: Res<'w, Look>,
}

/// A small card with one line.
pub struct Tag {
    /// An icon before the words.
    pub icon: Option<&'static str>,
    /// The words.
    pub words: String,
    /// Their colour.
    pub color: Color,
    /// The card's colour.
    pub ground: Color,
    /// Size of the letters.
    pub points: f32,
}

impl Tag {
    /// Letters that are read at a glance.
    pub const POINTS: f32 = 13.0;

    /// How high a card with letters of that size is.
    pub fn height(points: f32) -> f32 {
        points * 2.08
    }
}

/// The place nearest to `at` where something of that size is wholly in view.
fn within(view: Rect, at: Vec2, size: Vec2) -> Vec2 {
    let room = (view.half_size() - size * 0.5).max(Vec2::ZERO);
    view.center() + (at - view.center()).clamp(-room, room)
}

impl Writing<'_> {
    /// World units of an interface pixel: what keeps words readable however far the board is away.
    pub fn unit(&self) -> f32 {
        self.layout.scale / self.stage.scale(&self.look)
    }

    /// Whether there is so little room that words hide much of the board.
    pub fn is_cramped(&self) -> bool {
        !self.layout.wide || self.layout.is_low()
    }

    /// The room between the panels above and below the board.
    pub fn room(&self) -> Rect {
        self.part(self.stage.before, self.stage.window - self.stage.after)
    }

    /// What panels cover of that room: side by side they hang in its upper right corner, and stand in the lower ones.
    pub fn panels(&self) -> Vec<Rect> {
        let (scale, window) = (self.layout.scale, self.stage.window);
        if !self.layout.wide {
            return Vec::new();
        }
        let upper = Vec2::new(window.x - 310.0 * scale, 0.0);
        let lower = Vec2::new(window.x - 400.0 * scale, window.y - 170.0 * scale);
        vec![self.part(upper, Vec2::new(window.x, 262.0 * scale)), self.part(lower, window)]
    }

    /// The part of the board between two pixels of the window.
    fn part(&self, from: Vec2, to: Vec2) -> Rect {
        Rect::from_corners(self.stage.world_at(&self.look, from), self.stage.world_at(&self.look, to))
    }

    /// The place nearest to `at` where something of that size, in interface pixels, is wholly in the window.
    pub fn within_window(&self, at: Vec2, size: Vec2) -> Vec2 {
        within(self.part(Vec2::ZERO, self.stage.window), at, (size + EDGE * 2.0) * self.unit())
    }

    /// Writes a tag whose lower edge is `above` interface pixels over a point of the board.
    pub fn tag(&self, parent: &mut ChildSpawnerCommands<'_>, tag: Tag, at: Vec2, above: f32, z: f32) {
        let points = tag.points;
        let icon = if tag.icon.is_some() { points * 1.45 } else { 0.0 };
        let size = Vec2::new(width(&tag.words, points) + icon + points * 1.7, Tag::height(points));
        let at = self.within_window(at + Vec2::new(0.0, (above + size.y * 0.5) * self.unit()), size);
        let place = Transform::from_translation(at.extend(z)).with_scale(Vec3::splat(self.unit()));
        parent.spawn((self.card.sprite(size, tag.ground), place)).with_children(|card| {
            let words = (
                Text2d(tag.words),
                font(&self.fonts.strong, points * SHARPNESS),
                TextColor(tag.color),
                TextLayout::no_wrap(),
                Anchor::CENTER,
                Transform::from_xyz(icon * 0.5, 0.0, 0.1).with_scale(Vec3::splat(1.0 / SHARPNESS)),
            );
            card.spawn(words);
            if let Some(name) = tag.icon {
                let (mut sprite, anchor) = self.atlas.sprite(name);
                sprite.custom_size = Some(Vec2::splat(points * 1.15));
                card.spawn((sprite, anchor, Transform::from_xyz(points * 1.4 - size.x * 0.5, 0.0, 0.1)));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_long_as_there_is_room_and_lose_no_word() {
        let words = "1.42 s in the queue of the Great Hall, 100 % busy";
        assert_eq!(lines(words, 11.0, 1_000.0), [words]);
        let broken = lines(words, 11.0, 150.0);
        assert!(broken.len() > 1 && broken.iter().all(|line| width(line, 11.0) <= 150.0), "{broken:?}");
        assert_eq!(broken.join(" "), words);
        assert_eq!(lines("Wiederholungsversuche", 11.0, 20.0).len(), 1);
    }

    #[test]
    fn what_is_at_the_edge_stays_in_view_and_what_is_too_wide_stands_in_its_middle() {
        let view = Rect::new(-100.0, -300.0, 100.0, 300.0);
        let size = Vec2::new(60.0, 20.0);
        for at in [Vec2::new(95.0, 0.0), Vec2::new(-400.0, 299.0), Vec2::new(3.0, -900.0)] {
            let shown = Rect::from_center_size(within(view, at, size), size);
            assert!(view.contains(shown.min) && view.contains(shown.max), "{at}: {shown:?}");
        }
        assert_eq!(within(view, Vec2::new(10.0, -7.0), size), Vec2::new(10.0, -7.0), "nothing moves that is in view");
        assert_eq!(within(view, Vec2::new(90.0, 0.0), Vec2::new(500.0, 20.0)).x, 0.0);
    }
}
