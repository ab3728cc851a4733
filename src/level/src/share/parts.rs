//! What is shared as parts: each of a kind, with a name and a text, as they would lie in a folder of levels.
//!
//! ```text
//! part = kind: 1 byte, length of name: LEB128, name: UTF-8, length of text: LEB128, text: UTF-8
//! ```

use super::ShareError;
use crate::limits::{NAME_BYTES_MAX, PARTS_MAX};

/// What a part is. The numbers stand in files and stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PartKind {
    /// A level file; what comes after belongs to it, up to the next level.
    Level = 1,
    /// A solution file.
    Solution = 2,
    /// A decoy: a solution file that must lose.
    Decoy = 3,
    /// A proof.
    Proof = 4,
    /// A replay file.
    Replay = 5,
    /// Which level something is for that does not lie with it.
    For = 6,
    /// The title of a pack.
    Pack = 7,
}

impl PartKind {
    const ALL: [Self; 7] = [Self::Level, Self::Solution, Self::Decoy, Self::Proof, Self::Replay, Self::For, Self::Pack];
}

/// One part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part<'a> {
    pub kind: PartKind,
    pub name: &'a str,
    pub text: &'a str,
}

/// Writes parts one after the other.
pub(super) fn write<'a>(parts: impl IntoIterator<Item = Part<'a>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.push(part.kind as u8);
        for text in [part.name, part.text] {
            write_length(text.len(), &mut bytes);
            bytes.extend_from_slice(text.as_bytes());
        }
    }
    bytes
}

/// Reads them again.
///
/// # Errors
/// That a part is of a kind that is not known here, or that they are no parts.
pub(super) fn read(mut bytes: &[u8]) -> Result<Vec<Part<'_>>, ShareError> {
    let mut parts = Vec::new();
    while let Some((&number, rest)) = bytes.split_first() {
        let kind = PartKind::ALL.into_iter().find(|kind| *kind as u8 == number);
        let kind = kind.ok_or(ShareError::UnknownPart { part: number })?;
        let (name, rest) = read_text(rest)?;
        let (text, rest) = read_text(rest)?;
        if parts.len() >= PARTS_MAX || name.len() > NAME_BYTES_MAX * 2 {
            return Err(ShareError::TooMany { count_max: PARTS_MAX });
        }
        parts.push(Part { kind, name, text });
        bytes = rest;
    }
    Ok(parts)
}

fn write_length(length: usize, bytes: &mut Vec<u8>) {
    let mut left = length;
    while left >= 0x80 {
        bytes.push(left as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
}

/// A length that no text within bounds exceeds takes at most four bytes.
fn read_length(bytes: &[u8]) -> Result<(usize, &[u8]), ShareError> {
    let mut length = 0;
    for (nth, &byte) in bytes.iter().take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * nth);
        if byte < 0x80 {
            return Ok((length, &bytes[nth + 1..]));
        }
    }
    Err(ShareError::Damaged)
}

fn read_text(bytes: &[u8]) -> Result<(&str, &[u8]), ShareError> {
    let (length, rest) = read_length(bytes)?;
    let (text, rest) = rest.split_at_checked(length).ok_or(ShareError::Damaged)?;
    let text = std::str::from_utf8(text).map_err(|_| ShareError::Damaged)?;
    Ok((text, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_as_they_were_written() {
        let long = "ä".repeat(20_000);
        let parts = [
            Part { kind: PartKind::Level, name: "", text: "(format: 1)" },
            Part { kind: PartKind::Decoy, name: "decoy-long-way", text: &long },
            Part { kind: PartKind::Pack, name: "", text: "" },
        ];
        let bytes = write(parts.clone());
        assert_eq!(read(&bytes), Ok(parts.to_vec()));
        assert_eq!(read(&[]), Ok(Vec::new()));
        for cut in [1, 2, 3, 10, bytes.len() - 1] {
            assert_eq!(read(&bytes[..cut]), Err(ShareError::Damaged), "cut at {cut}");
        }
    }

    #[test]
    fn parts_of_tomorrow_and_too_many_are_refused() {
        assert_eq!(read(&[8, 0, 0]), Err(ShareError::UnknownPart { part: 8 }));
        assert_eq!(read(&[1, 0xff, 0xff, 0xff, 0xff, 0x01]), Err(ShareError::Damaged));
        assert_eq!(read(&[2, 1, 0xff, 0]), Err(ShareError::Damaged));
        let many = write(vec![Part { kind: PartKind::For, name: "", text: "" }; PARTS_MAX + 1]);
        assert_eq!(read(&many), Err(ShareError::TooMany { count_max: PARTS_MAX }));
    }
}
