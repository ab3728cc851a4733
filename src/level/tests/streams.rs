//! The event storm lightning in the simulation, and the judge who asks whether the work behind it is done.

mod shelf;

use pipe_maze_level::judge::Standing;
use pipe_maze_level::{Board, Judge, Level, Objective, Play, Solution, Verdict};
use pipe_maze_sim::{Fact, Observer, Outcome, Parts, PieceId, RequestId, Time};

/// A spring and a room, and a broker to place between them.
const LEVEL: &str = r#"(
    format: 1,
    id: "streams",
    section: 4,
    texts: {"en": {"name": "Streams", "brief": "A test."}},
    map: [
        "~~~~~~~~~~~~~~~~~~~~",
        "~~~~~~~~~~~~~~~~~~~~",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
    ],
    pieces: [
        (name: "spring", at: (0, 0), spec: Spring(rate_per_s: 20.0, timeout_ms: 1000)),
        (name: "one", at: (12, 2), spec: MachineRoom(workers: 9, queue: 9, service_time: Constant(mean_ms: 50.0))),
        (name: "two", at: (12, 7), spec: MachineRoom(workers: 9, queue: 9, service_time: Constant(mean_ms: 50.0))),
    ],
    inventory: [(kind: EventStormLightning, count: 1, price: 30, spec: EventStormLightning(batch: 4))],
    pipes: (price_per_cell: 1, propagation_ms_per_cell: 1.0, bandwidth_bytes_per_s: 1000000000),
    budget: 500,
    flow: (duration_ms: 20000, pace_ms_per_s: 100.0),
    objectives: [GoodShare(at_least: 0.9, within_ms: 60.0), ConsumerLag(at_most_ms: 1000.0)],
)"#;

/// The broker, joined to the spring and to both rooms.
const JOINED: &str = r#"(format: 1, level: "streams", flow: [], plan: [
    Place(name: "storm", kind: EventStormLightning, at: (4, 4)),
    LayPipe(name: "feed", cells: [(0, 2), (0, 3), (0, 4), (0, 5), (1, 5), (2, 5), (3, 5)]),
    LayPipe(name: "to-one", cells: [(8, 4), (9, 4), (10, 4), (11, 4)]),
    LayPipe(name: "to-two", cells: [(8, 6), (9, 6), (9, 7), (9, 8), (9, 9), (10, 9), (11, 9)]),
])"#;

/// The level with some of its text replaced, and the board that the plan builds there.
fn joined(changes: &[(&str, &str)]) -> (Level, Board) {
    let text = changes.iter().fold(LEVEL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let level = Level::parse(&text).unwrap_or_else(|e| panic!("{e}"));
    let board = Solution::parse(JOINED).unwrap_or_else(|e| panic!("{e}")).board(&level);
    (level, board.unwrap_or_else(|e| panic!("{e}")))
}

/// A play that is over.
fn played(changes: &[(&str, &str)], step_ms: u64) -> Play {
    let (level, board) = joined(changes);
    let mut play = Play::start(&level, &board, 1).expect("the level is sound");
    while !play.is_over() {
        let until = play.simulation().now().plus_ns(step_ms * 1_000_000);
        play.advance_to(until, &mut ());
    }
    play
}

#[test]
fn lanes_lead_to_the_outlets_in_use_and_all_that_is_written_is_worked_off() {
    let mut play = played(&[], 50);
    let name = PieceId::from_name;
    let broker = play.simulation().view().brokers().next().expect("there is one");
    let pipes: Vec<_> = broker.partitions.iter().map(|partition| partition.pipe).collect();
    assert_eq!(pipes, [Some(name("to-one")), Some(name("to-two")), Some(name("to-one"))]);
    let report = play.report();
    assert!(report.standings.iter().all(|standing| standing.met), "{:?}", report.standings);
    assert_eq!(play.verdict(), Some(Verdict::Won));
    play.advance_to(play.simulation().now().plus_ns(5_000_000_000), &mut ());
    let broker = play.simulation().view().brokers().next().expect("there is one");
    let committed: u64 = broker.partitions.iter().map(|partition| partition.committed).sum();
    assert_eq!((committed, broker.lag()), (report.issued, 0));
    let served: u64 = play.simulation().view().services().map(|service| service.served).sum();
    assert_eq!(served, report.issued);
}

/// Two of three lanes share a room that works off five events a second, and 13.3 come: those who ask are answered at once
/// all the same. At the end, after 20 s, the oldest event left has waited for 1 - 5 / 13.3 of that.
#[test]
fn slowness_that_is_hidden_behind_a_broker_does_not_win() {
    let slow = [(
        "workers: 9, queue: 9, service_time: Constant(mean_ms: 50.0)",
        "workers: 1, queue: 9, service_time: Constant(mean_ms: 200.0)",
    )];
    let mut play = played(&slow, 50);
    let report = play.report();
    assert!(report.standings[0].met && report.failed == 0, "{:?}", report.standings);
    let lag_ms = report.standings[1].value.expect("something is committed");
    assert!(!report.standings[1].met && (10_500.0..14_500.0).contains(&lag_ms), "{lag_ms} ms");
    assert_eq!(play.verdict(), Some(Verdict::Lost));
    // However the run is cut, and however long one goes on looking: it says the same.
    let verdict = |play: &Play| (play.report().standings, play.judge().meets(1));
    let end = verdict(&play);
    assert_eq!(end.1, Some(false));
    play.advance_to(Time::from_ms(60_000), &mut ());
    assert_eq!(verdict(&play), end);
    assert_eq!(verdict(&played(&slow, 700)), end);
}

#[test]
fn what_a_full_log_turns_away_is_lost_to_the_broker() {
    let full = [
        (
            "workers: 9, queue: 9, service_time: Constant(mean_ms: 50.0)",
            "workers: 1, queue: 9, service_time: Constant(mean_ms: 200.0)",
        ),
        ("EventStormLightning(batch: 4)", "EventStormLightning(batch: 4, log_limit: 5)"),
    ];
    let report = played(&full, 50).report();
    assert!(report.failed > 50, "{report:?}");
    assert_eq!(report.by_piece[0], (PieceId::from_name("storm"), report.failed));
    assert!(!report.standings[0].met, "{:?}", report.standings);
}

const STORM: PieceId = PieceId(7);

fn event(number: u64) -> RequestId {
    RequestId { spring: PieceId(1), number }
}

fn append(judge: &mut Judge, ms: u64, partition: u16, events: u32) {
    judge.fact(Time::from_ms(ms), &Fact::Appended { broker: STORM, partition, events, request: event(0) });
}

fn commit(judge: &mut Judge, ms: u64, partition: u16, took_ms: u64) {
    let took_ns = took_ms * 1_000_000;
    judge.fact(Time::from_ms(ms), &Fact::Committed { broker: STORM, partition, request: event(0), took_ns });
}

fn lag(judge: &Judge) -> Standing {
    let standing = judge.report().standings[1];
    assert_eq!(judge.meets(1), standing.value.map(|_| standing.met), "the quick answer is the same");
    standing
}

#[test]
fn the_lag_is_the_99th_percentile_of_commits_or_what_the_oldest_event_has_waited() {
    let level = Level::parse(LEVEL).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(level.objectives[1], Objective::ConsumerLag { at_most_ms: 1_000.0 });
    let mut judge = Judge::new(&level, 0);
    assert_eq!((lag(&judge).value, lag(&judge).met), (None, false), "nothing was written");
    append(&mut judge, 100, 0, 2);
    append(&mut judge, 200, 1, 1);
    assert_eq!(lag(&judge).value, Some(100.0), "the oldest waits");
    commit(&mut judge, 1_100, 0, 1_000);
    assert_eq!((lag(&judge).value, lag(&judge).met), (Some(1_000.0), true), "just in time, and so is the next one");
    commit(&mut judge, 1_101, 0, 1_001);
    assert_eq!((lag(&judge).value, lag(&judge).met), (Some(1_001.0), false), "one of two is late");
    // A hundred and one in time: two late ones of 201 would be too many, one is not.
    append(&mut judge, 1_101, 0, 100);
    (0..100).for_each(|_| commit(&mut judge, 1_150, 0, 49));
    assert_eq!((lag(&judge).value, lag(&judge).met), (Some(1_000.0), true));
    judge.note_time(Time::from_ms(1_201));
    assert_eq!((lag(&judge).value, lag(&judge).met), (Some(1_001.0), false), "one is left that is older");
    commit(&mut judge, 1_202, 1, 1_002);
    assert_eq!((lag(&judge).value, lag(&judge).met), (Some(1_001.0), false), "two of 103");
}

#[test]
fn when_the_last_request_has_ended_after_the_flow_the_lag_is_final() {
    let level = Level::parse(LEVEL).unwrap_or_else(|e| panic!("{e}"));
    let ended = |judge: &mut Judge, ms: u64| {
        let (parts, cause) = (Parts::default(), pipe_maze_sim::Cause::Broker(STORM));
        let issued_at = Time::from_ms(ms);
        let end = Fact::Ended { request: event(0), issued_at, outcome: Outcome::Answered, parts, cause };
        judge.fact(Time::from_ms(ms), &end);
    };
    for last_ms in [500, 20_400] {
        let mut judge = Judge::new(&level, 0);
        judge.fact(Time::ZERO, &Fact::Issued { request: event(0) });
        append(&mut judge, 19_900, 0, 1);
        if last_ms < 19_900 {
            ended(&mut judge, 19_900);
        } else {
            ended(&mut judge, last_ms);
        }
        // The run is over at the end of the flow, or with the last answer.
        let over_ms = last_ms.max(20_000) as f64;
        judge.note_time(Time::from_ms(30_000));
        assert_eq!((lag(&judge).value, lag(&judge).met), (Some(over_ms - 19_900.0), true));
        commit(&mut judge, 31_000, 0, 11_100);
        assert_eq!((lag(&judge).value, lag(&judge).met), (Some(over_ms - 19_900.0), true));
    }
}

#[test]
fn a_level_that_asks_for_events_has_a_broker() {
    let text = LEVEL.replace(
        "kind: EventStormLightning, count: 1, price: 30, spec: EventStormLightning(batch: 4)",
        "kind: WarpPipe, count: 1, price: 30",
    );
    let errors = Level::parse(&text).expect_err("nothing makes events").to_string();
    assert!(errors.contains("objectives[1]") && errors.contains("no EventStormLightning"), "{errors}");
    let text = LEVEL.replace("at_most_ms: 1000.0", "at_most_ms: 0.0");
    let errors = Level::parse(&text).expect_err("no time at all").to_string();
    assert!(errors.contains("at_most_ms must be above 0"), "{errors}");
    let text = LEVEL.replace(
        "batch: 4",
        "batch: 1001, linger_ms: 60001, log_limit: 0, consume_timeout_ms: 0, redeliver_backoff_ms: 0",
    );
    let errors = Level::parse(&text).expect_err("out of range").to_string();
    for field in ["batch", "linger_ms", "log_limit", "consume_timeout_ms", "redeliver_backoff_ms"] {
        assert!(errors.contains(&format!("{field} must be")), "{field}: {errors}");
    }
}
