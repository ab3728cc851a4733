//! When an enemy strikes: a lane of bars that can be drawn, dragged and stretched.

use super::super::desk::Desk;
use super::super::dress::{body, strong};
use super::super::pen::{Pen, focus_ring};
use super::super::spot::{Deed, Told};
use super::axis::{Axis, go_on, seconds};
use super::stops::{Push, moved, stop};
use super::strikes::{End, STRIKE_MS_MIN, dragged, tidy, windows};
use crate::board::looks;
use crate::immediate::colour;
use crate::narration::Range;
use crate::palette;
use bevy_egui::egui::{self, Align2, Color32, Id, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use pipe_maze_level::Enemy;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::enemy::Schedule;

/// Height of a lane.
pub(super) const LANE: f32 = 22.0;
/// Within this way a press means the end of a bar, in interface pixels.
const REACH: f32 = 7.0;

/// What a drag holds: the strikes as they were, which one, and what of it; and whether the step has begun that the rest
/// of the drag belongs to.
#[derive(Clone, Debug)]
struct Held {
    times: Vec<(u64, u64)>,
    nth: usize,
    end: End,
    begun: bool,
}

/// The lane of an enemy.
pub(super) fn show(
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
    let called = pen.texts.with("editor-told-lane", &[("name", enemy.name.clone().into())]);
    let told =
        Told { name: called, help: pen.say("editor-schedule-at-help"), deed: Deed::Switch(chosen), ..Told::default() };
    pen.note(&format!("lane-{}", enemy.name), &response, true, told);
    let pressed = pen.is_pressed(&response);
    focus_ring(painter, track, &response);
    let times = windows(&enemy.schedule, end_ms);
    let found = |at: egui::Pos2| {
        let near = |x: f32| (x - at.x).abs() < REACH;
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
        ui.data_mut(|data| data.insert_temp(id, Held { times, nth, end, begun: false }));
        desk.select(Some(enemy.name.clone()));
    }
    let held = ui.data(|data| data.get_temp::<Held>(id));
    let over = response.interact_pointer_pos().or(response.hover_pos());
    if let (true, Some(at), Some(Held { times, nth, end, begun })) = (response.dragged(), over, held) {
        let schedule = Schedule::At(tidy(dragged(times.clone(), nth, end, axis.ms(at.x), end_ms)));
        let edit = LevelEdit::EnemySchedule { name: enemy.name.clone(), schedule };
        let begun = go_on(desk, &edit, begun, now_s);
        ui.data_mut(|data| data.insert_temp(id, Held { times, nth, end, begun }));
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
    } else if pressed {
        desk.select(Some(enemy.name.clone()));
    }
    if let Some(edit) = pushed(pen, ui, (axis, response.id), enemy, &times) {
        desk.apply(&edit, now_s);
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
            let inside = painter.with_clip_rect(bar.shrink2(vec2(4.0, 0.0)).intersect(ui.clip_rect()));
            let name = pen.say(&format!("enemy-{}", enemy.kind.kind().key()));
            let at = pos2(bar.left() + 25.0, bar.center().y);
            let ink = colour(palette::bone());
            // A name that would be cut off says less than none.
            let words = inside.layout_no_wrap(name, body(11.0), ink);
            if words.size().x < bar.width() - 32.0 {
                inside.galley(at - vec2(0.0, words.size().y * 0.5), words, ink);
            }
        }
    }
}

/// The lane while there is no enemy.
pub(super) fn none(pen: &Pen<'_>, ui: &mut Ui, (left, right): (f32, f32)) {
    let (row, _) = ui.allocate_exact_size(vec2(right - ui.cursor().left(), LANE - 2.0), Sense::hover());
    let track = Rect::from_min_max(pos2(left, row.top()), pos2(right, row.bottom()));
    let quiet = colour(palette::periwinkle());
    let name_at = pos2(row.left() + 2.0, row.center().y);
    ui.painter().text(
        name_at,
        Align2::LEFT_CENTER,
        pen.say("editor-lane-enemies"),
        strong(12.0),
        colour(palette::bone()),
    );
    ui.painter().rect_filled(track, 6, colour(palette::ink_raised()));
    ui.painter().text(track.center(), Align2::CENTER_CENTER, pen.say("editor-no-enemies"), body(11.0), quiet);
}

/// What the keyboard, or assistive technology, does to one of the strikes.
fn pushed(pen: &Pen<'_>, ui: &Ui, (axis, lane): (Axis, Id), enemy: &Enemy, times: &[(u64, u64)]) -> Option<LevelEdit> {
    let end_ms = axis.end_ms;
    // Of one that strikes again and again, or all the time, the figures beside the picture are set.
    if !matches!(enemy.schedule, Schedule::At(_)) {
        return None;
    }
    let mut new = None;
    for (nth, &(from, to)) in times.iter().enumerate() {
        let area = Rect::from_x_y_ranges(axis.x(from)..=axis.x(to).max(axis.x(from) + 3.0), axis.track.y_range());
        let key = format!("strike-{}-{}", enemy.name, nth + 1);
        let name = ("name", enemy.name.clone().into());
        let called = pen.texts.with("editor-told-strike", &[name, ("n", (nth + 1).into())]);
        let span = [("from", seconds(pen.texts, from).into()), ("to", seconds(pen.texts, to).into())];
        let range = Range { now: (to - from.min(to)) as f64 / 1e3, min: 0.0, max: end_ms as f64 / 1e3 };
        let value = pen.texts.with("editor-told-span", &span);
        let Some(push) = stop(pen, ui, (lane.with(nth), &key, area), (called, value, range)) else { continue };
        let mut all = times.to_vec();
        match push {
            Push::Along(steps) => all = dragged(all, nth, End::Whole(0), moved(from, steps, end_ms), end_ms),
            Push::Up(steps) => all[nth].1 = moved(to, steps, end_ms).max(from + STRIKE_MS_MIN),
            Push::Away if times.len() > 1 => drop(all.remove(nth)),
            Push::Away => {}
            Push::More => {
                let later = moved(to, 2, end_ms);
                all.push((later, moved(later, 5, end_ms)));
            }
        }
        new = Some(tidy(all)).filter(|all| !all.is_empty() && all != times);
    }
    new.map(|times| LevelEdit::EnemySchedule { name: enemy.name.clone(), schedule: Schedule::At(times) })
}
