//! Fewest requests in flight, where weights are equal (`FACTS` LB-LR; `least_request_lb.cc`).
//!
//! The counts are this balancer's own: of what others send to the same service it knows nothing.

use super::Target;
use crate::kernel::random::Stream;

/// Two independent draws with replacement; strictly fewer in flight wins, a tie keeps the first. Because both draws may
/// fall on the same target, the busiest of N is still picked with probability 1/N².
#[inline]
pub(super) fn of_two_draws(targets: &[Target], open: &[u32], stream: &mut Stream) -> u32 {
    let (first, second) = stream.pair_below(open.len() as u32);
    let (first, second) = (open[first as usize], open[second as usize]);
    if targets[second as usize].active < targets[first as usize].active { second } else { first }
}

/// The one with the fewest of all. Reservoir sampling gives those that tie equal probability in one pass.
pub(super) fn of_all(targets: &[Target], open: &[u32], stream: &mut Stream) -> u32 {
    let mut least = open[0];
    let mut tied = 1;
    for &candidate in &open[1..] {
        let (active, least_active) = (targets[candidate as usize].active, targets[least as usize].active);
        if active < least_active {
            (least, tied) = (candidate, 1);
        } else if active == least_active {
            tied += 1;
            if stream.below(tied) == 0 {
                least = candidate;
            }
        }
    }
    least
}
