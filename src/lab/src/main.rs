//! The laboratory: plays and proves levels without a window.
//!
//! - `verify` proves levels: the solution wins and each decoy loses, on every seed.
//! - `run` plays one solution with one seed and reports how it went.
//! - `digest` prints a solution's digests, for comparison with other platforms.
//! - `trace` plays one solution with one seed and exports what its worst requests did, for other tools to show.
//! - `replay` records runs, and plays recorded ones again to compare their digests.
//! - `pack` puts levels into one file, lists what lies in one, and takes it out again.
//! - `import` makes a level to start from of the configuration of a service mesh.
//! - `grade` plays a class's replays again and says how each did.
//! - `bench` measures how fast the simulation is on its reference load.
//!
//! Exit codes: 0 all is well; 1 a proof failed; 2 the command line or a file is at fault.

mod arguments;
mod bench;
mod digest;
mod export;
mod failure;
mod files;
mod grade;
mod import;
mod pack;
mod replay;
mod report;
mod run;
mod table;
mod terminal;
mod trace;
mod verify;

use arguments::{Arguments, Command, Pack, Replay};
use clap::Parser;
use failure::Failure;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Verify(arguments) => verify::verify(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Digest(arguments) => digest::digest(&arguments),
        Command::Trace(arguments) => trace::trace(&arguments),
        Command::Replay(Replay::Verify(arguments)) => replay::verify(&arguments),
        Command::Replay(Replay::Record(arguments)) => replay::record(&arguments),
        Command::Pack(Pack::Make(arguments)) => pack::make(&arguments),
        Command::Pack(Pack::List(arguments)) => pack::list(&arguments),
        Command::Pack(Pack::Unpack(arguments)) => pack::unpack(&arguments),
        Command::Import(arguments) => import::import(&arguments),
        Command::Grade(arguments) => grade::grade(&arguments),
        Command::Bench(arguments) => Ok(bench::bench(&arguments)),
    };
    let (output, failure) = match outcome {
        Ok(output) => (output, None),
        Err(failure) => (failure.output.clone(), Some(failure)),
    };
    let failure = match print(&output) {
        Ok(()) => failure,
        Err(e) => {
            let problem = format!("the output cannot be written: {e}");
            let problems = failure.map_or_else(Vec::new, |failure| failure.problems);
            Some(Failure::input(problems.into_iter().chain([problem]).collect()))
        }
    };
    let Some(Failure { kind, problems, .. }) = failure else { return ExitCode::SUCCESS };
    for problem in problems {
        let _ = writeln!(std::io::stderr(), "{problem}");
    }
    ExitCode::from(kind.code())
}

/// Prints on standard output, to the last byte: what is written to a full disk is not there.
fn print(output: &str) -> std::io::Result<()> {
    let mut stdout = std::io::stdout();
    match stdout.write_all(output.as_bytes()).and_then(|()| stdout.flush()) {
        // A reader that has gone away (`| head`) is no failure of ours.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}
