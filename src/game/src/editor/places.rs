//! Where the editor's panels stand, for every size of window.

use super::desk::Desk;
use super::panel::Panel;
use crate::ui::Layout;
use bevy_egui::egui::{Rect, pos2, vec2};

/// Between panels, and between them and the window's edge.
const GAP: f32 = 8.0;
/// Height of the bar at the top.
const TOP: f32 = 58.0;
/// Width of the rail of tools.
const RAIL: f32 = 76.0;
/// Height of the bar with what a tool can do.
const OPTIONS: f32 = 52.0;
/// Height of the timeline, and of its bar alone.
const TIMELINE: (f32, f32) = (172.0, 38.0);
/// Height of the list of problems: while there is none, with one, and with more.
const PROBLEMS: [f32; 3] = [84.0, 132.0, 208.0];
/// On a phone: height of the row of tools, of the row of tabs, and of one panel.
const PHONE: (f32, f32) = (62.0, 56.0);

/// The areas of the panels, in interface pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Places {
    /// The bar at the top.
    pub top: Rect,
    /// The tools: a column, on a phone a row.
    pub rail: Rect,
    /// What the tool in the hand can do; nothing where it can do nothing.
    pub options: Option<Rect>,
    /// What stands beside the picture, with its tabs; on a phone the tabs alone while it is shut.
    pub panel: Rect,
    /// The problems.
    pub problems: Option<Rect>,
    /// Traffic and enemies by time.
    pub timeline: Option<Rect>,
    /// What is left for the picture.
    pub free: Rect,
}

impl Places {
    /// For a window and what is open in it.
    pub fn of(layout: &Layout, desk: &Desk) -> Self {
        if layout.wide { Self::wide(layout, desk) } else { Self::tall(layout, desk) }
    }

    /// All areas that keep presses from the picture.
    pub fn covered(&self) -> impl Iterator<Item = Rect> {
        [Some(self.top), Some(self.rail), self.options, Some(self.panel), self.problems, self.timeline]
            .into_iter()
            .flatten()
    }

    fn wide(layout: &Layout, desk: &Desk) -> Self {
        let (w, h) = (layout.size.x, layout.size.y);
        let low = h < 600.0;
        let panel_width: f32 = match desk.panel {
            Panel::Text => 470.0,
            Panel::Story | Panel::Tutorial => 360.0,
            _ => 312.0,
        };
        let panel_width = panel_width.min(w * 0.46);
        let top = Rect::from_min_size(pos2(GAP, GAP), vec2(w - 2.0 * GAP, TOP));
        let below = top.bottom() + GAP;
        let right = w - GAP - panel_width;
        let timeline_height = if desk.timeline_open { TIMELINE.0 } else { TIMELINE.1 };
        let timeline = Rect::from_min_max(pos2(GAP, h - GAP - timeline_height), pos2(right - GAP, h - GAP));
        let rail = Rect::from_min_max(pos2(GAP, below), pos2(GAP + RAIL, timeline.top() - GAP));
        let count = desk.draft.problems().len().min(PROBLEMS.len() - 1);
        let problems_height = if low { 96.0 } else { PROBLEMS[count] };
        let problems = Rect::from_min_max(pos2(right, h - GAP - problems_height), pos2(w - GAP, h - GAP));
        let panel = Rect::from_min_max(pos2(right, below), pos2(w - GAP, problems.top() - GAP));
        let options = super::rail::has_options(desk)
            .then(|| Rect::from_min_max(pos2(rail.right() + GAP, below), pos2(right - GAP, below + OPTIONS)));
        let free_top = below + OPTIONS + GAP;
        let free = Rect::from_min_max(pos2(rail.right() + GAP, free_top), pos2(right - GAP, timeline.top() - GAP));
        Self { top, rail, options, panel, problems: Some(problems), timeline: Some(timeline), free }
    }

    fn tall(layout: &Layout, desk: &Desk) -> Self {
        let (w, h) = (layout.size.x, layout.size.y);
        let top = Rect::from_min_size(pos2(4.0, 4.0), vec2(w - 8.0, TOP));
        let rail = Rect::from_min_max(pos2(4.0, h - 4.0 - PHONE.0), pos2(w - 4.0, h - 4.0));
        let panel_height = if desk.panel_open { (h * 0.42).max(220.0) } else { PHONE.1 };
        let panel = Rect::from_min_max(pos2(4.0, rail.top() - 4.0 - panel_height), pos2(w - 4.0, rail.top() - 4.0));
        let below = top.bottom() + 4.0;
        let options = super::rail::has_options(desk)
            .then(|| Rect::from_min_max(pos2(4.0, below), pos2(w - 4.0, below + OPTIONS)));
        // Whoever stands at the edge of the map is seen whole.
        let free = Rect::from_min_max(pos2(18.0, below + OPTIONS), pos2(w - 18.0, panel.top() - 4.0));
        Self { top, rail, options, panel, problems: None, timeline: None, free }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::tool::Tool;
    use pipe_maze_level::draft::Draft;

    #[test]
    fn panels_stand_within_the_window_and_apart() {
        let mut desk = Desk::new(Draft::blank(16, 12), 1);
        for (width, height) in [(1_280.0, 720.0), (1_024.0, 768.0), (390.0, 844.0), (844.0, 390.0), (1_920.0, 1_080.0)]
        {
            let layout = Layout::for_window(bevy::math::Vec2::new(width, height));
            let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(layout.size.x, layout.size.y));
            for panel in Panel::ALL {
                for (tool, open) in [(Tool::Select, false), (Tool::Dig, true), (Tool::Piece, true)] {
                    (desk.panel, desk.tool, desk.panel_open, desk.timeline_open) = (panel, tool, open, open);
                    let places = Places::of(&layout, &desk);
                    let areas: Vec<Rect> = places.covered().chain([places.free]).collect();
                    for (i, area) in areas.iter().enumerate() {
                        assert!(window.contains_rect(*area) && area.is_positive(), "{width}x{height}: {places:?}");
                        let apart = areas[i + 1..].iter().all(|other| !area.shrink(0.5).intersects(*other));
                        assert!(apart || *area == places.free, "{width}x{height}: {places:?}");
                    }
                }
            }
        }
    }
}
