//! Templates: every instance that is drawn can be won and lost, is the same everywhere, and differs from others.

use pipe_maze_level::draft::Draft;
use pipe_maze_level::template::{DIFFICULTIES, Template};
use pipe_maze_level::{Level, proof};
use std::collections::BTreeSet;

/// Seeds of which each gives an instance of each difficulty.
const INSTANCES: u64 = 10;
/// Seeds on which each is proved that had no part in drawing it.
const SEEDS: u64 = 6;

#[test]
fn every_instance_is_proved_on_seeds_that_had_no_part_in_it() {
    for template in Template::ALL {
        let mut texts = BTreeSet::new();
        for (difficulty, seed) in DIFFICULTIES.flat_map(|difficulty| (0..INSTANCES).map(move |seed| (difficulty, seed)))
        {
            let what = format!("{}, difficulty {difficulty}, seed {seed}", template.key());
            let instance = template.instance(seed, difficulty).unwrap_or_else(|| panic!("{what}: nothing was drawn"));
            let proof = proof::verify(&instance.level, &instance.solutions, &instance.decoys, 1, SEEDS);
            let proof = proof.unwrap_or_else(|(name, e)| panic!("{what}: {name}: {e}"));
            assert!(proof.holds(), "{what}: {:#?}", proof.rows);
            let text = instance.level.to_text();
            assert_eq!(Level::parse(&text).as_ref(), Ok(&instance.level), "{what}");
            assert!(texts.insert(text), "{what} is like another");
        }
    }
}

#[test]
fn an_instance_has_no_problem_and_a_build_below_par() {
    for template in Template::ALL {
        for difficulty in DIFFICULTIES {
            let instance = template.instance(7, difficulty).expect("an instance is drawn");
            let problems: Vec<String> =
                Draft::open(&instance.level).problems().iter().map(ToString::to_string).collect();
            assert_eq!(problems, [""; 0], "{}", template.key());
            let cost = instance.solutions[0].1.board(&instance.level).expect("it can be built").cost();
            assert!(instance.level.par.is_some_and(|par| cost <= par && par < instance.level.budget));
        }
    }
}

#[test]
fn an_instance_depends_on_its_template_seed_and_difficulty_alone() {
    for template in Template::ALL {
        let instance = |seed, difficulty| template.instance(seed, difficulty).expect("an instance is drawn");
        assert_eq!(instance(3, 2), instance(3, 2));
        assert_ne!(instance(3, 2).level, instance(4, 2).level);
        assert_ne!(instance(3, 2).level, instance(3, 3).level);
        assert_eq!(instance(3, 0), instance(3, 1), "difficulties are put within their range");
        assert_eq!(instance(u64::MAX, 5), instance(u64::MAX, 255));
    }
}
