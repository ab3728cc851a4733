//! What the game sounds like: effects that follow facts and hands, and the pipe orchestra that follows the run.
//!
//! 1. `catalogue` names every sound; `library` loads and decodes them, a little in each frame, once the first frame has
//!    been shown. What is missing stays silent.
//! 2. `cues` listens: to the session's facts, the board, the hand and the interface. It writes `Cue`s.
//! 3. `voices` plays cues, few enough at a time to be told apart; `captions` writes down those that carry information.
//! 4. `mood` reads the run, and `orchestra` plays the layers that fit.
//!
//! Nothing here changes the session. Browsers keep a page silent until it has been pressed once, so nothing plays
//! before the first press, here as everywhere.

mod captions;
mod catalogue;
mod cues;
mod library;
mod mood;
mod orchestra;
mod settings;
mod tape;
mod throttle;
mod voices;

pub(crate) use catalogue::Sound;
pub use settings::{Captions, SoundSettings, Volume};

use crate::FrameSystems;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Cue>();
    app.init_resource::<Awake>();
    app.configure_sets(Update, SoundSystems.after(FrameSystems::Show));
    app.add_systems(Update, wake.in_set(FrameSystems::Input).run_if(asleep));
    app.add_plugins((
        settings::plugin,
        library::plugin,
        cues::plugin,
        mood::plugin,
        orchestra::plugin,
        voices::plugin,
        captions::plugin,
    ));
}

/// Everything that listens and plays, after the picture.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct SoundSystems;

/// Something that is to be heard.
#[derive(Message, Clone, Copy, PartialEq, Debug)]
struct Cue {
    sound: Sound,
    /// How many times faster, and so higher, than it was recorded.
    speed: f32,
    gain: f32,
}

impl Cue {
    const fn new(sound: Sound) -> Self {
        Self { sound, speed: 1.0, gain: 1.0 }
    }

    /// A step up the scale: D, F, G, A, C, D and so on.
    fn at_step(self, step: usize) -> Self {
        const SEMITONES: [i32; 6] = [0, 3, 5, 7, 10, 12];
        let speed = 2f32.powf(SEMITONES[step % SEMITONES.len()] as f32 / 12.0);
        Self { speed, ..self }
    }

    const fn gain(self, gain: f32) -> Self {
        Self { gain, ..self }
    }
}

/// Whether the player has pressed something yet.
#[derive(Resource, Default)]
struct Awake(bool);

fn asleep(awake: Res<Awake>) -> bool {
    !awake.0
}

fn wake(
    (keys, mouse, touches): (Res<ButtonInput<KeyCode>>, Res<ButtonInput<MouseButton>>, Res<Touches>),
    mut awake: ResMut<Awake>,
) {
    let pressed = keys.get_just_pressed().next().is_some() || mouse.get_just_pressed().next().is_some();
    if pressed || touches.any_just_pressed() {
        awake.0 = true;
    }
}
