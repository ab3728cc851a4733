//! A report for people.

use super::{cause, figure, objective, outcome, percentiles};
use crate::table;
use pipe_maze_level::{Level, Play, Verdict};

/// The report of a play that is over.
pub fn of(level: &Level, play: &Play) -> String {
    let report = play.report();
    let verdict = if play.verdict() == Some(Verdict::Won) { "won" } else { "lost" };
    let mut output = format!("{} with seed {}: {verdict}\n\n", level.id, play.seed());

    let mut objectives = table::new(&["objective", "figure", "slack", ""]);
    for standing in &report.standings {
        let value = standing.value.map_or_else(|| "none".to_owned(), |value| figure(standing.objective, value));
        let slack = format!("{:+.0} %", standing.slack * 100.0);
        let met = if standing.met { "met" } else { "missed" };
        objectives.add_row([objective(standing.objective), value, slack, met.to_owned()]);
    }
    output += &table::render(objectives, &[1, 2]);

    let totals = play.simulation().view().totals();
    output += &format!(
        "\nissued {}: {} good, {} late, {} failed ({} timed out, {} rejected, {} without a route)\n",
        report.issued, report.good, report.late, report.failed, totals.timed_out, totals.rejected, totals.no_route
    );
    let latencies: Vec<String> = percentiles(play).map(|(name, ms)| format!("{name} {ms:.1} ms")).collect();
    if !latencies.is_empty() {
        output += &format!("latency of answered requests: {}\n", latencies.join(", "));
    }

    if !report.losses.is_empty() {
        let mut losses =
            table::new(&["lost", "how", "cause", "worst", "network", "queue", "service", "hazard", "client"]);
        for loss in &report.losses {
            let (what, piece) = cause(play.board(), loss.cause);
            let ms = |ns: u64| format!("{:.0} ms", ns as f64 / 1e6);
            let parts = loss.worst_parts;
            losses.add_row([
                loss.count.to_string(),
                outcome(loss.outcome).to_owned(),
                format!("{what} `{piece}`"),
                ms(parts.total_ns()),
                ms(parts.network_ns),
                ms(parts.queue_ns),
                ms(parts.service_ns),
                ms(parts.hazard_ns),
                ms(parts.client_ns),
            ]);
        }
        output += &format!("\n{}", table::render(losses, &[0, 3, 4, 5, 6, 7, 8]));
    }
    output + &format!("\ndigest {}\n", play.digest())
}
