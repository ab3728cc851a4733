//! What broke first, and how right a prediction of it was: on builds of the campaign that must lose.

mod shelf;

use pipe_maze_level::prediction::{Breaks, Question, band_bounds_ns, score};
use pipe_maze_level::timeline::{Onset, OnsetKind};
use pipe_maze_level::{Edit, Prediction, Solution, Timeline, Verdict};
use pipe_maze_sim::{PieceId, Time};
use std::fs;

/// A build of the campaign, played to its end.
fn played(path: &str, build: &str, seed: u64) -> Timeline {
    let (level, solution) = (shelf::level(path), shelf::solution(&format!("{path}.{build}")));
    run(&level, &solution, seed)
}

fn run(level: &pipe_maze_level::Level, solution: &Solution, seed: u64) -> Timeline {
    let board = solution.board(level).expect("the campaign is sound");
    let mut timeline = Timeline::start(level, &board, seed).expect("the campaign is sound");
    for step in &solution.flow {
        timeline.advance_to(Time::from_ms(step.at_ms), &mut ());
        timeline.command(&step.edit, &mut ()).expect("the campaign is sound");
    }
    timeline.advance_to(Time::MAX, &mut ());
    timeline
}

fn has_shape(onset: &Onset, is_to_break: bool) {
    let steps = &onset.steps;
    assert!((2..=5).contains(&steps.len()), "{onset:#?}");
    assert!(steps.is_sorted_by_key(|step| step.at), "{onset:#?}");
    let is_trigger = |kind: OnsetKind| {
        matches!(
            kind,
            OnsetKind::Began { .. } | OnsetKind::Rose { .. } | OnsetKind::Struck { .. } | OnsetKind::Command { .. }
        )
    };
    assert!(is_trigger(steps[0].kind), "{onset:#?}");
    let triggers = steps.iter().filter(|step| is_trigger(step.kind)).count();
    assert!(triggers == 1 || is_to_break && triggers <= 3, "{onset:#?}");
    let last = steps[steps.len() - 1].kind;
    assert!(matches!(last, OnsetKind::Spent | OnsetKind::Missed { .. }), "{onset:#?}");
}

#[test]
fn every_decoy_of_the_campaign_tells_from_the_first_cause_to_the_last_effect() {
    for path in shelf::campaign().levels {
        let level = shelf::level(&path);
        let (folder, name) = path.rsplit_once('/').unwrap();
        let files = fs::read_dir(shelf::folder().join(folder)).unwrap();
        let mut builds: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        builds.retain(|file| file.starts_with(&format!("{name}.decoy-")));
        builds.sort();
        for build in builds {
            let solution = shelf::solution(&format!("{folder}/{}", build.trim_end_matches(".ron")));
            for seed in 1..=3 {
                let timeline = run(&level, &solution, seed);
                assert_eq!(timeline.play().verdict(), Some(Verdict::Lost), "{build}");
                let onset = timeline.onset();
                println!("{build}, seed {seed}:");
                onset.steps.iter().for_each(|step| println!("   {step:?}"));
                has_shape(&onset, level.is_to_break());
            }
        }
    }
}

#[test]
fn the_chain_is_what_happened() {
    let id = PieceId::from_name;
    let room = played("3-flow-control/two-rooms", "decoy-one-room", 1).onset();
    assert!(matches!(room.steps[0].kind, OnsetKind::Began { per_s } if (40.0..110.0).contains(&per_s)), "{room:#?}");
    let OnsetKind::Strained { utilisation, waited_ns, full: true, .. } = room.steps[1].kind else {
        panic!("{room:#?}")
    };
    assert!(utilisation > 0.95 && waited_ns > 300_000_000);
    assert_eq!(room.broke.unwrap().piece, room.steps[1].piece.unwrap());

    let hall = played("2-communication/impatient-queue", "decoy-great-hall", 1).onset();
    let rise = hall.steps[0];
    assert_eq!((rise.at, rise.kind), (Time::from_ms(4_000), OnsetKind::Rose { from_per_s: 60.0, to_per_s: 120.0 }));
    assert_eq!((rise.piece, hall.steps[1].piece), (Some(id("spring")), Some(id("hall"))));
    assert!(hall.steps[1].at.since_ns(rise.at) < 1_000_000_000, "{hall:#?}");

    for seed in 1..=8 {
        let storm = played("2-communication/retry-storm", "decoy-more-retries", seed).onset();
        assert!(matches!(storm.steps[0].kind, OnsetKind::Struck { .. }), "{storm:#?}");
        let retries = storm.steps.iter().find_map(|step| match step.kind {
            OnsetKind::Retries { tries, .. } => Some(tries),
            _ => None,
        });
        assert!(retries.is_some_and(|tries| tries > 3.0), "{storm:#?}");
        let calm = played("2-communication/retry-storm", "decoy-no-retries", seed).onset();
        assert!(calm.steps.iter().all(|step| !matches!(step.kind, OnsetKind::Retries { .. })), "{calm:#?}");
    }
}

#[test]
fn what_the_player_shuts_is_what_broke_it() {
    let level = shelf::level("3-flow-control/two-rooms");
    let solution = shelf::solution("3-flow-control/two-rooms.solution");
    let board = solution.board(&level).unwrap();
    let mut timeline = Timeline::start(&level, &board, 1).unwrap();
    timeline.advance_to(Time::from_ms(3_000), &mut ());
    timeline.command(&Edit::Valve { name: "to-south".into(), shut: true }, &mut ()).unwrap();
    let at = timeline.commands()[0].at;
    timeline.advance_to(Time::MAX, &mut ());
    let onset = timeline.onset();
    assert_eq!((onset.steps[0].kind, onset.steps[0].at), (OnsetKind::Command { nth: 0 }, at));
    has_shape(&onset, level.is_to_break());
}

#[test]
fn where_nothing_was_lost_nothing_broke_first() {
    let (level, board) = shelf::built("3-flow-control/two-rooms", "solution");
    let mut timeline = Timeline::start(&level, &board, 1).unwrap();
    assert_eq!(timeline.onset(), Onset::default());
    timeline.advance_to(Time::MAX, &mut ());
    let onset = timeline.onset();
    assert!(
        onset.steps.iter().all(|step| !matches!(step.kind, OnsetKind::Spent | OnsetKind::Missed { .. })),
        "{onset:#?}"
    );
}

#[test]
fn a_prediction_is_scored_by_what_happened() {
    let (path, level) = ("2-communication/impatient-queue", shelf::level("2-communication/impatient-queue"));
    let timeline = played(path, "decoy-great-hall", 1);
    let onset = timeline.onset();
    let hall = Breaks::Piece(PieceId::from_name("hall"));
    let all = Prediction { breaks: Some(hall), spell: Some(1), band: Some(3) };
    let scored = score(&all, &level, &timeline, &onset);
    let worst_ns = scored.worst_p99_ns.unwrap();
    assert_eq!(
        (scored.breaks, scored.band),
        (hall, Some(band_bounds_ns(&level).iter().filter(|&&ns| worst_ns > ns).count()))
    );
    let (at, load_per_s) = scored.broke.unwrap();
    assert!(at > Time::from_ms(4_000) && load_per_s > 90.0, "{scored:?}");
    let right = |question| scored.answers.iter().find(|(asked, _)| *asked == question).unwrap().1;
    assert!(right(Question::Breaks));
    assert_eq!(right(Question::Spell), scored.spell == Some(1));
    assert_eq!(right(Question::Band), scored.band == Some(3));
    let none = Prediction { breaks: Some(Breaks::Nothing), spell: None, band: None };
    let scored = score(&none, &level, &timeline, &onset);
    assert_eq!((scored.answers.as_slice(), scored.right()), ([(Question::Breaks, false)].as_slice(), 0));

    let won = played(path, "solution", 1);
    assert_eq!(won.play().verdict(), Some(Verdict::Won));
    let onset = won.onset();
    let scored = score(&none, &level, &won, &onset);
    assert_eq!((scored.breaks, scored.right(), scored.spell), (Breaks::Nothing, 1, None));
    // Some were lost to the short queue, and it held: the debrief and the prediction say the same.
    assert!(onset.broke.is_none() && onset.steps.iter().any(|step| matches!(step.kind, OnsetKind::Lost { .. })));
    // One answer alone is an answer.
    let band = Prediction { breaks: None, spell: None, band: scored.band };
    assert_eq!(score(&band, &level, &won, &onset).answers, [(Question::Band, true)]);
}

/// How many answers are right for whoever says that this breaks.
fn right(timeline: &Timeline, path: &str, breaks: Breaks) -> usize {
    let said = Prediction { breaks: Some(breaks), spell: None, band: None };
    score(&said, &shelf::level(path), timeline, &timeline.onset()).right()
}

#[test]
fn where_it_is_to_be_broken_what_broke_is_what_broke_first() {
    let path = "2-communication/blast-radius";
    let timeline = played(path, "solution", 1);
    assert_eq!(timeline.play().verdict(), Some(Verdict::Won));
    let onset = timeline.onset();
    let broke = onset.broke.expect("something gave in");
    assert!(onset.steps.len() > 2, "{onset:#?}");
    assert!(onset.steps.last().is_some_and(|step| step.kind == OnsetKind::Spent), "{onset:#?}");
    assert_eq!((right(&timeline, path, Breaks::Piece(broke.piece)), right(&timeline, path, Breaks::Nothing)), (1, 0),);
}

#[test]
fn where_it_held_out_nothing_broke_and_the_chain_ends_with_that() {
    let path = "2-communication/blast-radius";
    for build in ["decoy-front-door", "decoy-one-of-three", "decoy-stone-and-stone"] {
        let timeline = played(path, build, 1);
        assert_eq!(timeline.play().verdict(), Some(Verdict::Lost));
        let steps = timeline.onset().steps;
        let (first, last) = (steps.first().unwrap(), steps.last().unwrap());
        assert!(matches!(first.kind, OnsetKind::Struck { .. }), "{build}: {steps:#?}");
        assert!(matches!(last.kind, OnsetKind::Missed { .. }) && last.at > first.at, "{build}: {steps:#?}");
        assert!(!steps.iter().any(|step| matches!(step.kind, OnsetKind::Slow { .. })), "{build}: {steps:#?}");
        let room = Breaks::Piece(PieceId::from_name("counter"));
        assert_eq!((right(&timeline, path, Breaks::Nothing), right(&timeline, path, room)), (1, 0), "{build}");
    }
}
