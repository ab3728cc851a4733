//! Lays out `dist/`: the page's own files, each wasm with its glue, assets and levels.

use crate::compress;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Builds `dist` beside its place and swaps it in, so that a server never shows half a page. The program in `NAME.wasm`
/// becomes `NAME.js` and `NAME_bg.wasm` there.
///
/// # Errors
/// Where a file cannot be read or written, or a program's wasm was not made for a page.
pub fn bundle(root: &Path, programs: &[PathBuf], dist: &Path) -> Result<(), Box<dyn Error>> {
    let fresh = dist.with_extension("new");
    remove(&fresh)?;
    fs::create_dir_all(&fresh)?;

    copy(&root.join("web"), &fresh, is_page_file)?;
    copy(&root.join("assets"), &fresh.join("assets"), is_asset)?;
    copy(&root.join("levels"), &fresh.join("levels"), is_level)?;
    for wasm in programs {
        bind(wasm, &fresh)?;
    }
    compress::write_sizes(&fresh)?;

    remove(dist)?;
    fs::rename(&fresh, dist)?;
    Ok(())
}

fn bind(wasm: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    if !wasm.is_file() {
        return Err(format!("{} is missing: build it for wasm32 first", wasm.display()).into());
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name(&wasm.file_stem().unwrap_or_default().to_string_lossy())
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(to)
        .map_err(|error| format!("wasm-bindgen on {}: {error:#}", wasm.display()).into())
}

fn remove(folder: &Path) -> std::io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

/// Copies what `wanted` likes of a folder, with its folders.
fn copy(from: &Path, to: &Path, wanted: fn(&Path) -> bool) -> Result<(), Box<dyn Error>> {
    for file in files(from)? {
        let relative = file.strip_prefix(from)?;
        if !wanted(relative) {
            continue;
        }
        let target = to.join(relative);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, &target).map_err(|error| format!("{} cannot be copied: {error}", file.display()))?;
    }
    Ok(())
}

/// All files under a folder, in order of their names; none where the folder is missing.
///
/// # Errors
/// Where a folder cannot be read.
pub fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

fn is_page_file(file: &Path) -> bool {
    !is_hidden(file)
}

/// Sources of generated assets stay at home.
fn is_asset(file: &Path) -> bool {
    let in_sources = file.components().any(|part| part.as_os_str() == "src");
    let source = file.extension().is_some_and(|extension| matches!(extension.to_str(), Some("svg" | "md" | "py")));
    !in_sources && !source && !is_hidden(file)
}

/// Levels only: a solution beside a level would spoil it, and golden digests are the tests'.
fn is_level(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".ron")
        && name != "golden.ron"
        && !name.contains(".solution")
        && !name.contains(".decoy-")
        && !is_hidden(file)
}

fn is_hidden(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_and_spoilers_stay_at_home() {
        assert!(is_asset(Path::new("fonts/Lexend.ttf")) && is_asset(Path::new("text/en.ftl")));
        assert!(!is_asset(Path::new("src/pieces.png")) && !is_asset(Path::new("pieces.svg")));
        assert!(is_level(Path::new("1-junction/1-1.ron")));
        assert!(!is_level(Path::new("1-junction/1-1.solution.ron")));
        assert!(!is_level(Path::new("1-junction/1-1.solution-other.ron")));
        assert!(!is_level(Path::new("1-junction/1-1.decoy-far.ron")));
        assert!(!is_page_file(Path::new(".hidden")));
    }
}
