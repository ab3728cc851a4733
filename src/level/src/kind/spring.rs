//! The spring: a source of requests, of one or more classes, at rates that change with time.

use super::param::{By, Param, Unit, get, set};
use super::{PieceKind, Port, Require};
use crate::board::Piece;
use crate::format::{Rule, is_default};
use crate::grid::Heading;
use crate::limits::{CLASSES_MAX, TIMEOUT_MS_MAX};
use crate::lower::Lowering;
use crate::profile::Profile;
use pipe_maze_sim::{CallSpec, ClassSpec, ClientSpec, KeySpec, PieceId, Time, Traffic};
use serde::{Deserialize, Serialize};

/// Parameters of a spring. Its first class is described by fields of its own, others are `also` there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpringSpec {
    /// Mean requests per simulated second of the first class.
    pub rate_per_s: f64,
    /// How long its clients wait, in simulated milliseconds.
    pub timeout_ms: u64,
    /// What its droplets look like.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class: Class,
    /// Size of a request, in bytes.
    #[serde(default = "SpringSpec::request_bytes_default", skip_serializing_if = "SpringSpec::is_request_default")]
    pub request_bytes: u32,
    /// Size of a response, in bytes.
    #[serde(default = "SpringSpec::response_bytes_default", skip_serializing_if = "SpringSpec::is_response_default")]
    pub response_bytes: u32,
    /// Who goes first where a line knows priorities: 0 to 7, higher first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: u8,
    /// Whether a request may be tried again after work on it may have begun.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub idempotent: bool,
    /// What the requests are about: by that a broker chooses a lane.
    #[serde(default, skip_serializing_if = "is_default")]
    pub keys: Keys,
    /// The other classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ClassRate>,
    /// How the rates change with time; all of them alike.
    #[serde(default, skip_serializing_if = "is_default")]
    pub profile: Profile,
}

/// What the requests of a spring are about. All its classes draw from the same.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub enum Keys {
    /// Nothing in particular.
    #[default]
    None,
    /// One of so many records, all alike.
    Uniform(u32),
    /// One of so many records, of which few are asked for most: the k-th in proportion to 1 / k.
    Zipf(u32),
    /// One of so many sessions, all alike.
    Sessions(u32),
}

impl Keys {
    const NAMES: [&'static str; 4] = ["keys-none", "keys-uniform", "keys-zipf", "keys-sessions"];
    /// Most keys: each of a Zipf law has a place in a table.
    const COUNT_MAX: u32 = 65_536;
    /// How many there are where nothing else was said.
    const COUNT_DEFAULT: u32 = 100;

    const fn place(self) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Uniform(_) => 1.0,
            Self::Zipf(_) => 2.0,
            Self::Sessions(_) => 3.0,
        }
    }

    fn at(place: f64, count: u32) -> Self {
        match place as usize {
            1 => Self::Uniform(count),
            2 => Self::Zipf(count),
            3 => Self::Sessions(count),
            _ => Self::None,
        }
    }

    /// How many there are; the usual number where the requests are about nothing.
    const fn count(self) -> u32 {
        match self {
            Self::None => Self::COUNT_DEFAULT,
            Self::Uniform(count) | Self::Zipf(count) | Self::Sessions(count) => count,
        }
    }

    const fn spec(self) -> KeySpec {
        match self {
            Self::None => KeySpec::None,
            Self::Uniform(keys) => KeySpec::Uniform { keys },
            Self::Zipf(keys) => KeySpec::Zipf { keys, exponent: 1.0 },
            Self::Sessions(sessions) => KeySpec::Session { sessions },
        }
    }
}

/// Another class of a spring. What is left out is as in the spring's first class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassRate {
    /// What its droplets look like.
    pub class: Class,
    /// Mean requests per simulated second.
    pub rate_per_s: f64,
    /// How long its clients wait, in simulated milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    /// Size of a request, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_bytes: Option<u32>,
    /// Size of a response, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_bytes: Option<u32>,
    /// Who goes first where a line knows priorities: 0 to 7, higher first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Whether a request may be tried again after work on it may have begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotent: Option<bool>,
}

/// A class of requests: a shape and a colour on the board.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Class {
    /// A circle.
    #[default]
    Browse,
    /// A diamond.
    Buy,
    /// A triangle.
    Batch,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 3] = [Self::Browse, Self::Buy, Self::Batch];

    /// The end of the key of its text, `class-KEY`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Browse => "browse",
            Self::Buy => "buy",
            Self::Batch => "batch",
        }
    }
}

const fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

impl SpringSpec {
    pub(crate) const DEFAULT: Self = Self {
        rate_per_s: 10.0,
        timeout_ms: 5_000,
        class: Class::Browse,
        request_bytes: Self::request_bytes_default(),
        response_bytes: Self::response_bytes_default(),
        priority: 0,
        idempotent: true,
        keys: Keys::None,
        also: Vec::new(),
        profile: Profile::Constant,
    };

    const fn request_bytes_default() -> u32 {
        500
    }

    const fn response_bytes_default() -> u32 {
        2_000
    }

    fn is_request_default(bytes: &u32) -> bool {
        *bytes == Self::request_bytes_default()
    }

    fn is_response_default(bytes: &u32) -> bool {
        *bytes == Self::response_bytes_default()
    }

    /// All classes, in the order in which the simulation numbers them, each with its mean rate.
    pub fn classes(&self) -> impl Iterator<Item = (Class, f64)> + '_ {
        std::iter::once((self.class, self.rate_per_s)).chain(self.also.iter().map(|c| (c.class, c.rate_per_s)))
    }

    /// The class that the simulation gives that number.
    pub fn class_of(&self, number: usize) -> Class {
        self.classes().nth(number).map_or(self.class, |(class, _)| class)
    }

    /// Mean requests per simulated second, all classes together, before the profile.
    pub fn rate_per_s_total(&self) -> f64 {
        self.classes().map(|(_, rate)| rate).sum()
    }

    /// The longest that one of its clients waits, in simulated milliseconds.
    pub fn timeout_ms_max(&self) -> u64 {
        self.also.iter().filter_map(|class| class.timeout_ms).fold(self.timeout_ms, u64::max)
    }

    /// Requests that are to be expected in that many simulated milliseconds.
    pub fn requests(&self, duration_ms: u64) -> f64 {
        self.profile.requests(self.rate_per_s_total(), duration_ms)
    }

    fn first(&self) -> ClassRate {
        ClassRate {
            class: self.class,
            rate_per_s: self.rate_per_s,
            timeout_ms: None,
            request_bytes: None,
            response_bytes: None,
            priority: None,
            idempotent: None,
        }
    }

    /// A class in the simulation; `total` is the rate of all.
    fn lower_class(&self, class: &ClassRate, total: f64, client: &dyn Fn(u64) -> ClientSpec) -> ClassSpec {
        let timeout_ms = class.timeout_ms.unwrap_or(self.timeout_ms);
        // Weights are whole: a millionth of the total rate is the finest that two classes can differ by.
        let share = if total > 0.0 { class.rate_per_s / total } else { 1.0 };
        ClassSpec {
            keys: self.keys.spec(),
            weight: if self.also.is_empty() { 1 } else { (share * 1e6).round() as u32 },
            priority: class.priority.unwrap_or(self.priority),
            idempotent: class.idempotent.unwrap_or(self.idempotent),
            path: class.class.path(),
            call: CallSpec {
                request_bytes: class.request_bytes.unwrap_or(self.request_bytes),
                response_bytes: class.response_bytes.unwrap_or(self.response_bytes),
                client: client(timeout_ms.saturating_mul(1_000_000)),
                ..CallSpec::default()
            },
            ..ClassSpec::default()
        }
    }
}

impl PieceKind for SpringSpec {
    const KEY: &'static str = "spring";
    const SIZE: (i32, i32) = (1, 2);
    const CALLS: bool = true;
    const PORTS: &'static [Port] = &[Port::outlet(0, 0, 2, Heading::South)];
    const PARAMS: &'static [Param] = &[
        Param::number(
            "rate",
            Unit::PerSecond,
            0.0,
            1_000_000.0,
            get!(Spring, |s| s.rate_per_s),
            set!(Spring, |s, value| s.rate_per_s = value),
        )
        .by(By::Author),
        Param::count(
            "timeout",
            1,
            TIMEOUT_MS_MAX as u32,
            get!(Spring, |s| s.timeout_ms as f64),
            set!(Spring, |s, value| s.timeout_ms = value as u64),
        )
        .unit(Unit::Ms)
        .by(By::Author),
        Param::count(
            "request-size",
            0,
            100_000_000,
            get!(Spring, |s| f64::from(s.request_bytes)),
            set!(Spring, |s, value| s.request_bytes = value as u32),
        )
        .unit(Unit::Bytes)
        .by(By::Author)
        .advanced(),
        Param::count(
            "response-size",
            0,
            100_000_000,
            get!(Spring, |s| f64::from(s.response_bytes)),
            set!(Spring, |s, value| s.response_bytes = value as u32),
        )
        .unit(Unit::Bytes)
        .by(By::Author)
        .advanced(),
        Param::choice(
            "keys",
            &Keys::NAMES,
            get!(Spring, |s| s.keys.place()),
            set!(Spring, |s, value| s.keys = Keys::at(value, s.keys.count())),
        )
        .by(By::Author)
        .advanced(),
        Param::count(
            "key-count",
            1,
            Keys::COUNT_MAX,
            get!(Spring, |s| f64::from(s.keys.count())),
            set!(Spring, |s, value| s.keys = Keys::at(s.keys.place(), value as u32)),
        )
        .by(By::Author)
        .advanced(),
    ];

    fn check(&self, require: Require<'_>) {
        let rate_ok = |rate: f64| rate.is_finite() && (0.0..=1e6).contains(&rate);
        let timeout_ok = |ms: u64| (1..=TIMEOUT_MS_MAX).contains(&ms);
        require(rate_ok(self.rate_per_s), "rate_per_s", Rule::Between(0.0, 1e6));
        require(timeout_ok(self.timeout_ms), "timeout_ms", Rule::whole(1u64, TIMEOUT_MS_MAX));
        require(self.priority <= 7, "priority", Rule::Between(0.0, 7.0));
        let keys_ok = (1..=Keys::COUNT_MAX).contains(&self.keys.count());
        require(keys_ok, "keys", Rule::Between(1.0, f64::from(Keys::COUNT_MAX)));
        require(self.also.len() < CLASSES_MAX, "also", Rule::AtMost((CLASSES_MAX - 1) as f64));
        for class in &self.also {
            require(rate_ok(class.rate_per_s), "also, rate_per_s", Rule::Between(0.0, 1e6));
            let timeout_ok = class.timeout_ms.is_none_or(timeout_ok);
            require(timeout_ok, "also, timeout_ms", Rule::whole(1u64, TIMEOUT_MS_MAX));
            require(class.priority.is_none_or(|p| p <= 7), "also, priority", Rule::Between(0.0, 7.0));
            let twice = self.classes().filter(|&(each, _)| each == class.class).count() > 1;
            require(!twice, "also, class", Rule::Once(class.class));
        }
        let flows = self.also.is_empty() || self.rate_per_s_total() > 0.0;
        require(flows, "rate_per_s", Rule::OneFlows);
        self.profile.check(require);
    }

    fn lower(&self, piece: &Piece, to: &mut Lowering<'_>) {
        let total = self.rate_per_s_total();
        let client = |timeout_ns: u64| to.client(piece, None, timeout_ns);
        let first = self.first();
        let classes = std::iter::once(&first).chain(&self.also);
        let classes = classes.map(|class| self.lower_class(class, total, &client)).collect();
        let traffic: Traffic = self.profile.traffic(total);
        let stop_at = Time::from_ms(to.level.flow.duration_ms);
        let id = PieceId::from_name(&piece.name);
        to.blueprint.springs.push(pipe_maze_sim::SpringSpec { id, traffic, stop_at, classes });
    }
}
