use super::*;
use pipe_maze_sim::corpus::corpus;
use pipe_maze_sim::{Simulation, Tracer};
use serde_json::Value;
use std::collections::BTreeMap;

/// Traces of the corpus's runs of retries, hedges and programs.
fn traces() -> Vec<Arc<Trace>> {
    let mut traces = Vec::new();
    for case in corpus().iter().filter(|case| ["programs", "clients"].contains(&case.name)) {
        let mut tracer = Tracer::new(100);
        let mut run = Simulation::new(&case.blueprint, 1).unwrap();
        run.advance_to(case.until, &mut tracer);
        traces.extend(tracer.traces().into_iter().take(40));
    }
    traces
}

fn export<T>(of: impl Fn(&Export) -> T) -> (Vec<Arc<Trace>>, T) {
    let traces = traces();
    assert!(traces.iter().map(|trace| trace.spans.len()).sum::<usize>() > 300, "there is something to export");
    let value = of(&Export { traces: &traces, name: &|piece| format!("piece {piece}") });
    (traces, value)
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn jaeger_has_every_span_below_its_parent() {
    let (traces, value) = export(jaeger::of);
    assert_eq!(list(&value["data"]).len(), traces.len());
    for (exported, trace) in list(&value["data"]).iter().zip(&traces) {
        let id = text(&exported["traceID"]);
        assert!(id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()), "{id}");
        let spans: BTreeMap<&str, &Value> =
            list(&exported["spans"]).iter().map(|span| (text(&span["spanID"]), span)).collect();
        assert_eq!(spans.len(), trace.spans.len());
        let mut roots = 0;
        for span in spans.values() {
            assert_eq!(text(&span["traceID"]), id);
            assert!(exported["processes"][text(&span["processID"])]["serviceName"].is_string());
            let interval = |span: &Value| {
                let start_us = span["startTime"].as_u64().expect("whole microseconds");
                (start_us, start_us + span["duration"].as_u64().expect("whole microseconds"))
            };
            let Some(reference) = list(&span["references"]).first() else {
                roots += 1;
                continue;
            };
            assert_eq!((text(&reference["refType"]), text(&reference["traceID"])), ("CHILD_OF", id));
            let parent = spans[text(&reference["spanID"])];
            assert!(interval(span).0 >= interval(parent).0, "{span} begins before {parent}");
        }
        assert_eq!(roots, 1);
    }
}

#[test]
fn otlp_has_hexadecimal_identities_numbers_for_enumerations_and_times_as_text() {
    let (traces, value) = export(otlp::of);
    let mut spans = 0;
    for resource in list(&value["resourceSpans"]) {
        assert_eq!(resource["resource"]["attributes"][0]["key"], "service.name");
        for span in list(&resource["scopeSpans"][0]["spans"]) {
            let trace = traces.iter().find(|trace| trace_id(trace.request) == text(&span["traceId"])).unwrap();
            let own = trace.spans.iter().find(|own| span_id(own.id) == text(&span["spanId"])).unwrap();
            let parent = text(&span["parentSpanId"]);
            assert_eq!(parent.is_empty(), own.parent == 0);
            assert!(parent.is_empty() || parent == span_id(own.parent));
            assert_eq!(span["kind"], if own.kind == SpanKind::Server { 2 } else { 3 });
            assert_eq!(span["status"]["code"], if own.outcome == Outcome::Answered { 1 } else { 2 });
            let ns = |value: &Value| text(value).parse::<u64>().expect("a decimal number");
            assert_eq!(ns(&span["startTimeUnixNano"]), own.start.as_ns());
            assert_eq!(ns(&span["endTimeUnixNano"]), own.end.as_ns());
            spans += 1;
        }
    }
    assert_eq!(spans, traces.iter().map(|trace| trace.spans.len()).sum::<usize>());
}

#[test]
fn spans_nest_in_each_thread_of_chromes_events() {
    let (traces, value) = export(chrome::of);
    let mut threads: BTreeMap<(u64, u64), Vec<(f64, f64)>> = BTreeMap::new();
    let number = |value: &Value| value.as_u64().expect("a whole number");
    for event in list(&value["traceEvents"]).iter().filter(|event| event["ph"] == "X") {
        let (start_us, us) = (event["ts"].as_f64().unwrap(), event["dur"].as_f64().unwrap());
        threads.entry((number(&event["pid"]), number(&event["tid"]))).or_default().push((start_us, start_us + us));
    }
    assert_eq!(threads.keys().map(|&(pid, _)| pid).max(), Some(traces.len() as u64));
    assert_eq!(threads.values().map(Vec::len).sum::<usize>(), traces.iter().map(|t| t.spans.len()).sum::<usize>());
    // What is added up from floating-point numbers may be off by less than a nanosecond.
    const LITTLE_US: f64 = 5e-4;
    for spans in threads.values() {
        for (nth, a) in spans.iter().enumerate() {
            for b in &spans[nth + 1..] {
                let apart = a.1 <= b.0 + LITTLE_US || b.1 <= a.0 + LITTLE_US;
                let within = (a.0 <= b.0 && b.1 <= a.1 + LITTLE_US) || (b.0 <= a.0 && a.1 <= b.1 + LITTLE_US);
                assert!(apart || within, "{a:?} and {b:?} cross");
            }
        }
    }
}
