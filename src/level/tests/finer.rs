//! The finer parameters of pieces, in the simulation: each does what it says, and nothing where it is not set.

mod shelf;

use pipe_maze_level::{Edit, Level, Play, Setting, Solution};
use pipe_maze_sim::{Cause, Fact, Outcome, PieceId, Time};

const MS: f64 = 1e6;

fn run(level: &Level, edits: &str) -> Play {
    Play::run(level, &shelf::joined(edits), 3).unwrap_or_else(|e| panic!("{e}"))
}

fn median_ms(play: &Play) -> f64 {
    play.judge().latency_ns(0.5).expect("something was answered") as f64 / MS
}

/// How many requests ended for a reason in a run with those edits.
fn ended_for(level: &Level, edits: &str, is_it: impl Fn(Outcome, Cause) -> bool) -> u64 {
    let board = shelf::build(level, edits);
    let mut play = Play::start(level, &board, 3).expect("the level is sound");
    let mut count = 0;
    play.advance_to(Time::from_ms(60_000), &mut |_: Time, fact: &Fact| {
        if let Fact::Ended { outcome, cause, .. } = fact {
            count += u64::from(is_it(*outcome, *cause));
        }
    });
    count
}

#[test]
fn workers_that_share_a_lock_slow_each_other_down() {
    // About six of twenty workers of the cache are busy at a time: with sigma = 0.1 each takes some 1.5 times as long.
    let store = "workers: 20, queue: 40, service_time: Constant(mean_ms: 100.0))),\n        (name: \"cache\"";
    let shared =
        store.replace("(mean_ms: 100.0)", "(mean_ms: 100.0), contention_percent: 10.0, crosstalk_percent: 1.0");
    let plain = median_ms(&run(&shelf::rich(&[]), ""));
    let slowed = median_ms(&run(&shelf::rich(&[(store, &shared)]), ""));
    assert!(slowed > plain + 10.0, "{plain} {slowed}");
}

#[test]
fn a_copy_that_is_added_needs_its_time_to_start() {
    let starts = |start_up: &str| {
        let front = "workers: 20, queue: 40, service_time: Constant(mean_ms: 10.0), outlets: 2";
        let mut level = shelf::rich(&[(front, &format!("{front}{start_up}"))]);
        level.pieces.iter_mut().for_each(|piece| piece.knobs.push("replicas".into()));
        let board = shelf::build(&level, "");
        let mut play = Play::start(&level, &board, 3).unwrap();
        play.command(&Edit::Configure { name: "front".into(), setting: Setting::Number("replicas".into(), 2.0) })
            .unwrap();
        // The Navigator is there within seconds.
        let mut up_at = None;
        play.advance_to(Time::from_ms(20_000), &mut |at: Time, fact: &Fact| {
            if let Fact::ReplicaTurned { replica: 1, state: pipe_maze_sim::ReplicaState::Up, .. } = fact {
                up_at = up_at.or(Some(at));
            }
        });
        up_at.expect("it starts").as_ns() as f64 / MS
    };
    let (at_once, later) = (starts(""), starts(", start_up_ms: 4000"));
    assert!((later - at_once - 4_000.0).abs() < 1.0, "{at_once} {later}");
}

#[test]
fn a_bulkhead_lets_no_more_through_at_once() {
    // 20 a second that take 102 ms each are two at a time on average: a bulkhead of one refuses many.
    let level = shelf::rich(&[]);
    let fire = |knobs: &str| format!(r#"Place(name: "fire", kind: CircuitBreakerFire, at: (11, 5)), {knobs}"#);
    let narrow = fire(r#"Configure(name: "fire", setting: Number("bulkhead", 1.0)),"#);
    let kept_out = |edits: &str| ended_for(&level, edits, |_, cause| matches!(cause, Cause::Bulkhead(_)));
    assert_eq!(kept_out(&fire("")), 0);
    assert!(kept_out(&narrow) > 50, "{}", kept_out(&narrow));
    let waits = fire(
        r#"Configure(name: "fire", setting: Number("bulkhead", 2.0)),
        Configure(name: "fire", setting: Number("bulkhead-line", 50.0)),
        Configure(name: "fire", setting: Number("bulkhead-wait", 900.0)),"#,
    );
    assert!(kept_out(&waits) < kept_out(&narrow) / 2, "{}", kept_out(&waits));
}

#[test]
fn a_hedge_sends_a_second_copy_and_cancelling_takes_work_back() {
    let level = shelf::rich(&[]);
    let place = r#"Place(name: "m", kind: ServiceMeshSuperMushroom, at: (4, 3)),"#;
    let hedged = |knobs: &str| {
        let board = shelf::build(&level, &format!("{place} {knobs}"));
        let mut play = Play::start(&level, &board, 3).unwrap();
        let mut hedges = 0;
        play.advance_to(Time::from_ms(60_000), &mut |_: Time, fact: &Fact| {
            hedges += u64::from(matches!(fact, Fact::Hedged { .. }));
        });
        let store = play.simulation().view().services().find(|s| s.id == PieceId::from_name("store")).unwrap();
        (hedges, store.busy_ns)
    };
    let (none, _) = hedged("");
    let (hedges, busy_ns) = hedged(r#"Configure(name: "m", setting: Number("hedge", 50.0)),"#);
    assert_eq!(none, 0);
    assert!(hedges > 300, "every call takes twice as long as that: {hedges}");
    let (_, less_ns) = hedged(
        r#"Configure(name: "m", setting: Number("hedge", 50.0)),
        Configure(name: "m", setting: Choice("cancels", "yes")),"#,
    );
    assert!(less_ns < busy_ns, "{less_ns} {busy_ns}");
}

#[test]
fn work_that_nobody_waits_for_is_dropped_where_the_room_is_told_to() {
    // Far too much for the front, whose clients wait for a second.
    let slow = [
        ("rate_per_s: 20.0", "rate_per_s: 60.0"),
        (
            "workers: 20, queue: 40, service_time: Constant(mean_ms: 10.0)",
            "workers: 1, queue: 400, service_time: Constant(mean_ms: 50.0)",
        ),
    ];
    let text = shelf::rich_text(&slow);
    let kind = "outlets: 2, calls: Sequential,";
    let drops = text.replace(kind, &format!("{kind} drops_expired: true,"));
    let expired = |text: &str| {
        let level = Level::parse(text).unwrap_or_else(|e| panic!("{e}"));
        let sidecar = r#"Place(name: "m", kind: ServiceMeshSuperMushroom, at: (0, 1)),
            Configure(name: "m", setting: Choice("deadline", "yes")),"#;
        let mut play = Play::start(&level, &shelf::build(&level, sidecar), 3).unwrap();
        let mut count = 0;
        play.advance_to(Time::from_ms(60_000), &mut |_: Time, fact: &Fact| {
            count += u64::from(matches!(fact, Fact::Rejected { cause: Cause::Expired(_), .. }));
        });
        count
    };
    assert_eq!(expired(&text), 0);
    assert!(expired(&drops) > 100, "{}", expired(&drops));
}

#[test]
fn requests_about_the_same_thing_take_the_same_lane() {
    let stock = "(kind: WarpPipe, count: 2, price: 30),";
    let storm =
        format!("{stock} (kind: EventStormLightning, count: 1, price: 30, spec: EventStormLightning(batch: 1)),");
    let plan = r#"(format: 1, level: "rich", flow: [], plan: [
        Place(name: "storm", kind: EventStormLightning, at: (4, 8)),
        LayPipe(name: "feed", cells: [
            (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8), (0, 9), (1, 9), (2, 9), (3, 9),
        ]),
        LayPipe(name: "on", cells: [(8, 10), (9, 10), (10, 10), (11, 10), (12, 10), (13, 10)]),
    ])"#;
    let lanes = |keys: &str| {
        let level = shelf::rich(&[(stock, &storm), ("timeout_ms: 1000)", &format!("timeout_ms: 1000{keys})"))]);
        let board = Solution::parse(plan).unwrap().board(&level).unwrap_or_else(|e| panic!("{e}"));
        let mut play = Play::start(&level, &board, 3).unwrap();
        play.advance_to(Time::from_ms(19_000), &mut ());
        let broker = play.simulation().view().brokers().next().expect("it is there");
        broker.partitions.iter().map(|lane| lane.appended).collect::<Vec<_>>()
    };
    let even = lanes("");
    assert!(even.iter().all(|&lane| lane > 100), "{even:?}");
    // One thing alone has one lane alone.
    let one = lanes(", keys: Uniform(1)");
    assert_eq!(one.iter().filter(|&&lane| lane > 0).count(), 1, "{one:?}");
    for keys in ["Uniform(50)", "Zipf(50)", "Sessions(50)"] {
        let some = lanes(&format!(", keys: {keys}"));
        assert!(some.iter().all(|&lane| lane > 20) && some != even, "{keys}: {some:?}");
    }
    let error = Level::parse(&shelf::rich_text(&[("timeout_ms: 1000)", "timeout_ms: 1000, keys: Zipf(0))")]));
    assert!(error.expect_err("no keys").to_string().contains("keys"));
}

#[test]
fn pipes_lose_delay_and_connect_as_the_level_says() {
    let pipes = "bandwidth_bytes_per_s: 1000000000,";
    let with = |more: &str| run(&shelf::rich(&[(pipes, &format!("{pipes} {more}"))]), "");
    let plain = with("");
    assert!((median_ms(&plain) - 254.0).abs() < 0.1, "{}", median_ms(&plain));
    // Six times through a pipe, 10 ms more each time on average: three round trips.
    let shaky = with("jitter_ms: 20.0, overtaking: true,");
    assert!((median_ms(&shaky) - 314.0).abs() < 6.0, "{}", median_ms(&shaky));
    // Each of the three calls waits for one more round trip, of 14, 18 and 12 ms.
    let opened = with("handshake_round_trips: 1,");
    assert!((median_ms(&opened) - (254.0 + 14.0 + 18.0 + 12.0)).abs() < 0.2, "{}", median_ms(&opened));
    let kept = with("handshake_round_trips: 1, idle_ms: 60000,");
    assert!((median_ms(&kept) - 254.0).abs() < 0.1, "{}", median_ms(&kept));
    let lossy = with("loss_percent: 5.0,").report();
    // Of six messages one is lost: 1 - 0.95^6 = 26.5 %.
    let share = lossy.failed as f64 / lossy.issued as f64;
    assert!((0.18..0.36).contains(&share), "{share}");
    for bad in ["loss_percent: 101.0,", "jitter_ms: -1.0,", "handshake_round_trips: 11,", "idle_ms: 86400001,"] {
        let text = shelf::rich_text(&[(pipes, &format!("{pipes} {bad}"))]);
        let error = Level::parse(&text).expect_err(bad).to_string();
        assert!(error.contains(bad.split(':').next().unwrap_or_default()), "{error}");
    }
}
