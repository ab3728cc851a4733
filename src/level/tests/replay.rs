//! Replays: computed again to the digest, told from other rules and levels, and safe to read.

mod shelf;

use pipe_maze_level::replay::{Check, level_hash};
use pipe_maze_level::{Board, Edit, Level, Play, Replay, Solution};
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

#[test]
fn only_equal_rules_and_an_equal_level_verify() {
    let (level, text, replay) = recorded();
    let check = |replay: &Replay, text: &str| replay.check(&level, text).unwrap().0;
    assert_eq!(check(&Replay { rules: RULES + 1, ..replay.clone() }, &text), Check::OtherRules);
    assert_eq!(check(&replay, &format!("{text} ")), Check::OtherLevel);
    assert_ne!(level_hash(&text), level_hash(&format!("{text} ")));
    for forged in [
        Replay { seed: 8, ..replay.clone() },
        Replay { until_ns: replay.until_ns + 1_000_000, ..replay.clone() },
        Replay { commands: replay.commands[..2].to_vec(), ..replay.clone() },
        Replay { digest: "0".into(), ..replay.clone() },
    ] {
        assert_eq!(check(&forged, &text), Check::Differs);
    }
    let mut impossible = replay;
    impossible.commands[1].edit = Edit::RemovePipe { name: "feed".into() };
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
    assert!(problem("format: 1", "format: 99").contains("99 is not known here"));
    assert!(problem("seed: 7", "sed: 7").contains("sed: is no section"));
    assert!(problem("given_ns: 1000000000", "given_ns: 3000000000").contains("not in order of time"));
    assert!(problem("given_ns: 1000000000", "given_s: 3").contains("commands[0]"));
    let early = problem("given_ns: 1000000000", "recalled_ns: 5, given_ns: 1000000000");
    assert!(early.contains("before it is given"), "{early}");
    assert!(Replay::parse(&"(".repeat(10_000)).is_err());
    assert!(Replay::parse(&" ".repeat(1 << 20)).unwrap_err().to_string().contains("at most"));
}

/// Every build of the campaign can be told as edits, in whatever way it was built.
#[test]
fn every_board_of_the_campaign_is_built_again_from_its_edits() {
    let mut seen = 0;
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        let candidates = builds(&path);
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

/// The solutions and decoys of a level.
fn builds(path: &str) -> Vec<(String, Solution)> {
    let level = shelf::folder().join(path);
    let stem = level.file_name().expect("the campaign is sound").to_str().expect("the campaign is sound").to_owned();
    let names = std::fs::read_dir(level.parent().expect("the campaign is sound"))
        .expect("the campaign is sound")
        .filter_map(|entry| {
            let name = entry.expect("the campaign is sound").file_name().into_string().expect("the campaign is sound");
            let middle = name.strip_prefix(&format!("{stem}."))?.strip_suffix(".ron")?.to_owned();
            Some(middle)
        });
    names.map(|name| (name.clone(), shelf::solution(&format!("{path}.{name}")))).collect()
}
