//! The colours of the world, by role. The art direction names them; nothing else in the game names a colour.

use bevy::prelude::Color;

/// Keylines, panels, text on bone.
pub const INK: Color = rgb(0x0D, 0x0A, 0x22);
/// Slots on panels.
pub const INK_RAISED: Color = rgb(0x1A, 0x14, 0x40);
/// The line round a panel.
pub const INK_LINE: Color = rgb(0x2F, 0x27, 0x63);
/// Controls that do nothing now.
pub const INACTIVE: Color = rgb(0x4A, 0x40, 0x88);
/// Walls, text on ink, primary buttons.
pub const BONE: Color = rgb(0xFF, 0xEF, 0xD6);
/// The shade side of bone.
pub const BONE_SHADE: Color = rgb(0xEB, 0xCF, 0xB0);
/// Quiet text on ink.
pub const PERIWINKLE: Color = rgb(0xBD, 0xB8, 0xFF);
/// All is well.
pub const OK: Color = rgb(0x7F, 0xF0, 0xCC);
/// Strain.
pub const STRAIN: Color = rgb(0xFF, 0xAB, 0x2E);
/// Failure, as a fill.
pub const FAILED: Color = rgb(0xFF, 0x45, 0x32);
/// Failure, as text on ink.
pub const FAILED_ON_INK: Color = rgb(0xFF, 0x8A, 0x74);
/// Failure, as text on bone; also the sage's heading.
pub const FAILED_ON_BONE: Color = rgb(0xC4, 0x12, 0x2F);
/// Selection, and the Navigator's hat.
pub const GOLD: Color = rgb(0xFF, 0xD2, 0x3E);
/// Water in a tank.
pub const WATER: Color = rgb(0x2F, 0xB9, 0xA8);
/// Droplets of those who browse.
pub const BROWSE: Color = rgb(0x74, 0xF0, 0xFF);
/// Droplets of those who buy.
pub const BUY: Color = rgb(0xFF, 0xF2, 0x7A);
/// Droplets of batch work.
pub const BATCH: Color = rgb(0xF3, 0xB3, 0xFF);
/// The core of a droplet.
pub const CORE: Color = Color::WHITE;
/// What is gone of a draining ring.
pub const RING_TRACK: Color = rgb(0x4A, 0x20, 0x0F);
/// Within a failed droplet.
pub const FAILED_DEEP: Color = rgb(0x4A, 0x06, 0x1F);
/// The outline of a failed droplet.
pub const FAILED_LINE: Color = rgb(0xFF, 0x9C, 0x7E);
/// Water that flows too fast to be watched.
pub const CURRENT: Color = rgb(0xC4, 0xFB, 0xE6);
/// Such water where it carries failures.
pub const CURRENT_FAILED: Color = rgb(0xFF, 0xC0, 0xA8);
/// The sky above everything.
pub const SKY_TOP: Color = rgb(0x23, 0x16, 0x52);

/// The lowest stratum.
pub const DEEPEST_ROCK: Color = rgb(0x1B, 0x4B, 0x69);

const fn rgb(red: u8, green: u8, blue: u8) -> Color {
    Color::srgb(red as f32 / 255.0, green as f32 / 255.0, blue as f32 / 255.0)
}
