//! Links as QR codes: which squares are dark.

use super::ShareError;
use crate::limits::QR_BYTES_MAX;
use qrcode::{Color, EcLevel};

/// A QR code: a square of small squares, dark and light. Around it belongs a light margin of four squares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QrCode {
    side: u32,
    dark: Vec<bool>,
}

impl QrCode {
    /// Squares of one side, without the margin.
    pub const fn side(&self) -> u32 {
        self.side
    }

    /// Whether the square of that column and row is dark; outside all are light.
    pub fn is_dark(&self, column: u32, row: u32) -> bool {
        let index = row.checked_mul(self.side).and_then(|start| start.checked_add(column));
        column < self.side && index.and_then(|index| self.dark.get(index as usize)) == Some(&true)
    }
}

/// The QR code of a link.
///
/// # Errors
/// That the link is too long for one that a telephone reads from a screen.
pub fn qr(link: &str) -> Result<QrCode, ShareError> {
    let too_long = || ShareError::TooLong { bytes: link.len(), bytes_max: QR_BYTES_MAX };
    if link.len() > QR_BYTES_MAX {
        return Err(too_long());
    }
    // On a screen nothing is smudged: fewer and larger squares are worth more than redundancy.
    let code = qrcode::QrCode::with_error_correction_level(link, EcLevel::L).map_err(|_| too_long())?;
    let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(QrCode { side: code.width() as u32, dark })
}
