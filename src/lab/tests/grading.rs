//! Grading a class: a row for each submission, good or bad, and figures that are computed and never taken from it.

use pipe_maze_level::share::{LevelText, SharedReplay};
use pipe_maze_level::{Replay, Shared};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const LEVEL: &str = "3-flow-control/two-rooms.ron";

fn lab(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_pipe-maze-lab");
    Command::new(program).current_dir(levels()).args(arguments).output().expect("the program starts")
}

fn levels() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../levels")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A replay of a solution or decoy, as text.
fn replay(ending: &str, seed: &str) -> String {
    let solution = LEVEL.replace(".ron", &format!(".{ending}.ron"));
    let output = lab(&["replay", "record", LEVEL, "--solution", &solution, "--seed", seed]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn shared(replay: &str) -> Shared {
    let replay = Replay::parse(replay).expect("the lab writes replays");
    Shared::Replay(Box::new(SharedReplay { replay, level: None }))
}

/// A class's folder: an answer of each kind.
fn class(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("written");
    let (good, weak) = (replay("solution", "4"), replay("decoy-one-room", "4"));
    write("ada.pipemaze", &shared(&good).to_bytes().expect("small"));
    write("bob.ron", weak.as_bytes());
    let link = pipe_maze_level::share::link("https://pipe-maze.example/", &shared(&good).to_code().expect("small"));
    write("cyd & <b>co<b>.txt", format!("My answer: {link}\n").as_bytes());
    write("dan.ron", good.replace("seed: 4", "seed: 5").as_bytes());
    write("eve.ron", good.replace("rules: ", "rules: 9").as_bytes());
    write("=fay.pipemaze", &shared(&good).to_bytes().expect("small")[..60]);
    write("gus.ron", good.replace("two-rooms", "no-rooms").as_bytes());
    write("hal.ron", &std::fs::read(levels().join(LEVEL)).expect("the level"));
    write("ian.png", &[0x89, b'P', b'N', b'G']);
    let level = std::fs::read_to_string(levels().join(LEVEL)).expect("the level").replace("0.95", "0.1");
    let easier = LevelText::parse(level).expect("a level");
    let hash = easier.hash();
    let mut own = Replay::parse(&weak).expect("a replay");
    own.level_hash = hash;
    let own = Shared::Replay(Box::new(SharedReplay { replay: own, level: Some(easier) }));
    write("jon.pipemaze", &own.to_bytes().expect("small"));
    write(".hidden", b"x");
    folder
}

#[test]
fn a_class_is_graded_and_bad_files_are_rows() {
    let folder = class("class");
    let (csv, html) = (folder.join("../class.csv"), folder.join("../class.html"));
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let output = lab(&["grade", LEVEL, &path(&folder), "--seeds", "4", "--csv", &path(&csv), "--html", &path(&html)]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}{}", text(&output.stderr));
    let row = |who: &str| {
        printed
            .lines()
            .map(str::trim_start)
            .find(|line| line.starts_with(who))
            .unwrap_or_else(|| panic!("{who}\n{printed}"))
    };
    for (who, expected) in [
        ("ada", &["verified", "won", "4/4", "%", "ms"][..]),
        ("bob", &["verified", "lost", "0/3", "0/4"][..]),
        ("cyd", &["verified", "won"][..]),
        ("dan", &["differs", "0/3"][..]),
        ("eve", &["recomputed (other rules)", "won"][..]),
        ("=fay", &["unreadable", "copy or download it again"][..]),
        ("gus", &["unreadable", "a replay of the level `no-rooms`"][..]),
        ("hal", &["unreadable", "is a level, not a replay"][..]),
        ("ian", &["unreadable", "choose another file"][..]),
        ("jon", &["recomputed (other level)", "lost"][..]),
    ] {
        expected.iter().for_each(|words| assert!(row(who).contains(words), "{words} in {}", row(who)));
    }
    assert_eq!(printed.lines().count(), 11, "{printed}");
    let digest = text(&lab(&["digest", LEVEL, "--seeds", "4"]).stdout);
    assert!(row("ada").contains(digest[2..].trim()), "the digest is that of every other build: {digest}");

    let csv = std::fs::read_to_string(csv).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((lines.len(), lines[0].split(',').count()), (11, 18));
    assert!(lines[1].starts_with("'=fay,unreadable,"), "no formula: {}", lines[1]);
    assert!(lines.iter().any(|line| line.starts_with("ada,verified,") && line.contains(",won,")), "{csv}");

    let html = std::fs::read_to_string(html).unwrap();
    assert!(html.contains("cyd &amp; &lt;b&gt;co&lt;b&gt;") && !html.contains("<b>co"), "names are shown as text");
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("<script"), "whole in itself");
    let rows: Vec<&str> = html.split("<tr>").skip(1).collect();
    let cells = |row: &str| row.matches("<th").count() + row.matches("<td").count();
    let spans = rows.iter().filter(|row| row.contains("colspan=\"12\"")).map(|row| cells(row) + 11);
    let whole =
        rows.iter().filter(|row| !row.contains("colspan")).map(|row| cells(row) - row.matches("<thead").count());
    assert!(rows.len() == 11 && whole.chain(spans).all(|count| count == 13), "each row fills the table: {html}");
    assert_eq!(html.matches("<circle").count(), 3, "the runs that were won are discs");
    assert!(html.contains("Two Machine Rooms") && html.contains("good &gt;= 95 %"), "{html}");
}

/// Where nothing costs anything and there is no par, nobody is below it.
#[test]
fn a_level_without_par_has_two_stars_whatever_a_build_costs() {
    let folder = class("free");
    let level = std::fs::read_to_string(levels().join(LEVEL)).expect("the level");
    let free = level
        .replace("par: 170,", "")
        .replace("price: 80", "price: 0")
        .replace("price_per_cell: 5", "price_per_cell: 0");
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    std::fs::write(path("two-rooms.ron"), free).expect("written");
    let solution = LEVEL.replace(".ron", ".solution.ron");
    let record = lab(&["replay", "record", &path("two-rooms.ron"), "--solution", &solution, "--seed", "4"]);
    std::fs::write(path("kim.ron"), &record.stdout).expect("written");
    let output = lab(&["grade", &path("two-rooms.ron"), &path("kim.ron"), "--seeds", "2", "--html", &path("kim.html")]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}{}", text(&output.stderr));
    assert!(printed.contains("2/2") && printed.contains("verified"), "{printed}");
}

#[test]
fn codes_and_packs_are_understood_on_the_command_line() {
    let folder = class("codes");
    let code = shared(&replay("solution", "9")).to_code().expect("small");
    let level = LevelText::parse(std::fs::read_to_string(levels().join(LEVEL)).expect("the level")).expect("a level");
    let pack = pipe_maze_level::share::Pack { title: "Class".into(), levels: vec![level.into()] };
    let pack_path = folder.join("../pack.pipemaze");
    std::fs::write(&pack_path, Shared::Pack(pack).to_bytes().expect("small")).expect("written");
    let pack = pack_path.to_string_lossy();
    let output = lab(&["grade", &pack, &code, "pm2-abc", "no-such-file.ron", "--seeds", "1"]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}{}", text(&output.stderr));
    let lines: Vec<&str> = printed.lines().map(str::trim_start).collect();
    assert!(lines[1].starts_with("code 1") && lines[1].contains("verified"), "{printed}");
    assert!(lines[2].starts_with("code 2") && lines[2].contains("newer version of the game"), "{printed}");
    assert!(lines[3].starts_with("no-such-file") && lines[3].contains("cannot be read"), "{printed}");
}

#[test]
fn a_class_without_answers_is_bad_input_and_one_without_a_place_for_its_page_is_shown() {
    let folder = class("shown");
    let empty = folder.join("empty");
    std::fs::create_dir(&empty).expect("a folder for the test");
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let output = lab(&["grade", LEVEL, &path(&empty)]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("nothing was handed in"), "{}", text(&output.stderr));
    let (csv, html) = (path(&empty), path(&empty.join("class.html")));
    let output = lab(&["grade", LEVEL, &path(&folder.join("bob.ron")), "--seeds", "1", "--csv", &csv, "--html", &html]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("bob"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("empty: cannot be written") && Path::new(&html).is_file());
}

#[test]
fn a_bad_level_is_bad_input() {
    for level in ["no-such-level.ron", "campaign.ron", "pm1-AAAA"] {
        let output = lab(&["grade", level, "x.ron"]);
        assert_eq!(output.status.code(), Some(2), "{level}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains(level), "{}", text(&output.stderr));
    }
}
