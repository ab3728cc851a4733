//! The corpus's digests are those of the last commit, and every part of it does something.

use pipe_maze_sim::corpus::corpus;
use pipe_maze_sim::{RULES, Simulation};

/// The digests at seed 1. Where one changes, raise `RULES` and write down the new ones, which a failure prints.
const GOLDEN: (u32, [(&str, &str); 9]) = (
    4,
    [
        ("reference", "a732c76fdfbd358c"),
        ("distributions", "9f1fbf290b6631e5"),
        ("traffic", "30c64e9be42a1ffd"),
        ("policies", "e80d2a8dad93c41b"),
        ("gateways", "d4fd5a862b8db517"),
        ("programs", "0805c314fcbac45e"),
        ("clients", "a0bba2d1a6784271"),
        ("hazards", "47d15853b1c7c276"),
        ("streams", "abbfd6a3cde753e8"),
    ],
);

#[test]
fn digests_are_the_golden_ones() {
    let digests: Vec<(&str, String)> =
        corpus().iter().map(|case| (case.name, case.digest(1).expect("the corpus is sound").to_string())).collect();
    let golden: Vec<(&str, String)> = GOLDEN.1.map(|(name, digest)| (name, digest.to_owned())).into();
    assert_eq!(GOLDEN.0, RULES, "these digests are of other rules");
    assert_eq!(digests, golden);
}

#[test]
fn every_run_ends_with_nothing_left() {
    for case in corpus() {
        let mut run = Simulation::new(&case.blueprint, 2).expect("the corpus is sound");
        run.advance_to(case.until, &mut ());
        let totals = run.view().totals();
        assert_eq!(totals.issued, totals.ended(), "{}", case.name);
        assert!(totals.issued > 100 && totals.answered > 0, "{}: {totals:?}", case.name);
        assert_eq!(run.view().in_flight(), 0, "{}", case.name);
    }
}
