//! Which colours of a picture that was drawn with the default theme become which in another, and which stay.

use super::Theme;
use super::table::Rgb;
use pipe_maze_picture::Dye;

/// Roles of pieces alone: of rock that has nearly their colours they say nothing.
const NOT_OF_GROUND: [&str; 2] = ["ink", "structure"];
/// Colours of the sky that are no role's and stay.
const SKY: [Rgb; 4] = [[0x6A, 0x2B, 0x7B], [0xE2, 0x56, 0x6C], [0xFF, 0xB8, 0x77], [0xFF, 0x8A, 0x62]];
/// Colours of pictures that are no role's but shall stay: hat and scarf, coins, skin, wood, metal, screens.
const STAYS: [Rgb; 12] = [
    [0xF4, 0x69, 0x5E],
    [0xFF, 0xC2, 0x7A],
    [0xF4, 0xA9, 0x5F],
    [0xB5, 0x71, 0x4C],
    [0x8C, 0x55, 0x3C],
    [0x4E, 0x2A, 0x20],
    [0xF2, 0xCD, 0xA6],
    [0x7E, 0x52, 0x68],
    [0x8E, 0x72, 0x78],
    [0xD9, 0xE4, 0xF0],
    [0xFF, 0xFF, 0xFF],
    [0x00, 0x00, 0x00],
];

/// For pictures of pieces in a theme. Nothing for the default one, which changes nothing.
pub fn dye_for_pieces(theme: Theme) -> Option<Dye> {
    let changes = theme.changes().map(|(_, from, to)| (from, to));
    (theme != Theme::Default).then(|| Dye::new(changes.collect(), &STAYS))
}

/// For pictures of rock and sky in a theme. Nothing for those that leave them as they are.
pub fn dye_for_ground(theme: Theme) -> Option<Dye> {
    let of_ground = |role: &str| !NOT_OF_GROUND.iter().any(|family| role.starts_with(family));
    let changes = theme.changes().filter(|(role, ..)| of_ground(role)).map(|(_, from, to)| (from, to));
    theme.changes_ground().then(|| Dye::new(changes.collect(), &SKY))
}
