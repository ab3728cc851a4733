//! Sharing: what one hands on, and what others hand over.
//!
//! 1. `parcel` makes a link, a picture of it for a telephone and a file of a run, of a build, or of whatever else can be
//!    shared.
//! 2. `arrive` opens what comes in as a link, file or argument: a level is played, a build lies on its level, a pack is
//!    listed, and of a run `restore` computes all again, bit by bit, to be watched and to say whether it is what it claims.
//! 3. `film` takes the last seconds of a run as a moving picture to post.

mod arrive;
pub mod film;
pub mod parcel;
mod restore;

pub use arrive::{PACK_PAGE, Received};
pub use restore::Restore;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((arrive::plugin, restore::plugin, film::plugin));
}
