//! Sound files as they come in, and as samples that can be played.

use bevy::asset::io::Reader;
use bevy::asset::{AssetLoader, LoadContext};
use bevy::audio::{ChannelCount, Decodable, SampleRate, Source};
use bevy::prelude::*;
use lewton::inside_ogg::OggStreamReader;
use lewton::samples::InterleavedSamples;
use std::io::{Cursor, Error, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

/// Samples a second of every sound.
pub const RATE_HZ: u32 = 44_100;
/// A loop's file goes on into its next round for so many frames.
const OVERLAP_FRAMES: usize = 2_048;
/// Most samples of one sound: half a minute in stereo.
const SAMPLES_MAX: usize = 60 * RATE_HZ as usize;

/// A file as it came in.
#[derive(Asset, TypePath)]
pub struct OggFile(Arc<[u8]>);

/// Reads `.ogg` files.
#[derive(TypePath, Default)]
pub struct OggFileLoader;

impl AssetLoader for OggFileLoader {
    type Asset = OggFile;
    type Settings = ();
    type Error = Error;

    async fn load(&self, reader: &mut dyn Reader, _: &(), _: &mut LoadContext<'_>) -> Result<OggFile, Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).await?;
        let file = OggFile(bytes.into());
        // What cannot be decoded has failed to load.
        Winder::new(&file).map_err(|message| Error::new(ErrorKind::InvalidData, message))?;
        Ok(file)
    }

    fn extensions(&self) -> &[&str] {
        &["ogg"]
    }
}

/// Decodes a file bit by bit.
pub struct Winder {
    stream: OggStreamReader<Cursor<Arc<[u8]>>>,
    samples: Vec<i16>,
}

impl Winder {
    /// Begins with a file.
    ///
    /// # Errors
    /// Why it is not a sound of the game.
    pub fn new(file: &OggFile) -> Result<Self, String> {
        let stream = OggStreamReader::new(Cursor::new(file.0.clone())).map_err(|e| e.to_string())?;
        let header = &stream.ident_hdr;
        if header.audio_sample_rate != RATE_HZ || !(1..=2).contains(&header.audio_channels) {
            return Err(format!("{} channels at {} Hz", header.audio_channels, header.audio_sample_rate));
        }
        Ok(Self { stream, samples: Vec::new() })
    }

    /// Decodes some more. Says whether that was all.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn wind(&mut self) -> Result<bool, String> {
        let packet = self.stream.read_dec_packet_generic::<InterleavedSamples<i16>>().map_err(|e| e.to_string())?;
        let Some(packet) = packet else { return Ok(true) };
        self.samples.extend(packet.samples);
        if self.samples.len() > SAMPLES_MAX { Err("too long".into()) } else { Ok(false) }
    }

    /// What has been decoded.
    pub fn finish(self) -> Tape {
        Tape { samples: self.samples.into(), channels: u16::from(self.stream.ident_hdr.audio_channels) }
    }
}

/// A sound as samples.
#[derive(Asset, TypePath, Clone, PartialEq, Debug)]
pub struct Tape {
    samples: Arc<[i16]>,
    channels: u16,
}

impl Tape {
    /// How long it is.
    pub fn length_s(&self) -> f64 {
        self.frames() as f64 / f64::from(RATE_HZ)
    }

    /// Samples of a channel.
    pub fn frames(&self) -> usize {
        self.samples.len() / usize::from(self.channels)
    }

    /// Left and right at a place of a tape that goes round and round. At the begin of a round the overlap of the last
    /// one fades into it: neither end of a file is ever heard.
    pub fn frame_of_loop(&self, at: usize) -> [f32; 2] {
        let Some(round) = self.frames().checked_sub(OVERLAP_FRAMES).filter(|round| *round > 0) else {
            return [0.0; 2];
        };
        let at = at % round;
        if at >= OVERLAP_FRAMES {
            return self.frame(at);
        }
        let (begin, end, share) = (self.frame(at), self.frame(round + at), at as f32 / OVERLAP_FRAMES as f32);
        [0, 1].map(|side| end[side] + (begin[side] - end[side]) * share)
    }

    /// Left and right at a place; silence behind the end.
    fn frame(&self, at: usize) -> [f32; 2] {
        let channels = usize::from(self.channels);
        let sample = |channel: usize| self.samples.get(at * channels + channel).map_or(0.0, |&sample| to_float(sample));
        [sample(0), sample(channels - 1)]
    }
}

fn to_float(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}

/// A tape that is being played.
pub struct TapePlayer {
    tape: Tape,
    at: usize,
}

impl Decodable for Tape {
    type Decoder = TapePlayer;

    fn decoder(&self) -> TapePlayer {
        TapePlayer { tape: self.clone(), at: 0 }
    }
}

impl Iterator for TapePlayer {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        let sample = self.tape.samples.get(self.at)?;
        self.at += 1;
        Some(to_float(*sample))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.tape.samples.len() - self.at;
        (left, Some(left))
    }
}

/// The whole tape is one span: the mixer then converts its rate in one go, without a seam at each packet.
impl Source for TapePlayer {
    fn current_span_len(&self) -> Option<usize> {
        (self.at == self.tape.samples.len()).then_some(0)
    }

    fn channels(&self) -> ChannelCount {
        ChannelCount::new(self.tape.channels).unwrap_or(ChannelCount::MIN)
    }

    fn sample_rate(&self) -> SampleRate {
        SampleRate::new(RATE_HZ).unwrap_or(SampleRate::MIN)
    }

    fn total_duration(&self) -> Option<Duration> {
        Some(Duration::from_secs_f64(self.tape.length_s()))
    }
}

#[cfg(test)]
impl Tape {
    /// A tape of these samples.
    pub fn of(samples: &[i16], channels: u16) -> Self {
        Self { samples: samples.into(), channels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::catalogue::Sound;

    fn file(sound: Sound) -> OggFile {
        let path = format!("{}/../../assets/sounds/{}.ogg", env!("CARGO_MANIFEST_DIR"), sound.name());
        OggFile(std::fs::read(path).unwrap().into())
    }

    fn wound(sound: Sound) -> Tape {
        let mut winder = Winder::new(&file(sound)).unwrap();
        while !winder.wind().unwrap() {}
        winder.finish()
    }

    #[test]
    fn every_file_can_be_decoded_and_is_heard() {
        for (sound, name) in Sound::ALL {
            let tape = wound(sound);
            assert!(tape.length_s() > 0.05, "{name} {}", tape.length_s());
            let peak = tape.decoder().fold(0.0, |peak: f32, sample| peak.max(sample.abs()));
            assert!((0.05..0.95).contains(&peak), "{name} {peak}");
            assert_eq!(tape.decoder().count(), tape.frames() * usize::from(tape.channels));
        }
    }

    #[test]
    fn bad_files_are_refused_and_never_panic() {
        assert!(Winder::new(&OggFile([].into())).is_err());
        assert!(Winder::new(&OggFile([0x4f; 900].into())).is_err());
        let whole = file(Sound::Press).0;
        for cut in [40, 200, 3_000, whole.len() - 200] {
            let Ok(mut winder) = Winder::new(&OggFile(whole[..cut].into())) else { continue };
            while winder.wind() == Ok(false) {}
        }
        let mut bent = whole.to_vec();
        bent.iter_mut().skip(3_600).for_each(|byte| *byte ^= 0x5a);
        if let Ok(mut winder) = Winder::new(&OggFile(bent.into())) {
            while winder.wind() == Ok(false) {}
        }
    }

    #[test]
    fn the_loops_fit_together() {
        let round = |sound| wound(sound).frames() - OVERLAP_FRAMES;
        let whole = round(Sound::LayerPulse);
        assert_eq!(whole, 16 * RATE_HZ as usize);
        for sound in [Sound::LayerFlow, Sound::LayerStrain, Sound::LayerFailure, Sound::LayerHarmony, Sound::FlowBed] {
            assert_eq!(whole % round(sound), 0, "{}", sound.name());
        }
    }

    #[test]
    fn a_loop_has_no_seam() {
        let wave: Vec<i16> = (0..9_000 + OVERLAP_FRAMES).map(|i| ((i % 300) * 100) as i16).collect();
        let tape = Tape::of(&wave, 1);
        for at in [0, 7, 2_047, 2_048, 8_999, 9_000, 9_100, 18_000] {
            let expected = to_float(((at % 300) * 100) as i16);
            assert!((tape.frame_of_loop(at)[0] - expected).abs() < 1e-5, "{at}");
        }
        assert_eq!(Tape::of(&[9; 400], 1).frame_of_loop(3), [0.0, 0.0], "shorter than the overlap");
    }

    #[test]
    fn a_frame_of_a_tape_for_one_ear_is_heard_on_both() {
        assert_eq!(Tape::of(&[16_384, 0], 1).frame(0), [0.5, 0.5]);
        assert_eq!(Tape::of(&[16_384, 0], 2).frame(0), [0.5, 0.0]);
        assert_eq!(Tape::of(&[16_384], 1).frame(9), [0.0, 0.0]);
    }
}
