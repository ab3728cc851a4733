//! When things happen: the traffic of a spring as a curve that can be drawn, and the enemies' strikes as bars that can be
//! dragged. A drag is one step to undo, however long it lasts.

use super::desk::Desk;
use super::dress::{body, strong};
use super::pen::{Face, Look, Pen};
use crate::board::looks;
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::{self, Align2, Color32, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::enemy::Schedule;
use pipe_maze_level::kind::SpringSpec;
use pipe_maze_level::{Class, Enemy, KindSpec, Profile};

/// Width of the names at the left.
const NAMES: f32 = 96.0;
/// Height of an enemy's lane.
const LANE: f32 = 22.0;
/// Height of the line of times.
const TIMES: f32 = 16.0;
/// Within this way a press means a point, or the end of a bar, in interface pixels.
const REACH: f32 = 9.0;
/// Most strikes that are drawn of an enemy that strikes again and again.
const DRAWN_MAX: usize = 200;
/// Shortest strike that can be drawn, in milliseconds.
const STRIKE_MS_MIN: u64 = 10;

/// When a new enemy strikes.
pub fn first(duration_ms: u64) -> Schedule {
    Schedule::At(vec![(duration_ms / 4, (duration_ms / 2).max(duration_ms / 4 + 1))])
}

/// The times at which an enemy strikes in a run of that length.
pub fn windows(schedule: &Schedule, end_ms: u64) -> Vec<(u64, u64)> {
    match schedule {
        Schedule::Always => vec![(0, end_ms.max(1))],
        Schedule::Every { first_ms, every_ms, for_ms } => {
            let begins = (0..DRAWN_MAX as u64).map(|i| first_ms.saturating_add(i.saturating_mul((*every_ms).max(1))));
            begins.take_while(|from| *from < end_ms).map(|from| (from, from.saturating_add((*for_ms).max(1)))).collect()
        }
        Schedule::At(times) => times.clone(),
    }
}

/// Times in order and apart: what overlaps becomes one.
pub fn tidy(mut times: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    times.retain(|(from, to)| from < to);
    times.sort_unstable();
    let mut tidy: Vec<(u64, u64)> = Vec::new();
    for (from, to) in times {
        match tidy.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => tidy.push((from, to)),
        }
    }
    tidy
}

/// The points between which a profile goes in straight lines: time in milliseconds and factor.
pub fn points(profile: &Profile, end_ms: u64) -> Vec<(u64, f64)> {
    match *profile {
        Profile::Constant | Profile::Users { .. } => vec![(0, 1.0)],
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

/// What a drag holds.
#[derive(Clone, Debug)]
struct Held {
    what: Grip,
    /// Whether the step has begun that the rest of the drag belongs to.
    begun: bool,
}

#[derive(Clone, Debug)]
enum Grip {
    Point(u32),
    /// A strike of an enemy: the strikes as they were, which one, and what of it is held.
    Strike {
        times: Vec<(u64, u64)>,
        nth: usize,
        end: End,
    },
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum End {
    From,
    To,
    /// The whole of it, held so many milliseconds after its beginning.
    Whole(u64),
}

/// From time to place.
#[derive(Clone, Copy)]
struct Axis {
    track: Rect,
    end_ms: u64,
}

impl Axis {
    fn x(self, ms: u64) -> f32 {
        self.track.left() + self.track.width() * (ms as f64 / self.end_ms.max(1) as f64).min(1.0) as f32
    }

    fn ms(self, x: f32) -> u64 {
        let share = f64::from((x - self.track.left()) / self.track.width().max(1.0)).clamp(0.0, 1.0);
        // Ten milliseconds are as fine as a hand is.
        (share * self.end_ms as f64 / 10.0).round() as u64 * 10
    }
}

/// The timeline.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, now_s: f64) {
    bar(pen, ui, desk);
    if !desk.timeline_open {
        return;
    }
    let room = ui.available_rect_before_wrap();
    let end_ms = desk.draft.level().flow.duration_ms;
    let enemies = desk.draft.level().enemies.clone();
    let lanes = (enemies.len() as f32).clamp(1.0, 3.0) * LANE;
    let traffic = Rect::from_min_max(
        pos2(room.left() + NAMES, room.top()),
        pos2(room.right() - 4.0, room.bottom() - lanes - TIMES - 4.0),
    );
    traffic_track(pen, ui, desk, Axis { track: traffic, end_ms }, now_s);
    let below =
        Rect::from_min_max(pos2(room.left(), traffic.bottom() + 4.0), pos2(room.right(), room.bottom() - TIMES));
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(below));
    egui::ScrollArea::vertical().id_salt("lanes").show(&mut inside, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if enemies.is_empty() {
            pen.quiet(ui, pen.say("editor-no-enemies"));
        }
        for enemy in &enemies {
            lane(pen, ui, desk, enemy, (room.left() + NAMES, room.right() - 4.0, end_ms), now_s);
        }
    });
    times(pen, ui, Axis { track: traffic, end_ms }, room.bottom());
    ui.allocate_rect(room, Sense::hover());
}

/// The heading, which spring is drawn, and the button that shuts it.
fn bar(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    ui.horizontal(|ui| {
        pen.heading(ui, pen.say("editor-timeline"), 14.5);
        if let Some((name, _)) = spring(desk) {
            pen.quiet(ui, pen.texts.with("editor-traffic-of", &[("name", name.into())]));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let icon = if desk.timeline_open { "icon-down" } else { "icon-up" };
            if pen.button_told(ui, "timeline", Face::icon(icon).least(28.0, 24.0), Look::Bare, "editor-timeline-fold") {
                desk.timeline_open = !desk.timeline_open;
            }
            pen.quiet(ui, pen.say("editor-timeline-help"));
        });
    });
}

/// The spring that is selected, or else the first.
fn spring(desk: &Desk) -> Option<(String, SpringSpec)> {
    let springs = desk.draft.level().pieces.iter().filter_map(|piece| match &piece.spec {
        KindSpec::Spring(spec) => Some((piece.name.clone(), spec.clone())),
        _ => None,
    });
    let mut springs: Vec<_> = springs.collect();
    let selected = springs.iter().position(|(name, _)| desk.selection.as_ref() == Some(name));
    (!springs.is_empty()).then(|| springs.swap_remove(selected.unwrap_or(0)))
}

fn traffic_track(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, axis: Axis, now_s: f64) {
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
    pen.note("traffic", &response, true);
    let Some((name, spec)) = spring(desk) else { return };
    let points = points(&spec.profile, axis.end_ms);
    let most = points.iter().map(|point| point.1).fold(2.0, f64::max) * 1.15;
    let y = |factor: f64| track.bottom() - 3.0 - (track.height() - 8.0) * (factor / most) as f32;
    let factor_at = |at: f32| (f64::from((track.bottom() - 3.0 - at) / (track.height() - 8.0)) * most).max(0.0);
    let rounded = |factor: f64| (factor * 20.0).round() / 20.0;
    let line: Vec<egui::Pos2> = outline(&points, axis, &y);
    areas(&painter, &spec, &line, track);
    painter.line(line, Stroke::new(2.0, colour(palette::bone())));
    let curve = matches!(spec.profile, Profile::Curve { .. });
    let near = |at: egui::Pos2| {
        let distance = |point: &(u64, f64)| pos2(axis.x(point.0), y(point.1)).distance(at);
        let nearest = points.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        nearest.filter(|(_, point)| curve && distance(point) < REACH * 1.4).map(|(i, _)| i as u32)
    };
    let id = response.id.with("held");
    let over = response.hover_pos().or(response.interact_pointer_pos());
    let gripped = ui.input(|input| input.pointer.press_origin()).filter(|_| response.drag_started());
    if let Some(nth) = gripped.and_then(near) {
        ui.data_mut(|data| data.insert_temp(id, Held { what: Grip::Point(nth), begun: false }));
    }
    let held = ui.data(|data| data.get_temp::<Held>(id));
    if let (true, Some(at), Some(Held { what: Grip::Point(nth), begun })) = (response.dragged(), over, held) {
        let edit =
            LevelEdit::MovePoint { name: name.clone(), nth, at_ms: axis.ms(at.x), factor: rounded(factor_at(at.y)) };
        let begun = go_on(desk, &edit, begun, now_s);
        ui.data_mut(|data| data.insert_temp(id, Held { what: Grip::Point(nth), begun }));
    }
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<Held>(id));
    }
    let double = response.double_clicked() || response.secondary_clicked();
    match over.map(|at| (at, near(at))) {
        Some((_, Some(nth))) if double => {
            desk.apply(&LevelEdit::RemovePoint { name: name.clone(), nth }, now_s);
        }
        Some((at, None)) if response.clicked() && !double => {
            let edit =
                LevelEdit::AddPoint { name: name.clone(), at_ms: axis.ms(at.x), factor: rounded(factor_at(at.y)) };
            desk.apply(&edit, now_s);
        }
        _ => {}
    }
    let hot = over.and_then(near);
    if curve {
        for (i, point) in points.iter().enumerate() {
            let fill = if hot == Some(i as u32) { palette::gold() } else { palette::bone() };
            let at = pos2(axis.x(point.0), y(point.1));
            painter.circle(at, 5.0, colour(fill), Stroke::new(2.0, colour(palette::ink())));
        }
    }
    if let Some(at) = over {
        let rate = factor_at(at.y) * spec.rate_per_s_total();
        let words = pen.texts.with(
            "editor-at-rate",
            &[("s", seconds(axis.ms(at.x)).into()), ("rate", crate::ui::turn::number(rate.round()).into())],
        );
        painter.vline(at.x, track.y_range(), Stroke::new(1.5, colour(palette::failed_on_ink())));
        let right = at.x > track.center().x;
        let align = if right { Align2::RIGHT_TOP } else { Align2::LEFT_TOP };
        let at = pos2(at.x + if right { -6.0 } else { 6.0 }, track.top() + 3.0);
        painter.text(at, align, words, strong(11.0), colour(palette::gold()));
    }
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

/// Makes the edit a step of its own at first, then a part of that step. Says whether the step has begun.
fn go_on(desk: &mut Desk, edit: &LevelEdit, begun: bool, now_s: f64) -> bool {
    if begun {
        desk.amend(edit, now_s);
        return true;
    }
    let steps = |desk: &Desk| desk.draft.done().len();
    let before = steps(desk);
    desk.apply(edit, now_s) && steps(desk) > before
}

fn lane(
    pen: &Pen<'_>,
    ui: &mut Ui,
    desk: &mut Desk,
    enemy: &Enemy,
    (left, right, end_ms): (f32, f32, u64),
    now_s: f64,
) {
    let (row, _) = ui.allocate_exact_size(vec2(right - ui.cursor().left(), LANE - 2.0), Sense::hover());
    let track = Rect::from_min_max(pos2(left, row.top()), pos2(right, row.bottom()));
    let axis = Axis { track, end_ms };
    let painter = ui.painter();
    let chosen = desk.selection.as_deref() == Some(&enemy.name);
    let words = painter.layout_no_wrap(
        enemy.name.clone(),
        body(11.0),
        colour(if chosen { palette::gold() } else { palette::bone() }),
    );
    let names =
        painter.with_clip_rect(Rect::from_min_max(row.min, pos2(left - 4.0, row.bottom())).intersect(ui.clip_rect()));
    names.galley(pos2(row.left() + 2.0, row.center().y - words.size().y * 0.5), words, Color32::WHITE);
    painter.rect_filled(track, 6, colour(palette::ink_raised()));
    let response = ui.interact(track, ui.id().with(("lane", &enemy.name)), Sense::click_and_drag());
    pen.note(&format!("lane-{}", enemy.name), &response, true);
    let times = windows(&enemy.schedule, end_ms);
    let found = |at: egui::Pos2| {
        let near = |x: f32| (x - at.x).abs() < REACH * 0.8;
        times.iter().enumerate().find_map(|(nth, &(from, to))| {
            let ms = axis.ms(at.x);
            let end = if near(axis.x(to)) {
                End::To
            } else if near(axis.x(from)) {
                End::From
            } else if (from..=to).contains(&ms) {
                End::Whole(ms - from)
            } else {
                return None;
            };
            Some((nth, end))
        })
    };
    let id = response.id.with("held");
    if let (true, Some(at)) = (response.drag_started(), ui.input(|input| input.pointer.press_origin())) {
        let mut times = times.clone();
        let (nth, end) = found(at).unwrap_or_else(|| {
            // On free ground a new strike is drawn.
            times.push((axis.ms(at.x), axis.ms(at.x) + STRIKE_MS_MIN));
            (times.len() - 1, End::To)
        });
        ui.data_mut(|data| data.insert_temp(id, Held { what: Grip::Strike { times, nth, end }, begun: false }));
        desk.select(Some(enemy.name.clone()));
    }
    let held = ui.data(|data| data.get_temp::<Held>(id));
    let over = response.interact_pointer_pos().or(response.hover_pos());
    if let (true, Some(at), Some(Held { what: Grip::Strike { times, nth, end }, begun })) =
        (response.dragged(), over, held)
    {
        let schedule = Schedule::At(tidy(dragged(times.clone(), nth, end, axis.ms(at.x), end_ms)));
        let edit = LevelEdit::EnemySchedule { name: enemy.name.clone(), schedule };
        let begun = go_on(desk, &edit, begun, now_s);
        ui.data_mut(|data| data.insert_temp(id, Held { what: Grip::Strike { times, nth, end }, begun }));
    }
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<Held>(id));
    }
    let hit = over.and_then(found);
    if let (true, Some((nth, _)), true) =
        (response.double_clicked() || response.secondary_clicked(), hit, times.len() > 1)
    {
        let rest: Vec<_> = times.iter().enumerate().filter(|(i, _)| *i != nth).map(|(_, time)| *time).collect();
        desk.apply(&LevelEdit::EnemySchedule { name: enemy.name.clone(), schedule: Schedule::At(rest) }, now_s);
    } else if response.clicked() {
        desk.select(Some(enemy.name.clone()));
    }
    for (nth, &(from, to)) in times.iter().enumerate() {
        let bar = Rect::from_min_max(
            pos2(axis.x(from), track.top() + 1.0),
            pos2(axis.x(to).max(axis.x(from) + 3.0), track.bottom() - 1.0),
        );
        let hot = hit.is_some_and(|(hot, _)| hot == nth) || chosen;
        let painter = ui.painter_at(track);
        painter.rect_filled(bar, 5, colour(palette::inactive()));
        let edge = colour(if hot { palette::gold() } else { palette::periwinkle() });
        painter.rect_stroke(bar, 5, Stroke::new(1.5, edge), StrokeKind::Inside);
        if bar.width() > 26.0 {
            let icon = looks::enemy(enemy.kind.kind()).active;
            pen.paint_icon(&painter, icon, pos2(bar.left() + 13.0, bar.center().y), 15.0, Color32::WHITE);
        }
    }
}

/// The strikes while one of them is dragged.
fn dragged(mut times: Vec<(u64, u64)>, nth: usize, end: End, to_ms: u64, end_ms: u64) -> Vec<(u64, u64)> {
    let Some(time) = times.get_mut(nth) else { return times };
    match end {
        // Drawn to the other side it turns round.
        End::To if to_ms < time.0 => *time = (to_ms, time.0),
        End::From if to_ms > time.1 => *time = (time.1, to_ms),
        End::To => time.1 = to_ms.max(time.0 + STRIKE_MS_MIN),
        End::From => time.0 = to_ms.min(time.1.saturating_sub(STRIKE_MS_MIN)),
        End::Whole(grip) => {
            let length = time.1 - time.0;
            let from = to_ms.saturating_sub(grip).min(end_ms.saturating_sub(length.min(end_ms)));
            *time = (from, from + length);
        }
    }
    times
}

/// The times along the lower edge.
fn times(pen: &Pen<'_>, ui: &Ui, axis: Axis, bottom: f32) {
    for i in 0..=5_u64 {
        let ms = axis.end_ms * i / 5;
        let align = match i {
            0 => Align2::LEFT_BOTTOM,
            5 => Align2::RIGHT_BOTTOM,
            _ => Align2::CENTER_BOTTOM,
        };
        let words = pen.texts.with("chart-s", &[("s", seconds(ms).into())]);
        ui.painter().text(pos2(axis.x(ms), bottom), align, words, body(11.0), colour(palette::periwinkle()));
    }
}

fn seconds(ms: u64) -> String {
    crate::ui::turn::number((ms as f64 / 100.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_order_and_apart() {
        assert_eq!(tidy(vec![(50, 60), (10, 20), (15, 30), (30, 40), (70, 70)]), [(10, 40), (50, 60)]);
        assert_eq!(tidy(Vec::new()), []);
    }

    #[test]
    fn a_strike_is_dragged_by_its_ends_and_as_a_whole() {
        let times = vec![(100, 200), (500, 600)];
        assert_eq!(dragged(times.clone(), 0, End::To, 300, 1_000), [(100, 300), (500, 600)]);
        assert_eq!(dragged(times.clone(), 0, End::From, 150, 1_000), [(150, 200), (500, 600)]);
        assert_eq!(dragged(times.clone(), 0, End::From, 250, 1_000), [(200, 250), (500, 600)], "it turns round");
        assert_eq!(
            dragged(times.clone(), 1, End::Whole(50), 10, 1_000),
            [(100, 200), (0, 100)],
            "not before the start"
        );
        assert_eq!(
            dragged(times.clone(), 1, End::Whole(0), 990, 1_000),
            [(100, 200), (900, 1_000)],
            "nor after the end"
        );
        assert_eq!(dragged(times, 7, End::To, 300, 1_000), [(100, 200), (500, 600)]);
    }

    #[test]
    fn what_is_drawn_of_an_enemy_is_when_it_strikes() {
        assert_eq!(windows(&Schedule::Always, 900), [(0, 900)]);
        let every = Schedule::Every { first_ms: 100, every_ms: 300, for_ms: 50 };
        assert_eq!(windows(&every, 900), [(100, 150), (400, 450), (700, 750)]);
        let endless = Schedule::Every { first_ms: 0, every_ms: 0, for_ms: 0 };
        assert!(windows(&endless, u64::MAX).len() <= DRAWN_MAX);
    }

    #[test]
    fn every_profile_has_a_line() {
        for profile in [
            Profile::Constant,
            Profile::Spike { at_ms: 10, for_ms: u64::MAX, factor: 2.0 },
            Profile::Bursts { calm_ms: 0, burst_ms: 0, factor: 3.0 },
            Profile::Users { users: 3, think_ms: 10.0 },
        ] {
            assert!(!points(&profile, u64::MAX).is_empty(), "{profile:?}");
        }
    }
}
