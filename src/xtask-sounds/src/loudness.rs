//! How loud a sound is, after EBU R 128.

use crate::Result;
use crate::audio::{Audio, RATE_HZ, frames_of};
use ebur128::{EbuR128, Mode};

/// The highest true peak of a file, in dB below full scale.
pub const PEAK_DB_MAX: f64 = -1.0;
/// The window of momentary loudness.
const MOMENT_S: f64 = 0.4;

/// The loudness in LUFS: of a loop integrated over all of it, of others in their loudest 400 ms. The integrated figure
/// of a short sound would only say how long it rings.
///
/// # Errors
/// What the meter refuses.
pub fn lufs(audio: &Audio, is_loop: bool) -> Result<f64> {
    let mut meter = EbuR128::new(audio.channels.len() as u32, RATE_HZ, Mode::I)?;
    if is_loop {
        feed(&mut meter, audio)?;
        return Ok(meter.loudness_global()?);
    }
    let silence = vec![0.0; frames_of(MOMENT_S)];
    let mut loudest = f64::NEG_INFINITY;
    let step = frames_of(0.01);
    let padded: Vec<Vec<f32>> = audio.channels.iter().map(|channel| [channel, &silence[..]].concat()).collect();
    let frames = padded.first().map_or(0, Vec::len);
    for from in (0..frames).step_by(step) {
        let part: Vec<&[f32]> = padded.iter().map(|channel| &channel[from..(from + step).min(frames)]).collect();
        meter.add_frames_planar_f32(&part)?;
        loudest = loudest.max(meter.loudness_momentary()?);
    }
    Ok(loudest)
}

/// The highest true peak, in dB.
///
/// # Errors
/// What the meter refuses.
pub fn peak_db(audio: &Audio) -> Result<f64> {
    let mut meter = EbuR128::new(audio.channels.len() as u32, RATE_HZ, Mode::TRUE_PEAK)?;
    feed(&mut meter, audio)?;
    let mut peak: f64 = 0.0;
    for channel in 0..audio.channels.len() {
        peak = peak.max(meter.true_peak(channel as u32)?);
    }
    Ok(20.0 * peak.log10())
}

fn feed(meter: &mut EbuR128, audio: &Audio) -> Result<()> {
    let channels: Vec<&[f32]> = audio.channels.iter().map(Vec::as_slice).collect();
    Ok(meter.add_frames_planar_f32(&channels)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn tone(seconds: f64, level: f32) -> Audio {
        let samples = (0..frames_of(seconds)).map(|i| level * (997.0 * TAU * i as f32 / RATE_HZ as f32).sin());
        Audio { channels: vec![samples.collect()] }
    }

    #[test]
    fn a_tone_has_the_loudness_that_the_standard_says() {
        // 997 Hz at full scale on one channel is -3.01 LUFS.
        assert!((lufs(&tone(3.0, 1.0), true).unwrap() + 3.01).abs() < 0.1);
        assert!((lufs(&tone(1.0, 0.1), false).unwrap() + 23.01).abs() < 0.1);
        assert!(peak_db(&tone(1.0, 0.5)).unwrap().abs() - 6.02 < 0.1);
    }

    #[test]
    fn a_short_sound_is_as_loud_as_its_share_of_the_window() {
        let lufs = lufs(&tone(0.1, 1.0), false).unwrap();
        assert!((lufs + 3.01 + 6.02).abs() < 0.3, "{lufs}");
    }
}
