//! What the player may let loose in a level of chaos: how many faults, how far apart, and which.

use super::foe::strength;
use super::inspector::section;
use super::pen::Pen;
use crate::board::looks;
use bevy_egui::egui::{Color32, Ui};
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::limits::{COINS_MAX, ENEMIES_MAX, MAP_SIDE_MAX};
use pipe_maze_level::{Chaos, EnemyKind, EnemyStock, Level};

/// The part of the rules that says so; nothing in levels of other kinds.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, level: &Level) -> Option<LevelEdit> {
    let chaos = level.chaos.as_ref()?;
    section(pen, ui, "editor-chaos");
    pen.quiet(ui, pen.say("editor-chaos-help"));
    let mut new = chaos.clone();
    pen.whole_row(ui, "faults", &mut new.faults, (1, ENEMIES_MAX as u32), "");
    pen.whole_row(ui, "radius", &mut new.radius, (1, MAP_SIDE_MAX as u32), "");
    let mut edit = (new != *chaos).then_some(LevelEdit::Chaos(Some(new)));
    for &kind in EnemyKind::ALL {
        let new = ui.push_id(kind.key(), |ui| fault(pen, ui, (chaos, kind), level.flow.duration_ms)).inner;
        edit = edit.or(new);
    }
    edit
}

/// A kind of fault: how many there are of it, what each costs, how strong it is, and when it strikes.
fn fault(pen: &Pen<'_>, ui: &mut Ui, (chaos, kind): (&Chaos, EnemyKind), end_ms: u64) -> Option<LevelEdit> {
    let stock = chaos.stock(kind);
    let mut edit = None;
    super::dress::panel(8).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            pen.icon(ui, looks::enemy(kind).active, 26.0, Color32::WHITE);
            let words = pen.say(&format!("enemy-{}", kind.key()));
            if let Some(on) = pen.tick(ui, &format!("fault-{}", kind.key()), stock.is_some(), &words) {
                let first = EnemyStock::first(kind.default_spec(), end_ms);
                edit = Some(if on { LevelEdit::Fault(first) } else { LevelEdit::RemoveFault(kind) });
            }
        });
        let Some(stock) = stock else { return };
        let mut new = stock.clone();
        pen.whole_row(ui, "fault-count", &mut new.count, (1, ENEMIES_MAX as u32), "");
        pen.whole_row(ui, "fault-price", &mut new.price, (0, COINS_MAX), "");
        strength(pen, ui, &mut new.kind);
        super::times::show(pen, ui, &mut new.schedule, end_ms);
        if new != *stock {
            edit = Some(LevelEdit::Fault(new));
        }
    });
    edit
}
