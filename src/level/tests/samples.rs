//! What was written once is read for ever: stored samples of every version of every format.
//!
//! A new version gets new files beside the old ones, which never change: raise [`NEWEST`], then
//! `cargo test -p pipe-maze-level --test samples -- --ignored` writes what is missing.

mod shelf;

use pipe_maze_level::draft::Snapshot;
use pipe_maze_level::proof::verify;
use pipe_maze_level::replay::Check;
use pipe_maze_level::share::{LevelText, Pack, SharedLevel, SharedReplay, SharedSolution};
use pipe_maze_level::{
    BranchId, Certificate, Draft, Edit, Level, LevelEdit, Prover, Replay, Shared, Solution, Timeline,
};
use pipe_maze_sim::{RULES, Time};
use std::path::PathBuf;
use std::sync::Arc;

/// The folder of the newest versions.
const NEWEST: &str = "2";

fn folder(version: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(version)
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(folder(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn sample_text(name: &str) -> String {
    String::from_utf8(sample(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn level() -> LevelText {
    LevelText::parse(sample_text("1/level.ron")).expect("the sample is sound")
}

/// What a replay of these rules is, and of any others.
fn expected(rules: u32) -> Check {
    if rules == RULES { Check::Verified } else { Check::OtherRules }
}

#[test]
fn levels_and_solutions_of_format_1_open() {
    let text = sample_text("1/level.ron");
    let level = Level::parse(&text).unwrap();
    assert_eq!((level.id.as_str(), level.pieces.len(), level.budget), ("two-rooms", 3, 260));
    let solution = Solution::parse(&sample_text("1/solution.ron")).unwrap();
    assert_eq!((solution.plan.len(), solution.level.as_str()), (4, "two-rooms"));
    let proof = verify(&level, &[("solution".into(), solution.clone())], &[], 1, 4).unwrap();
    assert_eq!(proof.rows[0].won, 4, "it still wins");
    assert!(matches!(Shared::open(text.as_bytes()), Ok(Shared::Level(_))));
}

#[test]
fn replays_of_every_format_open_and_are_what_they_were() {
    let level = level();
    let v1 = sample_text("1/replay.ron");
    assert!(v1.contains("format: 1") && v1.contains("commands: [") && !v1.contains("branches"));
    let replay = Replay::parse(&v1).unwrap();
    assert_eq!((replay.branches.len(), replay.commands(0).len(), replay.seed), (1, 3, 7));
    assert_eq!(replay.check(&level.level, &level.text).unwrap().0, expected(replay.rules));
    let again = Replay::parse(&replay.to_text()).unwrap();
    assert_eq!(again, replay, "it is written in the newest format");

    let v2 = sample_text("2/replay.ron");
    assert!(v2.contains("format: 2"));
    let replay = Replay::parse(&v2).unwrap();
    assert_eq!((replay.branches.len(), replay.shown), (3, 2));
    assert!(replay.branches[1].fork && replay.branches[1].name.as_deref() == Some("what if"));
    assert_eq!(replay.check(&level.level, &level.text).unwrap().0, expected(replay.rules));
}

#[test]
fn a_certificate_of_format_1_opens() {
    let level = level();
    let certificate = Certificate::parse(&sample_text("1/certificate.ron")).unwrap();
    assert!(certificate.claims_to_hold());
    let mut prover = certificate.prover(Arc::new(level.level.clone()));
    while !prover.advance(1_000_000).unwrap() {}
    assert_eq!(certificate.check(&level.text, &prover.proof().unwrap()), expected(certificate.rules));
}

#[test]
fn codes_and_files_of_format_1_open() {
    let Shared::Solution(solution) = Shared::from_code(&sample_text("1/solution.code")).unwrap() else {
        panic!("no solution")
    };
    assert_eq!(solution.solution, Solution::parse(&sample_text("1/solution.ron")).unwrap());
    assert_eq!(solution.level_hash, Some(level().hash()));
    let Shared::Replay(replay) = Shared::from_code(&sample_text("1/replay.code")).unwrap() else { panic!("no replay") };
    assert_eq!(replay.level, Some(level()));
    assert_eq!(replay.replay, Replay::parse(&sample_text("2/replay.ron")).unwrap());
    let Shared::Level(shared) = Shared::from_bytes(&sample("1/level.pipemaze")).unwrap() else { panic!("no level") };
    assert_eq!(shared.level, level());
    let Shared::Pack(pack) = Shared::open(&sample("1/pack.pipemaze")).unwrap() else { panic!("no pack") };
    let shape: Vec<_> = pack.levels.iter().map(|each| (each.level.level.id.as_str(), each.solutions.len())).collect();
    assert_eq!((pack.title.as_str(), shape), ("Two levels", vec![("two-rooms", 1), ("small", 0)]));
    assert_eq!(pack.levels[0].proof, Some(Certificate::parse(&sample_text("1/certificate.ron")).unwrap()));
}

#[test]
fn every_kind_of_shared_thing_of_format_1_opens_as_code_and_as_file() {
    let opened = |name: &str| Shared::open(&sample(&format!("1/{name}"))).unwrap_or_else(|e| panic!("{name}: {e}"));
    for ending in ["code", "pipemaze"] {
        let Shared::Level(level) = opened(&format!("whole-level.{ending}")) else { panic!("no level") };
        assert_eq!((level.level.level.id.as_str(), level.solutions.len()), ("two-rooms", 1), "{ending}");
        assert!(level.proof.is_some_and(|proof| proof.claims_to_hold()), "{ending}");
        let Shared::Solution(solution) = opened(&format!("solution.{ending}")) else { panic!("no solution") };
        assert_eq!(solution.solution, Solution::parse(&sample_text("1/solution.ron")).unwrap(), "{ending}");
        let Shared::Replay(replay) = opened(&format!("replay.{ending}")) else { panic!("no replay") };
        assert_eq!(replay.replay, Replay::parse(&sample_text("2/replay.ron")).unwrap(), "{ending}");
        let Shared::Pack(pack) = opened(&format!("pack.{ending}")) else { panic!("no pack") };
        assert_eq!((pack.title.as_str(), pack.levels.len()), ("Two levels", 2), "{ending}");
    }
}

#[test]
fn levels_of_format_1_with_enemies_and_with_chaos_open() {
    for (name, pieces, enemies, faults) in [("chaos", 5, 0, 3), ("enemies", 2, 2, 0)] {
        let level = Level::parse(&sample_text(&format!("1/{name}.ron"))).unwrap_or_else(|e| panic!("{name}: {e}"));
        let arsenal = level.chaos.as_ref().map_or(0, |chaos| chaos.arsenal.len());
        assert_eq!((level.pieces.len(), level.enemies.len(), arsenal), (pieces, enemies, faults), "{name}");
        assert_eq!(Level::parse(&level.to_text()).as_ref(), Ok(&level), "{name}");
    }
}

#[test]
fn a_draft_that_was_kept_in_format_1_opens_with_its_past() {
    let mut draft = Draft::restore(Snapshot::parse(&sample_text("1/draft.ron")).unwrap()).unwrap();
    assert_eq!((draft.level().budget, draft.level().pieces.len()), (456, 3));
    assert!(draft.undo() && draft.undo() && !draft.can_undo());
    assert_eq!(draft.level().budget, 260);
    assert!(draft.redo() && draft.redo() && draft.redo() && !draft.can_redo(), "what was undone then is there, too");
    assert_eq!(draft.level().budget, 789);
}

/// A draft with two steps behind it, and one before it.
fn kept(level: &Level) -> Draft {
    let mut draft = Draft::open(level);
    for budget in [123, 456, 789] {
        draft.apply(&LevelEdit::Budget(budget)).expect("it is done");
    }
    draft.undo();
    draft
}

/// A run with a fork and a branch.
fn branched(level: &LevelText, solution: &Solution) -> Replay {
    let board = solution.board(&level.level).expect("the sample is sound");
    let mut timeline = Timeline::start(&level.level, &board, 7).expect("the sample is sound");
    let valve = |name: &str, shut| Edit::Valve { name: name.into(), shut };
    timeline.advance_to(Time::from_ms(3_000), &mut ());
    timeline.command(&valve("to-south", true), &mut ()).expect("the sample is sound");
    timeline.advance_to(Time::from_ms(6_000), &mut ());
    timeline.seek(Time::from_ms(1_500));
    let fork = timeline.fork(&valve("to-north", true), &mut ()).expect("the sample is sound").branch;
    assert!(timeline.rename(fork, "what if"));
    timeline.advance_to(Time::from_ms(4_000), &mut ());
    timeline.switch(BranchId::MAIN);
    timeline.seek(Time::from_ms(5_000));
    timeline.command(&valve("to-south", false), &mut ()).expect("the sample is sound");
    timeline.advance_to(Time::MAX, &mut ());
    Replay::of_timeline(&level.level, &level.text, &timeline).expect("the sample is sound")
}

#[test]
#[ignore = "writes the samples of a new version, and none that is there already"]
fn write_samples() {
    let write = |name: String, bytes: &[u8]| {
        let path = folder(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if !path.exists() {
            std::fs::write(path, bytes).unwrap();
        }
    };
    let newest = |name: &str| format!("{NEWEST}/{name}");
    let path = "3-flow-control/two-rooms";
    write("1/level.ron".into(), shelf::text(&format!("{path}.ron")).as_bytes());
    write("1/solution.ron".into(), shelf::text(&format!("{path}.solution.ron")).as_bytes());
    let (level, solution) = (level(), Solution::parse(&sample_text("1/solution.ron")).unwrap());
    let replay = branched(&level, &solution);
    write(newest("replay.ron"), replay.to_text().as_bytes());
    // As it is stored: one that is there already may be of earlier rules.
    let replay = Replay::parse(&sample_text(&newest("replay.ron"))).expect("the sample is sound");

    let mut shared = SharedLevel::from(level.clone());
    shared.solutions = vec![("solution".into(), solution.clone())];
    let mut prover = Prover::new(Arc::new(level.level.clone()), &shared.solutions, &[], 1, 4);
    while !prover.advance(1_000_000).unwrap() {}
    shared.proof = prover.certificate(&level.text);
    write("1/certificate.ron".into(), shared.proof.as_ref().unwrap().to_text().as_bytes());
    write("1/chaos.ron".into(), shelf::text("2-communication/blast-radius.ron").as_bytes());
    write("1/enemies.ron".into(), shelf::text("2-communication/retry-storm.ron").as_bytes());
    write("1/draft.ron".into(), kept(&level.level).snapshot().to_text(usize::MAX).as_bytes());
    let whole = Shared::Level(Box::new(shared.clone()));
    write("1/whole-level.code".into(), whole.to_code().unwrap().as_bytes());
    write("1/whole-level.pipemaze".into(), &whole.to_bytes().unwrap());
    let small = SharedLevel::from(LevelText::parse(shelf::SMALL).unwrap());
    let pack = Pack { title: "Two levels".into(), levels: vec![shared, small] };
    let pack = Shared::Pack(pack);
    write("1/pack.pipemaze".into(), &pack.to_bytes().unwrap());
    write("1/pack.code".into(), pack.to_code().unwrap().as_bytes());
    let alone = Shared::Level(Box::new(level.clone().into()));
    write("1/level.pipemaze".into(), &alone.to_bytes().unwrap());
    let named = SharedSolution { solution, level_hash: Some(level.hash()), level: None };
    let named = Shared::Solution(Box::new(named));
    write("1/solution.code".into(), named.to_code().unwrap().as_bytes());
    write("1/solution.pipemaze".into(), &named.to_bytes().unwrap());
    let with_level = SharedReplay { replay, level: Some(level) };
    let with_level = Shared::Replay(Box::new(with_level));
    write("1/replay.code".into(), with_level.to_code().unwrap().as_bytes());
    write("1/replay.pipemaze".into(), &with_level.to_bytes().unwrap());
}
