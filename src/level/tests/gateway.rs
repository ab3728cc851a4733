//! The API gateway star: which way each class goes, its share for a canary, and how many a second pass.

mod shelf;

use pipe_maze_level::{Edit, Level, Play, Refusal, Setting, Solution};
use pipe_maze_sim::{Cause, Fact, PieceId, Time};

/// Three classes come to a star in a cave; each of its outlets leads to a vault.
const STARLIT: &str = r#"(
    format: 1,
    id: "starlit",
    section: 3,
    texts: {"en": {"name": "Starlit", "brief": "A test."}},
    map: [
        "~~~~~~~~~~~~~~~~~~",
        "~~~~~~~~~~~~~~~~~~",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
        "..................",
    ],
    pieces: [
        (name: "spring", at: (0, 0), spec: Spring(rate_per_s: 60.0, timeout_ms: 1000, also: [
            (class: Buy, rate_per_s: 30.0), (class: Batch, rate_per_s: 10.0),
        ])),
        (name: "ahead", at: (12, 6), spec: Vault(workers: 50, queue: 40, service_time: Constant(mean_ms: 10.0))),
        (name: "up", at: (12, 2), spec: Vault(workers: 50, queue: 40, service_time: Constant(mean_ms: 10.0))),
        (name: "down", at: (12, 10), spec: Vault(workers: 50, queue: 40, service_time: Constant(mean_ms: 10.0))),
    ],
    inventory: [(kind: ApiGatewayStar, count: 1, price: 40)],
    pipes: (price_per_cell: 1, propagation_ms_per_cell: 1.0, bandwidth_bytes_per_s: 1000000000),
    budget: 500,
    flow: (duration_ms: 20000, pace_ms_per_s: 100.0),
    objectives: [
        GoodShare(at_least: 0.5, within_ms: 200.0),
        ClassShare(class: Browse, at_least: 0.9, within_ms: 200.0),
        ClassShare(class: Buy, at_least: 0.9, within_ms: 200.0),
    ],
)"#;

/// The star in the middle, joined to everything; with knobs turned.
fn built(knobs: &str) -> Solution {
    let plan = r#"
        Place(name: "star", kind: ApiGatewayStar, at: (5, 7)),
        LayPipe(name: "feed", cells: [
            (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8), (1, 8), (2, 8), (3, 8), (4, 8),
        ]),
        LayPipe(name: "to-ahead", cells: [(8, 8), (9, 8), (10, 8), (11, 8)]),
        LayPipe(name: "to-up", cells: [(6, 6), (6, 5), (6, 4), (7, 4), (8, 4), (9, 4), (10, 4), (11, 4)]),
        LayPipe(name: "to-down", cells: [
            (6, 10), (6, 11), (6, 12), (7, 12), (8, 12), (9, 12), (10, 12), (11, 12),
        ]),"#;
    let text = format!("(format: 1, level: \"starlit\", flow: [], plan: [{plan} {knobs}])");
    Solution::parse(&text).unwrap_or_else(|e| panic!("{e}"))
}

fn level() -> Level {
    Level::parse(STARLIT).unwrap_or_else(|e| panic!("{e}"))
}

fn knob(key: &str, value: &str) -> String {
    format!("Configure(name: \"star\", setting: {value}),").replace("KEY", key)
}

fn choice(key: &str, name: &str) -> String {
    knob(key, &format!("Choice(\"KEY\", \"{name}\")"))
}

fn number(key: &str, value: f64) -> String {
    knob(key, &format!("Number(\"KEY\", {value:?})"))
}

fn served(play: &Play, name: &str) -> u64 {
    play.simulation().view().services().find(|s| s.id == PieceId::from_name(name)).expect("it is there").served
}

fn of_class(level: &Level, play: &Play) -> [u64; 3] {
    let mut counts = [0; 3];
    let mut again = Play::start(level, play.board(), play.seed()).expect("the campaign is sound");
    let mut issued = Vec::new();
    again.advance_to(Time::from_ms(60_000), &mut |_: Time, fact: &Fact| {
        if let Fact::Issued { request } = fact {
            issued.push(*request);
        }
    });
    issued.into_iter().for_each(|request| counts[again.class_of(request) as usize] += 1);
    counts
}

#[test]
fn as_it_comes_everything_goes_ahead() {
    let play = Play::run(&level(), &built(""), 5).unwrap();
    assert_eq!(served(&play, "ahead"), play.report().issued);
    assert_eq!(play.report().failed, 0);
}

#[test]
fn each_class_goes_the_way_that_its_knob_says() {
    let level = level();
    let knobs = [choice("way-buy", "way-up"), choice("way-batch", "way-down")].concat();
    let play = Play::run(&level, &built(&knobs), 5).unwrap();
    let [browse, buy, batch] = of_class(&level, &play);
    assert_eq!([served(&play, "ahead"), served(&play, "up"), served(&play, "down")], [browse, buy, batch]);
    assert!(batch > 100 && buy > 400 && browse > 1_000);
}

#[test]
fn a_canary_takes_its_share_of_what_goes_ahead_and_of_nothing_else() {
    let level = level();
    let knobs = [choice("way-batch", "way-down"), number("canary", 20.0)].concat();
    let play = Play::run(&level, &built(&knobs), 5).unwrap();
    let [browse, buy, batch] = of_class(&level, &play);
    let share = served(&play, "up") as f64 / (browse + buy) as f64;
    assert_eq!(served(&play, "down"), batch);
    // Binomial with n = 1,800: four standard deviations are 0.038.
    assert!((0.162..0.238).contains(&share), "{share}");
}

#[test]
fn the_limit_counts_only_those_whom_it_is_set_for() {
    let level = level();
    let knobs = [number("limit", 5.0), choice("limits", "limits-batch"), number("burst", 1.0)].concat();
    let play = Play::run(&level, &built(&knobs), 5).unwrap();
    let [browse, buy, batch] = of_class(&level, &play);
    let report = play.report();
    assert_eq!(report.issued - report.failed, served(&play, "ahead"));
    let passed = served(&play, "ahead") - browse - buy;
    // Erlang: a bucket of one at twice its rate lets a third through.
    let expected = batch as f64 / 3.0;
    assert!((passed as f64 - expected).abs() < 20.0, "{passed} of {batch}");
    assert_eq!(served(&play, "ahead"), browse + buy + passed);
}

#[test]
fn the_limit_is_turned_while_water_flows_and_the_routes_are_not() {
    let level = level();
    let mut play = Play::start(&level, &built("").board(&level).unwrap(), 5).unwrap();
    play.advance_to(Time::from_ms(4_000), &mut ());
    assert_eq!(play.report().failed, 0);
    let set = |setting| Edit::Configure { name: "star".into(), setting };
    let route = play.command(&set(Setting::Choice("way-buy".into(), "way-up".into())));
    assert_eq!(route, Err(Refusal::NotInFlow));
    play.command(&set(Setting::Number("limit".into(), 1.0))).unwrap();
    let mut limited = 0;
    play.advance_to(Time::from_ms(12_000), &mut |_: Time, fact: &Fact| {
        if let Fact::Ended { cause, .. } = fact {
            limited += u64::from(*cause == Cause::Limited(PieceId::from_name("star")));
        }
    });
    assert!(limited > 500, "{limited}");
    assert_eq!(play.report().failed, limited);
}

#[test]
fn what_is_out_of_range_is_named() {
    for (spec, field) in [
        ("limit_per_s: -1.0", "limit_per_s"),
        ("limit_per_s: 2000000.0", "limit_per_s"),
        ("burst: 0", "burst"),
        ("canary_percent: 101", "canary_percent"),
    ] {
        let star = format!("(name: \"star\", at: (5, 7), spec: ApiGatewayStar({spec})),\n        (name: \"ahead\"");
        let text = STARLIT.replace("(name: \"ahead\"", &star);
        let error = Level::parse(&text).expect_err(field).to_string();
        assert!(error.contains(field), "{error}");
    }
}
