//! Gateways: where requests come in, which way each goes, and how many a second pass.

use crate::blueprint::EndpointId;
use crate::kernel::id::PieceId;
use serde::{Deserialize, Serialize};

/// A gateway: routes each request by the path that it names, and turns away what is above its rate.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GatewaySpec {
    /// Which piece this is.
    pub id: PieceId,
    /// The routes, in the order in which they are tried: the first that matches takes the request. A request that none
    /// matches has no way on.
    pub routes: Vec<RouteSpec>,
    /// How many a second pass; nothing: any number.
    pub limit: Option<RateLimitSpec>,
}

/// A route: which requests take it, and where it leads to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RouteSpec {
    /// The paths that it matches, as [`crate::ClassSpec::path`] names them. Empty: all.
    pub paths: Vec<EndpointId>,
    /// Outlets, each with its weight: 90 and 10 for a canary. The choice is drawn for each attempt. A share that falls to
    /// an outlet without an open pipe has no way on.
    pub to: Vec<(u8, u32)>,
}

/// A rate limit: a bucket of tokens which fills at an even rate. Who finds none is rejected at once (HTTP 429).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RateLimitSpec {
    /// The paths whose requests take a token. Empty: all.
    pub paths: Vec<EndpointId>,
    /// Nanoseconds until one more token is in the bucket: 1e9 / (requests a second).
    pub interval_ns: u64,
    /// Tokens that the bucket holds; it is full at first.
    pub burst: u32,
}
