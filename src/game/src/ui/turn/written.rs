//! How a value of a control is written, with its unit.

use crate::text::Texts;
use crate::text::numerals::at_most;
use pipe_maze_level::Param;
use pipe_maze_level::kind::param::{Range, Unit};

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// A number and a unit.
    Number(Unit),
    /// One of several names, whose texts are `choice-NAME`.
    Names(&'static [&'static str]),
    /// A part of one, in hundredths.
    Part,
}

impl Written {
    /// As a parameter has it.
    pub const fn of(param: &Param) -> Self {
        match param.range {
            Range::Number { .. } => Self::Number(param.unit),
            Range::Choice(names) => Self::Names(names),
        }
    }

    /// The value as it is read.
    pub fn text(self, texts: &Texts, value: f64) -> String {
        match self {
            Self::Number(Unit::Ms) if value >= 1_000.0 => {
                texts.with("duration-s", &[("s", number(texts, value / 1e3).into())])
            }
            Self::Number(unit) => {
                let symbol = texts.get(&format!("unit-{}", unit.key()));
                let text = format!("{} {symbol}", number(texts, value));
                text.trim_end().to_owned()
            }
            Self::Names(names) => {
                names.get(value.max(0.0) as usize).map(|name| texts.get(&format!("choice-{name}"))).unwrap_or_default()
            }
            Self::Part => format!("{:.0} %", value * 100.0),
        }
    }
}

/// A number as the language writes it, with no more places than it needs.
pub fn number(texts: &Texts, value: f64) -> String {
    texts.number(at_most(value, if value.abs() >= 100.0 { 0 } else { 3 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_places_that_they_need() {
        let (english, german) = (Texts::english(), Texts::of("de".parse().unwrap()));
        for (value, text, german_text) in [
            (0.0, "0", "0"),
            (33.0, "33", "33"),
            (0.25, "0.25", "0,25"),
            (600_000.0, "600,000", "600.000"),
            (1.2346, "1.235", "1,235"),
            (123.4, "123", "123"),
            (-15_000.0, "\u{2212}15,000", "\u{2212}15.000"),
        ] {
            assert_eq!((number(&english, value).as_str(), number(&german, value).as_str()), (text, german_text));
        }
    }

    #[test]
    fn values_have_their_unit() {
        let texts = Texts::english();
        for (written, value, text) in [
            (Written::Number(Unit::Ms), 280.0, "280 ms"),
            (Written::Number(Unit::Ms), 60_000.0, "60 s"),
            (Written::Number(Unit::Ms), 2_500.0, "2.5 s"),
            (Written::Number(Unit::Count), 20.0, "20"),
            (Written::Number(Unit::Percent), 50.0, "50 %"),
            (Written::Number(Unit::PerSecond), 12.5, "12.5 /s"),
            (Written::Names(&["fifo", "lifo"]), 1.0, "Last come, first served"),
            (Written::Names(&["fifo", "lifo"]), 9.0, ""),
            (Written::Part, 0.35, "35 %"),
        ] {
            assert_eq!(written.text(&texts, value), text);
        }
    }
}
