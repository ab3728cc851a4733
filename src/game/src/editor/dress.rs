//! How egui looks in the editor: the world's ink and bone, its letters and its round corners.

use crate::immediate::{STRONG, TITLE, colour};
use crate::palette;
use bevy::prelude::Alpha;
use bevy_egui::egui::{self, CornerRadius, FontFamily, FontId, Stroke, TextStyle};

/// Round corners of controls, in interface pixels.
pub const CORNER: u8 = 10;
/// Round corners of panels.
pub const PANEL_CORNER: u8 = 16;
/// Size of running text.
pub const BODY: f32 = 13.0;

/// Letters of titles.
pub fn title(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(TITLE.into()))
}

/// Letters of figures and buttons.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(STRONG.into()))
}

/// Letters of running text.
pub fn body(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Way within which a press that moves is still a click, in interface pixels: a finger is never quite still.
const CLICK_WAY: f32 = 10.0;
/// Between two clicks of a double click at most, in seconds.
const DOUBLE_S: f64 = 0.5;

/// Dresses all that is drawn in immediate mode.
pub fn dress(context: &egui::Context) {
    context.options_mut(|options| {
        // However long it takes: hands may be slow, and so may a machine that draws with its processor.
        options.input_options.max_click_duration = f64::INFINITY;
        options.input_options.max_click_dist = CLICK_WAY;
        options.input_options.max_double_click_delay = DOUBLE_S;
    });
    context.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, body(11.0)),
            (TextStyle::Body, body(BODY)),
            (TextStyle::Button, strong(BODY)),
            (TextStyle::Heading, title(17.0)),
            (TextStyle::Monospace, FontId::monospace(12.0)),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = egui::vec2(7.0, 6.0);
        spacing.button_padding = egui::vec2(10.0, 5.0);
        spacing.interact_size = egui::vec2(34.0, 28.0);
        spacing.combo_width = 90.0;
        spacing.icon_width = 20.0;
        spacing.icon_width_inner = 12.0;
        spacing.scroll = egui::style::ScrollStyle::solid();
        spacing.scroll.bar_width = 7.0;
        spacing.scroll.bar_inner_margin = 5.0;
        style.visuals = visuals();
        style.interaction.selectable_labels = false;
        style.animation_time = 0.0;
    });
}

fn visuals() -> egui::Visuals {
    let mut visuals = egui::Visuals::dark();
    let (ink, raised, line) = (colour(palette::ink()), colour(palette::ink_raised()), colour(palette::ink_line()));
    let (bone, quiet) = (colour(palette::bone()), colour(palette::periwinkle()));
    visuals.window_fill = ink;
    visuals.panel_fill = ink;
    visuals.window_stroke = Stroke::new(1.5, line);
    visuals.window_corner_radius = CornerRadius::same(PANEL_CORNER);
    visuals.menu_corner_radius = CornerRadius::same(CORNER);
    visuals.extreme_bg_color = colour(palette::sky_top()).gamma_multiply(0.55);
    visuals.text_edit_bg_color = Some(raised);
    visuals.code_bg_color = raised;
    visuals.faint_bg_color = raised;
    visuals.hyperlink_color = colour(palette::browse());
    visuals.warn_fg_color = colour(palette::strain());
    visuals.error_fg_color = colour(palette::failed_on_ink());
    visuals.selection.bg_fill = colour(palette::inactive());
    visuals.selection.stroke = Stroke::new(1.5, colour(palette::gold()));
    visuals.popup_shadow = egui::Shadow::NONE;
    visuals.window_shadow = egui::Shadow::NONE;
    visuals.override_text_color = None;
    let all = [
        (&mut visuals.widgets.noninteractive, ink, line, bone),
        (&mut visuals.widgets.inactive, raised, line, bone),
        (&mut visuals.widgets.hovered, line, quiet, bone),
        (&mut visuals.widgets.active, line, colour(palette::gold()), bone),
        (&mut visuals.widgets.open, line, quiet, bone),
    ];
    for (widget, fill, edge, words) in all {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, edge);
        widget.fg_stroke = Stroke::new(1.5, words);
        widget.corner_radius = CornerRadius::same(CORNER);
        widget.expansion = 0.0;
    }
    visuals
}

/// The frame of a panel: ink, rounded, with a quiet line.
pub fn panel(margin: i8) -> egui::Frame {
    egui::Frame::new()
        .fill(colour(palette::ink().with_alpha(0.99)))
        .stroke(Stroke::new(1.5, colour(palette::ink_line())))
        .corner_radius(CornerRadius::same(PANEL_CORNER))
        .inner_margin(egui::Margin::same(margin))
}
