//! What of the page is being read: measured from how it was laid out, section by section.

use super::View;
use super::scroll::Scroll;
use super::sections::Heading;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Scroll>();
    app.add_systems(OnEnter(Screen::Codex), |mut scroll: ResMut<Scroll>| *scroll = Scroll::default());
    app.add_systems(Update, settle.in_set(FrameSystems::Show).run_if(in_state(Screen::Codex)));
}

/// Measures the page as it was laid out last, and moves it.
pub(super) fn settle(
    time: Res<Time>,
    view: Single<(&ComputedNode, &UiGlobalTransform, &mut ScrollPosition), With<View>>,
    headings: Query<(&Heading, &ComputedNode, &UiGlobalTransform)>,
    mut scroll: ResMut<Scroll>,
) {
    let (node, place, mut position) = view.into_inner();
    let pixel = node.inverse_scale_factor();
    if node.size().y <= 0.0 {
        return;
    }
    let end = ((node.content_size().y - node.size().y) * pixel).max(0.0);
    scroll.fit(end, node.size().y * pixel);
    let top = place.translation.y - node.size().y * 0.5 - node.scroll_position.y;
    for (heading, node, place) in &headings {
        if scroll.tops.len() <= heading.0 {
            scroll.tops.resize(heading.0 + 1, 0.0);
        }
        scroll.tops[heading.0] = (place.translation.y - node.size().y * 0.5 - top) * pixel;
    }
    scroll.pass(time.delta_secs());
    if position.0.y != scroll.shown {
        position.0.y = scroll.shown;
    }
}

/// The height on the page at which one reads: a quarter below the top of the view, and towards the page's end lower and
/// lower, so that its last line is reached too.
pub(super) fn reading_line(shown: f32, view: f32, end: f32) -> f32 {
    let to_end = if view > 0.0 { ((shown - (end - view)) / view).clamp(0.0, 1.0) } else { 0.0 };
    shown + view * (0.25 * (shown / view.max(1.0)).min(1.0) + 0.75 * to_end)
}

/// How far the line has come, in sections: -1 at the beginning, 0 where the first one begins.
pub(super) fn level(tops: &[f32], line: f32, whole: f32) -> f32 {
    let reached = tops.iter().take_while(|&&top| top <= line).count();
    let from = if reached == 0 { 0.0 } else { tops[reached - 1] };
    let to = tops.get(reached).copied().unwrap_or(whole);
    let part = if to > from { ((line - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
    reached as f32 - 1.0 + part
}
