//! Drafts of levels of chaos, and of levels with a tutorial.

mod shelf;

use pipe_maze_level::draft::genre;
use pipe_maze_level::template::{Drawing, Template};
use pipe_maze_level::tutorial::{Condition, Pointer, Which};
use pipe_maze_level::{Cell, Draft, Genre, LevelEdit, Objective, Severity};

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
