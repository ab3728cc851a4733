//! How a value of a control is written, with its unit.

use crate::text::Texts;
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
                texts.with("duration-s", &[("s", number(value / 1e3).into())])
            }
            Self::Number(unit) => {
                let symbol = texts.get(&format!("unit-{}", unit.key()));
                let text = format!("{} {symbol}", number(value));
                text.trim_end().to_owned()
            }
            Self::Names(names) => {
                names.get(value.max(0.0) as usize).map(|name| texts.get(&format!("choice-{name}"))).unwrap_or_default()
            }
            Self::Part => format!("{:.0} %", value * 100.0),
        }
    }
}

/// A number with no more places than it needs, and a comma before each group of three digits.
pub fn number(value: f64) -> String {
    let places = if value.abs() >= 100.0 { 0 } else { 3 };
    let text = format!("{value:.places$}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let mut grouped = String::with_capacity(whole.len() + 8);
    for (i, digit) in whole.char_indices() {
        if i > 0 && (whole.len() - i) % 3 == 0 && !whole[..i].ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if part.is_empty() { grouped } else { format!("{grouped}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_places_that_they_need() {
        for (value, text) in [
            (0.0, "0"),
            (33.0, "33"),
            (0.25, "0.25"),
            (1_000.0, "1,000"),
            (600_000.0, "600,000"),
            (1.2346, "1.235"),
            (123.4, "123"),
            (-1_500.0, "-1,500"),
        ] {
            assert_eq!(number(value), text);
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
