use super::*;
use crate::blueprint::{
    Blueprint, CallSpec, ClientSpec, EndpointId, EndpointSpec, PipeSpec, RetryOn, RetrySpec, ServiceSpec, SpringSpec,
    Step, Wait,
};
use crate::call::backoff::Backoff;
use crate::call::budget::BudgetSpec;
use crate::call::hedge::HedgeSpec;
use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use crate::observe::span::SpanKind;
use crate::reference::reference_load;
use crate::simulation::Simulation;

fn span(id: u64, parent: u64, start_ns: u64, end_ns: u64) -> Span {
    Span {
        trace: RequestId { spring: PieceId(1), number: 1 },
        id,
        parent,
        kind: SpanKind::Client,
        piece: PieceId(id),
        start: Time::from_ns(start_ns),
        end: Time::from_ns(end_ns),
        parts: Parts::default(),
        waiting_ns: 0,
        outcome: Outcome::Answered,
        abandoned: false,
    }
}

fn trace(spans: Vec<Span>) -> Trace {
    let (request, issued_at) = (RequestId { spring: PieceId(1), number: 1 }, Time::from_ns(100));
    let cause = Cause::Client(PieceId(1));
    let ended_at = Time::from_ns(200);
    let parts = Parts::default();
    Trace { request, issued_at, ended_at, outcome: Outcome::Answered, parts, cause, spans, dropped: 0 }
}

/// The path as (identity of the span, begin, end).
fn path(spans: Vec<Span>) -> Vec<(u64, u64, u64)> {
    let trace = trace(spans);
    let path = trace.critical_path();
    path.iter().map(|s| (trace.spans[s.span].id, s.start.as_ns(), s.end.as_ns())).collect()
}

#[test]
fn the_path_takes_the_child_that_ended_last_and_fills_gaps_with_the_parent() {
    let spans = vec![span(2, 1, 104, 112), span(3, 1, 106, 117), span(4, 1, 120, 130), span(1, 0, 100, 134)];
    assert_eq!(path(spans), [(1, 100, 106), (3, 106, 117), (1, 117, 120), (4, 120, 130), (1, 130, 134)]);
}

#[test]
fn the_path_goes_down_and_comes_back() {
    let spans = vec![span(4, 3, 115, 125), span(3, 2, 112, 128), span(2, 1, 110, 130), span(1, 0, 100, 140)];
    let expected =
        [(1, 100, 110), (2, 110, 112), (3, 112, 115), (4, 115, 125), (3, 125, 128), (2, 128, 130), (1, 130, 140)];
    assert_eq!(path(spans), expected);
}

#[test]
fn a_child_that_outlives_its_parent_is_clipped_and_one_that_begins_later_is_left_out() {
    let spans = vec![span(1, 0, 100, 140), span(3, 1, 150, 160), span(4, 2, 130, 180), span(2, 1, 120, 170)];
    assert_eq!(path(spans), [(1, 100, 120), (2, 120, 130), (4, 130, 140)]);
}

#[test]
fn a_trace_that_is_incomplete_or_wrong_has_a_path_nevertheless() {
    assert_eq!(path(vec![]), []);
    assert_eq!(path(vec![span(2, 1, 110, 130)]), [], "no root");
    assert_eq!(path(vec![span(3, 2, 110, 130), span(1, 0, 100, 140)]), [(1, 100, 140)], "a parent is missing");
    assert_eq!(path(vec![span(1, 0, 100, 100)]), [], "no duration");
    let circle = vec![span(2, 2, 110, 130), span(1, 0, 100, 140), span(3, 1, 105, 135), span(3, 3, 110, 120)];
    assert_eq!(path(circle), [(1, 100, 105), (3, 105, 110), (3, 110, 120), (3, 120, 135), (1, 135, 140)]);
}

/// A front that asks three services at once, two of which call a store; its clients retry and hedge. Its workers are few.
fn shop(requests_per_s: f64) -> Blueprint {
    let piece = PieceId::from_name;
    let client = ClientSpec {
        try_timeout_ns: Some(30_000_000),
        retry: Some(RetrySpec {
            retries: 2,
            backoff: Backoff { base_ns: 2_000_000, ..Backoff::default() },
            budget: BudgetSpec::default(),
            on: RetryOn::default(),
        }),
        hedge: Some(HedgeSpec { delay_ns: 20_000_000, max: 1 }),
        ..ClientSpec::with_timeout_ns(80_000_000)
    };
    let call = |to: &str| CallSpec::new(piece(to), EndpointId::MAIN).client(client.clone());
    let work = || Step::Compute { time: Distribution::Exponential { mean_ns: 3_000_000 } };
    let service = |name: &str, program: Vec<Step>| ServiceSpec {
        workers: 4,
        queue_limit: 5,
        endpoints: vec![EndpointSpec { id: EndpointId::MAIN, program }],
        ..ServiceSpec::new(piece(name))
    };
    let all = Step::Parallel { calls: vec![call("a"), call("b"), call("c")], wait: Wait::All };
    let links = [("spring", "front"), ("front", "a"), ("front", "b"), ("front", "c"), ("a", "store"), ("b", "store")];
    let pipes = links.iter().enumerate().map(|(nth, (from, to))| PipeSpec {
        outlet: nth as u8,
        ..PipeSpec::new(piece(&format!("{from}-{to}")), piece(from), piece(to))
    });
    Blueprint {
        springs: vec![SpringSpec::new(piece("spring")).rate_per_s(requests_per_s).calling(call("front"))],
        services: vec![
            service("front", vec![work(), all, work()]),
            service("a", vec![Step::Call(call("store"))]),
            service("b", vec![work(), Step::Call(call("store"))]),
            service("c", vec![work(), work()]),
            service("store", vec![work()]),
        ],
        pipes: pipes.collect(),
        ..Blueprint::default()
    }
}

fn traced(blueprint: &Blueprint, per_mille: u32) -> (Tracer, Simulation) {
    let mut tracer = Tracer::new(per_mille);
    let mut run = Simulation::new(blueprint, 9).unwrap();
    run.advance_to(Time::MAX, &mut tracer);
    (tracer, run)
}

#[test]
fn critical_paths_add_up_to_the_requests_latency() {
    let (tracer, run) = traced(&shop(150.0), 1_000);
    let totals = run.view().totals();
    assert!(totals.answered > 1_000 && totals.ended() > totals.answered + 100, "{totals:?}");
    let (mut deep, mut abandoned) = (0, 0);
    for trace in tracer.traces() {
        let root = trace.root().unwrap();
        assert_eq!((root.start, root.end, root.trace), (trace.issued_at, trace.ended_at, trace.request));
        let path = trace.critical_path();
        assert_eq!(path.iter().map(Segment::ns).sum::<u64>(), trace.latency_ns());
        assert_eq!((path[0].start, path[path.len() - 1].end), (root.start, root.end));
        assert!(path.windows(2).all(|pair| pair[0].end == pair[1].start), "without a gap");
        for segment in &path {
            let span = &trace.spans[segment.span];
            assert!(span.start <= segment.start && segment.end <= span.end, "a segment lies in its span");
        }
        deep += u64::from(path.len() > 9);
        abandoned += trace.spans.iter().filter(|span| span.abandoned).count();
    }
    assert!(deep > 10 && abandoned > 10, "{deep} deep paths, {abandoned} abandoned spans");
}

#[test]
fn spans_know_their_parents() {
    let (tracer, _) = traced(&shop(60.0), 1_000);
    let mut spans = 0;
    for trace in tracer.traces() {
        assert_eq!(trace.spans.iter().filter(|span| span.parent == 0).count(), 1);
        for span in trace.spans.iter().filter(|span| span.parent != 0) {
            let parent = trace.spans.iter().find(|parent| parent.id == span.parent);
            // A parent that was given up before its child ended may not have ended itself when the run did.
            assert!(parent.is_some(), "{span:?} in {:?}", trace.request);
            spans += 1;
        }
    }
    assert!(spans > 3_000, "{spans} spans");
}

#[test]
fn the_sampled_share_is_the_one_asked_for() {
    for per_mille in [0, 10, 500, 1_000] {
        let (tracer, run) = traced(&reference_load(40_000), per_mille);
        let (issued, share) = (run.view().totals().issued as f64, f64::from(per_mille) / 1_000.0);
        // Binomial: four standard deviations; none for nothing and for all.
        let deviation = 4.0 * (issued * share * (1.0 - share)).sqrt();
        assert!((tracer.sampled() as f64 - issued * share).abs() <= deviation, "{per_mille}: {}", tracer.sampled());
        assert_eq!(tracer.unfollowed(), 0);
        assert_eq!(tracer.traces().len(), (RECENT_MAX + WORST_MAX).min(tracer.sampled() as usize));
    }
}

#[test]
fn the_worst_and_the_latest_are_kept() {
    let mut ends = Vec::new();
    let mut run = Simulation::new(&shop(150.0), 9).unwrap();
    run.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| {
        if let Fact::Ended { request, issued_at, outcome, .. } = fact {
            ends.push((*outcome != Outcome::Answered, at.since_ns(*issued_at), *request));
        }
    });
    let (tracer, _) = traced(&shop(150.0), 1_000);
    let (older, recent) = ends.split_at(ends.len() - RECENT_MAX);
    let mut worst = older.to_vec();
    worst.sort_by(|a, b| b.cmp(a));
    let mut expected: Vec<_> = worst[..WORST_MAX].iter().chain(recent).copied().collect();
    expected.sort_by(|a, b| b.cmp(a));
    let kept: Vec<_> = tracer.traces().iter().map(|trace| trace.rank()).collect();
    assert_eq!(kept, expected);
    let one = tracer.trace(recent[0].2).unwrap();
    assert_eq!(one.request, recent[0].2);
}

#[test]
fn room_is_bounded_and_a_root_always_finds_some() {
    let mut tracer = Tracer::new(1_000);
    let request = |number| RequestId { spring: PieceId(1), number };
    (0..OPEN_MAX as u64 + 5).for_each(|number| tracer.fact(Time::ZERO, &Fact::Issued { request: request(number) }));
    assert_eq!((tracer.sampled(), tracer.unfollowed()), (OPEN_MAX as u64 + 5, 5));
    for id in 2..SPANS_MAX as u64 + 12 {
        tracer.span(&Span { trace: request(0), ..span(id, 1, 100, 110) });
    }
    tracer.span(&Span { trace: request(0), ..span(1, 0, 100, 120) });
    tracer.span(&Span { trace: request(OPEN_MAX as u64 + 1), ..span(1, 0, 100, 120) });
    let end = |number| Fact::Ended {
        request: request(number),
        issued_at: Time::ZERO,
        outcome: Outcome::Answered,
        parts: Parts::default(),
        cause: Cause::Client(PieceId(1)),
    };
    (0..OPEN_MAX as u64 + 5).for_each(|number| tracer.fact(Time::from_ns(number), &end(number)));
    assert_eq!(tracer.traces().len(), RECENT_MAX + WORST_MAX);
    assert!(tracer.open.is_empty() && tracer.open_spans == 0);
    assert!(tracer.trace(request(0)).is_none(), "the quickest of all is not worth its room");

    tracer.fact(Time::ZERO, &Fact::Issued { request: request(0) });
    for id in 2..SPANS_MAX as u64 + 12 {
        tracer.span(&Span { trace: request(0), ..span(id, 1, 100, 110) });
    }
    tracer.span(&Span { trace: request(0), ..span(1, 0, 100, 120) });
    tracer.fact(Time::from_ns(120), &end(0));
    tracer.span(&Span { trace: request(0), ..span(9_999, 1, 100, 130) });
    let trace = tracer.trace(request(0)).unwrap();
    assert_eq!((trace.spans.len(), trace.dropped, trace.root().unwrap().id), (SPANS_MAX + 1, 11, 1));
}

#[test]
fn a_run_is_the_same_with_a_tracer_and_without() {
    for blueprint in [reference_load(5_000), shop(150.0)] {
        let (_, traced) = traced(&blueprint, 1_000);
        let mut alone = Simulation::new(&blueprint, 9).unwrap();
        alone.advance_to(Time::MAX, &mut ());
        assert_eq!(traced.digest(), alone.digest());
    }
}
