//! What the desktop program opens when it is started with the name of a file: a level, with a build on it and with the
//! water flowing at once, as authors try their levels; or what others share: a run, a build, a pack, a link.

use crate::Screen;
use crate::exchange::{Arrival, Arrivals, FILE_READ_MAX};
use crate::language::{Language, Languages};
use crate::session::Session;
use bevy::prelude::*;
use clap::Parser;
use pipe_maze_level::limits::FILE_BYTES_MAX;
use pipe_maze_level::share::code_in;
use pipe_maze_level::{Level, Shared, Solution};
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
    /// A level to open, or what others share: a run, a build, a pack or a link; without it the game begins with its title
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
    let mut session = match asked(arguments)? {
        None => return Ok(()),
        Some(Asked::Arrival(arrival)) => {
            app.world_mut().resource_mut::<Arrivals>().0.push(arrival);
            return Ok(());
        }
        Some(Asked::Session(session)) => Some(*session),
    };
    let enter = move |mut commands: Commands<'_, '_>| {
        if let Some(session) = session.take() {
            commands.insert_resource(session);
            commands.set_state(Screen::Board);
        }
    };
    app.add_systems(OnEnter(Screen::Title), enter);
    Ok(())
}

/// What is to be opened.
enum Asked {
    /// A level as it was asked for.
    Session(Box<Session>),
    /// What the game opens by itself, as if it was dropped on its window.
    Arrival(Arrival),
}

fn asked(arguments: &Arguments) -> Result<Option<Asked>, String> {
    let Some(file) = &arguments.level else { return Ok(None) };
    let words = file.to_string_lossy();
    if !file.exists() && code_in(&words).is_some() {
        Shared::from_code(&words).map_err(|e| format!("the link: {e}"))?;
        return Ok(Some(Asked::Arrival(Arrival::Fragment(words.into_owned()))));
    }
    let bytes = bytes(file)?;
    match Shared::open(&bytes).map_err(|e| explain(file, e))? {
        Shared::Level(shared) => {
            session(arguments, file, shared.level.level).map(|s| Some(Asked::Session(Box::new(s))))
        }
        _ if arguments.build.is_some() || arguments.flow => {
            Err(explain(file, "no level: only a level can be started with --build and --flow"))
        }
        _ => {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Some(Asked::Arrival(Arrival::File(name, bytes))))
        }
    }
}

fn session(arguments: &Arguments, file: &Path, level: Level) -> Result<Session, String> {
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
    Ok(session)
}

/// What a file holds, as far as anything is long that is shared.
fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    let source = std::fs::File::open(file).map_err(|e| explain(file, e))?;
    let mut bytes = Vec::new();
    source.take(FILE_READ_MAX as u64 + 1).read_to_end(&mut bytes).map_err(|e| explain(file, e))?;
    Ok(bytes)
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

    fn session(arguments: &Arguments) -> Result<Session, String> {
        match asked(arguments)? {
            Some(Asked::Session(session)) => Ok(*session),
            _ => panic!("it is a level"),
        }
    }

    #[test]
    fn what_others_share_is_handed_to_the_game_and_what_is_broken_is_told() {
        let solution = campaign("two-rooms.solution.ron").unwrap();
        let shared = Shared::open(&bytes(&solution).unwrap()).unwrap();
        let folder = std::env::temp_dir().join(format!("pipe-maze-opening-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("build.pipemaze");
        std::fs::write(&file, shared.to_bytes().unwrap()).unwrap();
        let given = |level: PathBuf| asked(&Arguments { level: Some(level), ..Arguments::default() });
        for (path, name) in [(solution.clone(), "two-rooms.solution.ron"), (file.clone(), "build.pipemaze")] {
            let Ok(Some(Asked::Arrival(Arrival::File(told, read)))) = given(path) else { panic!("{name}") };
            assert_eq!((told.as_str(), Shared::open(&read)), (name, Ok(shared.clone())));
        }
        let code = shared.to_code().unwrap();
        let link = PathBuf::from(format!("https://example.org/game/#{code}"));
        assert!(matches!(given(link), Ok(Some(Asked::Arrival(Arrival::Fragment(_))))));
        let broken = given(PathBuf::from(&code[..code.len() - 9])).err().unwrap();
        assert!(broken.contains("the link"), "{broken}");
        std::fs::write(&file, b"PIPEMAZE").unwrap();
        assert!(given(file.clone()).err().unwrap().contains("build.pipemaze"));
        let flows = Arguments { level: Some(solution), flow: true, ..Arguments::default() };
        assert!(asked(&flows).err().unwrap().contains("no level"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_level_opens_with_its_build_and_flows() {
        let build = campaign("two-rooms.solution.ron");
        let level = campaign("two-rooms.ron");
        let arguments = Arguments { level, build, flow: true, seed: Some(4), ..Arguments::default() };
        let session = session(&arguments).unwrap();
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
