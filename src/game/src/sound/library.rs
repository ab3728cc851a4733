//! Sounds come in after the first frame, and are decoded a little in each frame: nothing waits for them.

use super::catalogue::Sound;
use super::tape::{OggFile, OggFileLoader, Tape, Winder};
use super::{Awake, SoundSystems};
use crate::Screen;
use bevy::asset::LoadState;
use bevy::audio::AddAudioSource;
use bevy::platform::time::Instant;
use bevy::prelude::*;
use std::time::Duration;

pub(super) fn plugin(app: &mut App) {
    app.init_asset::<OggFile>();
    app.register_asset_loader(OggFileLoader);
    app.add_audio_source::<Tape>();
    app.init_resource::<Library>();
    app.add_systems(Update, (ask, wind).chain().in_set(SoundSystems).run_if(not(in_state(Screen::Loading))));
}

/// Frames that are shown before the first sound is asked for.
const FRAMES_BEFORE: u32 = 3;
/// Most files that are on their way at once.
const ON_THEIR_WAY_MAX: usize = 4;
/// How much of a frame may be spent on decoding.
const WIND_TIME_MAX: Duration = Duration::from_millis(2);

/// The sounds that have come in.
#[derive(Resource, Default)]
pub struct Library {
    frames: u32,
    asked: usize,
    on_their_way: Vec<(Sound, Handle<OggFile>)>,
    winding: Option<(Sound, Winder)>,
    tapes: Vec<(Sound, Handle<Tape>)>,
}

impl Library {
    /// A sound, once it can be played.
    pub fn tape(&self, sound: Sound) -> Option<&Handle<Tape>> {
        self.tapes.iter().find(|(other, _)| *other == sound).map(|(_, tape)| tape)
    }
}

/// Asks for a few files at a time.
fn ask(server: Res<AssetServer>, mut library: ResMut<Library>) {
    library.frames = library.frames.saturating_add(1);
    if library.frames <= FRAMES_BEFORE {
        return;
    }
    while library.on_their_way.len() < ON_THEIR_WAY_MAX && library.asked < Sound::ALL.len() {
        let (sound, name) = Sound::ALL[library.asked];
        library.asked += 1;
        library.on_their_way.push((sound, server.load(format!("sounds/{name}.ogg"))));
    }
}

/// Decodes what has come in. Before the first press nothing is played, and the title's frames are left alone.
fn wind(
    (server, awake): (Res<AssetServer>, Res<Awake>),
    files: Res<Assets<OggFile>>,
    mut tapes: ResMut<Assets<Tape>>,
    mut library: ResMut<Library>,
) {
    if !awake.0 {
        return;
    }
    let begun = Instant::now();
    while begun.elapsed() < WIND_TIME_MAX {
        let Some((sound, mut winder)) = library.winding.take().or_else(|| next(&server, &files, &mut library)) else {
            return;
        };
        match winder.wind() {
            Ok(false) => library.winding = Some((sound, winder)),
            Ok(true) => {
                let tape = tapes.add(winder.finish());
                library.tapes.push((sound, tape));
            }
            Err(message) => warn!("the sound {} stays silent: {message}", sound.name()),
        }
    }
}

/// The next file that has come in. Those that never will are given up; why, the asset server has logged.
fn next(server: &AssetServer, files: &Assets<OggFile>, library: &mut Library) -> Option<(Sound, Winder)> {
    library.on_their_way.retain(|(_, handle)| !matches!(server.load_state(handle), LoadState::Failed(_)));
    let at = library.on_their_way.iter().position(|(_, handle)| files.contains(handle))?;
    let (sound, handle) = library.on_their_way.remove(at);
    Some((sound, Winder::new(files.get(&handle)?).ok()?))
}
