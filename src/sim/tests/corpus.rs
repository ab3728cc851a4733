//! The corpus's digests are those of the last commit, and every part of it does something.

use pipe_maze_sim::corpus::corpus;
use pipe_maze_sim::{RULES, Simulation};

/// The digests at seed 1. Where one changes, raise `RULES` and write down the new ones, which a failure prints.
const GOLDEN: (u32, [(&str, &str); 9]) = (
    3,
    [
        ("reference", "b84c76ea8a7f26bd"),
        ("distributions", "51518982e8e470bb"),
        ("traffic", "f1673f9c54681d4b"),
        ("policies", "267294deee1eb2a8"),
        ("gateways", "5efeaa0b0fb36abe"),
        ("programs", "51f88c7c823810a1"),
        ("clients", "dc1396d11de7c00e"),
        ("hazards", "ae1d9e19acf811d6"),
        ("streams", "1b8c59573968e60f"),
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
