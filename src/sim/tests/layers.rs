//! The layers of `ARCHITECTURE.md`: each uses only those below it, and the plain data of `blueprint/`.

use std::path::{Path, PathBuf};

/// Lowest first. Traffic and calls stand beside each other on services.
const LAYERS: [(&str, &[&str]); 6] = [
    ("kernel", &[]),
    ("net", &["kernel"]),
    ("service", &["kernel", "net"]),
    ("traffic", &["kernel", "net", "service"]),
    ("call", &["kernel", "net", "service"]),
    ("platform", &["kernel", "net", "service", "traffic", "call"]),
];

#[test]
fn each_layer_uses_only_those_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (layer, below) in LAYERS {
        let files = files(&root.join(layer));
        assert!(!files.is_empty(), "{layer} is there");
        for file in files.iter().filter(|file| !file.iter().any(|part| part == "tests" || part == "tests.rs")) {
            let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            // What a file's own tests use is their affair.
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            for used in code.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let may = used == layer || used == "blueprint" || below.contains(&used.as_str());
                // A name of the crate's root, in a link of a comment.
                let is_name = used.starts_with(char::is_uppercase);
                assert!(may || is_name, "{} uses {used}", file.display());
            }
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.expect("a folder can be read").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
