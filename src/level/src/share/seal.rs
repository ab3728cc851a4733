//! What is shared as few bytes: deflated with a dictionary of what levels and replays are made of, and a checksum.
//!
//! The dictionary belongs to the format: a file of format 1 is read with `dictionary-1.txt`, which never changes.
//! With it a solution takes half of what it takes without, and that decides how large a QR code is.

use super::ShareError;
use crate::limits::{UNPACKED_BYTES_FREE, UNPACKED_RATIO_MAX};
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

const DICTIONARY: &[u8] = include_bytes!("dictionary-1.txt");
/// Bytes of the checksum at the end.
const CHECKSUM_BYTES: usize = 4;
/// The densest of zlib's levels.
const LEVEL: i32 = 9;
/// Raw deflate: no header of zlib's.
const RAW_WINDOW_BITS: i32 = -15;

/// Packs some bytes.
pub(super) fn seal(bytes: &[u8]) -> Vec<u8> {
    let flags = create_comp_flags_from_zip_params(LEVEL, RAW_WINDOW_BITS, 0);
    let mut compressor = CompressorOxide::new(flags);
    // What comes out for the dictionary is left out; the flush puts the border between two bytes.
    compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let mut sealed = Vec::new();
    let (status, _) = compress_to_output(&mut compressor, bytes, TDEFLFlush::Finish, |out| {
        sealed.extend_from_slice(out);
        true
    });
    debug_assert_eq!(status, TDEFLStatus::Done, "a growing buffer takes all");
    sealed.extend_from_slice(&crc32fast::hash(bytes).to_le_bytes());
    sealed
}

/// Unpacks them again, at most so many.
///
/// # Errors
/// That they are more than that, or are not what was packed.
pub(super) fn unseal(sealed: &[u8], bytes_max: usize) -> Result<Vec<u8>, ShareError> {
    let body_bytes = sealed.len().checked_sub(CHECKSUM_BYTES).ok_or(ShareError::CutOff)?;
    let (body, checksum) = sealed.split_at(body_bytes);
    let ratio_max = UNPACKED_BYTES_FREE.saturating_add(body.len().saturating_mul(UNPACKED_RATIO_MAX));
    let bytes_max = bytes_max.min(ratio_max);
    let bytes = inflate(body, bytes_max)?;
    if crc32fast::hash(&bytes).to_le_bytes() == *checksum { Ok(bytes) } else { Err(ShareError::Damaged) }
}

fn inflate(mut body: &[u8], bytes_max: usize) -> Result<Vec<u8>, ShareError> {
    let length_max = DICTIONARY.len() + bytes_max;
    let mut out = DICTIONARY.to_vec();
    let mut inflater = Box::<DecompressorOxide>::default();
    let mut at = out.len();
    out.resize((at + body.len().saturating_mul(4)).min(length_max), 0);
    loop {
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = decompress(&mut inflater, body, &mut out, at, flags);
        at += written;
        body = body.get(read..).unwrap_or_default();
        match status {
            TINFLStatus::Done if body.is_empty() => break,
            TINFLStatus::HasMoreOutput if out.len() < length_max => {
                out.resize(out.len().saturating_mul(2).min(length_max), 0);
            }
            TINFLStatus::HasMoreOutput => return Err(ShareError::TooLarge { bytes_max }),
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => return Err(ShareError::CutOff),
            _ => return Err(ShareError::Damaged),
        }
    }
    out.truncate(at);
    Ok(out.split_off(DICTIONARY.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_of_format_1_is_what_it_was() {
        assert_eq!(crc32fast::hash(DICTIONARY), 0x395f_2719, "codes that were made with it could no longer be read");
    }

    #[test]
    fn what_is_sealed_is_unsealed() {
        let long = "droplet ".repeat(9_000);
        for bytes in [&b""[..], b"a", b"(format:1,level:\"two-rooms\",plan:[])", DICTIONARY, long.as_bytes()] {
            let sealed = seal(bytes);
            assert_eq!(unseal(&sealed, 1 << 20).as_deref(), Ok(bytes));
            let all_but_last = &sealed[..sealed.len() - 1];
            assert!(unseal(all_but_last, 1 << 20).is_err());
        }
    }

    #[test]
    fn a_bomb_is_defused_by_its_ratio_and_by_its_size() {
        let bomb = seal(&vec![b'0'; 50 << 20]);
        assert!(bomb.len() < 100_000, "{}", bomb.len());
        let ratio_max = UNPACKED_BYTES_FREE + (bomb.len() - CHECKSUM_BYTES) * UNPACKED_RATIO_MAX;
        assert_eq!(unseal(&bomb, usize::MAX), Err(ShareError::TooLarge { bytes_max: ratio_max }));
        assert_eq!(unseal(&bomb, 1_000), Err(ShareError::TooLarge { bytes_max: 1_000 }));
        assert_eq!(unseal(&seal(&[7; 1_000]), 1_000).map(|bytes| bytes.len()), Ok(1_000));
    }
}
