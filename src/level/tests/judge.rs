//! The judge against figures computed by hand.

mod shelf;

use pipe_maze_level::judge::Standing;
use pipe_maze_level::{Judge, Objective, Verdict};
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
