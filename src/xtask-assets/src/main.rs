//! Makes the game's pictures and fonts from their sources: the atlas and its manifest, the backdrops, the fonts.
//!
//! `cargo run -p xtask-assets` writes everything under `assets/`, `-- --check` only compares, `-- sheet OUT.png` and
//! `-- sample OUT.png` draw pictures for review, `-- fonts DIR` unpacks the fonts of the npm packages in DIR.

mod atlas;
mod backdrop;
mod fonts;
mod image;
mod label;
mod manifest;
mod render;
mod sample;
mod sheet;
mod source;
mod themes;
mod vision;

use std::{error::Error, path::Path, process::ExitCode};

/// What every step returns: a message is enough, a person reads it.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where sources are read and results are written, relative to the workspace's root.
const ASSETS: &str = "assets";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask-assets: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<()> {
    let assets = Path::new(ASSETS);
    match words {
        [] => {
            atlas::write(assets)?;
            backdrop::write(assets)
        }
        ["atlas"] => atlas::write(assets),
        ["backdrop"] => backdrop::write(assets),
        ["--check"] => {
            atlas::check(assets)?;
            backdrop::check(assets)
        }
        ["sheet", out] => sheet::write(assets, Path::new(out)),
        ["sample", out] => sample::write(assets, Path::new(out)),
        ["fonts", packages] => fonts::write(Path::new(packages), assets),
        _ => {
            Err("usage: xtask-assets [atlas | backdrop | --check | sheet OUT.png | sample OUT.png | fonts DIR]".into())
        }
    }
}
