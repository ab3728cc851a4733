//! Traces in the formats of other tools.

pub mod chrome;
pub mod jaeger;
pub mod otlp;
#[cfg(test)]
mod tests;

use pipe_maze_sim::{Outcome, PieceId, RequestId, Span, SpanKind, Trace};
use std::sync::Arc;

/// Traces to export, and how pieces are called.
pub struct Export<'a> {
    /// The traces.
    pub traces: &'a [Arc<Trace>],
    /// The name of a piece.
    pub name: &'a dyn Fn(PieceId) -> String,
}

impl Export<'_> {
    /// The pieces that have spans, each once, in order of identity: the services of other tools.
    fn pieces(&self) -> Vec<PieceId> {
        let mut pieces: Vec<_> = self.traces.iter().flat_map(|trace| &trace.spans).map(|span| span.piece).collect();
        pieces.sort();
        pieces.dedup();
        pieces
    }
}

/// The identity of a trace: 32 hexadecimal digits, never all zero (`FACTS` OB-W3C).
fn trace_id(request: RequestId) -> String {
    format!("{:016x}{:016x}", request.spring.0, request.number + 1)
}

/// The identity of a span: 16 hexadecimal digits.
fn span_id(id: u64) -> String {
    format!("{id:016x}")
}

/// What a span is about.
const fn operation(span: &Span) -> &'static str {
    match span.kind {
        SpanKind::Client => "call",
        SpanKind::Attempt => "try",
        SpanKind::Server => "serve",
    }
}

/// How a span ended.
const fn outcome(span: &Span) -> &'static str {
    match span.outcome {
        Outcome::Answered => "answered",
        Outcome::TimedOut => "timed out",
        Outcome::Rejected => "rejected",
        Outcome::NoRoute => "no route",
        Outcome::Failed => "failed",
        Outcome::ShortCircuited => "not sent",
    }
}

/// Where a span's time went, in nanoseconds; what is zero is left out.
fn parts(span: &Span) -> impl Iterator<Item = (&'static str, u64)> {
    let parts = [
        ("network_ns", span.parts.network_ns),
        ("queue_ns", span.parts.queue_ns),
        ("service_ns", span.parts.service_ns),
        ("hazard_ns", span.parts.hazard_ns),
        ("client_ns", span.parts.client_ns),
        ("waiting_ns", span.waiting_ns),
    ];
    parts.into_iter().filter(|&(_, ns)| ns > 0)
}
