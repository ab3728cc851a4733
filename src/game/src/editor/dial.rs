//! A dial: a knob of bone in an arc of gold that says how far it is turned.

use super::dress::{body, strong};
use super::pen::{Pen, keep_arrows};
use super::spot::{Deed, Told};
use crate::immediate::colour;
use crate::palette;
use crate::ui::turn::{Scale, Written};
use bevy_egui::egui::{self, Color32, Sense, Stroke, Ui, pos2, vec2};
use pipe_maze_level::Param;
use pipe_maze_level::kind::param::Range;
use std::f32::consts::PI;

/// Height of the place that a dial takes.
const HEIGHT: f32 = 104.0;
/// Radius of the arc, and of the knob.
const RADIUS: (f32, f32) = (24.0, 17.0);
/// From where to where it turns, clockwise from the right.
const TURN: (f32, f32) = (PI * 0.75, PI * 2.25);
/// A drag of so many pixels goes from one end to the other.
const WAY: f32 = 160.0;

impl Pen<'_> {
    /// A dial of that width for a parameter that is a number. Gives the new value once the hand lets go.
    pub fn dial(&self, ui: &mut Ui, param: &Param, value: f64, width: f32) -> Option<f64> {
        let Range::Number { min, max, whole } = param.range else { return None };
        let scale = Scale::new(min, max, whole);
        let (area, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click_and_drag());
        let (called, help) =
            (self.say(&format!("param-{}", param.key)), self.say(&format!("param-{}-help", param.key)));
        let response = response.on_hover_text(&help);
        let deed = Deed::Turn(crate::narration::Range { now: value, min, max });
        let told = Told { name: called.clone(), value: Written::of(param).text(self.texts, value), help, deed };
        self.note(&format!("knob-{}", param.key), &response, true, told);
        let id = response.id.with("held");
        let held = ui.data(|data| data.get_temp::<(f64, f64)>(id));
        let mut turned = None;
        let mut shown = held.map_or(value, |(_, value)| value);
        if response.dragged() {
            let delta = response.drag_delta();
            let place = held.map_or_else(|| scale.place(value), |(place, _)| place);
            let place = (place + f64::from((delta.x - delta.y) / WAY)).clamp(0.0, 1.0);
            shown = scale.value(place);
            ui.data_mut(|data| data.insert_temp(id, (place, shown)));
        } else if held.is_some() {
            ui.data_mut(|data| data.remove_temp::<(f64, f64)>(id));
            turned = Some(shown);
        }
        if self.steps() != 0 {
            turned = Some(scale.stepped(value, self.steps()));
        }
        if response.has_focus() {
            let steps = ui.input(|input| {
                let pressed = |key| i32::from(input.key_pressed(key));
                pressed(egui::Key::ArrowUp) + pressed(egui::Key::ArrowRight)
                    - pressed(egui::Key::ArrowDown)
                    - pressed(egui::Key::ArrowLeft)
            });
            if steps != 0 {
                turned = Some(scale.stepped(value, steps));
            }
            keep_arrows(ui, &response);
        }
        self.paint_dial(ui, area, &response, scale.place(shown) as f32);
        let painter = ui.painter();
        let name = painter.layout(called, body(12.0), bone(), width);
        painter.galley(pos2(area.center().x - name.size().x * 0.5, area.top()), name, bone());
        let words = Written::of(param).text(self.texts, shown);
        painter.text(
            pos2(area.center().x, area.bottom() - 2.0),
            egui::Align2::CENTER_BOTTOM,
            words,
            strong(13.0),
            bone(),
        );
        turned.filter(|turned| *turned != value)
    }

    fn paint_dial(&self, ui: &Ui, area: egui::Rect, response: &egui::Response, place: f32) {
        let middle = pos2(area.center().x, area.center().y + 2.0);
        let painter = ui.painter();
        let angle = TURN.0 + (TURN.1 - TURN.0) * place;
        arc(painter, middle, TURN.1, Stroke::new(4.5, colour(palette::ink_line())));
        arc(painter, middle, angle, Stroke::new(4.5, colour(palette::gold())));
        let lit = if response.hovered() || response.dragged() { palette::core() } else { palette::bone() };
        painter.circle_filled(middle, RADIUS.1, colour(lit));
        let towards = |length: f32| middle + vec2(angle.cos(), angle.sin()) * length;
        painter.line_segment([towards(3.0), towards(RADIUS.1 - 3.0)], Stroke::new(3.0, colour(palette::ink())));
        super::pen::focus_ring(painter, area, response);
    }
}

fn bone() -> Color32 {
    colour(palette::bone())
}

/// From the least to an angle.
fn arc(painter: &egui::Painter, middle: egui::Pos2, to: f32, stroke: Stroke) {
    let steps = (((to - TURN.0) / 0.12) as usize).max(1);
    let points = (0..=steps).map(|i| {
        let angle = TURN.0 + (to - TURN.0) * i as f32 / steps as f32;
        middle + vec2(angle.cos(), angle.sin()) * RADIUS.0
    });
    painter.line(points.collect(), stroke);
}
