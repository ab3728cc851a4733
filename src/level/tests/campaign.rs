//! The campaign holds: every level is proved, and its reference solution gives the golden digests.

mod shelf;

use pipe_maze_level::{Campaign, KindSpec, Play, Solution, Verdict, proof};
use pipe_maze_sim::{Outcome, Time};
use serde::Deserialize;
use std::collections::BTreeMap;

const SEEDS: u64 = 32;

#[test]
fn every_level_is_won_by_its_solution_and_lost_by_each_decoy_on_every_seed() {
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        assert_eq!(level.id, name, "a level is called as its file is");
        let (solutions, decoys) =
            (beside(folder, &format!("{name}.solution")), beside(folder, &format!("{name}.decoy-")));
        assert!(!solutions.is_empty() && !decoys.is_empty(), "{path} lacks a solution or a decoy");
        let proof = proof::verify(&level, &solutions, &decoys, 1, SEEDS).unwrap();
        assert_eq!(proof.rows.len(), solutions.len() + decoys.len() + 1, "the untouched board is a decoy, too");
        for row in proof.rows {
            assert!(row.holds(), "{path}: {} won {} of {} seeds", row.name, row.won, row.seeds);
            assert!(row.margin() >= 0.1, "{path}: {} has a margin of only {:.0} %", row.name, row.margin() * 100.0);
        }
    }
}

/// The solutions or decoys whose files' names begin like this, in order of name.
fn beside(folder: &str, prefix: &str) -> Vec<(String, Solution)> {
    let mut names: Vec<String> = std::fs::read_dir(shelf::folder().join(folder))
        .expect("the levels' folder is there")
        .map(|entry| entry.expect("a folder can be read").file_name().into_string().expect("names are text"))
        .filter(|file| file.starts_with(prefix))
        .map(|file| file.trim_end_matches(".ron").to_owned())
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), shelf::solution(&format!("{folder}/{name}")))).collect()
}

#[test]
fn the_long_way_loses_by_latency_and_not_by_cost() {
    let level = shelf::level("3-flow-control/two-rooms");
    let decoy = shelf::solution("3-flow-control/two-rooms.decoy-long-way");
    let play = Play::run(&level, &decoy, 1).unwrap();
    let standings = play.report().standings;
    assert_eq!(play.verdict(), Some(Verdict::Lost));
    assert!(!standings[0].met && standings[2].met, "{standings:#?}");
}

/// These builds that lie beside a level, played with one seed.
fn played(path: &str, names: &[&str]) -> Vec<Play> {
    let level = shelf::level(path);
    names
        .iter()
        .map(|name| {
            Play::run(&level, &shelf::solution(&format!("{path}.{name}")), 1).expect("a solution can be played")
        })
        .collect()
}

#[test]
fn the_piranhas_short_way_is_faster_as_a_rule_and_slower_at_worst() {
    let plays = played("2-communication/piranha-crossing", &["decoy-short-way", "solution"]);
    let latency = |play: &Play, share| play.judge().latency_ns(share).unwrap();
    assert!(latency(&plays[0], 0.5) < latency(&plays[1], 0.5));
    assert!(latency(&plays[0], 0.99) > latency(&plays[1], 0.99));
}

#[test]
fn the_great_hall_turns_nobody_away_and_the_counter_does() {
    let plays = played("2-communication/impatient-queue", &["decoy-great-hall", "solution"]);
    let queues = plays[0].board().pieces().iter().filter_map(|piece| match &piece.spec {
        KindSpec::MachineRoom(room) => Some((piece.name.as_str(), room.queue)),
        _ => None,
    });
    assert_eq!(queues.collect::<Vec<_>>(), [("counter", 14), ("hall", 300)], "as the brief says");
    let rejected = |play: &Play| -> u64 {
        let losses = play.report().losses;
        losses.iter().filter(|loss| loss.outcome == Outcome::Rejected).map(|loss| loss.count).sum()
    };
    assert!(rejected(&plays[0]) == 0 && rejected(&plays[1]) > 0);
}

#[test]
fn a_retry_storm_outlives_the_blow() {
    let level = shelf::level("2-communication/retry-storm");
    let nothing = Solution::nothing(&level);
    let mut play = Play::start(&level, &nothing.board(&level).unwrap(), 1).unwrap();
    let mut good_between = |from_ms: u64, to_ms: u64| {
        play.advance_to(Time::from_ms(from_ms), &mut ());
        let (good, issued) = (play.report().good, play.report().issued);
        play.advance_to(Time::from_ms(to_ms), &mut ());
        (play.report().good - good) as f64 / (play.report().issued - issued) as f64
    };
    assert!(good_between(1_000, 5_000) > 0.85, "it runs well before the slam");
    assert!(good_between(20_000, 30_000) < 0.2, "and does not recover long after it");
}

/// Golden digests by level: seed and digest.
#[derive(Deserialize)]
struct Golden {
    format: u32,
    rules: u32,
    digests: BTreeMap<String, Vec<(u64, String)>>,
}

#[test]
fn reference_solutions_give_the_golden_digests() {
    let golden: Golden = ron::from_str(&shelf::text("golden.ron")).unwrap();
    assert_eq!(golden.format, 1);
    assert_eq!(
        golden.rules,
        pipe_maze_sim::RULES,
        "levels/golden.ron is of other rules; its head says how to renew it"
    );
    for path in shelf::campaign().levels {
        let (level, solution) = (shelf::level(&path), shelf::solution(&format!("{path}.solution")));
        let digests = golden.digests.get(&level.id).unwrap_or_else(|| panic!("levels/golden.ron lacks `{}`", level.id));
        assert!(digests.len() >= 3, "three seeds at least");
        for (seed, expected) in digests {
            let digest = Play::run(&level, &solution, *seed).unwrap().digest().to_string();
            assert_eq!(
                &digest, expected,
                "{path}, seed {seed}: the run has changed. If that was meant: raise `pipe_maze_sim::RULES` where the \
                 simulation's rules changed, and renew levels/golden.ron as its head says"
            );
        }
    }
}

#[test]
fn every_level_has_all_its_texts_in_both_languages() {
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        for language in ["en", "de"] {
            for key in ["name", "brief", "sage", "won", "lost", "hint-1", "hint-2", "hint-3"] {
                let text = level.texts.get(language).and_then(|texts| texts.get(key));
                assert!(text.is_some_and(|text| !text.trim().is_empty()), "{path}: {language}, {key}");
            }
        }
    }
}

#[test]
fn a_bad_campaign_is_refused_with_every_reason() {
    let text = r#"(format: 1, levels: ["a/b", "../c", "a/b", "", 7], colour: "red")"#;
    let errors = Campaign::parse(text).unwrap_err().0;
    let places: Vec<_> = errors.iter().map(|e| e.place.as_str()).collect();
    assert_eq!(places, ["levels[4]", "colour", "levels[1]", "levels[2]", "levels[3]"], "{errors:#?}");
}

#[test]
fn a_par_is_reached_by_a_solution_beside_the_level() {
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let solutions = beside(folder, &format!("{name}.solution"));
        let costs = solutions.iter().map(|(_, solution)| solution.board(&level).expect("it can be built").cost());
        let least = costs.min().expect("every level has a solution");
        println!("{path}: the cheapest solution costs {least}, par is {:?}", level.par);
        assert!(level.par.is_none_or(|par| least <= par), "{path}: the cheapest solution costs {least}");
    }
}
