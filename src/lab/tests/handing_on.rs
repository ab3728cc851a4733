//! A level on its way, natively and through files alone: made from an empty map, proved, written into a file, opened by
//! someone else, won by them, and their run graded.
#![expect(clippy::unwrap_used, reason = "all of this file is test code")]

use pipe_maze_level::draft::{Draft, LevelEdit};
use pipe_maze_level::share::{LevelText, SharedLevel, SharedReplay};
use pipe_maze_level::{Certificate, Prover, Replay, Shared, Solution, Timeline, Verdict};
use pipe_maze_sim::Time;
use ron::extensions::Extensions;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

const EDITS: [&str; 4] = [
    r#"Paint(cells: [(3, 2)], ground: Tunnel)"#,
    r#"Place(name: "spring", spec: Spring(rate_per_s: 10.0, timeout_ms: 2000), at: (3, 0))"#,
    r#"Place(name: "room", spec: MachineRoom(workers: 4, queue: 9, service_time: Constant(mean_ms: 20.0)), at: (10, 6))"#,
    r#"Text(language: "en", key: "brief", text: Some("Join the spring to the room."))"#,
];
const SOLUTION: &str = r#"(format: 1, level: "untitled", plan: [
    LayPipe(name: "way", cells: [(3, 2), (3, 3), (3, 4), (3, 5), (3, 6), (3, 7), (3, 8), (4, 8), (5, 8), (6, 8), (7, 8), (8, 8), (9, 8)]),
], flow: [])"#;

/// An author makes the level, proves it, and writes it into a file with what proves it.
fn make(file: &Path) {
    let mut draft = Draft::blank(16, 12);
    for edit in EDITS {
        let options = ron::Options::default().with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES);
        let edit: LevelEdit = options.from_str(edit).unwrap();
        draft.apply(&edit).unwrap();
    }
    assert!(draft.is_playable(), "{:?}", draft.problems());
    let level = LevelText::parse(draft.text()).unwrap();
    let solutions = [("solution".to_owned(), Solution::parse(SOLUTION).unwrap())];
    let mut prover = Prover::new(Arc::new(level.level.clone()), &solutions, &[], 1, 8);
    assert!(prover.advance(u64::MAX).unwrap());
    assert!(prover.proof().unwrap().holds(), "{:?}", prover.rows());
    let proof = prover.certificate(&level.text);
    let shared = SharedLevel { level, solutions: solutions.to_vec(), decoys: Vec::new(), proof };
    fs::write(file, Shared::Level(Box::new(shared)).to_bytes().unwrap()).unwrap();
}

/// Someone else opens the file, computes its proof again, wins, and writes the run into a file. Gives the digest.
fn win(file: &Path, replay: &Path) -> String {
    let Shared::Level(shared) = Shared::open(&fs::read(file).unwrap()).unwrap() else { panic!("no level") };
    let level = shared.level;
    let certificate: Certificate = shared.proof.unwrap();
    let mut again = certificate.prover(Arc::new(level.level.clone()));
    again.advance(u64::MAX).unwrap();
    assert_eq!(certificate.check(&level.text, &again.proof().unwrap()), pipe_maze_level::replay::Check::Verified);

    let board = Solution::parse(SOLUTION).unwrap().board(&level.level).unwrap();
    let mut timeline = Timeline::start(&level.level, &board, 77).unwrap();
    timeline.advance_to(Time::MAX, &mut ());
    assert_eq!(timeline.play().verdict(), Some(Verdict::Won));
    let run = Replay::of_timeline(&level.level, &level.text, &timeline).unwrap();
    let shared = SharedReplay { replay: run, level: Some(level) };
    fs::write(replay, Shared::Replay(Box::new(shared)).to_bytes().unwrap()).unwrap();
    timeline.play().digest().to_string()
}

#[test]
fn a_level_is_made_proved_handed_on_won_and_graded_through_files() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("handing-on");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (file, replay) = (folder.join("untitled.pipemaze"), folder.join("ada.pipemaze"));
    make(&file);
    let digest = win(&file, &replay);

    // The teacher has the level as a file of text.
    let Shared::Level(shared) = Shared::open(&fs::read(&file).unwrap()).unwrap() else { panic!("no level") };
    fs::write(folder.join("untitled.ron"), &shared.level.text).unwrap();
    let lab = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_pipe-maze-lab");
        let output = Command::new(program).current_dir(&folder).args(arguments).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
        printed
    };
    let graded = lab(&["grade", "untitled.ron", "ada.pipemaze", "--seeds", "4"]);
    assert!(["ada", "verified", "won", "4/4"].iter().all(|word| graded.contains(word)), "{graded}");
    let Shared::Replay(run) = Shared::open(&fs::read(&replay).unwrap()).unwrap() else { panic!("no replay") };
    assert_eq!(run.replay.digest, digest);
    fs::write(folder.join("ada.ron"), run.replay.to_text()).unwrap();
    let checked = lab(&["replay", "verify", "ada.ron", "--levels", "untitled.ron", "--json"]);
    assert!(checked.contains(&digest), "{checked}");
}
