//! The command line: what can be asked of `cargo xtask`.

use crate::Outcome;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use std::ffi::OsString;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask <command>

  play [--release] [--port N] [--no-open]   build the page, serve it on 127.0.0.1, open the browser
  play --native [--release]                 build and open the desktop window
  test [--only STEP]… [--skip STEP]… [--keep-going] [--list]
                                            run all that continuous integration runs
  build [--release]                         only build the page, into dist/
  serve [--port N] [--no-open]              serve the page that is in dist/
  assets [arguments]…                       rebuild generated assets; `--check` compares, `sounds` is only those
  fuzz [--seconds N] [TARGET]…              run the fuzz targets, each for so many seconds (60)
  doctor                                    show what this machine lacks, install nothing
  help                                      this text
";

const PORT_DEFAULT: u16 = 8017;
const FUZZ_SECONDS_DEFAULT: u32 = 60;

/// One request to this program.
#[derive(Debug, PartialEq)]
pub enum Command {
    Help,
    Play(Play),
    Build { release: bool },
    Serve { port: u16, open: bool },
    Test(Selection),
    Assets(Vec<OsString>),
    Fuzz(Fuzz),
    Doctor,
}

/// How to play.
#[derive(Debug, PartialEq)]
pub struct Play {
    pub native: bool,
    pub release: bool,
    pub port: u16,
    pub open: bool,
}

/// What to fuzz, and for how long.
#[derive(Debug, PartialEq)]
pub struct Fuzz {
    /// For each target.
    pub seconds: u32,
    /// All where none is named.
    pub targets: Vec<String>,
}

/// Which steps of `test` to run, and how.
#[derive(Debug, Default, PartialEq)]
pub struct Selection {
    pub only: Vec<String>,
    pub skip: Vec<String>,
    pub keep_going: bool,
    pub list: bool,
}

/// Reads the command line.
pub fn parse(mut parser: lexopt::Parser) -> Outcome<Command> {
    let command = match parser.next().map_err(explain)? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(Value(name)) => name.string().map_err(explain)?,
        Some(other) => return Err(explain(other.unexpected())),
    };
    match command.as_str() {
        "assets" => {
            let arguments = parser.raw_args().map_err(explain)?;
            return Ok(Command::Assets(arguments.collect()));
        }
        "help" | "doctor" | "play" | "build" | "serve" | "test" | "fuzz" => {}
        other => return Err(format!("no command is called `{other}`\n\n{HELP}")),
    }

    let mut play = Play { native: false, release: false, port: PORT_DEFAULT, open: true };
    let mut selection = Selection::default();
    let mut fuzz = Fuzz { seconds: FUZZ_SECONDS_DEFAULT, targets: Vec::new() };
    while let Some(argument) = parser.next().map_err(explain)? {
        match (command.as_str(), argument) {
            ("play", Long("native")) => play.native = true,
            ("play" | "build", Long("release")) => play.release = true,
            ("play" | "serve", Long("port")) => {
                play.port = parser.value().and_then(|value| value.parse()).map_err(explain)?;
            }
            ("play" | "serve", Long("no-open")) => play.open = false,
            ("test", Long("only")) => selection.only.push(step(&mut parser)?),
            ("test", Long("skip")) => selection.skip.push(step(&mut parser)?),
            ("test", Long("keep-going")) => selection.keep_going = true,
            ("test", Long("list")) => selection.list = true,
            ("fuzz", Long("seconds")) => {
                fuzz.seconds = parser.value().and_then(|value| value.parse()).map_err(explain)?;
            }
            ("fuzz", Value(name)) => fuzz.targets.push(name.string().map_err(explain)?),
            (_, Short('h') | Long("help")) => return Ok(Command::Help),
            (_, other) => return Err(format!("{}\n\n{HELP}", explain(other.unexpected()))),
        }
    }
    Ok(match command.as_str() {
        "play" => Command::Play(play),
        "build" => Command::Build { release: play.release },
        "serve" => Command::Serve { port: play.port, open: play.open },
        "test" => Command::Test(selection),
        "fuzz" => Command::Fuzz(fuzz),
        "doctor" => Command::Doctor,
        _ => Command::Help,
    })
}

fn step(parser: &mut lexopt::Parser) -> Outcome<String> {
    parser.value().and_then(ValueExt::string).map_err(explain)
}

fn explain(error: lexopt::Error) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Outcome<Command> {
        parse(lexopt::Parser::from_args(arguments))
    }

    #[test]
    fn play_has_sensible_defaults() {
        let play = Play { native: false, release: false, port: PORT_DEFAULT, open: true };
        assert_eq!(read(&["play"]), Ok(Command::Play(play)));
    }

    #[test]
    fn steps_may_be_chosen_and_skipped() {
        let selection = Selection {
            only: vec!["fmt".into(), "doc".into()],
            skip: vec!["doc".into()],
            keep_going: true,
            list: false,
        };
        assert_eq!(
            read(&["test", "--only", "fmt", "--only=doc", "--skip", "doc", "--keep-going"]),
            Ok(Command::Test(selection))
        );
    }

    #[test]
    fn options_of_another_command_are_refused() {
        let message = read(&["build", "--port", "1"]).unwrap_err();
        assert!(message.contains("--port"), "{message}");
    }

    #[test]
    fn fuzzing_is_bounded_and_may_be_of_some_targets() {
        let all = Fuzz { seconds: FUZZ_SECONDS_DEFAULT, targets: Vec::new() };
        assert_eq!(read(&["fuzz"]), Ok(Command::Fuzz(all)));
        let some = Fuzz { seconds: 5, targets: vec!["code".into(), "file".into()] };
        assert_eq!(read(&["fuzz", "code", "--seconds", "5", "file"]), Ok(Command::Fuzz(some)));
    }

    #[test]
    fn a_port_must_be_a_number() {
        assert!(read(&["play", "--port", "many"]).is_err());
    }

    #[test]
    fn assets_passes_everything_on() {
        let Ok(Command::Assets(arguments)) = read(&["assets", "--check", "help"]) else { panic!("not understood") };
        assert_eq!(arguments, ["--check", "help"]);
    }
}
