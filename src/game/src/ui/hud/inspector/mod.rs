//! The inspector: what the selected piece or pipe is, does now, and can be told to do.
//!
//! 1. `knobs` makes a dial for each parameter that the level layer lists of a kind, so a new kind has its inspector at
//!    once; `detail` explains the one that is chosen.
//! 2. `pipe` gives the figures of a pipe.
//! 3. `now` reads from the run what each of them does.
//! 4. `heed` turns what is pressed and turned into edits.

mod detail;
mod fault;
mod heed;
mod knobs;
mod now;
mod pipe;

pub use detail::knob_help;
pub use heed::Inspecting;
pub use now::service as service_now;

use super::Sources;
use crate::board::looks;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures::duration;
use crate::ui::widgets::{Kit, column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use now::Now;
use pipe_maze_level::kind::KindSpec;
use pipe_maze_level::milliseconds::to_ns;
use pipe_maze_level::{Piece, Profile};

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((heed::plugin, now::plugin));
}

/// Width of the panel where there is room.
pub const WIDTH: f32 = 310.0;

/// The panel for what is selected; nothing where nothing is.
pub fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some(name) = sources.hand.selection.only() else { return };
    let board = sources.session.board();
    let width = if sources.layout.wide { Val::Px(WIDTH) } else { Val::Auto };
    let node = Node { width, padding: UiRect::axes(Val::Px(11.0), Val::Px(9.0)), ..column(7.0) };
    if let Some(fault) = board.faults().iter().find(|fault| fault.name == *name) {
        parent.spawn(instrument(node)).with_children(|panel| fault::about(panel, sources, fault));
    } else if let Some(piece) = board.piece(name) {
        parent.spawn(instrument(node)).with_children(|panel| about_piece(panel, sources, piece));
    } else if let Some(pipe) = board.pipe(name) {
        parent.spawn(instrument(node)).with_children(|panel| pipe::about(panel, sources, pipe));
    }
}

fn about_piece(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, piece: &Piece) {
    let kit = sources.kit;
    let kind = piece.spec.kind();
    let own_name = sources.kit.texts.of_level(sources.session.level(), &piece.name).map(str::to_owned);
    // A piece of the level is called as on its plate; one of the player's is what it is.
    let plate = own_name.or_else(|| piece.fixed.then(|| piece.name.clone()));
    let title = plate.unwrap_or_else(|| kit.texts.get(&format!("kind-{}", kind.key())));
    let stays = piece.fixed || board_stays(sources);
    let removable = !stays && sources.session.play().is_none();
    heading(panel, sources, looks::piece(kind).portrait, title, &what_it_is(kit, piece), removable);
    if let Some(words) = now::capacity(kit.texts, piece) {
        let pill = Node {
            padding: UiRect::axes(Val::Px(10.0), Val::Px(4.0)),
            justify_content: JustifyContent::Center,
            border_radius: BorderRadius::all(Val::Px(9.0)),
            ..default()
        };
        panel.spawn((pill, BackgroundColor(palette::ink_raised()))).with_children(|pill| {
            pill.spawn((kit.strong(words, 12.0, palette::bone()), Now::piece(&piece.name)));
        });
    }
    if !shows_all(sources) {
        return;
    }
    knobs::dials(panel, sources, piece);
    if let Some(param) = knobs::chosen(sources, piece) {
        detail::explain(panel, sources, piece, param);
    }
    knobs::advanced(panel, sources, piece);
}

/// Whether the system stays as it is, because the player places faults.
fn board_stays(sources: &Sources<'_>) -> bool {
    sources.session.board().chaos().is_some()
}

/// Whether all of it shows, and not its head alone.
pub const fn shows_all(sources: &Sources<'_>) -> bool {
    sources.layout.wide || sources.inspecting.expanded
}

/// Its picture, its name, what it is, and a button: what removes it, or on a phone what pulls up the rest.
fn heading(
    panel: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    icon: &str,
    title: String,
    about: &str,
    removable: bool,
) {
    let kit = sources.kit;
    panel.spawn(row(10.0)).with_children(|line| {
        line.spawn(Node {
            width: Val::Px(38.0),
            justify_content: JustifyContent::Center,
            flex_shrink: 0.0,
            ..default()
        })
        .with_children(|frame| {
            let height = (38.0 / kit.atlas.aspect(icon)).min(38.0);
            frame.spawn(kit.icon(icon, height, Color::WHITE));
        });
        line.spawn(Node { flex_grow: 1.0, flex_shrink: 1.0, flex_basis: Val::Px(0.0), ..column(1.0) }).with_children(
            |words| {
                words.spawn(kit.title(title, 17.0, palette::bone()));
                words.spawn(kit.body(about, 11.5, palette::periwinkle()));
            },
        );
        if !sources.layout.wide {
            // The row of tools is right below, and can remove it.
            let icon = if shows_all(sources) { "icon-down" } else { "icon-up" };
            kit.disc(line, ButtonId::Expand, icon, 44.0, Look::QUIET);
        } else if removable {
            kit.disc(line, ButtonId::Remove, "icon-trash", 44.0, Look::QUIET);
        }
    });
}

/// What a piece is, in one line.
fn what_it_is(kit: Kit<'_>, piece: &Piece) -> String {
    let ms = |ms: f64| duration(kit.texts, to_ns(ms)).into();
    let key = format!("about-{}", piece.spec.kind().key());
    let service = |workers: u32, mean_ms: f64, queue: u32| {
        let variables = [("workers", workers.into()), ("mean", ms(mean_ms)), ("queue", queue.into())];
        kit.texts.with(&key, &variables)
    };
    match &piece.spec {
        KindSpec::Spring(spec) => {
            let rate = crate::ui::turn::number(kit.texts, spec.rate_per_s_total());
            let timeout = ms(spec.timeout_ms as f64);
            let (key, count) = match &spec.profile {
                Profile::Steady => ("about-spring-steady", 0),
                Profile::Recorded { at_ms } => ("about-spring-recorded", at_ms.len()),
                _ => (key.as_str(), 0),
            };
            kit.texts.with(key, &[("rate", rate.into()), ("timeout", timeout), ("count", count.into())])
        }
        KindSpec::MachineRoom(spec) => {
            service(spec.replicas.saturating_mul(spec.workers), spec.service_time.mean_ms(), spec.queue)
        }
        KindSpec::Vault(spec) => {
            service(spec.replicas.saturating_mul(spec.workers), spec.service_time.mean_ms(), spec.queue)
        }
        _ => kit.texts.get(&key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Kind;

    #[test]
    fn springs_that_keep_time_or_are_recorded_say_so() {
        for language in ["en", "de"] {
            let texts = crate::text::Texts::of(language.parse().unwrap());
            for key in ["about-spring-steady", "about-spring-recorded"] {
                let variables = [("rate", "20".into()), ("timeout", "5 s".into()), ("count", 7.into())];
                let words = texts.with(key, &variables);
                let figure = if key.ends_with("steady") { "20" } else { "7" };
                assert!(texts.has(key) && words.contains(figure) && words.contains("5 s"), "{words}");
            }
        }
    }

    #[test]
    fn every_kind_has_few_enough_main_knobs() {
        for &kind in Kind::ALL {
            let main = kind.params().iter().filter(|param| param.main).count();
            assert!(main <= knobs::MAIN_MAX, "{}: {main} main knobs", kind.key());
        }
    }
}
