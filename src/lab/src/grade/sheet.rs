//! The rows as a table for the terminal, and as CSV for spreadsheets.

use super::mark::{Mark, Row};
use crate::table;

const HEADINGS: [&str; 14] = [
    "who",
    "check",
    "stars",
    "verdict",
    "good",
    "p50",
    "p99",
    "cost",
    "budget left",
    "branches",
    "robust",
    "level",
    "digest",
    "message",
];
/// Which of them are numbers.
const NUMBERS: [usize; 8] = [2, 4, 5, 6, 7, 8, 9, 10];

/// A table for the terminal.
pub fn table(rows: &[Row]) -> String {
    let mut table = table::new(&HEADINGS);
    for row in rows {
        let who = printable(&row.who);
        table.add_row(match &row.outcome {
            Ok(mark) => cells(who, mark).to_vec(),
            Err(message) => bad_cells(who, printable(message)).to_vec(),
        });
    }
    table::render(table, &NUMBERS)
}

fn cells(who: String, mark: &Mark) -> [String; HEADINGS.len()] {
    let ms = |ms: Option<f64>| ms.map_or_else(|| "none".to_owned(), |ms| format!("{ms:.0} ms"));
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    [
        who,
        mark.check_words().to_owned(),
        format!("{}/{}", mark.stars.0, mark.stars.1),
        mark.verdict_word().to_owned(),
        percent(mark.good_share()),
        ms(mark.p50_ms),
        ms(mark.p99_ms),
        mark.cost.to_string(),
        percent(mark.budget_left),
        mark.branches.to_string(),
        format!("{}/{}", mark.held.0, mark.held.1),
        mark.level.clone(),
        mark.digest.clone(),
        String::new(),
    ]
}

fn bad_cells(who: String, message: String) -> [String; HEADINGS.len()] {
    let mut cells: [String; HEADINGS.len()] = std::array::from_fn(|_| String::new());
    cells[0] = who;
    cells[1] = "unreadable".to_owned();
    cells[HEADINGS.len() - 1] = message;
    cells
}

/// Comma-separated values, as RFC 4180 has them; numbers bare, shares from 0 to 1.
pub fn csv(rows: &[Row]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headings = [
        "who",
        "check",
        "stars",
        "stars_of",
        "verdict",
        "good_share",
        "late_share",
        "failed_share",
        "p50_ms",
        "p99_ms",
        "cost_coins",
        "error_budget_left",
        "branches",
        "held_out_won",
        "held_out_seeds",
        "level",
        "digest",
        "message",
    ];
    // It writes into memory: that does not fail.
    let _ = writer.write_record(headings);
    for row in rows {
        let _ = writer.write_record(match &row.outcome {
            Ok(mark) => record(&row.who, mark),
            Err(message) => {
                let mut cells = vec![String::new(); headings.len()];
                cells[0] = harmless(&row.who);
                cells[1] = "unreadable".to_owned();
                cells[headings.len() - 1] = harmless(message);
                cells
            }
        });
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn record(who: &str, mark: &Mark) -> Vec<String> {
    let all = mark.ends.iter().sum::<u64>().max(1) as f64;
    let share = |count: u64| format!("{:.6}", count as f64 / all);
    let ms = |ms: Option<f64>| ms.map_or_else(String::new, |ms| format!("{ms:.3}"));
    vec![
        harmless(who),
        mark.check_words().to_owned(),
        mark.stars.0.to_string(),
        mark.stars.1.to_string(),
        mark.verdict_word().to_owned(),
        share(mark.ends[0]),
        share(mark.ends[1]),
        share(mark.ends[2]),
        ms(mark.p50_ms),
        ms(mark.p99_ms),
        mark.cost.to_string(),
        format!("{:.6}", mark.budget_left),
        mark.branches.to_string(),
        mark.held.0.to_string(),
        mark.held.1.to_string(),
        mark.level.clone(),
        mark.digest.clone(),
        String::new(),
    ]
}

/// A text that no spreadsheet takes for a formula: names of files come from strangers.
fn harmless(text: &str) -> String {
    let text = printable(text);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

/// A text without what a terminal could take for a command.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
