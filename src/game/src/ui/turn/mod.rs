//! What can be turned: dials in the inspector, sliders in the settings. By mouse and finger, by the wheel, by keys.
//!
//! 1. `scale` knows which values there are and how far apart they lie under the hand.
//! 2. `hand` turns: it follows a drag, the wheel and keys, and writes [`Turned`]. What is shown may be built anew under
//!    a drag, so the drag belongs to a control's id and not to an entity.
//! 3. `dial` and `slider` draw, and follow the hand while it drags.

mod dial;
mod hand;
pub mod scale;
mod slider;
mod written;

pub use dial::dial;
pub use hand::{Held, Turned, shown_value};
pub use scale::Scale;
pub use slider::slider;
pub use written::{Written, number};

use super::buttons::ButtonId;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((hand::plugin, dial::plugin, slider::plugin));
}

/// A control that can be turned.
#[derive(Component, Clone, PartialEq, Debug)]
pub struct Turnable {
    /// Which one.
    pub id: ButtonId,
    /// Where it can be turned to.
    pub scale: Scale,
    /// Where it stands.
    pub value: f64,
    /// Whether it can be turned now.
    pub enabled: bool,
    /// How the hand moves it.
    pub way: Way,
}

/// How the hand moves a control.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Up and to the right for more, from wherever it is gripped.
    Dial,
    /// To the place that is pressed, along its width.
    Slider,
}

/// A figure beside a control, which follows the hand.
#[derive(Component, Clone, Copy, Debug)]
pub struct Figure {
    /// Of which control.
    pub of: ButtonId,
    /// How its values are written.
    pub written: Written,
}
