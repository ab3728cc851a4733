//! The rows as a table for the terminal, and as CSV for spreadsheets.

use super::mark::{Mark, Row};
use crate::table;
use crate::terminal::printable;

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
        harmless(&mark.level),
        mark.digest.clone(),
        String::new(),
    ]
}

/// A text that no spreadsheet takes for a formula: names of files come from strangers. Blanks before a formula make no
/// difference to some, nor does the full width that these characters have in East Asia.
fn harmless(text: &str) -> String {
    let text = printable(text);
    let begins = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if text.trim_start().starts_with(begins) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str) -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let records = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
        records.collect()
    }

    fn unreadable(who: &str, message: &str) -> Row {
        Row { who: who.to_owned(), outcome: Err(message.to_owned()) }
    }

    #[test]
    fn names_of_strangers_stay_within_their_cells() {
        let names = [r#"Ann, "the" one"#, "Bo\nb", "<script>alert(1)</script>", "Çağla; Ö'Ŕ", ""];
        let rows: Vec<Row> = names.iter().map(|who| unreadable(who, "a, \"b\"\r\nc")).collect();
        let read = read(&csv(&rows));
        assert!(read.iter().all(|cells| cells.len() == 18 && cells[17] == "a, \"b\"  c"), "{read:?}");
        let who: Vec<&str> = read.iter().map(|cells| cells[0].as_str()).collect();
        assert_eq!(who, [names[0], "Bo b", names[2], names[3], ""]);
        assert_eq!(table(&rows).lines().count(), 1 + names.len());
    }

    #[test]
    fn no_cell_is_a_formula() {
        let formulas =
            ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"];
        let rows: Vec<Row> = formulas.iter().map(|formula| unreadable(formula, formula)).collect();
        for (cells, formula) in read(&csv(&rows)).iter().zip(formulas) {
            assert!(cells[0].starts_with('\'') && cells[17].starts_with('\''), "{formula:?}: {cells:?}");
        }
    }
}
