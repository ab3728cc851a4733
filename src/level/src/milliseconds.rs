//! From milliseconds, as files say them, to whole nanoseconds, as the simulation counts them.

/// By how much a number may be off that was written in decimal, read in binary, and multiplied.
const OFF: f64 = 2.0 * f64::EPSILON;

/// So many milliseconds, in whole nanoseconds. What is whole in decimal is whole: 4.1 ms, which is none of binary and times a
/// million a little less than 4,100,000, is just that. What is not is rounded down, as it has always been: so a run stays
/// what it was. Below 0 and where it is no number, 0; at most what fits.
#[must_use]
pub const fn to_ns(ms: f64) -> u64 {
    let ns = ms * 1e6;
    let whole_ns = ns.round();
    let is_whole = (ns - whole_ns).abs() <= whole_ns * OFF;
    (if is_whole { whole_ns } else { ns }) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_whole_in_decimal_is_whole() {
        for (text, ns) in
            [("4.1", 4_100_000), ("0.000001", 1), ("1.001", 1_001_000), ("64.1", 64_100_000), ("300", 300_000_000)]
        {
            assert_eq!(to_ns(text.parse().unwrap()), ns, "{text} ms");
        }
        for micros in 0..200_000 {
            let ms: f64 = format!("{}.{:03}", micros / 1_000, micros % 1_000).parse().unwrap();
            assert_eq!(to_ns(ms), micros * 1_000, "{ms} ms");
        }
    }

    #[test]
    fn what_lies_between_two_is_rounded_down() {
        assert_eq!([0.000_000_9, 1.000_000_7, 2.345_678_437].map(to_ns), [0, 1_000_000, 2_345_678]);
        // A number that was drawn.
        assert_eq!(to_ns(1.0 / 3.0 + 2.0), 2_333_333);
        assert_eq!(to_ns(2.0 / 3.0), 666_666);
    }

    #[test]
    fn what_cannot_be_is_bounded() {
        assert_eq!([f64::NAN, -1.0, f64::INFINITY, 1e300].map(to_ns), [0, 0, u64::MAX, u64::MAX]);
    }
}
