//! Files from strangers: an error for each bad one, with every problem in its place, and never a panic.

mod mutation;
mod shelf;

use mutation::mutated;
use pipe_maze_level::limits::{ERRORS_MAX, FILE_BYTES_MAX};
use pipe_maze_level::{Board, Campaign, Level, ParseErrors, Play, Solution};
use proptest::prelude::*;

const LEVEL: &str = include_str!("../../../levels/3-flow-control/two-rooms.ron");
const SOLUTION: &str = include_str!("../../../levels/3-flow-control/two-rooms.solution.ron");
/// Events that a mutated level which still parses may take.
const STEPS_MAX: u32 = 2_000;

fn fuzzed(text: &str) -> Result<(), TestCaseError> {
    let solution = Solution::parse(text);
    let level = Level::parse(text);
    let _ = Campaign::parse(text);
    let is_told = |errors: &ParseErrors| !errors.0.is_empty() && errors.0.iter().all(|e| !e.message.is_empty());
    prop_assert!(level.as_ref().err().is_none_or(is_told), "an error says what is wrong");
    prop_assert!(solution.as_ref().err().is_none_or(is_told), "an error says what is wrong");
    if let Ok(level) = &level {
        play_shortly(level, &Solution::parse(SOLUTION).expect("the solution is sound"));
    }
    if let Ok(solution) = &solution {
        play_shortly(&Level::parse(LEVEL).expect("the level is sound"), solution);
    }
    Ok(())
}

/// Builds what can be built and lets it flow for a bounded number of events.
fn play_shortly(level: &Level, solution: &Solution) {
    let mut board = Board::new(level);
    for edit in solution.plan.iter().take(500) {
        let _ = board.apply(edit);
    }
    let Ok(mut play) = Play::start(level, &board, 1) else { return };
    let mut steps = solution.flow.iter().peekable();
    for _ in 0..STEPS_MAX {
        while let Some(step) = steps.next_if(|step| step.at_ms <= play.simulation().now().as_ns() / 1_000_000) {
            let _ = play.command(&step.edit);
        }
        if !play.step(&mut ()) {
            break;
        }
    }
    let _ = (play.report(), play.digest(), play.verdict());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn mutated_levels_never_panic(text in mutated(LEVEL)) {
        fuzzed(&text)?;
    }

    #[test]
    fn mutated_solutions_never_panic(text in mutated(SOLUTION)) {
        fuzzed(&text)?;
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        fuzzed(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn numbers_put_to_extremes_never_panic(text in mutation::extreme(LEVEL)) {
        fuzzed(&text)?;
    }
}

#[test]
fn every_truncation_is_an_error() {
    let end = LEVEL.trim_end().len();
    for cut in (0..end).filter(|&cut| LEVEL.is_char_boundary(cut)).step_by(7).chain([end - 1]) {
        assert!(Level::parse(&LEVEL[..cut]).is_err(), "cut at byte {cut}");
    }
}

#[test]
fn an_oversized_file_is_refused_by_its_size() {
    let text = format!("{LEVEL}{}", " ".repeat(FILE_BYTES_MAX));
    let errors = Level::parse(&text).unwrap_err().0;
    assert_eq!((errors.len(), errors[0].place.as_str()), (1, "file"));
    assert!(errors[0].message.contains("at most 262144"), "{}", errors[0]);
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{1:", "}"), ("Some(", ")"), ("/*", "*/"), ("a(b:", ")")] {
        for count in [30, 1_000, FILE_BYTES_MAX / (open.len() + close.len()) - 100] {
            let deep = format!("{}{}", open.repeat(count), close.repeat(count));
            for text in [deep.clone(), format!("(format: 1, id: {deep})"), open.repeat(count)] {
                assert!(Level::parse(&text).is_err());
                assert!(Solution::parse(&text).is_err());
            }
            let plan = format!(r#"(format: 1, level: "two-rooms", flow: [], plan: [{deep}])"#);
            assert!(Solution::parse(&plan).is_err() || open == "/*");
        }
    }
}

#[test]
fn too_many_of_anything_is_refused() {
    let many = |count: usize, what: &str| vec![what; count].join(", ");
    let rows = LEVEL.replace("    map: [", &format!("    map: [{},", many(64, "\"#\"")));
    let pieces = LEVEL.replace("    pieces: [", &format!("    pieces: [{},", many(257, "7")));
    for (text, place) in [(rows, "map"), (pieces, "pieces")] {
        let errors = Level::parse(&text).unwrap_err().0;
        assert!(errors.iter().any(|e| e.place == place), "{place}: {errors:#?}");
    }
    let plan = format!("(format: 1, level: \"a\", flow: [], plan: [{}])", many(4_097, "RemovePipe(name: \"p\")"));
    let errors = Solution::parse(&plan).unwrap_err().0;
    assert_eq!(errors[0].to_string(), "line 1, column 41: plan: 4097 entries: at most 4096");
}

#[test]
fn edits_within_batches_count() {
    let plan = |batches: usize, edits: usize| {
        let batch = format!("Batch([{}])", vec!["Batch([])"; edits].join(","));
        format!("(format: 1, level: \"a\", flow: [], plan: [{}])", vec![batch; batches].join(","))
    };
    assert_eq!(Solution::parse(&plan(64, 63)).map(|solution| solution.plan.len()), Ok(64));
    let errors = Solution::parse(&plan(64, 64)).unwrap_err().0;
    assert_eq!(errors[0].to_string(), "plan: 4160 edits, with those in batches: at most 4096");
    let start = format!("start: [{}],\n    inventory:", vec!["Batch([Batch([])])"; 2_049].join(","));
    let errors = Level::parse(&LEVEL.replacen("inventory:", &start, 1)).unwrap_err().0;
    assert!(errors.iter().any(|e| e.place == "start" && e.message.starts_with("4098 edits")), "{errors:#?}");
}

#[test]
fn of_very_many_problems_only_the_first_are_told() {
    let sections: String = (0..30_000).map(|nth| format!("s{nth}:1,")).collect();
    let broken = format!("(format: 1, level: \"a\", flow: [], plan: [{}])", vec!["7"; 4_000].join(","));
    for text in [format!("(format:1,{sections})"), broken] {
        let level = Level::parse(&text).unwrap_err().0;
        let solution = Solution::parse(&text).unwrap_err().0;
        let most = if level.len() > solution.len() { level } else { solution };
        assert_eq!(most.len(), ERRORS_MAX + 1, "{}", &text[..40]);
        assert_eq!(most[ERRORS_MAX].to_string(), "file: there are more problems: mend these first");
    }
}

#[test]
fn several_problems_in_sections_are_all_reported_with_line_and_column() {
    let text = LEVEL
        .replace("section: 3", "section: \"three\"")
        .replace("budget: 260", "budget: -4")
        .replace(
            "workers: 6, queue: 30, service_time: Exponential(mean_ms: 100.0))),\n        (name: \"south\"",
            "workers: 6, queue: 30, service_time: Eternal)),\n        (name: \"south\"",
        )
        .replace("count: 1, price: 80", "count: 1")
        .replace("duration_ms: 12000", "duration_ms: 12000, colour: 3")
        .replace("    flow:", "    weather: \"fine\",\n    flow:");
    let errors = Level::parse(&text).unwrap_err().0;
    let expected = [
        ("section", "section: \"three\""),
        ("pieces[1]", "Eternal"),
        ("inventory[0]", "count: 1)"),
        ("budget", "-4"),
        ("flow", "colour"),
        ("weather", "\"fine\""),
    ];
    assert_eq!(errors.iter().map(|e| e.place.as_str()).collect::<Vec<_>>(), expected.map(|(place, _)| place));
    for (error, (place, mark)) in errors.iter().zip(expected) {
        let (line, column) = error.position.unwrap_or_else(|| panic!("{place} has no position"));
        let there = text.lines().nth(line - 1).unwrap_or_default();
        assert!(there.contains(mark), "{place}: line {line} is {there:?}, expected {mark:?}");
        assert!((1..=there.chars().count() + 1).contains(&column), "{place}: column {column}");
    }
}

#[test]
fn several_problems_of_the_whole_are_all_reported_with_a_remedy() {
    let text = LEVEL
        .replace("id: \"two-rooms\"", "id: \"Two Rooms\"")
        .replace("section: 3", "section: 9")
        .replace("name: \"south\", at: (4, 8)", "name: \"north\", at: (4, 9)")
        .replace("rate_per_s: 80.0", "rate_per_s: -1.0")
        .replace("kind: WarpPipe", "kind: Spring")
        .replace("propagation_ms_per_cell: 20.0", "propagation_ms_per_cell: inf")
        .replace("at_least: 0.95", "at_least: 1.5")
        .replace("at_most_ms: 1300.0", "at_most_ms: NaN");
    let errors = Level::parse(&text).unwrap_err().0;
    let expected = [
        ("id", "use 1 to 32 characters"),
        ("section", "from 1 to 5"),
        ("pieces, `spring`", "rate_per_s must be from 0"),
        ("pieces, `north`", "change one of them"),
        ("pieces, `north`", "column 4, row 12 is rock: carve it out"),
        ("inventory, spring", "Springs belong to `pieces`"),
        ("pipes, propagation_ms_per_cell", "from 0 to 60,000"),
        ("objectives[0]", "at_least must be above 0 and at most 1"),
        ("objectives[1]", "at_most_ms must be above 0"),
    ];
    for (place, remedy) in expected {
        let found = errors.iter().any(|e| e.place == place && e.message.contains(remedy));
        assert!(found, "{place}: {remedy} is not among {errors:#?}");
    }
}

#[test]
fn of_a_map_without_any_ground_only_the_first_problems_are_told() {
    let (before, after) = (LEVEL.find("map: [").unwrap(), LEVEL.find("pieces: [").unwrap());
    let rows: Vec<String> = vec![format!("\"{}\"", "?".repeat(64)); 64];
    let map = format!("map: [{}],\n    ", rows.join(", "));
    let text = format!("{}{map}{}", &LEVEL[..before], &LEVEL[after..]);
    let errors = Level::parse(&text).unwrap_err();
    assert_eq!(errors.0.len(), ERRORS_MAX + 1, "{errors}");
    // Of a file with so many problems that no more are told, the map is none all the same.
    let twice = "id: \"x\", ".repeat(ERRORS_MAX + 5);
    let ragged = text.replacen("(\n", &format!("(\n{twice}"), 1).replacen("\"????", "\"?", 1);
    assert_eq!(Level::parse(&ragged).unwrap_err().0.len(), ERRORS_MAX + 1);
}

#[test]
fn problems_of_a_map_name_their_cells() {
    let text = LEVEL
        .replace("\"#.#....#.......#\"", "\"#.#..x.#.....?.#\"")
        .replace("\"#......##......#\"", "\"#......##......\"");
    let errors = Level::parse(&text).unwrap_err().0;
    let places: Vec<_> = errors.iter().map(|e| e.place.as_str()).collect();
    assert_eq!(places, ["map, row 3", "map, column 5, row 5", "map, column 13, row 5"], "{errors:#?}");
}

#[test]
fn another_format_is_refused_by_its_number() {
    let errors = Level::parse(&LEVEL.replace("format: 1", "format: 2")).unwrap_err().0;
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].to_string(), "format: 2 is not known here: this program reads format 1");
}
