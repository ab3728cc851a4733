//! Ogg Vorbis, there and back.

use crate::Result;
use crate::audio::{Audio, RATE_HZ};
use lewton::inside_ogg::OggStreamReader;
use std::io::Cursor;
use std::num::{NonZeroU8, NonZeroU32};
use vorbis_rs::{VorbisBitrateManagementStrategy, VorbisEncoderBuilder};

/// The serial number of every stream: each file has only one, and the same bytes shall come out each time.
const SERIAL: i32 = 1;

/// Most frames of silence that come out of the decoder behind a sound so short that it fits into one page: a block.
pub const PADDING_FRAMES_MAX: usize = 2_048;

/// Encodes, at a quality from -0.2 to 1.
///
/// # Errors
/// What the encoder refuses.
pub fn encode(audio: &Audio, quality: f32) -> Result<Vec<u8>> {
    let rate = NonZeroU32::new(RATE_HZ).ok_or("no sample rate")?;
    let channels = u8::try_from(audio.channels.len()).ok().and_then(NonZeroU8::new).ok_or("no channel")?;
    let mut encoder = VorbisEncoderBuilder::new_with_serial(rate, channels, Vec::new(), SERIAL)
        .bitrate_management_strategy(VorbisBitrateManagementStrategy::QualityVbr { target_quality: quality })
        .build()?;
    encoder.encode_audio_block(&audio.channels)?;
    Ok(encoder.finish()?)
}

/// Decodes.
///
/// # Errors
/// Where it is not Ogg Vorbis at the rate of all sounds.
pub fn decode(bytes: &[u8]) -> Result<Audio> {
    let mut stream = OggStreamReader::new(Cursor::new(bytes))?;
    if stream.ident_hdr.audio_sample_rate != RATE_HZ {
        return Err(format!("{} samples a second instead of {RATE_HZ}", stream.ident_hdr.audio_sample_rate).into());
    }
    let mut audio = Audio::silence(usize::from(stream.ident_hdr.audio_channels), 0);
    while let Some(packet) = stream.read_dec_packet_generic::<Vec<Vec<f32>>>()? {
        for (channel, samples) in audio.channels.iter_mut().zip(packet) {
            channel.extend(samples);
        }
    }
    Ok(audio)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shortest loop.
    const LOOP_FRAMES: usize = 8 * RATE_HZ as usize;

    #[test]
    fn what_is_encoded_comes_back_with_the_same_length_and_the_same_bytes_each_time() {
        for frames in [1, 3_000, 50_001, LOOP_FRAMES] {
            let samples: Vec<f32> = (0..frames).map(|i| 0.3 * (i as f32 * 0.05).sin()).collect();
            let audio = Audio { channels: vec![samples] };
            let bytes = encode(&audio, 0.1).unwrap();
            assert_eq!(bytes, encode(&audio, 0.1).unwrap());
            let decoded = decode(&bytes).unwrap().frames();
            assert!((frames..=frames + PADDING_FRAMES_MAX).contains(&decoded), "{decoded} instead of {frames}");
            // Loops are long enough for more than a page, and then not a sample is added.
            assert!(frames < LOOP_FRAMES || decoded == frames, "{decoded} instead of {frames}");
        }
    }

    #[test]
    fn bad_bytes_are_refused() {
        assert!(decode(b"").is_err() && decode(&[7; 4_000]).is_err());
    }
}
