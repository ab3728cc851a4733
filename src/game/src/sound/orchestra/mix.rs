//! Layers as one source of sound.

use crate::sound::tape::{RATE_HZ, Tape};
use bevy::audio::{ChannelCount, Decodable, SampleRate, Source};
use bevy::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How many layers there are.
pub const LAYERS: usize = 6;
/// How fast a gain follows, per frame of sound: steps of the picture's frames are not heard.
const FOLLOW: f32 = 1.0 / 1_500.0;
/// Below this a layer is not heard.
const INAUDIBLE: f32 = 1e-4;

/// Layers and how loud each is. Clones share both.
#[derive(Asset, TypePath, Clone, Default)]
pub struct Mix {
    layers: Arc<[Layer; LAYERS]>,
}

#[derive(Default)]
struct Layer {
    tape: OnceLock<Tape>,
    /// The bits of a float.
    gain: AtomicU32,
}

impl Mix {
    /// Adds a layer. It is heard at the place where the others are.
    pub fn add(&self, layer: usize, tape: &Tape) {
        if tape.frames() > 0 {
            // A layer that is there already stays.
            let _ = self.layers[layer].tape.set(tape.clone());
        }
    }

    /// Whether that layer is there.
    pub fn has(&self, layer: usize) -> bool {
        self.layers[layer].tape.get().is_some()
    }

    /// How loud a layer is to be.
    pub fn set_gain(&self, layer: usize, gain: f32) {
        self.layers[layer].gain.store(gain.to_bits(), Ordering::Relaxed);
    }
}

/// A mix that is being played, left and right by turns, without end.
pub struct MixPlayer {
    mix: Mix,
    gains: [f32; LAYERS],
    frame: usize,
    right: Option<f32>,
}

impl Decodable for Mix {
    type Decoder = MixPlayer;

    fn decoder(&self) -> MixPlayer {
        MixPlayer { mix: self.clone(), gains: [0.0; LAYERS], frame: 0, right: None }
    }
}

impl Iterator for MixPlayer {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if let Some(right) = self.right.take() {
            return Some(right);
        }
        let mut sum = [0.0; 2];
        for (layer, gain) in self.mix.layers.iter().zip(&mut self.gains) {
            *gain += (f32::from_bits(layer.gain.load(Ordering::Relaxed)) - *gain) * FOLLOW;
            if *gain < INAUDIBLE {
                continue;
            }
            let Some(tape) = layer.tape.get() else { continue };
            let [left, right] = tape.frame_of_loop(self.frame);
            sum[0] += left * *gain;
            sum[1] += right * *gain;
        }
        self.frame = self.frame.wrapping_add(1);
        self.right = Some(sum[1]);
        Some(sum[0])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, None)
    }
}

impl Source for MixPlayer {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> ChannelCount {
        ChannelCount::new(2).unwrap_or(ChannelCount::MIN)
    }

    fn sample_rate(&self) -> SampleRate {
        SampleRate::new(RATE_HZ).unwrap_or(SampleRate::MIN)
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A layer whose samples count its frames, in steps of a thousandth, with the overlap that files have.
    fn counting(frames: i16) -> Tape {
        Tape::of(&(0..frames).cycle().take(frames as usize + 2_048).map(|i| i * 33).collect::<Vec<_>>(), 1)
    }

    fn lefts(player: &mut MixPlayer, frames: usize) -> Vec<f32> {
        (0..frames).map(|_| (player.next().unwrap(), player.next().unwrap()).0).collect()
    }

    #[test]
    fn layers_stay_together_whenever_they_come_in() {
        let mix = Mix::default();
        mix.add(0, &counting(80));
        mix.set_gain(0, 1.0);
        let mut player = mix.decoder();
        let _ = lefts(&mut player, 20_011);
        mix.add(1, &counting(40));
        mix.set_gain(1, 1.0);
        let _ = lefts(&mut player, 20_000);
        // Frame 40,011: 11 of 80 and 11 of 40.
        let sample = lefts(&mut player, 1)[0];
        assert!((sample - 22.0 * 33.0 / 32_768.0).abs() < 1e-4, "{sample}");
    }

    #[test]
    fn a_gain_that_jumps_is_heard_as_a_slope() {
        let mix = Mix::default();
        mix.add(2, &Tape::of(&[16_384; 4_000], 1));
        mix.set_gain(2, 1.0);
        let heard = lefts(&mut mix.decoder(), 20_000);
        let steepest = heard.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(steepest < 0.001 && *heard.last().unwrap() > 0.49, "{steepest}");
    }

    #[test]
    fn silence_and_empty_tapes_do_no_harm() {
        let mix = Mix::default();
        mix.add(0, &Tape::of(&[], 1));
        mix.set_gain(0, 1.0);
        assert!(!mix.has(0));
        assert_eq!(lefts(&mut mix.decoder(), 100), [0.0; 100]);
    }
}
