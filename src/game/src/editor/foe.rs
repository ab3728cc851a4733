//! An enemy that is selected: what it is, how strong, whom it strikes, and when.

use super::classes::{row, spread};
use super::desk::Desk;
use super::inspector::{LABEL, head, section};
use super::pen::{Face, Look, Pen};
use crate::board::looks;
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::enemy::{
    Blow, CircuitBreakerThwompSpec, CoordinationThwompSpec, LatencyPiranhaPlantSpec, Schedule, Strikes,
};
use pipe_maze_level::kind::ServiceTime;
use pipe_maze_level::{Enemy, EnemyKind, EnemySpec};

/// Longest time of a schedule, in milliseconds.
const MS_MAX: f64 = 3_600_000.0;

/// An enemy as it comes out of the palette.
pub const fn default_spec(kind: EnemyKind) -> EnemySpec {
    match kind {
        EnemyKind::LatencyPiranhaPlant => {
            EnemySpec::LatencyPiranhaPlant(LatencyPiranhaPlantSpec { delay: ServiceTime::Constant { mean_ms: 300.0 } })
        }
        EnemyKind::CoordinationThwomp => {
            EnemySpec::CoordinationThwomp(CoordinationThwompSpec { blow: Blow::Pause, replicas: None })
        }
        EnemyKind::CircuitBreakerThwomp => EnemySpec::CircuitBreakerThwomp(CircuitBreakerThwompSpec {}),
    }
}

/// The panel of an enemy.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &Desk, enemy: &Enemy) -> Option<LevelEdit> {
    let kind = enemy.kind.kind();
    let mut edit = head(pen, ui, (looks::enemy(kind).active, &enemy.name, &pen.say(&format!("enemy-{}", kind.key()))));
    pen.quiet(ui, pen.say(&format!("about-{}", kind.key())));
    ui.add_space(4.0);
    edit = edit.or(strength(pen, ui, enemy));
    edit = edit.or(target(pen, ui, desk, enemy));
    section(pen, ui, "editor-schedule");
    edit = edit.or(schedule(pen, ui, enemy, desk.draft.level().flow.duration_ms));
    ui.add_space(6.0);
    if pen.button(ui, "remove", Face::both("icon-trash", &pen.say("editor-remove")), Look::Quiet) {
        edit = Some(LevelEdit::Remove { name: enemy.name.clone() });
    }
    edit
}

fn strength(pen: &Pen<'_>, ui: &mut Ui, enemy: &Enemy) -> Option<LevelEdit> {
    let mut spec = enemy.kind.clone();
    match &mut spec {
        EnemySpec::LatencyPiranhaPlant(plant) => {
            let mut mean_ms = plant.delay.mean_ms();
            row(pen, ui, "delay", &mut mean_ms, (0.001..=1e7, false, "ms"));
            plant.delay = plant.delay.with_mean_ms(mean_ms);
            spread(pen, ui, &mut plant.delay);
        }
        EnemySpec::CoordinationThwomp(thwomp) => blow(pen, ui, thwomp),
        EnemySpec::CircuitBreakerThwomp(_) => {}
    }
    (spec != enemy.kind).then(|| LevelEdit::EnemyKind { name: enemy.name.clone(), kind: spec })
}

fn blow(pen: &Pen<'_>, ui: &mut Ui, thwomp: &mut CoordinationThwompSpec) {
    let names = ["pause", "crash", "slow"].map(|key| pen.say(&format!("editor-blow-{key}")));
    let at = match thwomp.blow {
        Blow::Pause => 0,
        Blow::Crash => 1,
        Blow::Slow { .. } => 2,
    };
    ui.horizontal(|ui| {
        pen.label(ui, &pen.say("editor-blow"), LABEL);
        if let Some(to) = pen.choice(ui, "blow", at, &names) {
            thwomp.blow = [Blow::Pause, Blow::Crash, Blow::Slow { factor: 3.0 }][to];
        }
    });
    if let Blow::Slow { factor } = &mut thwomp.blow {
        row(pen, ui, "slow-factor", factor, (1.0..=10_000.0, false, "x"));
    }
    if let Some(all) = pen.tick(ui, "all-replicas", thwomp.replicas.is_none(), &pen.say("editor-all-replicas")) {
        thwomp.replicas = (!all).then_some(1);
    }
    if let Some(replicas) = &mut thwomp.replicas {
        let mut value = f64::from(*replicas);
        row(pen, ui, "replicas", &mut value, (1.0..=100.0, true, ""));
        *replicas = value as u32;
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
    ui.horizontal(|ui| {
        pen.label(ui, &pen.say("editor-target"), LABEL);
        if let Some(to) = pen.choice(ui, "target", at, &names) {
            let on = to.checked_sub(1).and_then(|i| named.get(i)).cloned();
            edit = Some(LevelEdit::EnemyTarget { name: enemy.name.clone(), on });
        }
    });
    edit
}

fn schedule(pen: &Pen<'_>, ui: &mut Ui, enemy: &Enemy, end_ms: u64) -> Option<LevelEdit> {
    let names = ["always", "every", "at"].map(|key| pen.say(&format!("editor-schedule-{key}")));
    let at = match enemy.schedule {
        Schedule::Always => 0,
        Schedule::Every { .. } => 1,
        Schedule::At(_) => 2,
    };
    let mut new = enemy.schedule.clone();
    if let Some(to) = pen.choice(ui, "schedule", at, &names) {
        new = match to {
            0 => Schedule::Always,
            1 => Schedule::Every { first_ms: end_ms / 6, every_ms: (end_ms / 3).max(2), for_ms: (end_ms / 8).max(1) },
            _ => Schedule::At(super::schedule::windows(&enemy.schedule, end_ms)),
        };
    }
    match &mut new {
        Schedule::Always => {}
        Schedule::Every { first_ms, every_ms, for_ms } => {
            for (key, value, least) in [("first", first_ms, 0.0), ("every", every_ms, 2.0), ("lasts", for_ms, 1.0)] {
                let mut ms = *value as f64;
                row(pen, ui, key, &mut ms, (least..=MS_MAX, true, "ms"));
                *value = ms as u64;
            }
        }
        Schedule::At(_) => pen.quiet(ui, pen.say("editor-schedule-at-help")),
    }
    (new != enemy.schedule).then(|| LevelEdit::EnemySchedule { name: enemy.name.clone(), schedule: new })
}
