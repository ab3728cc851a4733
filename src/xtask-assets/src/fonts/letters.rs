//! Which letters the texts of the game are written with.

use crate::Result;
use std::collections::BTreeSet;
use std::{fs, path::Path};

/// Letters, in the order of their codes.
pub type Letters = BTreeSet<char>;

/// What the languages of the game are called in themselves, where that takes other letters than Latin ones.
pub const OWN_NAMES: &str = "日本語简体中文";

/// The letters of a language: of its files in `assets/text` and of its texts in the levels.
pub fn of_language(root: &Path, language: &str) -> Result<Letters> {
    let mut letters = Letters::new();
    let text = root.join("assets/text");
    read(&text.join(format!("{language}.ftl")), &mut letters)?;
    let folder = text.join(language);
    if folder.is_dir() {
        each_file(&folder, &mut |file| read(file, &mut letters))?;
    }
    each_file(&root.join("levels"), &mut |file| of_level(file, language, &mut letters))?;
    Ok(letters)
}

/// All files below a folder, in any order.
fn each_file(folder: &Path, visit: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { each_file(&path, visit)? } else { visit(&path)? }
    }
    Ok(())
}

fn read(file: &Path, letters: &mut Letters) -> Result<()> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    // What nobody reads in the game needs no glyph.
    let seen = text.lines().filter(|line| file.extension().is_some_and(|e| e != "ftl") || !line.starts_with('#'));
    letters.extend(seen.flat_map(str::chars).filter(|letter| !letter.is_control()));
    Ok(())
}

/// The part of a level file that begins with `"de": {`, to the line on which it ends.
fn of_level(file: &Path, language: &str, letters: &mut Letters) -> Result<()> {
    let text = fs::read_to_string(file)?;
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if inside {
            letters.extend(line.chars());
        }
        inside = if inside { line != "}," } else { line == format!("\"{language}\": {{") };
    }
    Ok(())
}
