//! The page in a browser, with real events. `cargo xtask test --only page --only browser` builds and runs it.

mod embedding;
mod messages;
mod script;
mod start;
