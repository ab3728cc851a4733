//! OpenTelemetry's JSON (`FACTS` OB-OTLP): identities in hexadecimal, enumerations as numbers, times as decimal strings.

use super::{Export, operation, outcome, parts, span_id, trace_id};
use pipe_maze_sim::{Outcome, PieceId, Span, SpanKind};
use serde_json::{Value, json};

/// A server's span.
const SERVER: u32 = 2;
/// A client's span.
const CLIENT: u32 = 3;
/// The status of what succeeded.
const OK: u32 = 1;
/// The status of what did not.
const ERROR: u32 = 2;

/// The spans of all traces, by piece.
pub fn of(export: &Export) -> Value {
    let resources = export.pieces().into_iter().map(|piece| resource(export, piece));
    json!({ "resourceSpans": resources.collect::<Vec<_>>() })
}

fn resource(export: &Export, piece: PieceId) -> Value {
    let all = export.traces.iter().flat_map(|trace| &trace.spans);
    let spans: Vec<Value> = all.filter(|span| span.piece == piece).map(span).collect();
    json!({
        "resource": { "attributes": [text("service.name", &(export.name)(piece))] },
        "scopeSpans": [{ "scope": { "name": "pipe-maze" }, "spans": spans }],
    })
}

fn span(span: &Span) -> Value {
    let mut attributes = vec![text("outcome", outcome(span))];
    if span.abandoned {
        attributes.push(json!({ "key": "abandoned", "value": { "boolValue": true } }));
    }
    attributes.extend(parts(span).map(|(key, ns)| json!({ "key": key, "value": { "intValue": ns.to_string() } })));
    json!({
        "traceId": trace_id(span.trace),
        "spanId": span_id(span.id),
        "parentSpanId": if span.parent == 0 { String::new() } else { span_id(span.parent) },
        "name": operation(span),
        "kind": if span.kind == SpanKind::Server { SERVER } else { CLIENT },
        "startTimeUnixNano": span.start.as_ns().to_string(),
        "endTimeUnixNano": span.end.as_ns().to_string(),
        "attributes": attributes,
        "status": { "code": if span.outcome == Outcome::Answered { OK } else { ERROR } },
    })
}

fn text(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}
