//! What the player gets, what pipes cost and do, when and how fast water flows, and how large the map is.

use super::desk::Desk;
use super::inspector::section;
use super::pen::Pen;
use crate::board::looks;
use bevy_egui::egui::{Color32, Ui};
use pipe_maze_level::draft::{self, LevelEdit};
use pipe_maze_level::format::{FlowRules, PipeRules, Stock};
use pipe_maze_level::limits::{COINS_MAX, DURATION_MS_MAX, MAP_SIDE_MAX, NAME_BYTES_MAX, PLAN_S_MAX};
use pipe_maze_level::{Genre, Kind, Level};

/// Most pieces of a kind in the inventory.
const COUNT_MAX: f64 = 99.0;

/// The stock of a kind with one piece more.
pub fn one_more(level: &Level, kind: Kind) -> Stock {
    let more = |stock: &Stock| Stock { count: stock.count.saturating_add(1), ..stock.clone() };
    level.stock(kind).map_or_else(|| Stock::first(kind), more)
}

/// The panel of rules.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, now_s: f64) {
    let level = desk.draft.level().clone();
    pen.heading(ui, pen.say("editor-panel-rules"), 17.0);
    let edit = about(pen, ui, &level)
        .or(super::arsenal::show(pen, ui, &level))
        .or(coins(pen, ui, &level))
        .or(inventory(pen, ui, &level))
        .or(pipes(pen, ui, &level.pipes))
        .or(flow(pen, ui, &level.flow))
        .or(map(pen, ui, &level));
    if let Some(edit) = edit {
        desk.apply(&edit, now_s);
    }
}

fn about(pen: &Pen<'_>, ui: &mut Ui, level: &Level) -> Option<LevelEdit> {
    let mut edit = None;
    pen.explained(ui, "editor-id", None, |ui| {
        let id = pen.line(ui, "level-id", &level.id, 130.0, NAME_BYTES_MAX);
        edit = id.map(|id| LevelEdit::Id(id.trim().to_owned()));
    });
    pen.explained(ui, "editor-genre", None, |ui| {
        let names = Genre::ALL.map(|genre| pen.say(&format!("editor-genre-{}", genre.key())));
        let at = Genre::ALL.iter().position(|genre| *genre == level.genre).unwrap_or_default();
        if let Some(to) = pen.choice(ui, "genre", at, &names) {
            edit = Some(draft::genre(level, Genre::ALL[to]));
        }
    });
    pen.explained(ui, "editor-section", Some(pen.range(1.0, 5.0, "")), |ui| {
        if let Some(new) = pen.number(ui, "section", f64::from(level.section), (1.0..=5.0, true, "")) {
            edit = Some(LevelEdit::Section(new as u8));
        }
    });
    edit
}

fn coins(pen: &Pen<'_>, ui: &mut Ui, level: &Level) -> Option<LevelEdit> {
    section(pen, ui, "editor-coins");
    let most = f64::from(COINS_MAX);
    let mut budget = f64::from(level.budget);
    pen.row(ui, "budget", &mut budget, (0.0..=most, true, ""));
    if budget as u32 != level.budget {
        return Some(LevelEdit::Budget(budget as u32));
    }
    let mut par = level.par;
    if let Some(on) = pen.tick(ui, "has-par", par.is_some(), &pen.say("editor-has-par")) {
        par = on.then_some(level.budget);
    }
    if let Some(coins) = &mut par {
        let mut value = f64::from(*coins);
        pen.row(ui, "par", &mut value, (0.0..=most, true, ""));
        *coins = value as u32;
    }
    (par != level.par).then_some(LevelEdit::Par(par))
}

fn inventory(pen: &Pen<'_>, ui: &mut Ui, level: &Level) -> Option<LevelEdit> {
    section(pen, ui, "editor-inventory");
    let mut edit = None;
    for &kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Spring) {
        let stock = level.stock(kind);
        ui.horizontal(|ui| {
            pen.icon_in(ui, looks::piece(kind).portrait, (30.0, 26.0));
            let name = pen.say(&format!("kind-{}", kind.key()));
            pen.label(ui, &name, 116.0);
            let count = f64::from(stock.map_or(0, |stock| stock.count));
            let key = format!("stock-{}", kind.key());
            if let Some(new) = pen.called(&name, || pen.number(ui, &key, count, (0.0..=COUNT_MAX, true, ""))) {
                let stock = Stock { count: new as u32, ..one_more(level, kind) };
                edit = Some(if new < 1.0 { LevelEdit::RemoveStock(kind) } else { LevelEdit::Stock(stock) });
            }
            if let Some(stock) = stock {
                let price = f64::from(stock.price);
                pen.icon(ui, "coin", 14.0, Color32::WHITE);
                let key = format!("price-{}", kind.key());
                let told = pen.texts.with("editor-told-price", &[("name", name.into())]);
                let bounds = (0.0..=f64::from(COINS_MAX), true, "");
                if let Some(new) = pen.called(told, || pen.number(ui, &key, price, bounds)) {
                    edit = Some(LevelEdit::Stock(Stock { price: new as u32, ..stock.clone() }));
                }
            }
        });
    }
    edit
}

fn pipes(pen: &Pen<'_>, ui: &mut Ui, rules: &PipeRules) -> Option<LevelEdit> {
    section(pen, ui, "editor-pipes");
    let mut new = *rules;
    let most = f64::from(COINS_MAX);
    let mut price = f64::from(new.price_per_cell);
    pen.row(ui, "price-per-cell", &mut price, (0.0..=most, true, ""));
    new.price_per_cell = price as u32;
    pen.row(ui, "ms-per-cell", &mut new.propagation_ms_per_cell, (0.0..=60_000.0, false, "ms"));
    let mut bandwidth = new.bandwidth_bytes_per_s as f64;
    pen.row(ui, "bandwidth", &mut bandwidth, (1.0..=1e12, true, "B/s"));
    new.bandwidth_bytes_per_s = bandwidth as u64;
    let mut queue = f64::from(new.queue);
    pen.row(ui, "pipe-queue", &mut queue, (0.0..=1e6, true, ""));
    new.queue = queue as u32;
    pen.row(ui, "pipe-loss", &mut new.loss_percent, (0.0..=100.0, false, "%"));
    pen.row(ui, "pipe-jitter", &mut new.jitter_ms, (0.0..=60_000.0, false, "ms"));
    if new.jitter_ms > 0.0
        && let Some(on) = pen.tick(ui, "overtaking", new.overtaking, &pen.say("editor-overtaking"))
    {
        new.overtaking = on;
    }
    let mut trips = f64::from(new.handshake_round_trips);
    pen.row(ui, "handshake", &mut trips, (0.0..=10.0, true, ""));
    new.handshake_round_trips = trips as u32;
    if new.handshake_round_trips > 0 {
        let mut idle = new.idle_ms as f64;
        pen.row(ui, "pipe-idle", &mut idle, (0.0..=3_600_000.0, true, "ms"));
        new.idle_ms = idle as u64;
    }
    if let Some(on) = pen.tick(ui, "bridges", new.price_per_bridge.is_some(), &pen.say("editor-bridges")) {
        new.price_per_bridge = on.then_some(10);
    }
    if let Some(coins) = &mut new.price_per_bridge {
        let mut value = f64::from(*coins);
        pen.row(ui, "price-per-bridge", &mut value, (0.0..=most, true, ""));
        *coins = value as u32;
    }
    (new != *rules).then_some(LevelEdit::Pipes(new))
}

fn flow(pen: &Pen<'_>, ui: &mut Ui, rules: &FlowRules) -> Option<LevelEdit> {
    section(pen, ui, "editor-flow");
    let mut new = *rules;
    let mut duration = new.duration_ms as f64;
    pen.row(ui, "duration", &mut duration, (100.0..=DURATION_MS_MAX as f64, true, "ms"));
    new.duration_ms = duration as u64;
    pen.row(ui, "pace", &mut new.pace_ms_per_s, (0.1..=100_000.0, false, "ms/s"));
    let mut beaten = new.beaten_after_ms as f64;
    pen.row(ui, "beaten-after", &mut beaten, (1.0..=DURATION_MS_MAX as f64, true, "ms"));
    new.beaten_after_ms = beaten as u64;
    if let Some(on) = pen.tick(ui, "has-clock", new.plan_s.is_some(), &pen.say("editor-has-clock")) {
        new.plan_s = on.then_some(90);
    }
    if let Some(seconds) = &mut new.plan_s {
        let mut value = f64::from(*seconds);
        pen.row(ui, "plan-s", &mut value, (1.0..=f64::from(PLAN_S_MAX), true, "s"));
        *seconds = value as u32;
    }
    (new != *rules).then_some(LevelEdit::Flow(new))
}

fn map(pen: &Pen<'_>, ui: &mut Ui, level: &Level) -> Option<LevelEdit> {
    section(pen, ui, "editor-map");
    let terrain = &level.terrain;
    let (mut columns, mut rows) = (f64::from(terrain.columns()), f64::from(terrain.rows()));
    let most = MAP_SIDE_MAX as f64;
    pen.row(ui, "columns", &mut columns, (1.0..=most, true, ""));
    pen.row(ui, "rows", &mut rows, (1.0..=most, true, ""));
    let changed = columns as i32 != terrain.columns() || rows as i32 != terrain.rows();
    changed.then_some(LevelEdit::Resize { columns: columns as i32, rows: rows as i32, left: 0, above: 0 })
}
