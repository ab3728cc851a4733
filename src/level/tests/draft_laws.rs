//! Laws of drafts, over random edits: undo leads back and redo forth, text and picture never disagree, a draft without
//! errors is a level, and a quick fix mends what it is for.

mod mutation;
mod shelf;

use pipe_maze_level::draft::{Snapshot, terrain};
use pipe_maze_level::enemy::{Blow, CircuitBreakerThwompSpec, CoordinationThwompSpec, Grip, Schedule};
use pipe_maze_level::format::{FlowRules, Stock};
use pipe_maze_level::kind::{ClassRate, KindSpec, MachineRoomSpec};
use pipe_maze_level::tutorial::{Button, Condition, Pointer, Step, Which};
use pipe_maze_level::{
    Cell, Chaos, Class, Draft, Edit, Enemy, EnemyKind, EnemySpec, EnemyStock, Facing, Genre, Ground, Kind, Level,
    LevelEdit, Objective, Profile, Setting, Severity,
};
use proptest::prelude::*;

const LEVELS: [&str; 5] = [
    "2-communication/retry-storm",
    "3-flow-control/checkout-rush",
    "3-flow-control/the-slam",
    "2-communication/blast-radius",
    "3-flow-control/two-rooms",
];

/// What an edit is made of: its kind, and numbers that choose.
type Gene = (u8, u16, u16, i8, i8, f64);

fn genes() -> impl Strategy<Value = Vec<Gene>> {
    let figure = prop_oneof![Just(0.0), Just(-1.0), Just(1e9), 0.0..2.0, 1.0..5_000.0];
    prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>(), any::<i8>(), any::<i8>(), figure), 1..14)
}

fn start() -> impl Strategy<Value = Draft> {
    prop_oneof![
        (1..30i32, 1..20i32).prop_map(|(columns, rows)| Draft::blank(columns, rows)),
        (0..LEVELS.len()).prop_map(|nth| Draft::open(&shelf::level(LEVELS[nth]))),
    ]
}

/// The edit that a gene means in a draft.
fn edit(draft: &Draft, &(kind, a, b, x, y, figure): &Gene) -> LevelEdit {
    let level = draft.level();
    let cell = Cell::new(i32::from(x) / 4, i32::from(y) / 4);
    let there = Cell::new(i32::from(a % 24), i32::from(b % 16));
    let board = draft.board();
    let mut names: Vec<String> = board.pieces().iter().map(|piece| piece.name.clone()).collect();
    names.extend(level.enemies.iter().map(|enemy| enemy.name.clone()));
    names.extend(board.pipes().iter().map(|pipe| pipe.name.clone()));
    let name = names.get(usize::from(a) % names.len().max(1)).cloned().unwrap_or_else(|| "nobody".into());
    let new = format!("new-{}", b % 12);
    let spring = level.pieces.iter().find(|piece| piece.spec.kind() == Kind::Spring);
    let spring = spring.map_or_else(|| "spring".into(), |piece| piece.name.clone());
    let foe = level.enemies.first().map_or_else(|| "foe".to_owned(), |enemy| enemy.name.clone());
    let nth = u32::from(b % 4);
    let ms = u64::from(a);
    match kind % 40 {
        0 => LevelEdit::Paint {
            cells: terrain::brush(&level.terrain, there, cell, i32::from(b % 5)),
            ground: Ground::ALL[usize::from(a % 3)],
        },
        1 => LevelEdit::Paint { cells: terrain::fill(&level.terrain, there), ground: Ground::ALL[usize::from(b % 3)] },
        2 => {
            let cells = terrain::rectangle(&level.terrain, there, cell, a.is_multiple_of(2));
            let cells = terrain::mirror(&level.terrain, &cells, terrain::Mirror::Both);
            LevelEdit::Paint { cells, ground: Ground::Tunnel }
        }
        3 => LevelEdit::Resize {
            columns: i32::from(a % 70),
            rows: i32::from(b % 70),
            left: i32::from(x) / 8,
            above: i32::from(y) / 8,
        },
        4 => LevelEdit::Place { name: new, spec: KindSpec::MachineRoom(room(figure)), at: there, facing: Facing::West },
        5 => LevelEdit::Place {
            name: new,
            spec: Kind::ALL[usize::from(a) % Kind::ALL.len()].default_spec(),
            at: cell,
            facing: Facing::East,
        },
        6 => LevelEdit::Remove { name },
        7 => LevelEdit::Move { name, to: there },
        8 => LevelEdit::Rotate { name, to: if a.is_multiple_of(2) { Facing::West } else { Facing::East } },
        9 => LevelEdit::Rename { name, to: if b.is_multiple_of(9) { "Bad Name".into() } else { new } },
        10 => LevelEdit::Configure {
            name,
            setting: Setting::Number(
                ["queue", "rate", "workers", "outlets"][usize::from(b % 4)].into(),
                figure.round(),
            ),
        },
        11 => LevelEdit::Knobs { name, knobs: vec!["queue".into(), "colour".into()] },
        12 => LevelEdit::Class { name: spring, class: class(a, figure) },
        13 => LevelEdit::RemoveClass { name: spring, class: Class::ALL[usize::from(a % 3)] },
        14 => LevelEdit::Profile { name: spring, profile: profile(b, ms, figure) },
        15 => LevelEdit::AddPoint { name: spring, at_ms: ms, factor: figure },
        16 => LevelEdit::MovePoint { name: spring, nth, at_ms: ms, factor: figure },
        17 => LevelEdit::RemovePoint { name: spring, nth },
        18 => LevelEdit::Start(Edit::LayPipe { name: new, cells: terrain::line(&level.terrain, there, cell) }),
        19 => LevelEdit::Start(Edit::Place { name: new, kind: Kind::ALL[usize::from(a) % Kind::ALL.len()], at: there }),
        20 => LevelEdit::PlaceEnemy(enemy(&new, a, there, figure)),
        21 => LevelEdit::EnemyCells { name: foe, cells: vec![there, cell] },
        22 => LevelEdit::EnemySchedule { name: foe, schedule: Schedule::At(vec![(ms, ms + u64::from(b))]) },
        23 => LevelEdit::EnemyTarget { name: foe, on: (b % 3 > 0).then_some(name) },
        24 => LevelEdit::Stock(Stock {
            kind: Kind::ALL[usize::from(a) % Kind::ALL.len()],
            count: u32::from(b % 70),
            price: u32::from(b),
            spec: None,
            knobs: Vec::new(),
        }),
        25 => LevelEdit::Flow(FlowRules {
            duration_ms: ms,
            pace_ms_per_s: figure,
            plan_s: (b.is_multiple_of(2)).then_some(nth),
            ..level.flow
        }),
        26 => LevelEdit::AddObjective(objective(a, figure)),
        27 => LevelEdit::RemoveObjective { nth },
        28 => LevelEdit::Text {
            language: ["en", "de"][usize::from(a % 2)].into(),
            key: ["name", "brief", "hint-1"][usize::from(b % 3)].into(),
            text: (b % 4 > 0).then(|| format!("\"{a}\"\n\\ 'öß' \u{7f}")),
        },
        29 => LevelEdit::Batch(vec![
            LevelEdit::Budget(u32::from(a)),
            LevelEdit::Par(Some(u32::from(b))),
            LevelEdit::Genre(Genre::Chaos),
            LevelEdit::Section(x as u8),
        ]),
        30 => LevelEdit::Chaos((b % 4 > 0).then(|| chaos(a, figure, level.flow.duration_ms))),
        31 => LevelEdit::Fault(stock(a, figure, ms)),
        32 => LevelEdit::RemoveFault(EnemyKind::ALL[usize::from(a) % EnemyKind::ALL.len()]),
        33 => LevelEdit::AddStep { at: nth, step: step(&name, b, there, figure) },
        34 => LevelEdit::Step { nth, step: step(&name, a, cell, figure) },
        35 => LevelEdit::MoveStep { nth, to: u32::from(a % 9) },
        36 => LevelEdit::RemoveStep { nth },
        37 => LevelEdit::Genre(Genre::ALL[usize::from(a) % Genre::ALL.len()]),
        38 => LevelEdit::EnemyKind { name: foe, kind: enemy("it", a, there, figure).kind },
        _ => LevelEdit::Resize { columns: 24, rows: 16, left: 0, above: 0 },
    }
}

fn stock(a: u16, figure: f64, ms: u64) -> EnemyStock {
    let EnemyStock { kind, .. } = EnemyStock { kind: enemy("it", a, Cell::new(1, 1), 0.0).kind, ..first(ms) };
    EnemyStock { kind, count: u32::from(a % 40), price: figure as u32, ..first(ms) }
}

fn first(ms: u64) -> EnemyStock {
    Chaos::first(ms).arsenal.remove(0)
}

fn chaos(a: u16, figure: f64, ms: u64) -> Chaos {
    let arsenal = (0..a % 4).map(|nth| stock(a + nth, figure, ms)).collect();
    Chaos { faults: u32::from(a % 40), radius: u32::from(a % 70), arsenal }
}

fn step(name: &str, a: u16, at: Cell, figure: f64) -> Step {
    let named = || Which::Named(name.to_owned());
    let any = || Which::Any(Kind::ALL[usize::from(a) % Kind::ALL.len()]);
    let fault = EnemyKind::ALL[usize::from(a) % EnemyKind::ALL.len()];
    let plain = match a % 7 {
        0 => Condition::Placed(Kind::WarpPipe),
        1 => Condition::Joined(named(), any()),
        2 => Condition::Turned(named(), "queue".into()),
        3 => Condition::Passed(figure as u64),
        4 => Condition::Loosed(fault),
        5 => Condition::Flowing,
        _ => Condition::Won,
    };
    // Some stand deeper in one another than a file can nest.
    let nested = |inner, _| Condition::Either(vec![inner, Condition::Ordered]);
    let until = (0..a / 7 % 12).fold(plain, nested);
    let points = vec![
        Pointer::Cell(at),
        Pointer::Pipe(any(), named()),
        Pointer::Loose(fault, at),
        Pointer::Button(Button::Hint),
    ];
    Step { text: format!("step-{}", a % 5), points: points.into_iter().take(usize::from(a % 5)).collect(), until }
}

fn room(figure: f64) -> MachineRoomSpec {
    let KindSpec::MachineRoom(room) = Kind::MachineRoom.default_spec() else { unreachable!("that is what it is") };
    MachineRoomSpec { service_time: room.service_time.with_mean_ms(figure), outlets: figure as u8 % 5, ..room }
}

fn class(a: u16, figure: f64) -> ClassRate {
    let timeout_ms = (a.is_multiple_of(5)).then_some(900);
    ClassRate {
        class: Class::ALL[usize::from(a % 3)],
        rate_per_s: figure,
        timeout_ms,
        request_bytes: None,
        response_bytes: Some(7),
        priority: Some(2),
        idempotent: Some(a.is_multiple_of(2)),
    }
}

fn profile(b: u16, ms: u64, figure: f64) -> Profile {
    match b % 8 {
        0 => Profile::Constant,
        5 => Profile::Steady,
        6 => Profile::Recorded { at_ms: vec![ms / 2, ms, ms.wrapping_mul(u64::from(b))] },
        7 => Profile::Bursts { calm_ms: ms, burst_ms: u64::from(b), factor: figure },
        1 => Profile::Spike { at_ms: ms, for_ms: 500, factor: figure },
        2 => Profile::Users { users: u32::from(b), think_ms: figure },
        3 => Profile::Ramp { from_ms: 5, to_ms: ms, factor: figure },
        _ => Profile::Curve { points: vec![(0, 1.0), (ms, figure)], repeat_ms: Some(60_000) },
    }
}

fn enemy(name: &str, a: u16, at: Cell, figure: f64) -> Enemy {
    let source = shelf::level(if a.is_multiple_of(2) { LEVELS[0] } else { "2-communication/piranha-crossing" });
    let mut enemy = source.enemies[usize::from(a / 2) % source.enemies.len()].clone();
    enemy.name = name.into();
    enemy.cells = vec![at];
    enemy.kind = kind(a, figure).unwrap_or(enemy.kind);
    if figure > 1_000.0 {
        enemy.schedule = Schedule::Every { first_ms: figure as u64, every_ms: 900, for_ms: 100 };
    }
    enemy
}

/// What an enemy is, in whatever form, within bounds or not; as it was found where nothing is said.
fn kind(a: u16, figure: f64) -> Option<EnemySpec> {
    let percent = figure;
    let grip = match a / 3 % 12 {
        0 => Grip::ShutForward,
        1 => Grip::ShutBackward,
        2 => Grip::Leak { percent },
        3 => Grip::Squeeze { percent },
        4 => Grip::Shut,
        nth @ 5..8 => {
            let blow = [Blow::Errors { percent }, Blow::Vanish, Blow::Slow { factor: figure }][usize::from(nth - 5)];
            let replicas = (!a.is_multiple_of(3)).then(|| u32::from(a % 5) * 40);
            return Some(EnemySpec::CoordinationThwomp(CoordinationThwompSpec { blow, replicas }));
        }
        _ => return None,
    };
    Some(EnemySpec::CircuitBreakerThwomp(CircuitBreakerThwompSpec { grip }))
}

fn objective(a: u16, figure: f64) -> Objective {
    match a % 5 {
        0 => Objective::GoodShare { at_least: figure, within_ms: 400.0 },
        1 => Objective::Beaten { at_least: u32::from(a) },
        2 => Objective::ClassShare { class: Class::Buy, at_least: 0.5, within_ms: figure },
        3 => Objective::Cost { at_most: u32::from(a) },
        _ => Objective::P99 { at_most_ms: figure },
    }
}

/// What must be true of any draft.
fn is_sound(draft: &Draft) -> Result<(), TestCaseError> {
    let again = Draft::from_text(draft.text());
    prop_assert_eq!(again.as_ref(), Ok(draft), "{}", draft.text());
    prop_assert_eq!(Level::parse(draft.text()).is_ok(), draft.is_playable(), "{:?}", draft.problems());
    let _ = (draft.board().joints().count(), draft.board().cost(), draft.board().blueprint(draft.level()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn undo_leads_back_and_redo_forth_and_text_says_what_the_picture_shows(draft in start(), genes in genes()) {
        let mut draft = draft;
        let mut states = vec![draft.clone()];
        for gene in &genes {
            let edit = edit(&draft, gene);
            let before = draft.clone();
            match draft.apply(&edit) {
                Ok(()) => is_sound(&draft)?,
                Err(_) => prop_assert_eq!(&draft, &before, "a refused edit changes nothing: {:?}", edit),
            }
            if draft != before {
                states.push(draft.clone());
            }
        }
        let snapshot = draft.snapshot().to_text(usize::MAX);
        let mut kept = Draft::restore(Snapshot::parse(&snapshot).expect("a snapshot can be read")).expect("and restored");
        for state in states.iter().rev().skip(1) {
            prop_assert!(draft.undo() && kept.undo());
            prop_assert_eq!(&draft, state);
            prop_assert_eq!(&kept, state);
        }
        prop_assert!(!draft.can_undo() && !kept.undo());
        for state in states.iter().skip(1) {
            prop_assert!(draft.redo() && kept.redo());
            prop_assert_eq!(&draft, state);
            prop_assert_eq!(&kept, state);
        }
        prop_assert!(!draft.can_redo());
    }

    #[test]
    fn a_quick_fix_is_carried_out_and_mends_what_it_is_for(draft in start(), genes in genes()) {
        let mut draft = draft;
        for gene in &genes {
            let _ = draft.apply(&edit(&draft, gene));
        }
        for problem in draft.problems().to_vec() {
            let Some(fix) = &problem.fix else { continue };
            let mut mended = draft.clone();
            prop_assert_eq!(mended.apply(fix), Ok(()), "{:?}", problem);
            // Where one goes, another may take its place.
            let same = |draft: &Draft| draft.problems().iter().filter(|other| other.flaw == problem.flaw).count();
            let fewer = same(&mended) < same(&draft);
            prop_assert!(fewer || problem.severity == Severity::Warning, "{:?}", problem);
            is_sound(&mended)?;
        }
    }

    #[test]
    fn any_text_gives_a_draft_or_errors(text in mutation::mutated(shelf::SMALL), extreme in mutation::extreme(shelf::RICH)) {
        for text in [text, extreme] {
            match Draft::from_text(&text) {
                Ok(draft) => is_sound(&draft)?,
                Err(errors) => prop_assert!(!errors.0.is_empty()),
            }
        }
    }

    #[test]
    fn any_snapshot_gives_a_draft_or_errors(index in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut draft = Draft::blank(8, 8);
        for column in 1..5 {
            draft.apply(&LevelEdit::Paint { cells: vec![Cell::new(column, 4)], ground: Ground::Rock }).expect("it is painted");
        }
        draft.undo();
        let mut bytes = draft.snapshot().to_text(usize::MAX).into_bytes();
        let at = index.index(bytes.len());
        bytes[at] ^= byte;
        let Ok(snapshot) = Snapshot::parse(&String::from_utf8_lossy(&bytes)) else { return Ok(()) };
        let Ok(mut draft) = Draft::restore(snapshot) else { return Ok(()) };
        while draft.undo() {}
        while draft.redo() {}
        is_sound(&draft)?;
    }
}
