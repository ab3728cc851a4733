//! Where a tooltip lies: beside its control, in the window, and over nothing else that is read or pressed.

use super::{LETTERS, PAD};
use bevy::prelude::*;

/// How wide it may become, and how far it keeps from its control and from the edges, in interface pixels.
const WIDTH: f32 = 280.0;
const GAP: f32 = 7.0;
/// About how high a line of its letters is, and how wide a letter.
const LINE: f32 = LETTERS * 1.25;
const LETTER: f32 = LETTERS * 0.56;

/// On which side of its control it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Below,
    Above,
    Left,
    Right,
}

/// About how large it will be with these words.
fn size(words: &str) -> Vec2 {
    let line = words.chars().count() as f32 * LETTER;
    let room = WIDTH - PAD.x * 2.0;
    // Lines break between words, so each is a little shorter than it could be.
    let lines = if line <= room { 1.0 } else { (line / (room * 0.92)).ceil() };
    Vec2::new(line.min(room), lines * LINE) + PAD * 2.0
}

/// Where it hides no other control and no other term: the nearest such place of those below, above and beside its own.
pub fn berth(over: Rect, others: &[Rect], window: Vec2, words: &str) -> (Side, Rect) {
    let size = size(words);
    let room = Rect::from_corners(Vec2::splat(GAP), window - GAP);
    let first = if over.center().y < window.y * 0.5 { Side::Below } else { Side::Above };
    let second = if first == Side::Below { Side::Above } else { Side::Below };
    let sides = [first, second, Side::Left, Side::Right];
    let free = sides.into_iter().filter_map(|side| {
        let near = beside(over, size, room, side);
        let mut at = near;
        // What is hidden there is passed by.
        while let Some(hidden) = others.iter().find(|other| !other.intersect(at).is_empty()) {
            at = past(at, *hidden, side);
            if !room.contains(at.min) || !room.contains(at.max) {
                return None;
            }
        }
        let fits = room.contains(at.min) && room.contains(at.max);
        fits.then(|| (near.center().distance(at.center()), (side, at)))
    });
    let nearest = free.min_by(|(a, _), (b, _)| a.total_cmp(b));
    nearest.map_or_else(|| (first, beside(over, size, room, first)), |(_, berth)| berth)
}

/// Right beside its control, as far along it as the room wants it.
fn beside(over: Rect, size: Vec2, room: Rect, side: Side) -> Rect {
    let middle = over.center();
    let half = size * 0.5;
    let at = match side {
        Side::Below => Vec2::new(middle.x, over.max.y + GAP + half.y),
        Side::Above => Vec2::new(middle.x, over.min.y - GAP - half.y),
        Side::Left => Vec2::new(over.min.x - GAP - half.x, middle.y),
        Side::Right => Vec2::new(over.max.x + GAP + half.x, middle.y),
    };
    let (least, most) = (room.min + half, (room.max - half).max(room.min + half));
    let within = at.clamp(least, most);
    let at = match side {
        Side::Below | Side::Above => Vec2::new(within.x, at.y),
        Side::Left | Side::Right => Vec2::new(at.x, within.y),
    };
    Rect::from_center_size(at, size)
}

/// Farther out on the same side, just past something.
fn past(at: Rect, hidden: Rect, side: Side) -> Rect {
    let by = match side {
        Side::Below => Vec2::Y * (hidden.max.y + GAP - at.min.y),
        Side::Above => Vec2::Y * (hidden.min.y - GAP - at.max.y),
        Side::Left => Vec2::X * (hidden.min.x - GAP - at.max.x),
        Side::Right => Vec2::X * (hidden.max.x + GAP - at.min.x),
    };
    Rect::from_center_size(at.center() + by, at.size())
}

/// The room that it is given there: as wide as it may become, at the side where its control is.
pub fn place(over: Rect, (side, at): (Side, Rect), window: Vec2) -> Node {
    let centred = (over.center().x - WIDTH * 0.5).clamp(GAP, (window.x - WIDTH - GAP).max(GAP));
    let (left, justify_content) = match side {
        Side::Left => (at.max.x - WIDTH, JustifyContent::FlexEnd),
        Side::Right => (at.min.x, JustifyContent::FlexStart),
        _ if over.center().x < centred + WIDTH * 0.5 - 1.0 => (centred, JustifyContent::FlexStart),
        _ if over.center().x > centred + WIDTH * 0.5 + 1.0 => (centred, JustifyContent::FlexEnd),
        _ => (centred, JustifyContent::Center),
    };
    let (top, bottom) = match side {
        Side::Above => (Val::Auto, Val::Px(window.y - at.max.y)),
        _ => (Val::Px(at.min.y), Val::Auto),
    };
    Node {
        position_type: PositionType::Absolute,
        width: Val::Px(WIDTH),
        left: Val::Px(left),
        top,
        bottom,
        justify_content,
        ..default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Vec2 = Vec2::new(1_280.0, 720.0);
    const SENTENCE: &str = "Of all requests so many must be answered in time; what is late or fails counts against it.";

    #[test]
    fn it_stays_on_the_screen_and_off_its_control() {
        let at = |x, y| {
            let over = Rect::from_center_size(Vec2::new(x, y), Vec2::splat(40.0));
            place(over, berth(over, &[], WINDOW, "Undo"), WINDOW)
        };
        let low = at(640.0, 700.0);
        assert_eq!((low.left, low.bottom, low.top), (Val::Px(500.0), Val::Px(47.0), Val::Auto));
        assert_eq!(low.justify_content, JustifyContent::Center);
        let corner = at(1_260.0, 20.0);
        assert_eq!((corner.left, corner.top), (Val::Px(1_280.0 - WIDTH - GAP), Val::Px(47.0)));
        assert_eq!(corner.justify_content, JustifyContent::FlexEnd);
        assert_eq!(at(10.0, 20.0).justify_content, JustifyContent::FlexStart);
    }

    #[test]
    fn it_hides_none_of_its_neighbours() {
        let hidden = |over: Rect, others: &[Rect], window| {
            let (side, at) = berth(over, others, window, SENTENCE);
            assert!(at.min.cmpge(Vec2::ZERO).all() && at.max.cmple(window).all(), "{side:?}: {at:?}");
            others.iter().filter(|other| !other.intersect(at).is_empty()).count()
        };
        // A list at the right edge of a desktop, and chips two by two across a phone.
        let list: Vec<Rect> = (0..5)
            .map(|nth| {
                Rect::from_corners(
                    Vec2::new(1_000.0, 40.0 + 30.0 * nth as f32),
                    Vec2::new(1_260.0, 64.0 + 30.0 * nth as f32),
                )
            })
            .collect();
        let chips: Vec<Rect> = (0..4)
            .map(|nth| {
                let corner = Vec2::new(10.0 + 188.0 * (nth % 2) as f32, 118.0 + 44.0 * (nth / 2) as f32);
                Rect::from_corners(corner, corner + Vec2::new(183.0, 39.0))
            })
            .collect();
        for (rects, window) in [(list, WINDOW), (chips, Vec2::new(390.0, 844.0))] {
            for (nth, over) in rects.iter().enumerate() {
                let others: Vec<Rect> =
                    rects.iter().enumerate().filter(|(i, _)| *i != nth).map(|(_, rect)| *rect).collect();
                assert_eq!(hidden(*over, &others, window), 0, "{over:?}");
            }
        }
        // Where everything is full it is beside its own all the same.
        let over = Rect::from_center_size(Vec2::new(640.0, 100.0), Vec2::splat(40.0));
        let all = [Rect::from_corners(Vec2::ZERO, WINDOW)];
        assert_eq!(berth(over, &all, WINDOW, SENTENCE).0, Side::Below);
    }
}
