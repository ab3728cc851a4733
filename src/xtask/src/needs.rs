//! What each command needs on the machine, and how to tell whether it is there.

use crate::process;
use crate::wasm::{self, Toolchain};
use std::path::Path;

/// What a command is about to do; each purpose has needs of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Purpose {
    /// Compile and link native programs.
    Native,
    /// Compile the game natively.
    Game,
    /// Check formatting and lints.
    Lints,
    /// Open the desktop window.
    Window,
    /// Compile for the web.
    Wasm,
    /// Drive a browser.
    Browser,
    /// Make the page small.
    Size,
    /// Feed targets with ever new inputs.
    Fuzz,
}

/// Something this machine lacks.
pub struct Missing {
    pub what: &'static str,
    pub why: &'static str,
    pub cure: Cure,
}

/// How to get it.
pub enum Cure {
    /// Debian packages.
    Apt(&'static [&'static str]),
    /// A line for a shell.
    Line(&'static str),
}

struct Need {
    purpose: Purpose,
    what: &'static str,
    why: &'static str,
    cure: Cure,
    present: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need {
        purpose: Purpose::Native,
        what: "a C compiler and linker",
        why: "Rust links with it",
        cure: Cure::Apt(&["build-essential"]),
        present: || runs("cc", "--version"),
    },
    Need {
        purpose: Purpose::Game,
        what: "ALSA's headers, and pkg-config to find them",
        why: "sound in native builds of the game",
        cure: Cure::Apt(&["libasound2-dev", "pkg-config"]),
        present: || !cfg!(target_os = "linux") || runs_all("pkg-config", &["--exists", "alsa"]),
    },
    Need {
        purpose: Purpose::Lints,
        what: "rustfmt and clippy",
        why: "formatting and lints",
        cure: Cure::Line("rustup component add rustfmt clippy"),
        present: || runs("cargo-fmt", "--version") && runs("cargo-clippy", "--version"),
    },
    Need {
        purpose: Purpose::Window,
        what: "X11's keyboard, cursor, input and screen libraries",
        why: "the desktop window",
        cure: Cure::Apt(&["libxkbcommon-x11-0", "libxcursor1", "libxi6", "libxrandr2"]),
        present: || {
            let libraries = loadable_libraries();
            ["libxkbcommon-x11.so.0", "libXcursor.so.1", "libXi.so.6", "libXrandr.so.2"]
                .iter()
                .all(|library| libraries.contains(library))
        },
    },
    Need {
        purpose: Purpose::Window,
        what: "a Vulkan driver",
        why: "drawing in the desktop window",
        cure: Cure::Apt(&["mesa-vulkan-drivers"]),
        present: || {
            ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"]
                .iter()
                .any(|folder| Path::new(folder).read_dir().is_ok_and(|mut files| files.next().is_some()))
        },
    },
    Need {
        purpose: Purpose::Browser,
        what: "Chromium",
        why: "the browser tests",
        cure: Cure::Apt(&["chromium"]),
        present: || std::env::var_os("CHROMIUM").is_some() || on_path("chromium"),
    },
    Need {
        purpose: Purpose::Fuzz,
        what: "cargo-fuzz",
        why: "fuzzing: it builds targets with instrumentation",
        cure: Cure::Line("cargo install cargo-fuzz"),
        present: || runs_all("cargo", &["fuzz", "--version"]),
    },
    Need {
        purpose: Purpose::Size,
        what: "Node.js and npm",
        why: "the size pass: wasm-opt comes from npm's binaryen",
        cure: Cure::Apt(&["nodejs", "npm"]),
        present: || runs("node", "--version") && runs("npm", "--version"),
    },
];

/// All that is missing for these purposes, at once. Adds rustup's wasm target on the way where `try_rustup` allows.
pub fn missing(purposes: &[Purpose], try_rustup: bool) -> Vec<Missing> {
    let mut missing: Vec<Missing> = NEEDS
        .iter()
        .filter(|need| purposes.contains(&need.purpose) && !(need.present)())
        .map(|need| Missing { what: need.what, why: need.why, cure: need.cure.copy() })
        .collect();
    if purposes.contains(&Purpose::Wasm)
        && Toolchain::installed().is_none()
        && !(try_rustup && wasm::add_rustup_target())
    {
        let cure = if on_path("apt-get") {
            Cure::Apt(wasm::DEBIAN_PACKAGES)
        } else {
            Cure::Line("rustup target add wasm32-unknown-unknown")
        };
        missing.push(Missing { what: "a compiler for wasm32", why: "the page", cure });
    }
    missing
}

/// Whether a program can be found.
pub fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

impl Cure {
    const fn copy(&self) -> Self {
        match self {
            Self::Apt(packages) => Self::Apt(packages),
            Self::Line(line) => Self::Line(line),
        }
    }
}

fn runs(program: &str, argument: &str) -> bool {
    runs_all(program, &[argument])
}

fn runs_all(program: &str, arguments: &[&str]) -> bool {
    process::output(program, arguments).is_some()
}

fn loadable_libraries() -> String {
    process::output("/sbin/ldconfig", &["-p"]).or_else(|| process::output("ldconfig", &["-p"])).unwrap_or_default()
}
