//! Replays: computed again to the digest, told from other rules and levels, and safe to read.

mod shelf;

use pipe_maze_level::limits::REPLAY_REQUESTS_MAX;
use pipe_maze_level::replay::{Check, Command, ReplayBranch, Rerun, Split, level_hash};
use pipe_maze_level::{Board, Edit, Level, Play, PlayError, Replay, Solution};
use pipe_maze_sim::{RULES, Time};

fn two_rooms() -> (Level, String, Solution) {
    let path = "3-flow-control/two-rooms";
    let text = shelf::text(&format!("{path}.ron"));
    (Level::parse(&text).expect("the campaign is sound"), text, shelf::solution(&format!("{path}.solution")))
}

fn recorded() -> (Level, String, Replay) {
    let (level, text, solution) = two_rooms();
    let board = solution.board(&level).expect("the campaign is sound");
    let mut play = Play::start(&level, &board, 7).expect("the campaign is sound");
    for (ms, shut) in [(1_000, true), (1_000, false), (2_500, true)] {
        play.advance_to(Time::from_ms(ms), &mut ());
        play.command(&Edit::Valve { name: "to-south".into(), shut }).expect("the campaign is sound");
    }
    play.advance_to(Time::from_ns(4_123_456_789), &mut ());
    let replay = Replay::of(&level, &text, &board, &play).expect("the campaign is sound");
    (level, text, replay)
}

#[test]
fn a_replay_survives_its_file_and_is_verified() {
    let (level, text, replay) = recorded();
    let read = Replay::parse(&replay.to_text()).unwrap_or_else(|e| panic!("{e}\n{}", replay.to_text()));
    assert_eq!(read, replay);
    let (check, play) = read.check(&level, &text).unwrap();
    assert_eq!((check, play.log().len()), (Check::Verified, 3));
    assert_eq!(play.digest().to_string(), replay.digest);
    assert_eq!(read.check(&level, &text.replace('\n', "\r\n")).unwrap().0, Check::Verified);
}

/// The replay with something about its run changed.
fn with(replay: &Replay, change: impl FnOnce(&mut ReplayBranch)) -> Replay {
    let mut changed = replay.clone();
    change(&mut changed.branches[0]);
    changed
}

#[test]
fn only_equal_rules_and_an_equal_level_verify() {
    let (level, text, replay) = recorded();
    let check = |replay: &Replay, text: &str| replay.check(&level, text).unwrap().0;
    assert_eq!(check(&Replay { rules: RULES + 1, ..replay.clone() }, &text), Check::OtherRules);
    assert_eq!(check(&replay, &format!("{text} ")), Check::OtherLevel);
    assert_ne!(level_hash(&text), level_hash(&format!("{text} ")));
    for forged in [
        Replay { seed: 8, ..replay.clone() },
        with(&replay, |run| run.until_ns += 1_000_000),
        with(&replay, |run| run.commands.truncate(2)),
        Replay { digest: "0".into(), ..replay.clone() },
    ] {
        assert_eq!(check(&forged, &text), Check::Differs);
    }
    let impossible = with(&replay, |run| run.commands[1].edit = Edit::RemovePipe { name: "feed".into() });
    assert!(impossible.check(&level, &text).unwrap_err().to_string().starts_with("commands[1]: "));
}

#[test]
fn bad_replays_get_messages_with_places() {
    let (.., replay) = recorded();
    let text = replay.to_text();
    let problem = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} in\n{text}");
        Replay::parse(&text.replacen(from, to, 1)).unwrap_err().to_string()
    };
    assert!(problem("seed: 7", "seed: -7").contains("seed"));
    assert!(problem("format: 2", "format: 99").contains("99 is not known here"));
    assert!(problem("seed: 7", "sed: 7").contains("sed: is no section"));
    assert!(problem("given_ns: 1000000000", "given_ns: 3000000000").contains("not in order of time"));
    assert!(problem("given_ns: 1000000000", "given_s: 3").contains("branches[0]"));
    let early = problem("given_ns: 1000000000", "recalled_ns: 5, given_ns: 1000000000");
    assert!(early.contains("before it is given"), "{early}");
    assert!(problem("shown: 0", "shown: 1").contains("there are 1"));
    assert!(
        problem("commands: [", "from: (branch: 0, at_ns: 0, shared: 0), commands: [").contains("no run before this")
    );
    assert!(Replay::parse(&"(".repeat(10_000)).is_err());
    assert!(Replay::parse(&" ".repeat(3 << 20)).unwrap_err().to_string().contains("at most"));
}

#[test]
fn branches_that_cannot_be_are_refused() {
    let (.., replay) = recorded();
    let valve = |at_ns: u64| Command {
        given_ns: None,
        at_ns,
        recalled_ns: None,
        edit: Edit::Valve { name: "to-south".into(), shut: true },
    };
    let branch = |at_ns: u64, shared: u32, commands: Vec<Command>| ReplayBranch {
        from: Some(Split { branch: 0, at_ns, shared }),
        commands,
        until_ns: 4_000_000_000,
        ..ReplayBranch::default()
    };
    let problem = |branch: ReplayBranch| {
        let branches = vec![replay.branches[0].clone(), branch];
        Replay::parse(&Replay { branches, ..replay.clone() }.to_text()).err().map(|errors| errors.to_string())
    };
    // The first run has commands at 1 s, 1 s and 2.5 s and ends at 4.1 s.
    assert_eq!(problem(branch(1_500_000_000, 2, vec![valve(1_500_000_000)])), None);
    assert_eq!(problem(branch(1_000_000_000, 1, vec![])), None);
    for (bad, why) in [
        (ReplayBranch::default(), "only the first run begins by itself"),
        (branch(1_500_000_000, 3, vec![]), "cuts the commands elsewhere"),
        (branch(1_500_000_000, 1, vec![]), "cuts the commands elsewhere"),
        (branch(1_500_000_000, 2, vec![valve(1_400_000_000)]), "cuts the commands elsewhere"),
        (branch(3_000_000_000, 4, vec![]), "shares 4 commands: that run has 3"),
        (branch(4_200_000_000, 3, vec![]), "later than was seen"),
        (branch(3_000_000_000, 3, vec![valve(3_500_000_000), valve(3_000_000_000)]), "not in order of time"),
    ] {
        let problem = problem(bad).unwrap_or_else(|| panic!("accepted, though it {why}"));
        assert!(problem.contains(why), "{problem}");
    }
    let many = ReplayBranch { commands: vec![valve(1); 4_097], until_ns: 9, ..ReplayBranch::default() };
    let many = Replay { branches: vec![many], ..replay.clone() };
    assert!(Replay::parse(&many.to_text()).unwrap_err().to_string().contains("at most 4096"));
    // Each branch carries the batch of the first run out again.
    let batch = Command { edit: Edit::Batch(vec![Edit::Batch(Vec::new()); 3_000]), ..valve(1) };
    let first = ReplayBranch { commands: vec![batch], until_ns: 9, ..ReplayBranch::default() };
    let with = |branches: usize| {
        let others = vec![ReplayBranch { until_ns: 9, ..branch(2, 1, vec![]) }; branches];
        Replay::parse(&Replay { branches: [vec![first.clone()], others].concat(), ..replay.clone() }.to_text())
    };
    assert!(with(20).is_ok());
    assert!(with(30).unwrap_err().to_string().contains("commands in all: at most 65536"));
}

#[test]
fn a_replay_that_would_take_too_long_is_refused_before_it_runs() {
    let (level, _, replay) = recorded();
    assert!(replay.requests(&level) < level.flow.duration_ms as f64);
    let long = with(&replay, |run| (run.until_ns, run.commands) = (u64::MAX, Vec::new()));
    let twin = ReplayBranch { from: Some(Split { branch: 0, at_ns: 0, shared: 0 }), ..long.branches[0].clone() };
    let mut long = Replay { branches: vec![twin; 200], ..long };
    long.branches[0].from = None;
    let busy = shelf::text("3-flow-control/two-rooms.ron").replace("rate_per_s: 80.0", "rate_per_s: 10000.0");
    let busy = Level::parse(&busy).unwrap();
    assert!(long.requests(&busy) > REPLAY_REQUESTS_MAX, "{}", long.requests(&busy));
    assert_eq!(Rerun::new(&busy, &long).err(), Some(PlayError::TooMuchWork));
    assert!(Rerun::new(&level, &long).is_ok());
}

#[test]
fn a_run_that_is_computed_bit_by_bit_is_the_same() {
    let (level, text, replay) = recorded();
    for events in [1, 7, 1_000] {
        let mut rerun = Rerun::new(&level, &replay).unwrap();
        let (mut rounds, mut share) = (0, 0.0);
        while !rerun.advance(events).unwrap() {
            assert!(rerun.done_share() >= share);
            (rounds, share) = (rounds + 1, rerun.done_share());
        }
        assert!(rounds * events >= 1_000 && (rerun.done_share() - 1.0).abs() < 1e-9, "{rounds}");
        assert_eq!(replay.compare(&level, &text, &rerun.into_play()), Check::Verified);
    }
}

/// Every build of the campaign can be told as edits, in whatever way it was built.
#[test]
fn every_board_of_the_campaign_is_built_again_from_its_edits() {
    let mut seen = 0;
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        let candidates = shelf::candidates(&path);
        for (name, solution) in candidates {
            let board = solution.board(&level).unwrap();
            let edits = board.edits(&level).unwrap_or_else(|| panic!("{path}, {name}: cannot be built again"));
            let mut again = Board::new(&level);
            edits.iter().for_each(|edit| assert!(again.apply(edit).is_ok(), "{path}, {name}: {edit:?}"));
            assert_eq!(again, board, "{path}, {name}");
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen}");
    let board = shelf::build(&shelf::rich(&[]), "");
    assert_eq!(board.edits(&two_rooms().0), None, "a board of another level");
}

#[test]
fn what_the_level_had_built_and_the_player_took_away_stays_away() {
    let edits: Vec<&str> = shelf::JOINED.split("plan: [").skip(1).collect();
    let start = format!("start: [{}]", edits[0].trim_end().trim_end_matches("])"));
    let level = shelf::rich(&[("enemies: []", &start)]);
    let mut board = Board::new(&level);
    board.apply(&Edit::RemovePipe { name: "feed".into() }).unwrap();
    board.apply(&Edit::Valve { name: "to-store".into(), shut: true }).unwrap();
    let mut again = Board::new(&level);
    board.edits(&level).unwrap().iter().for_each(|edit| assert!(again.apply(edit).is_ok(), "{edit:?}"));
    assert_eq!(again, board);
}
