//! The laboratory, for what was made in the page: a teacher's computer, without a window.

use pipe_maze_level::share::SharedReplay;
use pipe_maze_level::{Level, Shared};
use pipe_maze_tests::session::root;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Grades a run that was handed in, as a link, and verifies it: it won, on the held-out seeds too, and its digest is the one
/// that the page showed.
pub fn grade(name: &str, level: &Level, level_text: &str, link: &str, digest: &Value) {
    let folder = root().join("target/browser").join(format!("graded-{name}"));
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let write = |file: &str, bytes: &[u8]| {
        let path = folder.join(file);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    };
    let Ok(Shared::Replay(run)) = Shared::from_code(link) else { panic!("the link is no run: {link}") };
    let level_file = write(&format!("{}.ron", level.id), level_text.as_bytes());
    let text = write("ada.ron", run.replay.to_text().as_bytes());
    let alone = SharedReplay { replay: run.replay, level: None };
    let handed_in = Shared::Replay(Box::new(alone)).to_bytes().unwrap_or_else(|error| panic!("{error:?}"));
    let handed_in = write("ada.pipemaze", &handed_in);
    let graded = laboratory(&["grade".into(), level_file.clone(), handed_in, "--seeds".into(), "4".into()]);
    assert!(["ada", "verified", "won", "4/4"].iter().all(|word| graded.contains(word)), "{graded}");
    let verified =
        laboratory(&["replay".into(), "verify".into(), text, "--levels".into(), level_file, "--json".into()]);
    let digest = digest.as_str().unwrap_or_else(|| panic!("the page showed no digest"));
    assert!(verified.contains(digest), "the page showed {digest}: {verified}");
}

fn laboratory(arguments: &[PathBuf]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root()).args(["run", "--quiet", "--package", "pipe-maze-lab", "--"]).args(arguments);
    let output = command.output().unwrap_or_else(|error| panic!("cargo: {error}"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}
