//! Which compiler builds for the web: rustup's wasm target, or Debian's packaged toolchain.
//!
//! An ordinary machine has rustup's target or can add it. One that reaches only package registries
//! cannot, and there Debian's `rustc-web` builds the standard library from its packaged source. The two
//! compilers differ in version, so each has a target folder of its own.

use crate::process;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's packages: compiler, cargo, the library's source, clippy, linker.
pub const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];

const DEBIAN_CLIPPY_DRIVER: &str = "/usr/bin/clippy-driver";

/// How long adding rustup's target may take before Debian's toolchain is preferred.
const RUSTUP_LIMIT: Duration = Duration::from_secs(20);

/// Debian's rustc must be at least the workspace's `rust-version`: 1.95.
const DEBIAN_MINOR_MIN: u32 = 95;

/// A compiler that can build the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Toolchain {
    /// The toolchain that runs this program, with its wasm target.
    Rustup,
    /// Debian's packages; the standard library is built with the game.
    Debian,
}

impl Toolchain {
    /// The toolchain that is ready now, if one is.
    pub fn installed() -> Option<Self> {
        if rustup_has_target() {
            Some(Self::Rustup)
        } else if debian_is_complete() {
            Some(Self::Debian)
        } else {
            None
        }
    }

    /// `cargo <subcommand>` for the web, in the repository's root.
    pub fn cargo(self, subcommand: &str) -> Command {
        match self {
            Self::Rustup => {
                let mut command = process::cargo();
                command.args([subcommand, "--target", TARGET]);
                command
            }
            Self::Debian => debian_cargo(subcommand),
        }
    }

    /// The compiler with clippy's lints, to be set as `RUSTC_WORKSPACE_WRAPPER`.
    pub fn clippy_driver(self) -> &'static str {
        match self {
            Self::Rustup => "clippy-driver",
            Self::Debian => DEBIAN_CLIPPY_DRIVER,
        }
    }

    /// Where a build of this toolchain leaves a program's wasm.
    pub fn artifact(self, profile: &str, program: &str) -> PathBuf {
        let folder = match self {
            Self::Rustup => {
                std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| process::root().join("target"), PathBuf::from)
            }
            Self::Debian => process::root().join("target-wasm"),
        };
        folder.join(TARGET).join(profile).join(program).with_extension("wasm")
    }
}

/// Tries to add rustup's target, for a short while.
pub fn add_rustup_target() -> bool {
    if process::output("rustup", &["--version"]).is_none() {
        return false;
    }
    eprintln!("xtask: trying `rustup target add {TARGET}` for {} s at most", RUSTUP_LIMIT.as_secs());
    let added = process::succeeds_within(Command::new("rustup").args(["target", "add", TARGET]), RUSTUP_LIMIT);
    added && rustup_has_target()
}

fn rustup_has_target() -> bool {
    process::output("rustc", &["--print", "sysroot"])
        .is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn debian_is_complete() -> bool {
    let files =
        ["/usr/bin/cargo", DEBIAN_CLIPPY_DRIVER, "/usr/bin/wasm-ld-22", "/usr/lib/rustlib/src/rust/library/Cargo.lock"];
    files.iter().all(|file| Path::new(file).exists()) && debian_minor().is_some_and(|minor| minor >= DEBIAN_MINOR_MIN)
}

/// The 96 of `rustc 1.96.0 (…)`.
fn debian_minor() -> Option<u32> {
    let version = process::output("/usr/bin/rustc", &["--version"])?;
    version.split(['.', ' ']).nth(2)?.parse().ok()
}

fn debian_cargo(subcommand: &str) -> Command {
    let mut command = Command::new("/usr/bin/cargo");
    command.current_dir(process::root());
    process::forget_outer_cargo(&mut command);
    for variable in ["RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTDOC", "RUSTC_WRAPPER", "CARGO_TARGET_DIR"] {
        command.env_remove(variable);
    }
    let mut path = std::ffi::OsString::from("/usr/bin:");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    command
        .env("PATH", path)
        .env("CARGO", "/usr/bin/cargo")
        .env("RUSTC", "/usr/bin/rustc")
        // `build-std` is not stable; the packaged library source is exactly this compiler's.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "/usr/bin/wasm-ld-22")
        .args([subcommand, "--target", TARGET, "-Z", "build-std=std,panic_abort"])
        .arg("--target-dir")
        .arg("target-wasm");
    command
}
