//! What is drawn in immediate mode, with egui: its plugin, the game's letters and colours for it, and what of the window
//! it covers.

use crate::Screen;
use crate::fonts::StandIns;
use crate::input::chords::Chords;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiInput, EguiPlugin, EguiPreUpdateSet, PrimaryEguiContext, egui};

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(EguiPlugin::default());
    app.init_resource::<Covered>();
    app.add_systems(Update, lend_letters.run_if(not(in_state(Screen::Loading)).and_then(resource_changed::<StandIns>)));
    let between = order_tabs.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass);
    app.add_systems(PreUpdate, between);
}

/// The family of titles, in egui.
pub const TITLE: &str = "title";
/// The family of figures and buttons, in egui.
pub const STRONG: &str = "strong";

/// What immediate-mode panels take of the window and of the keyboard: the board keeps off that.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Covered {
    /// Areas, in window pixels.
    pub areas: Vec<Rect>,
    /// Whether keys go to a field or button there.
    pub keys: bool,
}

impl Covered {
    /// Whether a point of the window is covered.
    pub fn has(&self, at: Vec2) -> bool {
        self.areas.iter().any(|area| area.contains(at))
    }
}

/// A colour of the world as egui wants it.
pub fn colour(color: Color) -> egui::Color32 {
    let [r, g, b, a] = color.to_srgba().to_u8_array();
    egui::Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// Tab leads where Shift, as it was held with it, wants it: egui is told only what is held when a frame ends.
fn order_tabs(mut chords: Chords<'_, '_>, mut inputs: Query<&mut EguiInput, With<PrimaryEguiContext>>) {
    let tabs = chords.tabs();
    if tabs.is_empty() {
        return;
    }
    for mut input in &mut inputs {
        let pressed = input.events.iter_mut().filter_map(|event| match event {
            egui::Event::Key { key: egui::Key::Tab, pressed: true, modifiers, .. } => Some(modifiers),
            _ => None,
        });
        for (modifiers, back) in pressed.zip(&tabs) {
            modifiers.shift = *back;
        }
    }
}

fn lend_letters((stand_ins, files): (Res<StandIns>, Res<Assets<Font>>), mut contexts: EguiContexts<'_, '_>) -> Result {
    let arrived = stand_ins.arrived().iter().filter_map(|handle| files.get(handle));
    contexts.ctx_mut()?.set_fonts(letters(arrived.map(|font| font.data.as_ref())));
    Ok(())
}

/// The game's letters; behind them those of the fonts that stand in, the first asked first, and last those that egui has
/// itself.
pub fn letters<'a>(stand_ins: impl IntoIterator<Item = &'a [u8]>) -> egui::FontDefinitions {
    let mut fonts = egui::FontDefinitions::default();
    let lexend = egui::FontData::from_static(include_bytes!("../../../assets/fonts/lexend-400.ttf"));
    let strong = egui::FontData::from_static(include_bytes!("../../../assets/fonts/lexend-600.ttf"));
    let title = egui::FontData::from_static(include_bytes!("../../../assets/fonts/league-spartan-800.ttf"));
    fonts.font_data.insert("lexend".into(), lexend.into());
    fonts.font_data.insert(STRONG.into(), strong.into());
    fonts.font_data.insert(TITLE.into(), title.into());
    let mut rest = Vec::new();
    for (n, font) in stand_ins.into_iter().enumerate() {
        let name = format!("stand-in-{n}");
        fonts.font_data.insert(name.clone(), egui::FontData::from_owned(font.to_vec()).into());
        rest.push(name);
    }
    rest.extend(fonts.families.get(&egui::FontFamily::Proportional).cloned().unwrap_or_default());
    let families = [
        (egui::FontFamily::Proportional, "lexend"),
        (egui::FontFamily::Name(STRONG.into()), STRONG),
        (egui::FontFamily::Name(TITLE.into()), TITLE),
    ];
    for (family, first) in families {
        let names = std::iter::once(first.to_owned()).chain(rest.iter().cloned()).collect();
        fonts.families.insert(family, names);
    }
    fonts
}
