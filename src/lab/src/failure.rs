//! What can go wrong, and the exit code that says so.

use crate::terminal::printable;
use std::path::Path;

/// A command that did not succeed.
#[derive(Debug)]
pub struct Failure {
    /// What is printed on standard output nevertheless.
    pub output: String,
    /// Whose fault it is.
    pub kind: Kind,
    /// One message a problem: what, where, and how to mend it.
    pub problems: Vec<String>,
}

/// Whose fault a failure is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A level's proof does not hold.
    Proof,
    /// A file or an argument cannot be used.
    Input,
}

impl Kind {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Proof => 1,
            Self::Input => 2,
        }
    }
}

impl Failure {
    /// Bad input, with every problem found.
    pub const fn input(problems: Vec<String>) -> Self {
        Self { output: String::new(), kind: Kind::Input, problems }
    }

    /// One problem with one file.
    pub fn file(path: &Path, message: impl std::fmt::Display) -> Self {
        Self::input(vec![at(path, message)])
    }
}

/// A message that names its file, on each of its lines. What it quotes, and the file's name, may be a stranger's.
pub fn at(path: &Path, message: impl std::fmt::Display) -> String {
    let text = message.to_string();
    let lines: Vec<String> = text.lines().map(|line| printable(&format!("{}: {line}", path.display()))).collect();
    lines.join("\n")
}
