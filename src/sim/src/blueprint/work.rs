//! Work: what springs ask for, and what services do about it.

use crate::blueprint::ClientSpec;
use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use crate::traffic::keys::KeySpec;
use serde::{Deserialize, Serialize};

/// The identity of a kind of call. A caller and a service that mean the same one use the same name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct EndpointId(pub u64);

impl EndpointId {
    /// The endpoint that is meant where none is named.
    pub const MAIN: Self = Self::from_name("main");

    /// The identity of the endpoint of that name.
    pub const fn from_name(name: &str) -> Self {
        Self(PieceId::from_name(name).0)
    }

    const fn main() -> Self {
        Self::MAIN
    }
}

/// A class of requests.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ClassSpec {
    /// Its share of the requests, in proportion to the other classes' weights.
    pub weight: u32,
    /// What the requests are about: the key of a record, a session.
    pub keys: KeySpec,
    /// Who goes first where a queue knows priorities: 0 to 7, higher first.
    pub priority: u8,
    /// Whether doing it twice is as good as once; requests that are not idempotent are never tried again after work
    /// may have begun.
    pub idempotent: bool,
    /// Whether each request bears an idempotency key: an identity that it shares with its further tries, and hands on to
    /// the calls that it causes. A service that keeps keys ([`keys_kept_ns`](crate::ServiceSpec::keys_kept_ns)) writes once
    /// under each. Its client relies on that: it tries such requests again as if they were idempotent, whether services
    /// keep keys or not. (IETF draft "The Idempotency-Key HTTP Header Field".)
    #[serde(default)]
    pub idempotency_key: bool,
    /// The path that the request's URL names: by it gateways route. Whatever is called on the request's behalf passes it
    /// on.
    #[serde(default = "EndpointId::main")]
    pub path: EndpointId,
    /// The call that each request makes.
    pub call: CallSpec,
}

impl Default for ClassSpec {
    /// Weight 1, no keys, priority 0, idempotent, no idempotency key, path `main`, the default call.
    fn default() -> Self {
        Self {
            weight: 1,
            keys: KeySpec::None,
            priority: 0,
            idempotent: true,
            idempotency_key: false,
            path: EndpointId::MAIN,
            call: CallSpec::default(),
        }
    }
}

/// A call: to whom, what, and how its client treats it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CallSpec {
    /// The piece that a pipe leads to from the caller; nothing: whatever the caller's lowest outlet leads to.
    pub to: Option<PieceId>,
    /// What it asks for there.
    pub endpoint: EndpointId,
    /// Size of the request, in bytes.
    pub request_bytes: u32,
    /// Size of the response, in bytes.
    pub response_bytes: u32,
    /// Whether the caller can do without an answer: a failure does not make it fail (a fallback takes its place).
    pub optional: bool,
    /// Timeouts, retries and all else that happens on the client's side.
    pub client: ClientSpec,
}

impl Default for CallSpec {
    /// Through the lowest outlet, endpoint `main`, 500 bytes there and 2,000 back, the default client.
    fn default() -> Self {
        Self {
            to: None,
            endpoint: EndpointId::MAIN,
            request_bytes: 500,
            response_bytes: 2_000,
            optional: false,
            client: ClientSpec::default(),
        }
    }
}

impl CallSpec {
    /// A call of that endpoint of that piece, with defaults.
    pub fn new(to: PieceId, endpoint: EndpointId) -> Self {
        Self { to: Some(to), endpoint, ..Self::default() }
    }

    /// The same call with that client.
    #[must_use]
    pub fn client(mut self, client: ClientSpec) -> Self {
        self.client = client;
        self
    }
}

/// What a service does for one kind of call: a program of steps. A worker is held from the first step to the last, as
/// in a server with one thread a request.
///
/// ```
/// use pipe_maze_sim::*;
///
/// let id = PieceId::from_name;
/// let constant = |ms: u64| Distribution::Constant { mean_ns: ms * 1_000_000 };
/// let server = |name, ms| ServiceSpec { service_time: constant(ms), ..ServiceSpec::new(id(name)) };
/// // The front works for 2 ms, then asks both others at once and waits for both.
/// let calls = ["stock", "prices"].map(|name| CallSpec::new(id(name), EndpointId::MAIN)).to_vec();
/// let program = vec![Step::Compute { time: constant(2) }, Step::Parallel { calls, wait: Wait::All }];
/// let front = ServiceSpec { endpoints: vec![EndpointSpec { id: EndpointId::MAIN, program }], ..server("front", 0) };
/// let pipe = |name, outlet, from, to| PipeSpec { cells: 0, outlet, ..PipeSpec::new(id(name), id(from), id(to)) };
/// let blueprint = Blueprint {
///     springs: vec![SpringSpec::new(id("spring")).rate_per_s(1.0).stop_at(Time::from_ms(20_000))],
///     services: vec![front, server("stock", 10), server("prices", 5)],
///     pipes: vec![pipe("p", 0, "spring", "front"), pipe("q", 0, "front", "stock"), pipe("r", 1, "front", "prices")],
///     ..Blueprint::default()
/// };
/// let mut metrics = Metrics::new(1_000_000_000);
/// Simulation::new(&blueprint, 1).expect("it is sound").advance_to(Time::MAX, &mut metrics);
/// let fastest_ns = metrics.total().latency_ns(0.0).expect("there were answers");
/// // The slower of both, not their sum; transmissions take some fractions of a millisecond.
/// assert!((12_000_000..13_000_000).contains(&fastest_ns), "{fastest_ns} ns");
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EndpointSpec {
    /// Which calls it answers.
    pub id: EndpointId,
    /// What it does. Empty: it answers at once.
    pub program: Vec<Step>,
}

/// One step of a program.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Step {
    /// Works for a while; contention and slow replicas stretch it.
    Compute {
        /// How long.
        time: Distribution,
    },
    /// Waits for a while; nothing stretches it.
    Sleep {
        /// How long.
        time: Distribution,
    },
    /// Makes a call and waits for its end.
    Call(CallSpec),
    /// Makes several calls at once.
    Parallel {
        /// The calls.
        calls: Vec<CallSpec>,
        /// When it goes on.
        wait: Wait,
    },
    /// Makes a call that has no answer, and goes on at once.
    Publish(CallSpec),
    /// Does one thing or the other, by chance, drawn for each request.
    Chance {
        /// The probability of `then`, 0 to 1.
        probability: f64,
        /// Done with that probability.
        then: Vec<Step>,
        /// Done else.
        otherwise: Vec<Step>,
    },
    /// Does one thing or the other, by the request's key: `then` where `key mod modulus < below`.
    ByKey {
        /// The modulus, at least 1.
        modulus: u64,
        /// How many of the classes take `then`.
        below: u64,
        /// Done for those keys.
        then: Vec<Step>,
        /// Done for the others.
        otherwise: Vec<Step>,
    },
    /// Reads the version of the request's key in this service's store; works for a while.
    Read {
        /// How long.
        time: Distribution,
    },
    /// Works for a while, then raises the version of the request's key in this service's store; where it has done so under
    /// the same idempotency key, and still knows, it only reads.
    Write {
        /// How long.
        time: Distribution,
    },
    /// Waits for a permit of the pool of that index, unless it has one.
    Acquire {
        /// The index in the service's `pools`.
        pool: u8,
    },
    /// Gives the permit back. What a program still holds at its end is given back then.
    Release {
        /// The index in the service's `pools`.
        pool: u8,
    },
    /// Answers with an error.
    Fail,
}

/// When a step with several calls goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Wait {
    /// When all have succeeded; at the first failure of one that is not optional it fails.
    All,
    /// When one has succeeded; it fails when all have failed.
    Any,
    /// When that many have succeeded, from 1 to all; it fails as soon as too many have failed.
    Quorum(u8),
}

/// What programs share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PoolSpec {
    /// How many programs may hold it at once.
    pub permits: u32,
    /// How many may wait; one more fails.
    pub queue_limit: u32,
}
