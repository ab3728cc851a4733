//! Drafts of levels of chaos, and of levels with a tutorial.

mod shelf;

use pipe_maze_level::draft::genre;
use pipe_maze_level::enemy::{Blow, CircuitBreakerThwompSpec, CoordinationThwompSpec, Grip};
use pipe_maze_level::format::Place;
use pipe_maze_level::template::{Drawing, Template};
use pipe_maze_level::tutorial::{Condition, Pointer, Step, Which};
use pipe_maze_level::{Cell, Draft, EnemyKind, EnemySpec, EnemyStock, Genre, Kind, LevelEdit, Objective, Severity};

fn errors(draft: &Draft) -> Vec<String> {
    let problems = draft.problems().iter().filter(|problem| problem.severity == Severity::Error);
    problems.map(ToString::to_string).collect()
}

#[test]
fn a_level_becomes_one_of_chaos_and_back_in_one_step_each() {
    let level = shelf::level("3-flow-control/two-rooms");
    let mut draft = Draft::open(&level);
    draft.apply(&genre(&level, Genre::Chaos)).expect("it becomes one");
    assert_eq!(errors(&draft), [""; 0]);
    assert!(draft.level().chaos.is_some());
    assert!(draft.level().objectives.iter().any(|objective| matches!(objective, Objective::Break { .. })));
    let back = genre(draft.level(), Genre::Build);
    draft.apply(&back).expect("and back");
    assert_eq!(errors(&draft), [""; 0]);
    assert!(draft.level().chaos.is_none());
    draft.undo();
    draft.undo();
    assert_eq!(draft.level(), &level, "each was one step");
}

#[test]
fn what_is_wrong_with_chaos_is_mended() {
    let mut draft = Draft::open(&shelf::level("2-communication/blast-radius"));
    for edit in [
        LevelEdit::Genre(Genre::Build),
        LevelEdit::Chaos(None),
        LevelEdit::AddObjective(Objective::GoodShare { at_least: 0.9, within_ms: 100.0 }),
        LevelEdit::RemoveObjective { nth: 0 },
    ] {
        draft.apply(&edit).expect("it is done");
        for _ in 0..4 {
            let fix = draft.problems().iter().find(|problem| problem.severity == Severity::Error);
            let Some(fix) = fix.and_then(|problem| problem.fix.clone()) else { break };
            draft.apply(&fix).expect("it is mended");
        }
        assert_eq!(errors(&draft), [""; 0], "{edit:?}");
    }
}

#[test]
fn steps_are_moved_and_follow_pieces_and_ground() {
    let mut draft = Draft::open(&shelf::level("3-flow-control/two-rooms"));
    let texts = |draft: &Draft| draft.level().tutorial.iter().map(|step| step.text.clone()).collect::<Vec<_>>();
    let before = texts(&draft);
    draft.apply(&LevelEdit::MoveStep { nth: 0, to: 2 }).expect("it is moved");
    assert_eq!(texts(&draft)[..3], [before[1].clone(), before[2].clone(), before[0].clone()]);
    draft.undo();
    draft.apply(&LevelEdit::Rename { name: "north".into(), to: "upper".into() }).expect("it is renamed");
    let named = Which::Named("upper".into());
    let step = &draft.level().tutorial[2];
    assert!(matches!(&step.until, Condition::Joined(_, to) if *to == named), "{step:?}");
    assert!(matches!(&step.points[0], Pointer::Pipe(_, to) if *to == named), "{step:?}");
    let (columns, rows) = (draft.level().terrain.columns() + 3, draft.level().terrain.rows());
    draft.apply(&LevelEdit::Resize { columns, rows, left: 3, above: 0 }).expect("it is resized");
    assert!(matches!(draft.level().tutorial[0].points[0], Pointer::Place(_, at) if at == Cell::new(7, 3)));
    assert_eq!(errors(&draft), [""; 0]);
    let deep = (0..9).fold(Condition::Won, |inner, _| Condition::Either(vec![inner]));
    let mut step = draft.level().tutorial[0].clone();
    step.until = deep;
    assert!(draft.apply(&LevelEdit::Step { nth: 0, step }).is_err(), "no file nests so deep");
}

#[test]
fn what_is_drawn_bit_by_bit_is_what_is_drawn_at_once() {
    let mut drawing = Drawing::new(Template::RetrySlam, 5, 3);
    let mut last = drawing.progress();
    let mut rounds = 0;
    while !drawing.advance(50_000) {
        let now = drawing.progress();
        assert!((now.draw, now.done) >= (last.draw, last.done) && now.done <= now.total, "{last:?} {now:?}");
        last = now;
        rounds += 1;
    }
    assert!(rounds > 2);
    assert_eq!(drawing.into_instance(), Template::RetrySlam.instance(5, 3));
}

/// The level with another third step, and what is doubtful about that one: each thing, and whether there is a mend.
fn step_troubles(draft: &mut Draft, change: impl Fn(&mut Step)) -> Vec<(String, Option<LevelEdit>)> {
    let mut step = draft.level().tutorial[2].clone();
    change(&mut step);
    draft.apply(&LevelEdit::Step { nth: 2, step }).expect("it is done");
    assert_eq!(errors(draft), [""; 0], "it can be played all the same");
    let of_step = draft.problems().iter().filter(|problem| problem.place == Place::Step(2));
    of_step.map(|problem| (problem.flaw.key().to_owned(), problem.fix.clone())).collect()
}

#[test]
fn a_step_that_speaks_of_what_is_not_there_is_told_and_mended_where_that_is_possible() {
    let level = shelf::level("3-flow-control/two-rooms");
    let fresh = || Draft::open(&level);
    let named = |name: &str| Which::Named(name.into());
    assert_eq!(step_troubles(&mut fresh(), |_| {}), [], "the level itself is sound");

    // Misspelt: the name that is meant takes its place, in the pointer and in the condition.
    let mut draft = fresh();
    let misspelt = |step: &mut Step| {
        step.points = vec![Pointer::Piece(named("nroth"))];
        step.until = Condition::Joined(named("spring"), named("nroth"));
    };
    let troubles = step_troubles(&mut draft, misspelt);
    assert_eq!(troubles.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["problem-no-such-piece"]);
    draft.apply(troubles[0].1.as_ref().expect("a mend")).expect("it is mended");
    assert!(draft.problems().iter().all(|problem| problem.place != Place::Step(2)), "{:?}", draft.problems());
    assert_eq!(draft.level().tutorial[2].until, Condition::Joined(named("spring"), named("north")));

    // Like none: what points there goes; what waits for it is the author's to say.
    let mut draft = fresh();
    let troubles = step_troubles(&mut draft, |step| step.points = vec![Pointer::Piece(named("observatory"))]);
    draft.apply(troubles[0].1.as_ref().expect("a mend")).expect("it is mended");
    assert_eq!(draft.level().tutorial[2].points, []);
    let waits = |step: &mut Step| step.until = Condition::Turned(named("observatory"), "workers".into());
    let troubles = step_troubles(&mut fresh(), waits);
    assert_eq!(troubles, [("problem-no-such-piece".to_owned(), None)]);

    // A name as the game gives it to what the player places is none that is missing.
    let placed = |step: &mut Step| step.points = vec![Pointer::Piece(named("warp-pipe-1"))];
    assert_eq!(step_troubles(&mut fresh(), placed), []);

    // Kinds, faults and knobs.
    let mut draft = fresh();
    let vault = |step: &mut Step| step.until = Condition::Either(vec![Condition::Placed(Kind::Vault), Condition::Won]);
    let troubles = step_troubles(&mut draft, vault);
    assert_eq!(troubles[0].0, "problem-not-in-stock");
    draft.apply(troubles[0].1.as_ref().expect("a mend")).expect("it is mended");
    assert!(draft.level().stock(Kind::Vault).is_some());
    let loosed = |step: &mut Step| step.until = Condition::Loosed(EnemyKind::ALL[0]);
    assert_eq!(
        step_troubles(&mut fresh(), loosed),
        [("problem-not-in-arsenal".to_owned(), None)],
        "it is none of chaos"
    );
    let mut draft = fresh();
    let knob = |step: &mut Step| step.until = Condition::Turned(Which::Any(Kind::MachineRoom), "worker".into());
    let troubles = step_troubles(&mut draft, knob);
    assert_eq!(troubles[0].0, "problem-no-such-knob");
    draft.apply(troubles[0].1.as_ref().expect("a mend")).expect("it is mended");
    assert!(matches!(&draft.level().tutorial[2].until, Condition::Turned(_, knob) if knob == "workers"));
}

#[test]
fn a_fault_of_a_step_comes_into_the_arsenal_of_a_chaos_level() {
    let mut draft = Draft::open(&shelf::level("2-communication/blast-radius"));
    for &kind in EnemyKind::ALL {
        draft.apply(&LevelEdit::RemoveFault(kind)).ok();
    }
    let gone = EnemyKind::ALL.iter().copied().find(|kind| draft.level().chaos.as_ref().unwrap().stock(*kind).is_none());
    let gone = gone.expect("one kind at least is not in it");
    let text = LevelEdit::Text { language: "en".into(), key: "step-x".into(), text: Some("Let it loose".into()) };
    let step = Step { text: "step-x".into(), points: Vec::new(), until: Condition::Loosed(gone) };
    draft.apply(&LevelEdit::Batch(vec![text, LevelEdit::AddStep { at: 0, step }])).expect("it is done");
    let problem = draft.problems().iter().find(|problem| problem.flaw.key() == "problem-not-in-arsenal").cloned();
    let fix = problem.and_then(|problem| problem.fix).expect("a mend");
    draft.apply(&fix).expect("it is mended");
    assert!(draft.level().chaos.as_ref().unwrap().stock(gone).is_some_and(|stock| stock.kind.kind() == gone));
}

#[test]
fn an_enemy_whose_pipe_is_gone_strikes_by_its_cells_again() {
    let mut draft = Draft::open(&shelf::level("2-communication/retry-storm"));
    let name = draft.level().enemies[0].name.clone();
    draft.apply(&LevelEdit::EnemyTarget { name: name.clone(), on: Some("no-such-pipe".into()) }).expect("it is done");
    let problem = draft.problems().iter().find(|problem| problem.place == Place::Enemy(name.clone())).cloned();
    let problem = problem.expect("it strikes nothing");
    assert_eq!(problem.flaw.key(), "problem-strikes-nothing");
    draft.apply(&problem.fix.expect("a mend")).expect("it is mended");
    assert!(draft.level().enemies[0].on.is_none());
}

#[test]
fn a_fault_that_is_too_strong_or_hits_some_copies_only_is_mended() {
    let press = |grip| EnemySpec::CircuitBreakerThwomp(CircuitBreakerThwompSpec { grip });
    let stone = |percent, replicas| {
        EnemySpec::CoordinationThwomp(CoordinationThwompSpec { blow: Blow::Errors { percent }, replicas })
    };
    let cases = [
        (press(Grip::Leak { percent: 130.0 }), press(Grip::Leak { percent: 100.0 })),
        (press(Grip::Leak { percent: -1.0 }), press(Grip::Leak { percent: 50.0 })),
        (press(Grip::Squeeze { percent: 0.0 }), press(Grip::Squeeze { percent: 0.01 })),
        (stone(400.0, None), stone(100.0, None)),
        (stone(40.0, Some(1)), stone(40.0, None)),
    ];
    for (bad, good) in cases {
        let mut draft = Draft::open(&shelf::level("2-communication/retry-storm"));
        let enemies = || draft.level().enemies.iter();
        let name = enemies().find(|enemy| enemy.kind.kind() == bad.kind()).expect("there is one").name.clone();
        draft.apply(&LevelEdit::EnemyKind { name: name.clone(), kind: bad.clone() }).expect("it is done");
        let problem = draft.problems().iter().find(|problem| problem.place == Place::Enemy(name.clone())).cloned();
        let fix = problem.and_then(|problem| problem.fix).unwrap_or_else(|| panic!("a mend of {bad:?}"));
        draft.apply(&fix).expect("it is mended");
        assert_eq!(draft.level().enemies.iter().find(|enemy| enemy.name == name).map(|enemy| &enemy.kind), Some(&good));
        assert_eq!(errors(&draft), [""; 0]);

        let mut draft = Draft::open(&shelf::level("2-communication/blast-radius"));
        let stock = draft.level().chaos.as_ref().and_then(|chaos| chaos.stock(bad.kind()).cloned()).expect("some");
        draft.apply(&LevelEdit::Fault(EnemyStock { kind: bad.clone(), ..stock })).expect("it is done");
        let problem = draft.problems().iter().find(|problem| problem.place == Place::Fault(bad.kind())).cloned();
        draft.apply(&problem.and_then(|problem| problem.fix).expect("a mend")).expect("it is mended");
        let chaos = draft.level().chaos.as_ref();
        assert_eq!(chaos.and_then(|chaos| chaos.stock(bad.kind())).map(|stock| &stock.kind), Some(&good));
    }
}
