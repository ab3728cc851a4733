//! An enemy that is selected: what it is, how strong, whom it strikes, and when.

use super::classes::spread;
use super::desk::Desk;
use super::inspector::{head, section};
use super::pen::{Face, Look, Pen};
use crate::board::looks;
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::enemy::{Blow, CoordinationThwompSpec, Schedule, Strikes};
use pipe_maze_level::{Enemy, EnemySpec};

/// The panel of an enemy.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &Desk, enemy: &Enemy) -> Option<LevelEdit> {
    let kind = enemy.kind.kind();
    let mut edit = head(pen, ui, (looks::enemy(kind).active, &enemy.name, &pen.say(&format!("enemy-{}", kind.key()))));
    pen.quiet(ui, pen.say(&format!("about-{}", kind.key())));
    ui.add_space(4.0);
    let mut kind = enemy.kind.clone();
    strength(pen, ui, &mut kind);
    if kind != enemy.kind {
        edit = Some(LevelEdit::EnemyKind { name: enemy.name.clone(), kind });
    }
    edit = edit.or(target(pen, ui, desk, enemy));
    section(pen, ui, "editor-schedule");
    let mut when = enemy.schedule.clone();
    super::times::show(pen, ui, &mut when, desk.draft.level().flow.duration_ms);
    if matches!(when, Schedule::At(_)) {
        pen.quiet(ui, pen.say("editor-schedule-at-help"));
    }
    if when != enemy.schedule {
        edit = Some(LevelEdit::EnemySchedule { name: enemy.name.clone(), schedule: when });
    }
    ui.add_space(6.0);
    if pen.button(ui, "remove", Face::both("icon-trash", &pen.say("editor-remove")), Look::Quiet) {
        edit = Some(LevelEdit::Remove { name: enemy.name.clone() });
    }
    edit
}

/// How strong it is.
pub fn strength(pen: &Pen<'_>, ui: &mut Ui, spec: &mut EnemySpec) {
    match spec {
        EnemySpec::LatencyPiranhaPlant(plant) => {
            let mut mean_ms = plant.delay.mean_ms();
            pen.row(ui, "delay", &mut mean_ms, (0.001..=1e7, false, "ms"));
            plant.delay = plant.delay.with_mean_ms(mean_ms);
            spread(pen, ui, &mut plant.delay);
        }
        EnemySpec::CoordinationThwomp(thwomp) => blow(pen, ui, thwomp),
        EnemySpec::CircuitBreakerThwomp(_) => {}
    }
}

fn blow(pen: &Pen<'_>, ui: &mut Ui, thwomp: &mut CoordinationThwompSpec) {
    let names = ["pause", "crash", "slow"].map(|key| pen.say(&format!("editor-blow-{key}")));
    let at = match thwomp.blow {
        Blow::Pause => 0,
        Blow::Crash => 1,
        Blow::Slow { .. } => 2,
    };
    pen.explained(ui, "editor-blow", None, |ui| {
        if let Some(to) = pen.choice(ui, "blow", at, &names) {
            thwomp.blow = [Blow::Pause, Blow::Crash, Blow::Slow { factor: 3.0 }][to];
        }
    });
    if let Blow::Slow { factor } = &mut thwomp.blow {
        pen.row(ui, "slow-factor", factor, (1.0..=10_000.0, false, "x"));
    }
    if let Some(all) = pen.tick(ui, "all-replicas", thwomp.replicas.is_none(), &pen.say("editor-all-replicas")) {
        thwomp.replicas = (!all).then_some(1);
    }
    if let Some(replicas) = &mut thwomp.replicas {
        pen.whole_row(ui, "replicas", replicas, (1, 100), "");
    }
}

/// Whom it strikes: by name, or whatever lies in its cells.
fn target(pen: &Pen<'_>, ui: &mut Ui, desk: &Desk, enemy: &Enemy) -> Option<LevelEdit> {
    let board = desk.draft.board();
    let services = board.pieces().iter().filter(|piece| piece.spec.kind().answers()).map(|piece| piece.name.clone());
    let pipes = board.pipes().iter().map(|pipe| pipe.name.clone());
    let named: Vec<String> = match enemy.kind.kind().strikes() {
        Strikes::Pipe => services.chain(pipes).collect(),
        Strikes::Service => services.collect(),
    };
    let at = enemy.on.as_ref().and_then(|on| named.iter().position(|name| name == on)).map_or(0, |i| i + 1);
    let names: Vec<String> = std::iter::once(pen.say("editor-target-by-cell")).chain(named.iter().cloned()).collect();
    let mut edit = None;
    pen.explained(ui, "editor-target", None, |ui| {
        if let Some(to) = pen.choice(ui, "target", at, &names) {
            let on = to.checked_sub(1).and_then(|i| named.get(i)).cloned();
            edit = Some(LevelEdit::EnemyTarget { name: enemy.name.clone(), on });
        }
    });
    edit
}
