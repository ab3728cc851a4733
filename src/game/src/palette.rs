//! The colours of the world, by role, as the theme in use has them. The art direction names them; nothing else in the
//! game names a colour.
//!
//! 1. [`Theme`] is what the player has chosen; `table` reads `assets/src/themes.json`: which colour each role has.
//! 2. Each role is a function here. It answers by the theme in use, which is one for the whole process: when it changes,
//!    what is on screen is built anew, and nothing needs to be handed round.
//! 3. `dye` says how a picture that was drawn with the default theme is carried over to another; `pictures` does so with
//!    the atlas.

mod dye;
mod pictures;
mod table;
#[cfg(test)]
mod tests;

pub use dye::{dye_for_ground, dye_for_pieces};
pub use table::Theme;

use crate::FrameSystems;
use bevy::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Theme>();
    app.init_resource::<InUse>();
    app.insert_resource(ClearColor(sky_top()));
    app.add_systems(Update, switch.run_if(resource_changed::<Theme>).in_set(FrameSystems::Script));
    app.add_plugins(pictures::plugin);
}

/// The theme in use, by its place in [`Theme::ALL`].
static IN_USE: AtomicUsize = AtomicUsize::new(0);

/// The theme in use.
pub fn theme() -> Theme {
    Theme::ALL[IN_USE.load(Ordering::Relaxed) % Theme::ALL.len()]
}

/// The theme in whose colours everything shows. It follows the player's choice at the beginning of the next frame; who
/// builds pictures builds them anew when this changes.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct InUse(pub Theme);

/// From now on every role answers as this theme has it.
fn switch(theme: Res<Theme>, mut in_use: ResMut<InUse>, mut clear: ResMut<ClearColor>) {
    let place = Theme::ALL.iter().position(|each| *each == *theme).unwrap_or_default();
    IN_USE.store(place, Ordering::Relaxed);
    in_use.set_if_neq(InUse(*theme));
    clear.0 = sky_top();
}

/// What panels are made of.
pub fn panel() -> Color {
    ink().with_alpha(0.97)
}

/// Makes a function for each role, which answers by the theme in use.
macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $role:literal,)+) => {
        $($(#[$doc])* pub fn $name() -> Color { theme().colour($role) })+

        /// The roles that are asked for, by their names in the file.
        #[cfg(test)]
        const ROLES: &[&str] = &[$($role),+];
    };
}

roles! {
    /// Keylines, panels, text on bone.
    ink = "ink",
    /// Slots on panels.
    ink_raised = "ink-raised",
    /// The line round a panel.
    ink_line = "ink-line",
    /// Controls that do nothing now.
    inactive = "ink-dim",
    /// Walls, text on ink, primary buttons.
    bone = "bone",
    /// The shade side of bone.
    bone_shade = "bone-shade",
    /// Its deep shade.
    bone_deep = "bone-deep",
    /// Quiet text on ink.
    periwinkle = "structure-light",
    /// All is well.
    ok = "ok-signal",
    /// Strain.
    strain = "strain-signal",
    /// Failure, as a fill.
    failed = "failed-signal",
    /// Failure, as text on ink.
    failed_on_ink = "failed-rungs",
    /// Failure, as text on bone; also the sage's heading.
    failed_on_bone = "failed-on-bone",
    /// Selection, and the Navigator's hat.
    gold = "gold",
    /// Water in a tank.
    water = "ok-body",
    /// Where water runs in a pipe.
    channel = "ok-channel",
    /// Droplets of those who browse.
    browse = "browse",
    /// Droplets of those who buy.
    buy = "buy",
    /// Droplets of batch work.
    batch = "batch",
    /// The core of a droplet, and what is bone under the pointer.
    core = "core",
    /// What is gone of a draining ring.
    ring_track = "ring-track",
    /// Within a failed droplet.
    failed_deep = "failed-hollow",
    /// The outline of a failed droplet.
    failed_line = "failed-outline",
    /// Water that flows too fast to be watched.
    current = "ok-light",
    /// Such water where it carries failures.
    current_failed = "failed-light",
    /// The sky above everything.
    sky_top = "sky-top",
    /// The lowest stratum.
    deepest_rock = "rock-bottom",
}
