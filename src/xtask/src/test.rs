//! `cargo xtask test`: runs the steps, one after the other, and sums up.

use crate::arguments::Selection;
use crate::needs::Purpose;
use crate::steps::{STEPS, Step};
use crate::summary::{Ending, Summary};
use crate::{Outcome, install};
use std::time::Instant;

/// What all the steps together need.
pub const NEEDS: &[Purpose] = &[Purpose::Native, Purpose::Game, Purpose::Lints, Purpose::Wasm, Purpose::Browser];

/// Runs the chosen steps.
pub fn run(selection: &Selection) -> Outcome {
    let steps = choose(selection)?;
    if selection.list {
        for step in steps {
            println!("{:<12} {}", step.name, step.title);
        }
        return Ok(());
    }
    install::ensure(&needs(&steps))?;

    let mut summary = Summary::default();
    for (index, step) in steps.iter().enumerate() {
        println!("\n━━ {}/{}  {}: {} ━━", index + 1, steps.len(), step.name, step.title);
        let start = Instant::now();
        let outcome = (step.run)();
        let time = start.elapsed();
        match outcome {
            Ok(lines) => summary.add(step.name, time, Ending::Passed, lines),
            Err(message) => {
                eprintln!("\nxtask: {message}");
                summary.add(step.name, time, Ending::Failed, Vec::new());
                if !selection.keep_going {
                    for step in &steps[index + 1..] {
                        summary.add(step.name, std::time::Duration::ZERO, Ending::NotRun, Vec::new());
                    }
                    break;
                }
            }
        }
    }
    println!("{summary}");
    match summary.failed() {
        0 => Ok(()),
        count => Err(format!("{count} of {} steps failed", steps.len())),
    }
}

fn choose(selection: &Selection) -> Outcome<Vec<&'static Step>> {
    for name in selection.only.iter().chain(&selection.skip) {
        if STEPS.iter().all(|step| step.name != name) {
            let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            return Err(format!("no step is called `{name}`; there are {}", names.join(", ")));
        }
    }
    let named = |names: &[String], step: &Step| names.iter().any(|name| name == step.name);
    Ok(STEPS
        .iter()
        .filter(|step| selection.only.is_empty() || named(&selection.only, step))
        .filter(|step| !named(&selection.skip, step))
        .collect())
}

/// A single step need not wait for another's tools.
fn needs(steps: &[&Step]) -> Vec<Purpose> {
    let mut needs = vec![Purpose::Native];
    for step in steps {
        match step.name {
            "fmt" => needs.push(Purpose::Lints),
            "clippy" => needs.extend([Purpose::Lints, Purpose::Game]),
            "clippy-wasm" | "page" => needs.push(Purpose::Wasm),
            "doc" | "test" => needs.push(Purpose::Game),
            "browser" => needs.extend([Purpose::Game, Purpose::Browser]),
            _ => {}
        }
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_list_needs_what_the_doctor_says() {
        let all = choose(&Selection::default()).unwrap();
        let needs = needs(&all);
        assert!(NEEDS.iter().all(|need| needs.contains(need)));
    }

    #[test]
    fn an_unknown_step_is_named() {
        let selection = Selection { only: vec!["lint".into()], ..Selection::default() };
        let Err(message) = choose(&selection) else { panic!("accepted") };
        assert!(message.contains("`lint`") && message.contains("clippy-wasm"), "{message}");
    }

    #[test]
    fn skipping_wins_over_choosing() {
        let selection =
            Selection { only: vec!["fmt".into(), "doc".into()], skip: vec!["doc".into()], ..Selection::default() };
        let names: Vec<_> = choose(&selection).unwrap().iter().map(|step| step.name).collect();
        assert_eq!(names, ["fmt"]);
    }
}
