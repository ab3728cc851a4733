//! Lists the solutions beside the levels and compiles them in: the game plays them for comparison, and a page cannot list
//! a folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let levels = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../levels");
    println!("cargo::rerun-if-changed={}", levels.display());
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in fs::read_dir(&levels)? {
        let folder = folder?.path();
        if folder.is_dir() {
            println!("cargo::rerun-if-changed={}", folder.display());
            files.extend(fs::read_dir(&folder)?.filter_map(|file| Some(file.ok()?.path())));
        }
    }
    files.sort();
    let mut list = String::from("[");
    for file in &files {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((level, build)) = name.trim_end_matches(".ron").split_once('.') else { continue };
        if name.ends_with(".ron") && build.starts_with("solution") {
            let path = file.canonicalize()?;
            writeln!(list, "({level:?}, include_str!({path:?})),").expect("a string takes it");
        }
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("solutions.rs"), list)
}
