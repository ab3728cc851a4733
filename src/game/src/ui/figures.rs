//! Figures as players read them: rounded, with their unit, in their language.

use crate::text::Texts;
use crate::text::numerals::number;
use fluent_bundle::types::FluentNumber;
use pipe_maze_level::Objective;
use pipe_maze_level::judge::Standing;
use pipe_maze_level::milliseconds::to_ns;

/// A duration of simulated time: `280 ms`, `1.4 s`.
pub fn duration(texts: &Texts, ns: u64) -> String {
    let ms = ns as f64 / 1e6;
    if ms < 1_000.0 {
        texts.with("duration-ms", &[("ms", number(ms, 0).into())])
    } else {
        texts.with("duration-s", &[("s", number(ms / 1e3, 2).into())])
    }
}

/// Whether a duration would be written as none: what took that long happened at once.
pub const fn is_at_once(ns: u64) -> bool {
    ns <= 500_000
}

/// What an objective asks for.
pub fn objective(texts: &Texts, objective: &Objective) -> String {
    said(texts, objective.key(), objective)
}

/// The same in as few words as a chip has room for.
pub fn chip(texts: &Texts, objective: &Objective) -> String {
    said(texts, &format!("chip-{}", objective.key().trim_start_matches("objective-")), objective)
}

/// What it means, in a sentence or two; of the cost also what earns a star, where something does.
pub fn explained(texts: &Texts, objective: &Objective, par: Option<u32>) -> String {
    let key = format!("explain-{}", objective.key().trim_start_matches("objective-"));
    match (objective, par) {
        (Objective::Cost { .. }, Some(par)) => texts.with("explain-cost-star", &[("par", par.into())]),
        _ => texts.get(&key),
    }
}

fn said(texts: &Texts, key: &str, objective: &Objective) -> String {
    let ms = |ms: f64| duration(texts, to_ns(ms));
    match *objective {
        Objective::GoodShare { at_least, within_ms } => {
            let share = percent(at_least);
            texts.with(key, &[("share", share.into()), ("within", ms(within_ms).into())])
        }
        Objective::P99 { at_most_ms } | Objective::ConsumerLag { at_most_ms } => {
            texts.with(key, &[("bound", ms(at_most_ms).into())])
        }
        Objective::Cost { at_most } => texts.with(key, &[("bound", at_most.into())]),
        Objective::ClassShare { class, at_least, within_ms } => {
            let class = texts.get(&format!("class-{}", class.key()));
            let share = percent(at_least);
            let within = ms(within_ms);
            texts.with(key, &[("class", class.into()), ("share", share.into()), ("within", within.into())])
        }
        Objective::ErrorBudget { at_least } => texts.with(key, &[("share", percent(at_least).into())]),
        Objective::Beaten { at_least } => texts.with(key, &[("count", at_least.into())]),
        Objective::Break { good_share_at_most, within_ms } => {
            let share = percent(good_share_at_most);
            texts.with(key, &[("share", share.into()), ("within", ms(within_ms).into())])
        }
    }
}

/// The present figure of an objective.
pub fn standing(texts: &Texts, standing: &Standing) -> String {
    let Some(value) = standing.value else { return texts.get("objective-none") };
    match standing.objective {
        Objective::GoodShare { .. } | Objective::Break { .. } => {
            texts.with("share", &[("share", percent(value).into())])
        }
        Objective::P99 { .. } | Objective::ConsumerLag { .. } => duration(texts, to_ns(value)),
        Objective::Cost { .. } => texts.with("coins-figure", &[("coins", number(value, 0).into())]),
        Objective::ClassShare { .. } => texts.with("share", &[("share", percent(value).into())]),
        Objective::ErrorBudget { .. } => texts.with("share", &[("share", percent(value.max(0.0)).into())]),
        Objective::Beaten { .. } => texts.number(number(value, 0)),
    }
}

/// How much of a bar an objective fills: full where it is met with nothing to spare.
pub fn fill(standing: &Standing) -> f32 {
    let Some(value) = standing.value else { return 0.0 };
    let share = match standing.objective {
        Objective::GoodShare { at_least, .. } | Objective::ClassShare { at_least, .. } => value / at_least,
        Objective::ErrorBudget { .. } => value,
        Objective::Break { good_share_at_most, .. } => (1.0 - value) / (1.0 - good_share_at_most).max(1e-9),
        Objective::Beaten { at_least } => value / f64::from(at_least.max(1)),
        Objective::P99 { at_most_ms } | Objective::ConsumerLag { at_most_ms } => value / at_most_ms,
        Objective::Cost { at_most } => value / f64::from(at_most.max(1)),
    };
    share.clamp(0.0, 1.0) as f32
}

/// A share as a percentage, never rounded up to a whole that it does not reach.
pub fn percent(share: f64) -> FluentNumber {
    let tenths = (share * 1_000.0 + 1e-9).floor();
    number(tenths / 10.0, usize::from(tenths % 10.0 != 0.0))
}

/// A moment of the run, in seconds: minutes and seconds of play at normal speed would mislead, so simulated ones.
pub fn clock(ns: u64) -> FluentNumber {
    number((ns / 100_000_000) as f64 / 10.0, 1)
}

/// Time that is left, of which none is given away: `2:05`.
pub fn countdown(left_s: f64) -> String {
    let whole = left_s.max(0.0).ceil() as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_up() {
        let written = |share| Texts::english().number(percent(share));
        assert_eq!([0.9999, 0.95, 1.0].map(written), ["99.9", "95", "100"]);
    }

    #[test]
    fn a_countdown_is_zero_only_when_nothing_is_left() {
        assert_eq!([150.0, 64.2, 0.1, 0.0].map(countdown), ["2:30", "1:05", "0:01", "0:00"]);
    }

    #[test]
    fn durations_have_a_unit() {
        let texts = Texts::english();
        assert_eq!(duration(&texts, 280_400_000), "280 ms");
        assert_eq!(duration(&texts, 1_430_000_000), "1.43 s");
    }

    #[test]
    fn what_is_written_as_no_time_at_all_is_at_once_and_nothing_else() {
        for ns in [0, 400_000, 500_000, 500_001, 600_000, 1_000_000] {
            assert_eq!(is_at_once(ns), duration(&Texts::english(), ns) == "0 ms", "{ns}");
        }
    }

    #[test]
    fn nobody_says_zero_where_a_person_would_say_nothing() {
        for code in ["en", "de"] {
            let texts = Texts::of(code.parse().unwrap());
            for (key, name) in [("star-par-spare", "coins"), ("budget-left", "share"), ("debrief-of-budget", "share")] {
                let said = |figure: u32| texts.with(key, &[(name, figure.into())]);
                assert!(!said(0).contains('0') && said(7).contains('7'), "{code}: {} {}", said(0), said(7));
            }
            let one = texts.with("star-par-over", &[("coins", 1_u32.into())]);
            assert!(!one.contains('1') && !one.contains("coins") && !one.contains("Münzen"), "{one}");
        }
    }

    #[test]
    fn a_chip_says_the_same_in_fewer_letters() {
        const LETTERS_MAX: usize = 22;
        let class = pipe_maze_level::Class::Browse;
        for language in ["en", "de"] {
            let texts = Texts::of(language.parse().unwrap());
            for asked in [
                Objective::GoodShare { at_least: 0.955, within_ms: 900.0 },
                Objective::P99 { at_most_ms: 1_300.0 },
                Objective::Cost { at_most: 220 },
                Objective::ClassShare { class, at_least: 0.95, within_ms: 550.0 },
                Objective::ErrorBudget { at_least: 0.5 },
                Objective::Beaten { at_least: 2 },
                Objective::Break { good_share_at_most: 0.6, within_ms: 800.0 },
            ] {
                let said = chip(&texts, &asked);
                assert!(!said.starts_with("chip-") && said.chars().count() <= LETTERS_MAX, "{language}: {said}");
                assert!(said.chars().count() < objective(&texts, &asked).chars().count(), "{language}: {said}");
            }
        }
    }

    #[test]
    fn figures_are_written_as_the_language_does() {
        let texts = Texts::of("de".parse().unwrap());
        assert_eq!(duration(&texts, 1_430_000_000), "1,43\u{a0}s");
        assert_eq!(objective(&texts, &Objective::P99 { at_most_ms: 1_300.0 }), "p99 unter 1,30\u{a0}s");
        assert_eq!(texts.number(clock(12_340_000_000)), "12,3");
    }
}
