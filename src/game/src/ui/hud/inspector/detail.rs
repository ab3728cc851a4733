//! The parameter that is chosen, in full: a finer way to turn it, what it means, from where to where, how it comes, and
//! why it cannot be turned.

use super::super::Sources;
use super::knobs::lock;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Fill, Look};
use crate::ui::turn::{Figure, Written};
use crate::ui::widgets::{button, centred, column, ink_on, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::Piece;
use pipe_maze_level::kind::param::{Param, Range};

/// Explains a parameter of a piece.
pub fn explain(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, piece: &Piece, param: &Param) {
    let kit = sources.kit;
    let Some(value) = param.get(&piece.spec) else { return };
    let locked = lock(kit.texts, piece, param, sources.session.play().is_some());
    let node =
        Node { padding: UiRect::all(Val::Px(9.0)), border_radius: BorderRadius::all(Val::Px(12.0)), ..column(5.0) };
    panel.spawn((node, BackgroundColor(palette::ink_raised()))).with_children(|detail| {
        turner(detail, sources, param, value, locked.is_none());
        let help = kit.texts.get(&format!("param-{}-help", param.key));
        detail.spawn(kit.body(help, 11.5, palette::bone()));
        if let Range::Choice(names) = param.range {
            let key = names.get(value as usize).map(|name| format!("choice-{name}-help"));
            if let Some(key) = key.filter(|key| kit.texts.has(key)) {
                detail.spawn(kit.body(kit.texts.get(&key), 11.5, palette::periwinkle()));
            }
        }
        if let Some(range) = range(kit.texts, piece, param) {
            detail.spawn(kit.body(range, 11.0, palette::periwinkle()));
        }
        let refused = sources.inspecting.refused.as_ref().map(|refusal| kit.texts.refusal(refusal));
        let told = refused.map(|words| ("icon-cross", words, palette::failed_on_ink()));
        let told = told.or(locked.map(|words| ("icon-lock", words, palette::strain())));
        if let Some((icon, words, color)) = told {
            detail.spawn(row(7.0)).with_children(|line| {
                line.spawn(kit.icon(icon, 13.0, color));
                line.spawn(kit.strong(words, 11.5, color));
            });
        }
    });
}

/// The same in words: what the parameter of that key means, from where to where it goes, why it cannot be turned.
pub fn knob_help(texts: &Texts, session: &Session, name: &str, key: &str) -> String {
    let Some(piece) = session.board().piece(name) else { return String::new() };
    let Some(param) = piece.spec.kind().params().iter().find(|param| param.key == key) else { return String::new() };
    let locked = lock(texts, piece, param, session.play().is_some());
    let help = texts.get(&format!("param-{key}-help"));
    let parts = [Some(help), range(texts, piece, param), locked].into_iter().flatten();
    parts.collect::<Vec<_>>().join(" ")
}

/// Less, the name and the figure, more.
fn turner(detail: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, param: &Param, value: f64, enabled: bool) {
    let kit = sources.kit;
    let look = Look { rest: Fill::Line, ..Look::BARE }.enabled(enabled);
    detail.spawn(row(8.0)).with_children(|line| {
        if enabled {
            step(line, sources, ButtonId::Less(param.key), look);
        }
        let middle = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), align_items: AlignItems::Center, ..column(1.0) };
        line.spawn(middle).with_children(|words| {
            let name = kit.texts.get(&format!("param-{}", param.key));
            words.spawn((kit.strong(name, 12.0, palette::periwinkle()), TextLayout::justify(Justify::Center)));
            let figure = Figure { of: ButtonId::Knob(param.key), written: Written::of(param) };
            let written = figure.written.text(kit.texts, value);
            words.spawn((kit.title(written, 17.0, palette::gold()), TextLayout::justify(Justify::Center), figure));
        });
        if enabled {
            step(line, sources, ButtonId::More(param.key), look);
        }
    });
}

/// A step less or more: a stroke, or a cross of two.
fn step(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, id: ButtonId, look: Look) {
    let node = Node {
        width: Val::Px(44.0),
        height: Val::Px(44.0),
        flex_shrink: 0.0,
        border_radius: BorderRadius::MAX,
        ..centred()
    };
    line.spawn((button(id, look), node)).with_children(|disc| {
        if let ButtonId::More(_) = id {
            disc.spawn(sources.kit.icon("icon-plus", 18.0, ink_on(look)));
        } else {
            let stroke = Node {
                width: Val::Px(18.0),
                height: Val::Px(4.0),
                border_radius: BorderRadius::all(Val::Px(2.0)),
                ..default()
            };
            disc.spawn((stroke, BackgroundColor(ink_on(look))));
        }
    });
}

/// From where to where, and how it comes out of the palette.
fn range(texts: &Texts, piece: &Piece, param: &Param) -> Option<String> {
    let written = |value: f64| Written::of(param).text(texts, value);
    let default = param.default(piece.spec.kind()).map(written)?;
    Some(match param.range {
        Range::Number { min, max, .. } => {
            let ends = [("min", written(min).into()), ("max", written(max).into()), ("default", default.into())];
            texts.with("knob-range", &ends)
        }
        Range::Choice(names) => {
            texts.with("knob-choice", &[("count", names.len().into()), ("default", default.into())])
        }
    })
}
