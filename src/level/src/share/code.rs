//! Share codes: `pm1-` and base64 for addresses, and where one stands in a text.

use super::{SHARE_FORMAT, ShareError, Shared, seal};
use crate::limits::{CODE_BYTES_MAX, CODE_UNPACKED_BYTES_MAX};
use data_encoding::BASE64URL_NOPAD;

/// What a code begins with; the number of its format and a `-` follow.
const BEGIN: &str = "pm";
/// Most lines into which it may have been broken.
const LINES_MAX: usize = 100;
/// Most characters of all tries to put the lines together again: each try unpacks what it has.
const TRIED_BYTES_MAX: usize = 2 * CODE_BYTES_MAX;
/// Most digits of a format.
const DIGITS_MAX: usize = 4;

impl Shared {
    /// The share code: what stands behind `#` in a link.
    ///
    /// # Errors
    /// That it is longer than a code may be: then only a file will do.
    pub fn to_code(&self) -> Result<String, ShareError> {
        let code = format!("{BEGIN}{SHARE_FORMAT}-{}", BASE64URL_NOPAD.encode(&seal::seal(&self.to_parts())));
        if code.len() > CODE_BYTES_MAX {
            return Err(ShareError::TooLong { bytes: code.len(), bytes_max: CODE_BYTES_MAX });
        }
        Ok(code)
    }

    /// Opens the share code that stands in a text: a code, a link, or a message with a link in it. Blanks and ends of
    /// lines that a mail program put into it do no harm.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn from_code(text: &str) -> Result<Self, ShareError> {
        let Code { format, letters, .. } = find(text).ok_or(ShareError::NoCode)?;
        if format != SHARE_FORMAT {
            return Err(ShareError::Newer { format });
        }
        // A mail program may have broken it into lines: then it ends at one of the blanks that follow.
        let mut joined = String::new();
        let mut tried_bytes = 0;
        let mut first = None;
        for piece in letters.split_ascii_whitespace().take(LINES_MAX) {
            let end = piece.find(|c| !is_letter(c)).unwrap_or(piece.len());
            joined += &piece[..end];
            tried_bytes += joined.len();
            if first.is_some() && tried_bytes > TRIED_BYTES_MAX {
                break;
            }
            let outcome = decode(&joined);
            let is_whole = !matches!(outcome, Err(ShareError::CutOff | ShareError::Damaged));
            let first = first.get_or_insert(outcome.clone());
            if is_whole || end < piece.len() {
                return if is_whole { outcome } else { first.clone() };
            }
        }
        first.unwrap_or(Err(ShareError::CutOff))
    }
}

/// The link that opens a code in the page of that address.
pub fn link(page: &str, code: &str) -> String {
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}#{code}")
}

/// The share code in a text, if there is one: what a page finds behind the `#` of its address.
pub fn code_in(text: &str) -> Option<&str> {
    let code = find(text)?;
    let letters = code.letters.find(|c| !is_letter(c)).unwrap_or(code.letters.len());
    text.get(code.begin..code.begin + code.head_bytes + letters)
}

/// A code in a text.
struct Code<'a> {
    begin: usize,
    head_bytes: usize,
    format: u32,
    /// All that follows the head.
    letters: &'a str,
}

fn find(text: &str) -> Option<Code<'_>> {
    text.match_indices(BEGIN).find_map(|(begin, _)| {
        let is_inside = text[..begin].ends_with(|c: char| c.is_ascii_alphanumeric());
        let rest = &text[begin + BEGIN.len()..];
        let digits = rest.bytes().take(DIGITS_MAX + 1).take_while(u8::is_ascii_digit).count();
        let format = rest[..digits].parse().ok()?;
        let letters = rest[digits..].strip_prefix('-')?;
        (!is_inside && digits <= DIGITS_MAX).then_some(Code {
            begin,
            head_bytes: BEGIN.len() + digits + 1,
            format,
            letters,
        })
    })
}

fn decode(letters: &str) -> Result<Shared, ShareError> {
    if letters.len() > CODE_BYTES_MAX {
        return Err(ShareError::TooLong { bytes: letters.len(), bytes_max: CODE_BYTES_MAX });
    }
    // What has no full byte at its end lacks a letter or has one too many.
    let sealed = BASE64URL_NOPAD.decode(letters.as_bytes()).map_err(|_| ShareError::CutOff)?;
    Shared::from_parts(&seal::unseal(&sealed, CODE_UNPACKED_BYTES_MAX)?)
}

const fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}
