//! How it stands, and what is on the board: what an eye takes in at a glance, as lines to read through.

use super::Narration;
use super::cell::{called, pipe, place};
use crate::Screen;
use crate::foes;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::figures;
use crate::ui::hud::Live;
use bevy::prelude::*;
use pipe_maze_level::Piece;
use pipe_maze_level::judge::Standing;

/// Seconds between two readings: faster than anybody reads.
const READ_S: f32 = 1.0;

pub(super) fn read(
    (screen, session, live): (Res<State<Screen>>, Option<Res<Session>>, Res<Live>),
    (time, texts): (Res<Time<Real>>, Res<Texts>),
    mut narration: ResMut<Narration>,
    mut last: Local<(f32, Option<(u64, Screen)>)>,
) {
    let session = session.filter(|_| matches!(screen.get(), Screen::Board | Screen::Debrief));
    let key = (session.as_ref().map_or(0, |session| session.revision()), *screen.get());
    last.0 += time.delta_secs();
    let is_new = last.1 != Some(key) || texts.is_changed();
    if last.0 < READ_S && !is_new {
        return;
    }
    *last = (0.0, Some(key));
    let standing = session.as_ref().map(|session| standing(&texts, session, &live)).unwrap_or_default();
    if narration.standing != standing {
        narration.standing = standing;
    }
    if is_new {
        let on_board = session.filter(|_| *screen.get() == Screen::Board);
        narration.board = on_board.map(|session| board(&texts, &session)).unwrap_or_default();
    }
}

/// Objectives, error budget, where in time one is, what is left to spend.
fn standing(texts: &Texts, session: &Session, live: &Live) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(report) = live.report() else { return lines };
    lines.extend(report.standings.iter().map(|standing| objective(texts, standing)));
    match session.play() {
        Some(play) => {
            lines.push(budget(texts, session, report.budget.left));
            let now = play.simulation().now().min(play.flow_ends_at()).as_ns();
            let whole = session.level().flow.duration_ms * 1_000_000;
            let times = [("now", figures::clock(now).into()), ("whole", figures::clock(whole).into())];
            lines.push(texts.with("standing-time", &times));
        }
        None => lines.push(texts.with("standing-coins", &[("left", session.board().coins_left().into())])),
    }
    lines
}

/// What is asked for, what is reached, and whether that is enough.
pub fn objective(texts: &Texts, standing: &Standing) -> String {
    let asked = figures::objective(texts, &standing.objective);
    let key = match (standing.value, standing.met) {
        (None, _) => return asked,
        (Some(_), true) => "standing-met",
        (Some(_), false) => "standing-missed",
    };
    texts.with(key, &[("objective", asked.into()), ("figure", figures::standing(texts, standing).into())])
}

fn board(texts: &Texts, session: &Session) -> Vec<String> {
    let board = session.board();
    let pieces = board.pieces().iter().map(|piece| piece_line(texts, session, piece));
    let pipes = board.joints().map(|joint| {
        let cells = texts.with("pipe-cells", &[("cells", joint.pipe.cells.len().into())]);
        texts.with("board-line", &[("what", pipe(texts, session, &joint).into()), ("where", cells.into())])
    });
    let enemies = board.enemies().iter().map(|enemy| {
        let key = enemy.kind.kind().key();
        let (what, does) = (texts.get(&format!("enemy-{key}")), foes::does(texts, &enemy.kind));
        texts.with("board-line", &[("what", what.into()), ("where", does.into())])
    });
    pieces.chain(pipes).chain(enemies).collect()
}

/// What it is, where its upper left cell is, and where pipes join it.
fn piece_line(texts: &Texts, session: &Session, piece: &Piece) -> String {
    let mut places = vec![place(texts, piece.at)];
    for port in piece.ports() {
        let key = if port.outlet.is_some() { "board-outlet" } else { "board-inlet" };
        places.push(texts.with(key, &[("place", place(texts, port.mouth_at(piece.at)).into())]));
    }
    texts.with("board-line", &[("what", called(texts, session, piece).into()), ("where", places.join("; ").into())])
}

/// What is left of the error budget, or of what has to break.
pub(super) fn budget(texts: &Texts, session: &Session, left: f64) -> String {
    let (about, of) = if session.level().is_to_break() {
        ("standing-to-break", "budget-to-break-left")
    } else {
        ("standing-budget", "budget-left")
    };
    let left = texts.with(of, &[("share", figures::percent(left.clamp(0.0, 1.0)).into())]);
    texts.with(about, &[("left", left.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn the_board_is_told_with_where_pipes_can_join() {
        let session = Session::open(
            pipe_maze_level::Level::parse(include_str!("../../../../levels/3-flow-control/two-rooms.ron")).unwrap(),
        );
        let lines = board(&Texts::english(), &session);
        let wanted = "Spring: column 4, row 1; outlet at column 4, row 3";
        assert!(lines.iter().any(|line| line == wanted), "{lines:#?}");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn enemies_are_told_with_what_they_do() {
        let session = flowing();
        let lines = board(&Texts::english(), &session).join("\n");
        for enemy in session.board().enemies() {
            assert!(lines.contains(&foes::does(&Texts::english(), &enemy.kind)), "{lines}");
        }
    }

    #[test]
    fn an_objective_says_whether_it_is_met() {
        let texts = Texts::english();
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        for standing in session.play().unwrap().report().standings {
            let line = objective(&texts, &standing);
            let end = if standing.met { "met" } else { "not met" };
            assert!(line.ends_with(&format!(", {end}")), "{line}");
        }
    }
}
