//! The closing table of `cargo xtask test`.

use crate::process;
use std::fmt;
use std::time::Duration;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ending {
    Passed,
    Failed,
    NotRun,
}

/// What happened in each step, and what its runners said at the end.
#[derive(Default)]
pub struct Summary {
    rows: Vec<(&'static str, Duration, Ending, Vec<String>)>,
}

impl Summary {
    /// Notes a step.
    pub fn add(&mut self, name: &'static str, time: Duration, ending: Ending, lines: Vec<String>) {
        self.rows.push((name, time, ending, lines));
    }

    /// How many steps failed.
    pub fn failed(&self) -> usize {
        self.rows.iter().filter(|(_, _, ending, _)| *ending == Ending::Failed).count()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n━━ summary ━━")?;
        for (name, time, ending, lines) in &self.rows {
            match ending {
                Ending::Passed => writeln!(f, "{name:<12} passed   {:>12}", process::spoken(*time))?,
                Ending::Failed => writeln!(f, "{name:<12} FAILED   {:>12}", process::spoken(*time))?,
                Ending::NotRun => writeln!(f, "{name:<12} not run")?,
            }
            for line in lines {
                writeln!(f, "    {line}")?;
            }
        }
        let total: Duration = self.rows.iter().map(|(_, time, _, _)| *time).sum();
        write!(f, "{:<12}          {:>12}", "all", process::spoken(total))
    }
}
