//! Rules: what a number or list of a level may be, in words that every language can have.

use crate::kind::Class;
use std::fmt;

/// What is allowed in a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Rule {
    /// From one number to another.
    Between(f64, f64),
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
    /// Above 0.
    Positive,
    /// Above 0, and at most so much.
    PositiveUpTo(f64),
    /// At least as late as the field `from_ms`, and at most so much.
    AfterItsBegin(f64),
    /// In order of time, and at most so late.
    InOrder(f64),
    /// Pairs of begin and end, in order of time, apart, and at most so late.
    Apart(f64),
    /// At least 1, and shorter than the field `every_ms`.
    BelowEvery,
    /// So long that there are at most so many strikes.
    FewerStrikes(f64),
    /// A class that comes once; this one comes twice.
    Once(Class),
    /// Above 0 for one of several classes.
    OneFlows,
    /// From 1 to the enemies that there are.
    Enemies(usize),
    /// Listed once.
    ListedOnce,
    /// A kind that players place.
    Placeable,
    /// A piece of the kind that is listed.
    SameKind,
    /// Not said: what strikes concerns every copy of a machine.
    LeftOut,
}

impl Rule {
    /// From one whole number to another.
    pub fn whole(min: impl Into<u64>, max: impl Into<u64>) -> Self {
        Self::Between(min.into() as f64, max.into() as f64)
    }

    /// The end of the key of its text, and the numbers in it.
    pub const fn words(&self) -> (&'static str, Option<f64>, Option<f64>) {
        match *self {
            Self::Between(min, max) => ("between", Some(min), Some(max)),
            Self::AtLeast(min) => ("at-least", Some(min), None),
            Self::AtMost(max) => ("at-most", None, Some(max)),
            Self::Positive => ("positive", None, None),
            Self::PositiveUpTo(max) => ("positive-up-to", None, Some(max)),
            Self::AfterItsBegin(max) => ("after-its-begin", None, Some(max)),
            Self::InOrder(max) => ("in-order", None, Some(max)),
            Self::Apart(max) => ("apart", None, Some(max)),
            Self::BelowEvery => ("below-every", None, None),
            Self::FewerStrikes(max) => ("fewer-strikes", None, Some(max)),
            Self::Once(_) => ("once", None, None),
            Self::OneFlows => ("one-flows", None, None),
            Self::Enemies(count) => ("enemies", None, Some(count as f64)),
            Self::ListedOnce => ("listed-once", None, None),
            Self::Placeable => ("placeable", None, None),
            Self::SameKind => ("same-kind", None, None),
            Self::LeftOut => ("left-out", None, None),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = grouped;
        match *self {
            Self::Between(min, max) => write!(f, "from {} to {}", n(min), n(max)),
            Self::AtLeast(min) => write!(f, "at least {}", n(min)),
            Self::AtMost(max) => write!(f, "at most {}", n(max)),
            Self::Positive => write!(f, "above 0"),
            Self::PositiveUpTo(max) => write!(f, "above 0 and at most {}", n(max)),
            Self::AfterItsBegin(max) => write!(f, "from_ms or later, at most {}", n(max)),
            Self::InOrder(max) => write!(f, "in order of time, at most {}", n(max)),
            Self::Apart(max) => write!(f, "pairs (from, to) in order of time, apart, at most {}", n(max)),
            Self::BelowEvery => write!(f, "at least 1 and below every_ms"),
            Self::FewerStrikes(max) => write!(f, "longer: at most {} strikes", n(max)),
            Self::Once(class) => write!(f, "one that comes once: {} comes twice", class.key()),
            Self::OneFlows => write!(f, "above 0 for one of several classes"),
            Self::Enemies(count) => write!(f, "from 1 to the {count} enemies that there are"),
            Self::ListedOnce => write!(f, "listed once: put the counts together"),
            Self::Placeable => write!(f, "a kind that players place; Springs belong to `pieces`"),
            Self::SameKind => write!(f, "of one kind: its spec must be one of that kind, too"),
            Self::LeftOut => write!(f, "left out: errors concern every copy of the machine"),
        }
    }
}

/// A number with a comma between thousands.
fn grouped(number: f64) -> String {
    let text = number.to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        let left = whole.len() - i;
        if i > 0 && left % 3 == 0 && digit.is_ascii_digit() && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    rest.map_or(grouped.clone(), |rest| format!("{grouped}.{rest}"))
}
