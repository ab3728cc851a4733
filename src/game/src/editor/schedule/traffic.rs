//! The traffic of a spring as a curve that can be drawn. A drag is one step to undo, however long it lasts.

use super::super::desk::Desk;
use super::super::dress::{body, strong};
use super::super::pen::{Pen, focus_ring};
use super::super::spot::Told;
use super::NAMES;
use super::axis::{Axis, go_on, seconds};
use super::stops::{Push, moved, stop};
use super::strikes::DRAWN_MAX;
use crate::immediate::colour;
use crate::narration::Range;
use crate::palette;
use bevy_egui::egui::{self, Align2, Color32, Rect, Sense, Stroke, Ui, pos2, vec2};
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::kind::SpringSpec;
use pipe_maze_level::profile::recorded;
use pipe_maze_level::{Class, KindSpec, Profile};

/// What a step of the keyboard adds to the multiple of a rate, and how far it goes.
const FACTOR_STEP: f64 = 0.05;
const FACTOR_MAX: f64 = 1_000.0;
/// In how many parts of the time the requests of a recording are counted.
const RECORDED_PARTS: usize = 96;
/// Within this way a press means a point, in interface pixels.
const REACH: f32 = 13.0;

/// The point that a drag holds, and whether the step has begun that the rest of the drag belongs to.
#[derive(Clone, Debug)]
struct Held {
    nth: u32,
    begun: bool,
}

/// The spring that is selected, or else the first.
pub(super) fn spring(desk: &Desk) -> Option<(String, SpringSpec)> {
    let springs = desk.draft.level().pieces.iter().filter_map(|piece| match &piece.spec {
        KindSpec::Spring(spec) => Some((piece.name.clone(), spec.clone())),
        _ => None,
    });
    let mut springs: Vec<_> = springs.collect();
    let selected = springs.iter().position(|(name, _)| desk.selection.as_ref() == Some(name));
    (!springs.is_empty()).then(|| springs.swap_remove(selected.unwrap_or(0)))
}

/// The track on which traffic is drawn.
pub(super) fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, axis: Axis, now_s: f64) {
    let track = axis.track;
    let painter = ui.painter_at(track.expand(6.0));
    painter.rect_filled(track, 6, colour(palette::ink_raised()));
    let name_at = pos2(track.left() - NAMES + 2.0, track.center().y - 8.0);
    ui.painter().text(name_at, Align2::LEFT_CENTER, pen.say("editor-traffic"), strong(12.0), colour(palette::bone()));
    let unit_at = pos2(track.left() - NAMES + 2.0, track.center().y + 8.0);
    ui.painter().text(
        unit_at,
        Align2::LEFT_CENTER,
        pen.say("editor-per-second"),
        body(11.0),
        colour(palette::periwinkle()),
    );
    let response = ui.interact(track, ui.id().with("traffic"), Sense::click_and_drag());
    let found = spring(desk);
    let of = found.as_ref().map_or_else(String::new, |(name, _)| name.clone());
    let called = pen.texts.with("editor-told-traffic", &[("name", of.into())]);
    let drawn = !found.as_ref().is_some_and(|(_, spec)| matches!(spec.profile, Profile::Recorded { .. }));
    let help = pen.say(if drawn { "editor-timeline-help" } else { "editor-recorded-drawn" });
    pen.note("traffic", &response, found.is_some() && drawn, Told { name: called, help, ..Told::default() });
    let adds = pen.is_asked();
    let by_key = response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    focus_ring(&painter, track, &response);
    let Some((name, spec)) = found else {
        let quiet = colour(palette::periwinkle());
        let galley = painter.layout(pen.say("editor-no-spring-yet"), body(12.0), quiet, track.width() - 12.0);
        painter.galley(track.center() - galley.size() * 0.5, galley, quiet);
        return;
    };
    let points = points(&spec, axis.end_ms);
    // A recording has a rate of its own: it fills the track, whatever that is. A point would take its place.
    let is_recorded = matches!(spec.profile, Profile::Recorded { .. });
    let least = if is_recorded { 1e-9 } else { 2.0 };
    let most = points.iter().map(|point| point.1).fold(least, f64::max) * 1.15;
    let y = |factor: f64| track.bottom() - 3.0 - (track.height() - 8.0) * (factor / most) as f32;
    let factor_at = |at: f32| (f64::from((track.bottom() - 3.0 - at) / (track.height() - 8.0)) * most).max(0.0);
    let rounded = |factor: f64| (factor * 20.0).round() / 20.0;
    let line: Vec<egui::Pos2> = outline(&points, axis, &y);
    areas(&painter, &spec, &line, track);
    painter.line(line.clone(), Stroke::new(2.0, colour(palette::bone())));
    let curve = matches!(spec.profile, Profile::Curve { .. });
    let near = |at: egui::Pos2| {
        let distance = |point: &(u64, f64)| pos2(axis.x(point.0), y(point.1)).distance(at);
        let nearest = points.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        nearest.filter(|(_, point)| curve && distance(point) < REACH).map(|(i, _)| i as u32)
    };
    let id = response.id.with("held");
    let over = response.hover_pos().or(response.interact_pointer_pos());
    let gripped = ui.input(|input| input.pointer.press_origin()).filter(|_| response.drag_started());
    if let Some(nth) = gripped.and_then(near) {
        ui.data_mut(|data| data.insert_temp(id, Held { nth, begun: false }));
    }
    let held = ui.data(|data| data.get_temp::<Held>(id));
    if let (true, Some(at), Some(Held { nth, begun })) = (response.dragged(), over, held) {
        let edit =
            LevelEdit::MovePoint { name: name.clone(), nth, at_ms: axis.ms(at.x), factor: rounded(factor_at(at.y)) };
        let begun = go_on(desk, &edit, begun, now_s);
        ui.data_mut(|data| data.insert_temp(id, Held { nth, begun }));
    }
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<Held>(id));
    }
    let double = response.double_clicked() || response.secondary_clicked();
    match over.map(|at| (at, near(at))) {
        Some((_, Some(nth))) if double => {
            desk.apply(&LevelEdit::RemovePoint { name: name.clone(), nth }, now_s);
        }
        Some((at, None)) if response.clicked() && !double && !is_recorded => {
            let edit =
                LevelEdit::AddPoint { name: name.clone(), at_ms: axis.ms(at.x), factor: rounded(factor_at(at.y)) };
            desk.apply(&edit, now_s);
        }
        _ => {}
    }
    if !is_recorded && (adds || (by_key && over.is_none())) {
        let at_ms = points.last().map_or(0, |point| point.0) / 2 + axis.end_ms / 2;
        desk.apply(&LevelEdit::AddPoint { name: name.clone(), at_ms, factor: 1.0 }, now_s);
    }
    let hot = over.and_then(near);
    if curve {
        for (i, point) in points.iter().enumerate() {
            let at = pos2(axis.x(point.0), y(point.1));
            let stop = (
                response.id.with(("point", i)),
                format!("traffic-point-{}", i + 1),
                Rect::from_center_size(at, vec2(18.0, 18.0)),
            );
            if let Some(edit) = pushed(pen, ui, stop, (&name, &spec), (i, &points, axis.end_ms)) {
                desk.apply(&edit, now_s);
            }
            let fill = if hot == Some(i as u32) { palette::gold() } else { palette::bone() };
            painter.circle(at, 5.0, colour(fill), Stroke::new(2.0, colour(palette::ink())));
        }
    }
    if is_recorded {
        let quiet = colour(palette::periwinkle());
        let galley = painter.layout(pen.say("editor-recorded-drawn"), body(11.0), quiet, track.width() - 12.0);
        painter.galley(pos2(track.right() - galley.size().x - 6.0, track.top() + 3.0), galley, quiet);
    }
    if over.is_none() {
        peak(pen, &painter, (&points, &line), track, spec.rate_per_s_total());
    }
    if let Some(at) = over.filter(|_| !is_recorded) {
        let rate = factor_at(at.y) * spec.rate_per_s_total();
        let words = pen.texts.with(
            "editor-at-rate",
            &[
                ("s", seconds(pen.texts, axis.ms(at.x)).into()),
                ("rate", crate::ui::turn::number(pen.texts, rate.round()).into()),
            ],
        );
        painter.vline(at.x, track.y_range(), Stroke::new(1.5, colour(palette::failed_on_ink())));
        let right = at.x > track.center().x;
        let align = if right { Align2::RIGHT_TOP } else { Align2::LEFT_TOP };
        let at = pos2(at.x + if right { -6.0 } else { 6.0 }, track.top() + 3.0);
        painter.text(at, align, words, strong(11.0), colour(palette::gold()));
    }
}

/// What the keyboard, or assistive technology, does to a point.
fn pushed(
    pen: &Pen<'_>,
    ui: &Ui,
    (id, key, area): (egui::Id, String, Rect),
    (name, spec): (&str, &SpringSpec),
    (nth, points, end_ms): (usize, &[(u64, f64)], u64),
) -> Option<LevelEdit> {
    let (at_ms, factor) = points[nth];
    let rate = factor * spec.rate_per_s_total();
    let words =
        [("s", seconds(pen.texts, at_ms).into()), ("rate", crate::ui::turn::number(pen.texts, rate.round()).into())];
    let called =
        pen.texts.with("editor-told-point-of-traffic", &[("name", name.to_owned().into()), ("n", (nth + 1).into())]);
    let range = Range { now: factor, min: 0.0, max: FACTOR_MAX };
    let push = stop(pen, ui, (id, &key, area), (called, pen.texts.with("editor-at-rate", &words), range))?;
    let (name, place) = (name.to_owned(), nth as u32);
    Some(match push {
        Push::Along(steps) => LevelEdit::MovePoint { name, nth: place, at_ms: moved(at_ms, steps, end_ms), factor },
        Push::Up(steps) => {
            let factor = (((factor + FACTOR_STEP * f64::from(steps)) * 20.0).round() / 20.0).clamp(0.0, FACTOR_MAX);
            LevelEdit::MovePoint { name, nth: place, at_ms, factor }
        }
        Push::Away => LevelEdit::RemovePoint { name, nth: place },
        Push::More => {
            let next_ms = points.get(nth + 1).map_or(end_ms, |next| next.0);
            LevelEdit::AddPoint { name, at_ms: at_ms.midpoint(next_ms), factor }
        }
    })
}

/// How many requests a second there are at most.
fn peak(
    pen: &Pen<'_>,
    painter: &egui::Painter,
    (points, line): (&[(u64, f64)], &[egui::Pos2]),
    track: Rect,
    rate_per_s: f64,
) {
    let most = points.iter().map(|point| point.1).fold(0.0, f64::max);
    let Some(highest) = line.iter().min_by(|a, b| a.y.total_cmp(&b.y)) else { return };
    let rate = crate::ui::turn::number(pen.texts, (most * rate_per_s).round());
    let words = pen.texts.with("editor-peak", &[("rate", rate.into())]);
    let at = pos2(highest.x.clamp(track.left() + 6.0, track.right() - 60.0), highest.y - 3.0);
    painter.text(at, Align2::LEFT_BOTTOM, words, strong(11.0), colour(palette::gold()));
}

/// The line through the points, from the one end to the other.
fn outline(points: &[(u64, f64)], axis: Axis, y: &impl Fn(f64) -> f32) -> Vec<egui::Pos2> {
    let first = points.first().map_or(1.0, |point| point.1);
    let last = points.last().map_or(1.0, |point| point.1);
    let ends = |x: f32, factor: f64| pos2(x, y(factor));
    std::iter::once(ends(axis.track.left(), first))
        .chain(points.iter().map(|point| ends(axis.x(point.0), point.1)))
        .chain([ends(axis.track.right(), last)])
        .collect()
}

/// Under the line, how much of it each class is.
fn areas(painter: &egui::Painter, spec: &SpringSpec, line: &[egui::Pos2], track: Rect) {
    let total = spec.rate_per_s_total().max(1e-9);
    let mut below = 0.0;
    for (class, rate) in spec.classes() {
        let (from, to) = (below as f32, (below + rate / total) as f32);
        below += rate / total;
        let at = |point: &egui::Pos2, share: f32| pos2(point.x, track.bottom() - (track.bottom() - point.y) * share);
        let mut mesh = egui::Mesh::default();
        let shade = class_colour(class).gamma_multiply(0.45);
        for point in line {
            mesh.colored_vertex(at(point, from), shade);
            mesh.colored_vertex(at(point, to), shade);
        }
        for i in 0..line.len().saturating_sub(1) as u32 {
            mesh.add_triangle(2 * i, 2 * i + 1, 2 * i + 2);
            mesh.add_triangle(2 * i + 1, 2 * i + 2, 2 * i + 3);
        }
        painter.add(mesh);
    }
}

fn class_colour(class: Class) -> Color32 {
    colour(match class {
        Class::Browse => palette::browse(),
        Class::Buy => palette::buy(),
        Class::Batch => palette::batch(),
    })
}

/// The points between which a spring's profile goes in straight lines: time in milliseconds and factor.
fn points(spec: &SpringSpec, end_ms: u64) -> Vec<(u64, f64)> {
    match spec.profile {
        Profile::Constant | Profile::Steady | Profile::Users { .. } => vec![(0, 1.0)],
        // As many requests a second as come in each part of the time.
        Profile::Recorded { ref at_ms } => {
            let total = spec.rate_per_s_total().max(1e-9);
            let bound = |nth: usize| (u128::from(end_ms) * nth as u128 / RECORDED_PARTS as u128) as u64;
            let rates = recorded::rates(at_ms, end_ms, RECORDED_PARTS).into_iter().enumerate();
            rates.flat_map(|(nth, rate)| [(bound(nth), rate / total), (bound(nth + 1), rate / total)]).collect()
        }
        Profile::Ramp { from_ms, to_ms, factor } => vec![(from_ms, 1.0), (to_ms, factor)],
        Profile::Spike { at_ms, for_ms, factor } => {
            let to_ms = at_ms.saturating_add(for_ms);
            vec![(at_ms, 1.0), (at_ms, factor), (to_ms, factor), (to_ms, 1.0)]
        }
        Profile::Curve { ref points, .. } => points.clone(),
        // What comes by chance is drawn as it is on average.
        Profile::Bursts { calm_ms, burst_ms, factor } => {
            let (mut at, mut points) = (0_u64, Vec::new());
            while at < end_ms && points.len() < 4 * DRAWN_MAX {
                let calm = at.saturating_add(calm_ms.max(1));
                let over = calm.saturating_add(burst_ms.max(1));
                points.extend([(at, 1.0), (calm, 1.0), (calm, factor), (over, factor)]);
                at = over;
            }
            points
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Kind;

    /// A spring of ten requests a second.
    fn spring(profile: Profile) -> SpringSpec {
        let KindSpec::Spring(spec) = Kind::Spring.default_spec() else { unreachable!("that is what it is") };
        SpringSpec { rate_per_s: 10.0, profile, ..spec }
    }

    #[test]
    fn a_recording_is_drawn_as_it_came() {
        let at_ms = (0..40).map(|nth| nth * 25).collect();
        let points = points(&spring(Profile::Recorded { at_ms }), 9_600);
        assert_eq!(points.len(), 2 * RECORDED_PARTS);
        // Forty a second for a second, four times what a factor of 1 stands for; then none.
        assert!(points[..18].iter().all(|&(_, factor)| (factor - 4.0).abs() < 1e-9), "{points:?}");
        assert!(points[20..].iter().all(|&(_, factor)| factor == 0.0), "{points:?}");
    }

    #[test]
    fn every_profile_has_a_line() {
        for profile in [
            Profile::Constant,
            Profile::Spike { at_ms: 10, for_ms: u64::MAX, factor: 2.0 },
            Profile::Bursts { calm_ms: 0, burst_ms: 0, factor: 3.0 },
            Profile::Users { users: 3, think_ms: 10.0 },
            Profile::Steady,
            Profile::Recorded { at_ms: vec![0, 1] },
            Profile::Recorded { at_ms: Vec::new() },
        ] {
            assert!(!points(&spring(profile.clone()), u64::MAX).is_empty(), "{profile:?}");
        }
    }
}
