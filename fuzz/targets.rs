//! What fuzzing tries: whatever comes from strangers is refused or understood, and never panics, loops or fills memory.
//! What was understood is written and read again, and is then the same.
//!
//! The targets of `fuzz_targets/` and the test that replays the corpus (`src/lab/tests/corpus.rs`) share this file.

use pipe_maze_level::draft::Snapshot;
use pipe_maze_level::replay::Rerun;
use pipe_maze_level::timeline::Restoring;
use pipe_maze_level::{Board, Certificate, Draft, Level, Play, Replay, Shared, Solution};
use pipe_maze_mesh::import_mesh;
use pipe_maze_progress::{BYTES_MAX, Progress};

const LEVEL: &str = include_str!("../levels/3-flow-control/two-rooms.ron");
/// Events of the simulation that an input may take.
const EVENTS_MAX: u64 = 5_000;

/// A target by its name.
pub type Target = fn(&[u8]);

/// All targets.
pub const TARGETS: [(&str, Target); 10] = [
    ("level", level),
    ("solution", solution),
    ("replay", replay),
    ("code", code),
    ("file", file),
    ("parts", parts),
    ("certificate", certificate),
    ("snapshot", snapshot),
    ("mesh", mesh),
    ("progress", progress),
];

/// A level file: read, written, read again, and played for a moment.
pub fn level(data: &[u8]) {
    let Some(Ok(level)) = text(data).map(Level::parse) else { return };
    let again = Level::parse(&level.to_text());
    assert_eq!(again.as_ref(), Ok(&level), "written and read again");
    if let Ok(mut play) = Play::start(&level, &Board::new(&level), 1) {
        play.advance_within(play.ends_at(), &mut { EVENTS_MAX }, &mut ());
        let _ = (play.report(), play.digest(), play.verdict());
    }
}

/// A solution file: read, written, read again, built and played for a moment.
pub fn solution(data: &[u8]) {
    let Some(Ok(solution)) = text(data).map(Solution::parse) else { return };
    let again = Solution::parse(&solution.to_text()).unwrap_or_else(|e| panic!("written and read again: {e}"));
    // One with a number that is none equals nothing, not even itself.
    assert!(again == solution || !is_itself(&solution), "written and read again");
    let level = fixed_level();
    if let Ok(board) = solution.board(&level)
        && let Ok(mut play) = Play::start(&level, &board, 1)
    {
        play.advance_within(play.ends_at(), &mut { EVENTS_MAX }, &mut ());
    }
}

/// A replay file: read, written, read again, computed and taken apart into branches for a moment.
pub fn replay(data: &[u8]) {
    let Some(Ok(replay)) = text(data).map(Replay::parse) else { return };
    replayed(&replay);
}

/// A text with a share code.
pub fn code(data: &[u8]) {
    let Some(Ok(shared)) = text(data).map(Shared::from_code) else { return };
    shared_again(&shared);
}

/// A file of any kind.
pub fn file(data: &[u8]) {
    let Ok(shared) = Shared::open(data) else { return };
    shared_again(&shared);
}

/// What lies in a file, with a checksum that is right: as a block that is not compressed.
pub fn parts(data: &[u8]) {
    let mut bytes = b"PIPEMAZE\x01".to_vec();
    let mut blocks = data.chunks(usize::from(u16::MAX)).peekable();
    if blocks.peek().is_none() {
        bytes.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        bytes.push(u8::from(blocks.peek().is_none()));
        bytes.extend(length.to_le_bytes());
        bytes.extend((!length).to_le_bytes());
        bytes.extend(block);
    }
    bytes.extend(crc32fast::hash(data).to_le_bytes());
    match Shared::from_bytes(&bytes) {
        Ok(shared) => shared_again(&shared),
        Err(error) => assert!(!error.to_string().is_empty() && error.key().starts_with("share-")),
    }
}

/// The certificate of a level.
pub fn certificate(data: &[u8]) {
    let Some(Ok(certificate)) = text(data).map(Certificate::parse) else { return };
    let _ = certificate.claims_to_hold();
    let again = Certificate::parse(&certificate.to_text()).unwrap_or_else(|e| panic!("written and read again: {e}"));
    assert!(again == certificate || !is_itself(&certificate), "written and read again");
}

/// A draft of the editor, as it is kept between sittings.
pub fn snapshot(data: &[u8]) {
    let Some(Ok(snapshot)) = text(data).map(Snapshot::parse) else { return };
    let Ok(mut draft) = Draft::restore(snapshot) else { return };
    for _ in 0..8 {
        let _ = draft.undo();
    }
    for _ in 0..8 {
        let _ = draft.redo();
    }
    let _ = (draft.problems(), draft.board(), draft.text());
}

/// The configuration of a service mesh: read, made a board, which is shown and written, and built back to nothing.
pub fn mesh(data: &[u8]) {
    let Some(read) = text(data).map(import_mesh) else { return };
    let mut draft = match read {
        Ok(import) => import.draft,
        Err(error) => return assert!(!error.message.is_empty()),
    };
    let _ = (draft.problems(), draft.board());
    let again = Draft::from_text(draft.text()).unwrap_or_else(|e| panic!("written and read again: {e}"));
    assert!(again == draft, "written and read again");
    while draft.undo() {}
    assert!(draft.board().pieces().is_empty());
}

/// What the player has achieved: read as it is carried elsewhere and as it is kept, written, read again, and merged.
pub fn progress(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let read = Progress::from_text(text);
    let kept = serde_json::from_str::<Progress>(text).ok();
    let Ok(progress) = read else { return assert!(kept.is_none() || text.len() > BYTES_MAX) };
    assert_eq!(kept.as_ref(), Some(&progress), "one text, one meaning");
    assert_eq!(Progress::from_text(&progress.to_text()).as_ref(), Ok(&progress), "written and read again");
    let (mut merged, mut doubled) = (Progress::default(), progress.clone());
    merged.merge(&progress);
    doubled.merge(&progress);
    assert!(merged == progress && doubled == progress, "merged with nothing, and with itself");
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

#[expect(clippy::eq_op, reason = "that is what tells a value with NaN from all others")]
fn is_itself<T: PartialEq>(value: &T) -> bool {
    value == value
}

fn fixed_level() -> Level {
    Level::parse(LEVEL).unwrap_or_else(|e| panic!("the level of the repository: {e}"))
}

fn replayed(replay: &Replay) {
    let again = Replay::parse(&replay.to_text()).unwrap_or_else(|e| panic!("written and read again: {e}"));
    assert!(again == *replay || !is_itself(replay), "written and read again");
    let level = fixed_level();
    if let Ok(mut rerun) = Rerun::new(&level, replay) {
        let _ = rerun.advance(EVENTS_MAX);
        assert!((0.0..=1.0).contains(&rerun.done_share()));
    }
    if let Ok(mut restoring) = Restoring::new(&level, replay) {
        let _ = restoring.advance(EVENTS_MAX);
        assert!((0.0..=1.0).contains(&restoring.done_share()));
    }
}

fn shared_again(shared: &Shared) {
    if let Ok(code) = shared.to_code() {
        let again = Shared::from_code(&code).unwrap_or_else(|e| panic!("written and read again: {e}"));
        assert!(again == *shared || !is_itself(shared), "written and read again");
    }
    if let Shared::Replay(shared) = shared {
        replayed(&shared.replay);
    }
}
