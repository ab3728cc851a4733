//! The laboratory as a program: what it prints, and the exit code that scripts rely on.

use pipe_maze_level::replay::Command as ReplayCommand;
use pipe_maze_level::{Edit, Level, Replay};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const LEVEL: &str = "3-flow-control/two-rooms";

fn lab(arguments: &[&str]) -> Output {
    let levels = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../levels");
    let program = env!("CARGO_BIN_EXE_pipe-maze-lab");
    Command::new(program).current_dir(levels).args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder of a test's own, with copies of the level's files of these endings.
fn folder(name: &str, endings: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    for ending in endings {
        let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../levels/{LEVEL}.{ending}"));
        std::fs::copy(from, folder.join(format!("two-rooms.{ending}"))).expect("a copy");
    }
    folder
}

#[test]
fn proving_the_levels_succeeds_and_prints_a_row_for_each_candidate() {
    let output = lab(&["verify", ".", "--seeds", "2"]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}{}", text(&output.stderr));
    for candidate in ["solution", "untouched", "decoy-one-room", "decoy-long-way"] {
        assert!(printed.contains(candidate), "{candidate} is missing in:\n{printed}");
    }
}

#[test]
fn a_decoy_that_wins_fails_the_proof() {
    let folder = folder("winning-decoy", &["ron", "solution.ron"]);
    std::fs::copy(folder.join("two-rooms.solution.ron"), folder.join("two-rooms.decoy-twin.ron")).expect("a copy");
    let output = lab(&["verify", &folder.to_string_lossy(), "--seeds", "2"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("decoy-twin wins 2 of 2 seeds and must lose all"));
}

#[test]
fn a_further_solution_must_win_too() {
    let folder = folder("losing-solution", &["ron", "solution.ron", "decoy-one-room.ron"]);
    let further = folder.join("two-rooms.solution-other.ron");
    std::fs::copy(folder.join("two-rooms.solution.ron"), &further).expect("a copy");
    let output = lab(&["verify", &folder.to_string_lossy(), "--seeds", "2"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("solution-other"));
    std::fs::copy(folder.join("two-rooms.decoy-one-room.ron"), &further).expect("a copy");
    let output = lab(&["verify", &folder.to_string_lossy(), "--seeds", "2"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("the solution-other wins only 0 of 2 seeds"), "{}", text(&output.stderr));
}

#[test]
fn a_level_without_solution_and_decoys_is_bad_input_and_both_are_named() {
    let folder = folder("alone", &["ron"]);
    let output = lab(&["verify", &folder.to_string_lossy()]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("has no solution") && told.contains("has no decoy"), "{told}");
}

#[test]
fn broken_files_are_bad_input_and_all_are_named() {
    let folder = folder("broken", &["ron", "solution.ron", "decoy-one-room.ron"]);
    std::fs::write(folder.join("two-rooms.solution.ron"), "(format: 1, level: 7, plan: [], flow: [])")
        .expect("written");
    std::fs::write(folder.join("other.ron"), "(format: 1").expect("written");
    std::fs::write(folder.join("two-rooms.decoy-one-room.ron"), [0xff, 0xfe]).expect("written");
    let output = lab(&["verify", &folder.to_string_lossy()]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    for place in ["other.ron: line 1", "solution.ron: line 1, column 20: level", "one-room.ron: is no UTF-8 text"] {
        assert!(told.contains(place), "{place} is missing in:\n{told}");
    }
}

/// Some editors put a mark before the text.
#[test]
fn a_level_may_begin_with_a_mark_that_says_it_is_utf8() {
    let folder = folder("marked", &["ron", "solution.ron"]);
    for ending in ["ron", "solution.ron"] {
        let path = folder.join(format!("two-rooms.{ending}"));
        let text = std::fs::read_to_string(&path).expect("read");
        std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    }
    let output = lab(&["digest", &folder.join("two-rooms.ron").to_string_lossy(), "--seeds", "4"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(output.stdout, lab(&["digest", &format!("{LEVEL}.ron"), "--seeds", "4"]).stdout);
}

#[test]
fn what_a_file_says_is_no_command_to_the_terminal() {
    let folder = folder("obeyed", &["ron"]);
    let path = folder.join("two-rooms.ron");
    let level = std::fs::read_to_string(&path).expect("read");
    std::fs::write(&path, level.replace("id: \"two-rooms\"", "id: \"two\u{1b}[2Jrooms\"")).expect("written");
    let output = lab(&["run", &path.to_string_lossy()]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("two [2Jrooms"), "{told:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told_and_a_reader_that_is_gone_is_not() {
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pipe-maze-lab"));
        let levels = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../levels");
        command.current_dir(levels).args(["digest", &format!("{LEVEL}.ron"), "--seeds", "1"]);
        command
    };
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it is always full");
    let output = command().stdout(full).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("the output cannot be written: "), "{}", text(&output.stderr));
    let mut child = command().stdout(std::process::Stdio::piped()).spawn().expect("the program starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn what_was_lost_to_an_enemy_is_laid_at_it_by_name() {
    let level = "2-communication/piranha-crossing";
    let run =
        ["run", &format!("{level}.ron"), "--solution", &format!("{level}.decoy-short-way.ron")].map(str::to_owned);
    let run: Vec<&str> = run.iter().map(String::as_str).collect();
    let report = text(&lab(&[&run[..], &["--json"]].concat()).stdout);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let losses = report["losses"].as_array().expect("a list");
    let bitten = losses.iter().find(|loss| loss["cause"] == "held up or destroyed by the hazard");
    assert_eq!(bitten.map(|loss| &loss["piece"]), Some(&"snapper".into()), "{report}");
    let printed = text(&lab(&run).stdout);
    assert!(printed.contains("held up or destroyed by the hazard `snapper`"), "{printed}");
}

#[test]
fn a_wrong_command_line_is_bad_input() {
    for arguments in [&["verify"][..], &["verify", "no-such-folder"], &["run", "nothing.ron"], &["juggle"]] {
        assert_eq!(lab(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn run_and_digest_agree() {
    let level = format!("{LEVEL}.ron");
    let digests = text(&lab(&["digest", &level, "--seeds", "4,9"]).stdout);
    let lines: Vec<&str> = digests.lines().collect();
    assert_eq!(lines.len(), 2, "{digests}");
    let report = text(&lab(&["run", &level, "--seed", "9", "--json"]).stdout);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(Some(lines[1]), report["digest"].as_str().map(|digest| format!("9 {digest}")).as_deref());
    assert_eq!(report["won"], true);
    let printed = text(&lab(&["run", &level, "--seed", "9"]).stdout);
    assert!(printed.contains("won") && printed.contains(&lines[1][2..]), "{printed}");
}

#[test]
fn the_speed_is_measured_in_every_case() {
    let output = lab(&["bench", "--requests", "1000", "--repetitions", "2", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let cases = value["cases"].as_array().expect("a list of cases");
    assert!(cases.len() >= 14, "{value}");
    for case in cases.iter().chain([&value["ns_per_request"]]) {
        let figure = |name: &str| case[name].as_f64().unwrap_or_default();
        assert!(figure("min") > 0.0 && figure("min") <= figure("median"), "{case}");
    }
    assert_eq!(cases[0]["unit"], "ns per request");
    assert_eq!(cases[0]["median"], value["ns_per_request"]["median"]);
}

#[test]
fn the_worst_requests_are_exported_in_each_format() {
    let level = format!("{LEVEL}.ron");
    for (format, key) in [("jaeger", "data"), ("otlp", "resourceSpans"), ("chrome", "traceEvents")] {
        let output = lab(&["trace", &level, "--limit", "3", "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(value[key].as_array().is_some_and(|list| list.len() >= 2), "{value}");
        let printed = text(&output.stdout);
        assert!(printed.contains("spring") && printed.contains("south"), "pieces have their names: {printed}");
    }
}

#[test]
fn a_recorded_run_is_verified_and_a_forged_one_is_not() {
    let folder = folder("replays", &["ron", "solution.ron"]);
    let record = lab(&["replay", "record", &format!("{LEVEL}.ron"), "--seed", "4"]);
    assert_eq!(record.status.code(), Some(0), "{}", text(&record.stderr));
    let replay = text(&record.stdout);
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path.to_string_lossy().into_owned()
    };
    let good = write("good.replay", &replay);
    let output = lab(&["replay", "verify", &good, "--levels", "."]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}{}", text(&output.stderr));
    let digest = text(&lab(&["digest", &format!("{LEVEL}.ron"), "--seeds", "4"]).stdout);
    assert!(
        printed.contains("verified") && printed.contains("won") && printed.contains(digest[2..].trim()),
        "{printed}"
    );

    let forged = write("forged.replay", &replay.replace("seed: 4", "seed: 5"));
    let old = write("old.replay", &replay.replace("rules: ", "rules: 9"));
    let output = lab(&["replay", "verify", &good, &old, &forged, "--levels", ".", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("forged.replay: states the digest"), "{}", text(&output.stderr));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let checks: Vec<&str> = (0..3).filter_map(|nth| value["replays"][nth]["check"].as_str()).collect();
    assert_eq!(checks, ["verified", "other rules", "differs"]);

    // The digest is that of the run; the time at which the order took effect is not.
    let level = Level::parse(&std::fs::read_to_string(folder.join("two-rooms.ron")).expect("read")).expect("a level");
    let mut hasty = Replay::parse(&replay).expect("the lab writes replays");
    let edit = Edit::Valve { name: "to-south".into(), shut: true };
    let order = ReplayCommand { given_ns: Some(2_000_000_000), at_ns: 2_000_000_000, recalled_ns: None, edit };
    hasty.branches[0].commands = vec![order];
    hasty.digest = hasty.play(&level).expect("it can be played").digest().to_string();
    let hasty = write("hasty.replay", &hasty.to_text());
    let output = lab(&["replay", "verify", &hasty, "--levels", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("took effect at another time than it does"), "{}", text(&output.stderr));

    let other = write(
        "two-rooms.ron",
        &std::fs::read_to_string(folder.join("two-rooms.ron")).expect("read").replace("\n    budget", "\n\n    budget"),
    );
    let output = lab(&["replay", "verify", &good, "--levels", &other]);
    assert!(text(&output.stdout).contains("recomputed (other level)"), "{}", text(&output.stdout));
    let broken = write("broken.replay", &replay.replace("seed: 4", "seed: \"x\""));
    let unknown = write("unknown.replay", &replay.replace("two-rooms", "no-rooms"));
    let output = lab(&["replay", "verify", &broken, &unknown, "--levels", "."]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("broken.replay: line") && told.contains("no level `no-rooms` is known"), "{told}");
}
