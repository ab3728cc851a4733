//! A pipe in the inspector: how long it is and what that means, what goes through it at most, and what does now.

use super::super::Sources;
use super::now::Now;
use super::{board_stays, heading, shows_all};
use crate::palette;
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures::duration;
use crate::ui::turn::number;
use crate::ui::widgets::{column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::milliseconds::to_ns;
use pipe_maze_level::{Board, Edit, Pipe};

/// Fills the panel.
pub fn about(panel: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, pipe: &Pipe) {
    let (kit, session) = (sources.kit, sources.session);
    let whole = session.board().joints().any(|joint| joint.pipe == pipe && joint.is_whole());
    let plans = session.play().is_none() && !board_stays(sources);
    let about = kit.texts.get(if whole { "about-pipe" } else { "about-pipe-loose" });
    heading(panel, sources, "pipe-mini", kit.texts.get("tool-pipe"), &about, plans);
    if !shows_all(sources) {
        return;
    }
    let rules = session.level().pipes;
    let cells = pipe.cells.len();
    let round_trip_ns = to_ns(2.0 * cells as f64 * rules.propagation_ms_per_cell);
    let figures = [
        ("pipe-length", kit.texts.with("pipe-cells", &[("cells", cells.into())]), None),
        ("pipe-round-trip", duration(kit.texts, round_trip_ns), None),
        ("pipe-bandwidth", bandwidth(kit.texts, rules.bandwidth_bytes_per_s), None),
        ("pipe-cost", kit.texts.with("pipe-coins", &[("coins", cost(session.board(), pipe).into())]), None),
        ("pipe-in-flight", "0".to_owned(), Some(Now::in_flight(&pipe.name))),
        ("pipe-lost", "0".to_owned(), Some(Now::lost(&pipe.name))),
    ];
    let grid = Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(6.0), ..row(6.0) };
    panel.spawn(grid).with_children(|grid| {
        for (key, words, now) in figures {
            let node = Node {
                width: Val::Px(if sources.layout.wide { 138.0 } else { 104.0 }),
                flex_grow: 1.0,
                padding: UiRect::axes(Val::Px(10.0), Val::Px(6.0)),
                border_radius: BorderRadius::all(Val::Px(10.0)),
                ..column(1.0)
            };
            grid.spawn((node, BackgroundColor(palette::ink_raised()))).with_children(|figure| {
                figure.spawn(kit.body(kit.texts.get(key), 11.0, palette::periwinkle()));
                let mut figure = figure.spawn(kit.strong(words, 14.0, palette::bone()));
                if let Some(now) = now {
                    figure.insert(now);
                }
            });
        }
    });
    if board_stays(sources) {
        return;
    }
    let ahead = session.board_ahead().pipe(&pipe.name).is_some_and(|ahead| ahead.shut);
    // While the Navigator is on his way the button says what will be.
    let key = match (ahead != pipe.shut, ahead) {
        (true, true) => "valve-to-shut",
        (true, false) => "valve-to-open",
        (false, true) => "valve-shut",
        (false, false) => "valve-open",
    };
    let icon = if ahead { "valve-shut" } else { "valve-open" };
    panel.spawn(row(6.0)).with_children(|line| {
        kit.word(line, ButtonId::Valve, &kit.texts.get(key), Some(icon), 13.0, Look::QUIET);
    });
}

/// What a pipe costs, bridges included, and without what stands on it.
fn cost(board: &Board, pipe: &Pipe) -> u32 {
    let mut without = board.clone();
    let on_it: Vec<String> = board.power_ups_on_pipe(pipe).map(|piece| piece.name.clone()).collect();
    for name in on_it {
        // Of a piece that cannot be taken off the pipe cannot be taken away either; then its cost is nobody's business.
        let _ = without.apply(&Edit::Remove { name });
    }
    let before = without.cost();
    let _ = without.apply(&Edit::RemovePipe { name: pipe.name.clone() });
    before.saturating_sub(without.cost())
}

/// Bytes a second, with the prefix that they need.
fn bandwidth(texts: &Texts, bytes_per_s: u64) -> String {
    let value = bytes_per_s as f64;
    let (scaled, unit) = match value {
        v if v >= 1e9 => (v / 1e9, "GB/s"),
        v if v >= 1e6 => (v / 1e6, "MB/s"),
        v if v >= 1e3 => (v / 1e3, "kB/s"),
        v => (v, "B/s"),
    };
    format!("{} {unit}", number(texts, (scaled * 10.0).round() / 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use pipe_maze_level::{Level, Solution};

    const LEVEL: &str = include_str!("../../../../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../../../../levels/3-flow-control/two-rooms.solution.ron");

    #[test]
    fn the_costs_of_all_pipes_and_pieces_are_the_board_s() {
        let level = Level::parse(LEVEL).unwrap();
        let price = level.pipes.price_per_cell;
        let mut session = Session::open(level);
        let before = session.board().cost();
        for edit in Solution::parse(SOLUTION).unwrap().plan {
            let cells = if let Edit::LayPipe { cells, .. } = &edit { cells.len() as u32 } else { 0 };
            let name = if let Edit::LayPipe { name, .. } = &edit { name.clone() } else { String::new() };
            session.edit(&edit).unwrap();
            if let Some(pipe) = session.board().pipe(&name) {
                assert_eq!(cost(session.board(), pipe), cells * price);
            }
        }
        assert!(session.board().cost() > before);
    }

    #[test]
    fn bandwidths_have_their_prefix() {
        for (bytes_per_s, text) in
            [(800, "800 B/s"), (1_500, "1.5 kB/s"), (12_000_000, "12 MB/s"), (2_000_000_000, "2 GB/s")]
        {
            assert_eq!(bandwidth(&Texts::english(), bytes_per_s), text);
        }
    }
}
