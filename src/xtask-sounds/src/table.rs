//! The table of all sounds: length, loudness, peak, size, and what each one tells.

use crate::loudness;
use crate::patch::{self, Family, Patch};
use crate::{Result, check, ogg};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HEAD: &str = "# Sounds

`cargo xtask assets` makes these files from the patches in `../src/sounds` and writes this table; `--check` compares.
All are in D dorian, 44.1 kHz, Ogg Vorbis. Loudness after EBU R 128: of loops integrated, of the others in their loudest
400 ms. Peaks are true peaks. Figures are those of the decoded files.

";

/// Writes the table.
///
/// # Errors
/// What cannot be read or written.
pub fn write(patches: &Path, sounds: &Path) -> Result<()> {
    let mut text = HEAD.to_owned();
    let mut total = (0.0, 0);
    let mut all = patch::read_all(patches)?;
    all.sort_by_key(|(name, patch)| (patch.family as u8, name.clone()));
    text += "| family | sound | tells | length | loudness | peak | size |\n|---|---|---|--:|--:|--:|--:|\n";
    for (name, patch) in &all {
        let bytes = fs::read(check::file_of(sounds, name)).map_err(|e| format!("{name}: {e}"))?;
        row(&mut text, name, patch, &bytes)?;
        total = (total.0 + patch.length_s, total.1 + bytes.len());
    }
    writeln!(text, "\n{} sounds, {:.1} s, {:.0} kB.", all.len(), total.0, total.1 as f64 / 1e3)?;
    fs::write(sounds.join("README.md"), text)?;
    Ok(())
}

fn row(text: &mut String, name: &str, patch: &Patch, bytes: &[u8]) -> Result<()> {
    let audio = ogg::decode(bytes)?;
    let (lufs, peak_db) = (loudness::lufs(&audio, patch.kind.is_loop())?, loudness::peak_db(&audio)?);
    let (ends, size_kb) = (if patch.kind.is_loop() { ", a loop" } else { "" }, bytes.len() as f64 / 1e3);
    writeln!(
        text,
        "| {} | `{name}` | {}{ends} | {:.2} s | {lufs:.1} LUFS | {peak_db:.1} dB | {size_kb:.1} kB |",
        patch.family.title(),
        patch.means,
        if patch.kind.is_loop() { audio.round().length_s() } else { audio.length_s() },
    )?;
    Ok(())
}

/// Where the table or the folder does not have what the patches make.
///
/// # Errors
/// What cannot be read.
pub fn problems(patches: &Path, sounds: &Path) -> Result<Vec<String>> {
    let table = fs::read_to_string(sounds.join("README.md")).unwrap_or_default();
    let names: Vec<String> = patch::read_all(patches)?.into_iter().map(|(name, _)| name).collect();
    let missing = names.iter().filter(|name| !table.contains(&format!("| `{name}` |")));
    let mut wrong: Vec<String> = missing.map(|name| format!("{name}: not in the table")).collect();
    for entry in fs::read_dir(sounds)? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "ogg") && !names.contains(&stem) {
            wrong.push(format!("{stem}: there is no patch"));
        }
    }
    Ok(wrong)
}

impl Family {
    const fn title(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Discovery => "discovery",
            Self::Balancing => "balancing",
            Self::Coordination => "coordination",
            Self::Enemy => "enemies",
            Self::PowerUp => "power-ups",
            Self::Interface => "interface",
            Self::End => "ends",
        }
    }
}
