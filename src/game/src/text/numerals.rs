//! How a language writes numbers: its decimal sign, and what parts the thousands.

use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

/// Fraction digits of a number that does not say how many it wants.
const FRACTION_DIGITS_MAX: usize = 3;
/// From so many digits on, thousands are parted: four are read at a glance.
const GROUPED_FROM_DIGITS: usize = 5;

/// A way to write numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numerals {
    /// `12,345.6`
    Point,
    /// `12.345,6`
    Comma,
}

impl Numerals {
    /// Writes a number as its options ask for.
    pub fn write(self, number: &FluentNumber) -> String {
        let FluentNumberOptions { minimum_fraction_digits: least, maximum_fraction_digits: most, .. } = number.options;
        let least = least.unwrap_or(0);
        let plain = format!("{:.*}", most.unwrap_or(FRACTION_DIGITS_MAX).max(least), number.value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let kept = fraction.trim_end_matches('0').len().max(least.min(fraction.len()));
        let fraction = &fraction[..kept];
        let (point, group) = self.signs();
        // What is rounded to nothing has no sign.
        let negative = number.value < 0.0 && plain.contains(|c| ('1'..='9').contains(&c));
        let mut written = if negative { String::from("\u{2212}") } else { String::new() };
        for (i, digit) in whole.chars().enumerate() {
            let left = whole.len() - i;
            if i > 0 && left.is_multiple_of(3) && whole.len() >= GROUPED_FROM_DIGITS && number.options.use_grouping {
                written.push(group);
            }
            written.push(digit);
        }
        if !fraction.is_empty() {
            written.push(point);
            written.push_str(fraction);
        }
        written
    }

    /// Writes the numbers of a message; everything else as usual.
    pub fn formatter<M>(self) -> fn(&FluentValue<'_>, &M) -> Option<String> {
        match self {
            Self::Point => |value, _| Self::Point.of_value(value),
            Self::Comma => |value, _| Self::Comma.of_value(value),
        }
    }

    fn of_value(self, value: &FluentValue<'_>) -> Option<String> {
        match value {
            FluentValue::Number(number) if number.value.is_finite() => Some(self.write(number)),
            _ => None,
        }
    }

    /// The number that is written there: with a sign before each three digits of the whole, or before its fraction, whichever
    /// of the two signs was meant.
    pub fn read(self, text: &str) -> Option<f64> {
        let (point, group) = self.signs();
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let text = text.replace('\u{2212}', "-");
        let mut parts = text.split(group);
        let leads = parts.next().is_some_and(|first| !matches!(first, "" | "0" | "-0" | "-"));
        let is_grouped = text.contains(point) || leads && parts.all(|part| part.len() == 3);
        let plain = text.replace(group, if is_grouped { "" } else { "." }).replace(point, ".");
        plain.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// The decimal sign, and what parts the thousands.
    const fn signs(self) -> (char, char) {
        match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        }
    }
}

/// A number with exactly that many fraction digits, for a message.
pub fn number(value: f64, fraction_digits: usize) -> FluentNumber {
    let digits = Some(fraction_digits);
    let options =
        FluentNumberOptions { minimum_fraction_digits: digits, maximum_fraction_digits: digits, ..Default::default() };
    FluentNumber::new(value, options)
}

/// A number with as many fraction digits as it needs, but no more than that, for a message.
pub fn at_most(value: f64, fraction_digits: usize) -> FluentNumber {
    let options = FluentNumberOptions { maximum_fraction_digits: Some(fraction_digits), ..Default::default() };
    FluentNumber::new(value, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written() {
        for numerals in [Numerals::Point, Numerals::Comma] {
            for value in [0.0, 0.25, 12.5, 123.456, 1_000.0, 1_234.5, 1_000_000.0, -1_500.0, -0.125] {
                let written = numerals.write(&at_most(value, 3));
                assert_eq!(numerals.read(&written), Some(value), "{written}");
            }
            for (text, value) in [("0,5", 0.5), ("0.5", 0.5), (" 10 000 ", 1e4), ("0,125", 0.125), ("0.125", 0.125)] {
                assert_eq!(numerals.read(text), Some(value), "{text}");
            }
            assert_eq!((numerals.read("x"), numerals.read("1e999"), numerals.read("")), (None, None, None));
        }
        assert_eq!((Numerals::Point.read("32,000"), Numerals::Point.read("32.000")), (Some(32e3), Some(32.0)));
        assert_eq!((Numerals::Comma.read("32,000"), Numerals::Comma.read("32.000")), (Some(32.0), Some(32e3)));
    }

    #[test]
    fn each_language_has_its_signs() {
        let long = number(1_234_567.891, 1);
        assert_eq!(Numerals::Point.write(&long), "1,234,567.9");
        assert_eq!(Numerals::Comma.write(&long), "1.234.567,9");
        assert_eq!(Numerals::Comma.write(&number(-0.25, 2)), "\u{2212}0,25");
    }

    #[test]
    fn four_digits_stay_together() {
        assert_eq!(Numerals::Comma.write(&9_999.into()), "9999");
        assert_eq!(Numerals::Comma.write(&10_000.into()), "10.000");
        let plain = FluentNumberOptions { use_grouping: false, ..Default::default() };
        assert_eq!(Numerals::Point.write(&FluentNumber::new(123_456.0, plain)), "123456");
    }

    #[test]
    fn a_number_has_the_digits_it_asks_for_and_else_those_it_needs() {
        assert_eq!(Numerals::Point.write(&number(3.0, 2)), "3.00");
        assert_eq!(Numerals::Point.write(&number(2.5, 0)), "2");
        assert_eq!(Numerals::Comma.write(&12.5.into()), "12,5");
        assert_eq!(Numerals::Comma.write(&(0.1 + 0.2).into()), "0,3");
        assert_eq!(Numerals::Point.write(&80.into()), "80");
    }

    #[test]
    fn what_is_rounded_to_nothing_has_no_sign() {
        assert_eq!(Numerals::Point.write(&number(-0.04, 1)), "0.0");
    }
}
