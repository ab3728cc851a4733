//! Effects: each cue that is let through gets a voice, and the voice goes when its sound is over.

use super::catalogue::Sound;
use super::library::Library;
use super::tape::Tape;
use super::throttle::Throttle;
use super::{Awake, Cue, SoundSettings, SoundSystems};
use bevy::audio::{AudioPlayer, PlaybackSettings, Volume};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Heard>();
    app.add_systems(Update, (end, play).chain().in_set(SoundSystems).after(super::cues::CueSystems));
}

/// How long a voice outlives its sound, in seconds: devices are a little late.
const GRACE_S: f32 = 0.4;

/// A cue that was let through: it is heard, or would be if sound were on.
#[derive(Message, Clone, Copy, PartialEq, Debug)]
pub struct Heard(pub Sound);

/// A sound that plays.
#[derive(Component)]
struct Voice {
    left_s: f32,
}

fn play(
    mut cues: MessageReader<Cue>,
    (time, settings, awake): (Res<Time<Real>>, Res<SoundSettings>, Res<Awake>),
    (library, tapes): (Res<Library>, Res<Assets<Tape>>),
    (voices, mut throttle): (Query<&Voice>, Local<Throttle>),
    (mut heard, mut commands): (MessageWriter<Heard>, Commands),
) {
    let mut playing = voices.iter().count();
    for cue in cues.read().filter(|_| awake.0) {
        if !throttle.admits(cue.sound, time.elapsed_secs_f64(), playing) {
            continue;
        }
        heard.write(Heard(cue.sound));
        let gain = cue.gain * settings.effects.gain();
        let Some(handle) = library.tape(cue.sound).filter(|_| gain > 0.0) else { continue };
        let Some(tape) = tapes.get(handle) else { continue };
        playing += 1;
        let settings = PlaybackSettings::ONCE.with_volume(Volume::Linear(gain)).with_speed(cue.speed);
        let left_s = tape.length_s() as f32 / cue.speed + GRACE_S;
        commands.spawn((AudioPlayer(handle.clone()), settings, Voice { left_s }));
    }
}

/// By the clock, not by the device: without one no voice would ever end.
fn end(mut commands: Commands, time: Res<Time<Real>>, mut voices: Query<(Entity, &mut Voice)>) {
    for (entity, mut voice) in &mut voices {
        voice.left_s -= time.delta_secs();
        if voice.left_s <= 0.0 {
            commands.entity(entity).despawn();
        }
    }
}
