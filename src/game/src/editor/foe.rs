//! An enemy that is selected: what it is, how strong, whom it strikes, and when.

use super::classes::spread;
use super::desk::Desk;
use super::inspector::{head, section};
use super::pen::{Face, Look, Pen};
use crate::board::looks;
use crate::foes;
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::enemy::{Blow, CircuitBreakerThwompSpec, CoordinationThwompSpec, Grip, Schedule, Strikes};
use pipe_maze_level::{Enemy, EnemySpec};
use std::mem::discriminant;

/// Smallest share that is put in here, in percent; a file may have smaller ones.
const SHARE_MIN: f64 = 0.001;

/// What a blow can do, as it is when it is chosen.
const BLOWS: [(&str, Blow); 5] = [
    ("pause", Blow::Pause),
    ("crash", Blow::Crash),
    ("vanish", Blow::Vanish),
    ("slow", Blow::Slow { factor: 3.0 }),
    ("errors", Blow::Errors { percent: 50.0 }),
];

/// What a press can do, as it is when it is chosen.
const GRIPS: [(&str, Grip); 5] = [
    ("shut", Grip::Shut),
    ("shut-forward", Grip::ShutForward),
    ("shut-backward", Grip::ShutBackward),
    ("leak", Grip::Leak { percent: 30.0 }),
    ("squeeze", Grip::Squeeze { percent: 20.0 }),
];

/// The panel of an enemy.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &Desk, enemy: &Enemy) -> Option<LevelEdit> {
    let kind = enemy.kind.kind();
    let mut edit = head(pen, ui, (looks::enemy(kind).active, &enemy.name, &pen.say(&format!("enemy-{}", kind.key()))));
    pen.quiet(ui, foes::does(pen.texts, &enemy.kind));
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
        EnemySpec::CircuitBreakerThwomp(press) => grip(pen, ui, press),
    }
}

fn blow(pen: &Pen<'_>, ui: &mut Ui, thwomp: &mut CoordinationThwompSpec) {
    let names = BLOWS.map(|(key, _)| pen.say(&format!("editor-blow-{key}")));
    let at = BLOWS.iter().position(|(_, blow)| discriminant(blow) == discriminant(&thwomp.blow)).unwrap_or_default();
    pen.explained(ui, "editor-blow", None, |ui| {
        if let Some(to) = pen.choice(ui, "blow", at, &names) {
            thwomp.blow = BLOWS[to].1;
            thwomp.replicas = thwomp.replicas.filter(|_| thwomp.blow.hits_copies());
        }
    });
    match &mut thwomp.blow {
        Blow::Pause | Blow::Crash | Blow::Vanish => {}
        Blow::Slow { factor } => pen.row(ui, "slow-factor", factor, (1.0..=10_000.0, false, "x")),
        Blow::Errors { percent } => pen.row(ui, "error-share", percent, (SHARE_MIN..=100.0, false, "%")),
    }
    if !thwomp.blow.hits_copies() {
        pen.quiet(ui, pen.say("editor-errors-all"));
        return;
    }
    if let Some(all) = pen.tick(ui, "all-replicas", thwomp.replicas.is_none(), &pen.say("editor-all-replicas")) {
        thwomp.replicas = (!all).then_some(1);
    }
    if let Some(replicas) = &mut thwomp.replicas {
        pen.whole_row(ui, "replicas", replicas, (1, 100), "");
    }
}

/// What a press does to its pipe, and how much.
fn grip(pen: &Pen<'_>, ui: &mut Ui, press: &mut CircuitBreakerThwompSpec) {
    let names = GRIPS.map(|(key, _)| pen.say(&format!("editor-grip-{key}")));
    let at = GRIPS.iter().position(|(_, grip)| discriminant(grip) == discriminant(&press.grip)).unwrap_or_default();
    pen.explained(ui, "editor-grip", None, |ui| {
        if let Some(to) = pen.choice(ui, "grip", at, &names) {
            press.grip = GRIPS[to].1;
        }
    });
    match &mut press.grip {
        Grip::Shut | Grip::ShutForward | Grip::ShutBackward => {}
        Grip::Leak { percent } => pen.row(ui, "leak-share", percent, (SHARE_MIN..=100.0, false, "%")),
        Grip::Squeeze { percent } => {
            pen.row(ui, "squeeze-left", percent, (Grip::SQUEEZE_PERCENT_MIN..=100.0, false, "%"));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;

    #[test]
    fn every_fault_of_the_level_format_can_be_chosen_and_has_a_name() {
        let stone = |blow| EnemySpec::CoordinationThwomp(CoordinationThwompSpec { blow, replicas: None });
        let press = |grip| EnemySpec::CircuitBreakerThwomp(CircuitBreakerThwompSpec { grip });
        let stones = BLOWS.map(|(key, blow)| (format!("editor-blow-{key}"), stone(blow).form()));
        let presses = GRIPS.map(|(key, grip)| (format!("editor-grip-{key}"), press(grip).form()));
        let all: Vec<_> = stones.into_iter().chain(presses).collect();
        for (form, _) in EnemySpec::forms().into_iter().filter(|(form, _)| *form != "delay") {
            assert_eq!(all.iter().filter(|(_, offered)| offered.0 == form).count(), 1, "{form}");
        }
        for language in ["en", "de"] {
            let texts = Texts::of(language.parse().unwrap());
            let missing: Vec<_> = all.iter().filter(|(key, _)| !texts.has(key)).collect();
            assert!(missing.is_empty(), "{language}: {missing:?}");
        }
    }
}
