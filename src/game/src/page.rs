//! The page around the game: its script interface comes in here, and what happens goes out as DOM events.
//!
//! Natively there is no page and this does nothing.

use bevy::prelude::*;

#[cfg(target_arch = "wasm32")]
pub mod exchange;
#[cfg(target_arch = "wasm32")]
mod mirror;
#[cfg(target_arch = "wasm32")]
mod storage;
#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
mod worker;

#[cfg(target_arch = "wasm32")]
pub use storage::LocalStorage;
#[cfg(target_arch = "wasm32")]
pub use worker::PageWorker;

pub(super) fn plugin(app: &mut App) {
    #[cfg(target_arch = "wasm32")]
    app.add_plugins((web::plugin, mirror::plugin));
    #[cfg(not(target_arch = "wasm32"))]
    let _ = app;
}
