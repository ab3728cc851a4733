//! Keys as they were pressed, each with what was held then, in the order of events: in a slow frame Shift and Control may
//! be up again, or down already, where it ends.

use bevy::ecs::system::SystemParam;
use bevy::input::keyboard::{Key, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;

/// Reads them.
#[derive(SystemParam)]
pub struct Chords<'w, 's> {
    events: MessageReader<'w, 's, KeyboardInput>,
    lost: MessageReader<'w, 's, KeyboardFocusLost>,
    held: Local<'s, Held>,
}

#[derive(Clone, Copy, Default)]
struct Held {
    command: bool,
    shift: bool,
}

impl Chords<'_, '_> {
    /// Letters that were pressed with Control or Command since the last look, small, and whether Shift was held with each.
    pub fn letters(&mut self) -> Vec<(String, bool)> {
        let pressed = self.pressed();
        let letters = pressed.into_iter().filter(|(_, held)| held.command).filter_map(|(event, held)| {
            let Key::Character(letter) = event.logical_key else { return None };
            Some((letter.to_lowercase(), held.shift))
        });
        letters.collect()
    }

    /// How often Tab was pressed, or repeated while it was held, since the last look; and whether Shift was held with each:
    /// then it leads back.
    pub fn tabs(&mut self) -> Vec<bool> {
        let pressed = self.pressed();
        let tabs = pressed.iter().filter(|(event, _)| event.logical_key == Key::Tab);
        tabs.map(|(_, held)| held.shift).collect()
    }

    fn pressed(&mut self) -> Vec<(KeyboardInput, Held)> {
        if self.lost.read().count() > 0 {
            *self.held = Held::default();
        }
        let mut pressed = Vec::new();
        for event in self.events.read() {
            let is_down = event.state.is_pressed();
            match &event.logical_key {
                Key::Control | Key::Super | Key::Meta => self.held.command = is_down,
                Key::Shift => self.held.shift = is_down,
                _ if is_down => pressed.push((event.clone(), *self.held)),
                _ => {}
            }
        }
        pressed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::input::ButtonState;

    #[derive(Resource, Default)]
    struct Heard(Vec<bool>);

    fn game() -> App {
        let mut app = App::new();
        app.add_message::<KeyboardInput>().add_message::<KeyboardFocusLost>().init_resource::<Heard>();
        app.add_systems(Update, |mut chords: Chords<'_, '_>, mut heard: ResMut<Heard>| heard.0 = chords.tabs());
        app
    }

    /// What is heard of a frame in which these keys go down or up.
    fn heard(app: &mut App, keys: &[(Key, bool)]) -> Vec<bool> {
        for (key, down) in keys {
            app.world_mut().write_message(KeyboardInput {
                key_code: if *key == Key::Tab { KeyCode::Tab } else { KeyCode::ShiftLeft },
                logical_key: key.clone(),
                state: if *down { ButtonState::Pressed } else { ButtonState::Released },
                text: None,
                repeat: false,
                window: Entity::PLACEHOLDER,
            });
        }
        app.update();
        app.world().resource::<Heard>().0.clone()
    }

    #[test]
    fn tab_goes_back_where_shift_was_held_when_it_went_down() {
        let mut app = game();
        let (down, up) = ((Key::Shift, true), (Key::Shift, false));
        let (tab, tab_up) = ((Key::Tab, true), (Key::Tab, false));
        assert_eq!(heard(&mut app, &[down.clone(), tab.clone(), tab_up.clone(), up.clone()]), [true], "up again");
        assert_eq!(heard(&mut app, &[tab.clone(), tab_up.clone(), down.clone()]), [false], "down already");
        assert_eq!(heard(&mut app, &[tab.clone(), up.clone(), tab_up.clone(), tab.clone()]), [true, false]);
        assert!(heard(&mut app, &[]).is_empty(), "each is heard once");
    }

    #[test]
    fn a_window_without_the_keyboard_holds_no_shift() {
        let mut app = game();
        heard(&mut app, &[(Key::Shift, true)]);
        app.world_mut().write_message(KeyboardFocusLost);
        assert_eq!(heard(&mut app, &[(Key::Tab, true)]), [false]);
    }
}
