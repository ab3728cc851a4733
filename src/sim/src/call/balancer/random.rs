//! Any target with equal probability. As in Envoy, weights have no part in it.

use crate::kernel::random::Stream;

/// One of the open targets, of which there is at least one.
pub(super) fn pick(open: &[u32], stream: &mut Stream) -> u32 {
    open[stream.below(open.len() as u32) as usize]
}

/// Two distinct open targets in random order, or the only one twice.
pub(super) fn pick_two(open: &[u32], stream: &mut Stream) -> (u32, u32) {
    let count = open.len() as u32;
    if count == 1 {
        return (open[0], open[0]);
    }
    let first = stream.below(count);
    let second = stream.below(count - 1);
    // The second draw is among the others: those from the first on move up by one.
    let second = second + u32::from(second >= first);
    (open[first as usize], open[second as usize])
}
