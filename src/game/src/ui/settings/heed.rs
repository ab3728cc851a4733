//! What the controls of the settings do.

use crate::motion::MotionWish;
use crate::pace::SlowMoments;
use crate::palette::Theme;
use crate::sound::SoundSettings;
use crate::ui::buttons::{ButtonId, Channel, Clicked};
use crate::ui::turn::{Turnable, Turned};
use bevy::prelude::*;

/// Heeds presses and turns. A volume that is turned is heard at once, and unmuted.
pub fn heed(
    (mut clicked, mut turned): (MessageReader<Clicked>, MessageReader<Turned>),
    mut sound: ResMut<SoundSettings>,
    (mut motion, mut theme, mut slow_moments): (ResMut<MotionWish>, ResMut<Theme>, ResMut<SlowMoments>),
) {
    for Clicked(id) in clicked.read() {
        match *id {
            ButtonId::Mute(channel) => {
                let volume = volume_of(&mut sound, channel);
                volume.muted = !volume.muted;
            }
            ButtonId::Captions(captions) => sound.captions = captions,
            ButtonId::Motion(wish) => *motion = wish,
            ButtonId::SlowMoments => slow_moments.0 = !slow_moments.0,
            ButtonId::Theme(chosen) => {
                theme.set_if_neq(chosen);
            }
            _ => {}
        }
    }
    for turned in turned.read() {
        if let ButtonId::Volume(channel) = turned.id {
            let volume = volume_of(&mut sound, channel);
            (volume.level, volume.muted) = (turned.value as f32, false);
        }
    }
}

/// Sliders stand where the volumes are, without another sheet: it would be taken away from under the hand.
pub fn stand(sound: Res<SoundSettings>, mut sliders: Query<&mut Turnable>) {
    for mut slider in &mut sliders {
        let ButtonId::Volume(channel) = slider.id else { continue };
        let level = f64::from(match channel {
            Channel::Music => sound.music.level,
            Channel::Effects => sound.effects.level,
        });
        if slider.value != level {
            slider.value = level;
        }
    }
}

fn volume_of(sound: &mut SoundSettings, channel: Channel) -> &mut crate::sound::Volume {
    match channel {
        Channel::Music => &mut sound.music,
        Channel::Effects => &mut sound.effects,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::Captions;

    fn game() -> App {
        let mut app = App::new();
        app.add_message::<Clicked>().add_message::<Turned>();
        app.init_resource::<SoundSettings>().init_resource::<MotionWish>().init_resource::<Theme>();
        app.init_resource::<SlowMoments>();
        app.add_systems(Update, heed);
        app
    }

    #[test]
    fn every_control_changes_what_it_says_and_nothing_else() {
        let mut app = game();
        for id in [
            ButtonId::Mute(Channel::Music),
            ButtonId::Captions(Captions::Always),
            ButtonId::Motion(MotionWish::Reduced),
            ButtonId::SlowMoments,
            ButtonId::Theme(Theme::HighContrast),
        ] {
            app.world_mut().write_message(Clicked(id));
        }
        app.update();
        let sound = app.world().resource::<SoundSettings>().clone();
        assert!(sound.music.muted && !sound.effects.muted);
        assert_eq!(sound.captions, Captions::Always);
        assert_eq!(*app.world().resource::<MotionWish>(), MotionWish::Reduced);
        assert!(!app.world().resource::<SlowMoments>().0);
        assert_eq!(*app.world().resource::<Theme>(), Theme::HighContrast);
        app.world_mut().write_message(Turned { id: ButtonId::Volume(Channel::Music), value: 0.25, done: false });
        app.update();
        let sound = app.world().resource::<SoundSettings>().clone();
        assert!(!sound.music.muted, "who turns it wants to hear it");
        assert_eq!((sound.music.level, sound.effects.level), (0.25, 0.8));
    }
}
