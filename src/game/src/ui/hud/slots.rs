//! The palette: the pipe tool, the pieces of the inventory, undo and redo, and what is left to spend.

use super::Sources;
use crate::board::looks;
use crate::input::tools::Tool;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{button, centred, column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::Chaos;

/// The panel, in both layouts.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, .. } = sources;
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(7.0)),
        justify_content: JustifyContent::SpaceBetween,
        ..row(8.0)
    };
    parent.spawn(instrument(node)).with_children(|panel| {
        let board = session.board();
        panel.spawn(row(8.0)).with_children(|slots| match board.chaos() {
            Some(chaos) => faults(slots, sources, chaos),
            None => pieces(slots, sources),
        });
        panel.spawn(Node { align_items: AlignItems::Center, ..column(4.0) }).with_children(|side| {
            // On a phone held upright they stand with the tools: there the pieces need the room.
            if sources.layout.wide {
                side.spawn(row(6.0)).with_children(|line| super::tools::history(line, sources));
            }
            side.spawn(row(5.0)).with_children(|line| {
                line.spawn(kit.icon("coin", 14.0, Color::WHITE));
                let left = kit.texts.with("coins", &[("left", board.coins_left().into())]);
                line.spawn((kit.strong(left, 12.0, palette::bone()), TextLayout::no_wrap()));
            });
        });
    });
}

/// How many slots there are.
pub fn count(sources: &Sources<'_>) -> usize {
    let session = sources.session;
    session.board().chaos().map_or_else(|| 1 + session.level().inventory.len(), |chaos| chaos.arsenal.len())
}

/// The pipe tool and the pieces of the inventory.
fn pieces(slots: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { session, hand, .. } = sources;
    let (board, flowing) = (session.board(), session.play().is_some());
    let price = session.level().pipes.price_per_cell;
    slot(
        slots,
        sources,
        Slot {
            id: ButtonId::ToolPipe,
            icon: "pipe-h-ok",
            price,
            count: None,
            chosen: hand.tool == Tool::Pipe && !flowing,
            enabled: !flowing,
        },
    );
    for stock in &session.level().inventory {
        let left = board.left(stock.kind);
        let icon = looks::piece(stock.kind).slot;
        let chosen = hand.tool == Tool::Place(stock.kind);
        let enabled = left > 0 && !flowing;
        slot(
            slots,
            sources,
            Slot { id: ButtonId::Slot(stock.kind), icon, price: stock.price, count: Some(left), chosen, enabled },
        );
    }
}

/// The faults of the arsenal.
fn faults(slots: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, chaos: &Chaos) {
    let Sources { session, hand, .. } = sources;
    for stock in &chaos.arsenal {
        let kind = stock.kind.kind();
        let left = session.board().faults_left(kind);
        let chosen = hand.tool == Tool::Loose(kind);
        let enabled = left > 0 && session.play().is_none();
        let (id, icon) = (ButtonId::Fault(kind), looks::enemy(kind).active);
        slot(slots, sources, Slot { id, icon, price: stock.price, count: Some(left), chosen, enabled });
    }
}

struct Slot {
    id: ButtonId,
    icon: &'static str,
    price: u32,
    count: Option<u32>,
    chosen: bool,
    enabled: bool,
}

fn slot(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, slot: Slot) {
    let kit = sources.kit;
    let look = if slot.chosen { Look::PRIMARY } else { Look::QUIET.enabled(slot.enabled) };
    let node = Node {
        width: Val::Px(66.0),
        height: Val::Px(70.0),
        row_gap: Val::Px(3.0),
        flex_direction: FlexDirection::Column,
        border_radius: BorderRadius::all(Val::Px(10.0)),
        ..centred()
    };
    let faint = if slot.enabled || slot.chosen { 1.0 } else { 0.38 };
    parent.spawn((button(slot.id, look), node)).with_children(|inside| {
        let height = (46.0 / kit.atlas.aspect(slot.icon)).min(38.0);
        inside.spawn(kit.icon(slot.icon, height, Color::WHITE.with_alpha(faint)));
        inside.spawn(row(3.0)).with_children(|line| {
            line.spawn(kit.icon("coin", 12.0, Color::WHITE.with_alpha(faint)));
            let color = if slot.chosen { palette::ink() } else { palette::bone().with_alpha(faint) };
            let price = kit.texts.with("price", &[("price", slot.price.into())]);
            line.spawn(kit.strong(price, 12.0, color));
        });
        if let Some(count) = slot.count {
            let disc = Node {
                position_type: PositionType::Absolute,
                top: Val::Px(-5.0),
                right: Val::Px(-5.0),
                width: Val::Px(19.0),
                height: Val::Px(19.0),
                border_radius: BorderRadius::MAX,
                ..centred()
            };
            inside.spawn((disc, BackgroundColor(palette::periwinkle()))).with_children(|disc| {
                disc.spawn(kit.strong(kit.texts.number(count), 11.0, palette::ink()));
            });
        }
    });
}
