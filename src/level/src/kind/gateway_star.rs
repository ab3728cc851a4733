//! The API gateway star: the entry of a system. It sends each class of requests its way, a share of one class as a
//! canary, and lets no more through in a second than it is told to.

use super::param::{By, Param, Unit, get, set};
use super::{Class, PieceKind, Port, Require};
use crate::board::Piece;
use crate::format::{Rule, is_default};
use crate::grid::Heading;
use crate::lower::Lowering;
use pipe_maze_sim::{EndpointId, GatewaySpec, PieceId, RateLimitSpec, RouteSpec};
use serde::{Deserialize, Serialize};

/// Highest rate limit, in requests a second.
const LIMIT_PER_S_MAX: f64 = 1_000_000.0;
/// Most tokens in the bucket of a rate limit.
const BURST_MAX: u32 = 10_000;

/// Parameters of a gateway.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApiGatewayStarSpec {
    /// Requests a second that it lets through; 0: any number. Above that it answers at once that there are too many.
    pub limit_per_s: f64,
    /// Requests that it lets through at once after a quiet time: what its bucket of tokens holds.
    pub burst: u32,
    /// Whose requests the limit counts.
    #[serde(skip_serializing_if = "is_default")]
    pub limits: Limits,
    /// Which way requests of the class `Browse` go.
    #[serde(skip_serializing_if = "is_default")]
    pub browse: Way,
    /// Which way requests of the class `Buy` go.
    #[serde(skip_serializing_if = "is_default")]
    pub buy: Way,
    /// Which way requests of the class `Batch` go.
    #[serde(skip_serializing_if = "is_default")]
    pub batch: Way,
    /// Percent of what would go ahead that goes up instead: a canary.
    #[serde(skip_serializing_if = "is_default")]
    pub canary_percent: u32,
}

/// An outlet of a gateway.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Way {
    /// Straight through.
    #[default]
    Ahead,
    /// Out at the top.
    Up,
    /// Out at the bottom.
    Down,
}

/// Whose requests a rate limit counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Limits {
    /// Everybody's.
    #[default]
    All,
    /// Those of one class; the others pass.
    Only(Class),
}

impl ApiGatewayStarSpec {
    pub(super) const DEFAULT: Self = Self {
        limit_per_s: 0.0,
        burst: 10,
        limits: Limits::All,
        browse: Way::Ahead,
        buy: Way::Ahead,
        batch: Way::Ahead,
        canary_percent: 0,
    };

    /// Which way a class goes.
    pub const fn way(&self, class: Class) -> Way {
        match class {
            Class::Browse => self.browse,
            Class::Buy => self.buy,
            Class::Batch => self.batch,
        }
    }

    fn route(&self, class: Class) -> RouteSpec {
        let way = self.way(class);
        let canary = if way == Way::Ahead { self.canary_percent.min(100) } else { 0 };
        let to = [(way.outlet(), 100 - canary), (Way::Up.outlet(), canary)];
        RouteSpec { paths: vec![class.path()], to: to.into_iter().filter(|&(_, weight)| weight > 0).collect() }
    }

    /// The limit, also where it lets any number through: so it can be turned while water flows.
    fn limit(&self) -> RateLimitSpec {
        let paths = match self.limits {
            Limits::All => Vec::new(),
            Limits::Only(class) => vec![class.path()],
        };
        RateLimitSpec { paths, interval_ns: interval_ns(self.limit_per_s), burst: self.burst }
    }
}

/// Nanoseconds from token to token of a limit of so many requests a second; 0 where it lets any number through.
pub(crate) fn interval_ns(limit_per_s: f64) -> u64 {
    if limit_per_s > 0.0 { (1e9 / limit_per_s).round().max(1.0) as u64 } else { 0 }
}

impl Way {
    const ALL: [Self; 3] = [Self::Ahead, Self::Up, Self::Down];
    const NAMES: [&'static str; 3] = ["way-ahead", "way-up", "way-down"];

    /// The number of its outlet.
    pub const fn outlet(self) -> u8 {
        self as u8
    }

    fn at(place: f64) -> Self {
        Self::ALL.get(place as usize).copied().unwrap_or_default()
    }
}

impl Limits {
    const ALL: [Self; 4] = [Self::All, Self::Only(Class::Browse), Self::Only(Class::Buy), Self::Only(Class::Batch)];
    const NAMES: [&'static str; 4] = ["limits-all", "limits-browse", "limits-buy", "limits-batch"];

    fn place(self) -> f64 {
        Self::ALL.iter().position(|&each| each == self).unwrap_or_default() as f64
    }

    fn at(place: f64) -> Self {
        Self::ALL.get(place as usize).copied().unwrap_or_default()
    }
}

impl Class {
    /// The path that requests of this class name.
    pub(crate) const fn path(self) -> EndpointId {
        EndpointId::from_name(self.key())
    }
}

impl Default for ApiGatewayStarSpec {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl PieceKind for ApiGatewayStarSpec {
    const KEY: &'static str = "api-gateway-star";
    const SIZE: (i32, i32) = (3, 3);
    const TURNS: bool = true;
    const PORTS: &'static [Port] = &[
        Port::inlet(-1, 1, Heading::West),
        Port::outlet(0, 3, 1, Heading::East),
        Port::outlet(1, 1, -1, Heading::North),
        Port::outlet(2, 1, 3, Heading::South),
    ];
    const PARAMS: &'static [Param] = &[
        Param::number(
            "limit",
            Unit::PerSecond,
            0.0,
            LIMIT_PER_S_MAX,
            get!(ApiGatewayStar, |s| s.limit_per_s),
            set!(ApiGatewayStar, |s, value| s.limit_per_s = value),
        )
        .by(By::Anyone)
        .live(),
        Param::choice(
            "way-browse",
            &Way::NAMES,
            get!(ApiGatewayStar, |s| s.browse as u8 as f64),
            set!(ApiGatewayStar, |s, value| s.browse = Way::at(value)),
        ),
        Param::choice(
            "way-buy",
            &Way::NAMES,
            get!(ApiGatewayStar, |s| s.buy as u8 as f64),
            set!(ApiGatewayStar, |s, value| s.buy = Way::at(value)),
        ),
        Param::choice(
            "way-batch",
            &Way::NAMES,
            get!(ApiGatewayStar, |s| s.batch as u8 as f64),
            set!(ApiGatewayStar, |s, value| s.batch = Way::at(value)),
        ),
        Param::count(
            "burst",
            1,
            BURST_MAX,
            get!(ApiGatewayStar, |s| f64::from(s.burst)),
            set!(ApiGatewayStar, |s, value| s.burst = value as u32),
        )
        .advanced(),
        Param::choice(
            "limits",
            &Limits::NAMES,
            get!(ApiGatewayStar, |s| s.limits.place()),
            set!(ApiGatewayStar, |s, value| s.limits = Limits::at(value)),
        )
        .advanced(),
        Param::count(
            "canary",
            0,
            100,
            get!(ApiGatewayStar, |s| f64::from(s.canary_percent)),
            set!(ApiGatewayStar, |s, value| s.canary_percent = value as u32),
        )
        .unit(Unit::Percent)
        .advanced(),
    ];

    fn check(&self, require: Require<'_>) {
        let limit_ok = (0.0..=LIMIT_PER_S_MAX).contains(&self.limit_per_s);
        require(limit_ok, "limit_per_s", Rule::Between(0.0, LIMIT_PER_S_MAX));
        require((1..=BURST_MAX).contains(&self.burst), "burst", Rule::Between(1.0, f64::from(BURST_MAX)));
        require(self.canary_percent <= 100, "canary_percent", Rule::AtMost(100.0));
    }

    fn lower(&self, piece: &Piece, to: &mut Lowering<'_>) {
        let routes = Class::ALL.iter().map(|&class| self.route(class)).collect();
        let id = PieceId::from_name(&piece.name);
        to.blueprint.gateways.push(GatewaySpec { id, routes, limit: Some(self.limit()) });
    }
}
