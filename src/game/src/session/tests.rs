//! The session, played without a window.

use super::*;
use pipe_maze_level::timeline::BranchId;
use pipe_maze_level::{Solution, Verdict};

const LEVEL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");
const SOLUTION: &str = include_str!("../../../../levels/3-flow-control/two-rooms.solution.ron");

fn solved() -> Session {
    let mut session = Session::open(Level::parse(LEVEL).unwrap());
    for edit in Solution::parse(SOLUTION).unwrap().plan {
        session.edit(&edit).unwrap();
    }
    session
}

#[test]
fn frames_of_any_length_lead_to_the_same_end() {
    let mut digests = Vec::new();
    for frame_s in [0.004, 0.016_7, 0.21] {
        let mut session = solved();
        session.start(Some(5)).unwrap();
        session.set_speed(3);
        while session.verdict().is_none() {
            session.tick(frame_s);
            session.take_facts();
        }
        assert_eq!(session.verdict(), Some(Verdict::Won));
        digests.push(session.play().unwrap().digest());
    }
    let solution = Solution::parse(SOLUTION).unwrap();
    let headless = Play::run(&Level::parse(LEVEL).unwrap(), &solution, 5).unwrap().digest();
    assert!(digests.iter().all(|&digest| digest == headless), "{digests:?} {headless}");
}

#[test]
fn a_held_run_stands_still_and_a_step_is_one_event() {
    let mut session = solved();
    session.start(None).unwrap();
    session.set_paused(true);
    session.tick(0.2);
    assert_eq!(session.play().unwrap().simulation().now(), Time::ZERO);
    session.step();
    let issued = session.play().unwrap().simulation().view().totals().issued;
    assert_eq!(issued, 1, "the first event is the first request");
    assert!(!session.take_facts().is_empty());
}

#[test]
fn in_the_past_of_a_run_a_command_makes_a_branch_and_the_first_run_stays() {
    let mut session = solved();
    session.start(Some(5)).unwrap();
    session.advance_ns(6_000_000_000);
    let (digest, revision) = (session.play().unwrap().digest(), session.revision());
    assert!(session.seek(Time::from_ms(2_000)) && session.is_paused() && session.take_facts().is_empty());
    assert_eq!(session.revision(), revision, "the board is the same");
    let name = session.board().pipes()[0].name.clone();
    session.edit(&Edit::Valve { name, shut: true }).unwrap();
    let timeline = session.timeline().unwrap();
    assert_eq!((timeline.branch_count(), timeline.current().number()), (1, 1));
    session.advance_ns(4_000_000_000);
    assert_ne!(session.play().unwrap().digest(), digest);
    assert!(session.switch(BranchId::MAIN) && session.seek(Time::from_ms(6_000)));
    assert_eq!(session.play().unwrap().digest(), digest);
    assert!(session.board().pipes().iter().all(|pipe| !pipe.shut));
}

#[test]
fn a_fork_keeps_what_was_done_later_and_a_branch_does_not() {
    let mut session = solved();
    session.start(Some(5)).unwrap();
    let valve =
        |session: &Session, nth: usize, shut| Edit::Valve { name: session.board().pipes()[nth].name.clone(), shut };
    session.advance_ns(4_000_000_000);
    let later = valve(&session, 1, true);
    session.edit(&later).unwrap();
    session.advance_ns(1_000_000_000);
    session.seek(Time::from_ms(2_000));
    session.set_forks(true);
    assert!(session.forks() && session.is_paused());
    let earlier = valve(&session, 0, true);
    session.edit(&earlier).unwrap();
    assert!(!session.forks() && session.forked().is_some_and(|report| report.refused.is_empty()));
    let commands = |session: &Session| session.timeline().unwrap().commands().len();
    assert_eq!(commands(&session), 2);
    session.switch(BranchId::MAIN);
    session.seek(Time::from_ms(2_000));
    session.edit(&earlier).unwrap();
    assert_eq!(commands(&session), 1);
    assert!(session.rename(BranchId::MAIN, "as it was"));
    assert_eq!(session.timeline().unwrap().branch(BranchId::MAIN).unwrap().name(), Some("as it was"));
}

#[test]
fn the_slowest_of_those_who_want_it_slow_counts() {
    let mut session = solved();
    let chosen = session.chosen_pace_ns_per_s();
    session.start(None).unwrap();
    session.slow(Slow::Moment, Some(chosen * 0.5));
    session.slow(Slow::Ride, Some(chosen * 0.1));
    assert_eq!(session.pace_ns_per_s(), chosen * 0.1);
    session.slow(Slow::Ride, None);
    assert_eq!(session.pace_ns_per_s(), chosen * 0.5);
    session.slow(Slow::Moment, Some(chosen * 9.0));
    assert_eq!(session.pace_ns_per_s(), chosen, "never faster than chosen");
    session.stop();
    assert!(!session.is_slow(Slow::Moment));
}

#[test]
fn the_clock_of_the_plan_runs_out_once_and_starts_again() {
    const RACE: &str = include_str!("../../../../levels/3-flow-control/pipe-walker.ron");
    let mut session = Session::open(Level::parse(RACE).unwrap());
    let whole_s = f64::from(session.level().flow.plan_s.unwrap());
    assert!(!session.pass_plan(0.2));
    assert_eq!(session.plan_left_s(), Some(whole_s - 0.2));
    let passed = (0..5_000).filter(|_| session.pass_plan(0.2)).count();
    assert_eq!((passed, session.plan_left_s()), (1, Some(0.0)));
    session.start(None).unwrap();
    assert!(!session.pass_plan(0.2), "it rests while the water flows");
    session.stop();
    assert_eq!(session.plan_left_s(), Some(whole_s));
    assert!(solved().plan_left_s().is_none(), "other levels have none");
}

#[test]
fn building_waits_while_the_water_flows() {
    let mut session = solved();
    session.start(None).unwrap();
    let refusal = session.edit(&Edit::RemovePipe { name: "x".into() }).unwrap_err();
    assert_eq!(refusal, Refusal::NotInFlow);
    assert!(!session.can_undo() && !session.undo());
    session.stop();
    assert!(session.can_undo());
}
