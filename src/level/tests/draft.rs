//! Drafts: edits and what undoes them, text and picture, snapshots.

mod shelf;

use pipe_maze_level::draft::Snapshot;
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

fn ron_of<T: serde::de::DeserializeOwned>(text: &str) -> T {
    let options = ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES)
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}
