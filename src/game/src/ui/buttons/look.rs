//! How buttons look: at rest, under the pointer, with the focus of the keyboard.

use super::{ButtonId, Focus};
use crate::FrameSystems;
use crate::lesson::Tutor;
use crate::motion::Motion;
use crate::palette;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, dress.in_set(FrameSystems::Show));
}

/// How a button looks.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[require(Button)]
pub struct Look {
    /// At rest.
    pub rest: Fill,
    /// Under the pointer.
    pub hover: Fill,
    /// Whether it can be pressed now.
    pub enabled: bool,
}

/// What a button is filled with; which colour that is, the theme says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fill {
    /// Bone.
    Bone,
    /// The shade side of bone.
    BoneShade,
    /// Bone under the pointer.
    Bright,
    /// What panels are made of.
    Panel,
    /// A slot on a panel.
    Raised,
    /// Such a slot under the pointer.
    Line,
    /// Half of what is inactive.
    Veil,
    /// Nothing.
    None,
}

impl Fill {
    /// Its colour in the theme in use.
    pub fn colour(self) -> Color {
        match self {
            Self::Bone => palette::bone(),
            Self::BoneShade => palette::bone_shade(),
            Self::Bright => palette::core(),
            Self::Panel => palette::panel(),
            Self::Raised => palette::ink_raised(),
            Self::Line => palette::ink_line(),
            Self::Veil => palette::inactive().with_alpha(0.5),
            Self::None => Color::NONE,
        }
    }
}

impl Look {
    /// The one thing to do next.
    pub const PRIMARY: Self = Self { rest: Fill::Bone, hover: Fill::Bright, enabled: true };
    /// The same, a little less so.
    pub const SECONDARY: Self = Self { rest: Fill::BoneShade, ..Self::PRIMARY };
    /// Everything else.
    pub const QUIET: Self = Self { rest: Fill::Raised, hover: Fill::Line, enabled: true };
    /// What shows itself only under the pointer.
    pub const BARE: Self = Self { rest: Fill::None, hover: Fill::Veil, enabled: true };
    /// What lies on a panel, or on nothing, and is there only to be explained.
    pub const PLAIN: Self = Self { rest: Fill::None, hover: Fill::None, enabled: true };
    /// The same, where it is a panel of its own.
    pub const PANEL: Self = Self { rest: Fill::Panel, hover: Fill::Panel, enabled: true };

    /// The same, enabled or not.
    #[must_use]
    pub const fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }
}

fn dress(
    (focus, tutor, time, motion): (Res<Focus>, Res<Tutor>, Res<Time>, Res<Motion>),
    mut buttons: Query<(&Interaction, &ButtonId, &Look, &mut BackgroundColor, &mut Outline)>,
) {
    let swell = if motion.reduced { 1.0 } else { 0.55 + 0.45 * (time.elapsed_secs_wrapped() * 6.0).sin() };
    for (interaction, id, look, mut background, mut outline) in &mut buttons {
        let hovered = look.enabled && *interaction != Interaction::None;
        let fill = if hovered { look.hover } else { look.rest };
        background.set_if_neq(BackgroundColor(fill.colour()));
        let colour = match focus.0 {
            Some(focus) if focus == *id => palette::gold(),
            // What the tutorial points at pulses.
            _ if tutor.points_at(*id) => palette::gold().with_alpha(swell),
            _ => Color::NONE,
        };
        if outline.color != colour {
            outline.color = colour;
        }
    }
}
