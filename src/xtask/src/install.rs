//! Gets what is missing: by `apt-get` as root, else by telling which one line does it.

use crate::needs::{self, Cure, Missing, Purpose};
use crate::{Outcome, process};
use std::process::Command;

/// Makes sure that everything these purposes need is there, before any work begins.
pub fn ensure(purposes: &[Purpose]) -> Outcome {
    let missing = needs::missing(purposes, true);
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("xtask: missing on this machine:");
    for Missing { what, why, .. } in &missing {
        eprintln!("  - {what} ({why})");
    }
    let packages = packages(&missing);
    if !packages.is_empty() && is_root() && needs::on_path("apt-get") {
        apt(&["update"], "apt-get update")?;
        let mut arguments = vec!["install", "-y", "--no-install-recommends"];
        arguments.extend(&packages);
        apt(&arguments, "apt-get install")?;
    }
    let left = needs::missing(purposes, false);
    if left.is_empty() {
        return Ok(());
    }
    Err(format!("install what is missing with this line, then try again:\n\n    {}\n", line(&left)))
}

/// The one line that installs all of it.
pub fn line(missing: &[Missing]) -> String {
    let packages = packages(missing);
    let mut parts = Vec::new();
    if !packages.is_empty() {
        let sudo = if is_root() { "" } else { "sudo " };
        parts.push(format!(
            "{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        ));
    }
    for missing in missing {
        if let Cure::Line(line) = missing.cure {
            parts.push(line.to_owned());
        }
    }
    parts.join(" && ")
}

fn packages(missing: &[Missing]) -> Vec<&'static str> {
    let lists = missing.iter().map(|missing| match missing.cure {
        Cure::Apt(packages) => packages,
        Cure::Line(_) => &[],
    });
    lists.flatten().copied().collect()
}

fn apt(arguments: &[&str], what: &str) -> Outcome {
    let mut command = Command::new("apt-get");
    command.args(["-q"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut command, what)
}

fn is_root() -> bool {
    process::output("id", &["-u"]).is_some_and(|id| id == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_cures_everything() {
        let missing = [
            Missing { what: "a", why: "", cure: Cure::Apt(&["alpha", "beta"]) },
            Missing { what: "b", why: "", cure: Cure::Line("rustup component add clippy") },
            Missing { what: "c", why: "", cure: Cure::Apt(&["gamma"]) },
        ];
        let line = line(&missing);
        assert!(line.ends_with(" alpha beta gamma && rustup component add clippy"), "{line}");
        assert_eq!(line.lines().count(), 1);
    }
}
