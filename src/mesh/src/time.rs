//! Durations as meshes write them: `10s`, `250ms`, `1h30m`.

/// Simulated milliseconds; nothing for what is no duration, or longer than an hour.
pub(crate) fn duration_ms(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    let mut sum_ms = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        rest = &rest[end..];
        let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let unit_ms = match &rest[..end] {
            "ns" => 1e-6,
            "us" | "µs" => 1e-3,
            "ms" => 1.0,
            "s" => 1e3,
            "m" => 60e3,
            "h" => 3_600e3,
            _ => return None,
        };
        sum_ms += number * unit_ms;
        rest = &rest[end..];
    }
    (0.0..=3_600e3).contains(&sum_ms).then(|| sum_ms.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::duration_ms;

    #[test]
    fn durations_are_read_as_go_writes_them() {
        let cases = [("10s", 10_000), ("250ms", 250), ("0.5s", 500), ("1m30s", 90_000), ("1us", 1), ("0s", 0)];
        for (text, ms) in cases {
            assert_eq!(duration_ms(text), Some(ms), "{text}");
        }
        for text in ["", "10", "s", "-1s", "10 s", "1..5s", "2h", "1d", "NaNs", "9999999999999999999h"] {
            assert_eq!(duration_ms(text), None, "{text}");
        }
    }
}
