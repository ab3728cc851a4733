//! The colour themes: which colour each role has, and how a drawing looks with them.
//!
//! The default theme names every role; its colours are those that the SVG sources use. Another theme lists only the
//! roles that it changes. Shapes never change: they tell class and state on their own.

use crate::{Result, vision::Colour};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

/// The theme whose colours the sources use.
pub const DEFAULT: &str = "default";

/// Roles and their colours, written `#RRGGBB`.
type Roles = BTreeMap<String, String>;

/// The file of themes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    format: u32,
    themes: BTreeMap<String, Roles>,
}

/// All themes.
pub struct Themes {
    themes: BTreeMap<String, Roles>,
    default: Roles,
}

impl Themes {
    /// Reads `src/themes.json` and refuses what cannot be applied.
    pub fn read(assets: &Path) -> Result<Self> {
        let text = fs::read_to_string(assets.join("src/themes.json"))?;
        Self::parse(&text).map_err(|e| format!("assets/src/themes.json: {e}").into())
    }

    fn parse(text: &str) -> Result<Self> {
        let Source { format, mut themes } = serde_json::from_str(text)?;
        if format != 1 {
            return Err(format!("unknown format {format}").into());
        }
        let default = themes.remove(DEFAULT).ok_or("there is no default theme")?;
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for (role, written) in &default {
            colour(written)?;
            if let Some(other) = owners.insert(written, role) {
                return Err(format!("{role} and {other} are both {written}; a drawing cannot tell them apart").into());
            }
        }
        for (theme, roles) in &themes {
            for (role, written) in roles {
                colour(written)?;
                if !default.contains_key(role) {
                    return Err(format!("{theme}: the default theme has no role {role}").into());
                }
            }
        }
        Ok(Self { themes, default })
    }

    /// The themes' names, the default one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(DEFAULT).chain(self.themes.keys().map(String::as_str))
    }

    /// The colour of a role under a theme.
    pub fn colour(&self, theme: &str, role: &str) -> Result<Colour> {
        let changed = self.themes.get(theme).and_then(|roles| roles.get(role));
        colour(changed.or_else(|| self.default.get(role)).ok_or_else(|| format!("no role {role}"))?)
    }

    /// An SVG document with the colours of a theme in place of the default ones.
    pub fn apply(&self, theme: &str, document: &str) -> String {
        let Some(roles) = self.themes.get(theme) else { return document.to_owned() };
        let changes: BTreeMap<&str, &str> =
            roles.iter().filter_map(|(role, new)| Some((self.default.get(role)?.as_str(), new.as_str()))).collect();
        let mut out = String::with_capacity(document.len());
        let mut rest = document;
        while let Some(at) = rest.find('#') {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let written = from.get(..7).unwrap_or(from);
            out.push_str(changes.get(written).unwrap_or(&written));
            rest = &from[written.len()..];
        }
        out + rest
    }
}

/// Reads `#RRGGBB` in capitals, as the sources write it.
fn colour(written: &str) -> Result<Colour> {
    let wrong = || format!("{written:?} is not a colour like #0D0A22");
    let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(wrong)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte)) {
        return Err(wrong().into());
    }
    let value = u32::from_str_radix(digits, 16)?;
    Ok([(value >> 16) as u8, (value >> 8) as u8, value as u8])
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT, Themes};
    use crate::vision::{Colour, Deficiency, contrast, difference};
    use std::path::Path;

    /// Roles that must never look alike.
    const GROUPS: [[&str; 3]; 4] = [
        ["ok-body", "strain-body", "failed-body"],
        ["ok-signal", "strain-signal", "failed-signal"],
        ["ok-room-floor", "strain-room-floor", "failed-room-floor"],
        ["browse", "buy", "batch"],
    ];

    fn committed() -> Themes {
        Themes::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")).unwrap()
    }

    /// The smallest difference within any group, as seen.
    fn closest(themes: &Themes, theme: &str, seen: impl Fn(Colour) -> Colour) -> f32 {
        let mut least = f32::MAX;
        for group in GROUPS {
            for (i, j) in [(0, 1), (0, 2), (1, 2)] {
                let [a, b] = [i, j].map(|k| seen(themes.colour(theme, group[k]).unwrap()));
                least = least.min(difference(a, b));
            }
        }
        least
    }

    #[test]
    fn each_deficiency_has_a_theme_that_separates_better_than_the_default() {
        let themes = committed();
        for deficiency in Deficiency::ALL {
            let seen = |colour| deficiency.colour(colour);
            let own = closest(&themes, deficiency.name(), seen);
            assert!(own >= 0.13, "{deficiency:?}: {own}");
            assert!(own > closest(&themes, DEFAULT, seen), "{deficiency:?}");
        }
    }

    #[test]
    fn states_stand_out_from_the_void_and_more_so_in_high_contrast() {
        let themes = committed();
        for theme in themes.names() {
            let least = if theme == "high-contrast" { 5.0 } else { 3.0 };
            for role in GROUPS.concat() {
                let ratio = contrast(themes.colour(theme, role).unwrap(), themes.colour(theme, "void").unwrap());
                assert!(ratio >= least, "{theme}: {role} {ratio}");
            }
        }
    }

    #[test]
    fn a_theme_changes_whole_colours_and_nothing_else() {
        let text = r##"{"format":1,"themes":{"default":{"a":"#112233","b":"#445566"},
            "other":{"a":"#445566","b":"#112233"}}}"##;
        let themes = Themes::parse(text).unwrap();
        let svg = "<a fill=\"#112233\" href=\"#1\"/><b fill=\"#445566\" stroke=\"#fff\"/> é#";
        let swapped = "<a fill=\"#445566\" href=\"#1\"/><b fill=\"#112233\" stroke=\"#fff\"/> é#";
        assert_eq!(themes.apply("other", svg), swapped);
        assert_eq!(themes.apply(DEFAULT, svg), svg);
    }

    #[test]
    fn what_cannot_be_applied_is_refused() {
        for text in [
            r##"{"format":1,"themes":{"default":{"a":"#112233","b":"#112233"}}}"##,
            r##"{"format":1,"themes":{"default":{"a":"#112233"},"x":{"b":"#112233"}}}"##,
            r##"{"format":1,"themes":{"default":{"a":"#11223G"}}}"##,
            r##"{"format":1,"themes":{}}"##,
            r##"{"format":2,"themes":{"default":{}}}"##,
        ] {
            assert!(Themes::parse(text).is_err(), "{text}");
        }
    }
}
