//! Under the mouse, under a finger that rests and beside what the keyboard is on: what a control is called and which key
//! stands for it, where only an icon says so; and what a word of the trade means.

use super::Layout;
use super::buttons::{ButtonId, Focus, Look};
use super::widgets::{Kit, panel, row};
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::fonts::Fonts;
use crate::input::keys::letter_of;
use crate::narration::Narration;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Resting>();
    app.add_systems(Update, (rest, show).chain().in_set(FrameSystems::Show));
}

/// How long a pointer rests on a control before its name shows, in seconds.
const REST_S: f32 = 0.45;
/// How long what a finger has called up stays when it is gone, in seconds: it covered the words.
const LINGER_S: f32 = 5.0;
/// How wide it may become, and how far it keeps from its control and from the edges, in interface pixels.
const WIDTH: f32 = 280.0;
const GAP: f32 = 7.0;
/// Size of its letters, about how high a line of them is and how wide a letter, and what is left free around them.
const LETTERS: f32 = 12.5;
const LINE: f32 = LETTERS * 1.25;
const LETTER: f32 = LETTERS * 0.56;
const PAD: Vec2 = Vec2::new(10.0, 5.0);
/// The longest that a frame counts as, in seconds.
const FRAME_S_MAX: f32 = 0.1;
/// Above every sheet, below notices.
const Z: i32 = 29;

/// What a part of the interface means, in the language in use.
#[derive(Component, Clone, PartialEq, Debug)]
pub struct Explained(pub String);

/// What is there to be explained, to pointers and to the keyboard: of that name, with these words.
pub fn explained(id: ButtonId, words: String, look: Look) -> impl Bundle {
    (Explained(words), id, look, Outline::new(Val::Px(2.0), Val::Px(3.0), Color::NONE))
}

/// On what a pointer rests, or the keyboard is, and for how long.
#[derive(Resource, Default)]
pub struct Resting {
    on: Option<Subject>,
    since_s: f32,
    /// Whether a finger rests there, and for how long it has been gone.
    touched: bool,
    gone_s: f32,
}

/// The fingers on the screen.
#[derive(Clone, Copy, Default)]
struct Fingers {
    any: bool,
    /// Whether one has just come.
    comes: bool,
}

impl Resting {
    /// Whether that button is explained just now.
    pub fn explains(&self, id: ButtonId) -> bool {
        self.is_due() && self.on.as_ref().is_some_and(|on| on.id == id)
    }

    /// A button is explained.
    #[cfg(test)]
    pub fn at(id: ButtonId) -> Self {
        let on = Subject { id, words: None, over: Rect::default() };
        Self { on: Some(on), since_s: REST_S, touched: true, gone_s: 0.0 }
    }

    /// Goes on by some seconds, with what is now under a pointer or the keyboard; whether it has to be called again soon.
    fn go_on(&mut self, on: Option<Subject>, fingers: Fingers, by_s: f32) -> bool {
        let lingers = on.is_none() && self.touched && self.is_due() && !fingers.comes && self.gone_s < LINGER_S;
        if lingers {
            self.gone_s += by_s;
            return true;
        }
        if self.on != on || fingers.comes {
            *self = Self { on, touched: fingers.any, ..Self::default() };
            return self.on.is_some();
        }
        let waits = on.is_some() && !self.is_due();
        if waits {
            // One long frame is no rest.
            self.since_s += by_s.min(FRAME_S_MAX);
        }
        waits
    }

    fn is_due(&self) -> bool {
        self.since_s >= REST_S
    }
}

/// What is told of.
#[derive(Clone, PartialEq, Debug)]
struct Subject {
    id: ButtonId,
    /// What it means, where it is there to be explained; else its name is said, and its key.
    words: Option<String>,
    /// Where it is, in interface pixels.
    over: Rect,
}

#[derive(Component)]
struct Tooltip;

type Shown<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static ButtonId,
        Option<&'static Explained>,
        &'static Interaction,
        &'static ComputedNode,
        &'static UiGlobalTransform,
    ),
>;

fn rest(
    shown: Shown<'_, '_>,
    (children, words): (Query<&Children>, Query<&Text>),
    (time, touches, focus): (Res<Time<Real>>, Res<Touches>, Res<Focus>),
    (mut resting, mut awake): (ResMut<Resting>, ResMut<Awake>),
) {
    let fingers = Fingers { any: touches.iter().next().is_some(), comes: touches.any_just_pressed() };
    // What is written on it need not be said again; a price is no name.
    let is_named = |entity| {
        let mut written = children.iter_descendants_depth_first(entity).filter_map(|child| words.get(child).ok());
        written.any(|text| text.chars().any(char::is_alphabetic))
    };
    // What a mouse presses does what it is for; a finger may rest on what it will press when it is lifted.
    let rests = |interaction: Interaction, id: ButtonId| match interaction {
        Interaction::Hovered => true,
        Interaction::Pressed => id.is_term() || fingers.any && !id.turns(),
        Interaction::None => false,
    };
    let under = shown.iter().find(|(_, id, _, interaction, ..)| rests(**interaction, **id));
    let on_it = || shown.iter().find(|(_, id, ..)| focus.0 == Some(**id));
    let told = |(entity, id, explained, _, node, transform): (_, &ButtonId, Option<&Explained>, _, _, _)| {
        if explained.is_none() && is_named(entity) {
            return None;
        }
        Some(Subject { id: *id, words: explained.map(|words| words.0.clone()), over: rect(node, transform) })
    };
    let on = under.and_then(told).or_else(|| on_it().and_then(told));
    if resting.go_on(on, fingers, time.delta_secs()) {
        awake.keep_for(REST_S);
    }
}

/// Where a node is, in interface pixels.
fn rect(node: &ComputedNode, transform: &UiGlobalTransform) -> Rect {
    let unit = node.inverse_scale_factor();
    Rect::from_center_size(transform.translation * unit, node.size() * unit)
}

fn show(
    mut commands: Commands,
    (atlas, fonts, texts, layout): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<Layout>),
    (resting, narration): (Res<Resting>, Res<Narration>),
    (screen, session): (Res<State<Screen>>, Option<Res<Session>>),
    (shown, old): (Shown<'_, '_>, Query<Entity, With<Tooltip>>),
    mut last: Local<Option<(String, Subject)>>,
) {
    let due = resting.on.as_ref().filter(|_| resting.is_due()).and_then(|on| {
        if let Some(words) = &on.words {
            return Some((words.clone(), on.clone()));
        }
        let name = narration.controls.iter().find(|control| control.button == Some(on.id))?.name.clone();
        let session = session.as_deref().filter(|_| *screen.get() == Screen::Board);
        let key = session.and_then(|session| letter_of(on.id, session));
        let words = match key {
            Some(key) => texts.with("tooltip-key", &[("name", name.into()), ("key", key.to_string().into())]),
            None => name,
        };
        Some((words, on.clone()))
    });
    if *last == due && old.is_empty() == due.is_none() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    if let Some((words, on)) = &due {
        let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
        let others = shown.iter().filter(|(_, id, ..)| **id != on.id);
        let others: Vec<Rect> = others.map(|(.., node, transform)| rect(node, transform)).collect();
        let berth = berth(on.over, &others, layout.size, words);
        commands.spawn((Tooltip, place(on.over, berth, layout.size), GlobalZIndex(Z))).with_children(|place| {
            let node = Node { padding: UiRect::axes(Val::Px(PAD.x), Val::Px(PAD.y)), flex_shrink: 1.0, ..row(0.0) };
            // It catches no mouse, and what lies behind does not shine through.
            let ground = BackgroundColor(palette::ink());
            place.spawn(panel(node)).insert(ground).remove::<Interaction>().with_children(|line| {
                line.spawn(kit.strong(words, LETTERS, palette::bone()));
            });
        });
    }
    *last = due;
}

/// On which side of its control it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
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
fn berth(over: Rect, others: &[Rect], window: Vec2, words: &str) -> (Side, Rect) {
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
fn place(over: Rect, (side, at): (Side, Rect), window: Vec2) -> Node {
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

    const NONE: Fingers = Fingers { any: false, comes: false };
    const COMES: Fingers = Fingers { any: true, comes: true };
    const RESTS: Fingers = Fingers { any: true, comes: false };

    fn budget() -> Option<Subject> {
        let over = Rect::new(0.0, 0.0, 40.0, 40.0);
        Some(Subject { id: ButtonId::Budget, words: Some("What may fail".into()), over })
    }

    /// Frames until it has rested long enough.
    fn rest_long(resting: &mut Resting, fingers: Fingers) {
        for _ in 0..(REST_S / FRAME_S_MAX) as usize + 1 {
            resting.go_on(budget(), fingers, FRAME_S_MAX);
        }
    }

    #[test]
    fn a_mouse_that_leaves_takes_the_words_along() {
        let mut resting = Resting::default();
        assert!(resting.go_on(budget(), NONE, 0.0) && !resting.is_due());
        rest_long(&mut resting, NONE);
        assert!(resting.is_due() && !resting.go_on(budget(), NONE, 1.0), "what shows needs no more frames");
        assert!(resting.explains(ButtonId::Budget) && !resting.explains(ButtonId::Flow));
        resting.go_on(None, NONE, 0.1);
        assert!(resting.on.is_none() && !resting.is_due());
    }

    #[test]
    fn what_a_finger_called_up_stays_when_it_is_gone_until_the_next_one_comes() {
        let mut resting = Resting::default();
        resting.go_on(budget(), COMES, 0.0);
        rest_long(&mut resting, RESTS);
        assert!(resting.go_on(None, NONE, LINGER_S * 0.5) && resting.on == budget() && resting.is_due());
        let lingering = || Resting { on: budget(), since_s: REST_S, touched: true, gone_s: LINGER_S * 0.5 };
        let mut until_next = lingering();
        until_next.go_on(None, COMES, 0.1);
        assert_eq!(until_next.on, None, "a finger elsewhere closes it");
        let mut again = lingering();
        again.go_on(budget(), COMES, 0.1);
        assert!(!again.is_due(), "a finger that comes back only taps, as yet");
        resting.go_on(None, NONE, LINGER_S * 0.6);
        resting.go_on(None, NONE, 0.1);
        assert_eq!(resting.on, None, "in the end it goes by itself");
    }

    #[test]
    fn a_tap_explains_nothing() {
        let mut resting = Resting::default();
        resting.go_on(budget(), COMES, 0.0);
        resting.go_on(budget(), RESTS, REST_S * 20.0);
        assert!(!resting.is_due(), "one long frame is no rest");
        resting.go_on(None, NONE, 0.1);
        assert_eq!(resting.on, None);
    }

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
