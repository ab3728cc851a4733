//! A tutorial: steps that a level takes a player through, one at a time.
//!
//! ```ron
//! tutorial: [
//!     (text: "step-warp", points: [Place(WarpPipe, (4, 3))], until: Placed(WarpPipe)),
//!     (text: "step-feed", points: [Pipe(Named("spring"), Any(WarpPipe))], until: Joined(Named("spring"), Any(WarpPipe))),
//!     (text: "step-water", points: [Button(Water)], until: Flowing),
//! ]
//! ```
//!
//! Which step is shown follows from the board and the run alone: the first one whose condition does not hold. So it is the
//! same after undo, after a jump in time, and when a game is opened again.

mod referred;
mod way;

pub(crate) use referred::Referred;

use crate::board::{Board, Piece, is_name};
use crate::enemy::EnemyKind;
use crate::format::{Flaw, Level, Place};
use crate::grid::Cell;
use crate::judge::Verdict;
use crate::kind::Kind;
use crate::play::Play;
use serde::{Deserialize, Serialize};

/// One step.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The key of its text among the level's: one short line.
    pub text: String,
    /// What it points at, in the order in which it is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Pointer>,
    /// When it is done.
    pub until: Condition,
}

/// One or several pieces.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Which {
    /// The piece of that name.
    Named(String),
    /// Any piece of that kind.
    Any(Kind),
}

/// What a step points at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Pointer {
    /// A cell.
    Cell(Cell),
    /// A piece.
    Piece(Which),
    /// A pipe that is to be drawn, from an outlet that is free to an inlet, on the shortest way that is free.
    Pipe(Which, Which),
    /// A piece of the inventory, and the cell that it goes to.
    Place(Kind, Cell),
    /// A fault of the arsenal, and the cell that it goes to.
    Loose(EnemyKind, Cell),
    /// Something to press.
    Button(Button),
}

/// Something to press.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Button {
    /// Turns on the water, and holds it.
    Water,
    /// Goes back to the plan.
    Plan,
    /// Asks for a hint.
    Hint,
}

/// When a step is done.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Condition {
    /// A piece of that kind of the player stands on the board, where a pipe can lead into it.
    Placed(Kind),
    /// A fault of that kind is let loose.
    Loosed(EnemyKind),
    /// A pipe leads from one to the other.
    Joined(Which, Which),
    /// A parameter of a piece is no longer as it comes out of the palette, or as the level has it.
    Turned(Which, String),
    /// The water flows, or has flowed to the end.
    Flowing,
    /// So much simulated time of the run has passed, in milliseconds.
    Passed(u64),
    /// So many requests have failed or were late.
    Suffered(u64),
    /// An order has been given while the water flows.
    Ordered,
    /// The run is won.
    Won,
    /// One of these is done.
    Either(Vec<Condition>),
}

/// What is to be pointed at now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Spot {
    /// These cells, one after the other.
    Cells(Vec<Cell>),
    /// A pipe that can be drawn through these cells; the first one is free, or the loose end of a pipe.
    Way(Vec<Cell>),
    /// That kind in the palette.
    Stock(Kind),
    /// Where that kind is to be put: with its upper left cell there.
    Place(Kind, Cell),
    /// That kind of fault in the palette.
    Fault(EnemyKind),
    /// A button.
    Button(Button),
    /// What takes back the last edit.
    Undo,
}

/// Why a step cannot be done as it says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// What it wants placed stands, but no pipe can lead into it there: its spots lead it to a better place.
    Misplaced,
    /// What stands on the board leaves no way for the pipe that it wants, or no coins: its spot is what takes that back.
    Blocked,
}

/// The step that is to be done now.
#[derive(Clone, PartialEq, Debug)]
pub struct Lesson<'a> {
    /// Its place among the steps.
    pub nth: usize,
    /// The step.
    pub step: &'a Step,
    /// What it points at on this board.
    pub spots: Vec<Spot>,
    /// Why it cannot be done as it says, if it cannot.
    pub trouble: Option<Trouble>,
}

/// Most steps of a level.
pub const STEPS_MAX: usize = 32;
/// Most pointers of a step, and most conditions of which one is enough.
pub const PARTS_MAX: usize = 8;
/// How deep conditions may stand in one another in a draft: a file nests only so deep.
pub(crate) const CONDITION_DEPTH_MAX: usize = 4;

impl Level {
    /// The step of the tutorial that is to be done on this board, or in this run of it; nothing where all are done, or where
    /// the next one has to wait until the water is turned off.
    pub fn lesson<'a>(&'a self, board: &Board, play: Option<&Play>) -> Option<Lesson<'a>> {
        let done = |step: &&Step| step.until.holds(self, board, play);
        let nth = self.tutorial.iter().position(|step| !done(&step))?;
        let step = &self.tutorial[nth];
        if play.is_some() && step.until.is_of_plan() {
            return None;
        }
        let (trouble, spots) = if let Some(piece) = step.until.misplaced(board) {
            (Some(Trouble::Misplaced), step.points.iter().filter_map(|pointer| pointer.mend(piece)).collect())
        } else if step.points.iter().any(|pointer| pointer.is_blocked(board)) {
            (Some(Trouble::Blocked), vec![Spot::Undo])
        } else {
            (None, step.points.iter().flat_map(|pointer| pointer.spots(board)).collect())
        };
        Some(Lesson { nth, step, spots, trouble })
    }

    pub(crate) fn check_tutorial(&self, report: &mut dyn FnMut(Place, Flaw)) {
        if self.tutorial.len() > STEPS_MAX {
            report(Place::Section("tutorial"), Flaw::TooManySteps(self.tutorial.len()));
        }
        for (nth, step) in self.tutorial.iter().enumerate() {
            let place = || Place::Step(nth as u32);
            if self.texts.get("en").is_none_or(|texts| !texts.contains_key(&step.text)) {
                report(place(), Flaw::StepTextMissing(step.text.clone()));
            }
            let many = step.points.len() > PARTS_MAX || step.until.parts() > PARTS_MAX;
            if many {
                report(place(), Flaw::TooManyParts(PARTS_MAX));
            }
            for cell in step.points.iter().filter_map(Pointer::cell).filter(|&cell| !self.terrain.contains(cell)) {
                report(place(), Flaw::OutsideMap(cell));
            }
            for name in step.names().into_iter().filter(|name| !is_name(name)) {
                report(place(), Flaw::BadName(name.into()));
            }
        }
    }
}

impl Which {
    fn find<'a>(&self, board: &'a Board) -> Vec<&'a Piece> {
        let is_it = |piece: &&Piece| match self {
            Self::Named(name) => piece.name == *name,
            Self::Any(kind) => piece.spec.kind() == *kind,
        };
        board.pieces().iter().filter(is_it).collect()
    }
}

impl Pointer {
    fn spots(&self, board: &Board) -> Vec<Spot> {
        let cells = |cells: Vec<Cell>| if cells.is_empty() { Vec::new() } else { vec![Spot::Cells(cells)] };
        match self {
            Self::Cell(cell) => cells(vec![*cell]),
            Self::Piece(which) => cells(which.find(board).iter().map(|piece| piece.at).take(1).collect()),
            Self::Pipe(from, to) => way::find(board, from, to).map(Spot::Way).into_iter().collect(),
            Self::Place(kind, at) => vec![Spot::Stock(*kind), Spot::Place(*kind, *at)],
            Self::Loose(kind, at) => vec![Spot::Fault(*kind), Spot::Cells(vec![*at])],
            Self::Button(button) => vec![Spot::Button(*button)],
        }
    }

    /// The way from where that piece stands to where this has it placed, as a hand leads it.
    fn mend(&self, piece: &Piece) -> Option<Spot> {
        match self {
            Self::Place(kind, at) if *kind == piece.spec.kind() => {
                Some(Spot::Cells([piece.at, *at].map(|corner| kind.middle(corner)).to_vec()))
            }
            _ => None,
        }
    }

    /// Whether it wants a pipe for which there is no way, though both its ends stand.
    fn is_blocked(&self, board: &Board) -> bool {
        let Self::Pipe(from, to) = self else { return false };
        let stand = |which: &Which| !which.find(board).is_empty();
        stand(from) && stand(to) && !joined(board, from, to) && way::find(board, from, to).is_none()
    }

    fn cell(&self) -> Option<Cell> {
        match self {
            Self::Cell(cell) | Self::Place(_, cell) | Self::Loose(_, cell) => Some(*cell),
            _ => None,
        }
    }
}

impl Condition {
    fn holds(&self, level: &Level, board: &Board, play: Option<&Play>) -> bool {
        match self {
            Self::Placed(kind) => placed(board, *kind).any(|piece| can_be_reached(board, piece)),
            Self::Loosed(kind) => board.faults().iter().any(|fault| fault.kind.kind() == *kind),
            Self::Joined(from, to) => joined(board, from, to),
            Self::Turned(which, key) => which.find(board).into_iter().any(|piece| is_turned(level, piece, key)),
            Self::Flowing => play.is_some(),
            Self::Passed(ms) => play.is_some_and(|play| play.simulation().now().as_ns() / 1_000_000 >= *ms),
            Self::Suffered(count) => play.is_some_and(|play| play.judge().budget().spent >= *count),
            Self::Ordered => play.is_some_and(|play| !play.log().is_empty()),
            Self::Won => play.is_some_and(|play| play.verdict() == Some(Verdict::Won)),
            Self::Either(parts) => parts.iter().any(|part| part.holds(level, board, play)),
        }
    }

    /// What it wants placed, where that stands but no pipe can lead into it.
    fn misplaced<'a>(&self, board: &'a Board) -> Option<&'a Piece> {
        match self {
            Self::Placed(kind) => placed(board, *kind).find(|piece| !can_be_reached(board, piece)),
            Self::Either(parts) => parts.iter().find_map(|part| part.misplaced(board)),
            _ => None,
        }
    }

    /// Whether nothing but an edit of the board can bring it about.
    fn is_of_plan(&self) -> bool {
        match self {
            Self::Placed(_) | Self::Loosed(_) | Self::Joined(..) | Self::Turned(..) => true,
            Self::Either(parts) => parts.iter().all(Self::is_of_plan),
            _ => false,
        }
    }

    /// How deep conditions stand in one another; 1 where it is a plain one.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::Either(parts) => 1 + parts.iter().map(Self::depth).max().unwrap_or_default(),
            _ => 1,
        }
    }

    fn parts(&self) -> usize {
        match self {
            Self::Either(parts) => parts.len().max(parts.iter().map(Self::parts).max().unwrap_or_default()),
            _ => 0,
        }
    }
}

/// Whether a pipe leads from one to the other.
fn joined(board: &Board, from: &Which, to: &Which) -> bool {
    let is_of = |which: &Which, name: &str| which.find(board).iter().any(|piece| piece.name == name);
    board.joints().any(|joint| match (joint.source, joint.target) {
        (Some((source, ..)), Some((target, _))) => is_of(from, source) && is_of(to, target),
        _ => false,
    })
}

/// The player's pieces of that kind.
fn placed(board: &Board, kind: Kind) -> impl Iterator<Item = &Piece> {
    board.pieces().iter().filter(move |piece| !piece.fixed && piece.spec.kind() == kind)
}

/// Whether a pipe can lead into a piece, or does; so it is where it needs none.
fn can_be_reached(board: &Board, piece: &Piece) -> bool {
    piece.mouth(None).is_none_or(|mouth| board.is_free(mouth) || board.pipe_at(mouth).is_some())
}

/// Whether a parameter of a piece is not as it was at first.
fn is_turned(level: &Level, piece: &Piece, key: &str) -> bool {
    let kind = piece.spec.kind();
    let Some(param) = kind.params().iter().find(|param| param.key == key) else { return false };
    let of_level = level.pieces.iter().find(|each| each.name == piece.name).map(|each| each.spec.clone());
    let of_stock = level.stock(kind).and_then(|stock| stock.spec.clone());
    let first = of_level.or(of_stock).unwrap_or_else(|| kind.default_spec());
    param.get(&piece.spec) != param.get(&first)
}
