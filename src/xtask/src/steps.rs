//! The steps of `cargo xtask test`, in the order in which they run: cheap and telling ones first.

use crate::wasm::Toolchain;
use crate::{Outcome, page, process};

/// One step.
pub struct Step {
    /// What `--only` and `--skip` call it.
    pub name: &'static str,
    /// What its heading says.
    pub title: &'static str,
    /// Does it; returns the closing lines that its runners printed.
    pub run: fn() -> Outcome<Vec<String>>,
}

/// All steps.
pub const STEPS: &[Step] = &[
    Step { name: "fmt", title: "formatting", run: format },
    Step { name: "clippy", title: "clippy, native", run: clippy },
    Step { name: "clippy-wasm", title: "clippy, wasm32", run: clippy_wasm },
    Step { name: "doc", title: "documentation", run: document },
    Step { name: "test", title: "unit, property, documentation and level tests", run: test },
    Step { name: "levels", title: "every level is proved", run: levels },
    Step { name: "page", title: "the page", run: build_page },
    Step { name: "browser", title: "the page in a browser", run: browser },
];

/// The feature without which the browser's harness is not compiled.
const BROWSER_FEATURE: &str = "pipe-maze-tests/browser";

/// Browsers that are tested in at once, at most.
const BROWSERS_MAX: usize = 4;

fn format() -> Outcome<Vec<String>> {
    quiet(&["fmt", "--all", "--check"], "cargo fmt (`cargo fmt --all` mends it)")
}

fn clippy() -> Outcome<Vec<String>> {
    let arguments =
        ["clippy", "--workspace", "--all-targets", "--features", BROWSER_FEATURE, "--", "--deny", "warnings"];
    quiet(&arguments, "clippy")
}

fn clippy_wasm() -> Outcome<Vec<String>> {
    let toolchain = Toolchain::installed().ok_or("no compiler for wasm32 is installed; see `cargo xtask doctor`")?;
    // A build through clippy's driver, where `cargo clippy` would only check: the hundreds of dependencies are then
    // compiled once for this step and the page, instead of once for each. `--lib` leaves the page's own wasm alone.
    let mut command = toolchain.cargo("build");
    // The prover's own program has code that only the page has.
    command.args(["--profile", "page", "--lib", "--bin", "pipe-maze-prover"]);
    for package in ["pipe-maze", "pipe-maze-prover", "pipe-maze-sim", "pipe-maze-level"] {
        command.args(["--package", package]);
    }
    command.env("RUSTC_WORKSPACE_WRAPPER", toolchain.clippy_driver());
    // How `cargo clippy -- --deny warnings` hands its lints to the driver.
    command.env("CLIPPY_ARGS", "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    process::run(&mut command, "clippy for wasm32").map(|()| Vec::new())
}

fn document() -> Outcome<Vec<String>> {
    let mut command = process::cargo();
    command.args(["doc", "--workspace", "--no-deps", "--features", BROWSER_FEATURE]).env("RUSTDOCFLAGS", "-D warnings");
    process::run(&mut command, "cargo doc").map(|()| Vec::new())
}

fn test() -> Outcome<Vec<String>> {
    tests(&["test", "--workspace"], "cargo test")
}

fn levels() -> Outcome<Vec<String>> {
    let arguments = ["run", "--quiet", "--package", "pipe-maze-lab", "--", "verify", "levels/"];
    quiet(&arguments, "the levels' proof")
}

fn build_page() -> Outcome<Vec<String>> {
    page::compile(false).map(|()| Vec::new())
}

fn browser() -> Outcome<Vec<String>> {
    // A browser that draws in software keeps a processor and a third busy, so two fill two, and take memory each.
    let browsers = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(BROWSERS_MAX));
    let threads = format!("--test-threads={browsers}");
    // For the whole workspace: with the same features as the tests before, so that little is compiled again.
    let arguments = ["test", "--workspace", "--features", BROWSER_FEATURE, "--test", "browser"];
    let arguments = [&arguments[..], &["--", "--nocapture", &threads]].concat();
    tests(&arguments, "the browser tests")
}

fn quiet(arguments: &[&str], what: &str) -> Outcome<Vec<String>> {
    process::run(process::cargo().args(arguments), what).map(|()| Vec::new())
}

fn tests(arguments: &[&str], what: &str) -> Outcome<Vec<String>> {
    process::run_keeping(process::cargo().args(arguments), what, |line| {
        line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed; 0 ignored")
    })
}
