//! A play: recomputable from level, seed and log, in one go or in pieces.

mod shelf;

use pipe_maze_level::solution::Step;
use pipe_maze_level::{Board, Edit, Level, Play, Refusal, Setting, Solution, Verdict};
use pipe_maze_sim::{Fact, Policy, Time};
use proptest::prelude::*;

fn two_rooms() -> (Level, Solution) {
    let path = "3-flow-control/two-rooms";
    (shelf::level(path), shelf::solution(&format!("{path}.solution")))
}

/// Valves and policies at random times, in order of time.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pipe = prop::sample::select(vec!["feed", "to-north", "to-south"]);
    let edit = prop_oneof![
        (pipe, any::<bool>()).prop_map(|(name, shut)| Edit::Valve { name: name.into(), shut }),
        any::<bool>().prop_map(|least| {
            let policy = if least { Policy::LeastRequest } else { Policy::RoundRobin };
            Edit::Configure { name: "warp".into(), setting: Setting::Policy(policy) }
        }),
    ];
    prop::collection::vec((0u64..14_000, edit), 0..8).prop_map(|mut steps| {
        steps.sort_by_key(|&(at_ms, _)| at_ms);
        steps.into_iter().map(|(at_ms, edit)| Step { at_ms, plus_ns: 0, edit }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_log_played_again_gives_the_same_digest(seed: u64, flow in steps(), chunk_ms in 1u64..700) {
        let (level, solution) = two_rooms();
        let solution = Solution { flow, ..solution };
        let whole = Play::run(&level, &solution, seed).unwrap();
        // By hand and in pieces, as a player does it.
        let mut live = Play::start(&level, &solution.board(&level).unwrap(), seed).unwrap();
        let mut pending = solution.flow.iter().peekable();
        let mut now_ms = 0;
        while live.simulation().now() < live.ends_at() {
            now_ms += chunk_ms;
            while let Some(step) = pending.next_if(|step| step.at_ms <= now_ms) {
                live.advance_to(Time::from_ms(step.at_ms), &mut ());
                live.command(&step.edit).unwrap();
            }
            live.advance_to(Time::from_ms(now_ms), &mut ());
        }
        prop_assert_eq!(live.digest(), whole.digest());
        prop_assert_eq!(live.report(), whole.report());
        prop_assert_eq!(live.verdict(), whole.verdict());
        // The log alone is enough to compute it again.
        let mut again = Play::start(&level, &solution.board(&level).unwrap(), live.seed()).unwrap();
        for (at, edit) in live.log() {
            again.advance_to(*at, &mut ());
            again.command(edit).unwrap();
        }
        again.advance_to(Time::MAX, &mut ());
        prop_assert_eq!(again.digest(), live.digest());
        prop_assert_eq!(again.log(), live.log());
    }
}

#[test]
fn stepping_event_by_event_gives_the_same_digest() {
    let (level, solution) = two_rooms();
    let whole = Play::run(&level, &solution, 5).unwrap();
    let mut play = Play::start(&level, &solution.board(&level).unwrap(), 5).unwrap();
    let mut ended = 0;
    while play.step(&mut |_: Time, fact: &Fact| ended += u64::from(matches!(fact, Fact::Ended { .. }))) {}
    assert!(play.is_over(), "nothing can happen any more");
    play.advance_to(Time::MAX, &mut ());
    assert_eq!(play.digest(), whole.digest());
    assert_eq!(ended, whole.report().issued);
}

#[test]
fn a_command_after_a_step_comes_after_what_the_step_did() {
    let (level, solution) = two_rooms();
    let board = solution.board(&level).unwrap();
    for steps in 1..40 {
        let mut play = Play::start(&level, &board, 5).unwrap();
        (0..steps).for_each(|_| assert!(play.step(&mut ())));
        play.command(&Edit::Valve { name: "feed".into(), shut: true }).unwrap();
        let at = play.log()[0].0;
        play.advance_to(Time::from_ms(3_000), &mut ());
        let mut again = Play::start(&level, &board, 5).unwrap();
        again.advance_to(at, &mut ());
        again.command(&play.log()[0].1).unwrap();
        again.advance_to(Time::from_ms(3_000), &mut ());
        assert_eq!(again.digest(), play.digest(), "after {steps} steps");
    }
}

#[test]
fn building_is_refused_while_it_flows_and_changes_nothing() {
    let (level, solution) = two_rooms();
    let mut play = Play::start(&level, &solution.board(&level).unwrap(), 5).unwrap();
    play.advance_to(Time::from_ms(1_000), &mut ());
    let before = (play.digest(), play.board().clone());
    for edit in &solution.plan {
        assert_eq!(play.command(edit), Err(Refusal::NotInFlow));
    }
    assert_eq!(
        play.command(&Edit::Valve { name: "nothing".into(), shut: true }),
        Err(Refusal::NoSuch("nothing".into()))
    );
    assert_eq!((play.digest(), play.board().clone()), before);
    assert!(play.log().is_empty());
}

#[test]
fn an_undisturbed_request_takes_propagation_transmission_and_work() {
    let level = shelf::small();
    let plan = r#"(format: 1, level: "small", flow: [], plan: [
        LayPipe(name: "p", cells: [(0, 2), (0, 3), (0, 4), (1, 4), (2, 4), (3, 4), (4, 4), (5, 4)]),
    ])"#;
    let play = Play::run(&level, &Solution::parse(plan).unwrap(), 3).unwrap();
    // 8 cells of 10 ms there and back, 500 and 2,000 bytes at 1 MB/s, 100 ms of work; no queue, so never any longer.
    let ns = 2 * 80_000_000 + 500_000 + 2_000_000 + 100_000_000;
    assert_eq!(play.judge().latency_ns(0.0), Some(ns));
    assert_eq!(play.judge().latency_ns(0.9), Some(ns));
    assert_eq!(play.report().standings[2].value, Some(16.0));
    assert!(play.report().issued > 30);
}

#[test]
fn a_shut_valve_before_the_start_holds_from_the_first_request() {
    let (level, mut solution) = two_rooms();
    solution.plan.push(Edit::Valve { name: "to-south".into(), shut: true });
    let play = Play::run(&level, &solution, 1).unwrap();
    let south = play.simulation().view().services().find(|s| s.id == pipe_maze_sim::PieceId::from_name("south"));
    assert_eq!(south.unwrap().served, 0);
    assert_eq!(play.verdict(), Some(Verdict::Lost));
}

#[test]
fn a_solution_that_cannot_be_built_says_which_edit_and_why() {
    let (level, mut solution) = two_rooms();
    solution.plan.swap(0, 1);
    solution.plan.push(Edit::RemovePipe { name: "nothing".into() });
    let error = Play::run(&level, &solution, 1).unwrap_err().to_string();
    assert_eq!(error, "plan[4]: nothing on the board is called `nothing`");
}

#[test]
fn what_is_built_already_runs_and_is_the_players_to_change() {
    let edits: Vec<&str> = shelf::JOINED.split("plan: [").skip(1).collect();
    let start = format!("start: [{}]", edits[0].trim_end().trim_end_matches("])"));
    let level = shelf::rich(&[("enemies: []", &start)]);
    let built = shelf::joined("").board(&shelf::rich(&[])).unwrap();
    let mut board = Board::new(&level);
    assert_eq!((board.pipes(), board.cost()), (built.pipes(), built.cost()));
    let nothing = Play::run(&level, &Solution::nothing(&level), 3).unwrap();
    let same = Play::run(&shelf::rich(&[]), &shelf::joined(""), 3).unwrap();
    assert!(nothing.report().good > 0);
    assert_eq!(nothing.digest(), same.digest(), "it runs as if the player had built it");
    let undo = board.apply(&Edit::RemovePipe { name: "feed".into() }).unwrap();
    assert!(board.pipe("feed").is_none());
    board.apply(&undo).unwrap();
    assert_eq!(board, Board::new(&level));
}
