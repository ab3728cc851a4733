//! An instance: what the shader is told of one message, once, when the message enters its pipe.
//!
//! Eight words, two attributes. Times of a run are whole nanoseconds and do not fit a float; so only the start of the
//! transmission is a time, in two words, and everything else a distance from it, which does.
//!
//! ```text
//!  word  0      1      2, 3        4          5        6            7
//!        route  state  start_at    travel_ns  wait_ns  age_ns       timeout_ns
//!                      low, high   after it   before   before it    of its client
//! ```

use super::routes::Route;
use pipe_maze_level::kind::Class;
use pipe_maze_sim::{Direction, Hop, Payload, Time};

/// An instance as it lies in the vertex buffer.
pub type Words = [u32; 8];

/// What bits of the state mean. The shader has the same numbers.
pub mod state {
    /// The class, 0 to 2.
    pub const CLASS_MASK: u32 = 3;
    /// It goes against the order of the route's cells.
    pub const BACKWARD: u32 = 1 << 2;
    /// It is the answer that the client hopes for.
    pub const RESPONSE: u32 = 1 << 3;
    /// It is the word that the request has failed.
    pub const ERROR: u32 = 1 << 4;
    /// Its client has given it up.
    pub const ABANDONED: u32 = 1 << 5;
    /// Its call had been tried before.
    pub const AGAIN: u32 = 1 << 6;
    /// It is shown slower than it is, and stands for others.
    pub const SAMPLE: u32 = 1 << 7;
    /// Not a message: the current in a cell.
    pub const CURRENT: u32 = 1 << 8;
    /// Where a number between 0 and 15 begins that belongs to the request.
    pub const SEED_SHIFT: u32 = 16;
}

/// The instance of a message that takes its time, and when nothing is seen of it any more.
pub fn of_hop(hop: &Hop, route: Route, direction: Direction, class: Class) -> (Words, Time) {
    (words(hop, route, state_of(hop, direction, class), hop.start_at, hop.exit_at), hop.exit_at)
}

/// The instance of a sample: it sets out when its message does, but needs `travel_ns`.
pub fn of_sample(hop: &Hop, route: Route, direction: Direction, class: Class, travel_ns: u64) -> (Words, Time) {
    let exit_at = hop.enqueue_at.plus_ns(travel_ns);
    (words(hop, route, state_of(hop, direction, class) | state::SAMPLE, hop.enqueue_at, exit_at), exit_at)
}

/// The instance of the current in a cell: how strong it is each way, and how much of it fails, 0 to 1.
pub fn of_current(texel: u32, place: u32, strength: [f32; 2], failing: [f32; 2]) -> Words {
    let byte = |share: f32| (share.clamp(0.0, 1.0) * 255.0) as u32;
    let levels = byte(strength[0]) | byte(strength[1]) << 8 | byte(failing[0]) << 16 | byte(failing[1]) << 24;
    [Route { first: texel, cells: 1 }.word(), state::CURRENT, place, 0, levels, 0, 0, 0]
}

fn words(hop: &Hop, route: Route, state: u32, start_at: Time, exit_at: Time) -> Words {
    let start_ns = start_at.as_ns();
    // Differences of whole numbers first, floats after.
    let float = |ns: u64| (ns as f32).to_bits();
    [
        route.word(),
        state,
        start_ns as u32,
        (start_ns >> 32) as u32,
        float(exit_at.since_ns(start_at)),
        float(start_at.since_ns(hop.enqueue_at)),
        float(start_at.since_ns(hop.sent_at)),
        float(hop.timeout_ns),
    ]
}

fn state_of(hop: &Hop, direction: Direction, class: Class) -> u32 {
    let class = match class {
        Class::Browse => 0,
        Class::Buy => 1,
        Class::Batch => 2,
    };
    let payload = match hop.payload {
        Payload::Request => 0,
        Payload::Response => state::RESPONSE,
        Payload::Error => state::ERROR,
    };
    let flag = |on: bool, bit: u32| if on { bit } else { 0 };
    class
        | payload
        | flag(direction == Direction::Backward, state::BACKWARD)
        | flag(hop.abandoned, state::ABANDONED)
        | flag(hop.again, state::AGAIN)
        | seed(hop.request.number) << state::SEED_SHIFT
}

/// A number between 0 and 15 that neighbours do not share.
const fn seed(number: u64) -> u32 {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 60) as u32
}
