//! The campaign holds: every level is proved, and its reference solution gives the golden digests.

mod shelf;

use pipe_maze_level::{Campaign, Play, Verdict, verify};
use serde::Deserialize;
use std::collections::BTreeMap;

const SEEDS: u64 = 32;

#[test]
fn every_level_is_won_by_its_solution_and_lost_by_each_decoy_on_every_seed() {
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        assert_eq!(level.id, name, "a level is called as its file is");
        let prefix = format!("{name}.decoy-");
        let mut decoys: Vec<String> = std::fs::read_dir(shelf::folder().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|file| file.starts_with(&prefix))
            .map(|file| file.trim_end_matches(".ron").to_owned())
            .collect();
        decoys.sort();
        assert!(!decoys.is_empty(), "{path} has no decoy");
        let decoys: Vec<_> =
            decoys.into_iter().map(|decoy| (decoy.clone(), shelf::solution(&format!("{folder}/{decoy}")))).collect();
        let solution = shelf::solution(&format!("{path}.solution"));
        let proof = verify::verify(&level, &solution, &decoys, 1, SEEDS).unwrap();
        assert_eq!(proof.rows.len(), decoys.len() + 2, "the untouched board is a decoy, too");
        for row in proof.rows {
            assert!(row.holds(), "{path}: {} won {} of {} seeds", row.name, row.won, row.seeds);
            assert!(row.margin() >= 0.1, "{path}: {} has a margin of only {:.0} %", row.name, row.margin() * 100.0);
        }
    }
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
