//! Makes and serves the page: what `cargo xtask` hands to a second binary because it takes long to compile.

#[cfg(feature = "bundle")]
pub mod bundle;
#[cfg(feature = "bundle")]
pub mod compress;
mod http;
pub mod media;
pub mod serve;
