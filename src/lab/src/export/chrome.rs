//! Chrome's trace events (`FACTS` OB-CHROME), which Perfetto reads too: a process for each trace, and in it as many
//! threads as are needed for the spans of each to nest. Times are microseconds.

use super::{Export, operation, outcome, parts};
use pipe_maze_sim::{Span, Time, Trace};
use serde_json::{Map, Value, json};
use std::cmp::Reverse;

/// The traces.
pub fn of(export: &Export) -> Value {
    let traces = export.traces.iter().enumerate();
    let events = traces.flat_map(|(nth, trace)| events(export, trace, nth + 1)).collect::<Vec<_>>();
    json!({ "displayTimeUnit": "ms", "traceEvents": events })
}

fn events(export: &Export, trace: &Trace, pid: usize) -> Vec<Value> {
    let name = format!("{} #{}", (export.name)(trace.request.spring), trace.request.number);
    let mut events = vec![json!({ "ph": "M", "name": "process_name", "pid": pid, "tid": 0, "args": { "name": name } })];
    let mut spans: Vec<&Span> = trace.spans.iter().collect();
    // Those that enclose others come first.
    spans.sort_by_key(|span| (span.start, Reverse(span.end)));
    let mut threads = Vec::new();
    for span in spans {
        let mut args: Map<String, Value> = parts(span).map(|(key, ns)| (key.to_owned(), ns.into())).collect();
        args.insert("outcome".to_owned(), outcome(span).into());
        args.insert("abandoned".to_owned(), span.abandoned.into());
        events.push(json!({
            "ph": "X",
            "name": format!("{} {}", (export.name)(span.piece), operation(span)),
            "cat": operation(span),
            "pid": pid,
            "tid": thread(&mut threads, span),
            "ts": span.start.as_ns() as f64 / 1e3,
            "dur": span.end.since_ns(span.start) as f64 / 1e3,
            "args": args,
        }));
    }
    events
}

/// The first thread in which a span nests, counted from 1. Of each thread the ends of the spans that are open are known,
/// the innermost last.
fn thread(threads: &mut Vec<Vec<Time>>, span: &Span) -> usize {
    let fits = |open: &mut Vec<Time>| {
        while open.last().is_some_and(|&end| end <= span.start) {
            open.pop();
        }
        open.last().is_none_or(|&end| end >= span.end)
    };
    let nth = threads.iter_mut().position(fits).unwrap_or_else(|| {
        threads.push(Vec::new());
        threads.len() - 1
    });
    threads[nth].push(span.end);
    nth + 1
}
