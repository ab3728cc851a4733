//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Plays and proves levels of Pipe Maze without a window.
#[derive(Parser, Debug)]
#[command(name = "pipe-maze-lab", version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Proves levels: the solution wins and each decoy loses, on every seed
    Verify(Verify),
    /// Plays a solution with one seed and reports how it went
    Run(Run),
    /// Prints the digest of a solution at each seed
    Digest(Digest),
    /// Plays a solution with one seed and exports what its worst requests did, span by span
    Trace(Trace),
    /// Records runs, and verifies recorded ones
    #[command(subcommand)]
    Replay(Replay),
    /// Puts levels into one .pipemaze file, lists what lies in one, and takes it out again
    #[command(subcommand)]
    Pack(Pack),
    /// Makes a level to start from of the configuration of a service mesh (Istio's YAML)
    Import(Import),
    /// Plays a class's replays again and says how each did, as a table, CSV and a page with charts
    Grade(Grade),
    /// Measures how fast the simulation is on its reference load
    Bench(Bench),
}

/// Arguments of `verify`.
#[derive(Args, Debug)]
pub struct Verify {
    /// Level files (NAME.ron), or folders that are searched for them
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// How many seeds to play
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub seeds: u64,
    /// The first seed
    #[arg(long, default_value_t = 1)]
    pub seed_base: u64,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `run`.
#[derive(Args, Debug)]
pub struct Run {
    /// The level file
    pub level: PathBuf,
    /// The solution file [default: NAME.solution.ron beside the level]
    #[arg(long)]
    pub solution: Option<PathBuf>,
    /// The seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `digest`.
#[derive(Args, Debug)]
pub struct Digest {
    /// The level file
    pub level: PathBuf,
    /// The solution file [default: NAME.solution.ron beside the level]
    #[arg(long)]
    pub solution: Option<PathBuf>,
    /// The seeds, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "1,2,3")]
    pub seeds: Vec<u64>,
}

/// Arguments of `trace`.
#[derive(Args, Debug)]
pub struct Trace {
    /// The level file
    pub level: PathBuf,
    /// The solution file [default: NAME.solution.ron beside the level]
    #[arg(long)]
    pub solution: Option<PathBuf>,
    /// The seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many of a thousand requests are sampled
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(0..=1_000))]
    pub per_mille: u32,
    /// How many traces are exported, the worst first
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Jaeger)]
    pub format: Format,
}

/// The formats of traces.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Jaeger's JSON
    Jaeger,
    /// OpenTelemetry's JSON
    Otlp,
    /// Chrome's trace events
    Chrome,
}

/// What to do with replays.
#[derive(Subcommand, Debug)]
pub enum Replay {
    /// Plays replays again and compares their digests
    Verify(ReplayVerify),
    /// Plays a solution with one seed and prints the replay
    Record(ReplayRecord),
}

/// Arguments of `replay record`.
#[derive(Args, Debug)]
pub struct ReplayRecord {
    /// The level file
    pub level: PathBuf,
    /// The solution file [default: NAME.solution.ron beside the level]
    #[arg(long)]
    pub solution: Option<PathBuf>,
    /// The seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Arguments of `replay verify`.
#[derive(Args, Debug)]
pub struct ReplayVerify {
    /// Replay files
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Where the levels lie: files or folders
    #[arg(long, default_value = "levels")]
    pub levels: Vec<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What to do with packs.
#[derive(Subcommand, Debug)]
pub enum Pack {
    /// Packs levels, each with the solutions and decoys beside it
    Make(PackMake),
    /// Lists the levels in a file
    List(PackList),
    /// Writes the levels in a file, with what belongs to them, into a folder
    Unpack(PackUnpack),
}

/// Arguments of `pack make`.
#[derive(Args, Debug)]
pub struct PackMake {
    /// Level files (NAME.ron) in the order in which they are played, or folders that are searched for them
    #[arg(required = true)]
    pub levels: Vec<PathBuf>,
    /// The file to write (NAME.pipemaze)
    #[arg(long)]
    pub out: PathBuf,
    /// What the pack is called
    #[arg(long, default_value = "")]
    pub title: String,
}

/// Arguments of `pack list`.
#[derive(Args, Debug)]
pub struct PackList {
    /// The file: NAME.pipemaze, a level or a pack
    pub file: PathBuf,
}

/// Arguments of `pack unpack`.
#[derive(Args, Debug)]
pub struct PackUnpack {
    /// The file: NAME.pipemaze, a level or a pack
    pub file: PathBuf,
    /// The folder to write to; nothing in it is written over
    #[arg(long)]
    pub into: PathBuf,
}

/// Arguments of `import`.
#[derive(Args, Debug)]
pub struct Import {
    /// The configuration (NAME.yaml)
    pub mesh: PathBuf,
    /// The level file to write (NAME.ron); one that is there is not written over
    #[arg(long)]
    pub out: PathBuf,
}

/// Arguments of `grade`.
#[derive(Args, Debug)]
pub struct Grade {
    /// The level: NAME.ron, NAME.pipemaze (a level or a pack), or a share code
    pub level: PathBuf,
    /// The replays: .pipemaze files, replays as text, share codes or links, or folders with such files
    #[arg(required = true)]
    pub replays: Vec<PathBuf>,
    /// On how many held-out seeds each build is tried
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub seeds: u32,
    /// Also write comma-separated values to this file
    #[arg(long)]
    pub csv: Option<PathBuf>,
    /// Also write a page with charts to this file
    #[arg(long)]
    pub html: Option<PathBuf>,
}

/// Arguments of `bench`.
#[derive(Args, Debug)]
pub struct Bench {
    /// How many requests each repetition simulates, about
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(1_000..=1_000_000_000))]
    pub requests: u64,
    /// How often each case is repeated
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub repetitions: u32,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
