//! The power of two choices: two distinct targets at random, the less busy one wins (Mitzenmacher 2001).
//!
//! Unlike [`super::least_request::of_two_draws`] it draws without replacement, so the single busiest target never wins.

use super::{Target, random};
use crate::kernel::random::Stream;

/// The one of two with strictly fewer requests in flight, the first at a tie.
pub(super) fn pick(targets: &[Target], open: &[u32], stream: &mut Stream) -> u32 {
    let (first, second) = random::pick_two(open, stream);
    if targets[second as usize].active < targets[first as usize].active { second } else { first }
}
