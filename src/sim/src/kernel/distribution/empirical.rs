//! Measured distributions: a quantile function of straight lines between given points.

/// The duration that is not exceeded with the given cumulative probability.
pub(super) fn quantile_ns(points: &[(f64, u64)], probability: f64) -> u64 {
    let above = points.partition_point(|&(p, _)| p < probability);
    match (above.checked_sub(1).map(|below| points[below]), points.get(above)) {
        (None, Some(&(_, first_ns))) => first_ns,
        (Some((_, last_ns)), None) => last_ns,
        (Some((p0, low_ns)), Some(&(p1, high_ns))) => {
            let share = (probability - p0) / (p1 - p0);
            low_ns + ((high_ns.saturating_sub(low_ns)) as f64 * share) as u64
        }
        (None, None) => 0,
    }
}

/// The first two moments, in nanoseconds and their square.
pub(super) fn moments(points: &[(f64, u64)]) -> (f64, f64) {
    let first = points.first().map_or((0.0, 0.0), |&(p, ns)| (p * ns as f64, p * ns as f64 * ns as f64));
    points.windows(2).fold(first, |(mean, square), pair| {
        let weight = pair[1].0 - pair[0].0;
        let (a, b) = (pair[0].1 as f64, pair[1].1 as f64);
        (mean + weight * (a + b) / 2.0, square + weight * (a * a + a * b + b * b) / 3.0)
    })
}
