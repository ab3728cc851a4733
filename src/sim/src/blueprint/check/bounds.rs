//! What a blueprint may have, and how much of it.

/// Most pieces, pipes, hazards, classes, endpoints, steps of programs, routes and partitions together.
pub const PIECES_MAX: usize = 60_000;
/// Most requests a second from one spring.
pub const RATE_PER_S_MAX: f64 = 10_000_000.0;
/// Longest time that a blueprint may name: ten years, in nanoseconds.
pub const DURATION_NS_MAX: u64 = 10 * 365 * 86_400 * 1_000_000_000;
/// Most workers of one service.
pub const WORKERS_MAX: u64 = 1_000_000;
/// Most replicas of one service.
pub const REPLICAS_MAX: u32 = 1_000;
/// Longest queue.
pub const QUEUE_MAX: u32 = 10_000_000;
/// Deepest nesting of branches in a program.
pub(super) const NESTING_MAX: usize = 16;
/// Most calls that one step makes at once.
pub(super) const CALLS_MAX: usize = 1_000;
/// Most pools of a service.
pub(super) const POOLS_MAX: usize = 16;
/// Most outlets of a gateway's route: as many as there are.
pub(super) const OUTLETS_MAX: usize = 256;
/// Shortest time between two deliveries of one event: one millisecond, in nanoseconds.
pub(super) const REDELIVER_NS_MIN: u64 = 1_000_000;
/// Most classes of a spring, endpoints of a service, routes and paths of a gateway, windows of a schedule.
pub(super) const PARTS_MAX: usize = 1_000;
/// What is said of a time that is longer than [`DURATION_NS_MAX`].
pub(super) const TEN_YEARS: &str = "at most ten years";
