//! The spans of a sampled request are its story: one tree, without gaps in its books.

use crate::commands::orders;
use crate::genes::genes;
use crate::play::{END, calm, play, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_spans_of_a_request_form_a_tree(genes in genes(), seed: u64) {
        let stories = stories(&world(genes), seed, &orders(&world(genes), genes));
        for (request, story) in &stories.spans {
            prop_assert!(is_sampled(*request), "{} was not asked for", request);
            let mut spans: BTreeMap<u64, &Span> = BTreeMap::new();
            for span in story {
                prop_assert!(spans.insert(span.id, span).is_none(), "twice the same identity: {:?}", span);
            }
            let roots: Vec<&Span> = story.iter().filter(|span| span.parent == 0).collect();
            prop_assert_eq!(roots.len(), 1, "{:#?}", story);
            for span in story.iter().filter(|span| span.parent != 0) {
                let Some(parent) = spans.get(&span.parent) else {
                    return Err(TestCaseError::fail(format!("no parent: {span:?} in {story:#?}")));
                };
                let fits = match span.kind {
                    SpanKind::Client => parent.kind == SpanKind::Server,
                    SpanKind::Attempt => parent.kind == SpanKind::Client,
                    SpanKind::Server => parent.kind == SpanKind::Attempt || parent.parent == 0,
                };
                prop_assert!(fits, "{:?} below {:?}", span, parent);
                let within = span.start >= parent.start && (span.abandoned || span.end <= parent.end);
                prop_assert!(within, "{:?} is not within {:?}", span, parent);
            }
            // Each has one parent; it is a tree if every way up comes to the root, past at most three spans a call.
            for span in story {
                let way = std::iter::successors(Some(span), |span| spans.get(&span.parent).copied());
                prop_assert!(way.take(3 * 40).any(|span| span.parent == 0), "a circle: {:?}", span);
            }
        }
    }

    #[test]
    fn the_parts_of_every_span_add_up_to_it(genes in genes(), seed: u64) {
        let stories = stories(&world(genes), seed, &orders(&world(genes), genes));
        for span in stories.spans.values().flatten() {
            let whole_ns = span.parts.total_ns() + span.waiting_ns;
            prop_assert!(span.start <= span.end);
            prop_assert_eq!(whole_ns, span.end.since_ns(span.start), "{:?}", span);
            if span.kind == SpanKind::Server {
                let own = Parts { queue_ns: span.parts.queue_ns, service_ns: span.parts.service_ns, ..Parts::default() };
                prop_assert_eq!(span.parts, own);
            } else {
                prop_assert_eq!(span.waiting_ns, 0);
            }
        }
    }

    #[test]
    fn the_root_tells_how_the_request_ended(genes in genes(), seed: u64) {
        let stories = stories(&world(genes), seed, &orders(&world(genes), genes));
        let sampled: Vec<&(Time, Fact)> = stories.ends.iter().filter(|(_, fact)| is_sampled(request_of(fact))).collect();
        prop_assert_eq!(sampled.len(), stories.spans.len());
        for (at, fact) in sampled {
            let Fact::Ended { request, issued_at, outcome, parts, .. } = fact else { unreachable!() };
            let root = stories.spans[request].iter().find(|span| span.parent == 0).unwrap();
            prop_assert_eq!((root.kind, root.piece), (SpanKind::Client, request.spring));
            prop_assert_eq!((root.start, root.end), (*issued_at, *at));
            prop_assert_eq!((root.outcome, root.parts), (*outcome, *parts));
        }
    }

    /// A server's own time is what passes while none of its calls is under way, and no more.
    #[test]
    fn a_server_waits_while_its_calls_are_under_way(genes in genes(), seed: u64) {
        let stories = stories(&world(genes), seed, &orders(&world(genes), genes));
        for story in stories.spans.values() {
            let mut calls: BTreeMap<u64, Vec<(Time, Time)>> = BTreeMap::new();
            story.iter().for_each(|span| calls.entry(span.parent).or_default().push((span.start, span.end)));
            for server in story.iter().filter(|span| span.kind == SpanKind::Server) {
                let calls = calls.remove(&server.id).unwrap_or_default();
                prop_assert_eq!(server.waiting_ns, covered_ns(calls.clone()), "{:?} called {:?}", server, calls);
            }
        }
    }
}

/// How much time intervals cover together.
fn covered_ns(mut intervals: Vec<(Time, Time)>) -> u64 {
    intervals.sort();
    let mut covered_ns = 0;
    let mut until = Time::ZERO;
    for (start, end) in intervals {
        covered_ns += end.since_ns(start.max(until));
        until = until.max(end);
    }
    covered_ns
}

/// What is told of a run.
#[derive(Default)]
struct Stories {
    spans: BTreeMap<RequestId, Vec<Span>>,
    ends: Vec<(Time, Fact)>,
}

impl Observer for Stories {
    fn fact(&mut self, at: Time, fact: &Fact) {
        if matches!(fact, Fact::Ended { .. }) {
            self.ends.push((at, *fact));
        }
    }

    fn samples(&self, request: RequestId) -> bool {
        is_sampled(request)
    }

    fn span(&mut self, span: &Span) {
        self.spans.entry(span.trace).or_default().push(*span);
    }
}

fn is_sampled(request: RequestId) -> bool {
    request.number % 3 != 1
}

fn request_of(fact: &Fact) -> RequestId {
    let Fact::Ended { request, .. } = fact else { unreachable!() };
    *request
}

fn stories(world: &Blueprint, seed: u64, orders: &[crate::commands::Order]) -> Stories {
    let mut stories = Stories::default();
    let mut run = start(world, seed);
    play(&mut run, orders, END, &mut stories);
    calm(&mut run, &mut stories);
    stories
}
