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
struct Resting {
    on: Option<(Told, Rect)>,
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
    /// Goes on by some seconds, with what is now under a pointer or the keyboard; whether it has to be called again soon.
    fn go_on(&mut self, on: Option<(Told, Rect)>, fingers: Fingers, by_s: f32) -> bool {
        let lingers = on.is_none() && self.touched && self.is_due() && !fingers.comes && self.gone_s < LINGER_S;
        if lingers {
            self.gone_s += by_s;
            return true;
        }
        if self.on != on {
            *self = Self { on, touched: fingers.any, ..Self::default() };
            return self.on.is_some();
        }
        let waits = on.is_some() && !self.is_due();
        if waits {
            self.since_s += by_s;
        }
        waits
    }

    fn is_due(&self) -> bool {
        self.since_s >= REST_S
    }
}

/// What is told of.
#[derive(Clone, PartialEq, Debug)]
enum Told {
    Control(ButtonId),
    Words(String),
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
    // In interface pixels.
    let rect = |node: &ComputedNode, transform: &UiGlobalTransform| {
        let unit = node.inverse_scale_factor();
        Rect::from_center_size(transform.translation * unit, node.size() * unit)
    };
    let fingers = Fingers { any: touches.iter().next().is_some(), comes: touches.any_just_pressed() };
    let told = |entity, id: &ButtonId, explained: Option<&Explained>| {
        if let Some(Explained(words)) = explained {
            return Some(Told::Words(words.clone()));
        }
        // What is written on it need not be said again; a price is no name.
        let mut written = children.iter_descendants_depth_first(entity).filter_map(|child| words.get(child).ok());
        (!written.any(|text| text.chars().any(char::is_alphabetic))).then_some(Told::Control(*id))
    };
    let under = shown.iter().find_map(|(entity, id, explained, interaction, node, transform)| {
        // What is pressed does what it is for; what cannot be pressed goes on being explained.
        let rests = *interaction == Interaction::Hovered || explained.is_some() && *interaction == Interaction::Pressed;
        rests.then(|| told(entity, id, explained)).flatten().map(|told| (told, rect(node, transform)))
    });
    let on_it = || {
        let (entity, id, explained, _, node, transform) = shown.iter().find(|(_, id, ..)| focus.0 == Some(**id))?;
        Some((told(entity, id, explained)?, rect(node, transform)))
    };
    if resting.go_on(under.or_else(on_it), fingers, time.delta_secs()) {
        awake.keep_for(REST_S);
    }
}

fn show(
    mut commands: Commands,
    (atlas, fonts, texts, layout): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<Layout>),
    (resting, narration): (Res<Resting>, Res<Narration>),
    (screen, session): (Res<State<Screen>>, Option<Res<Session>>),
    old: Query<Entity, With<Tooltip>>,
    mut last: Local<Option<(String, Rect)>>,
) {
    let due = resting.on.as_ref().filter(|_| resting.is_due()).and_then(|(told, over)| {
        let id = match told {
            Told::Words(words) => return Some((words.clone(), *over)),
            Told::Control(id) => *id,
        };
        let name = narration.controls.iter().find(|control| control.button == Some(id))?.name.clone();
        let session = session.as_deref().filter(|_| *screen.get() == Screen::Board);
        let key = session.and_then(|session| letter_of(id, session));
        let words = match key {
            Some(key) => texts.with("tooltip-key", &[("name", name.into()), ("key", key.to_string().into())]),
            None => name,
        };
        Some((words, *over))
    });
    if *last == due && old.is_empty() == due.is_none() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    if let Some((words, over)) = &due {
        let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
        commands.spawn((Tooltip, place(*over, layout.size), GlobalZIndex(Z))).with_children(|place| {
            let node = Node { padding: UiRect::axes(Val::Px(10.0), Val::Px(5.0)), flex_shrink: 1.0, ..row(0.0) };
            // It catches no mouse.
            place.spawn(panel(node)).remove::<Interaction>().with_children(|line| {
                line.spawn(kit.strong(words, 12.5, palette::bone()));
            });
        });
    }
    *last = due;
}

/// Above its control, or below one in the upper half of the window; as far to the side as the window's edges want it.
fn place(over: Rect, window: Vec2) -> Node {
    let left = (over.center().x - WIDTH * 0.5).clamp(GAP, (window.x - WIDTH - GAP).max(GAP));
    let justify_content = if over.center().x < left + WIDTH * 0.5 - 1.0 {
        JustifyContent::FlexStart
    } else if over.center().x > left + WIDTH * 0.5 + 1.0 {
        JustifyContent::FlexEnd
    } else {
        JustifyContent::Center
    };
    let is_high = over.center().y < window.y * 0.5;
    let (top, bottom) = if is_high {
        (Val::Px(over.max.y + GAP), Val::Auto)
    } else {
        (Val::Auto, Val::Px(window.y - over.min.y + GAP))
    };
    let left = Val::Px(left);
    Node {
        position_type: PositionType::Absolute,
        width: Val::Px(WIDTH),
        left,
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

    fn budget() -> Option<(Told, Rect)> {
        Some((Told::Words("What may fail".into()), Rect::new(0.0, 0.0, 40.0, 40.0)))
    }

    #[test]
    fn a_mouse_that_leaves_takes_the_words_along() {
        let mut resting = Resting::default();
        assert!(resting.go_on(budget(), NONE, 0.0) && !resting.is_due());
        assert!(resting.go_on(budget(), NONE, REST_S));
        assert!(resting.is_due() && !resting.go_on(budget(), NONE, 1.0), "what shows needs no more frames");
        resting.go_on(None, NONE, 0.1);
        assert!(resting.on.is_none() && !resting.is_due());
    }

    #[test]
    fn what_a_finger_called_up_stays_when_it_is_gone_until_the_next_one_comes() {
        let mut resting = Resting::default();
        resting.go_on(budget(), COMES, 0.0);
        resting.go_on(budget(), RESTS, REST_S);
        assert!(resting.go_on(None, NONE, LINGER_S * 0.5) && resting.on == budget() && resting.is_due());
        let mut until_next = Resting { on: budget(), since_s: REST_S, touched: true, gone_s: LINGER_S * 0.5 };
        until_next.go_on(None, COMES, 0.1);
        assert_eq!(until_next.on, None, "a finger elsewhere closes it");
        resting.go_on(None, NONE, LINGER_S * 0.6);
        resting.go_on(None, NONE, 0.1);
        assert_eq!(resting.on, None, "in the end it goes by itself");
    }

    #[test]
    fn a_tap_explains_nothing() {
        let mut resting = Resting::default();
        resting.go_on(budget(), COMES, 0.0);
        resting.go_on(budget(), RESTS, REST_S * 0.5);
        resting.go_on(None, NONE, 0.1);
        assert_eq!(resting.on, None);
    }

    #[test]
    fn it_stays_on_the_screen_and_off_its_control() {
        let window = Vec2::new(1_280.0, 720.0);
        let at = |x, y| place(Rect::from_center_size(Vec2::new(x, y), Vec2::splat(40.0)), window);
        let low = at(640.0, 700.0);
        assert_eq!((low.left, low.bottom, low.top), (Val::Px(500.0), Val::Px(47.0), Val::Auto));
        assert_eq!(low.justify_content, JustifyContent::Center);
        let corner = at(1_260.0, 20.0);
        assert_eq!((corner.left, corner.top), (Val::Px(1_280.0 - WIDTH - GAP), Val::Px(47.0)));
        assert_eq!(corner.justify_content, JustifyContent::FlexEnd);
        assert_eq!(at(10.0, 20.0).justify_content, JustifyContent::FlexStart);
    }
}
