//! Tests of the whole program: a harness that plays the page in a real browser, as a person would.
//!
//! [`Session`](session::Session) starts a server over `dist/`, a Chromium with a fresh profile and one page;
//! [`Page`](page::Page) evaluates, waits and takes pictures; [`input`] and [`keys`] send real mouse, touch
//! and key events; [`game`] knows the game's state, its buttons and its cells.
//!
//! The DevTools protocol is spoken as plain JSON on purpose: typed clients drop every event that a newer
//! browser has extended, and this harness must not miss a request or an error.

#[cfg(feature = "browser")]
pub mod chromium;
#[cfg(feature = "browser")]
pub mod devtools;
#[cfg(feature = "browser")]
pub mod game;
#[cfg(feature = "browser")]
pub mod input;
#[cfg(feature = "browser")]
pub mod keys;
#[cfg(feature = "browser")]
pub mod page;
#[cfg(feature = "browser")]
pub mod session;
