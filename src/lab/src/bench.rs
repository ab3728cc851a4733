//! `bench`: how fast the simulation is on its reference load. Of repetitions the median is what to expect, and the
//! least is what the machine can do undisturbed. Cases take turns, so that a disturbance does not fall on one alone.

mod cases;
mod restoring;
mod seeking;

use crate::arguments::Bench;
use crate::table;
use cases::Case;
use serde_json::{Value, json};

/// Measures and reports.
pub fn bench(arguments: &Bench) -> String {
    let mut cases = cases::all(arguments.requests);
    cases.extend(seeking::cases(arguments.requests));
    cases.extend(restoring::cases());
    let mut measured = vec![Vec::new(); cases.len()];
    for _ in 0..arguments.repetitions {
        for (case, values) in cases.iter().zip(&mut measured) {
            values.push((case.measure)());
        }
    }
    let rows: Vec<Row> = cases.into_iter().zip(measured).map(|(case, values)| Row::new(case, values)).collect();
    if arguments.json { as_json(&rows, arguments) } else { as_table(&rows) }
}

/// A case and its figures.
struct Row {
    name: String,
    unit: &'static str,
    median: f64,
    min: f64,
}

impl Row {
    fn new(case: Case, mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self { name: case.name, unit: case.unit, median: values[values.len() / 2], min: values[0] }
    }
}

fn as_table(rows: &[Row]) -> String {
    let mut table = table::new(&["case", "median", "min", ""]);
    for row in rows {
        table.add_row([row.name.clone(), format!("{:.1}", row.median), format!("{:.1}", row.min), row.unit.to_owned()]);
    }
    table::render(table, &[1, 2])
}

/// The figure that the speed is stated by is the first row's.
fn as_json(rows: &[Row], arguments: &Bench) -> String {
    let figures = |row: &Row| json!({ "median": row.median, "min": row.min });
    let all =
        rows.iter().map(|row| json!({ "case": row.name, "unit": row.unit, "median": row.median, "min": row.min }));
    let value = json!({
        "requests": arguments.requests,
        "repetitions": arguments.repetitions,
        "rules": pipe_maze_sim::RULES,
        "ns_per_request": rows.first().map(figures),
        "cases": all.collect::<Vec<Value>>(),
    });
    format!("{value:#}\n")
}
