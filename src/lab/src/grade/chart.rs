//! Charts as SVG within the page: what was answered, by whom; and who paid how much for which latency.

use super::mark::{Mark, Row};
use maud::{Markup, html};
use pipe_maze_level::{Level, Objective, Verdict};

/// A bar of one row: in time, too late, failed.
pub fn ends(mark: &Mark) -> Markup {
    let all = mark.ends.iter().sum::<u64>().max(1) as f64;
    let shares = mark.ends.map(|count| count as f64 / all * 100.0);
    let title = format!("{:.1} % in time, {:.1} % late, {:.1} % failed", shares[0], shares[1], shares[2]);
    html! {
        svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=(title) {
            title { (title) }
            rect class="late" width="100" height="8" {}
            rect class="ok" width=(number(shares[0])) height="8" {}
            rect class="failed" x=(number(100.0 - shares[2])) width=(number(shares[2])) height="8" {}
        }
    }
}

/// How many met each objective.
pub fn objectives(level: &Level, marks: &[&Mark]) -> Markup {
    let bars = level.objectives.iter().enumerate().map(|(nth, objective)| {
        let met = marks.iter().filter(|mark| mark.met.get(nth) == Some(&true)).count();
        (crate::report::objective(*objective), met, met as f64 / marks.len().max(1) as f64 * 100.0)
    });
    html! {
        dl.objectives {
            @for (name, met, percent) in bars {
                dt { (name) }
                dd {
                    svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                        rect class="void" width="100" height="8" {}
                        rect class="ok" width=(number(percent)) height="8" {}
                    }
                    span { (met) " of " (marks.len()) }
                }
            }
        }
    }
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 44.0;
const TOP: f64 = 18.0;
const RIGHT: f64 = 24.0;

/// Each run as a point: what it cost, and how long 99 of 100 answers took at most.
pub fn cost_and_latency(level: &Level, rows: &[Row]) -> Markup {
    let points: Vec<(&str, &Mark, f64)> = rows
        .iter()
        .filter_map(|row| row.outcome.as_ref().ok().and_then(|mark| Some((row.who.as_str(), mark, mark.p99_ms?))))
        .collect();
    let bound_ms = level.objectives.iter().find_map(|objective| match *objective {
        Objective::P99 { at_most_ms } => Some(at_most_ms),
        _ => None,
    });
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(1.0, f64::max) * 1.1;
    let cost_max = most(&mut points.iter().map(|point| f64::from(point.1.cost)).chain([f64::from(level.budget)]));
    let ms_max = most(&mut points.iter().map(|point| point.2).chain(bound_ms));
    let x = |cost: f64| LEFT + cost / cost_max * (WIDTH - LEFT - RIGHT);
    let y = |ms: f64| HEIGHT - BOTTOM - ms / ms_max * (HEIGHT - BOTTOM - TOP);
    html! {
        svg class="scatter" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img"
            aria-label="Each run by its cost and its p99 latency" {
            @for ms in ticks(ms_max) {
                line class="grid" x1=(LEFT) x2=(number(WIDTH - RIGHT)) y1=(number(y(ms))) y2=(number(y(ms))) {}
                text class="tick end" x=(number(LEFT - 8.0)) y=(number(y(ms) + 4.0)) { (number(ms)) }
            }
            @for cost in ticks(cost_max) {
                line class="grid" x1=(number(x(cost))) x2=(number(x(cost))) y1=(TOP) y2=(number(HEIGHT - BOTTOM)) {}
                text class="tick middle" x=(number(x(cost))) y=(number(HEIGHT - BOTTOM + 18.0)) { (number(cost)) }
            }
            text class="axis middle" x=(number((LEFT + WIDTH - RIGHT) / 2.0)) y=(number(HEIGHT - 6.0)) { "cost, coins" }
            text class="axis" x=(number(LEFT - 54.0)) y=(number(TOP - 4.0)) { "p99, ms" }
            @if let Some(par) = level.par {
                line class="mark" x1=(number(x(f64::from(par)))) x2=(number(x(f64::from(par)))) y1=(TOP)
                    y2=(number(HEIGHT - BOTTOM)) {}
                text class="tick" x=(number(x(f64::from(par)) + 6.0)) y=(number(TOP + 10.0)) { "par" }
            }
            @if let Some(ms) = bound_ms {
                line class="mark" x1=(LEFT) x2=(number(WIDTH - RIGHT)) y1=(number(y(ms))) y2=(number(y(ms))) {}
                text class="tick end" x=(number(WIDTH - RIGHT - 4.0)) y=(number(y(ms) - 6.0)) { "p99 asked for" }
            }
            @for (who, mark, ms) in &points {
                (point(who, mark, (x(f64::from(mark.cost)), y(*ms)), *ms))
            }
        }
    }
}

/// A point: shape before colour, a disc where it was won and an octagon where it was lost.
fn point(who: &str, mark: &Mark, (x, y): (f64, f64), ms: f64) -> Markup {
    let title = format!("{who}: {}, {} coins, p99 {ms:.0} ms", mark.verdict_word(), mark.cost);
    let is_won = mark.verdict == Some(Verdict::Won) && mark.counts();
    html! {
        g {
            title { (title) }
            @if is_won {
                circle class="ok" cx=(number(x)) cy=(number(y)) r="7" {}
            } @else {
                polygon class="failed" points=(octagon(x, y, 7.5)) {}
            }
        }
    }
}

fn octagon(x: f64, y: f64, radius: f64) -> String {
    let near = radius * 0.414;
    let corners = [
        (near, radius),
        (radius, near),
        (radius, -near),
        (near, -radius),
        (-near, -radius),
        (-radius, -near),
        (-radius, near),
        (-near, radius),
    ];
    let corners: Vec<String> = corners.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx, y + dy)).collect();
    corners.join(" ")
}

/// Round values up to a maximum, about five.
fn ticks(max: f64) -> Vec<f64> {
    let rough = max / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    (0..=(max / step) as usize).map(|nth| nth as f64 * step).collect()
}

/// A number with as many digits as a picture needs.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(ticks(260.0), [0.0, 100.0, 200.0]);
        assert_eq!(ticks(1_430.0), [0.0, 500.0, 1_000.0]);
        assert_eq!(ticks(1.1), [0.0, 0.5, 1.0]);
    }
}
