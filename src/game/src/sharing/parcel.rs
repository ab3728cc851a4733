//! What is handed on, in each of the ways in which it can be: as a link, as a picture of that link, as a file.

use crate::exchange;
use crate::loading::Levels;
use crate::session::Session;
use pipe_maze_level::limits::LINK_BYTES_PRACTICAL;
use pipe_maze_level::replay::level_hash;
use pipe_maze_level::share::{self, LevelText, QrCode, Shared, SharedReplay, SharedSolution};
use pipe_maze_level::{Level, Replay, Solution};

/// Light squares around the picture of a link, as readers need them.
const QR_MARGIN: u32 = 4;

/// Something that is handed on.
#[derive(Clone, PartialEq, Debug)]
pub struct Parcel {
    /// The link, or where there is no page the code alone; nothing where it is too long for one.
    pub link: Option<String>,
    /// The picture of the link; nothing where it is too long for one.
    pub qr: Option<QrCode>,
    /// The file; nothing where it is larger than a file may be.
    pub file: Option<Vec<u8>>,
}

impl Parcel {
    /// Of something that can be shared.
    pub fn of(shared: &Shared) -> Self {
        let code = shared.to_code().ok();
        let link = code.map(|code| exchange::address().map_or(code.clone(), |page| share::link(&page, &code)));
        let qr = link.as_deref().and_then(|link| share::qr(link).ok());
        Self { link, qr, file: shared.to_bytes().ok() }
    }

    /// Whether chats and mail programs carry the link whole.
    pub fn is_practical(&self) -> bool {
        self.link.as_ref().is_some_and(|link| link.len() <= LINK_BYTES_PRACTICAL)
    }
}

/// Which squares of a picture of a link are dark, row by row with the margin, and how many a row has.
pub fn squares(code: &QrCode) -> (u32, Vec<bool>) {
    let side = code.side() + 2 * QR_MARGIN;
    let dark = |n: u32| code.is_dark((n % side).wrapping_sub(QR_MARGIN), (n / side).wrapping_sub(QR_MARGIN));
    (side, (0..side * side).map(dark).collect())
}

/// The text of a level, and whether whoever has the game has that level.
fn text_of(levels: &Levels, level: &Level) -> (String, bool) {
    levels.text_of(level).map_or_else(|| (level.to_text(), false), |text| (text.to_owned(), true))
}

/// The level as it lies with what is for it, where it is none of the campaign.
fn enclosed(level: &Level, (text, is_known): &(String, bool)) -> Option<LevelText> {
    (!is_known).then(|| LevelText { level: level.clone(), text: text.clone() })
}

/// The run with all its branches, to watch, fork and verify. Nothing where none flows.
pub fn run(session: &Session, levels: &Levels) -> Option<Shared> {
    let level = session.level();
    let text = text_of(levels, level);
    let replay = Replay::of_timeline(level, &text.0, session.timeline()?)?;
    Some(Shared::Replay(Box::new(SharedReplay { replay, level: enclosed(level, &text) })))
}

/// The build alone, as it stood when the water came, or stands now.
pub fn build(session: &Session, levels: &Levels) -> Option<Shared> {
    let level = session.level();
    let text = text_of(levels, level);
    let solution = Solution { level: level.id.clone(), plan: session.plan().edits(level)?, flow: Vec::new() };
    let level_hash = Some(level_hash(&text.0));
    Some(Shared::Solution(Box::new(SharedSolution { solution, level_hash, level: enclosed(level, &text) })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn a_run_travels_with_its_level_where_nobody_else_has_it() {
        let mut session = flowing();
        session.advance_ns(3_000_000_000);
        let alone = run(&session, &Levels::of(vec![session.level().clone()])).unwrap();
        let with_level = run(&session, &Levels::of(Vec::new())).unwrap();
        assert!(alone.level().is_none() && with_level.level().unwrap().level == *session.level());
        let Shared::Replay(opened) = Shared::from_code(&Parcel::of(&with_level).link.unwrap()).unwrap() else {
            panic!("a replay stays one");
        };
        let digest = session.play().unwrap().digest().to_string();
        assert_eq!(opened.replay.digest, digest);
        let (check, _) = opened.replay.check(session.level(), &opened.level.unwrap().text).unwrap();
        assert_eq!(check, pipe_maze_level::replay::Check::Verified);
    }

    #[test]
    fn a_build_travels_without_what_was_ordered_later() {
        let session = flowing();
        let shared = build(&session, &Levels::of(vec![session.level().clone()])).unwrap();
        let Shared::Solution(opened) = Shared::from_bytes(&Parcel::of(&shared).file.unwrap()).unwrap() else {
            panic!("a solution stays one");
        };
        assert!(opened.level.is_none() && opened.solution.flow.is_empty());
        assert_eq!(&opened.solution.board(session.level()).unwrap(), session.plan());
    }

    #[test]
    fn the_picture_of_a_link_has_a_light_margin() {
        let code = share::qr("https://example.org/#pm1-abc").unwrap();
        let (side, dark) = squares(&code);
        assert_eq!(dark.len(), (side * side) as usize);
        let margin = QR_MARGIN as usize * (side as usize + 1);
        assert!(!dark[..margin].contains(&true) && dark[margin], "the corner's mark begins after the margin");
    }
}
