//! The inspector: what the selected piece or pipe is, does now, and can be told to do.

use super::Sources;
use super::readout::Readout;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look, policy_key};
use crate::ui::figures::duration;
use crate::ui::widgets::{column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::kind::KindSpec;
use pipe_maze_level::{Piece, Pipe};
use pipe_maze_sim::{PieceId, Policy};

/// The panel for what is selected; nothing where nothing is.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some(name) = sources.hand.selection.only() else { return };
    let board = sources.session.board();
    let width = if sources.layout.wide { Val::Px(262.0) } else { Val::Auto };
    let node = Node { width, padding: UiRect::axes(Val::Px(16.0), Val::Px(11.0)), ..column(7.0) };
    if let Some(piece) = board.piece(name) {
        parent.spawn(instrument(node)).with_children(|panel| about_piece(panel, sources, piece));
    } else if let Some(pipe) = board.pipe(name) {
        parent.spawn(instrument(node)).with_children(|panel| about_pipe(panel, sources, pipe));
    }
}

fn about_piece(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, piece: &Piece) {
    let kit = sources.kit;
    let kind = piece.spec.kind();
    let own_name = kit.texts.of_level(sources.session.level(), &piece.name).map(str::to_owned);
    let title = own_name.unwrap_or_else(|| kit.texts.get(&format!("kind-{}", kind.key())));
    panel.spawn(kit.title(title, 17.0, palette::BONE));
    let ms = |ms: f64| duration(kit.texts, (ms * 1e6) as u64);
    let about = match &piece.spec {
        KindSpec::Spring(spec) => kit
            .texts
            .with("about-spring", &[("rate", spec.rate_per_s.into()), ("timeout", ms(spec.timeout_ms as f64).into())]),
        KindSpec::MachineRoom(spec) => kit.texts.with(
            "about-machine-room",
            &[
                ("workers", (spec.replicas * spec.workers).into()),
                ("mean", ms(spec.service_time.mean_ms()).into()),
                ("queue", spec.queue.into()),
            ],
        ),
        KindSpec::Vault(spec) => kit.texts.with(
            "about-vault",
            &[
                ("workers", (spec.replicas * spec.workers).into()),
                ("mean", ms(spec.service_time.mean_ms()).into()),
                ("queue", spec.queue.into()),
            ],
        ),
        KindSpec::WarpPipe(_) | KindSpec::CircuitBreakerFire(_) | KindSpec::ServiceMeshSuperMushroom(_) => {
            kit.texts.get(&format!("about-{}", kind.key()))
        }
    };
    panel.spawn(kit.body(about, 12.0, palette::PERIWINKLE));
    match &piece.spec {
        KindSpec::MachineRoom(_) | KindSpec::Vault(_) => {
            panel.spawn((kit.strong("", 12.0, palette::BONE), Readout::Room(PieceId::from_name(&piece.name))));
        }
        KindSpec::WarpPipe(spec) => policies(panel, sources, spec.policy),
        KindSpec::Spring(_) | KindSpec::CircuitBreakerFire(_) | KindSpec::ServiceMeshSuperMushroom(_) => {}
    }
    // On a phone the row of tools is right below, and has it too.
    if !piece.fixed && sources.session.play().is_none() && sources.layout.wide {
        kit.word(panel, ButtonId::Remove, &kit.texts.get("button-remove"), Some("icon-trash"), 13.0, Look::QUIET);
    }
}

fn policies(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, chosen: Policy) {
    let kit = sources.kit;
    panel.spawn(kit.strong(kit.texts.get("knob-policy"), 12.5, palette::BONE));
    panel.spawn(Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(6.0), ..row(6.0) }).with_children(|line| {
        for policy in [Policy::RoundRobin, Policy::LeastRequest] {
            let look = if policy == chosen { Look::PRIMARY } else { Look::QUIET };
            kit.word(line, ButtonId::Policy(policy), &kit.texts.get(policy_key(policy)), None, 12.5, look);
        }
    });
    let about = format!("{}-about", policy_key(chosen));
    panel.spawn(kit.body(kit.texts.get(&about), 12.0, palette::PERIWINKLE));
}

fn about_pipe(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, pipe: &Pipe) {
    let kit = sources.kit;
    panel.spawn(kit.title(kit.texts.get("tool-pipe"), 17.0, palette::BONE));
    let whole = sources.session.board().joints().any(|joint| joint.pipe == pipe && joint.is_whole());
    let latency_ms = pipe.cells.len() as f64 * sources.session.level().pipes.propagation_ms_per_cell;
    let latency = duration(kit.texts, (latency_ms * 1e6) as u64);
    let about = kit.texts.with("about-pipe", &[("cells", pipe.cells.len().into()), ("latency", latency.into())]);
    panel.spawn(kit.body(about, 12.0, palette::PERIWINKLE));
    if whole {
        panel.spawn((kit.strong("", 12.0, palette::BONE), Readout::Pipe(PieceId::from_name(&pipe.name))));
    } else {
        panel.spawn(kit.body(kit.texts.get("about-pipe-loose"), 12.0, palette::STRAIN));
    }
    panel.spawn(Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(6.0), ..row(6.0) }).with_children(|line| {
        let (key, icon) = if pipe.shut { ("valve-shut", "valve-shut") } else { ("valve-open", "valve-open") };
        kit.word(line, ButtonId::Valve, &kit.texts.get(key), Some(icon), 13.0, Look::QUIET);
        if sources.session.play().is_none() {
            kit.word(line, ButtonId::Remove, &kit.texts.get("button-remove"), Some("icon-trash"), 13.0, Look::QUIET);
        }
    });
}
