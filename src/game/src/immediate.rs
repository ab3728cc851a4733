//! What is drawn in immediate mode, with egui: its plugin, and the game's letters and colours for it.

use crate::Screen;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPlugin, egui};

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(EguiPlugin::default());
    app.add_systems(OnExit(Screen::Loading), lend_letters);
}

/// A colour of the world as egui wants it.
pub fn colour(color: Color) -> egui::Color32 {
    let [r, g, b, a] = color.to_srgba().to_u8_array();
    egui::Color32::from_rgba_unmultiplied(r, g, b, a)
}

fn lend_letters(mut contexts: EguiContexts<'_, '_>) -> Result {
    let mut fonts = egui::FontDefinitions::default();
    let lexend = egui::FontData::from_static(include_bytes!("../../../assets/fonts/lexend-400.ttf"));
    fonts.font_data.insert("lexend".into(), lexend.into());
    if let Some(family) = fonts.families.get_mut(&egui::FontFamily::Proportional) {
        family.insert(0, "lexend".into());
    }
    contexts.ctx_mut()?.set_fonts(fonts);
    Ok(())
}
