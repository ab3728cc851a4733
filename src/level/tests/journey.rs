//! The journey of a request: what the run's own spans and messages say, without a gap, and without a change to the run.

mod shelf;

use pipe_maze_level::timeline::{BarKind, Journey, LegKind, What};
use pipe_maze_level::{BranchId, LossReport, Timeline};
use pipe_maze_sim::{Fact, Outcome, RequestId, Time, Tracer};
use proptest::prelude::*;

const BUILDS: [(&str, &str); 5] = [
    ("3-flow-control/two-rooms", "decoy-one-room"),
    ("3-flow-control/the-slam", "decoy-two-rooms"),
    ("2-communication/retry-storm", "decoy-more-retries"),
    ("2-communication/retry-storm", "solution"),
    ("2-communication/piranha-crossing", "decoy-short-way"),
];

fn has_shape(journey: &Journey) -> Result<(), TestCaseError> {
    let (issued_at, ended_at) = (journey.issued_at, journey.ended_at);
    let legs = &journey.legs;
    prop_assert_eq!((legs[0].from, legs[legs.len() - 1].to), (issued_at, ended_at));
    prop_assert!(legs.windows(2).all(|pair| pair[0].to == pair[1].from), "{:#?}", legs);
    prop_assert_eq!(journey.parts.total_ns(), journey.latency_ns());
    for leg in legs {
        prop_assert!(leg.from < leg.to && leg.entered_at <= leg.from && leg.to <= leg.leaves_at, "{:?}", leg);
        prop_assert_eq!(journey.leg_at(leg.from), Some(leg));
        let shares = [leg.share(leg.from), leg.share(leg.to)];
        prop_assert!(0.0 <= shares[0] && shares[0] <= shares[1] && shares[1] <= 1.0, "{:?}", shares);
    }
    for bar in &journey.bars {
        prop_assert!(issued_at <= bar.from && bar.from <= bar.to && bar.to <= ended_at, "{:?}", bar);
        let whole: u64 = bar.stretches.iter().map(|each| each.ns()).sum();
        prop_assert_eq!(whole, bar.to.since_ns(bar.from), "{:?}", bar);
        prop_assert!(bar.stretches.windows(2).all(|pair| pair[0].to == pair[1].from), "{:?}", bar);
    }
    prop_assert_eq!(journey.bars.iter().filter(|bar| bar.kind == BarKind::Request).count(), 1);
    prop_assert_eq!(journey.bars[0].outcome, Some(journey.outcome));
    Ok(())
}

/// How much of the request's own bar was spent on that.
fn spent_ns(journey: &Journey, what: What) -> u64 {
    journey.bars[0].stretches.iter().filter(|each| each.what == what).map(|each| each.ns()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn a_journey_has_no_gap_and_changes_nothing(nth in 0..BUILDS.len(), seed: u64, ms in 2_000u64..9_000) {
        let (level, board) = shelf::built(BUILDS[nth].0, BUILDS[nth].1);
        let mut timeline = Timeline::start(&level, &board, seed).unwrap();
        let mut ends: Vec<(RequestId, Time, Time)> = Vec::new();
        let mut watch = |at: Time, fact: &Fact| {
            if let Fact::Ended { request, issued_at, .. } = *fact {
                ends.push((request, issued_at, at));
            }
        };
        timeline.advance_to(Time::from_ms(ms), &mut watch);
        let digest = timeline.play().digest();
        let step = (ends.len() / 4).max(1);
        for &(request, issued_at, ended_at) in ends.iter().step_by(step) {
            let journey = timeline.journey(BranchId::MAIN, request, issued_at).unwrap();
            prop_assert_eq!((journey.request, journey.issued_at, journey.ended_at), (request, issued_at, ended_at));
            has_shape(&journey)?;
        }
        for loss in LossReport::of(timeline.play()).causes {
            let journey = timeline.journey(BranchId::MAIN, loss.worst.0, loss.worst.1).unwrap();
            prop_assert_eq!((journey.cause, journey.outcome, journey.good), (loss.cause, loss.outcome, false));
            has_shape(&journey)?;
        }
        prop_assert_eq!(timeline.play().digest(), digest, "looking changes nothing");
        prop_assert_eq!(timeline.now(), Time::from_ms(ms));
        let mut unwatched = Timeline::start(&level, &board, seed).unwrap();
        unwatched.advance_to(Time::from_ms(ms), &mut ());
        prop_assert_eq!(unwatched.play().digest(), digest);
    }
}

#[test]
fn its_bars_are_the_spans_that_a_tracer_sees() {
    let (level, board) = shelf::built("3-flow-control/two-rooms", "decoy-one-room");
    let mut timeline = Timeline::start(&level, &board, 3).unwrap();
    let mut tracer = Tracer::new(1_000);
    timeline.advance_to(Time::from_ms(6_000), &mut tracer);
    let traces = tracer.traces();
    assert!(traces.len() > 50);
    for trace in traces.iter().take(40) {
        let journey = timeline.journey(BranchId::MAIN, trace.request, trace.issued_at).unwrap();
        assert_eq!((journey.outcome, journey.cause, journey.parts), (trace.outcome, trace.cause, trace.parts));
        let services = journey.bars.iter().filter(|bar| bar.kind == BarKind::Service);
        for bar in services {
            let span = trace.spans.iter().find(|span| span.piece == bar.piece && span.start == bar.from);
            // What was not over when its client gave up tells its span later than this tracer was asked.
            if let Some(span) = span.filter(|span| span.end <= trace.ended_at) {
                assert_eq!((bar.to, bar.outcome), (span.end, Some(span.outcome)));
                let queue: u64 =
                    bar.stretches.iter().filter(|each| each.what == What::Queue).map(|each| each.ns()).sum();
                assert_eq!(queue, span.parts.queue_ns);
            }
        }
        if trace.outcome == Outcome::Answered {
            assert_eq!(spent_ns(&journey, What::Queue), trace.parts.queue_ns);
            assert_eq!(spent_ns(&journey, What::Network), trace.parts.network_ns);
        }
    }
}

#[test]
fn tries_stand_one_below_the_other_and_a_fault_shows() {
    let (level, board) = shelf::built("2-communication/retry-storm", "decoy-more-retries");
    let mut timeline = Timeline::start(&level, &board, 1).unwrap();
    timeline.advance_to(Time::from_ms(12_000), &mut ());
    let losses = LossReport::of(timeline.play());
    let journeys: Vec<Journey> = losses
        .causes
        .iter()
        .map(|loss| timeline.journey(BranchId::MAIN, loss.worst.0, loss.worst.1).unwrap())
        .collect();
    let tries = journeys.iter().map(|journey| {
        journey.bars.iter().filter_map(|bar| match bar.kind {
            BarKind::Try(nth) => Some(nth),
            _ => None,
        })
    });
    let most: Vec<u32> = tries.map(Iterator::collect::<Vec<u32>>).max_by_key(Vec::len).unwrap();
    assert!(most.len() > 2 && most.iter().enumerate().all(|(nth, no)| *no == nth as u32 + 1), "{most:?}");
    let pipes = journeys.iter().flat_map(|journey| &journey.legs);
    assert!(pipes.clone().any(|leg| matches!(leg.kind, LegKind::Pipe(_))) && pipes.count() > 8);
    let (level, board) = shelf::built("2-communication/piranha-crossing", "decoy-short-way");
    let mut timeline = Timeline::start(&level, &board, 1).unwrap();
    timeline.advance_to(Time::MAX, &mut ());
    let held = LossReport::of(timeline.play()).causes.into_iter().find(|loss| {
        timeline
            .explain(BranchId::MAIN, loss.worst.0, loss.worst.1)
            .is_some_and(|reason| reason.parts.hazard_ns > 50_000_000)
    });
    let held = held.expect("the plant bites");
    let journey = timeline.journey(BranchId::MAIN, held.worst.0, held.worst.1).unwrap();
    let shown: u64 = journey
        .bars
        .iter()
        .filter(|bar| matches!(bar.kind, BarKind::Pipe(_)))
        .flat_map(|bar| &bar.stretches)
        .filter(|each| each.what == What::Hazard)
        .map(|each| each.ns())
        .sum();
    assert_eq!(shown, journey.parts.hazard_ns, "{journey:#?}");
}
