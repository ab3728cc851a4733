//! The size pass of a published page: `wasm-opt`, then compressed side files.

use crate::{Outcome, page, process};
use std::path::PathBuf;
use std::process::Command;

/// npm's `binaryen`, pinned: Debian's is too old for what today's compiler emits.
const BINARYEN: &str = "binaryen@132.0.0";

/// What Rust's wasm32 target may use, and no more: a browser of today must run the result.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Shrinks the wasm in `dist/`, writes `.br` and `.gz` beside the files, prints what the page weighs.
pub fn shrink() -> Outcome {
    let wasm_opt = wasm_opt()?;
    for program in page::PROGRAMS {
        let wasm = process::root().join(page::DIST).join(format!("{program}_bg.wasm"));
        let small = wasm.with_extension("small");
        let mut command = Command::new("node");
        command.arg(&wasm_opt).arg("-Oz").args(FEATURES).arg(&wasm).arg("-o").arg(&small);
        process::run(&mut command, &format!("wasm-opt on {program} (about ten minutes for the game)"))?;
        std::fs::rename(&small, &wasm).map_err(|error| format!("{} cannot be replaced: {error}", wasm.display()))?;
    }

    let mut command = page::tool();
    command.args(["compress", "--dist", page::DIST]);
    process::run(&mut command, "the compression")
}

fn wasm_opt() -> Outcome<PathBuf> {
    let folder = process::root().join("target/binaryen");
    let program = folder.join("node_modules/binaryen/bin/wasm-opt");
    let pinned = folder.join(BINARYEN);
    if program.is_file() && pinned.is_file() {
        return Ok(program);
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let mut command = Command::new("npm");
    command.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefix"]);
    process::run(command.arg(&folder).arg(BINARYEN), "npm install binaryen")?;
    std::fs::write(&pinned, "").map_err(|error| format!("{} cannot be written: {error}", pinned.display()))?;
    Ok(program)
}
