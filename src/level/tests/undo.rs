//! Edits and their inverses: undoing is exact, and a refused edit changes nothing.

mod shelf;

use pipe_maze_level::kind::Stands;
use pipe_maze_level::{Board, Cell, Edit, Facing, Heading, History, Kind, Level, Piece, Refusal, Setting};
use pipe_maze_sim::Policy;
use proptest::prelude::*;

const NAMES: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "spring", "room"];

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn cell() -> impl Strategy<Value = Cell> {
    (-1..16i32, 1..13i32).prop_map(|(column, row)| Cell::new(column, row))
}

/// A walk from a cell; most of them possible somewhere, some with a jump.
fn cells() -> impl Strategy<Value = Vec<Cell>> {
    (cell(), prop::collection::vec((0usize..4, 1usize..5), 0..5), prop::bool::weighted(0.05)).prop_map(
        |(start, legs, jump)| {
            let mut cells = vec![start];
            for (heading, steps) in legs {
                for _ in 0..steps {
                    let last = cells[cells.len() - 1];
                    cells.push(last.step(Heading::ALL[heading]));
                }
            }
            if jump {
                cells.push(Cell::new(3, 3));
            }
            cells
        },
    )
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![4 => Just(Kind::WarpPipe), 6 => prop::sample::select(Kind::ALL)]
}

fn number() -> impl Strategy<Value = Setting> {
    const KEYS: [&str; 7] = ["queue", "retries", "window", "backoff", "replicas", "workers", "calls"];
    (prop::sample::select(&KEYS[..]), 0u32..40).prop_map(|(key, value)| match key {
        "calls" => Setting::Choice(key.into(), if value < 20 { "parallel" } else { "sequential" }.into()),
        _ => Setting::Number(key.into(), f64::from(value)),
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let batch = prop::collection::vec(single(), 0..5).prop_map(Edit::Batch);
    prop_oneof![9 => single(), 1 => batch]
}

fn single() -> impl Strategy<Value = Edit> {
    let facing = prop_oneof![Just(Facing::East), Just(Facing::West)];
    let policy = prop_oneof![Just(Policy::RoundRobin), Just(Policy::LeastRequest)];
    prop_oneof![
        6 => (name(), cell(), kind()).prop_map(|(name, at, kind)| Edit::Place { name, kind, at }),
        2 => name().prop_map(|name| Edit::Remove { name }),
        3 => (name(), cell()).prop_map(|(name, to)| Edit::Move { name, to }),
        12 => (name(), cells()).prop_map(|(name, cells)| Edit::LayPipe { name, cells }),
        2 => (name(), cells()).prop_map(|(name, cells)| Edit::Reroute { name, cells }),
        2 => (name(), facing).prop_map(|(name, to)| Edit::Rotate { name, to }),
        1 => (name(), name()).prop_map(|(name, to)| Edit::Rename { name, to }),
        3 => name().prop_map(|name| Edit::RemovePipe { name }),
        2 => (name(), number()).prop_map(|(name, setting)| Edit::Configure { name, setting }),
        2 => (name(), policy).prop_map(|(name, p)| Edit::Configure { name, setting: Setting::Policy(p) }),
        3 => (name(), any::<bool>()).prop_map(|(name, shut)| Edit::Valve { name, shut }),
    ]
}

/// What a hand makes of an edit: a pipe ends where it can go no further, a piece goes to the next place that takes it,
/// and names are those of what is there. Left as it is where nothing helps.
fn by_hand(board: &Board, edit: &Edit) -> Edit {
    let nearest = |from: &Cell, make: &dyn Fn(Cell) -> Edit| {
        let cells: Vec<Cell> = board.terrain().cells().collect();
        let start = cells.iter().position(|cell| cell == from).unwrap_or_default();
        let mut tries = cells.iter().cycle().skip(start).take(cells.len()).map(|&cell| make(cell));
        tries.find(|edit| board.refusal(edit).is_none())
    };
    let name_of = |wish: &str, names: Vec<&String>| {
        let index = wish.bytes().map(usize::from).sum::<usize>();
        names.get(index % names.len().max(1)).map(|name| (*name).clone())
    };
    let own = || board.pieces().iter().filter(|piece| !piece.fixed).map(|piece| &piece.name).collect::<Vec<_>>();
    let pipes = || board.pipes().iter().map(|pipe| &pipe.name).collect::<Vec<_>>();
    let possible = match edit.clone() {
        Edit::Place { name, kind, at } => nearest(&at, &|at| Edit::Place { name: name.clone(), kind, at }),
        Edit::Move { name, to } => {
            name_of(&name, own()).and_then(|name| nearest(&to, &|to| Edit::Move { name: name.clone(), to }))
        }
        Edit::LayPipe { name, cells } => {
            let prefixes =
                (1..=cells.len()).rev().map(|n| Edit::LayPipe { name: name.clone(), cells: cells[..n].into() });
            prefixes.into_iter().find(|edit| board.refusal(edit).is_none())
        }
        Edit::Reroute { name, cells } => name_of(&name, pipes()).map(|name| Edit::Reroute { name, cells }),
        Edit::Rotate { name, to } => name_of(&name, own()).map(|name| Edit::Rotate { name, to }),
        Edit::Rename { name, to } => {
            name_of(&name, own().into_iter().chain(pipes()).collect()).map(|name| Edit::Rename { name, to })
        }
        Edit::Batch(edits) => {
            // Each on the board that those before it leave.
            let mut trial = board.clone();
            let edits = edits.iter().map(|edit| {
                let edit = by_hand(&trial, edit);
                let _ = trial.apply(&edit);
                edit
            });
            Some(Edit::Batch(edits.collect()))
        }
        Edit::Remove { name } => name_of(&name, own()).map(|name| Edit::Remove { name }),
        Edit::RemovePipe { name } => name_of(&name, pipes()).map(|name| Edit::RemovePipe { name }),
        Edit::Configure { name, setting } => name_of(&name, own()).map(|name| Edit::Configure { name, setting }),
        Edit::Valve { name, shut } => name_of(&name, pipes()).map(|name| Edit::Valve { name, shut }),
        Edit::PlaceEnemy { .. } | Edit::Restore(_) | Edit::RestorePipe(_) => None,
    };
    possible.unwrap_or_else(|| edit.clone())
}

/// Edits, and for each whether a hand helps it.
fn edits() -> impl Strategy<Value = Vec<(Edit, bool)>> {
    prop::collection::vec((edit(), prop::bool::weighted(0.8)), 1..60)
}

fn levels() -> impl Strategy<Value = Level> {
    prop_oneof![
        1 => Just(shelf::small()),
        1 => Just(shelf::level("3-flow-control/two-rooms")),
        3 => Just(shelf::rich(&[("budget: 500", "budget: 5000")])),
    ]
}

/// What holds of every board.
fn check(board: &Board) -> Result<(), TestCaseError> {
    for piece in board.pieces() {
        let pipes = board.pipes_at(piece.at).count();
        let host = board.ground_piece_at(piece.at);
        match piece.spec.kind().stands() {
            Stands::Ground => prop_assert!(piece.cells().all(|cell| board.pipe_at(cell).is_none())),
            Stands::Pipe => prop_assert!(pipes == 1 && host.is_none(), "{}", piece.name),
            Stands::Caller => prop_assert!(host.is_some_and(|host| host.spec.kind().calls()), "{}", piece.name),
        }
    }
    for cell in board.bridges() {
        let ways: Vec<_> = board
            .pipes_at(cell)
            .map(|pipe| {
                let i = pipe.cells.iter().position(|&c| c == cell).unwrap_or_default();
                let before = i.checked_sub(1).and_then(|i| pipe.cells.get(i)).and_then(|c| c.heading_to(cell));
                let after = pipe.cells.get(i + 1).and_then(|&c| cell.heading_to(c));
                (before, after)
            })
            .collect();
        prop_assert!(ways.iter().all(|(before, after)| before.is_some() && before == after), "{:?}", ways);
        prop_assert_eq!(ways.len(), 2);
        prop_assert!(ways[0].0 != ways[1].0 && ways[0].0 != ways[1].0.map(Heading::opposite));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_and_its_inverse_leave_the_board_as_it_was(
        level in levels(), edits in edits(),
    ) {
        let mut board = Board::new(&level);
        for (edit, helped) in &edits {
            let edit = &if *helped { by_hand(&board, edit) } else { edit.clone() };
            let before = board.clone();
            let refusal = board.refusal(edit);
            prop_assert_eq!(&board, &before, "asking changes nothing");
            match board.apply(edit) {
                Ok(inverse) => {
                    prop_assert_eq!(refusal, None);
                    let after = board.clone();
                    let again = board.apply(&inverse);
                    prop_assert!(again.is_ok(), "{:?} undone by {:?}: {:?}", edit, inverse, again);
                    prop_assert_eq!(&board, &before, "{:?} undone by {:?}", edit, inverse);
                    board.apply(&again.unwrap()).unwrap();
                    prop_assert_eq!(&board, &after, "{:?} done again", edit);
                }
                Err(e) => {
                    prop_assert_eq!(refusal, Some(e));
                    prop_assert_eq!(&board, &before, "a refused edit changes nothing");
                }
            }
            prop_assert!(board.cost() <= level.budget);
            check(&board)?;
        }
    }

    #[test]
    fn undoing_all_gives_the_first_board_and_redoing_all_the_last(
        level in levels(), edits in edits(),
    ) {
        let mut history = History::new(Board::new(&level));
        let mut boards = vec![history.board().clone()];
        for (edit, helped) in &edits {
            let edit = &if *helped { by_hand(history.board(), edit) } else { edit.clone() };
            if history.apply(edit).is_ok() {
                boards.push(history.board().clone());
            }
        }
        for board in boards.iter().rev().skip(1) {
            prop_assert!(history.undo());
            prop_assert_eq!(history.board(), board);
        }
        prop_assert!(!history.can_undo() && !history.undo());
        for board in &boards[1..] {
            prop_assert!(history.redo());
            prop_assert_eq!(history.board(), board);
        }
        prop_assert!(!history.can_redo() && !history.redo());
    }

    #[test]
    fn whatever_is_built_can_flow(level in levels(), edits in edits()) {
        let mut board = Board::new(&level);
        for (edit, helped) in &edits {
            let edit = &if *helped { by_hand(&board, edit) } else { edit.clone() };
            let _ = board.apply(edit);
        }
        prop_assert_eq!(board.blueprint(&level).check(), Ok(()));
    }
}

fn pipe(name: &str, cells: &[(i32, i32)]) -> Edit {
    Edit::LayPipe { name: name.into(), cells: cells.iter().map(|&cell| cell.into()).collect() }
}

fn warp(name: &str, at: (i32, i32)) -> Edit {
    Edit::Place { name: name.into(), kind: Kind::WarpPipe, at: at.into() }
}

#[test]
fn taking_up_a_shut_pipe_and_undoing_it_leaves_it_shut() {
    let mut history = History::new(Board::new(&shelf::small()));
    history.apply(&pipe("p", &[(0, 2), (0, 3)])).unwrap();
    history.apply(&Edit::Valve { name: "p".into(), shut: true }).unwrap();
    history.apply(&Edit::RemovePipe { name: "p".into() }).unwrap();
    assert!(history.undo());
    assert!(history.board().pipe("p").unwrap().shut);
}

/// The room comes with a longer queue than any hand can turn it to: one of the level, and one out of the palette.
#[test]
fn a_knob_is_turned_back_to_where_no_hand_turns_it() {
    let changes = [
        ("workers: 1, queue: 0,", "workers: 1, queue: 5000,"),
        ("mean_ms: 100.0))),", "mean_ms: 100.0)), knobs: [\"queue\"]),"),
        (
            "inventory: [",
            "inventory: [(kind: Vault, count: 1, price: 0, spec: Vault(workers: 1, queue: 7000, service_time: Constant(mean_ms: 1.0))), ",
        ),
    ];
    let text = changes.iter().fold(shelf::SMALL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let level = Level::parse(&text).unwrap_or_else(|e| panic!("{e}"));
    let mut history = History::new(Board::new(&level));
    let place = Edit::Place { name: "vault".into(), kind: Kind::Vault, at: Cell::new(0, 3) };
    history.apply(&place).unwrap();
    let before = history.board().clone();
    for name in ["room", "vault"] {
        let setting = |queue| Setting::Number("queue".into(), queue);
        for queue in [10.0, 20.0] {
            history.apply(&Edit::Configure { name: name.into(), setting: setting(queue) }).unwrap();
        }
        let after = history.board().clone();
        assert!(history.undo() && history.undo(), "{name}");
        assert_eq!(*history.board(), before, "{name}");
        assert!(history.redo() && history.redo(), "{name}");
        assert_eq!(*history.board(), after, "{name}");
        assert!(history.undo() && history.undo(), "{name}");
    }
    // Nothing else about a piece of the level can be put back otherwise than it is.
    let room = history.board().piece("room").unwrap().clone();
    let mut board = history.board().clone();
    let elsewhere = Edit::Restore(Piece { at: Cell::new(8, 2), ..room });
    assert_eq!(board.apply(&elsewhere), Err(Refusal::Fixed("room".into())));
    assert_eq!(board, before);
}

#[test]
fn the_order_of_building_makes_no_difference() {
    let level = shelf::small();
    let edits = [pipe("p", &[(0, 2), (0, 3)]), warp("w", (2, 2)), pipe("a", &[(0, 5)]), warp("b", (12, 4))];
    let build = |order: [usize; 4]| {
        let mut board = Board::new(&level);
        order.into_iter().for_each(|i| drop(board.apply(&edits[i]).unwrap()));
        board
    };
    assert_eq!(build([0, 1, 2, 3]), build([3, 1, 0, 2]));
}

#[test]
fn a_piece_that_would_make_a_pipe_join_two_outlets_is_refused() {
    let mut board = Board::new(&shelf::small());
    // From the spring's mouth to the cell in which the outlets of a warp pipe at column 2 would end.
    board.apply(&pipe("p", &[(0, 2), (1, 2), (2, 2), (3, 2), (4, 2)])).unwrap();
    let before = board.clone();
    assert_eq!(board.apply(&warp("w", (2, 0))), Err(Refusal::Sky(Cell::new(2, 0))));
    board.apply(&pipe("p", &[(0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (1, 6), (2, 6), (3, 6), (4, 6)])).unwrap();
    assert_eq!(board.apply(&warp("w", (2, 3))), Ok(Edit::Remove { name: "w".into() }));
    board.apply(&Edit::Remove { name: "w".into() }).unwrap();
    board.apply(&pipe("p", &[(0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (1, 6), (2, 6), (3, 6), (4, 6), (4, 5)])).unwrap();
    let longer = board.clone();
    assert_eq!(board.apply(&warp("w", (2, 3))), Err(Refusal::SameWay(Cell::new(4, 5))));
    assert_eq!(board, longer);
    assert_ne!(board, before);
}

#[test]
fn refusals_say_why_and_where() {
    let mut board = Board::new(&shelf::level("3-flow-control/two-rooms"));
    let mut refused = |edit: Edit| board.apply(&edit).unwrap_err();
    assert_eq!(refused(pipe("p", &[(3, 2), (4, 2)])), Refusal::Rock(Cell::new(4, 2)));
    assert_eq!(refused(pipe("p", &[(6, 1)])), Refusal::Sky(Cell::new(6, 1)));
    assert_eq!(refused(pipe("p", &[(99, 1)])), Refusal::OutsideMap(Cell::new(99, 1)));
    assert_eq!(refused(pipe("p", &[(3, 3), (5, 3)])), Refusal::NotBeside(Cell::new(5, 3)));
    assert_eq!(refused(pipe("p", &[(3, 3), (4, 3), (3, 3)])), Refusal::Twice(Cell::new(3, 3)));
    assert_eq!(refused(pipe("p", &[(9, 6), (10, 6)])), Refusal::PieceThere(Cell::new(10, 6), "north".into()));
    assert_eq!(refused(pipe("p", &[])), Refusal::NoCells);
    assert_eq!(refused(pipe("north", &[(3, 3)])), Refusal::NameTaken("north".into()));
    assert_eq!(refused(pipe("No!", &[(3, 3)])), Refusal::BadName("No!".into()));
    assert_eq!(refused(Edit::Remove { name: "north".into() }), Refusal::Fixed("north".into()));
    assert_eq!(refused(Edit::Valve { name: "p".into(), shut: true }), Refusal::NoSuch("p".into()));
    let room = Edit::Place { name: "r".into(), kind: Kind::MachineRoom, at: Cell::new(9, 3) };
    assert_eq!(refused(room), Refusal::NoneLeft(Kind::MachineRoom));
    board.apply(&warp("w", (4, 3))).unwrap();
    assert_eq!(board.apply(&warp("v", (9, 3))), Err(Refusal::NoneLeft(Kind::WarpPipe)));
}
