//! `xtask-page bundle | compress | serve`: called by `cargo xtask`, seldom by hand.

use lexopt::prelude::{Long, Value, ValueExt};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use xtask_page::serve::Server;
use xtask_page::{bundle, compress};

#[derive(Default)]
struct Options {
    programs: Vec<PathBuf>,
    dist: PathBuf,
    port: u16,
    open: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask-page: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut parser = lexopt::Parser::from_env();
    let mut command = String::new();
    let mut options = Options { dist: "dist".into(), port: 8017, ..Options::default() };
    while let Some(argument) = parser.next()? {
        match argument {
            Value(name) if command.is_empty() => command = name.string()?,
            Long("wasm") => options.programs.push(parser.value()?.into()),
            Long("dist") => options.dist = parser.value()?.into(),
            Long("port") => options.port = parser.value()?.parse()?,
            Long("open") => options.open = true,
            other => return Err(other.unexpected().into()),
        }
    }
    match command.as_str() {
        "bundle" => bundle::bundle(Path::new("."), &options.programs, &options.dist),
        "compress" => compress::compress(&options.dist),
        "serve" => serve(&options),
        other => Err(format!("no command is called `{other}`; there are bundle, compress and serve").into()),
    }
}

fn serve(options: &Options) -> Result<(), Box<dyn Error>> {
    let server = Server::start(&options.dist, options.port)
        .map_err(|error| format!("{} cannot be served: {error}", options.dist.display()))?;
    println!("Pipe Maze is at {}   (Ctrl-C ends it)", server.url());
    if options.open {
        let opened = Command::new("xdg-open").arg(server.url()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        if opened.is_err() {
            println!("No browser could be opened from here: please open the address yourself.");
        }
    }
    server.run();
    Ok(())
}
