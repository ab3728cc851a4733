//! From a patch to samples: the notes of all parts, the room around them, the loudness of its kind.

use crate::Result;
use crate::audio::{Audio, frames_of, gain_of};
use crate::loudness::{self, PEAK_DB_MAX};
use crate::patch::{Part, Patch, Scatter};
use crate::score::{self, Note};
use fundsp::prelude64::{AudioUnit, reverb_stereo};

/// How long a loop's notes may ring on into its next round.
const TAIL_S: f64 = 6.0;
/// How long a sound that is no loop fades at its end.
const FADE_S: f64 = 0.06;

/// The sound of a patch.
///
/// # Errors
/// Where it cannot be as loud as its kind without clipping, or is silent.
pub fn render(patch: &Patch) -> Result<Audio> {
    let frames = frames_of(patch.length_s);
    let tail = if patch.kind.is_loop() { frames_of(TAIL_S) } else { 0 };
    let mut audio = Audio::silence(2, frames + tail);
    for part in &patch.parts {
        for (at, note) in moments(part)? {
            lay(&mut audio, part, at, &note);
        }
    }
    if let Some(room) = patch.room {
        reverberate(&mut audio, room.ring_s, gain_of(room.gain_db));
    }
    if !patch.stereo {
        let right = audio.channels.pop().unwrap_or_default();
        audio.channels[0].iter_mut().zip(right).for_each(|(left, right)| *left = 0.5 * (*left + right));
    }
    if patch.kind.is_loop() {
        audio.fold(frames);
    } else {
        audio.fade_out(frames_of(FADE_S.min(patch.length_s * 0.3)));
    }
    level(&mut audio, patch)?;
    if patch.kind.is_loop() {
        audio.overlap();
    }
    Ok(audio)
}

/// Brings it to the loudness of its kind.
fn level(audio: &mut Audio, patch: &Patch) -> Result<()> {
    let measured = loudness::lufs(audio, patch.kind.is_loop())?;
    if !measured.is_finite() {
        return Err("it is silent".into());
    }
    audio.amplify(gain_of(patch.kind.loudness_lufs() - measured));
    let peak_db = loudness::peak_db(audio)?;
    if peak_db > PEAK_DB_MAX - 0.5 {
        let over = peak_db - (PEAK_DB_MAX - 0.5);
        return Err(format!("its peak is {over:.1} dB too high for its loudness: let it ring longer").into());
    }
    Ok(())
}

/// When each note of a part sounds, in seconds.
fn moments(part: &Part) -> Result<Vec<(f64, Note)>> {
    let notes = score::parse(&part.score)?;
    let Some(Scatter { count, from_s, to_s, spread_db, seed }) = part.scatter else {
        return Ok(notes.into_iter().map(|note| (part.at_s + note.step as f64 * part.step_s, note)).collect());
    };
    let mut draw = Draw(seed);
    let span_s = (to_s - from_s) / count.max(1) as f64;
    Ok((0..count)
        .map(|i| {
            // One in each span: random, but never a crowd.
            let at_s = from_s + (i as f64 + draw.share()) * span_s;
            let mut note = notes[(draw.share() * notes.len() as f64) as usize % notes.len()];
            note.gain_db -= draw.share() * spread_db;
            (at_s, note)
        })
        .collect())
}

/// Adds a note to what sounds already. Left and right have the same power together, wherever it comes from.
fn lay(audio: &mut Audio, part: &Part, at_s: f64, note: &Note) {
    let samples = part.voice.play(note.hz, note.steps as f64 * part.step_s);
    let gain = gain_of(part.gain_db + note.gain_db);
    let angle = (part.pan + 1.0) * std::f64::consts::FRAC_PI_4;
    let sides = [angle.cos() as f32, angle.sin() as f32];
    let at = frames_of(at_s);
    for (channel, side) in audio.channels.iter_mut().zip(sides) {
        for (sample, value) in channel.iter_mut().skip(at).zip(&samples) {
            *sample += value * gain * side;
        }
    }
}

fn reverberate(audio: &mut Audio, ring_s: f64, gain: f32) {
    let mut room = reverb_stereo(11.0, ring_s as f32, 0.55);
    room.set_sample_rate(f64::from(crate::audio::RATE_HZ));
    room.reset();
    for frame in 0..audio.frames() {
        let dry = [audio.channels[0][frame], audio.channels[1][frame]];
        let mut wet = [0.0; 2];
        AudioUnit::tick(&mut room, &dry, &mut wet);
        audio.channels[0][frame] += wet[0] * gain;
        audio.channels[1][frame] += wet[1] * gain;
    }
}

/// A small generator of its own (splitmix64): the same draws on every machine and with every version of every crate.
struct Draw(u64);

impl Draw {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(kind: &str, length_s: f64, ring_s: f64) -> Patch {
        let part = format!(r#"(voice: Glass(ring_s: {ring_s}), score: "D4 A4 . .", step_s: {})"#, length_s / 4.0);
        Patch::parse(&format!(r#"(family: Flow, means: "x", kind: {kind}, length_s: {length_s}, parts: [{part}])"#))
            .unwrap()
    }

    #[test]
    fn a_sound_has_the_loudness_of_its_kind_and_a_quiet_end() {
        let audio = render(&patch("Event", 1.0, 0.8)).unwrap();
        assert_eq!((audio.frames(), audio.channels.len()), (44_100, 1));
        assert!((loudness::lufs(&audio, false).unwrap() + 21.0).abs() < 0.1);
        assert_eq!(audio.channels[0].last(), Some(&0.0));
    }

    #[test]
    fn a_loop_goes_on_where_it_ended() {
        // The second note rings into the next round: the seam is as smooth as any other place.
        let audio = render(&patch("Bed", 2.0, 3.0)).unwrap();
        assert_eq!(audio.frames(), 2 * 44_100 + crate::audio::OVERLAP_FRAMES);
        let samples = &audio.round().channels[0];
        let step = |a: f32, b: f32| (a - b).abs();
        let seam = step(samples[0], samples[samples.len() - 1]);
        let usual = samples.windows(2).map(|pair| step(pair[0], pair[1])).fold(0.0, f32::max);
        assert!(seam <= usual && samples[0] != 0.0, "{seam} of {usual}");
    }

    #[test]
    fn a_short_knock_cannot_be_made_too_loud() {
        let message = render(&patch("Stinger", 0.04, 0.002)).unwrap_err().to_string();
        assert!(message.contains("too high"), "{message}");
    }
}
