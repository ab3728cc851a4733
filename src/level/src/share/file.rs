//! Files: `NAME.pipemaze`, and whatever else someone may drop on the game.

use super::{LevelText, SHARE_FORMAT, ShareError, Shared, SharedLevel, SharedReplay, SharedSolution, bad, seal};
use crate::format::section_names;
use crate::limits::{CODE_BYTES_MAX, PACKED_BYTES_MAX, UNPACKED_BYTES_MAX};
use crate::replay::Replay;
use crate::solution::Solution;

/// What the names of files end in.
pub const FILE_EXTENSION: &str = "pipemaze";
/// What a file begins with; a byte with its format follows.
const MAGIC: &[u8] = b"PIPEMAZE";

impl Shared {
    /// The bytes of a `.pipemaze` file.
    ///
    /// # Errors
    /// That it would be larger than a file may be, packed or unpacked.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ShareError> {
        let parts = self.to_parts();
        let bytes = [MAGIC, &[SHARE_FORMAT as u8], &seal::seal(&parts)].concat();
        for (bytes, bytes_max) in [(bytes.len(), PACKED_BYTES_MAX), (parts.len(), UNPACKED_BYTES_MAX)] {
            if bytes > bytes_max {
                return Err(ShareError::TooLong { bytes, bytes_max });
            }
        }
        Ok(bytes)
    }

    /// Opens a `.pipemaze` file.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ShareError> {
        if bytes.len() > PACKED_BYTES_MAX {
            return Err(ShareError::TooLong { bytes: bytes.len(), bytes_max: PACKED_BYTES_MAX });
        }
        let rest = bytes.strip_prefix(MAGIC).ok_or(ShareError::NoFile)?;
        let (&format, sealed) = rest.split_first().ok_or(ShareError::CutOff)?;
        if u32::from(format) != SHARE_FORMAT {
            return Err(ShareError::Newer { format: u32::from(format) });
        }
        Self::from_parts(&seal::unseal(sealed, UNPACKED_BYTES_MAX)?)
    }

    /// Opens whatever it is: a `.pipemaze` file, the text of a level, solution or replay, or a text with a share code.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn open(bytes: &[u8]) -> Result<Self, ShareError> {
        if bytes.starts_with(MAGIC) {
            return Self::from_bytes(bytes);
        }
        if bytes.len() > PACKED_BYTES_MAX {
            return Err(ShareError::TooLong { bytes: bytes.len(), bytes_max: PACKED_BYTES_MAX });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ShareError::NoFile)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let sections = section_names(text);
        let has = |name: &str| sections.iter().any(|section| section == name);
        if has("map") {
            let level = LevelText::parse(text).map_err(|errors| bad("level", errors))?;
            Ok(Self::Level(Box::new(SharedLevel::from(level))))
        } else if has("plan") {
            let solution = Solution::parse(text).map_err(|errors| bad("solution", errors))?;
            Ok(Self::Solution(Box::new(SharedSolution { solution, level_hash: None, level: None })))
        } else if has("rules") {
            let replay = Replay::parse(text).map_err(|errors| bad("replay", errors))?;
            Ok(Self::Replay(Box::new(SharedReplay { replay, level: None })))
        } else if text.len() <= 2 * CODE_BYTES_MAX && super::code_in(text).is_some() {
            Self::from_code(text)
        } else {
            Err(ShareError::NoFile)
        }
    }
}
