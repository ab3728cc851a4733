//! How loud, and whether captions show.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SoundSettings>();
    app.add_systems(Update, mute.in_set(crate::FrameSystems::Input));
}

/// What the player has chosen.
#[derive(Resource, Serialize, Deserialize, Clone, PartialEq, Debug, Default)]
#[serde(default)]
pub struct SoundSettings {
    /// The pipe orchestra.
    pub music: Volume,
    /// Everything else.
    pub effects: Volume,
    /// When captions show.
    pub captions: Captions,
}

/// How loud something is.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Debug)]
#[serde(default)]
pub struct Volume {
    /// From 0 to 1, as on a slider.
    pub level: f32,
    /// Silent, whatever the level.
    pub muted: bool,
}

/// When captions show.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Captions {
    /// While effects cannot be heard.
    #[default]
    WhenSilent,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Captions {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::WhenSilent, Self::Always, Self::Never];

    /// The end of the key of its text, `captions-KEY`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WhenSilent => "when-silent",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

impl Default for Volume {
    fn default() -> Self {
        Self { level: 0.8, muted: false }
    }
}

impl Volume {
    /// The factor for samples. Ears hear loudness in ratios, so the lower half of a slider is softer than half.
    pub fn gain(self) -> f32 {
        // A file may say anything.
        let level = if self.level.is_finite() { self.level.clamp(0.0, 1.0) } else { 0.0 };
        if self.muted { 0.0 } else { level * level }
    }
}

impl SoundSettings {
    /// Whether captions show now.
    pub fn shows_captions(&self) -> bool {
        match self.captions {
            Captions::WhenSilent => self.effects.gain() == 0.0,
            Captions::Always => true,
            Captions::Never => false,
        }
    }

    /// Mutes everything; where everything is muted, lets all of it be heard again.
    pub fn toggle_mute(&mut self) {
        let muted = !(self.music.muted && self.effects.muted);
        self.music.muted = muted;
        self.effects.muted = muted;
    }
}

/// M mutes.
fn mute(keys: Res<ButtonInput<KeyCode>>, mut settings: ResMut<SoundSettings>) {
    let command =
        keys.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::SuperLeft, KeyCode::SuperRight]);
    if keys.just_pressed(KeyCode::KeyM) && !command {
        settings.toggle_mute();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn muting_silences_both_and_shows_captions() {
        let mut settings = SoundSettings::default();
        assert!(settings.music.gain() > 0.0 && !settings.shows_captions());
        settings.music.muted = true;
        settings.toggle_mute();
        assert_eq!((settings.music.gain(), settings.effects.gain()), (0.0, 0.0));
        assert!(settings.shows_captions());
        settings.toggle_mute();
        assert_eq!(settings, SoundSettings::default());
    }

    #[test]
    fn saved_settings_come_back_and_bad_ones_do_no_harm() {
        let settings =
            SoundSettings { captions: Captions::Always, music: Volume { level: 0.25, muted: true }, ..default() };
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<SoundSettings>(&text).unwrap(), settings);
        assert_eq!(serde_json::from_str::<SoundSettings>("{}").unwrap(), SoundSettings::default());
        for level in [f32::NAN, f32::INFINITY, -3.0] {
            assert_eq!(Volume { level, muted: false }.gain(), 0.0);
        }
        assert_eq!(Volume { level: 900.0, muted: false }.gain(), 1.0);
    }
}
