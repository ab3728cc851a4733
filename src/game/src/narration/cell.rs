//! The cell at which the keyboard is: what is there, what lies around, and what a press would do.

use super::{Control, Role};
use crate::board::preview::price_words;
use crate::foes;
use crate::input::tools::{Doing, Hand, Tool};
use crate::session::Session;
use crate::text::Texts;
use crate::ui::hud::service_now;
use pipe_maze_level::board::Joint;
use pipe_maze_level::grid::Ground;
use pipe_maze_level::{Board, Cell, Heading, Piece, Pipe};

/// Its name for programs.
pub fn id(cell: Cell) -> String {
    format!("cell-{}-{}", cell.column, cell.row)
}

/// It as a control: the cell is pressed.
pub fn control(texts: &Texts, session: &Session, hand: &Hand) -> Control {
    let cell = hand.cursor;
    let what = full(texts, session, cell);
    let name = texts.with("cell-at", &[("what", what.into()), ("place", place(texts, cell).into())]);
    let help = [enter(session, hand).map(|key| texts.get(key)), Some(around(texts, session, cell))];
    Control {
        id: id(cell),
        role: Role::Button,
        name,
        value: intent(texts, session, hand),
        help: help.into_iter().flatten().collect::<Vec<_>>().join(" "),
        ..Control::default()
    }
}

/// Where a cell is, counted from 1 as people do.
pub fn place(texts: &Texts, cell: Cell) -> String {
    texts.with("cell-place", &[("column", (cell.column + 1).into()), ("row", (cell.row + 1).into())])
}

/// What a piece is called: by the level if it has a name for it, and always by its kind.
pub fn called(texts: &Texts, session: &Session, piece: &Piece) -> String {
    let kind = texts.get(&format!("kind-{}", piece.spec.kind().key()));
    match texts.of_level(session.level(), &piece.name) {
        Some(name) if name != kind => {
            texts.with("piece-called", &[("name", name.to_owned().into()), ("kind", kind.into())])
        }
        _ => kind,
    }
}

/// What a pipe is: from where to where.
pub fn pipe(texts: &Texts, session: &Session, joint: &Joint<'_>) -> String {
    let name = |name: &str| session.board().piece(name).map(|piece| called(texts, session, piece)).unwrap_or_default();
    let (from, to) = (joint.source.map(|(piece, ..)| name(piece)), joint.target.map(|(piece, _)| name(piece)));
    let words = match (from, to) {
        (Some(from), Some(to)) => texts.with("cell-pipe", &[("from", from.into()), ("to", to.into())]),
        (Some(from), None) => texts.with("cell-pipe-from", &[("from", from.into())]),
        (None, Some(to)) => texts.with("cell-pipe-to", &[("to", to.into())]),
        (None, None) => texts.get("cell-pipe-loose"),
    };
    if joint.pipe.shut { format!("{words}, {}", texts.get("valve-shut")) } else { words }
}

/// All that is in a cell.
fn full(texts: &Texts, session: &Session, cell: Cell) -> String {
    let board = session.board();
    let pieces = board.pieces().iter().filter(|piece| piece.cells().any(|other| other == cell));
    let mut words: Vec<String> = Vec::new();
    for piece in pieces {
        words.push(called(texts, session, piece));
        words.extend(session.play().and_then(|play| service_now(texts, play.simulation().view(), &piece.name)));
        words.extend(session.play().and_then(|play| foes::struck(texts, play, &piece.name)));
    }
    let joints = board.joints().filter(|joint| joint.pipe.cells.contains(&cell));
    for joint in joints {
        words.push(pipe(texts, session, &joint));
        words.extend(session.play().and_then(|play| foes::struck(texts, play, &joint.pipe.name)));
    }
    if words.is_empty() {
        words.push(ground(texts, board, cell));
    }
    let enemies = board.enemies().iter().filter(|enemy| enemy.cells.contains(&cell));
    words.extend(enemies.map(|enemy| texts.get(&format!("enemy-{}", enemy.kind.kind().key()))));
    if board.ground_piece_at(cell).is_none() {
        words.extend(mouths(texts, session, cell));
    }
    words.join(", ")
}

/// Whose inlets and outlets open into a cell.
fn mouths(texts: &Texts, session: &Session, cell: Cell) -> Vec<String> {
    let ports = session.board().pieces().iter().flat_map(|piece| piece.ports().map(move |port| (piece, port)));
    let here = ports.filter(|(piece, port)| port.mouth_at(piece.at) == cell);
    here.map(|(piece, port)| {
        let key = if port.outlet.is_some() { "cell-outlet" } else { "cell-inlet" };
        texts.with(key, &[("piece", called(texts, session, piece).into())])
    })
    .collect()
}

fn ground(texts: &Texts, board: &Board, cell: Cell) -> String {
    texts.get(match board.terrain().ground(cell) {
        _ if !board.terrain().contains(cell) => "cell-edge",
        Ground::Sky => "cell-sky",
        Ground::Rock => "cell-rock",
        Ground::Tunnel => "cell-free",
    })
}

/// In a word or two, for what lies around.
fn short(texts: &Texts, session: &Session, cell: Cell) -> String {
    let board = session.board();
    match (board.piece_at(cell), board.pipe_at(cell)) {
        (Some(piece), _) => called(texts, session, piece),
        (None, Some(_)) => texts.get("tool-pipe"),
        (None, None) => ground(texts, board, cell),
    }
}

fn around(texts: &Texts, session: &Session, cell: Cell) -> String {
    let at = |heading: Heading| short(texts, session, cell.step(heading));
    let (up, right, down, left) = (at(Heading::North), at(Heading::East), at(Heading::South), at(Heading::West));
    texts.with(
        "cell-around",
        &[("up", up.into()), ("right", right.into()), ("down", down.into()), ("left", left.into())],
    )
}

/// What would be done, what it costs, or why it cannot be.
fn intent(texts: &Texts, session: &Session, hand: &Hand) -> String {
    let Some(preview) = hand.preview(session) else { return String::new() };
    if let Some(refusal) = &preview.refusal {
        return texts.refusal(refusal);
    }
    let price = price_words(texts, &preview, session.level().pipes.propagation_ms_per_cell);
    match &hand.doing {
        Doing::Drawing(drawing) => {
            let cells = texts.with("pipe-cells", &[("cells", drawing.all_cells().len().into())]);
            format!("{cells}, {price}")
        }
        _ => price,
    }
}

/// The text of what Enter does.
fn enter(session: &Session, hand: &Hand) -> Option<&'static str> {
    let board = session.board();
    let thing = board.piece_at(hand.cursor).map(|piece| &piece.name);
    let thing = thing.or_else(|| board.pipe_at(hand.cursor).map(|pipe| &pipe.name));
    if session.play().is_some() {
        return thing.map(|_| "cell-enter-select");
    }
    let is_end = |pipe: &Pipe| [pipe.cells.first(), pipe.cells.last()].contains(&Some(&hand.cursor));
    Some(match (&hand.doing, hand.tool, thing) {
        (Doing::Carrying(_), ..) => "cell-enter-put",
        (Doing::Drawing(_) | Doing::Rerouting(_), ..) => "cell-enter-end",
        (Doing::Boxing(_), ..) => "cell-enter-box-end",
        (Doing::Placing | Doing::Gripping(_), ..) => "cell-enter-place",
        (Doing::Nothing, Tool::Place(_), _) => "cell-enter-place",
        (Doing::Nothing, Tool::Pipe, Some(name)) if board.pipe(name).is_some_and(is_end) => "cell-enter-go-on",
        (Doing::Nothing, _, Some(name)) if hand.selection.contains(name) => "cell-enter-take",
        (Doing::Nothing, _, Some(_)) => "cell-enter-select",
        (Doing::Nothing, Tool::Pipe, None) => {
            if board.terrain().ground(hand.cursor) != Ground::Tunnel {
                return None;
            }
            "cell-enter-draw"
        }
        (Doing::Nothing, _, None) => "cell-enter-box",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Edit, Kind, Level};

    const LEVEL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");

    fn at(session: &Session, hand: &mut Hand, column: i32, row: i32) -> Control {
        hand.cursor = Cell::new(column, row);
        control(&Texts::english(), session, hand)
    }

    #[test]
    fn each_kind_of_cell_says_what_it_is_and_where() {
        let (session, mut hand) = (Session::open(Level::parse(LEVEL).unwrap()), Hand::default());
        let mut name = |column, row| at(&session, &mut hand, column, row).name;
        assert_eq!(name(0, 3), "Rock. At column 1, row 4");
        assert_eq!(name(0, 0), "Sky. At column 1, row 1");
        assert_eq!(name(3, 2), "Free, outlet of Spring. At column 4, row 3");
        assert_eq!(name(9, 6), "Free, inlet of North, Machine Room. At column 10, row 7");
        assert!(name(10, 4).starts_with("North, Machine Room."), "{}", name(10, 4));
    }

    #[test]
    fn a_pipe_says_from_where_to_where_and_a_drawn_one_what_it_costs() {
        let (mut session, mut hand) = (Session::open(Level::parse(LEVEL).unwrap()), Hand::default());
        at(&session, &mut hand, 3, 2);
        hand.act(&mut session, false, 0.0);
        for row in [3, 4] {
            hand.move_to(&session, Cell::new(3, row), 0.0);
        }
        let drawn = control(&Texts::english(), &session, &hand);
        assert_eq!(drawn.value, "3 cells, 15 · 120 ms there and back");
        assert!(drawn.help.starts_with("Enter ends the pipe here."), "{}", drawn.help);
        hand.act(&mut session, false, 0.0);
        assert!(at(&session, &mut hand, 3, 3).name.starts_with("Pipe from Spring, the other end loose."));
        session.edit(&Edit::Place { name: "w".into(), kind: Kind::WarpPipe, at: Cell::new(4, 3) }).unwrap();
        assert!(at(&session, &mut hand, 3, 3).name.starts_with("Pipe from Spring to Warp Pipe."));
    }

    #[test]
    fn what_lies_around_is_said_from_above_clockwise() {
        let (session, mut hand) = (Session::open(Level::parse(LEVEL).unwrap()), Hand::default());
        let help = at(&session, &mut hand, 3, 2).help;
        assert!(help.ends_with("Around: up Spring, right Rock, down Free, left Rock."), "{help}");
    }

    #[test]
    fn what_cannot_be_says_why_before_it_is_tried() {
        let (session, mut hand) = (Session::open(Level::parse(LEVEL).unwrap()), Hand::default());
        hand.show_cursor = true;
        hand.take_tool(Tool::Place(Kind::WarpPipe));
        assert_eq!(at(&session, &mut hand, 9, 3).value, Texts::english().get("refusal-rock"));
        assert_eq!(at(&session, &mut hand, 5, 4).value, "80");
    }
}
