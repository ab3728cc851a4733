//! Share codes, files and QR codes: what goes in comes out, it is small, and what comes from strangers is harmless.

mod shelf;

use pipe_maze_level::limits::{LINK_BYTES_PRACTICAL, QR_BYTES_MAX};
use pipe_maze_level::replay::Check;
use pipe_maze_level::share::{
    LevelText, Pack, ShareError, SharedLevel, SharedReplay, SharedSolution, code_in, link, qr,
};
use pipe_maze_level::{Prover, Replay, Shared, Solution, Timeline};
use pipe_maze_sim::Time;
use proptest::prelude::*;
use std::sync::Arc;

const PAGE: &str = "https://pipe-maze.example/play/";

/// A level with everything that lies beside it.
fn with_candidates(path: &str) -> SharedLevel {
    let mut shared =
        SharedLevel::from(LevelText::parse(shelf::text(&format!("{path}.ron"))).expect("the campaign is sound"));
    for (name, solution) in shelf::candidates(path) {
        let list = if name.starts_with("decoy") { &mut shared.decoys } else { &mut shared.solutions };
        list.push((name, solution));
    }
    assert!(!shared.solutions.is_empty() && !shared.decoys.is_empty(), "{path}");
    shared
}

fn solution_of(path: &str, name: &str, solution: &Solution) -> Shared {
    let level_hash = Some(LevelText::parse(shelf::text(&format!("{path}.ron"))).expect("the campaign is sound").hash());
    assert!(!name.is_empty());
    Shared::Solution(Box::new(SharedSolution { solution: solution.clone(), level_hash, level: None }))
}

/// A run of a solution with two branches: one made in the past, and a fork.
fn branched(path: &str) -> (LevelText, Timeline) {
    let level = LevelText::parse(shelf::text(&format!("{path}.ron"))).expect("the campaign is sound");
    let (_, board) = shelf::built(path, "solution");
    let mut timeline = Timeline::start(&level.level, &board, 5).expect("the campaign is sound");
    if level.level.chaos.is_some() {
        // There the system stays as it is: nothing can be ordered.
        timeline.advance_to(Time::MAX, &mut ());
        return (level, timeline);
    }
    let pipe = board.pipes()[0].name.clone();
    let valve = |shut| pipe_maze_level::Edit::Valve { name: pipe.clone(), shut };
    timeline.advance_to(Time::from_ms(2_000), &mut ());
    timeline.command(&valve(true), &mut ()).expect("the campaign is sound");
    timeline.advance_to(Time::from_ms(2_500), &mut ());
    timeline.command(&valve(false), &mut ()).expect("the campaign is sound");
    timeline.advance_to(Time::from_ms(6_000), &mut ());
    timeline.seek(Time::from_ms(1_000));
    timeline.fork(&valve(true), &mut ()).expect("the campaign is sound");
    timeline.advance_to(Time::from_ms(3_000), &mut ());
    timeline.seek(Time::from_ms(1_500));
    timeline.command(&valve(false), &mut ()).expect("the campaign is sound");
    timeline.advance_to(Time::MAX, &mut ());
    (level, timeline)
}

fn replay_of(path: &str) -> Shared {
    let (level, timeline) = branched(path);
    let replay = Replay::of_timeline(&level.level, &level.text, &timeline).expect("the campaign is sound");
    Shared::Replay(Box::new(SharedReplay { replay, level: None }))
}

fn survives(shared: &Shared) -> String {
    let code = shared.to_code().expect("the campaign is sound");
    assert_eq!(Shared::from_code(&code).as_ref(), Ok(shared));
    let bytes = shared.to_bytes().expect("the campaign is sound");
    assert_eq!(Shared::from_bytes(&bytes).as_ref(), Ok(shared));
    assert_eq!(Shared::open(&bytes).as_ref(), Ok(shared));
    assert_eq!(Shared::open(code.as_bytes()).as_ref(), Ok(shared));
    assert!(bytes.len() < code.len());
    code
}

#[test]
fn all_of_the_campaign_goes_into_links_that_chats_carry() {
    let (mut lines, mut solutions) = (Vec::new(), 0);
    for path in shelf::campaign().levels {
        let shared = with_candidates(&path);
        for (name, solution) in shared.solutions.iter().chain(&shared.decoys) {
            let link = link(PAGE, &survives(&solution_of(&path, name, solution)));
            assert!(link.len() <= 800, "{path}, {name}: {}", link.len());
            let code = qr(&link).unwrap_or_else(|e| panic!("{path}, {name}: {e}"));
            lines.push(format!("{path}.{name}: link {}, qr {}", link.len(), code.side()));
            solutions += 1;
        }
        let alone = SharedLevel::from(shared.level.clone());
        let link_of = |shared: SharedLevel| link(PAGE, &survives(&Shared::Level(Box::new(shared)))).len();
        let (alone, proved) = (link_of(alone), link_of(shared.clone()));
        let replay = link(PAGE, &survives(&replay_of(&path))).len();
        assert!(alone <= LINK_BYTES_PRACTICAL && proved <= LINK_BYTES_PRACTICAL, "{path}: {alone}, {proved}");
        assert!(replay <= QR_BYTES_MAX, "{path}: {replay}");
        lines.push(format!(
            "{path}: {} as text, link {alone}, with solutions {proved}, replay {replay}",
            shared.level.text.len()
        ));
    }
    println!("{}", lines.join("\n"));
    assert!(solutions > 25, "{solutions}");
}

#[test]
fn a_pack_keeps_the_order_and_the_proofs() {
    let paths = shelf::campaign().levels;
    let mut levels: Vec<SharedLevel> = paths.iter().take(3).map(|path| with_candidates(path)).collect();
    let first = &levels[0];
    let level = Arc::new(first.level.level.clone());
    let mut prover = Prover::new(level, &first.solutions, &first.decoys, 100, 2);
    while !prover.advance(1_000_000).unwrap() {}
    levels[0].proof = prover.certificate(&levels[0].level.text);
    assert!(levels[0].proof.as_ref().unwrap().claims_to_hold());
    let shared = Shared::Pack(Pack { title: "Für die Klasse 7b".into(), levels });
    let bytes = shared.to_bytes().unwrap();
    let Ok(Shared::Pack(pack)) = Shared::open(&bytes) else { panic!("no pack") };
    assert_eq!(Shared::Pack(pack.clone()), shared);
    let proved = &pack.levels[0];
    let certificate = proved.proof.as_ref().unwrap();
    let mut prover = certificate.prover(Arc::new(proved.level.level.clone()));
    while !prover.advance(1_000_000).unwrap() {}
    assert_eq!(certificate.check(&proved.level.text, &prover.proof().unwrap()), Check::Verified);
    let twice =
        Shared::Pack(Pack { title: String::new(), levels: vec![pack.levels[1].clone(), pack.levels[1].clone()] });
    assert_eq!(Shared::open(&twice.to_bytes().unwrap()), Err(ShareError::Parts("it has two levels of one id")));
}

#[test]
fn what_lies_with_its_level_belongs_to_it() {
    let level = LevelText::parse(shelf::SMALL).unwrap();
    let solution = Solution { level: "small".into(), ..Solution::default() };
    let shared = SharedSolution { level_hash: Some(level.hash()), solution, level: Some(level.clone()) };
    survives(&Shared::Solution(Box::new(shared.clone())));
    let solution = Solution { level: "other".into(), ..Solution::default() };
    let wrong = Shared::Solution(Box::new(SharedSolution { solution: solution.clone(), ..shared }));
    let other = ShareError::OtherLevel { wanted: "other".into(), found: "small".into() };
    assert_eq!(Shared::from_code(&wrong.to_code().unwrap()), Err(other.clone()));
    let solutions = vec![("solution".into(), solution)];
    let wrong = Shared::Level(Box::new(SharedLevel { solutions, ..SharedLevel::from(level.clone()) }));
    assert_eq!(Shared::from_code(&wrong.to_code().unwrap()), Err(other));
    let solution = Solution { level: "small".into(), ..Solution::default() };
    let outside = vec![("../../evil".into(), solution)];
    let wrong = Shared::Level(Box::new(SharedLevel { decoys: outside, ..SharedLevel::from(level) }));
    let Err(ShareError::Parts(message)) = Shared::from_code(&wrong.to_code().unwrap()) else { panic!("accepted") };
    assert!(message.contains("bad name"), "{message}");
}

#[test]
fn a_code_is_found_in_what_people_paste() {
    let path = "3-flow-control/two-rooms";
    let shared = solution_of(path, "solution", &shelf::solution(&format!("{path}.solution")));
    let code = shared.to_code().unwrap();
    let link = link("https://pipe-maze.example/play/#pm1-old", &code);
    assert_eq!(link, format!("{PAGE}#{code}"));
    assert_eq!(code_in(&link), Some(code.as_str()));
    let (head, tail) = code.split_at(70);
    for text in [
        format!("  {link}\n"),
        format!("Look, pm me: <{link}>, it holds."),
        format!("({link})"),
        format!("> {PAGE}#{head}\r\n{tail}\r\n"),
        format!("{head}\n    {tail}\nGreetings"),
    ] {
        assert_eq!(Shared::from_code(&text).as_ref(), Ok(&shared), "{text}");
        assert_eq!(Shared::open(text.as_bytes()).as_ref(), Ok(&shared), "{text}");
    }
    for text in ["", "https://pipe-maze.example/", "pm-abc", "spm1-abc", "pm99999-abc", "pm1"] {
        assert_eq!(Shared::from_code(text), Err(ShareError::NoCode), "{text}");
        assert_eq!(code_in(text), None, "{text}");
    }
}

#[test]
fn texts_of_levels_solutions_and_replays_open_too() {
    let path = "3-flow-control/two-rooms";
    let text = shelf::text(&format!("{path}.ron"));
    let Ok(Shared::Level(level)) = Shared::open(text.as_bytes()) else { panic!("no level") };
    assert_eq!((level.level.level.id.as_str(), &level.level.text), ("two-rooms", &text));
    let solution = shelf::solution(&format!("{path}.solution"));
    let Ok(Shared::Solution(shared)) = Shared::open(solution.to_text().as_bytes()) else { panic!("no solution") };
    assert_eq!(shared.solution, solution);
    let Shared::Replay(replay) = replay_of(path) else { panic!("no replay") };
    let Ok(Shared::Replay(read)) = Shared::open(replay.replay.to_text().as_bytes()) else { panic!("no replay") };
    assert_eq!(read.replay, replay.replay);
    assert_eq!(Shared::open(b"(format: 1, levels: [])"), Err(ShareError::NoFile));
    assert_eq!(Shared::open(&[0xff, 0xd8, 0xff]), Err(ShareError::NoFile));
    let bad = text.replace("budget: 260", "budget: -4");
    let Err(error) = Shared::open(bad.as_bytes()) else { panic!("accepted") };
    assert!(error.to_string().starts_with("level: line"), "{error}");
}

#[test]
fn what_is_newer_cut_off_or_damaged_says_so() {
    let path = "3-flow-control/two-rooms";
    let shared = solution_of(path, "solution", &shelf::solution(&format!("{path}.solution")));
    let (code, bytes) = (shared.to_code().unwrap(), shared.to_bytes().unwrap());
    assert_eq!(Shared::from_code(&code.replacen("pm1-", "pm2-", 1)), Err(ShareError::Newer { format: 2 }));
    let mut newer = bytes.clone();
    newer[8] = 9;
    assert_eq!(Shared::from_bytes(&newer), Err(ShareError::Newer { format: 9 }));
    for cut in 4..code.len() {
        let error = Shared::from_code(&code[..cut]).unwrap_err();
        assert!(matches!(error, ShareError::CutOff | ShareError::Damaged), "cut at {cut}: {error:?}");
    }
    for cut in 0..bytes.len() {
        let error = Shared::open(&bytes[..cut]).unwrap_err();
        assert!(
            matches!(error, ShareError::CutOff | ShareError::Damaged | ShareError::NoFile),
            "cut at {cut}: {error:?}"
        );
    }
    let long = format!("pm1-{}", "A".repeat(300_000));
    assert!(matches!(Shared::from_code(&long), Err(ShareError::TooLong { .. })));
    let large = [&b"PIPEMAZE\x01"[..], &vec![0; 5 << 20]].concat();
    assert!(matches!(Shared::from_bytes(&large), Err(ShareError::TooLong { .. })));
    for error in [ShareError::NoCode, ShareError::CutOff, ShareError::Damaged, ShareError::Newer { format: 2 }] {
        assert!(error.key().starts_with("share-") && error.to_string().contains(": "), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn noise_never_opens_and_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300), magic: bool) {
        let file = if magic { [&b"PIPEMAZE\x01"[..], &bytes].concat() } else { bytes.clone() };
        prop_assert!(Shared::open(&file).is_err());
        let code = format!("pm1-{}", String::from_utf8_lossy(&bytes));
        prop_assert!(Shared::from_code(&code).is_err());
    }

    #[test]
    fn one_wrong_letter_is_noticed(at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
        let path = "3-flow-control/two-rooms";
        let shared = solution_of(path, "solution", &shelf::solution(&format!("{path}.solution")));
        let code = shared.to_code().unwrap();
        let at = 4 + at.index(code.len() - 4);
        let wrong = format!("{}{letter}{}", &code[..at], &code[at + 1..]);
        // Bits behind the end of what is packed mean nothing.
        prop_assert!(Shared::from_code(&wrong).is_ok_and(|read| read == shared) || Shared::from_code(&wrong).is_err());
    }
}
