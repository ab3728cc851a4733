//! The debrief: what was lost to what, why a request ended as it did, where two branches part, and robustness.

mod shelf;

use pipe_maze_level::robustness::held_out_seed;
use pipe_maze_level::timeline::{LinkKind, StayKind};
use pipe_maze_level::{
    Board, BranchId, Command, Edit, HeldOut, Level, LossReport, Play, Solution, Stars, Timeline, Verdict,
};
use pipe_maze_sim::{Cause, Causes, Fact, Outcome, PieceId, RequestId, Time};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const BUILDS: [(&str, &str); 6] = [
    ("3-flow-control/two-rooms", "decoy-one-room"),
    ("3-flow-control/the-slam", "decoy-two-rooms"),
    ("3-flow-control/checkout-rush", "decoy-one-room"),
    ("2-communication/retry-storm", "decoy-more-retries"),
    ("2-communication/impatient-queue", "decoy-great-hall"),
    ("2-communication/piranha-crossing", "decoy-short-way"),
];

fn build(nth: usize) -> (Level, Board) {
    let (path, build) = BUILDS[nth];
    shelf::built(path, build)
}

fn valve(board: &Board, what: u8, shut: bool) -> Edit {
    let pipes = board.pipes();
    Edit::Valve { name: pipes[usize::from(what) % pipes.len()].name.clone(), shut }
}

/// The ends of all requests of a run.
fn ends(level: &Level, board: &Board, seed: u64, log: &[Command]) -> BTreeMap<RequestId, (Time, Outcome, bool)> {
    let slo_ns = Play::start(level, board, seed).expect("the campaign is sound").judge().slo_ns();
    let mut ends = BTreeMap::new();
    let mut watch = |at: Time, fact: &Fact| {
        if let Fact::Ended { request, outcome, parts, .. } = *fact {
            let good = outcome == Outcome::Answered && parts.total_ns() <= slo_ns;
            assert!(ends.insert(request, (at, outcome, good)).is_none());
        }
    };
    Play::again(level, board, seed, log, Time::MAX, &mut watch).expect("the campaign is sound");
    ends
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_lost_request_is_laid_at_one_cause(
        nth in 0..BUILDS.len(), seed: u64, what: u8, ms in 0u64..8_000, share in 0.1..1.5f64,
    ) {
        let (level, board) = build(nth);
        let mut play = Play::start(&level, &board, seed).unwrap();
        let mut causes = Causes::new(play.judge().slo_ns());
        play.advance_to(Time::from_ms(ms), &mut causes);
        play.command_observed(&valve(&board, what, true), &mut causes).unwrap();
        play.advance_to(Time::from_ns((play.flow_ends_at().as_ns() as f64 * share) as u64), &mut causes);
        let losses = LossReport::of(&play);
        let report = play.report();
        let totals = play.simulation().view().totals();
        prop_assert_eq!(losses.lost, totals.ended() - report.good);
        prop_assert_eq!(losses.lost, losses.causes.iter().map(|loss| loss.count).sum::<u64>());
        prop_assert_eq!(losses.lost, losses.pieces.iter().map(|loss| loss.count()).sum::<u64>());
        prop_assert_eq!(losses.lost, causes.lost());
        for (nth, standing) in report.standings.iter().enumerate() {
            prop_assert_eq!(play.judge().meets(nth), standing.value.map(|_| standing.met), "{:?}", standing);
        }
        let late: u64 = losses.pieces.iter().map(|loss| loss.late).sum();
        prop_assert_eq!(late, report.late);
        let mut by_cause: BTreeMap<Cause, u64> = BTreeMap::new();
        losses.causes.iter().for_each(|loss| *by_cause.entry(loss.cause).or_default() += loss.count);
        let expected: BTreeMap<Cause, u64> = causes.table().iter().map(|(loss, _)| (loss.cause, loss.count)).collect();
        prop_assert_eq!(by_cause, expected);
        if losses.lost > 0 {
            let share: f64 = losses.pieces.iter().map(|loss| loss.share).sum();
            let of_budget: f64 = losses.causes.iter().map(|loss| loss.of_budget).sum();
            prop_assert!((share - 1.0).abs() < 1e-9);
            prop_assert!((of_budget - losses.lost as f64 / losses.allowed.max(1e-9)).abs() < 1e-6 * of_budget);
        }
    }

    #[test]
    fn the_reason_of_a_request_is_what_happened_to_it(nth in 0..BUILDS.len(), seed: u64, what: u8, ms in 500u64..8_000) {
        let (level, board) = build(nth);
        let mut timeline = Timeline::start(&level, &board, seed).unwrap();
        timeline.advance_to(Time::from_ms(ms), &mut ());
        timeline.command(&valve(&board, what, true), &mut ()).unwrap();
        timeline.advance_to(Time::MAX, &mut ());
        let ends = ends(&level, &board, seed, timeline.commands());
        for loss in LossReport::of(timeline.play()).causes {
            let (request, issued_at) = loss.worst;
            let reason = timeline.explain(BranchId::MAIN, request, issued_at).unwrap();
            prop_assert_eq!((reason.ended_at, reason.outcome, reason.good), ends[&request]);
            prop_assert_eq!((reason.cause, reason.outcome, reason.issued_at), (loss.cause, loss.outcome, issued_at));
            prop_assert_eq!(reason.parts.total_ns(), reason.latency_ns());
            for stay in &reason.stays {
                prop_assert!(issued_at <= stay.from && stay.from < stay.to && stay.to <= reason.ended_at, "{:?}", stay);
                prop_assert!(stay.utilisation.is_none_or(|share| (0.0..=1.0).contains(&share)));
            }
            if matches!(reason.cause, Cause::Queue(_) | Cause::Service(_) | Cause::Pipe(_)) {
                prop_assert!(reason.main().is_some(), "{:?}", reason);
            }
        }
    }

    #[test]
    fn the_first_difference_is_the_first(
        nth in 0..BUILDS.len(), seed: u64, early in any::<(u8, bool)>(), what: u8, ms in 500u64..6_000, later in 0u64..3_000,
    ) {
        first_difference((nth, seed), early, what, (ms, later))?;
    }
}

#[test]
fn an_order_that_takes_effect_late_has_its_place_in_the_chain() {
    // Both orders are given at once; the Navigator is at one valve long before he would have been at the other.
    for (early, what) in [(63, 4), (33, 1)] {
        first_difference((1, 0), (early, true), what, (500, 0)).unwrap_or_else(|e| panic!("{e}"));
    }
}

#[test]
fn an_order_that_is_given_later_and_takes_effect_sooner_begins_the_chain() {
    first_difference((1, 0), (9, true), 68, (500, 1)).unwrap_or_else(|e| panic!("{e}"));
}

/// Two branches, one of which has the valve `early` turned, the other the valve `what`: what is said of how they differ
/// holds.
fn first_difference(
    (nth, seed): (usize, u64),
    early: (u8, bool),
    what: u8,
    (ms, later): (u64, u64),
) -> Result<(), TestCaseError> {
    let (level, board) = build(nth);
    let mut timeline = Timeline::start(&level, &board, seed).expect("the campaign is sound");
    timeline.advance_to(Time::from_ms(ms + later), &mut ());
    timeline.command(&valve(&board, early.0, early.1), &mut ()).expect("it is taken");
    timeline.advance_to(timeline.now().plus_ns(1_000_000_000), &mut ());
    timeline.seek(Time::from_ms(ms));
    let branch = timeline.command(&valve(&board, what, true), &mut ()).expect("it is taken").expect("a branch");
    let logs = [BranchId::MAIN, branch].map(|id| timeline.branch(id).expect("it is there").commands().to_vec());
    prop_assume!(logs[0] != logs[1]);
    let difference = timeline.difference(BranchId::MAIN, branch, Time::MAX).expect("they differ");
    prop_assert_eq!(difference.split_at, Time::from_ms(ms));
    let ends = [0, 1].map(|nth| ends(&level, &board, seed, &logs[nth]));
    let good = |nth: usize, other: usize| {
        let lone =
            ends[nth].iter().filter(|(request, end)| end.2 && ends[other].get(request).is_some_and(|end| !end.2));
        lone.count() as u64
    };
    prop_assert_eq!((difference.gained, difference.forfeited), (good(1, 0), good(0, 1)));
    let both = ends[0].iter().filter_map(|(request, end)| Some((request, [*end, *ends[1].get(request)?])));
    let other = both.filter(|(_, [a, b])| (a.1, a.2) != (b.1, b.2));
    let first = other.map(|(request, [a, b])| (a.0.min(b.0), *request)).min();
    let found = difference.request.map(|its| (its.ends[0].at.min(its.ends[1].at), its.request));
    prop_assert_eq!(found, first);
    prop_assert!(difference.first.is_some() || found.is_none());
    if let (Some(fact), Some((at, request))) = (difference.first, first) {
        prop_assert!(difference.split_at <= fact.at && fact.at <= at);
        let chain = &difference.chain;
        prop_assert!(chain.is_sorted_by_key(|link| link.at), "{:#?}", chain);
        prop_assert!(matches!(&chain[0].kind, LinkKind::Command(..)), "{:#?}", chain);
        prop_assert_eq!(chain.iter().filter(|link| matches!(link.kind, LinkKind::Ended(..))).count(), 2);
        prop_assert!(
            chain.iter().any(|link| matches!(&link.kind, LinkKind::RequestDiffers(facts)
            if facts.iter().flatten().all(|fact| fact.request() == Some(request)))),
            "{:#?}",
            chain
        );
    }
    prop_assert_eq!(timeline.difference(branch, branch, Time::MAX), None);
    Ok(())
}

#[test]
fn a_request_that_waited_too_long_says_where_and_how_busy_it_was() {
    let text = shelf::SMALL
        .replace("rate_per_s: 1.0, timeout_ms: 900", "rate_per_s: 12.0, timeout_ms: 900")
        .replace("queue: 0", "queue: 50");
    let level = Level::parse(&text).unwrap();
    let plan = r#"(format: 1, level: "small", flow: [], plan: [
        LayPipe(name: "p", cells: [(0, 2), (0, 3), (0, 4), (1, 4), (2, 4), (3, 4), (4, 4), (5, 4)]),
    ])"#;
    let board = Solution::parse(plan).unwrap().board(&level).unwrap();
    let mut timeline = Timeline::start(&level, &board, 1).unwrap();
    timeline.advance_to(Time::from_ms(30_000), &mut ());
    let losses = LossReport::of(timeline.play());
    let loss = losses.causes.iter().find(|loss| loss.outcome == Outcome::TimedOut).expect("it is overloaded");
    let reason = timeline.explain(BranchId::MAIN, loss.worst.0, loss.worst.1).unwrap();
    let room = PieceId::from_name("room");
    assert_eq!(
        (reason.outcome, reason.cause, reason.latency_ns()),
        (Outcome::TimedOut, Cause::Queue(room), 900_000_000)
    );
    let main = reason.main().unwrap();
    assert_eq!((main.kind, main.piece), (StayKind::Queue, room));
    assert_eq!((main.ns(), main.to < reason.ended_at), (reason.parts.queue_ns, true), "its answer came too late");
    assert!(reason.stays.iter().any(|stay| stay.kind == StayKind::Work && stay.ns() == 100_000_000));
    // Later on, a client gives up while its request still waits.
    let ends = ends(&level, &board, 1, &[]);
    let late = ends.iter().find(|(_, end)| end.0 > Time::from_ms(25_000) && end.1 == Outcome::TimedOut).unwrap();
    let issued_at = Time::from_ns(late.1.0.as_ns() - 900_000_000);
    let reason = timeline.explain(BranchId::MAIN, *late.0, issued_at).unwrap();
    let main = reason.main().unwrap();
    // 80.5 ms of the way there, and all the rest in the queue.
    assert_eq!((main.ns(), main.to, main.piece), (819_500_000, reason.ended_at, room), "{reason:?}");
    assert!(main.utilisation.unwrap() > 0.99 && main.queued.unwrap() >= 8, "{main:?}");
    assert!(reason.stays.iter().any(|stay| stay.kind == StayKind::Pipe && stay.ns() == 80_500_000));
    assert_eq!(timeline.explain(BranchId::MAIN, RequestId { number: 9_999, ..*late.0 }, issued_at), None);
}

#[test]
fn held_out_seeds_are_played_as_ever_and_bit_by_bit() {
    let level = Arc::new(shelf::level("3-flow-control/two-rooms"));
    let solution = shelf::solution("3-flow-control/two-rooms.solution");
    let board = solution.board(&level).unwrap();
    let mut ordered = Play::start(&level, &board, 1).unwrap();
    ordered.advance_to(Time::from_ms(3_000), &mut ());
    ordered.command(&Edit::Valve { name: "to-south".into(), shut: true }).unwrap();
    let commands = ordered.log().to_vec();
    let mut trial = HeldOut::new(level.clone(), board.clone(), commands.clone(), 5);
    let mut rounds = 0;
    while !trial.advance(500).unwrap() {
        rounds += 1;
    }
    let mut whole = HeldOut::new(level.clone(), board.clone(), commands, 5);
    assert!(whole.advance(u64::MAX).unwrap() && rounds > 10);
    assert_eq!(trial.results(), whole.results());
    for (nth, result) in trial.results().iter().enumerate() {
        assert_eq!(result.seed, held_out_seed("two-rooms", nth as u32));
        let mut play = Play::start(&level, &board, result.seed).unwrap();
        play.advance_to(Time::from_ms(3_000), &mut ());
        play.command(&Edit::Valve { name: "to-south".into(), shut: true }).unwrap();
        play.advance_to(Time::MAX, &mut ());
        assert_eq!(result.won, play.verdict() == Some(Verdict::Won));
        assert_eq!(result.budget_left, play.report().budget.left);
    }
    assert_eq!(trial.won_share(), Some(0.0), "with half of it shut it cannot be won");

    let mut good = HeldOut::new(level.clone(), board, Vec::new(), 5);
    let play = Play::run(&level, &solution, 1).unwrap();
    let cost = play.judge().cost();
    assert_eq!(
        Stars::of(&play, Some(cost), &good),
        Stars { met: true, under_par: true, robust: false },
        "not tried yet"
    );
    good.advance(u64::MAX).unwrap();
    assert_eq!(Stars::of(&play, Some(cost), &good).count(), 3);
    assert!(!Stars::of(&play, Some(cost - 1), &good).under_par && !Stars::of(&play, Some(cost), &trial).robust);
}

#[test]
fn the_series_says_how_busy_services_were() {
    let (level, board) = build(0);
    let mut timeline = Timeline::start(&level, &board, 3).unwrap();
    timeline.advance_to(timeline.play().flow_ends_at(), &mut ());
    let series = timeline.series(BranchId::MAIN).unwrap();
    assert_eq!(series.windows.len(), 60);
    for (nth, service) in timeline.play().simulation().view().services().enumerate() {
        let busy = series.windows.iter().map(|window| {
            let ns = window.end.since_ns(window.start) as f64;
            window.services[nth].utilisation * ns * f64::from(service.workers)
        });
        let busy_ns: f64 = busy.sum();
        assert!((busy_ns - service.busy_ns as f64).abs() < 1e6, "{busy_ns} {}", service.busy_ns);
    }
    let busiest = series.windows.iter().flat_map(|window| &window.services).map(|service| service.queued_max).max();
    assert!(busiest > Some(0), "one room is not enough");
}
