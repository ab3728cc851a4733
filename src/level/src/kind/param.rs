//! Parameters: what can be set about a piece, described so that an inspector, an editor and a file can all do it.

use super::KindSpec;
use crate::edit::Setting;

/// One parameter of a kind. Its texts are `param-KEY` and `param-KEY-help`.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name in files and texts.
    pub key: &'static str,
    /// What it is measured in.
    pub unit: Unit,
    /// What it can be.
    pub range: Range,
    /// Whether it is one of the (at most four) knobs that show at once; the others are under Advanced.
    pub main: bool,
    /// Who sets it.
    pub by: By,
    /// Whether it can be turned while water flows.
    pub live: bool,
    pub(crate) get: fn(&KindSpec) -> Option<f64>,
    pub(crate) set: fn(&mut KindSpec, f64),
}

/// What a parameter is measured in; the text of its symbol is `unit-KEY`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// Pieces, requests, tries: a number alone.
    Count,
    /// Requests a second.
    PerSecond,
    /// Simulated milliseconds.
    Ms,
    /// Bytes.
    Bytes,
    /// Hundredths.
    Percent,
    /// One of several names.
    Choice,
}

impl Unit {
    /// The end of the key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::PerSecond => "per-second",
            Self::Ms => "ms",
            Self::Bytes => "bytes",
            Self::Percent => "percent",
            Self::Choice => "choice",
        }
    }
}

/// What a parameter can be.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Range {
    /// A number.
    Number {
        /// The least.
        min: f64,
        /// The most.
        max: f64,
        /// Whether it is whole.
        whole: bool,
    },
    /// One of these, by its place; the texts are `choice-NAME`.
    Choice(&'static [&'static str]),
}

/// Who sets a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum By {
    /// The player, on pieces that are his; on a piece of the level where the level says so.
    Player,
    /// The level's author; the player where the level says so.
    Author,
    /// The player, on any piece.
    Anyone,
}

impl Param {
    /// A whole number.
    pub(super) const fn count(key: &'static str, min: u32, max: u32, get: Get, set: Set) -> Self {
        let range = Range::Number { min: min as f64, max: max as f64, whole: true };
        Self { key, unit: Unit::Count, range, main: true, by: By::Player, live: false, get, set }
    }

    /// A number of some unit.
    pub(super) const fn number(key: &'static str, unit: Unit, min: f64, max: f64, get: Get, set: Set) -> Self {
        let range = Range::Number { min, max, whole: false };
        Self { key, unit, range, main: true, by: By::Player, live: false, get, set }
    }

    /// One of several names.
    pub(super) const fn choice(key: &'static str, names: &'static [&'static str], get: Get, set: Set) -> Self {
        let range = Range::Choice(names);
        Self { key, unit: Unit::Choice, range, main: true, by: By::Player, live: false, get, set }
    }

    pub(super) const fn unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    pub(super) const fn advanced(self) -> Self {
        Self { main: false, ..self }
    }

    pub(super) const fn by(self, by: By) -> Self {
        Self { by, ..self }
    }

    pub(super) const fn live(self) -> Self {
        Self { live: true, ..self }
    }

    /// How it stands on a piece: a number, or the place of a choice. Nothing for a piece of another kind.
    pub fn get(&self, spec: &KindSpec) -> Option<f64> {
        (self.get)(spec)
    }

    /// How it stands on a piece as it comes out of the palette.
    pub fn default(&self, kind: super::Kind) -> Option<f64> {
        self.get(&kind.default_spec())
    }

    /// Whether it can be that.
    pub fn allows(&self, value: f64) -> bool {
        match self.range {
            Range::Number { min, max, whole } => (min..=max).contains(&value) && (!whole || value.fract() == 0.0),
            Range::Choice(names) => value.fract() == 0.0 && value >= 0.0 && value < names.len() as f64,
        }
    }

    /// The setting that turns it there: what an inspector sends.
    pub fn setting(&self, value: f64) -> Option<Setting> {
        if !self.allows(value) {
            return None;
        }
        Some(match self.range {
            Range::Number { .. } => Setting::Number(self.key.into(), value),
            Range::Choice(names) => Setting::Choice(self.key.into(), (*names.get(value as usize)?).into()),
        })
    }

    /// What a setting turns it to, if it is meant and can be that.
    pub(crate) fn value(&self, setting: &Setting) -> Option<f64> {
        let value = match (setting, self.range) {
            (Setting::Number(key, value), Range::Number { .. }) if key == self.key => *value,
            (Setting::Choice(key, name), Range::Choice(names)) if key == self.key => {
                names.iter().position(|each| each == name)? as f64
            }
            (Setting::Policy(policy), Range::Choice(_)) if self.key == "policy" => super::warp_pipe::place(*policy),
            _ => return None,
        };
        self.allows(value).then_some(value)
    }
}

/// The names of no and yes.
pub(super) const NO_YES: [&str; 2] = ["no", "yes"];

type Get = fn(&KindSpec) -> Option<f64>;
type Set = fn(&mut KindSpec, f64);

/// How to read a field of one kind's parameters.
macro_rules! get {
    ($kind:ident, |$spec:ident| $value:expr) => {
        |spec| if let $crate::kind::KindSpec::$kind($spec) = spec { Some($value) } else { None }
    };
}

/// How to change a field of one kind's parameters.
macro_rules! set {
    ($kind:ident, |$spec:ident, $value:ident| $change:expr) => {
        |spec, $value| {
            if let $crate::kind::KindSpec::$kind($spec) = spec {
                $change;
            }
        }
    };
}

pub(super) use {get, set};
