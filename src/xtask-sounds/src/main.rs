//! Makes the game's sounds from their patches: synthesises, brings to the loudness of their kind, encodes.
//!
//! `cargo run -p xtask-sounds` writes everything under `assets/sounds`, `-- NAME...` only those named, `-- --check` only
//! compares. A patch is a RON file under `assets/src/sounds`: which voices play which notes.

mod audio;
mod check;
mod loudness;
mod ogg;
mod patch;
mod pitch;
mod render;
mod score;
mod table;
mod voice;

use std::{error::Error, fs, path::Path, process::ExitCode};

/// What every step returns: a message is enough, a person reads it.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where patches are read, relative to the workspace's root.
const PATCHES: &str = "assets/src/sounds";
/// Where sounds are written.
const SOUNDS: &str = "assets/sounds";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let (patches, sounds) = (Path::new(PATCHES), Path::new(SOUNDS));
    let done = match words[..] {
        ["--check"] => check::check(patches, sounds),
        _ if words.iter().any(|word| word.starts_with('-')) => Err("usage: xtask-sounds [--check | NAME...]".into()),
        _ => write(patches, sounds, &words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask-sounds: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the sounds of that name, or all, and the table of all.
fn write(patches: &Path, sounds: &Path, names: &[&str]) -> Result<()> {
    fs::create_dir_all(sounds)?;
    for (name, patch) in patch::read_all(patches)? {
        if names.is_empty() || names.contains(&name.as_str()) {
            let audio = render::render(&patch).map_err(|e| format!("{name}: {e}"))?;
            fs::write(check::file_of(sounds, &name), ogg::encode(&audio, patch.kind.quality())?)?;
        }
    }
    table::write(patches, sounds)
}
