//! What the player has chosen, kept from one game to the next. Each choice is a resource of the part that heeds it; here
//! they are read at the start, and written a moment after any of them has changed, by whatever way.

use crate::awake::Awake;
use crate::language::Languages;
use crate::motion::MotionWish;
use crate::palette::Theme;
use crate::sound::SoundSettings;
use crate::store::{Name, Store};
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Kept>();
    app.add_systems(PreStartup, read);
    app.add_systems(Last, write);
}

/// So long nothing may change until it is written, in seconds: a slider that is dragged is no reason to write.
const SETTLES_S: f32 = 0.4;

/// All choices, as they are kept. What a file does not say is as it comes.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug, Default)]
#[serde(default)]
struct Settings {
    sound: SoundSettings,
    motion: MotionWish,
    theme: Theme,
    /// The code of the language that was chosen; without one it is the system's.
    language: Option<String>,
}

/// The choices where they are heeded.
#[derive(SystemParam)]
struct Choices<'w> {
    sound: ResMut<'w, SoundSettings>,
    motion: ResMut<'w, MotionWish>,
    theme: ResMut<'w, Theme>,
    languages: ResMut<'w, Languages>,
}

impl Choices<'_> {
    fn now(&self) -> Settings {
        let language = self.languages.chosen().map(|language| language.code().to_owned());
        Settings { sound: self.sound.clone(), motion: *self.motion, theme: *self.theme, language }
    }

    fn set(&mut self, settings: Settings) {
        self.sound.set_if_neq(settings.sound);
        self.motion.set_if_neq(settings.motion);
        self.theme.set_if_neq(settings.theme);
        // What the address or the command line asks for goes first; a language that there is not any more is none.
        let language = settings.language.and_then(|code| code.parse().ok());
        if language.is_some() && self.languages.chosen().is_none() {
            self.languages.choose(language);
        }
    }
}

/// What is kept, and what is to be kept and since when.
#[derive(Resource, Default)]
struct Kept {
    last: Settings,
    changed: Option<(Settings, f32)>,
}

fn read(mut store: ResMut<Store>, mut choices: Choices<'_>, mut kept: ResMut<Kept>) {
    let before: Option<Settings> = store.load(Name::SETTINGS);
    kept.last = before.unwrap_or_else(|| choices.now());
    choices.set(kept.last.clone());
}

fn write(
    choices: Choices<'_>,
    (time, mut awake): (Res<Time<Real>>, ResMut<Awake>),
    (mut kept, mut store): (ResMut<Kept>, ResMut<Store>),
) {
    let (now, now_s) = (choices.now(), time.elapsed_secs());
    if now == kept.last {
        kept.changed = None;
        return;
    }
    match &kept.changed {
        Some((same, since_s)) if *same == now => {
            if now_s - since_s >= SETTLES_S {
                // Where it cannot be kept the player has been told; it is no use to try in every frame.
                store.save(Name::SETTINGS, &now);
                kept.last = now;
            }
        }
        _ => kept.changed = Some((now, now_s)),
    }
    awake.keep_for(2.0 * SETTLES_S);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Fault, Shelf};
    use bevy::time::TimeUpdateStrategy;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    /// A shelf for one text.
    #[derive(Clone, Default)]
    struct Note(Arc<Mutex<Option<String>>>, Arc<Mutex<u32>>);

    impl Shelf for Note {
        fn read(&self, name: &str) -> Result<Option<String>, Fault> {
            Ok(if name == Name::SETTINGS.to_string() { self.0.lock().unwrap().clone() } else { None })
        }

        fn write(&mut self, name: &str, text: &str) -> Result<(), Fault> {
            if name == Name::SETTINGS.to_string() {
                *self.1.lock().unwrap() += 1;
                *self.0.lock().unwrap() = Some(text.into());
            }
            Ok(())
        }

        fn remove(&mut self, _: &str) -> Result<(), Fault> {
            *self.0.lock().unwrap() = None;
            Ok(())
        }
    }

    /// A game without a window, in which a frame takes a tenth of a second.
    fn game(note: &Note) -> App {
        let mut app = App::new();
        app.add_plugins(MinimalPlugins);
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(100)));
        app.insert_resource(Store::on(note.clone()));
        app.init_resource::<SoundSettings>();
        app.init_resource::<MotionWish>();
        app.init_resource::<Theme>();
        app.init_resource::<Languages>();
        app.init_resource::<Awake>();
        app.add_plugins(plugin);
        app
    }

    fn run(app: &mut App, seconds: f32) {
        (0..(seconds * 10.0) as u32).for_each(|_| app.update());
    }

    #[test]
    fn choices_come_back_in_the_next_game() {
        let note = Note::default();
        let mut app = game(&note);
        run(&mut app, 3.0);
        assert_eq!(*note.1.lock().unwrap(), 0, "what nobody has chosen is not kept");
        app.world_mut().resource_mut::<SoundSettings>().music.level = 0.3;
        *app.world_mut().resource_mut::<Theme>() = Theme::Tritanopia;
        *app.world_mut().resource_mut::<MotionWish>() = MotionWish::Reduced;
        app.world_mut().resource_mut::<Languages>().choose("de".parse().ok());
        run(&mut app, 3.0);
        assert_eq!(*note.1.lock().unwrap(), 1);
        let mut next = game(&note);
        run(&mut next, 0.1);
        assert_eq!(next.world().resource::<SoundSettings>().music.level, 0.3);
        assert_eq!(*next.world().resource::<Theme>(), Theme::Tritanopia);
        assert_eq!(*next.world().resource::<MotionWish>(), MotionWish::Reduced);
        assert_eq!(next.world().resource::<Languages>().current().code(), "de");
        run(&mut next, 3.0);
        assert_eq!(*note.1.lock().unwrap(), 1, "what was read is not written again");
    }

    #[test]
    fn a_slider_that_is_dragged_is_written_once() {
        let note = Note::default();
        let mut app = game(&note);
        for step in 0..30 {
            app.world_mut().resource_mut::<SoundSettings>().effects.level = step as f32 / 30.0;
            run(&mut app, 0.1);
        }
        assert_eq!(*note.1.lock().unwrap(), 0);
        run(&mut app, 1.0);
        assert_eq!(*note.1.lock().unwrap(), 1);
    }

    #[test]
    fn a_file_of_fewer_or_more_choices_is_read_as_far_as_it_goes() {
        let note = Note::default();
        *note.0.lock().unwrap() =
            Some(r#"{"theme":"high-contrast","language":"klingon","later":{"unheard":"of"}}"#.into());
        let mut app = game(&note);
        run(&mut app, 0.1);
        assert_eq!(*app.world().resource::<Theme>(), Theme::HighContrast);
        assert_eq!(*app.world().resource::<SoundSettings>(), SoundSettings::default());
        assert!(!app.world().resource::<Store>().has_troubles());
    }
}
