//! Running other programs: quietly, for a while, or in the open with a sign of life.

use crate::Outcome;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// How often a long step that prints nothing says that it is still at work.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).components().collect()
}

/// A command of the toolchain that runs this program, in the repository's root.
///
/// The outer `cargo run` describes *this* package in its child's environment; without these
/// variables a build gives the same fingerprints whether it is started from here or by hand.
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root());
    forget_outer_cargo(&mut command);
    command
}

/// Removes what the outer cargo told this program about itself.
pub fn forget_outer_cargo(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let describes = text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || text.starts_with("CARGO_BIN_")
            || matches!(&*text, "CARGO" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "LD_LIBRARY_PATH");
        if describes {
            command.env_remove(&name);
        }
    }
}

/// Runs a command in the open; `what` names it in messages.
pub fn run(command: &mut Command, what: &str) -> Outcome {
    let child = command.spawn().map_err(|error| cannot_start(command, what, &error))?;
    finish(child, what, command)
}

/// Runs a program that lasts as long as its user likes.
pub fn hold(command: &mut Command, what: &str) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{what} ended ({})", ending(status))),
        Err(error) => Err(cannot_start(command, what, &error)),
    }
}

/// Runs a command in the open and returns those lines of its standard output that `keep` likes.
pub fn run_keeping(command: &mut Command, what: &str, keep: fn(&str) -> bool) -> Outcome<Vec<String>> {
    command.stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_start(command, what, &error))?;
    let kept = child.stdout.take().map(|output| passed_on(output, keep, |line| println!("{line}")));
    finish(child, what, command).map(|()| kept.unwrap_or_default())
}

/// The same for lines of its standard error.
pub fn run_keeping_errors(command: &mut Command, what: &str, keep: fn(&str) -> bool) -> Outcome<Vec<String>> {
    command.stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_start(command, what, &error))?;
    let kept = child.stderr.take().map(|output| passed_on(output, keep, |line| eprintln!("{line}")));
    finish(child, what, command).map(|()| kept.unwrap_or_default())
}

/// Passes every line on, and keeps those that `keep` likes.
fn passed_on(output: impl std::io::Read, keep: fn(&str) -> bool, pass: fn(&str)) -> Vec<String> {
    let mut kept = Vec::new();
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        pass(&line);
        if keep(&line) {
            kept.push(line.into_owned());
        }
    }
    kept
}

/// What a command prints, or nothing where it cannot run or fails.
pub fn output<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a command succeeds within a time; it is ended where it takes longer.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdin(Stdio::null()).spawn() else {
        return false;
    };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(50)),
            _ => {
                // It may have ended in between; then there is nothing left to end.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// Seconds or minutes, as a person says them.
pub fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

fn finish(mut child: Child, what: &str, command: &Command) -> Outcome {
    let (done, waiting) = mpsc::channel::<()>();
    let name = what.to_owned();
    let heart = thread::spawn(move || {
        let start = Instant::now();
        // On a terminal cargo draws a bar of its own.
        while waiting.recv_timeout(HEARTBEAT) == Err(mpsc::RecvTimeoutError::Timeout) {
            if !std::io::stderr().is_terminal() {
                eprintln!("   … {name}: {} so far", spoken(start.elapsed()));
            }
        }
    });
    let status = child.wait();
    drop(done);
    // The heartbeat cannot panic; if it did, nothing would be lost.
    let _ = heart.join();
    let _ = std::io::stdout().flush();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{what} failed ({})\n       {}", ending(status), line(command))),
        Err(error) => Err(format!("{what}: its end cannot be awaited: {error}")),
    }
}

fn ending(status: ExitStatus) -> String {
    status.code().map_or_else(|| "ended by a signal".to_owned(), |code| format!("exit status {code}"))
}

fn cannot_start(command: &Command, what: &str, error: &std::io::Error) -> String {
    format!("{what}: `{}` cannot be started: {error}", command.get_program().to_string_lossy())
}

fn line(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
