//! `cargo xtask fuzz`: runs the fuzz targets, each for a bounded time, and sums up what they did.
//!
//! New inputs that reach new code are kept in `fuzz/found`, an input that fails in `fuzz/artifacts`; both stay out of
//! the repository. What is worth keeping goes into `fuzz/corpus` by hand: a test replays that on every run.

use crate::arguments::Fuzz;
use crate::needs::Purpose;
use crate::{Outcome, install, process};
use std::path::Path;
use std::time::Instant;

/// What it needs.
pub const NEEDS: &[Purpose] = &[Purpose::Native, Purpose::Fuzz];

/// The targets, as `fuzz/Cargo.toml` has them.
pub const TARGETS: &[&str] =
    &["level", "solution", "replay", "code", "file", "parts", "certificate", "snapshot", "mesh", "progress"];

/// Most memory that an input may take, in megabytes.
const MEMORY_MB: u32 = 2_048;
/// Most memory that an input may ask for at once, in megabytes: several times what a file may unpack to.
const ALLOCATION_MB: u32 = 256;
/// Longest time that an input may take, in seconds.
const INPUT_S: u32 = 20;

/// Runs the targets asked for, or all.
pub fn run(arguments: &Fuzz) -> Outcome {
    if let Some(unknown) = arguments.targets.iter().find(|name| !TARGETS.contains(&name.as_str())) {
        return Err(format!("no target is called `{unknown}`; there are {}", TARGETS.join(", ")));
    }
    install::ensure(NEEDS)?;
    let is_asked = |name: &&&str| arguments.targets.is_empty() || arguments.targets.iter().any(|asked| asked == **name);
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for name in TARGETS.iter().filter(is_asked) {
        let start = Instant::now();
        let outcome = target(name, arguments.seconds);
        let executions = outcome.as_deref().unwrap_or("failed");
        lines.push(format!("{name:<12} {:>10}  {executions}", process::spoken(start.elapsed())));
        if let Err(message) = outcome {
            eprintln!("\nxtask: {message}");
            failed.push(*name);
        }
    }
    println!("\n{}", lines.join("\n"));
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("something was found: {}; see fuzz/artifacts", failed.join(", ")))
    }
}

/// Runs one target; gives its figures.
fn target(name: &str, seconds: u32) -> Outcome<String> {
    println!("\n━━ {name} ━━");
    let found = format!("fuzz/found/{name}");
    let folder = process::root().join(&found);
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: cannot be made: {e}", folder.display()))?;
    let mut command = process::cargo();
    command.args(["fuzz", "run", name, &found]);
    let corpus = format!("fuzz/corpus/{name}");
    if Path::new(&process::root()).join(&corpus).is_dir() {
        command.arg(&corpus);
    }
    command.arg("--").arg(format!("-max_total_time={seconds}")).arg(format!("-timeout={INPUT_S}"));
    command.arg(format!("-rss_limit_mb={MEMORY_MB}")).arg(format!("-malloc_limit_mb={ALLOCATION_MB}"));
    // Instrumentation is an unstable option; this lets a stable compiler take it.
    command.env("RUSTC_BOOTSTRAP", "1");
    let lines = process::run_keeping_errors(&mut command, name, |line| line.contains("DONE"))?;
    Ok(lines.last().and_then(|line| figures(line)).unwrap_or_else(|| "no figures".into()))
}

/// How often the target was run and how much code was reached, from the line that libFuzzer ends with.
fn figures(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let executions = words.next()?.strip_prefix('#')?;
    let reached = words.skip_while(|&word| word != "cov:").nth(1)?;
    Some(format!("{executions:>10} executions, {reached:>6} places reached"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_a_program_and_a_corpus() {
        let manifest = std::fs::read_to_string(process::root().join("fuzz/Cargo.toml")).unwrap();
        let names: Vec<&str> =
            manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")).collect();
        assert_eq!(names, TARGETS.iter().map(|name| format!("{name}.rs\"")).collect::<Vec<_>>());
        TARGETS.iter().for_each(|name| assert!(process::root().join("fuzz/corpus").join(name).is_dir(), "{name}"));
    }

    #[test]
    fn the_figures_of_a_run_are_in_its_last_line() {
        let line = "#131072\tDONE   cov: 1234 ft: 5678 corp: 90/12Kb lim: 4096 exec/s: 2184 rss: 123Mb";
        let words: Vec<String> = figures(line).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["131072", "executions,", "1234", "places", "reached"]);
        assert_eq!(figures("Done 131072 runs in 60 second(s)"), None);
    }

    #[test]
    fn an_unknown_target_is_named() {
        let message = run(&Fuzz { seconds: 1, targets: vec!["pipe".into()] }).unwrap_err();
        assert!(message.contains("`pipe`") && message.contains("snapshot"), "{message}");
    }
}
