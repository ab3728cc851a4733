//! Drafts: edits and what undoes them, text and picture, snapshots.

mod shelf;

use pipe_maze_level::draft::Snapshot;
use pipe_maze_level::limits::ERRORS_MAX;
use pipe_maze_level::{Cell, Draft, Ground, Level, LevelEdit, Severity, Solution};

/// The files beside a level, solutions and decoys, without `.ron`.
fn beside(path: &str) -> Vec<String> {
    let (folder, id) = path.split_once('/').expect("levels lie in folders");
    let entries = std::fs::read_dir(shelf::folder().join(folder)).expect("the levels' folder is there");
    let names = entries.map(|entry| entry.expect("a folder can be read").file_name());
    let names = names.filter_map(|name| name.to_str().and_then(|name| name.strip_suffix(".ron")).map(str::to_owned));
    names.filter(|name| name.starts_with(&format!("{id}."))).map(|name| format!("{folder}/{name}")).collect()
}

#[test]
fn every_level_and_solution_of_the_campaign_survives_being_written() {
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        let written = level.to_text();
        assert_eq!(Level::parse(&written).as_ref(), Ok(&level), "{path}: {written}");
        assert!(written.lines().all(|line| line.contains('"') || line.chars().count() <= 120), "{path}: {written}");
        let files = beside(&path);
        assert!(!files.is_empty(), "{path}");
        for file in files {
            let solution = shelf::solution(&file);
            let written = solution.to_text();
            assert_eq!(Solution::parse(&written).as_ref(), Ok(&solution), "{file}: {written}");
        }
    }
}

#[test]
fn a_level_is_written_as_a_person_would() {
    let from = |text: &str| text[text.find("    map: [").expect("a map")..].to_owned();
    let text = shelf::text("3-flow-control/pipe-walker.ron");
    let plain = text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n"));
    assert_eq!(from(&shelf::level("3-flow-control/pipe-walker").to_text()), from(&plain.collect::<String>()));
    for path in ["3-flow-control/pipe-walker", "3-flow-control/the-slam", "2-communication/retry-storm"] {
        let solution = shelf::text(&format!("{path}.solution.ron"));
        let plain = solution.split_once('\n').expect("a comment comes first").1;
        assert_eq!(shelf::solution(&format!("{path}.solution")).to_text(), plain);
    }
}

#[test]
fn a_blank_draft_becomes_a_level_and_every_step_can_be_undone() {
    let mut draft = Draft::blank(24, 14);
    let blank = draft.clone();
    assert!(!draft.is_playable(), "nothing flows yet");
    let edits = [
        r#"Paint(cells: [(3, 2)], ground: Tunnel)"#,
        r#"Place(name: "spring", spec: Spring(rate_per_s: 10.0, timeout_ms: 2000), at: (3, 0))"#,
        r#"Place(name: "room", spec: MachineRoom(workers: 4, queue: 9, service_time: Constant(mean_ms: 20.0)), at: (10, 5))"#,
        r#"Start(LayPipe(name: "feed", cells: [(3, 2), (3, 3)]))"#,
        r#"Move(name: "spring", to: (4, 0))"#,
        r#"Rename(name: "room", to: "hall")"#,
        r#"Configure(name: "hall", setting: Number("workers", 6.0))"#,
        r#"Text(language: "en", key: "brief", text: Some("Join the spring to the hall."))"#,
    ];
    let mut before = vec![draft.clone()];
    for edit in edits {
        let edit: LevelEdit = ron_of(edit);
        draft.apply(&edit).unwrap_or_else(|e| panic!("{edit:?}: {e}"));
        assert_eq!(Draft::from_text(draft.text()).as_ref(), Ok(&draft), "{}", draft.text());
        before.push(draft.clone());
    }
    let errors: Vec<String> =
        draft.problems().iter().filter(|p| p.severity == Severity::Error).map(|p| p.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    assert_eq!(Level::parse(draft.text()).as_ref(), Ok(draft.level()));
    let done = before.pop().unwrap();
    while let Some(earlier) = before.pop() {
        assert!(draft.undo());
        assert_eq!(draft, earlier);
    }
    assert!(!draft.can_undo() && draft == blank);
    let kept = Draft::restore(Snapshot::parse(&draft.snapshot().to_text(usize::MAX)).unwrap()).unwrap();
    for mut draft in [draft, kept] {
        while draft.redo() {}
        assert_eq!(draft, done);
    }
}

#[test]
fn a_text_with_endless_mistakes_has_few_problems() {
    let text = shelf::text("3-flow-control/two-rooms.ron");
    let with = |from: &str, to: &str| {
        assert!(text.contains(from));
        Draft::from_text(&text.replacen(from, to, 1)).unwrap_or_else(|e| panic!("{e}"))
    };
    // Each of these would come with a fix that has all the others in it.
    let knobs = (0..20_000).map(|nth| format!("\"k{nth}\"")).collect::<Vec<_>>().join(",");
    let knobs = with("count: 1, price: 80", &format!("count: 1, price: 80, knobs: [{knobs}]"));
    let edits = vec!["RemovePipe(name: \"a\")"; 4_096].join(",");
    let start = with("    inventory:", &format!("    start: [{edits}],\n    inventory:"));
    let cells = vec!["(-9, 9)"; 20_000].join(",");
    let kind = "LatencyPiranhaPlant(delay: Exponential(mean_ms: 9.0))";
    let schedule = "Every(first_ms: 1000, every_ms: 3000, for_ms: 150)";
    let enemy = format!("(name: \"e\", kind: {kind}, cells: [{cells}], schedule: {schedule})");
    let enemies = with("    inventory:", &format!("    enemies: [{enemy}],\n    inventory:"));
    for (draft, what) in [(knobs, "knobs"), (start, "start"), (enemies, "enemies")] {
        let count = draft.problems().len();
        assert!((1..=ERRORS_MAX).contains(&count) && !draft.is_playable(), "{what}: {count}");
    }
}

#[test]
fn a_drag_is_one_step() {
    let mut draft = Draft::blank(10, 10);
    let paint = |column| LevelEdit::Paint { cells: vec![Cell::new(column, 5)], ground: Ground::Rock };
    draft.apply(&paint(1)).unwrap();
    draft.amend(&paint(2)).unwrap();
    draft.amend(&paint(3)).unwrap();
    assert_eq!(draft.done().len(), 1);
    assert!(draft.undo() && draft == Draft::blank(10, 10));
    assert!(draft.redo());
    assert!((1..=3).all(|column| draft.level().terrain.ground(Cell::new(column, 5)) == Ground::Rock));
}

#[test]
fn a_problem_is_shown_on_the_map_and_in_the_text() {
    let mut draft = Draft::open(&shelf::level("2-communication/retry-storm"));
    let edits = [
        r#"Paint(cells: [(14, 6), (9, 7)], ground: Rock)"#,
        r#"Text(language: "de", key: "won", text: Some(""))"#,
        r#"Par(Some(9999999))"#,
        r#"EnemyCells(name: "slammer", cells: [(16, 6), (60, 60)])"#,
        r#"AddObjective(Beaten(at_least: 7))"#,
    ];
    for edit in edits {
        draft.apply(&ron_of(edit)).unwrap_or_else(|e| panic!("{edit}: {e}"));
    }
    let line = |part: &str| {
        let problem = draft.problems().iter().find(|problem| problem.to_string().contains(part));
        let problem = problem.unwrap_or_else(|| panic!("{part} is not among {:#?}", draft.problems()));
        let (line, column) = draft.position(&problem.place).unwrap_or_else(|| panic!("{part} is not in the text"));
        let from: String = draft.text().lines().skip(line - 1).map(|line| format!("{line}\n")).collect();
        let words: String = from.chars().skip(column - 1).collect();
        (problem.cell, words.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "("))
    };
    let (cell, text) = line("is rock");
    assert!(cell == Some(Cell::new(14, 6)) && text.starts_with("(name: \"orders\""), "{text}");
    let (cell, text) = line("lies outside the map");
    assert!(cell == Some(Cell::new(60, 60)) && text.starts_with("(name: \"slammer\""), "{text}");
    for (part, begin) in [
        ("texts, de, won: is empty", "\"won\": \"\","),
        ("objectives[1]", "Beaten(at_least: 7),"),
        ("par: must be", "9999999,"),
    ] {
        let (cell, text) = line(part);
        assert!(cell.is_none() && text.starts_with(begin), "{part}: {text}");
    }
}

#[test]
fn warnings_are_about_what_would_spoil_the_play() {
    let warned = |edits: &[&str], part: &str| {
        let mut draft = Draft::open(&shelf::level("3-flow-control/two-rooms"));
        let told = |draft: &Draft| draft.problems().iter().any(|problem| problem.to_string().contains(part));
        assert!(!told(&draft), "{part} before");
        for edit in edits {
            draft.apply(&ron_of(edit)).unwrap_or_else(|e| panic!("{edit}: {e}"));
        }
        let problem = draft.problems().iter().find(|problem| problem.to_string().contains(part));
        let problem = problem.unwrap_or_else(|| panic!("{part} is not among {:#?}", draft.problems()));
        assert_eq!(problem.severity, Severity::Warning, "{problem}");
        assert!(draft.is_playable(), "{:#?}", draft.problems());
    };
    warned(&["Start(LayPipe(name: \"feed\", cells: [(3, 2), (3, 3)]))"], "pipe `feed`: has a loose end");
    let wall = "Paint(cells: [(2, 10), (3, 9), (3, 11)], ground: Rock)";
    warned(&[wall], "pieces, `south`: no tunnel leads here");
    warned(&["Paint(cells: [(3, 2)], ground: Rock)"], "pieces, `spring`: no pipe can leave it");
    warned(&["Par(Some(300))"], "par: is above the budget of 260 coins");
    warned(&["Par(Some(260))"], "par: is all of the budget");
    warned(&["Budget(20)", "Par(None)"], "budget: the shortest pipe costs");
    warned(&["Configure(name: \"spring\", setting: Number(\"rate\", 400.0))"], "nobody can win");
    warned(&["Configure(name: \"spring\", setting: Number(\"timeout\", 500.0))"], "give up after 500 ms");
    warned(&["Flow(duration_ms: 900, pace_ms_per_s: 100.0)"], "at normal speed it takes 9 s");
    warned(&["Text(language: \"en\", key: \"hint-1\", text: None)"], "no `hint-1`");
    let foe =
        "PlaceEnemy(name: \"foe\", kind: CircuitBreakerThwomp(), cells: [(1, 2)], schedule: At([(99000, 99500)]))";
    warned(&[foe], "enemies, `foe`: has nothing to strike");
    warned(&[foe], "enemies, `foe`: strikes only after the water has stopped");
}

fn ron_of<T: serde::de::DeserializeOwned>(text: &str) -> T {
    let options = ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES)
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}
