//! Jaeger's JSON (`FACTS` OB-JAEGER): what its page reads from a file. Times are whole microseconds.

use super::{Export, operation, outcome, parts, span_id, trace_id};
use pipe_maze_sim::{Outcome, PieceId, Span};
use serde_json::{Map, Value, json};

/// The traces.
pub fn of(export: &Export) -> Value {
    let pieces = export.pieces();
    let processes: Map<String, Value> = pieces
        .iter()
        .enumerate()
        .map(|(nth, &piece)| (process(nth), json!({ "serviceName": (export.name)(piece), "tags": [] })))
        .collect();
    let data = export.traces.iter().map(|trace| {
        let spans: Vec<Value> = trace.spans.iter().map(|each| span(each, &pieces)).collect();
        json!({ "traceID": trace_id(trace.request), "spans": spans, "processes": processes })
    });
    json!({ "data": data.collect::<Vec<_>>() })
}

fn process(nth: usize) -> String {
    format!("p{}", nth + 1)
}

fn span(span: &Span, pieces: &[PieceId]) -> Value {
    let trace_id = trace_id(span.trace);
    let (start_us, end_us) = (span.start.as_ns() / 1_000, span.end.as_ns() / 1_000);
    let parent = json!({ "refType": "CHILD_OF", "traceID": trace_id, "spanID": span_id(span.parent) });
    let mut tags = vec![json!({ "key": "outcome", "type": "string", "value": outcome(span) })];
    if span.outcome != Outcome::Answered {
        tags.push(json!({ "key": "error", "type": "bool", "value": true }));
    }
    if span.abandoned {
        tags.push(json!({ "key": "abandoned", "type": "bool", "value": true }));
    }
    tags.extend(parts(span).map(|(key, ns)| json!({ "key": key, "type": "int64", "value": ns })));
    json!({
        "traceID": trace_id,
        "spanID": span_id(span.id),
        "operationName": operation(span),
        "references": if span.parent == 0 { vec![] } else { vec![parent] },
        "startTime": start_us,
        "duration": end_us - start_us,
        "tags": tags,
        "logs": [],
        "processID": pieces.binary_search(&span.piece).map_or_else(|_| String::new(), process),
    })
}
