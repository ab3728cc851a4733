//! The fuzzers' corpus, and what they once found, replayed on every test run.

#[path = "../../../fuzz/targets.rs"]
mod targets;

use std::path::PathBuf;

#[test]
fn every_input_of_the_corpus_is_harmless() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, target) in targets::TARGETS {
        let mut seen = 0;
        let entries = std::fs::read_dir(corpus.join(name)).unwrap_or_else(|e| panic!("fuzz/corpus/{name}: {e}"));
        for entry in entries {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            target(&std::fs::read(path).unwrap());
            seen += 1;
        }
        assert!(seen >= 2, "{name} has {seen} inputs");
    }
}
