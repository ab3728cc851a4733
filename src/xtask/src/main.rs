//! `cargo xtask`: sets up, builds, serves and tests Pipe Maze.
//!
//! This program stays thin. It finds out what a machine lacks, then runs cargo and the second
//! binary `xtask-page`, which holds what takes long to compile (wasm-bindgen, compression, the server).

mod arguments;
mod doctor;
mod fuzz;
mod install;
mod native;
mod needs;
mod page;
mod process;
mod size;
mod steps;
mod summary;
mod test;
mod wasm;

use arguments::Command;
use std::process::ExitCode;

/// What every part of this program returns: a value, or a message for the person at the keyboard.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    match arguments::parse(lexopt::Parser::from_env()).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    match command {
        Command::Help => {
            print!("{}", arguments::HELP);
            Ok(())
        }
        Command::Play(play) if play.native => native::play(play.release),
        Command::Play(play) => {
            page::build(play.release)?;
            page::serve(play.port, play.open)
        }
        Command::Build { release } => page::build(release),
        Command::Serve { port, open } => page::serve(port, open),
        Command::Test(selection) => test::run(&selection),
        Command::Assets(arguments) => native::assets(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Doctor => doctor::report(),
    }
}
