//! The page: built into `dist/`, served from there.

use crate::needs::Purpose;
use crate::wasm::Toolchain;
use crate::{Outcome, install, native, process, size};
use std::process::Command;

/// What building the page needs.
pub const NEEDS: &[Purpose] = &[Purpose::Native, Purpose::Wasm];

/// What building the published page needs.
pub const NEEDS_RELEASE: &[Purpose] = &[Purpose::Native, Purpose::Wasm, Purpose::Size];

/// The programs of the page, which are packages of the same names: the game, and what its worker computes.
pub const PROGRAMS: [&str; 2] = ["pipe-maze", "pipe-maze-prover"];

/// The folder that is served and published.
pub const DIST: &str = "dist";

/// Finds out what is missing, then builds the page.
pub fn build(release: bool) -> Outcome {
    install::ensure(if release { NEEDS_RELEASE } else { NEEDS })?;
    compile(release)
}

/// Builds the page; all it needs is there.
pub fn compile(release: bool) -> Outcome {
    let toolchain = Toolchain::installed().ok_or("no compiler for wasm32 is installed; see `cargo xtask doctor`")?;
    let profile = if release { "page-release" } else { "page" };
    // In one call: what both have in common is compiled once.
    let mut command = toolchain.cargo("build");
    command.args(["--profile", profile]);
    for program in PROGRAMS {
        command.args(["--package", program]);
    }
    process::run(&mut command, "the wasm build")?;

    let mut command = tool();
    command.args(["bundle", "--dist", DIST]);
    for program in PROGRAMS {
        command.arg("--wasm").arg(toolchain.artifact(profile, program));
    }
    process::run(&mut command, "the page's bundle")?;
    if release { size::shrink() } else { Ok(()) }
}

/// Serves `dist/` until interrupted.
pub fn serve(port: u16, open: bool) -> Outcome {
    if !process::root().join(DIST).join("index.html").is_file() {
        return Err(format!("{DIST}/ holds no page yet; `cargo xtask build` makes it"));
    }
    let mut command = tool();
    command.args(["serve", "--dist", DIST, "--port", &port.to_string()]);
    if open && native::has_display() {
        command.arg("--open");
    }
    process::hold(&mut command, "the server")
}

/// The second binary, which holds what takes long to compile.
pub fn tool() -> Command {
    let mut command = process::cargo();
    command.args(["run", "--quiet", "--package", "xtask-page", "--"]);
    command
}
