//! Whether the sounds are those of the patches, and keep within their bounds.

use crate::audio::{Audio, OVERLAP_FRAMES, frames_of};
use crate::loudness::{self, PEAK_DB_MAX};
use crate::patch::{self, Patch};
use crate::{Result, ogg, render, table};
use std::fs;
use std::path::{Path, PathBuf};

/// Most bytes of all sounds together.
const BYTES_MAX: usize = 600_000;
/// How far a file's loudness may be from that of its kind: the encoder takes a little away.
const LOUDNESS_OFF_MAX: f64 = 0.6;
/// How much may differ from what is made anew, relative to it: other compilers and libraries round in other places.
const DIFFERENCE_DB_MAX: f64 = -30.0;

/// The file of a sound.
pub fn file_of(sounds: &Path, name: &str) -> PathBuf {
    sounds.join(name).with_extension("ogg")
}

/// Compares every sound with what its patch makes. The bytes are the same on the machine that wrote them; elsewhere the
/// samples have to be, but for rounding.
///
/// # Errors
/// What differs, all of it.
pub fn check(patches: &Path, sounds: &Path) -> Result<()> {
    let (mut wrong, mut bytes_total) = (Vec::new(), 0);
    for (name, patch) in patch::read_all(patches)? {
        let Ok(bytes) = fs::read(file_of(sounds, &name)) else {
            wrong.push(format!("{name}: there is no file"));
            continue;
        };
        let fresh = ogg::encode(&render::render(&patch).map_err(|e| format!("{name}: {e}"))?, patch.kind.quality())?;
        if fresh != bytes {
            let off_db = difference_db(&ogg::decode(&bytes)?, &ogg::decode(&fresh)?);
            if off_db > DIFFERENCE_DB_MAX {
                wrong.push(format!("{name}: not what its patch makes ({off_db:.0} dB apart)"));
            }
        }
        bytes_total += bytes.len();
        wrong.extend(problems(&name, &patch, &ogg::decode(&bytes)?)?);
    }
    if bytes_total > BYTES_MAX {
        wrong.push(format!("all together: {bytes_total} bytes, at most {BYTES_MAX}"));
    }
    wrong.extend(table::problems(patches, sounds)?);
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\nrun `cargo xtask assets`", wrong.join("\n")).into()) }
}

/// Where a sound is not as loud, long or smooth as it has to be.
pub fn problems(name: &str, patch: &Patch, audio: &Audio) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let is_loop = patch.kind.is_loop();
    let (lufs, peak_db) = (loudness::lufs(audio, patch.kind.is_loop())?, loudness::peak_db(audio)?);
    if (lufs - patch.kind.loudness_lufs()).abs() > LOUDNESS_OFF_MAX {
        wrong.push(format!("{name}: {lufs:.1} LUFS instead of {:.1}", patch.kind.loudness_lufs()));
    }
    if peak_db > PEAK_DB_MAX {
        wrong.push(format!("{name}: peaks at {peak_db:.1} dB"));
    }
    let padding = if is_loop { 0 } else { ogg::PADDING_FRAMES_MAX };
    let frames = frames_of(patch.length_s) + if is_loop { OVERLAP_FRAMES } else { 0 };
    if !(frames..=frames + padding).contains(&audio.frames()) {
        wrong.push(format!("{name}: {} s instead of {} s", audio.length_s(), patch.length_s));
    }
    let (seam, usual) = seam(&if is_loop { audio.round() } else { audio.clone() });
    if is_loop && seam > usual {
        wrong.push(format!("{name}: its seam jumps by {seam:.4}, other samples by at most {usual:.4}"));
    }
    Ok(wrong)
}

/// The step from a loop's last sample to its first, beside the largest step within a hundredth of a second of the seam
/// on either side: a click would stand out.
pub fn seam(audio: &Audio) -> (f32, f32) {
    let near = frames_of(0.01);
    let mut worst = (0.0f32, f32::MAX);
    for channel in audio.channels.iter().filter(|channel| channel.len() > 2 * near) {
        let largest = |part: &[f32]| part.windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(0.0, f32::max);
        let usual = largest(&channel[..near]).max(largest(&channel[channel.len() - near..]));
        let jump = (channel[0] - channel[channel.len() - 1]).abs();
        if jump - usual > worst.0 - worst.1 {
            worst = (jump, usual);
        }
    }
    worst
}

/// The power of the difference, relative to the power of the first.
fn difference_db(a: &Audio, b: &Audio) -> f64 {
    if a.frames() != b.frames() || a.channels.len() != b.channels.len() {
        return f64::INFINITY;
    }
    let pairs = a.channels.iter().flatten().zip(b.channels.iter().flatten());
    let (mut power, mut apart) = (1e-12, 1e-18);
    for (a, b) in pairs {
        power += f64::from(*a).powi(2);
        apart += f64::from(a - b).powi(2);
    }
    10.0 * (apart / power).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_at_the_seam_is_found() {
        let frames = 44_100;
        let wave = |periods: f32| {
            let samples = (0..frames).map(|i| (periods * std::f32::consts::TAU * i as f32 / frames as f32).sin());
            Audio { channels: vec![samples.collect()] }
        };
        let (smooth, usual) = seam(&wave(200.0));
        assert!(smooth <= usual * 1.001, "{smooth} {usual}");
        let (jump, usual) = seam(&wave(200.25));
        assert!(jump > usual * 10.0, "{jump} {usual}");
    }

    #[test]
    fn rounding_is_no_difference_but_another_sound_is() {
        let tone = |step: f32, error: f32| Audio {
            channels: vec![(0..9_000).map(|i| (i as f32 * step).sin() + error * (i % 3) as f32).collect()],
        };
        assert!(difference_db(&tone(0.1, 0.0), &tone(0.1, 1e-4)) < DIFFERENCE_DB_MAX);
        assert!(difference_db(&tone(0.1, 0.0), &tone(0.11, 0.0)) > DIFFERENCE_DB_MAX);
    }

    /// The committed files, as they are heard.
    #[test]
    fn every_sound_keeps_its_loudness_its_length_and_its_place() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let (patches, sounds) = (root.join(crate::PATCHES), root.join(crate::SOUNDS));
        let mut bytes = 0;
        for (name, patch) in patch::read_all(&patches).unwrap() {
            let file = fs::read(file_of(&sounds, &name)).unwrap_or_else(|e| panic!("{name}: {e}"));
            bytes += file.len();
            assert_eq!(problems(&name, &patch, &ogg::decode(&file).unwrap()).unwrap(), [""; 0]);
        }
        assert!(bytes > 0 && bytes <= BYTES_MAX, "{bytes} bytes");
        assert_eq!(table::problems(&patches, &sounds).unwrap(), [""; 0]);
    }
}
