//! Pipe Maze, the game: a Bevy app over the level layer and the simulation.
//!
//! 1. [`session`] holds what is open and is the only thing that changes it; it knows no window.
//! 2. `input` turns pointer and keys into edits and orders; `script` does the same for the page's script interface.
//! 3. `board` and `ui` show the session. All that they spawn is disposable: despawned and built again from the
//!    session, the picture is the same.
//!
//! Nothing here changes the simulation except through [`session::Session`].

mod atlas;
pub mod awake;
pub mod background;
mod board;
mod camera;
mod causes;
mod editor;
mod engineer;
mod exchange;
mod foes;
mod fonts;
mod immediate;
mod input;
pub mod language;
mod lesson;
mod loading;
pub mod motion;
mod narration;
#[cfg(not(target_arch = "wasm32"))]
pub mod opening;
mod pace;
mod page;
mod palette;
mod prediction;
mod progress;
mod references;
mod ride;
mod sage;
pub mod script;
pub mod session;
mod settings;
mod sharing;
pub mod sound;
pub mod store;
pub mod text;
mod trial;
mod ui;

pub use board::droplets;

use bevy::asset::io::AssetSourceBuilder;
use bevy::image::{ImageFilterMode, ImageSamplerDescriptor};
use bevy::log::{Level as LogLevel, LogPlugin};
use bevy::prelude::*;
use bevy::window::WindowResolution;

/// Which screen is shown.
#[derive(States, Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Screen {
    /// Files are on their way.
    #[default]
    Loading,
    /// The title.
    Title,
    /// The map of the maze: where one chooses a level.
    Map,
    /// The page that says what is modelled, and what is not.
    Codex,
    /// The board: Plan, or Flow while the session has a run.
    Board,
    /// How the run went.
    Debrief,
    /// Where levels are made.
    Editor,
}

/// The order of work within a frame.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FrameSystems {
    /// Requests of the page's script interface.
    Script,
    /// Pointer and keys become edits and orders.
    Input,
    /// Simulated time passes.
    Tick,
    /// The picture follows the session.
    Show,
}

/// The game, ready to run.
pub fn app() -> App {
    let mut app = App::new();
    let levels = AssetSourceBuilder::platform_default("levels", None);
    app.register_asset_source("levels", levels);
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin { primary_window: Some(window()), ..default() })
            .set(ImagePlugin { default_sampler: pictures() })
            .set(AssetPlugin { meta_check: bevy::asset::AssetMetaCheck::Never, ..default() })
            .set(LogPlugin { level: LogLevel::WARN, filter: "wgpu=error,naga=error".into(), ..default() }),
    );
    app.init_state::<Screen>();
    let order = (FrameSystems::Script, FrameSystems::Input, FrameSystems::Tick, FrameSystems::Show);
    app.configure_sets(Update, order.chain());
    app.add_plugins((text::plugin, language::plugin, immediate::plugin, narration::plugin));
    app.add_plugins((
        lesson::plugin,
        store::plugin,
        motion::plugin,
        palette::plugin,
        settings::plugin,
        progress::plugin,
    ));
    app.add_plugins((
        fonts::plugin,
        atlas::plugin,
        loading::plugin,
        camera::plugin,
        input::plugin,
        board::plugin,
        ui::plugin,
        script::plugin,
        page::plugin,
        sage::plugin,
        background::plugin,
        trial::plugin,
        sound::plugin,
        engineer::plugin,
        awake::plugin,
    ));
    app.add_plugins((editor::plugin, exchange::plugin, sharing::plugin));
    app.add_plugins((ride::plugin, pace::plugin, prediction::plugin, references::plugin));
    let passes = in_state(Screen::Board).and_then(ui::settings::closed);
    app.add_systems(Update, tick.in_set(FrameSystems::Tick).run_if(passes));
    app
}

/// Simulated time passes with the clock of the wall. The frame in which the water is turned on or let go comes after a
/// rest of any length, so a run counts from the frame after.
fn tick(time: Res<Time>, session: Option<ResMut<session::Session>>, mut flowed: Local<bool>) {
    let Some(mut session) = session else { return };
    let flows = session.play().is_some() && !session.is_paused();
    if std::mem::replace(&mut *flowed, flows) {
        session.tick(time.delta_secs_f64());
    }
}

/// How pictures are read that have no smaller copies of themselves: looking for what lies between two of those would cost
/// half as much again for each pixel, and find nothing.
fn pictures() -> ImageSamplerDescriptor {
    ImageSamplerDescriptor { mipmap_filter: ImageFilterMode::Nearest, ..ImageSamplerDescriptor::linear() }
}

fn window() -> Window {
    Window {
        title: "Pipe Maze".into(),
        resolution: WindowResolution::new(1280, 720),
        canvas: Some("#pipe-maze".into()),
        fit_canvas_to_parent: true,
        prevent_default_event_handling: true,
        ..default()
    }
}
