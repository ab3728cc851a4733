//! The few parts from which all panels are made.

use super::buttons::{ButtonId, Fill, Look};
use crate::atlas::Atlas;
use crate::fonts::{Fonts, font};
use crate::palette;
use crate::text::Texts;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// What every builder of interface needs.
#[derive(Clone, Copy)]
pub struct Kit<'a> {
    /// Sprites.
    pub atlas: &'a Atlas,
    /// Fonts.
    pub fonts: &'a Fonts,
    /// Texts.
    pub texts: &'a Texts,
}

/// A node that fills the window and lets everything through.
pub fn screen() -> Node {
    Node { position_type: PositionType::Absolute, width: Val::Percent(100.0), height: Val::Percent(100.0), ..default() }
}

/// An instrument: ink, rounded, with a quiet line. It keeps presses from the board.
pub fn panel(node: Node) -> impl Bundle {
    (framed(node, palette::panel()), Interaction::None)
}

/// The same for words that come and go: it catches no pointer, and what lies behind does not shine through.
pub fn sign(node: Node) -> impl Bundle {
    framed(node, palette::ink())
}

fn framed(node: Node, ground: Color) -> impl Bundle {
    let node = Node { border: UiRect::all(Val::Px(1.5)), border_radius: BorderRadius::all(Val::Px(16.0)), ..node };
    (node, BackgroundColor(ground), BorderColor::all(palette::ink_line()))
}

/// Someone speaks: bone, with a drop shadow.
pub fn speech(node: Node) -> impl Bundle {
    let node = Node { border_radius: BorderRadius::all(Val::Px(16.0)), ..node };
    let shadow =
        BoxShadow::new(palette::ink().with_alpha(0.38), Val::Px(0.0), Val::Px(4.0), Val::Px(0.0), Val::Px(2.0));
    (node, BackgroundColor(palette::bone()), shadow, Interaction::None)
}

/// What lifts words off the sky.
pub fn shadow() -> TextShadow {
    TextShadow { offset: Vec2::splat(1.5), color: palette::ink().with_alpha(0.7) }
}

/// Children side by side.
pub fn row(gap: f32) -> Node {
    Node { align_items: AlignItems::Center, column_gap: Val::Px(gap), ..default() }
}

/// Children one under the other.
pub fn column(gap: f32) -> Node {
    Node { flex_direction: FlexDirection::Column, row_gap: Val::Px(gap), ..default() }
}

impl Kit<'_> {
    /// A title.
    pub fn title(&self, text: impl Into<String>, size: f32, color: Color) -> impl Bundle {
        (Text::new(text), font(&self.fonts.title, size), TextColor(color))
    }

    /// Running text.
    pub fn body(&self, text: impl Into<String>, size: f32, color: Color) -> impl Bundle {
        (Text::new(text), font(&self.fonts.body, size), TextColor(color))
    }

    /// A figure or a button's word.
    pub fn strong(&self, text: impl Into<String>, size: f32, color: Color) -> impl Bundle {
        (Text::new(text), font(&self.fonts.strong, size), TextColor(color))
    }

    /// A sprite of the atlas, by height.
    pub fn icon(&self, name: &str, height: f32, color: Color) -> impl Bundle {
        let node = Node {
            width: Val::Px(height * self.atlas.aspect(name)),
            height: Val::Px(height),
            flex_shrink: 0.0,
            ..default()
        };
        (node, self.atlas.image(name, color))
    }

    /// A round button with an icon.
    pub fn disc(&self, parent: &mut ChildSpawnerCommands<'_>, id: ButtonId, icon: &str, size: f32, look: Look) {
        let (width, height) = (Val::Px(size), Val::Px(size));
        // Words beside it give way, never what is pressed.
        let node = Node { width, height, flex_shrink: 0.0, border_radius: BorderRadius::MAX, ..centred() };
        let color = ink_on(look);
        parent.spawn((button(id, look), node)).with_children(|disc| {
            disc.spawn(self.icon(icon, size * 0.42, color));
        });
    }

    /// A button with a word, and maybe an icon before it.
    pub fn word(
        &self,
        parent: &mut ChildSpawnerCommands<'_>,
        id: ButtonId,
        text: &str,
        icon: Option<&str>,
        size: f32,
        look: Look,
    ) {
        self.word_of_height(parent, id, (text, icon), size, look, 44.0);
    }

    /// The same, at least so high: where the interface is small a finger needs more.
    pub fn word_of_height(
        &self,
        parent: &mut ChildSpawnerCommands<'_>,
        id: ButtonId,
        (text, icon): (&str, Option<&str>),
        size: f32,
        look: Look,
        height: f32,
    ) {
        let node = Node {
            min_height: Val::Px(height),
            padding: UiRect::axes(Val::Px(size * 1.1), Val::Px(6.0)),
            column_gap: Val::Px(size * 0.6),
            border_radius: BorderRadius::all(Val::Px(14.0)),
            ..centred()
        };
        let color = ink_on(look);
        parent.spawn((button(id, look), node)).with_children(|word| {
            if let Some(icon) = icon {
                word.spawn(self.icon(icon, size * 1.05, color));
            }
            // Dark letters on light ground look thinner than they are: what is to be done next is set in the heaviest.
            if icon.is_some() && color == palette::ink() {
                word.spawn((self.title(text, size * 1.06, color), TextLayout::no_wrap()));
            } else {
                word.spawn((self.strong(text, size, color), TextLayout::no_wrap()));
            }
        });
    }
}

/// What makes a node a button.
pub fn button(id: ButtonId, look: Look) -> impl Bundle {
    (id, look, BackgroundColor(look.rest.colour()), Outline::new(Val::Px(3.0), Val::Px(2.0), Color::NONE))
}

/// A node whose children stand in its middle.
pub fn centred() -> Node {
    Node { align_items: AlignItems::Center, justify_content: JustifyContent::Center, ..default() }
}

/// What is written on a button of that look.
pub fn ink_on(look: Look) -> Color {
    if !look.enabled {
        palette::inactive()
    } else if matches!(look.rest, Fill::Bone | Fill::BoneShade) {
        palette::ink()
    } else {
        palette::bone()
    }
}
