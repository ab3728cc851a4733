//! What changes on the board, whoever changed it.

use super::super::cell::{called, pipe, place};
use super::super::live::{Live, Weight};
use super::HappeningSystems;
use crate::Screen;
use crate::session::Session;
use crate::text::Texts;
use bevy::prelude::*;
use pipe_maze_level::Board;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(HappeningSystems));
}

/// Most changes that are told one by one.
const CHANGES_MAX: usize = 3;

fn listen(
    (screen, session, texts): (Res<State<Screen>>, Option<Res<Session>>, Res<Texts>),
    mut before: Local<Option<(u64, String, Board)>>,
    mut live: ResMut<Live>,
) {
    let Some(session) = session.filter(|_| *screen.get() == Screen::Board) else { return };
    if before.as_ref().is_some_and(|(revision, ..)| *revision == session.revision()) {
        return;
    }
    let id = session.level().id.clone();
    let now = (session.revision(), id.clone(), session.board().clone());
    let Some((_, _, old)) = before.replace(now).filter(|(_, level, _)| *level == id) else { return };
    if let Some(words) = change(&texts, &session, &old) {
        live.bypass_change_detection().tell("board", Weight::News, words);
    }
}

/// What is different from an earlier board, and while one plans what is left to spend.
fn change(texts: &Texts, session: &Session, old: &Board) -> Option<String> {
    let mut changes = pieces(texts, session, old);
    changes.extend(pipes(texts, session, old));
    if changes.is_empty() {
        return None;
    }
    let count = changes.len();
    let mut words =
        if count > CHANGES_MAX { texts.with("happen-many", &[("count", count.into())]) } else { changes.join(". ") };
    if session.play().is_none() && session.board().coins_left() != old.coins_left() {
        let left = texts.with("standing-coins", &[("left", session.board().coins_left().into())]);
        words = format!("{words}. {left}");
    }
    Some(words)
}

fn pieces(texts: &Texts, session: &Session, old: &Board) -> Vec<String> {
    let board = session.board();
    let mut changes = Vec::new();
    for piece in board.pieces() {
        let key = match old.piece(&piece.name) {
            None => "happen-placed",
            Some(before) if before.at != piece.at => "happen-moved",
            Some(before) if before.facing != piece.facing => "happen-turned",
            Some(_) => continue,
        };
        let variables = [("what", called(texts, session, piece).into()), ("place", place(texts, piece.at).into())];
        changes.push(texts.with(key, &variables));
    }
    let gone = old.pieces().iter().filter(|piece| board.piece(&piece.name).is_none());
    changes.extend(gone.map(|piece| texts.with("happen-removed", &[("what", called(texts, session, piece).into())])));
    changes
}

fn pipes(texts: &Texts, session: &Session, old: &Board) -> Vec<String> {
    let board = session.board();
    let mut changes = Vec::new();
    for joint in board.joints() {
        let was_whole = old.joints().any(|before| before.pipe.name == joint.pipe.name && before.is_whole());
        let key = match old.pipe(&joint.pipe.name) {
            None => "happen-laid",
            Some(before) if before.shut != joint.pipe.shut => {
                if joint.pipe.shut {
                    "happen-shut"
                } else {
                    "happen-open"
                }
            }
            Some(before) if before.cells != joint.pipe.cells => "happen-led",
            Some(_) if was_whole != joint.is_whole() => {
                if joint.is_whole() {
                    "happen-joined"
                } else {
                    "happen-parted"
                }
            }
            Some(_) => continue,
        };
        changes.push(texts.with(key, &[("what", pipe(texts, session, &joint).into())]));
    }
    let gone = old.pipes().iter().filter(|pipe| board.pipe(&pipe.name).is_none());
    changes.extend(gone.map(|_| texts.with("happen-removed", &[("what", texts.get("tool-pipe").into())])));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Cell, Edit, Kind, Level, Solution};

    const LEVEL: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.solution.ron");

    #[test]
    fn each_edit_says_what_it_did() {
        let texts = Texts::english();
        let mut session = Session::open(Level::parse(LEVEL).unwrap());
        let said = |session: &mut Session, edit: Edit| {
            let old = session.board().clone();
            session.edit(&edit).unwrap();
            change(&texts, session, &old).unwrap_or_default()
        };
        let name = "w".to_owned();
        let placed = said(&mut session, Edit::Place { name: name.clone(), kind: Kind::WarpPipe, at: Cell::new(4, 3) });
        assert_eq!(placed, "Placed: Warp Pipe, column 5, row 4. 180 coins left");
        let cells = [(3, 2), (3, 3), (3, 4)].map(|(column, row)| Cell::new(column, row)).to_vec();
        let laid = said(&mut session, Edit::LayPipe { name: "p".into(), cells });
        assert_eq!(laid, "Laid: Pipe from Spring to Warp Pipe. 165 coins left");
        let shut = said(&mut session, Edit::Valve { name: "p".into(), shut: true });
        assert!(shut.starts_with("Shut: Pipe from Spring to Warp Pipe"), "{shut}");
        let removed = said(&mut session, Edit::Remove { name });
        assert!(removed.starts_with("Removed: Warp Pipe"), "{removed}");
    }

    #[test]
    fn many_changes_at_once_are_counted() {
        let texts = Texts::english();
        let mut session = Session::open(Level::parse(LEVEL).unwrap());
        let old = session.board().clone();
        let plan = Solution::parse(SOLUTION).unwrap().plan;
        session.edit(&Edit::Batch(plan)).unwrap();
        let said = change(&texts, &session, &old).unwrap();
        assert!(said.starts_with("4 changes on the board"), "{said}");
    }
}
