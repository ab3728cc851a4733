//! What the desktop program opens when it is started with the name of a level file: the level, a build on it, and
//! whether the water flows at once. Authors try their levels so.

use crate::Screen;
use crate::language::{Language, Languages};
use crate::session::Session;
use bevy::prelude::*;
use clap::Parser;
use pipe_maze_level::limits::FILE_BYTES_MAX;
use pipe_maze_level::{Level, Solution};
use std::fmt::Display;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Build a distributed system out of pipes, turn on the water, see why it breaks, and prove a fix.
#[derive(Parser, Debug, Default, PartialEq)]
#[command(name = "pipe-maze", version)]
pub struct Arguments {
    /// The language, such as `de`; without it the one that the system asks for
    #[arg(long, value_name = "CODE")]
    pub language: Option<Language>,
    /// A level file to open; without it the game begins with its title
    pub level: Option<PathBuf>,
    /// A solution or decoy whose plan is built on the level
    #[arg(long, value_name = "FILE", requires = "level")]
    pub build: Option<PathBuf>,
    /// Turn on the water at once
    #[arg(long, requires = "level")]
    pub flow: bool,
    /// The seed of that run
    #[arg(long, requires = "flow")]
    pub seed: Option<u64>,
}

/// Has the game open, once it is ready, what the arguments name.
///
/// # Errors
/// What cannot be read or is refused: a message for the person at the keyboard.
pub fn open(app: &mut App, arguments: &Arguments) -> Result<(), String> {
    if arguments.language.is_some() {
        app.world_mut().resource_mut::<Languages>().choose(arguments.language);
    }
    let Some(session) = session(arguments)? else { return Ok(()) };
    let mut session = Some(session);
    let enter = move |mut commands: Commands<'_, '_>| {
        if let Some(session) = session.take() {
            commands.insert_resource(session);
            commands.set_state(Screen::Board);
        }
    };
    app.add_systems(OnEnter(Screen::Title), enter);
    Ok(())
}

fn session(arguments: &Arguments) -> Result<Option<Session>, String> {
    let Some(file) = &arguments.level else { return Ok(None) };
    let level = Level::parse(&text(file)?).map_err(|e| explain(file, e))?;
    let mut session = Session::open(level);
    if let Some(file) = &arguments.build {
        let build = Solution::parse(&text(file)?).map_err(|e| explain(file, e))?;
        for (i, edit) in build.plan.iter().enumerate() {
            session.edit(edit).map_err(|e| explain(file, format!("plan[{i}]: {e}")))?;
        }
    }
    if arguments.flow {
        session.start(arguments.seed).map_err(|e| explain(file, e))?;
    }
    Ok(Some(session))
}

/// The text of a file, as far as any file of the game is long.
fn text(file: &Path) -> Result<String, String> {
    let source = std::fs::File::open(file).map_err(|e| explain(file, e))?;
    let mut text = String::new();
    source.take(FILE_BYTES_MAX as u64 + 1).read_to_string(&mut text).map_err(|e| explain(file, e))?;
    Ok(text)
}

fn explain(file: &Path, problem: impl Display) -> String {
    format!("{}: {problem}", file.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaign(name: &str) -> Option<PathBuf> {
        Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../levels/3-flow-control").join(name))
    }

    #[test]
    fn a_level_opens_with_its_build_and_flows() {
        let build = campaign("two-rooms.solution.ron");
        let level = campaign("two-rooms.ron");
        let arguments = Arguments { level, build, flow: true, seed: Some(4), ..Arguments::default() };
        let session = session(&arguments).unwrap().unwrap();
        assert_eq!(session.play().unwrap().seed(), 4);
        assert!(session.board().pipes().len() > 2, "the build stands");
    }

    #[test]
    fn what_cannot_be_opened_is_named() {
        let missing = Arguments { level: campaign("no-such.ron"), ..Arguments::default() };
        assert!(session(&missing).err().unwrap().contains("no-such.ron"));
        let other = campaign("the-slam.solution.ron");
        let wrong = Arguments { level: campaign("two-rooms.ron"), build: other, ..Arguments::default() };
        let message = session(&wrong).err().unwrap();
        assert!(message.contains("the-slam.solution.ron: plan["), "{message}");
        assert!(Arguments::try_parse_from(["pipe-maze", "--flow"]).is_err(), "water needs a level");
        assert!(Arguments::try_parse_from(["pipe-maze", "--language", "tlh"]).is_err(), "a language of the list");
    }
}
