//! The pipe orchestra: loops of one length and one tempo, mixed by the mood of the run.
//!
//! All layers are one source with one place in time, so that they can never drift apart. Layers that are not heard cost
//! nothing but that their place moves on.

mod mix;

use super::catalogue::Sound;
use super::library::Library;
use super::mood::{Mood, MoodSystems};
use super::tape::Tape;
use super::{Awake, SoundSettings, SoundSystems};
use crate::script::Ended;
use bevy::audio::{AddAudioSource, AudioPlayer, PlaybackSettings};
use bevy::prelude::*;
use mix::{LAYERS, Mix};

pub(super) fn plugin(app: &mut App) {
    app.add_audio_source::<Mix>();
    app.add_systems(Update, (begin, conduct).chain().in_set(SoundSystems).after(MoodSystems));
}

/// The layers, in the order of their gains.
const SOUNDS: [Sound; LAYERS] =
    [Sound::LayerPulse, Sound::FlowBed, Sound::LayerFlow, Sound::LayerStrain, Sound::LayerFailure, Sound::LayerHarmony];
/// How fast the orchestra follows a mood, per second: alarms come sooner than they go.
const RISE_PER_S: f32 = 1.6;
const FALL_PER_S: f32 = 0.6;
/// How soft the orchestra is under the music of an end, and how long.
const DUCK: f32 = 0.35;
const DUCK_S: f32 = 5.0;

/// How loud each layer is in that mood, from 0 to 1.
pub fn gains(mood: &Mood) -> [f32; LAYERS] {
    let troubled = mood.strain.max(mood.failure);
    [
        0.55 + 0.25 * mood.flow.max(mood.harmony),
        0.7 * mood.flow,
        mood.flow * (1.0 - 0.6 * mood.failure) * (0.6 + 0.4 * mood.harmony),
        0.9 * mood.strain * (1.0 - 0.3 * mood.failure),
        0.9 * mood.failure,
        mood.harmony * (1.0 - 0.5 * troubled),
    ]
}

/// Where the gains are on their way.
#[derive(Default)]
struct Conductor {
    gains: [f32; LAYERS],
    duck_s: f32,
}

impl Conductor {
    /// Goes towards these gains for a while.
    fn follow(&mut self, goal: [f32; LAYERS], dt_s: f32) {
        for (gain, goal) in self.gains.iter_mut().zip(goal) {
            let speed = if goal > *gain { RISE_PER_S } else { FALL_PER_S };
            *gain += (goal - *gain) * (1.0 - (-dt_s * speed).exp());
        }
        self.duck_s = (self.duck_s - dt_s).max(0.0);
    }
}

/// Begins once the first layer is there, and adds the others as they come.
fn begin(
    (library, tapes, awake): (Res<Library>, Res<Assets<Tape>>, Res<Awake>),
    (mut mixes, playing): (ResMut<Assets<Mix>>, Option<Res<Playing>>),
    mut commands: Commands,
) {
    if !awake.0 || !library.is_changed() {
        return;
    }
    let mix = playing.as_ref().map(|playing| playing.0.clone()).unwrap_or_default();
    for (layer, sound) in SOUNDS.into_iter().enumerate() {
        if let Some(tape) = library.tape(sound).and_then(|handle| tapes.get(handle)) {
            mix.add(layer, tape);
        }
    }
    if playing.is_none() && mix.has(0) {
        commands.spawn((AudioPlayer(mixes.add(mix.clone())), PlaybackSettings::ONCE));
        commands.insert_resource(Playing(mix));
    }
}

/// The mix that is heard.
#[derive(Resource)]
struct Playing(Mix);

fn conduct(
    playing: Option<Res<Playing>>,
    (mood, settings, time): (Res<Mood>, Res<SoundSettings>, Res<Time<Real>>),
    (mut ended, mut conductor): (MessageReader<Ended>, Local<Conductor>),
) {
    if ended.read().count() > 0 {
        conductor.duck_s = DUCK_S;
    }
    conductor.follow(gains(&mood), time.delta_secs().min(0.25));
    let Some(playing) = playing else { return };
    let duck = if conductor.duck_s > 0.0 { DUCK } else { 1.0 };
    for (layer, gain) in conductor.gains.into_iter().enumerate() {
        // The water is no music.
        let volume = if SOUNDS[layer] == Sound::FlowBed { settings.effects } else { settings.music };
        playing.0.set_gain(layer, gain * volume.gain() * duck);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_rest_only_the_pulse_plays() {
        let gains = gains(&Mood::default());
        assert!(gains[0] > 0.3);
        assert_eq!(gains[1..], [0.0; LAYERS - 1]);
    }

    #[test]
    fn each_part_of_the_mood_has_its_layer() {
        let flow = Mood { flow: 1.0, ..default() };
        assert!(gains(&flow)[1] > 0.5 && gains(&flow)[2] > 0.5);
        assert!(gains(&Mood { strain: 1.0, ..flow })[3] > 0.8);
        assert!(gains(&Mood { failure: 1.0, ..flow })[4] > 0.8);
        let harmony = Mood { harmony: 1.0, ..flow };
        assert!(gains(&harmony)[5] == 1.0 && gains(&harmony)[2] > gains(&flow)[2], "the orchestra plays in full");
        assert!(gains(&Mood { failure: 1.0, ..flow })[2] < 0.5 * gains(&flow)[2], "the melody makes way");
    }

    #[test]
    fn no_mood_makes_the_layers_clip() {
        for bits in 0..16u8 {
            let part = |bit: u8| f32::from(bits >> bit & 1);
            let mood = Mood { flow: part(0), strain: part(1), failure: part(2), harmony: part(3) };
            let gains = gains(&mood);
            assert!(gains.iter().all(|gain| (0.0..=1.0).contains(gain)), "{gains:?}");
            // Layers peak at about a quarter of full scale.
            assert!(gains.iter().sum::<f32>() * 0.28 < 1.3, "{mood:?} {gains:?}");
        }
    }

    #[test]
    fn alarms_come_sooner_than_they_go_however_long_frames_are() {
        let alarm = gains(&Mood { failure: 1.0, ..default() });
        let after = |frames: u32, frame_s: f32| {
            let mut conductor = Conductor::default();
            (0..frames).for_each(|_| conductor.follow(alarm, frame_s));
            let risen = conductor.gains[4];
            (0..frames).for_each(|_| conductor.follow([0.0; LAYERS], frame_s));
            (risen, conductor.gains[4])
        };
        let (risen, fallen) = after(60, 1.0 / 60.0);
        assert!(risen > 0.6 && fallen > 0.4 * risen);
        let (slow_risen, _) = after(10, 0.1);
        assert!((risen - slow_risen).abs() < 0.01);
    }
}
