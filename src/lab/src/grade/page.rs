//! The rows as a page: whole in itself, without a script and without anything from elsewhere. Every text in it that comes
//! from a submission or a level is escaped by the template.

use super::Levels;
use super::chart;
use super::mark::{Mark, Row};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use pipe_maze_level::replay::Check;
use pipe_maze_level::{Level, Verdict};

const STYLE: &str = include_str!("page.css");

/// The page.
pub fn of(levels: &Levels, rows: &[Row], seeds: u32) -> String {
    let level = levels.values().next().filter(|_| levels.len() == 1).map(|level| &level.level);
    let name = level.and_then(|level| level.text("en", "name")).unwrap_or("Pipe Maze");
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (name) ": results" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (name) }
                    @if let Some(brief) = level.and_then(|level| level.text("en", "brief")) { p { (brief) } }
                }
                main {
                    (tiles(rows))
                    h2 { "Who" }
                    div.panel { (table(rows, levels.len() > 1)) }
                    @if let Some(level) = level { (charts(level, rows)) }
                    footer {
                        "Every figure was computed again from the commands that were handed in, under rules "
                        (pipe_maze_sim::RULES) ", and tried on " (seeds) " held-out seeds."
                    }
                }
            }
        }
    };
    page.into_string()
}

fn marks(rows: &[Row]) -> Vec<&Mark> {
    rows.iter().filter_map(|row| row.outcome.as_ref().ok()).collect()
}

fn tiles(rows: &[Row]) -> Markup {
    let marks = marks(rows);
    let count = |is: &dyn Fn(&Mark) -> bool| marks.iter().filter(|mark| is(mark)).count();
    let mut goods: Vec<f64> = marks.iter().map(|mark| mark.good_share()).collect();
    goods.sort_by(f64::total_cmp);
    let median =
        goods.get(goods.len() / 2).map_or_else(|| "none".to_owned(), |share| format!("{:.1} %", share * 100.0));
    let tiles = [
        (rows.len().to_string(), "handed in"),
        (count(&|mark| mark.check == Check::Verified).to_string(), "verified"),
        (count(&|mark| mark.verdict == Some(Verdict::Won) && mark.counts()).to_string(), "won"),
        (count(&|mark| mark.stars.0 == mark.stars.1).to_string(), "with all stars"),
        (median, "median goodput"),
    ];
    html! {
        ul.tiles { @for (figure, what) in tiles { li { b { (figure) } span { (what) } } } }
    }
}

fn table(rows: &[Row], with_level: bool) -> Markup {
    html! {
        table {
            thead { tr {
                th { "who" }
                @if with_level { th { "level" } }
                th { "check" } th { "stars" } th { "verdict" } th { "in time, late, failed" }
                @for heading in ["good", "p50", "p99", "cost", "budget left", "branches", "robust"] {
                    th.number { (heading) }
                }
                th { "digest" }
            } }
            tbody { @for row in rows { tr {
                th scope="row" { (row.who) }
                @match &row.outcome {
                    Ok(mark) => {
                        @if with_level { td { (mark.level) } }
                        (cells(mark))
                    }
                    Err(message) => { td.message colspan=(12 + usize::from(with_level)) { (message) } }
                }
            } } }
        }
    }
}

fn cells(mark: &Mark) -> Markup {
    let ms = |ms: Option<f64>| ms.map_or_else(|| "none".to_owned(), |ms| format!("{ms:.0} ms"));
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let (stars, of) = (usize::from(mark.stars.0), usize::from(mark.stars.1));
    let check = match mark.check {
        Check::Verified => "verified",
        Check::OtherRules | Check::OtherLevel => "recomputed",
        Check::Differs => "differs",
    };
    html! {
        td class=(check) { (mark.check_words()) }
        td.stars aria-label=(format!("{stars} of {of} stars")) { ("★".repeat(stars)) i { ("★".repeat(of - stars)) } }
        td class=(mark.verdict_word()) { (mark.verdict_word()) }
        td { (chart::ends(mark)) }
        td.number { (percent(mark.good_share())) }
        td.number { (ms(mark.p50_ms)) }
        td.number { (ms(mark.p99_ms)) }
        td.number { (mark.cost) }
        td.number { (percent(mark.budget_left)) }
        td.number { (mark.branches) }
        td.number { (mark.held.0) " / " (mark.held.1) }
        td.digest { (mark.digest) }
    }
}

fn charts(level: &Level, rows: &[Row]) -> Markup {
    html! {
        h2 { "Objectives met" }
        div.panel { (chart::objectives(level, &marks(rows))) }
        h2 { "What it cost, and how long it took" }
        div.panel { (chart::cost_and_latency(level, rows)) }
    }
}
