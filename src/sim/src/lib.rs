//! The simulation of Pipe Maze: a deterministic, discrete-event model of requests that travel through pipes,
//! load balancers and services.
//!
//! 1. A [`Blueprint`] says what there is; [`Simulation::new`] checks it and builds a run for one seed.
//! 2. [`Simulation::advance_to`] handles every event before the given time and tells an [`Observer`] what happened.
//! 3. [`Simulation::apply`] is the only way to change a run from outside; a command at `t` precedes the events at `t`.
//! 4. [`Simulation::view`] shows the present state, read-only; [`Simulation::digest`] condenses all of it to 64 bits.
//!
//! The crate knows no clock, thread, file, window or global random state. The same blueprint, seed and commands give
//! the same digest on every platform. Layers, lowest first; each uses only those before it:
//! [`kernel`], [`net`], [`service`], [`call`] (with [`traffic`] beside it), [`platform`], the hazards of [`blueprint`],
//! [`observe`]; then the driver in [`simulation`].
//!
//! ```
//! use pipe_maze_sim::*;
//!
//! let (spring, room) = (PieceId::from_name("spring"), PieceId::from_name("room"));
//! let blueprint = Blueprint {
//!     springs: vec![SpringSpec::new(spring).rate_per_s(50.0).stop_at(Time::from_ms(2_000))],
//!     services: vec![ServiceSpec { workers: 4, ..ServiceSpec::new(room) }],
//!     pipes: vec![PipeSpec { cells: 5, ..PipeSpec::new(PieceId::from_name("p"), spring, room) }],
//!     ..Blueprint::default()
//! };
//! let mut run = Simulation::new(&blueprint, 7).expect("the blueprint is consistent");
//! let mut ended = 0;
//! run.advance_to(Time::from_ms(10_000), &mut |_at: Time, fact: &Fact| {
//!     ended += u64::from(matches!(fact, Fact::Ended { .. }));
//! });
//! assert_eq!(run.view().totals().issued, ended);
//! assert_eq!(run.view().in_flight(), 0);
//! ```

pub mod blueprint;
pub mod call;
pub mod command;
pub mod corpus;
pub mod fact;
pub mod kernel;
#[doc = include_str!("../../../assets/text/en/model.md")]
pub mod model {}
pub mod net;
pub mod observe;
pub mod platform;
pub mod reference;
pub mod service;
pub mod simulation;
pub mod traffic;
pub mod view;

pub use blueprint::{
    BalancerSpec, Blueprint, BrokerSpec, CallSpec, ClassSpec, ClientSpec, ConnectionSpec, EndpointId, EndpointSpec,
    Fault, GatewaySpec, HazardSpec, JitterSpec, PipeSpec, PoolSpec, Problem, RateLimitSpec, RetryOn, RetrySpec,
    RouteSpec, Schedule, ServiceSpec, SpringSpec, Step, Wait, Window,
};
pub use call::backoff::{Backoff, Jitter};
pub use call::balancer::Policy;
pub use call::breaker::{BreakerSpec, BreakerState};
pub use call::budget::BudgetSpec;
pub use call::bulkhead::BulkheadSpec;
pub use call::hedge::HedgeSpec;
pub use call::outcome::{Cause, Outcome};
pub use command::{Action, Refusal};
pub use fact::{Both, Fact, Observer};
pub use kernel::digest::Digest;
pub use kernel::distribution::Distribution;
pub use kernel::id::{PieceId, RequestId};
pub use kernel::time::Time;
pub use net::hop::{Direction, Hop, Payload};
pub use observe::causes::Causes;
pub use observe::metrics::{Histogram, Metrics};
pub use observe::parts::Parts;
pub use observe::span::{Span, SpanKind};
pub use observe::trace::{Segment, Trace, Tracer};
pub use platform::stream::Delivery;
pub use service::contention::Contention;
pub use service::queue::Discipline;
pub use service::replica::ReplicaState;
pub use simulation::{Options, Simulation};
pub use traffic::Traffic;
pub use traffic::classes::Classes;
pub use traffic::keys::KeySpec;
pub use view::{
    BalancerView, BrokerView, GatewayView, HazardView, PartitionView, PipeView, ReplicaView, ServiceView, SiteView,
    SpringView, Totals, View,
};

/// The number of the simulation's rules. It is raised whenever a golden digest changes, so that a replay made under
/// other rules is recognised and recomputed instead of being called verified.
pub const RULES: u32 = 4;
