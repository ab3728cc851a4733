//! The two families: League Spartan for titles, Lexend for all that is read or counted. For letters that neither has,
//! fonts of the language, and of whatever script is shown, stand in.

mod full;
mod stand_ins;

use bevy::prelude::*;
pub use stand_ins::StandIns;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Fonts>();
    app.add_plugins(stand_ins::plugin);
}

/// The fonts in use.
#[derive(Resource, Clone)]
pub struct Fonts {
    /// Titles, name plates, headings.
    pub title: Handle<Font>,
    /// Text.
    pub body: Handle<Font>,
    /// Figures and buttons.
    pub strong: Handle<Font>,
}

impl FromWorld for Fonts {
    fn from_world(world: &mut World) -> Self {
        let server = world.resource::<AssetServer>();
        Self {
            title: server.load("fonts/league-spartan-800.ttf"),
            body: server.load("fonts/lexend-400.ttf"),
            strong: server.load("fonts/lexend-600.ttf"),
        }
    }
}

/// A font at a size in logical pixels.
pub fn font(handle: &Handle<Font>, size_px: f32) -> TextFont {
    TextFont { font: FontSource::Handle(handle.clone()), font_size: FontSize::Px(size_px), ..default() }
}
