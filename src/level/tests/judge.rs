//! The judge against figures computed by hand.

mod shelf;

use pipe_maze_level::judge::Standing;
use pipe_maze_level::{Class, Judge, Objective, Verdict};
use pipe_maze_sim::{Cause, Fact, Observer, Outcome, Parts, PieceId, RequestId, Time};

const ROOM: PieceId = PieceId(7);
const MS: u64 = 1_000_000;

/// Tells the judge of a request that took this long.
fn end(judge: &mut Judge, number: u64, outcome: Outcome, cause: Cause, ms: u64) {
    let request = RequestId { spring: PieceId(1), number };
    let parts = Parts { network_ns: 20 * MS, queue_ns: (ms - 20) * MS, ..Parts::default() };
    judge.fact(Time::ZERO, &Fact::Issued { request });
    judge.fact(Time::from_ms(ms), &Fact::Ended { request, issued_at: Time::ZERO, outcome, parts, cause });
}

fn answer(judge: &mut Judge, number: u64, ms: u64) {
    end(judge, number, Outcome::Answered, Cause::Queue(ROOM), ms);
}

fn values(standings: &[Standing]) -> Vec<Option<f64>> {
    standings.iter().map(|standing| standing.value).collect()
}

fn assert_near(figure: f64, expected: f64) {
    assert!((figure - expected).abs() < 1e-12, "{figure}, expected {expected}");
}

#[test]
fn four_requests_of_which_one_is_late_meet_three_quarters_exactly() {
    let mut judge = Judge::new(&shelf::small(), 80);
    for (number, ms) in [(0, 100), (1, 300), (2, 301), (3, 200)] {
        answer(&mut judge, number, ms);
    }
    let report = judge.report();
    // 300 ms is within 300 ms; 3 of 4; the largest of four is their 99th percentile by nearest rank; 80 of 100 coins.
    assert_eq!(values(&report.standings), [Some(0.75), Some(301.0), Some(80.0)]);
    let slack: Vec<f64> = report.standings.iter().map(|standing| standing.slack).collect();
    assert_near(slack[0], 0.0);
    assert_near(slack[1], (500.0 - 301.0) / 500.0);
    assert_near(slack[2], 0.2);
    assert_eq!((report.issued, report.good, report.late, report.failed), (4, 3, 1, 0));
    assert_eq!(judge.verdict(), Verdict::Won);
}

/// 4.1 ms are none of binary: times a million they are a little less than 4,100,000 ns.
#[test]
fn an_answer_after_just_the_time_allowed_is_good_whatever_that_is_in_binary() {
    let within_ms = 4.1;
    let mut level = shelf::small();
    let Objective::GoodShare { at_least, .. } = level.objectives[0] else { panic!("it sets the SLO") };
    let class = Objective::ClassShare { class: Class::default(), at_least, within_ms };
    level.objectives =
        vec![Objective::GoodShare { at_least, within_ms }, Objective::P99 { at_most_ms: within_ms }, class];
    let mut judge = Judge::new(&level, 0);
    for (number, ns) in [(0, 4_100_000), (1, 4_100_000), (2, 4_100_001)] {
        let request = RequestId { spring: PieceId(1), number };
        let parts = Parts { network_ns: ns, ..Parts::default() };
        let (outcome, cause) = (Outcome::Answered, Cause::Pipe(ROOM));
        judge.fact(Time::ZERO, &Fact::Issued { request });
        judge.fact(Time::from_ns(ns), &Fact::Ended { request, issued_at: Time::ZERO, outcome, parts, cause });
    }
    assert_eq!((judge.slo_ns(), judge.report().good, judge.report().late), (4_100_000, 2, 1));
    assert_eq!(values(&judge.report().standings), [Some(2.0 / 3.0), Some(4.100_001), Some(2.0 / 3.0)]);
}

#[test]
fn failures_count_against_the_share_but_not_in_the_percentile() {
    let mut judge = Judge::new(&shelf::small(), 80);
    answer(&mut judge, 0, 100);
    answer(&mut judge, 1, 150);
    answer(&mut judge, 2, 400);
    end(&mut judge, 3, Outcome::TimedOut, Cause::Queue(ROOM), 900);
    end(&mut judge, 4, Outcome::Rejected, Cause::Full(ROOM), 40);
    end(&mut judge, 5, Outcome::Rejected, Cause::Full(ROOM), 60);
    end(&mut judge, 6, Outcome::Rejected, Cause::Full(ROOM), 50);
    let report = judge.report();
    assert_eq!(values(&report.standings), [Some(2.0 / 7.0), Some(400.0), Some(80.0)]);
    assert_near(report.standings[0].slack, (2.0 / 7.0 - 0.75) / 0.25);
    assert_eq!((report.issued, report.good, report.late, report.failed), (7, 2, 1, 4));
    let losses: Vec<_> = report.losses.iter().map(|loss| (loss.outcome, loss.count, loss.worst.number)).collect();
    let expected = [(Outcome::Rejected, 3, 5), (Outcome::Answered, 1, 2), (Outcome::TimedOut, 1, 3)];
    assert_eq!(losses, expected, "the worst first; of each the request that took longest");
    assert_eq!(judge.verdict(), Verdict::Lost);
}

#[test]
fn percentiles_are_by_nearest_rank() {
    let mut judge = Judge::new(&shelf::small(), 0);
    assert_eq!(judge.latency_ns(0.99), None);
    (1..=200).for_each(|i| answer(&mut judge, i, 20 + 201 - i));
    let ms = |share| judge.latency_ns(share).unwrap() / MS;
    assert_eq!((ms(0.0), ms(0.005), ms(0.5), ms(0.99), ms(1.0)), (21, 21, 120, 218, 220));
}

#[test]
fn a_run_without_any_request_is_not_won() {
    let judge = Judge::new(&shelf::small(), 0);
    let report = judge.report();
    assert_eq!(values(&report.standings), [None, None, Some(0.0)]);
    assert!(report.standings.iter().all(|s| s.met == matches!(s.objective, Objective::Cost { .. })));
    assert_eq!(judge.verdict(), Verdict::Lost);
}

#[test]
fn the_error_budget_is_spent_by_what_is_bad_and_burns_by_what_is_bad_lately() {
    // 60 requests are to be expected in a minute, of which a quarter may be bad: 15.
    let mut judge = Judge::new(&shelf::small(), 0);
    assert_eq!(judge.report().budget.left, 1.0);
    let at = |judge: &mut Judge, number: u64, s: u64, outcome| {
        let request = RequestId { spring: PieceId(1), number };
        let parts = Parts { network_ns: 100 * MS, ..Parts::default() };
        let issued_at = Time::from_ms(s * 1_000);
        judge.fact(issued_at, &Fact::Issued { request });
        let cause = Cause::Queue(ROOM);
        judge.fact(issued_at.plus_ns(100 * MS), &Fact::Ended { request, issued_at, outcome, parts, cause });
    };
    (0..10).for_each(|i| at(&mut judge, i, i, Outcome::Answered));
    (10..13).for_each(|i| at(&mut judge, i, i, Outcome::TimedOut));
    let budget = judge.report().budget;
    assert_eq!((budget.allowed, budget.spent), (15.0, 3));
    assert_near(budget.left, 0.8);
    // In the last six seconds and the stretch that is not over: 3 of 6 or 7 bad, twice what a quarter allows or less.
    assert!((1.7..=2.0).contains(&budget.burn_rate), "{budget:?}");
    (13..30).for_each(|i| at(&mut judge, i, i, Outcome::Answered));
    assert_eq!(judge.report().budget.burn_rate, 0.0);
    assert_near(judge.report().budget.left, 0.8);
    let by_piece = judge.report().by_piece;
    assert_eq!(by_piece, [(ROOM, 3)]);
}

/// 12 of the 15 that may be bad are: a fifth of the budget is left, and 1 - 0.8 is a little less in floating point.
#[test]
fn a_budget_of_which_just_so_much_is_left_as_is_asked_for_is_kept() {
    let mut level = shelf::small();
    level.objectives.push(Objective::ErrorBudget { at_least: 0.2 });
    let mut judge = Judge::new(&level, 0);
    (0..12).for_each(|number| end(&mut judge, number, Outcome::TimedOut, Cause::Queue(ROOM), 900));
    let kept = *judge.report().standings.last().unwrap();
    assert_eq!((kept.value, kept.slack, kept.met), (Some(0.2), 0.0, true));
    end(&mut judge, 12, Outcome::TimedOut, Cause::Queue(ROOM), 900);
    assert!(!judge.report().standings.last().unwrap().met);
}

/// The rich level with an enemy on its feed, which strikes from 2 s to 4 s and from 12 s to 14 s.
fn haunted() -> pipe_maze_level::Level {
    let enemy = r#"enemies: [(name: "plant", kind: LatencyPiranhaPlant(delay: Constant(mean_ms: 1.0)), cells: [(1, 5)],
        schedule: Every(first_ms: 2000, every_ms: 10000, for_ms: 2000))]"#;
    shelf::rich(&[("enemies: []", enemy), ("Cost(at_most: 400)", "Beaten(at_least: 1)")])
}

/// One request from `from_ms` to `to_ms`.
fn request(judge: &mut Judge, number: u64, (from_ms, to_ms): (u64, u64), bad: Option<Cause>) {
    let request = RequestId { spring: PieceId(1), number };
    let issued_at = Time::from_ms(from_ms);
    judge.fact(issued_at, &Fact::Issued { request });
    let outcome = if bad.is_some() { Outcome::TimedOut } else { Outcome::Answered };
    let cause = bad.unwrap_or(Cause::Queue(ROOM));
    let parts = Parts { network_ns: (to_ms - from_ms) * MS, ..Parts::default() };
    judge.fact(Time::from_ms(to_ms), &Fact::Ended { request, issued_at, outcome, parts, cause });
}

#[test]
fn an_enemy_is_beaten_by_a_whole_strike_without_loss_and_no_longer_after_the_next_loss() {
    let mut judge = Judge::new(&haunted(), 0);
    let plant = PieceId::from_name("plant");
    let state = |judge: &Judge| (judge.report().enemies[0].loss, judge.report().enemies[0].beaten);
    request(&mut judge, 0, (2_500, 2_600), Some(Cause::Hazard(plant)));
    request(&mut judge, 1, (3_000, 3_100), None);
    judge.note_time(Time::from_ms(11_000));
    assert_eq!(state(&judge), (1, false), "the first strike hurt");
    // Under way when the second strike ends: only its end settles it.
    let under_way = RequestId { spring: PieceId(1), number: 9 };
    judge.fact(Time::from_ms(13_900), &Fact::Issued { request: under_way });
    judge.note_time(Time::from_ms(14_500));
    assert_eq!(state(&judge), (1, false));
    let (outcome, parts, cause) = (Outcome::Answered, Parts::default(), Cause::Queue(ROOM));
    let issued_at = Time::from_ms(13_900);
    let end = Fact::Ended { request: under_way, issued_at, outcome, parts, cause };
    judge.fact(Time::from_ms(14_600), &end);
    assert_eq!(state(&judge), (1, true));
    assert!(judge.report().standings[1].met);
    request(&mut judge, 10, (13_950, 15_000), Some(Cause::Hazard(plant)));
    assert_eq!(state(&judge), (2, false), "a later loss takes the verdict back");
}

#[test]
fn an_enemy_without_traffic_is_not_beaten() {
    let mut judge = Judge::new(&haunted(), 0);
    request(&mut judge, 0, (5_000, 5_100), None);
    judge.note_time(Time::from_ms(20_000));
    assert!(!judge.report().enemies[0].beaten);
}

#[test]
fn an_enemy_that_never_ceases_is_beaten_after_a_while() {
    let every = "Every(first_ms: 2000, every_ms: 10000, for_ms: 2000)";
    let enemy = format!(
        "enemies: [(name: \"plant\", kind: CircuitBreakerThwomp(), cells: [(1, 5)], schedule: {})]",
        every.replace(every, "Always")
    );
    let level = shelf::rich(&[
        ("enemies: []", &enemy),
        ("pace_ms_per_s: 100.0", "pace_ms_per_s: 100.0, beaten_after_ms: 5000"),
    ]);
    let mut judge = Judge::new(&level, 0);
    request(&mut judge, 0, (1_000, 1_100), Some(Cause::Hazard(PieceId::from_name("plant"))));
    request(&mut judge, 1, (2_000, 2_100), None);
    judge.note_time(Time::from_ms(6_099));
    assert!(!judge.report().enemies[0].beaten);
    judge.note_time(Time::from_ms(6_100));
    assert!(judge.report().enemies[0].beaten);
}
