//! Parameters: described well enough to make an inspector from, and set only by those who may.

mod shelf;

use pipe_maze_level::kind::param::Range;
use pipe_maze_level::{Board, Edit, Kind, Play, Refusal, Setting};
use pipe_maze_sim::{PieceId, Time};

fn set(name: &str, setting: Setting) -> Edit {
    Edit::Configure { name: name.into(), setting }
}

fn number(name: &str, key: &str, value: f64) -> Edit {
    set(name, Setting::Number(key.into(), value))
}

#[test]
fn every_parameter_can_be_its_default_and_both_ends_of_its_range() {
    for &kind in Kind::ALL {
        assert!(kind.params().iter().filter(|param| param.main).count() <= 4, "{} shows too many knobs", kind.key());
        let keys: std::collections::BTreeSet<_> = kind.params().iter().map(|param| param.key).collect();
        assert_eq!(keys.len(), kind.params().len());
        for param in kind.params() {
            let default = param.default(kind).unwrap_or_else(|| panic!("{} of {}", param.key, kind.key()));
            assert!(param.allows(default), "{} of {}: {default}", param.key, kind.key());
            let ends = match param.range {
                Range::Number { min, max, .. } => [min, max],
                Range::Choice(names) => [0.0, names.len() as f64 - 1.0],
            };
            for value in ends {
                assert!(param.setting(value).is_some() && param.setting(f64::NAN).is_none());
                assert!(param.setting(ends[0] - 1.0).is_none() && param.setting(ends[1] + 1.0).is_none());
            }
            let others = Kind::ALL.iter().filter(|&&other| other != kind);
            assert!(others.map(|other| other.default_spec()).all(|spec| param.get(&spec).is_none()));
        }
    }
}

#[test]
fn knobs_turn_where_they_may_be_turned_and_turn_back() {
    let mut board = Board::new(&shelf::rich(&[]));
    let place = Edit::Place { name: "r".into(), kind: Kind::MachineRoom, at: (4, 8).into() };
    board.apply(&place).unwrap();
    let before = board.clone();
    for edit in [
        number("r", "queue", 17.0),
        number("r", "replicas", 3.0),
        set("r", Setting::Choice("calls".into(), "parallel".into())),
        set("r", Setting::Choice("line".into(), "codel".into())),
    ] {
        let undo = board.apply(&edit).unwrap_or_else(|e| panic!("{edit:?}: {e}"));
        assert_ne!(board, before, "{edit:?}");
        board.apply(&undo).unwrap();
        assert_eq!(board, before, "{edit:?}");
    }
    let refused = [
        (number("r", "workers", 9.0), Refusal::BadSetting("r".into())),
        (number("r", "queue", 1.5), Refusal::BadSetting("r".into())),
        (number("r", "queue", f64::NAN), Refusal::BadSetting("r".into())),
        (number("r", "queue", 1e9), Refusal::BadSetting("r".into())),
        (number("r", "colour", 1.0), Refusal::NoKnob("r".into())),
        (set("r", Setting::Choice("calls".into(), "never".into())), Refusal::BadSetting("r".into())),
        (number("front", "queue", 17.0), Refusal::BadSetting("front".into())),
        (number("spring", "rate", 1.0), Refusal::BadSetting("spring".into())),
        (number("nobody", "rate", 1.0), Refusal::NoSuch("nobody".into())),
    ];
    for (edit, refusal) in refused {
        assert_eq!(board.apply(&edit), Err(refusal), "{edit:?}");
    }
    assert_eq!(board, before);
}

#[test]
fn a_level_opens_knobs_of_its_pieces_and_some_turn_while_water_flows() {
    let level = shelf::rich(&[(
        "calls: Sequential,\n        )",
        "calls: Sequential,\n        ), knobs: [\"replicas\", \"queue\"]",
    )]);
    let mut board = shelf::joined("").board(&level).unwrap();
    board.apply(&number("front", "queue", 7.0)).unwrap();
    let mut play = Play::start(&level, &board, 1).unwrap();
    play.advance_to(Time::from_ms(1_000), &mut ());
    assert_eq!(play.command(&number("front", "queue", 9.0)), Err(Refusal::NotInFlow));
    play.command(&number("front", "replicas", 3.0)).unwrap();
    let front = PieceId::from_name("front");
    let there = |play: &mut Play| play.advance_to(play.log()[play.log().len() - 1].at.plus_ns(1), &mut ());
    there(&mut play);
    assert_eq!(play.simulation().view().replicas(front).count(), 3);
    // A batch is a command like its parts, whole or not at all.
    let shut = |name: &str| Edit::Valve { name: name.into(), shut: true };
    let bad = Edit::Batch(vec![shut("feed"), shut("nothing")]);
    assert_eq!(play.command(&bad), Err(Refusal::NoSuch("nothing".into())));
    let is_shut = |play: &Play| play.simulation().view().pipes().any(|pipe| pipe.shut);
    assert!(!is_shut(&play));
    play.command(&Edit::Batch(vec![shut("feed"), shut("to-store")])).unwrap();
    there(&mut play);
    assert!(is_shut(&play));
    assert_eq!(play.log().len(), 2);
}
