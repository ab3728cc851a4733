//! Under the mouse: what a control is called and which key stands for it, where only an icon says so; and what a word of
//! the trade means.

use super::Layout;
use super::buttons::ButtonId;
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

/// How long the mouse rests on a control before its name shows, in seconds.
const REST_S: f32 = 0.45;
/// How wide it may become, and how far it keeps from its control and from the edges, in interface pixels.
const WIDTH: f32 = 280.0;
const GAP: f32 = 7.0;
/// Above every sheet, below notices.
const Z: i32 = 29;

/// What a part of the interface means, in the language in use.
#[derive(Component, Clone, PartialEq, Debug)]
#[require(Interaction)]
pub struct Explained(pub String);

/// On what the mouse rests, and for how long.
#[derive(Resource, Default)]
struct Resting {
    on: Option<(Told, Rect)>,
    since_s: f32,
}

/// What is told of.
#[derive(Clone, PartialEq, Debug)]
enum Told {
    Control(ButtonId),
    Words(String),
}

#[derive(Component)]
struct Tooltip;

type Place = (&'static Interaction, &'static ComputedNode, &'static UiGlobalTransform);
type Controls<'w, 's> = Query<'w, 's, (Entity, &'static ButtonId, Place)>;
type Terms<'w, 's> = Query<'w, 's, (&'static Explained, Place)>;

fn rest(
    (controls, terms): (Controls<'_, '_>, Terms<'_, '_>),
    (children, words): (Query<&Children>, Query<&Text>),
    (time, mut awake): (Res<Time<Real>>, ResMut<Awake>),
    mut resting: ResMut<Resting>,
) {
    // In interface pixels.
    let rect = |node: &ComputedNode, transform: &UiGlobalTransform| {
        let unit = node.inverse_scale_factor();
        Rect::from_center_size(transform.translation * unit, node.size() * unit)
    };
    let control = controls.iter().find_map(|(entity, id, (interaction, node, transform))| {
        // What is written on it need not be said again; a price is no name.
        let mut written = children.iter_descendants_depth_first(entity).filter_map(|child| words.get(child).ok());
        let tells = *interaction == Interaction::Hovered && !written.any(|text| text.chars().any(char::is_alphabetic));
        tells.then(|| (Told::Control(*id), rect(node, transform)))
    });
    let term = terms.iter().find_map(|(Explained(words), (interaction, node, transform))| {
        (*interaction == Interaction::Hovered).then(|| (Told::Words(words.clone()), rect(node, transform)))
    });
    let on = control.or(term);
    if resting.on == on {
        if on.is_some() && resting.since_s < REST_S {
            resting.since_s += time.delta_secs();
            awake.keep_for(REST_S);
        }
    } else {
        *resting = Resting { on, since_s: 0.0 };
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
    let due = resting.on.as_ref().filter(|_| resting.since_s >= REST_S).and_then(|(told, over)| {
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
