//! The timeline: whatever is done to it, what it shows is a fresh run of its commands.

mod shelf;

use pipe_maze_level::limits::{EDITS_MAX, KEYFRAME_BYTES_MAX};
use pipe_maze_level::replay::Check;
use pipe_maze_level::timeline::Restoring;
use pipe_maze_level::{
    Board, BranchId, Command, Edit, Level, MarkKind, Play, Refusal, Replay, Setting, Timeline, Verdict,
};
use pipe_maze_sim::{Fact, Policy, Time};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Levels with what is built on them: balancers, breakers, retries, budgets, enemies, priorities.
const BUILDS: [(&str, &str); 6] = [
    ("3-flow-control/two-rooms", "solution"),
    ("3-flow-control/the-slam", "decoy-two-rooms"),
    ("3-flow-control/checkout-rush", "solution-priority"),
    ("2-communication/retry-storm", "decoy-more-retries"),
    ("2-communication/retry-storm", "solution"),
    ("2-communication/piranha-crossing", "decoy-short-way"),
];

fn build(nth: usize) -> (Level, Board) {
    let (path, build) = BUILDS[nth];
    shelf::built(path, build)
}

/// What a player does to a timeline.
#[derive(Clone, Debug)]
enum Deed {
    Advance(u64),
    Step,
    Seek(f64),
    Switch(u32),
    Command(u8, bool),
    Recall,
    Fork(u8, bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (1u64..4_000).prop_map(Deed::Advance),
        2 => (1u64..200).prop_map(Deed::Advance),
        1 => Just(Deed::Step),
        3 => (0.0..1.2f64).prop_map(Deed::Seek),
        1 => (0u32..6).prop_map(Deed::Switch),
        3 => (any::<u8>(), any::<bool>()).prop_map(|(what, how)| Deed::Command(what, how)),
        1 => Just(Deed::Recall),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(what, how)| Deed::Fork(what, how)),
    ];
    prop::collection::vec(deed, 1..14)
}

/// An edit of the running system: a valve, or a balancer's policy. Some are refused.
fn edit(board: &Board, what: u8, how: bool) -> Edit {
    let (pipes, what) = (board.pipes(), usize::from(what));
    match pipes.get(what % (pipes.len() + 1)) {
        Some(pipe) => Edit::Valve { name: pipe.name.clone(), shut: how },
        None => {
            let name = board.pieces()[what % board.pieces().len()].name.clone();
            let policy = if how { Policy::LeastRequest } else { Policy::RoundRobin };
            Edit::Configure { name, setting: Setting::Policy(policy) }
        }
    }
}

fn act(timeline: &mut Timeline, deed: &Deed) {
    let ms = |ms: u64| timeline.now().plus_ns(ms * 1_000_000);
    match *deed {
        Deed::Advance(by) => timeline.advance_to(ms(by), &mut ()),
        Deed::Step => {
            timeline.step(&mut ());
        }
        Deed::Seek(share) => timeline.seek(Time::from_ns((timeline.seen().as_ns() as f64 * share) as u64)),
        Deed::Switch(nth) => {
            let ids: Vec<BranchId> = timeline.branches().map(|(id, _)| id).collect();
            assert!(timeline.switch(ids[nth as usize % ids.len()]));
        }
        Deed::Command(what, how) => {
            let edit = edit(timeline.play().board(), what, how);
            let (live, over) = (timeline.is_live(), timeline.now() >= timeline.play().ends_at());
            match timeline.command(&edit, &mut ()) {
                Ok(branch) => assert_eq!(branch.is_none(), live && !over),
                Err(refusal) => assert!(over == (refusal == Refusal::NotInFlow) || !matches!(edit, Edit::Valve { .. })),
            }
        }
        Deed::Recall => {
            let waits = timeline.play().waiting().len();
            match timeline.recall() {
                Ok(_) => assert_eq!(timeline.play().waiting().len() + 1, waits),
                Err(refusal) => assert!(waits == 0 || refusal == Refusal::NotInFlow),
            }
        }
        Deed::Fork(what, how) => {
            let edit = edit(timeline.play().board(), what, how);
            let _ = timeline.fork(&edit, &mut ());
        }
    }
}

/// A fresh run of these commands, advanced to that time.
fn fresh(level: &Level, board: &Board, seed: u64, log: &[Command], until: Time) -> Play {
    Play::again(level, board, seed, log, until, &mut ()).expect("the campaign is sound")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_moment_of_every_branch_is_that_of_a_fresh_run(
        nth in 0..BUILDS.len(), seed: u64, deeds in deeds(), tight: bool,
    ) {
        let (level, board) = build(nth);
        let bytes_max = if tight { 600_000 } else { KEYFRAME_BYTES_MAX };
        let mut timeline = Timeline::start_within(&level, &board, seed, bytes_max).unwrap();
        for deed in &deeds {
            act(&mut timeline, deed);
            let fresh = fresh(&level, &board, seed, timeline.play().log(), timeline.now());
            prop_assert_eq!(timeline.play().digest(), fresh.digest(), "{:?}", deed);
            prop_assert_eq!(timeline.play().report(), fresh.report());
            let now = timeline.now();
            let known = |command: &Command| Command {
                recalled_at: command.recalled_at.filter(|&at| timeline.is_live() || at < now),
                ..command.clone()
            };
            let count = timeline.play().log().len();
            let so_far: Vec<Command> = timeline.commands()[..count].iter().map(known).collect();
            prop_assert_eq!(&so_far[..], timeline.play().log());
            prop_assert!(timeline.commands()[count..].iter().all(|command| command.given_at >= now));
            prop_assert_eq!(timeline.play().navigator().position(now), fresh.navigator().position(now));
            prop_assert!(timeline.play().waiting().eq(fresh.waiting()));
        }
        for id in timeline.branches().map(|(id, _)| id).collect::<Vec<_>>() {
            timeline.switch(id);
            timeline.advance_to(Time::MAX, &mut ());
            let log = timeline.branch(id).unwrap().commands().to_vec();
            prop_assert_eq!(timeline.play().log(), &log[..]);
            let fresh = fresh(&level, &board, seed, &log, Time::MAX);
            prop_assert_eq!(timeline.play().digest(), fresh.digest());
            prop_assert_eq!(timeline.play().report(), fresh.report());
            prop_assert_eq!(timeline.play().verdict(), fresh.verdict());
        }
    }

    /// What is recorded does not depend on how one came to a moment.
    #[test]
    fn a_moment_shown_again_is_recorded_as_it_was(
        nth in 0..BUILDS.len(), seed: u64, edits in prop::collection::vec((0u64..9_000, any::<u8>(), any::<bool>()), 0..4),
        chunk_ms in 3u64..900, share in 0.05..0.95f64,
    ) {
        let (level, board) = build(nth);
        let mut edits = edits;
        edits.sort();
        let mut live = Timeline::start(&level, &board, seed).unwrap();
        for (ms, what, how) in edits {
            live.advance_to(Time::from_ms(ms), &mut ());
            let edit = edit(live.play().board(), what, how);
            let _ = live.command(&edit, &mut ());
        }
        let log = live.commands().to_vec();
        let mut pieces = Timeline::start(&level, &board, seed).unwrap();
        for Command { given_at, edit, .. } in &log {
            while pieces.now() < *given_at {
                pieces.advance_to(pieces.now().plus_ns(chunk_ms * 1_000_000).min(*given_at), &mut ());
            }
            pieces.command(edit, &mut ()).unwrap();
        }
        live.advance_to(Time::MAX, &mut ());
        pieces.advance_to(Time::MAX, &mut ());
        let (marks, series) = (live.marks(), live.series(BranchId::MAIN).unwrap());
        prop_assert_eq!(&pieces.marks(), &marks);
        prop_assert_eq!(&pieces.series(BranchId::MAIN).unwrap(), &series);
        live.seek(Time::from_ns((live.now().as_ns() as f64 * share) as u64));
        prop_assert_eq!(&live.marks(), &marks, "what was seen stays");
        live.advance_to(Time::MAX, &mut ());
        prop_assert_eq!(&live.marks(), &marks);
        prop_assert_eq!(&live.series(BranchId::MAIN).unwrap(), &series);
        let totals = live.play().simulation().view().totals();
        let sum = |of: fn(&pipe_maze_level::timeline::Window) -> u64| series.windows.iter().map(|w| of(w)).sum::<u64>();
        prop_assert_eq!(sum(|w| w.offered), totals.issued);
        prop_assert_eq!(sum(|w| w.good + w.late), totals.answered);
        prop_assert_eq!(sum(|w| w.failed), totals.ended() - totals.answered);
        prop_assert!(series.windows.windows(2).all(|pair| pair[0].end == pair[1].start));
    }
}

fn flowing() -> Timeline {
    let (level, board) = build(0);
    Timeline::start(&level, &board, 5).expect("the campaign is sound")
}

fn valve(name: &str, shut: bool) -> Edit {
    Edit::Valve { name: name.into(), shut }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn a_timeline_survives_its_replay(nth in 0..BUILDS.len(), seed: u64, deeds in deeds(), events in 500..50_000_u64) {
        let (level, board) = build(nth);
        let mut timeline = Timeline::start(&level, &board, seed).unwrap();
        deeds.iter().for_each(|deed| act(&mut timeline, deed));
        timeline.rename(timeline.current(), "shown");
        let replay = Replay::of_timeline(&level, "", &timeline).unwrap();
        let replay = Replay::parse(&replay.to_text()).unwrap();
        prop_assert_eq!(replay.check(&level, "").unwrap().0, Check::Verified);

        let mut restoring = Restoring::new(&level, &replay).unwrap();
        let mut share = 0.0;
        while !restoring.advance(events).unwrap() {
            prop_assert!((share..=1.0).contains(&restoring.done_share()));
            share = restoring.done_share();
        }
        let mut restored = restoring.into_timeline();
        prop_assert_eq!(replay.compare(&level, "", restored.play()), Check::Verified);
        prop_assert_eq!(restored.now(), timeline.seen());
        prop_assert_eq!((restored.current(), restored.branch_count()), (timeline.current(), timeline.branch_count()));
        for ((id, was), (_, is)) in timeline.branches().zip(restored.branches()) {
            prop_assert_eq!((was.name(), was.parent(), was.is_fork()), (is.name(), is.parent(), is.is_fork()), "{:?}", id);
            prop_assert_eq!((was.commands(), was.seen()), (is.commands(), is.seen()), "{:?}", id);
            prop_assert_eq!(was.refused(), is.refused(), "{:?}", id);
        }
        prop_assert_eq!(Replay::of_timeline(&level, "", &restored).unwrap(), replay);
        // The table in which branches are compared says the same, once each is shown at its end.
        let ids: Vec<BranchId> = timeline.branches().map(|(id, _)| id).collect();
        for id in ids {
            for each in [&mut timeline, &mut restored] {
                each.switch(id);
                each.seek(each.branch(id).unwrap().seen());
            }
            prop_assert_eq!(timeline.play().digest(), restored.play().digest());
            prop_assert_eq!(timeline.series(id), restored.series(id));
        }
        let standings = |timeline: &Timeline| timeline.compare().into_iter().map(|(_, standing)| standing.issued).collect::<Vec<_>>();
        prop_assert_eq!(standings(&timeline), standings(&restored));
    }
}

#[test]
fn what_was_seen_is_carried_out_again_until_a_new_command_makes_a_branch() {
    let mut timeline = flowing();
    let at = |s: u64| Time::from_ms(s * 1_000);
    for (s, shut) in [(2, true), (4, false), (6, true)] {
        timeline.advance_to(at(s), &mut ());
        assert_eq!(timeline.command(&valve("to-south", shut), &mut ()), Ok(None));
    }
    timeline.advance_to(at(8), &mut ());
    timeline.seek(at(3));
    assert!(!timeline.is_live() && timeline.seen() == at(8));
    timeline.advance_to(at(8), &mut ());
    assert_eq!((timeline.play().log().len(), timeline.branch_count()), (3, 0));
    assert!(timeline.is_live());
    timeline.seek(at(4));
    assert_eq!(timeline.play().log().len(), 1, "what is commanded at that moment is still to come");
    let branch = timeline.command(&valve("to-north", true), &mut ()).unwrap().unwrap();
    let child = timeline.branch(branch).unwrap();
    assert_eq!((child.parent(), child.is_fork()), (Some((BranchId::MAIN, at(4))), false));
    assert_eq!(child.commands().len(), 2, "later commands are dropped");
    timeline.advance_to(at(7), &mut ());
    timeline.seek(at(1));
    let twig = timeline.command(&valve("to-north", true), &mut ()).unwrap().unwrap();
    assert_eq!(timeline.branch(twig).unwrap().parent(), Some((BranchId::MAIN, at(1))), "so early it is the first run");
    assert!(timeline.rename(twig, "early") && !timeline.rename(twig, &"x".repeat(5_000)));
    assert!(timeline.switch(BranchId::MAIN));
    assert_eq!((timeline.now(), timeline.seen(), timeline.branch_count()), (at(1), at(8), 2));
    timeline.advance_to(Time::MAX, &mut ());
    assert_eq!(timeline.play().log().len(), 3);
    let standings = timeline.compare();
    let seen: Vec<Time> = standings.iter().map(|(_, standing)| standing.at).collect();
    assert_eq!(seen, [timeline.play().ends_at(), at(7), at(1)]);
    assert!(standings[0].1.verdict == Some(Verdict::Lost) && standings[2].1.verdict.is_none());
    assert_eq!(timeline.command(&valve("to-north", true), &mut ()), Err(Refusal::NotInFlow), "it is over");
    assert_eq!(timeline.branch(twig).unwrap().name(), Some("early"));
}

#[test]
fn a_fork_keeps_later_commands_and_reports_those_refused() {
    let (level, board) = build(0);
    let mut timeline = Timeline::start(&level, &board, 5).unwrap();
    timeline.advance_to(Time::from_ms(3_000), &mut ());
    timeline.command(&valve("to-south", true), &mut ()).unwrap();
    timeline.advance_to(Time::from_ms(5_000), &mut ());
    timeline.command(&valve("to-south", false), &mut ()).unwrap();
    timeline.advance_to(Time::MAX, &mut ());
    timeline.seek(Time::from_ms(2_000));
    let report = timeline.fork(&valve("to-north", true), &mut ()).unwrap();
    assert!(report.refused.is_empty() && timeline.branch(report.branch).unwrap().is_fork());
    timeline.advance_to(Time::MAX, &mut ());
    assert_eq!(timeline.play().log().len(), 3);
    assert_eq!(timeline.fork(&valve("nothing", true), &mut ()).unwrap_err(), Refusal::NotInFlow);
}

#[test]
fn a_branch_of_a_moment_just_branched_off_is_its_child() {
    let mut timeline = flowing();
    timeline.advance_to(Time::from_ms(5_000), &mut ());
    timeline.seek(Time::from_ms(2_000));
    let child = timeline.command(&valve("to-north", true), &mut ()).unwrap().unwrap();
    let twig = timeline.fork(&valve("to-south", true), &mut ()).unwrap().branch;
    assert_eq!(timeline.branch(twig).unwrap().parent(), Some((child, Time::from_ms(2_000))));
}

/// Keyframes that the parent took after the split are none of the branch's.
#[test]
fn a_branch_is_not_computed_from_what_its_parent_did_later() {
    let (level, board) = build(0);
    let mut timeline = Timeline::start(&level, &board, 5).unwrap();
    timeline.advance_to(Time::MAX, &mut ());
    let keyframes: BTreeSet<Time> = (1..12_000).map(|ms| timeline.keyframe_before(Time::from_ms(ms))).collect();
    assert!(keyframes.len() > 40, "{keyframes:?}");
    let mut apart = 0;
    for &keyframe in keyframes.iter().skip(1).step_by(3) {
        timeline.switch(BranchId::MAIN);
        // So early that the Navigator is there before the keyframe.
        timeline.seek(Time::from_ns(keyframe.as_ns().saturating_sub(150_000_000)));
        timeline.command(&valve("feed", true), &mut ()).unwrap();
        timeline.advance_to(keyframe.plus_ns(9_000_000), &mut ());
        timeline.seek(keyframe.plus_ns(1_000_000));
        apart += usize::from(timeline.keyframe_before(timeline.now()) != keyframe);
        let fresh = fresh(&level, &board, 5, timeline.commands(), timeline.now());
        assert_eq!(timeline.play().digest(), fresh.digest(), "at {keyframe}");
    }
    assert!(apart > 1, "{apart}");
}

#[test]
fn the_room_for_commands_is_bounded() {
    let mut timeline = flowing();
    timeline.advance_to(Time::from_ms(10), &mut ());
    for nth in 0..EDITS_MAX {
        timeline.command(&valve("to-south", nth % 2 == 0), &mut ()).unwrap();
    }
    assert_eq!(timeline.command(&valve("to-south", true), &mut ()), Err(Refusal::TooMany));
}

#[test]
fn an_incident_leaves_its_marks_where_it_happened() {
    let (level, board) = build(3);
    let mut timeline = Timeline::start(&level, &board, 1).unwrap();
    let mut turns = Vec::new();
    timeline.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| {
        if let Fact::HazardTurned { hazard, active, .. } = *fact {
            turns.push((at, MarkKind::Enemy { enemy: hazard, active }));
        }
    });
    let marks = timeline.marks();
    assert!(marks.is_sorted_by_key(|mark| mark.at) && timeline.marks_dropped() == 0);
    let of =
        |test: fn(&MarkKind) -> bool| marks.iter().filter(|mark| test(&mark.kind)).map(|m| m.at).collect::<Vec<_>>();
    let enemy: Vec<_> =
        marks.iter().filter(|m| matches!(m.kind, MarkKind::Enemy { .. })).map(|m| (m.at, m.kind)).collect();
    assert_eq!(enemy, turns);
    assert!(!of(|kind| matches!(kind, MarkKind::Objective { met: false, .. })).is_empty(), "{marks:?}");
    let spent = of(|kind| matches!(kind, MarkKind::BudgetLeft { percent: 0 }));
    assert_eq!(spent.len(), 1, "{marks:?}");
    // At that time it was so, and a step before it was not.
    timeline.seek(spent[0]);
    assert!(timeline.play().report().budget.left <= 0.0);
    timeline.seek(Time::from_ns(spent[0].as_ns() - level.flow.duration_ms * 1_000_000 / 960));
    assert!(timeline.play().report().budget.left > 0.0);
}
