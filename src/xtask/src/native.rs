//! The desktop window, and other native programs of the workspace.

use crate::needs::Purpose;
use crate::{Outcome, install, process};
use std::ffi::OsString;

/// What `play --native` needs.
pub const NEEDS: &[Purpose] = &[Purpose::Native, Purpose::Game, Purpose::Window];

/// What only the desktop window needs: the system's dialogs, and on Linux the way to its screen readers.
const FEATURES: [&str; 2] =
    ["--features", if cfg!(target_os = "linux") { "screen-readers,system-dialogs" } else { "system-dialogs" }];

/// Builds and opens the desktop window.
pub fn play(release: bool) -> Outcome {
    install::ensure(NEEDS)?;
    let mut command = process::cargo();
    let profile = if release { "release" } else { "desktop" };
    command.args(["build", "--package", "pipe-maze", "--profile", profile]).args(FEATURES);
    process::run(&mut command, "the desktop build")?;
    if !has_display() {
        return Err("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); \
            start this from a desktop session, or under `xvfb-run -a`"
            .to_owned());
    }
    let mut command = process::cargo();
    command.args(["run", "--quiet", "--package", "pipe-maze", "--profile", profile]).args(FEATURES);
    process::hold(&mut command, "the game")
}

/// Runs the programs that make the generated assets. Without a word, or with `--check`, both; `sounds` and the names
/// behind it are for the one that makes sounds, other words for the one that makes pictures.
pub fn assets(arguments: &[OsString]) -> Outcome {
    let all = arguments.is_empty() || arguments == ["--check"];
    let (is_sound, names) = match arguments {
        [first, names @ ..] if first == "sounds" => (true, names),
        words => (all, words),
    };
    if all || !is_sound {
        generate("xtask-assets", arguments)?;
    }
    if is_sound { generate("xtask-sounds", names) } else { Ok(()) }
}

fn generate(package: &str, arguments: &[OsString]) -> Outcome {
    let mut command = process::cargo();
    // Optimised: drawing and squeezing the pages takes minutes otherwise.
    command.args(["run", "--quiet", "--release", "--package", package, "--"]).args(arguments);
    process::run(&mut command, package)
}

/// Whether a window can be shown to somebody.
pub fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
