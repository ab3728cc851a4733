//! From a replay back to a timeline, however long it is: in slices, each branch when it begins.

mod shelf;

use pipe_maze_level::replay::{Command, ReplayBranch, Split};
use pipe_maze_level::timeline::Restoring;
use pipe_maze_level::{Edit, Level, Replay, Timeline};

/// A replay with as many commands as one can have: a first run and branches of it that turn a valve, each 4,096 times.
fn longest() -> (Level, Replay) {
    let (level, board) = shelf::built("3-flow-control/two-rooms", "solution");
    let timeline = Timeline::start(&level, &board, 1).expect("the build is sound");
    let mut replay = Replay::of_timeline(&level, "", &timeline).expect("its board is one of the level");
    let pipe = board.pipes()[0].name.clone();
    let step_ns = level.flow.duration_ms * 1_000_000 / 4_200;
    let command = |nth: u64| {
        let at_ns = (nth + 1) * step_ns;
        let edit = Edit::Valve { name: pipe.clone(), shut: nth.is_multiple_of(2) };
        Command { given_ns: Some(at_ns), at_ns, recalled_ns: None, edit }
    };
    let commands: Vec<_> = (0..4_096).map(command).collect();
    replay.branches[0].commands = commands.clone();
    for _ in 1..16 {
        let from = Some(Split { branch: 0, at_ns: 0, shared: 0 });
        let branch = ReplayBranch { from, commands: commands.clone(), ..Default::default() };
        replay.branches.push(branch);
    }
    (level, replay)
}

#[test]
fn the_commands_of_a_branch_are_tried_only_when_it_begins() {
    let (level, mut replay) = longest();
    assert_eq!(replay.branches.iter().map(|branch| branch.commands.len()).sum::<usize>(), 65_536);
    let sound = Restoring::new(&level, &replay);
    let mut restoring = sound.expect("the first run is sound");
    let mut slices = 0;
    while !restoring.advance(4_000).unwrap() {
        slices += 1;
    }
    assert!(slices >= 8, "all of them were tried in {slices} slices");
    assert_eq!(restoring.into_timeline().branch_count(), 15, "beside the first run");
    // What no board takes is found when it comes to it, and not before the first slice.
    replay.branches[9].commands[5].edit = Edit::Valve { name: "no-such-pipe".into(), shut: true };
    let mut restoring = Restoring::new(&level, &replay).expect("the first run is sound");
    let error = loop {
        match restoring.advance(4_000) {
            Ok(done) => assert!(!done, "it is found"),
            Err(error) => break error.to_string(),
        }
    };
    assert!(error.contains("branches[9], command 5"), "{error}");
}
