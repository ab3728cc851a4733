//! Letters with Control or Command, in the order of events: in a slow frame Control may be up again before it begins.

use bevy::ecs::system::SystemParam;
use bevy::input::keyboard::{Key, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;

/// Reads them.
#[derive(SystemParam)]
pub struct Commanded<'w, 's> {
    events: MessageReader<'w, 's, KeyboardInput>,
    lost: MessageReader<'w, 's, KeyboardFocusLost>,
    held: Local<'s, Held>,
}

#[derive(Default)]
struct Held {
    command: bool,
    shift: bool,
}

impl Commanded<'_, '_> {
    /// Letters that were pressed since the last look, small, and whether Shift was held with each.
    pub fn read(&mut self) -> Vec<(String, bool)> {
        if self.lost.read().count() > 0 {
            *self.held = Held::default();
        }
        let mut letters = Vec::new();
        for event in self.events.read() {
            let pressed = event.state.is_pressed();
            match &event.logical_key {
                Key::Control | Key::Super | Key::Meta => self.held.command = pressed,
                Key::Shift => self.held.shift = pressed,
                Key::Character(letter) if pressed && self.held.command => {
                    letters.push((letter.to_lowercase(), self.held.shift));
                }
                _ => {}
            }
        }
        letters
    }
}
