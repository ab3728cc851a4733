//! The themes, and which colour each role has in them.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

const SOURCE: &str = include_str!("../../../../assets/src/themes.json");

/// Which colours the world has. Shapes never change: they tell class and state on their own.
#[derive(Resource, Serialize, Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As it was painted.
    #[default]
    Default,
    /// For those without green-sensitive cones, or with weak ones.
    Deuteranopia,
    /// For those without red-sensitive cones, or with weak ones.
    Protanopia,
    /// For those without blue-sensitive cones, or with weak ones.
    Tritanopia,
    /// Black, white, and colours as far apart as they get.
    HighContrast,
}

/// Red, green and blue, 0 to 255.
pub(super) type Rgb = [u8; 3];

/// The colours of the roles in a theme.
type Roles = BTreeMap<String, Rgb>;

impl Theme {
    /// All themes, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Default, Self::Deuteranopia, Self::Protanopia, Self::Tritanopia, Self::HighContrast];

    /// Its name in `themes.json`; the text of its name is `theme-KEY`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Deuteranopia => "deuteranopia",
            Self::Protanopia => "protanopia",
            Self::Tritanopia => "tritanopia",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The colour of a role. White where there is no such role; a test holds that the game asks for none.
    pub fn colour(self, role: &str) -> Color {
        let [red, green, blue] = self.rgb(role).unwrap_or([255; 3]);
        Color::srgb_u8(red, green, blue)
    }

    /// The colour of a role, if there is such a role.
    pub(super) fn rgb(self, role: &str) -> Option<Rgb> {
        self.roles().get(role).copied()
    }

    /// What changes from the default theme to this one, and what stays: which role, from which colour to which.
    pub(super) fn changes(self) -> impl Iterator<Item = (&'static str, Rgb, Rgb)> {
        let default = Self::Default.roles().iter();
        default.filter_map(move |(role, from)| Some((role.as_str(), *from, self.rgb(role)?)))
    }

    /// Whether rock and sky have other colours, too.
    pub fn changes_ground(self) -> bool {
        ["void", "rock-top", "rock-bottom"].iter().any(|role| self.rgb(role) != Self::Default.rgb(role))
    }

    fn roles(self) -> &'static Roles {
        static TABLE: OnceLock<BTreeMap<String, Roles>> = OnceLock::new();
        static NONE: Roles = Roles::new();
        // The file is compiled in, and a test holds that it can be read.
        TABLE.get_or_init(|| read(SOURCE).unwrap_or_default()).get(self.key()).unwrap_or(&NONE)
    }
}

/// The file of themes. A theme lists what it changes; the default one lists every role.
#[derive(Deserialize)]
struct File {
    themes: BTreeMap<String, BTreeMap<String, String>>,
}

/// All roles of each theme.
pub(super) fn read(source: &str) -> Option<BTreeMap<String, Roles>> {
    let File { themes } = serde_json::from_str(source).ok()?;
    let parsed: Option<BTreeMap<String, Roles>> = themes
        .into_iter()
        .map(|(theme, roles)| {
            let roles: Option<Roles> = roles.into_iter().map(|(role, text)| Some((role, rgb(&text)?))).collect();
            Some((theme, roles?))
        })
        .collect();
    let mut themes = parsed?;
    let default = themes.get(Theme::Default.key())?.clone();
    for roles in themes.values_mut() {
        let own = std::mem::replace(roles, default.clone());
        roles.extend(own);
    }
    Some(themes)
}

/// Reads `#RRGGBB`.
fn rgb(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    Some([(value >> 16) as u8, (value >> 8) as u8, value as u8])
}
