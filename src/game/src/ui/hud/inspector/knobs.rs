//! A dial for each parameter of a piece, as the level layer lists them. At most four show at once; the rest is under
//! Advanced.

use super::super::Sources;
use super::now::Now;
use crate::palette;
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Fill, Look};
use crate::ui::turn::{Figure, Scale, Turnable, Way, Written, dial};
use crate::ui::widgets::{button, centred, column, ink_on, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::kind::param::{By, Param, Range};
use pipe_maze_level::{Piece, Refusal};

/// Most main knobs of a kind, and most in a row.
pub const MAIN_MAX: usize = 4;
/// Diameter of a dial.
const SIZE: f32 = 52.0;

/// The parameters of a piece that show at once, or those under Advanced.
pub fn shown(piece: &Piece, advanced: bool) -> impl Iterator<Item = &'static Param> + '_ {
    let params = piece.spec.kind().params().iter();
    params.filter(move |param| param.main != advanced && param.get(&piece.spec).is_some())
}

/// The parameter that is explained: the one that was chosen, or else the first.
pub fn chosen(sources: &Sources<'_>, piece: &Piece) -> Option<&'static Param> {
    let inspecting = sources.inspecting;
    let same = shown(piece, inspecting.advanced).find(|param| Some(param.key) == inspecting.chosen);
    same.or_else(|| shown(piece, inspecting.advanced).next())
}

/// Why a parameter cannot be turned now; nothing where it can.
pub fn lock(texts: &Texts, piece: &Piece, param: &Param, flows: bool) -> Option<String> {
    if !piece.may_set(param) {
        let key = if param.by == By::Author { "knob-by-level" } else { "knob-fixed" };
        return Some(texts.get(key));
    }
    (flows && !param.live).then(|| texts.refusal(&Refusal::NotInFlow))
}

/// Where a parameter can be turned to.
pub fn scale(param: &Param) -> Scale {
    match param.range {
        Range::Number { min, max, whole } => Scale::new(min, max, whole),
        Range::Choice(names) => Scale::new(0.0, names.len().saturating_sub(1) as f64, true),
    }
}

/// The dials side by side, four in a row.
pub fn dials(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, piece: &Piece) {
    let chosen = chosen(sources, piece).map(|param| param.key);
    let params: Vec<_> = shown(piece, sources.inspecting.advanced).collect();
    for params in params.chunks(MAIN_MAX) {
        panel.spawn(Node { align_items: AlignItems::Stretch, ..row(4.0) }).with_children(|line| {
            for param in params {
                knob(line, sources, piece, param, chosen == Some(param.key));
            }
        });
    }
}

/// Label, dial, figure, and what it does now: all of it turns, so that there is enough to grip for a finger.
fn knob(line: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, piece: &Piece, param: &Param, chosen: bool) {
    let (kit, flows) = (sources.kit, sources.session.play().is_some());
    let Some(value) = param.get(&piece.spec) else { return };
    let enabled = lock(kit.texts, piece, param, flows).is_none();
    let id = ButtonId::Knob(param.key);
    let turnable = Turnable { id, scale: scale(param), value, enabled, way: Way::Dial };
    let look = if chosen { Look { rest: Fill::Raised, ..Look::BARE } } else { Look::BARE };
    let node = Node {
        // All alike, and none wider than one of four.
        flex_grow: 1.0,
        flex_basis: Val::Px(0.0),
        min_width: Val::Px(0.0),
        padding: UiRect::axes(Val::Px(2.0), Val::Px(5.0)),
        align_items: AlignItems::Center,
        border_radius: BorderRadius::all(Val::Px(12.0)),
        ..column(3.0)
    };
    let middle = || TextLayout::justify(Justify::Center);
    line.spawn((turnable.clone(), button(id, look), node)).with_children(|cell| {
        let label = Node { width: Val::Percent(100.0), height: Val::Px(27.0), ..centred() };
        cell.spawn(label).with_children(|label| {
            let name = kit.texts.get(&format!("param-{}", param.key));
            label.spawn((kit.strong(name, 10.5, palette::periwinkle()), middle()));
        });
        if enabled {
            dial(cell, &turnable, SIZE);
        } else {
            padlock(cell, sources);
        }
        let figure = Figure { of: id, written: Written::of(param) };
        let (size, color) = match param.range {
            Range::Number { .. } => (13.0, palette::bone()),
            Range::Choice(_) => (10.5, palette::bone()),
        };
        let written = figure.written.text(kit.texts, value);
        cell.spawn((kit.strong(written, size, color), middle(), figure));
        if flows {
            cell.spawn((kit.body("", 10.5, palette::ok()), middle(), Now::param(&piece.name, param.key)));
        }
    });
}

/// In the place of a dial that cannot be turned: nothing round, nothing raised, a lock.
fn padlock(cell: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let node = Node { width: Val::Px(SIZE), height: Val::Px(SIZE), flex_shrink: 0.0, ..centred() };
    cell.spawn(node).with_child(sources.kit.icon("icon-lock", SIZE * 0.4, palette::inactive()));
}

/// The way to the other parameters, if there are others.
pub fn advanced(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, piece: &Piece) {
    let (kit, open) = (sources.kit, sources.inspecting.advanced);
    let names: Vec<String> =
        shown(piece, !open).map(|param| kit.texts.get(&format!("param-{}", param.key)).to_lowercase()).collect();
    if names.is_empty() && !open {
        return;
    }
    let node = Node {
        min_height: Val::Px(if sources.layout.wide { 36.0 } else { 44.0 }),
        padding: UiRect::horizontal(Val::Px(12.0)),
        column_gap: Val::Px(9.0),
        align_items: AlignItems::Center,
        border_radius: BorderRadius::all(Val::Px(12.0)),
        ..default()
    };
    let look = Look::QUIET;
    panel.spawn((button(ButtonId::Advanced, look), node)).with_children(|line| {
        let (icon, key) = if open { ("icon-back", "knobs-main") } else { ("icon-down", "knobs-advanced") };
        line.spawn(kit.icon(icon, 13.0, ink_on(look)));
        line.spawn((kit.strong(kit.texts.get(key), 13.0, ink_on(look)), TextLayout::no_wrap()));
        let rest = Node {
            flex_shrink: 1.0,
            flex_basis: Val::Px(0.0),
            flex_grow: 1.0,
            overflow: Overflow::clip(),
            ..default()
        };
        line.spawn(rest).with_children(|rest| {
            rest.spawn((kit.body(list(&names), 11.0, palette::periwinkle()), TextLayout::no_wrap()));
        });
    });
}

/// The first two, and how many more.
fn list(names: &[String]) -> String {
    match names {
        [first, second, rest @ ..] if !rest.is_empty() => format!("{first}, {second}, +{}", rest.len()),
        few => few.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use pipe_maze_level::{Kind, Level};

    const LEVEL: &str = include_str!("../../../../../../levels/3-flow-control/two-rooms.ron");

    #[test]
    fn a_lock_says_whose_it_is_or_that_the_water_flows() {
        let texts = Texts::english();
        let session = Session::open(Level::parse(LEVEL).unwrap());
        let board = session.board();
        let room = board.pieces().iter().find(|piece| piece.spec.kind() == Kind::MachineRoom).unwrap();
        let param = |key: &str| room.spec.kind().params().iter().find(|param| param.key == key).unwrap();
        assert_eq!(lock(&texts, room, param("workers"), false), Some(texts.get("knob-by-level")));
        assert_eq!(lock(&texts, room, param("queue"), false), Some(texts.get("knob-fixed")));
        let own = Piece { fixed: false, ..room.clone() };
        assert_eq!(lock(&texts, &own, param("queue"), false), None);
        assert_eq!(lock(&texts, &own, param("queue"), true), Some(texts.refusal(&Refusal::NotInFlow)));
        let warp = Piece { spec: Kind::WarpPipe.default_spec(), ..own };
        let policy = Kind::WarpPipe.params().first().unwrap();
        assert_eq!(lock(&texts, &warp, policy, true), None, "a policy changes while water flows");
    }

    #[test]
    fn a_list_of_names_stays_short() {
        let names = ["copies", "workers", "work", "outlets"].map(str::to_owned);
        assert_eq!(list(&names), "copies, workers, +2");
        assert_eq!(list(&names[..2]), "copies, workers");
    }

    #[test]
    fn every_parameter_is_shown_once() {
        for kind in Kind::ALL {
            let session = Session::open(Level::parse(LEVEL).unwrap());
            let piece = Piece { spec: kind.default_spec(), ..session.board().pieces()[0].clone() };
            let keys: Vec<_> = shown(&piece, false).chain(shown(&piece, true)).map(|param| param.key).collect();
            assert_eq!(keys.len(), kind.params().len(), "{}", kind.key());
        }
    }
}
