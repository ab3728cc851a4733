//! Orders: an intervention takes effect when the Navigator is there, and everything about his way follows from the log.

mod shelf;

use pipe_maze_level::navigator::Position;
use pipe_maze_level::replay::Check;
use pipe_maze_level::{Board, Cell, Command, Edit, Level, MarkKind, Play, Refusal, Replay, Timeline};
use pipe_maze_sim::{PieceId, Time};

const STEP_MS: u64 = 50;

/// The rich level, joined, with a Navigator who takes 50 ms for a cell.
fn level() -> Level {
    shelf::rich(&[("pace_ms_per_s: 100.0", "pace_ms_per_s: 100.0, step_ms: 50.0")])
}

fn started() -> (Level, Board, Play) {
    let level = level();
    let board = shelf::build(&level, "");
    let play = Play::start(&level, &board, 3).expect("it flows");
    (level, board, play)
}

fn valve(name: &str, shut: bool) -> Edit {
    Edit::Valve { name: name.into(), shut }
}

fn ms(ms: u64) -> Time {
    Time::from_ms(ms)
}

fn is_shut(play: &Play, pipe: &str) -> bool {
    let id = PieceId::from_name(pipe);
    play.simulation().view().pipes().any(|pipe| pipe.id == id && pipe.shut)
}

fn at(column: i32, row: i32) -> Position {
    let cell = Cell::new(column, row);
    Position { from: cell, to: cell, share: 0.0 }
}

#[test]
fn an_order_takes_effect_when_the_navigator_is_there() {
    let (_, board, mut play) = started();
    play.advance_to(ms(1_000), &mut ());
    play.command(&valve("feed", true)).unwrap();
    // From beside the spring, at column 1, row 1, to the middle of the feed at column 0, row 5.
    assert_eq!(board.valve_cell(board.pipe("feed").unwrap()), Cell::new(0, 5));
    let command = play.log()[0].clone();
    assert_eq!((command.given_at, command.at), (ms(1_000), ms(1_000 + 5 * STEP_MS)));
    assert_eq!(play.waiting().len(), 1);
    assert!(!play.board().pipe("feed").unwrap().shut && play.board_ahead().pipe("feed").unwrap().shut);
    play.advance_to(ms(1_075), &mut ());
    let position = play.navigator().position(ms(1_075));
    assert!(position.share == 0.5 && position.from != position.to, "{position:?}");
    play.advance_to(command.at, &mut ());
    assert!(!is_shut(&play, "feed"), "what happens at that very moment is still to come");
    play.advance_to(command.at.plus_ns(1), &mut ());
    assert!(is_shut(&play, "feed") && play.board().pipe("feed").unwrap().shut && play.waiting().len() == 0);
    assert_eq!(play.navigator().position(command.at.plus_ns(1)), at(0, 5));
    // He stays there, so the next order at this place is carried out at once.
    play.command(&valve("feed", false)).unwrap();
    assert!(!is_shut(&play, "feed") && play.log()[1].at == play.log()[1].given_at);
}

#[test]
fn orders_wait_for_each_other_and_each_is_tried_on_the_board_as_it_will_be() {
    let (_, _, mut play) = started();
    play.command(&valve("feed", true)).unwrap();
    play.command(&valve("to-store", true)).unwrap();
    play.command(&valve("to-store", false)).unwrap();
    let times: Vec<Time> = play.log().iter().map(|command| command.at).collect();
    assert!(times[0] == ms(5 * STEP_MS) && times[0] < times[1] && times[1] == times[2], "{times:?}");
    let legs = play.navigator().legs();
    assert_eq!(legs[1].way.first(), Some(&Cell::new(0, 5)), "he goes from one to the next");
    assert_eq!(legs[1].departs_at, legs[0].arrives_at);
    play.advance_to(ms(19_000), &mut ());
    assert!(is_shut(&play, "feed") && !is_shut(&play, "to-store"));
    assert_eq!(play.command(&valve("nothing", true)), Err(Refusal::NoSuch("nothing".into())));
}

#[test]
fn what_is_recalled_never_happens_and_the_way_that_was_gone_stays_gone() {
    let (level, board, mut play) = started();
    play.command(&valve("feed", true)).unwrap();
    assert!(play.recall().is_some() && play.log().is_empty(), "in the same moment it leaves no trace");
    play.command(&valve("feed", true)).unwrap();
    play.advance_to(ms(75), &mut ());
    assert_eq!(play.recall(), Some(valve("feed", true)));
    assert_eq!((play.log()[0].recalled_at, play.recall()), (Some(ms(75)), None));
    assert!(!play.board_ahead().pipe("feed").unwrap().shut);
    play.advance_to(ms(90), &mut ());
    assert_ne!(play.navigator().position(ms(90)).share, 0.0, "he finishes the step that he began");
    play.command(&valve("feed", true)).unwrap();
    // Two steps are done at 100 ms, three are left.
    assert_eq!(play.log()[1].at, ms(100 + 3 * STEP_MS));
    play.advance_to(Time::MAX, &mut ());
    let again = Play::again(&level, &board, 3, play.log(), Time::MAX, &mut ()).unwrap();
    assert_eq!((again.digest(), again.log()), (play.digest(), play.log()));
    let replay = Replay::of(&level, "text", &board, &play).unwrap();
    let read = Replay::parse(&replay.to_text()).unwrap();
    assert_eq!(read, replay);
    assert_eq!(read.check(&level, "text").unwrap().0, Check::Verified);
    // Whoever says that he was there sooner is found out, even where the digest would be the same.
    let mut forged = replay;
    forged.branches[0].commands[0].at_ns -= 1;
    assert_eq!(forged.check(&level, "text").unwrap().0, Check::Differs);
}

#[test]
fn warp_pipes_shorten_the_way_and_pieces_bar_it() {
    let far = valve("to-cache", true);
    let time = |edits: &str| {
        let level = level();
        let play = Play::start(&level, &shelf::build(&level, edits), 3).unwrap();
        play.plan(&far).map(|command| command.at.as_ns() / (STEP_MS * 1_000_000))
    };
    let on_foot = time("").unwrap();
    let through =
        time(r#"Place(name: "near", kind: WarpPipe, at: (2, 7)), Place(name: "there", kind: WarpPipe, at: (11, 10)),"#);
    assert!(through.clone().unwrap() + 2 < on_foot, "{through:?} {on_foot}");
    // Walls of rock, and a room in the only gap.
    let text = shelf::SMALL.replacen("\"..............\"", "\"...###########\"", 1);
    let text = text.replacen("\"..............\"", "\"####..........\"", 1).replace("(6, 2)", "(6, 3)");
    let level = Level::parse(&text).unwrap();
    let mut board = Board::new(&level);
    board
        .apply(&Edit::Place { name: "warp".into(), kind: pipe_maze_level::Kind::WarpPipe, at: Cell::new(4, 4) })
        .unwrap();
    let play = Play::start(&level, &board, 1).unwrap();
    let setting = pipe_maze_level::Setting::Policy(pipe_maze_sim::Policy::Random);
    let refusal = play.plan(&Edit::Configure { name: "warp".into(), setting }).unwrap_err();
    assert!(matches!(refusal, Refusal::NoWay(_)), "{refusal:?}");
}

#[test]
fn a_branch_has_what_he_was_on_the_way_to_and_a_fork_gives_him_more_to_do() {
    let (level, board, _) = started();
    let mut timeline = Timeline::start(&level, &board, 3).unwrap();
    timeline.advance_to(ms(1_000), &mut ());
    timeline.command(&valve("to-store", true), &mut ()).unwrap();
    let effect_at = timeline.commands()[0].at;
    timeline.advance_to(ms(6_000), &mut ());
    assert!(timeline.play().board().pipe("to-store").unwrap().shut);
    // While he was on his way.
    timeline.seek(ms(1_200));
    assert!(timeline.play().waiting().len() == 1 && !timeline.play().board().pipe("to-store").unwrap().shut);
    timeline.command(&valve("feed", true), &mut ()).unwrap().unwrap();
    timeline.advance_to(ms(19_000), &mut ());
    assert!(is_shut(timeline.play(), "to-store") && is_shut(timeline.play(), "feed"));
    let child = timeline.commands().to_vec();
    assert!(child[0].at == effect_at && child[1].at > effect_at);
    // An earlier order in a fork: the later one is carried out later, as he comes from elsewhere.
    timeline.switch(pipe_maze_level::BranchId::MAIN);
    timeline.seek(ms(900));
    let fork = timeline.fork(&valve("to-cache", true), &mut ()).unwrap();
    assert!(fork.refused.is_empty());
    let log: Vec<Command> = timeline.commands().to_vec();
    assert!(log.len() == 2 && log[1].given_at == ms(1_000) && log[1].at != effect_at, "{log:?}");
    timeline.advance_to(ms(19_000), &mut ());
    assert_eq!(timeline.play().log(), &log[..]);
    let again = Play::again(&level, &board, 3, &log, ms(19_000), &mut ()).unwrap();
    assert_eq!(again.digest(), timeline.play().digest());
    let kinds: Vec<MarkKind> = timeline.marks().iter().map(|mark| mark.kind).collect();
    assert!(kinds.contains(&MarkKind::Order { nth: 1 }) && kinds.contains(&MarkKind::Command { nth: 1 }));
}
