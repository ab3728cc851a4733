//! What the plan tools rest on: moving with pipes, turning, renaming, batches and clips.

mod shelf;

use pipe_maze_level::{Board, Cell, Clip, Edit, Facing, Kind, Level, Refusal, Setting};
use pipe_maze_sim::Policy;
use std::time::{Duration, Instant};

fn cells(cells: &[(i32, i32)]) -> Vec<Cell> {
    cells.iter().map(|&cell| cell.into()).collect()
}

fn pipe(name: &str, route: &[(i32, i32)]) -> Edit {
    Edit::LayPipe { name: name.into(), cells: cells(route) }
}

fn place(name: &str, at: (i32, i32)) -> Edit {
    Edit::Place { name: name.into(), kind: Kind::WarpPipe, at: at.into() }
}

fn shift(name: &str, to: (i32, i32)) -> Edit {
    Edit::Move { name: name.into(), to: to.into() }
}

fn apply(board: &mut Board, edits: &[Edit]) {
    for edit in edits {
        board.apply(edit).unwrap_or_else(|e| panic!("{edit:?}: {e}"));
    }
}

/// The small level with a warp pipe at column 2, fed by the spring, its first outlet led to the room.
fn joined() -> Board {
    let mut board = Board::new(&shelf::small());
    let feed = pipe("feed", &[(0, 2), (0, 3), (0, 4), (1, 4)]);
    apply(&mut board, &[place("w", (2, 3)), feed, pipe("out", &[(4, 3), (4, 4), (5, 4)])]);
    assert!(board.joints().all(|joint| joint.is_whole()));
    board
}

fn route(board: &Board, name: &str) -> Vec<Cell> {
    board.pipe(name).expect("it is there").cells.clone()
}

#[test]
fn pipes_follow_a_piece_that_is_moved_and_come_back_when_it_is_undone() {
    let mut board = joined();
    let before = board.clone();
    let undo = board.apply(&shift("w", (2, 4))).unwrap();
    assert!(board.joints().all(|joint| joint.is_whole()));
    assert_eq!(route(&board, "feed"), cells(&[(0, 2), (0, 3), (0, 4), (1, 4), (1, 5)]));
    // The outlet's pipe gives up the cell that it needs no longer.
    assert_eq!(route(&board, "out"), cells(&[(4, 4), (5, 4)]));
    board.apply(&undo).unwrap();
    assert_eq!(board, before);
}

#[test]
fn a_piece_may_move_onto_the_pipes_that_join_it() {
    let mut board = joined();
    apply(&mut board, &[shift("w", (1, 2))]);
    assert!(board.joints().all(|joint| joint.is_whole()));
    assert_eq!(route(&board, "feed"), cells(&[(0, 2), (0, 3)]));
}

#[test]
fn a_pipe_that_finds_no_way_hangs_loose_and_one_that_is_covered_whole_is_in_the_way() {
    let mut board = joined();
    // A pipe below the room closes the way from the left of the cave to the right.
    let wall: Vec<(i32, i32)> = (6..11).map(|column| (column, 6)).collect();
    apply(&mut board, &[Edit::RemovePipe { name: "out".into() }, pipe("wall", &wall)]);
    assert_eq!(board.refusal(&shift("w", (13, 3))), Some(Refusal::OutsideMap(Cell::new(14, 3))));
    assert_eq!(board.apply(&shift("w", (0, 2))), Err(Refusal::PipeThere(Cell::new(0, 2), "feed".into())));
    let (before, feed) = (board.clone(), route(&board, "feed"));
    let undo = board.apply(&shift("w", (12, 3))).unwrap();
    let joint = board.joints().find(|joint| joint.pipe.name == "feed").unwrap();
    assert!(joint.source.is_some() && joint.target.is_none());
    assert_eq!(joint.pipe.cells, feed);
    board.apply(&undo).unwrap();
    assert_eq!(board, before);
}

#[test]
fn a_piece_that_is_turned_has_its_ports_on_the_other_side() {
    let mut board = joined();
    let before = board.clone();
    let undo = board.apply(&Edit::Rotate { name: "w".into(), to: Facing::West }).unwrap();
    let warp = board.piece("w").unwrap();
    assert_eq!(warp.mouth(None), Some(Cell::new(4, 4)));
    assert_eq!([0, 1, 2].map(|n| warp.mouth(Some(n)).unwrap()), [(1, 3), (1, 4), (1, 5)].map(Cell::from));
    let sources: Vec<_> = board.joints().map(|joint| (joint.pipe.name.clone(), joint.is_whole())).collect();
    assert_eq!(sources, [("feed".to_owned(), true), ("out".to_owned(), true)]);
    board.apply(&undo).unwrap();
    assert_eq!(board, before);
    let spring = Edit::Rotate { name: "spring".into(), to: Facing::West };
    assert_eq!(board.apply(&spring), Err(Refusal::Fixed("spring".into())));
}

#[test]
fn a_name_changes_everywhere() {
    let mut board = joined();
    let rename = |name: &str, to: &str| Edit::Rename { name: name.into(), to: to.into() };
    let before = board.clone();
    let undo = [rename("w", "hub"), rename("feed", "zz")].map(|edit| board.apply(&edit).unwrap());
    assert!(board.piece("hub").is_some() && board.pipe("zz").is_some() && board.piece("w").is_none());
    assert_eq!(board.apply(&rename("hub", "zz")), Err(Refusal::NameTaken("zz".into())));
    assert_eq!(board.apply(&rename("room", "a")), Err(Refusal::Fixed("room".into())));
    assert_eq!(board.apply(&rename("zz", "No")), Err(Refusal::BadName("No".into())));
    undo.iter().rev().for_each(|edit| drop(board.apply(edit).unwrap()));
    assert_eq!(board, before);
}

#[test]
fn a_batch_is_applied_whole_or_not_at_all() {
    let mut board = joined();
    let before = board.clone();
    let good = [Edit::Remove { name: "w".into() }, Edit::RemovePipe { name: "out".into() }];
    let bad = Edit::Batch([&good[..], &[pipe("p", &[(0, 0)])]].concat());
    assert_eq!(board.apply(&bad), Err(Refusal::Sky(Cell::new(0, 0))));
    assert_eq!(board, before);
    let undo = board.apply(&Edit::Batch(good.to_vec())).unwrap();
    assert_eq!((board.pieces().len(), board.pipes().len()), (2, 1));
    let redo = board.apply(&undo).unwrap();
    assert_eq!(board, before);
    board.apply(&redo).unwrap();
    assert_eq!(board.apply(&Edit::Batch(vec![good[0].clone(); 4_097])), Err(Refusal::TooMany));
}

#[test]
fn a_pipe_that_is_not_there_cannot_be_laid_through_other_cells() {
    let mut board = joined();
    let reroute = |name: &str| Edit::Reroute { name: name.into(), cells: cells(&[(0, 2), (1, 2), (1, 3), (1, 4)]) };
    apply(&mut board, &[Edit::Valve { name: "feed".into(), shut: true }, reroute("feed")]);
    assert!(board.pipe("feed").unwrap().shut && board.joints().all(|joint| joint.is_whole()));
    assert_eq!(board.apply(&reroute("nothing")), Err(Refusal::NoSuch("nothing".into())));
}

#[test]
fn a_box_selects_and_a_clip_puts_the_same_down_elsewhere() {
    let mut board = joined();
    let random = Edit::Configure { name: "w".into(), setting: Setting::Policy(Policy::Random) };
    apply(&mut board, &[random, Edit::Rotate { name: "w".into(), to: Facing::West }]);
    apply(&mut board, &[Edit::RemovePipe { name: "out".into() }, Edit::RemovePipe { name: "feed".into() }]);
    apply(&mut board, &[pipe("p", &[(4, 4), (4, 5)]), Edit::Valve { name: "p".into(), shut: true }]);
    assert_eq!(board.inside(Cell::new(4, 5), Cell::new(3, 4)), ["w", "p"]);
    assert_eq!(board.inside(Cell::new(4, 5), Cell::new(4, 5)), Vec::<String>::new());
    let (clip, origin) = Clip::copy(&board, ["w", "p", "room", "spring"]).unwrap();
    assert_eq!((origin, clip.pieces.len(), clip.pipes.len()), (Cell::new(2, 3), 1, 1));
    let put = clip.put(&board, Cell::new(11, 3));
    let before = board.clone();
    let undo = board.apply(&put).unwrap();
    let copy = board.piece("warp-pipe-1").unwrap();
    assert_eq!((copy.at, copy.facing), (Cell::new(11, 3), Facing::West));
    assert_eq!(copy.spec, board.piece("w").unwrap().spec);
    assert!(board.pipe("pipe-1").unwrap().shut);
    assert_eq!(board.apply(&clip.put(&board, Cell::new(11, 3))), Err(Refusal::NoneLeft(Kind::WarpPipe)));
    board.apply(&undo).unwrap();
    assert_eq!(board, before);
    let names = board.inside(Cell::new(0, 0), Cell::new(13, 6));
    board.apply(&board.removal(names.iter().map(String::as_str))).unwrap();
    assert_eq!(board, Board::new(&shelf::small()));
    assert_eq!(Clip::copy(&board, ["room"]), None);
    let text = ron::to_string(&clip).unwrap();
    assert_eq!(ron::from_str::<Clip>(&text).unwrap(), clip);
}

/// A map full of rooms on its right, and on its left of one pipe that winds up to a warp pipe.
fn crowded() -> Board {
    let tunnel = format!("\"{}\", ", ".".repeat(64)).repeat(62);
    let sky = format!("\"{}\", ", "~".repeat(64)).repeat(2);
    let room = |nth: i32| {
        let (column, row) = (34 + nth % 6 * 5, 2 + nth / 6 * 4);
        let spec = "MachineRoom(workers: 1, queue: 0, service_time: Constant(mean_ms: 1.0))";
        format!("(name: \"room-{nth}\", at: ({column}, {row}), spec: {spec}),\n")
    };
    let rooms: String = (0..90).map(room).collect();
    let text = shelf::SMALL
        .replace("budget: 200", "budget: 1000000")
        .replace("(name: \"room\"", &format!("{rooms}(name: \"room\""));
    let begin = |section: &str| text.find(section).expect("the small level has it");
    let (before, after) = (begin("map: ["), begin("pieces: ["));
    let text = format!("{}map: [{sky}{tunnel}],\n    {}", &text[..before], &text[after..]);
    let mut board = Board::new(&Level::parse(&text).unwrap_or_else(|e| panic!("{e}")));
    let mut way = Vec::new();
    for (nth, row) in (9..63).rev().enumerate() {
        let columns = 0..33;
        let cells = columns.map(|column| if nth % 2 == 0 { (column, row) } else { (32 - column, row) });
        way.extend(cells);
    }
    // Up to the inlet of the warp pipe from where the last row ends.
    let (column, _) = way[way.len() - 1];
    way.extend((4..9).rev().map(|row| (column, row)));
    apply(&mut board, &[place("w", (column + 1, 3)), pipe("long", &way)]);
    assert!(board.joints().any(|joint| joint.target.is_some_and(|(piece, _)| piece == "w")));
    board
}

/// Stood upon in its middle, a pipe of 1,800 cells keeps half of them. Each of the others was once tried as its end: then
/// these moves took 28 seconds, and now a quarter of one.
#[test]
fn a_long_pipe_follows_in_no_time_however_crowded_it_is() {
    let board = crowded();
    let began = Instant::now();
    for row in 20..40 {
        let mut moved = board.clone();
        apply(&mut moved, &[shift("w", (10, row))]);
        let kept = route(&moved, "long").len();
        assert!((500..1_800).contains(&kept), "{kept}");
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}
