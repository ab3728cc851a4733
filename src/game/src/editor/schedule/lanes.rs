//! When an enemy strikes: a lane of bars that can be drawn, dragged and stretched.

use super::super::desk::Desk;
use super::super::dress::body;
use super::super::pen::Pen;
use super::axis::{Axis, go_on};
use super::strikes::{End, STRIKE_MS_MIN, dragged, tidy, windows};
use crate::board::looks;
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::{self, Color32, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
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
    pen.note(&format!("lane-{}", enemy.name), &response, true);
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
