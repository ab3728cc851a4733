//! Samples, one list a channel.

/// Samples a second of every sound: what browsers play without another conversion by the game.
pub const RATE_HZ: u32 = 44_100;

/// A loop's file goes on into its next round for so many frames; there the game fades from the end to the begin, since
/// the encoder is at its worst at both.
pub const OVERLAP_FRAMES: usize = 2_048;

/// A piece of sound.
#[derive(Clone, PartialEq, Debug)]
pub struct Audio {
    /// The channels, all of one length.
    pub channels: Vec<Vec<f32>>,
}

impl Audio {
    /// Silence.
    pub fn silence(channels: usize, frames: usize) -> Self {
        Self { channels: vec![vec![0.0; frames]; channels] }
    }

    /// Samples of a channel.
    pub fn frames(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    /// The length in seconds.
    pub fn length_s(&self) -> f64 {
        self.frames() as f64 / f64::from(RATE_HZ)
    }

    /// Makes it louder or softer.
    pub fn amplify(&mut self, gain: f32) {
        self.channels.iter_mut().flatten().for_each(|sample| *sample *= gain);
    }

    /// What lies behind `frames` sounds together with the beginning: a loop's tail rings on into its next round.
    pub fn fold(&mut self, frames: usize) {
        for channel in &mut self.channels {
            let tail = channel.split_off(frames.min(channel.len()));
            for (at, sample) in tail.into_iter().enumerate() {
                channel[at % frames] += sample;
            }
        }
    }

    /// Appends the begin to the end.
    pub fn overlap(&mut self) {
        for channel in &mut self.channels {
            channel.extend_from_within(..OVERLAP_FRAMES.min(channel.len()));
        }
    }

    /// One round of a loop, as the game plays it.
    pub fn round(&self) -> Self {
        let frames = self.frames().saturating_sub(OVERLAP_FRAMES);
        let channels = self.channels.iter().map(|channel| {
            let mut round = channel[..frames].to_vec();
            for (i, (sample, end)) in round.iter_mut().zip(&channel[frames..]).enumerate() {
                let share = i as f32 / OVERLAP_FRAMES as f32;
                *sample = end + (*sample - end) * share;
            }
            round
        });
        Self { channels: channels.collect() }
    }

    /// Ends in silence, from `fade` frames before the end.
    pub fn fade_out(&mut self, fade: usize) {
        let frames = self.frames();
        let fade = fade.min(frames);
        for channel in &mut self.channels {
            for (i, sample) in channel[frames - fade..].iter_mut().enumerate() {
                let left = 1.0 - (i + 1) as f32 / fade as f32;
                *sample *= left * left * (3.0 - 2.0 * left);
            }
        }
    }
}

/// Frames of that many seconds.
pub fn frames_of(seconds: f64) -> usize {
    (seconds * f64::from(RATE_HZ)).round() as usize
}

/// An amplitude for a level.
pub fn gain_of(db: f64) -> f32 {
    10f64.powf(db / 20.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_tail_comes_back_at_the_beginning() {
        let mut audio = Audio { channels: vec![vec![1.0, 2.0, 3.0, 10.0, 20.0]] };
        audio.fold(3);
        assert_eq!(audio.channels[0], [11.0, 22.0, 3.0]);
    }

    #[test]
    fn a_round_of_a_loop_is_what_was_there_before_the_overlap() {
        let mut audio = Audio { channels: vec![(0..9_000).map(|i| (i as f32 * 0.01).sin()).collect()] };
        let before = audio.clone();
        audio.overlap();
        assert_eq!(audio.frames(), 9_000 + OVERLAP_FRAMES);
        assert_eq!(audio.round(), before);
    }

    #[test]
    fn a_fade_ends_in_silence() {
        let mut audio = Audio { channels: vec![vec![1.0; 100]] };
        audio.fade_out(10);
        assert_eq!((audio.channels[0][89], audio.channels[0][99]), (1.0, 0.0));
    }
}
