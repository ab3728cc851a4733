//! Under the mouse, under a finger that rests and beside what the keyboard is on: what a control is called and which key
//! stands for it, where only an icon says so; and what a word of the trade means.

mod berth;

use super::Layout;
use super::buttons::{ButtonId, Focus, Look};
use super::widgets::{Kit, row, sign};
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::fonts::Fonts;
use crate::input::keys::letter_of;
use crate::narration::Narration;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use berth::{berth, place};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Resting>();
    app.add_systems(Update, (rest, show).chain().in_set(FrameSystems::Show));
}

/// How long a pointer rests on a control before its name shows, in seconds.
const REST_S: f32 = 0.45;
/// How long what a finger has called up stays when it is gone, in seconds: it covered the words.
const LINGER_S: f32 = 5.0;
/// Size of its letters, and what is left free around them, in interface pixels.
const LETTERS: f32 = 12.5;
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
        // Whose finger rests there presses no key.
        let key = session.filter(|_| !resting.touched).and_then(|session| letter_of(on.id, session));
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
            place.spawn(sign(node)).with_children(|line| {
                line.spawn(kit.strong(words, LETTERS, palette::bone()));
            });
        });
    }
    *last = due;
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
}
