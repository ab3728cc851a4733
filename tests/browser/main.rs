//! The page in a browser, with real events. `cargo xtask test --only page --only browser` builds and runs it.

mod build;
mod codex;
mod digest;
mod editor;
mod embedding;
mod figures;
mod foresight;
mod gamepad;
mod lab;
mod layout;
mod map;
mod messages;
mod narration;
mod play;
mod powers;
mod ride;
mod script;
mod settings;
mod sharing;
mod start;
mod store;
mod time;
mod tools;
mod trial;
mod turning;
