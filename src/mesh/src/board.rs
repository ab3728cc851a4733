//! From trees of services to a draft: each tree in a band of its own, callers on the left, and pipes that find their way.

use super::found::Found;
use super::note::{NoteKind, Notes};
use super::tree::{Branch, BranchKind, OUTLETS_MAX, trees};
use pipe_maze_level::board::{Board, is_name};
use pipe_maze_level::format::Stock;
use pipe_maze_level::kind::{KindSpec, MachineRoomSpec, ServiceMeshSuperMushroomSpec, SpringSpec, WarpPipeSpec};
use pipe_maze_level::limits::{COINS_MAX, MAP_SIDE_MAX, TIMEOUT_MS_MAX};
use pipe_maze_level::{Cell, Draft, Edit, Facing, Kind, LevelEdit};
use pipe_maze_sim::Policy;

/// Columns between a piece and what stands behind it: room for pipes to pass each other.
const GAP: i32 = 6;
/// Rows that a piece takes, with one below it.
const ROOM_ROWS: i32 = 5;
/// Where the first band begins, and where clients stand.
const FIRST_ROW: i32 = 3;
const FIRST_COLUMN: i32 = 2;
/// Cells between the last piece and the edge of the map.
const MARGIN: i32 = 3;
/// Coins beyond what stands there already.
const COINS_TO_SPEND: u32 = 300;
/// Requests that may wait at most in a room.
const QUEUE_MAX: u32 = 1_000;

/// A piece that has its place.
struct Placed {
    name: String,
    at: Cell,
    spec: KindSpec,
    /// The piece in front of it, and the outlet that leads here.
    from: Option<(usize, u8)>,
    line: u32,
    /// What was said about calls that it makes.
    calls: Option<String>,
}

/// The board to start from.
pub(crate) fn draft(found: &Found, notes: &mut Notes) -> Draft {
    let mut placed = Vec::new();
    let mut row = FIRST_ROW;
    for tree in trees(found, notes) {
        place(found, &tree, Cell::new(FIRST_COLUMN, row), None, (&mut placed, notes));
        row += rows_of(&tree);
    }
    let ends = |piece: &Placed| {
        let (columns, rows) = piece.spec.kind().size();
        piece.at.offset(columns, rows)
    };
    let right = placed.iter().map(|piece| ends(piece).column).max().unwrap_or(0);
    let bottom = placed.iter().map(|piece| ends(piece).row).max().unwrap_or(0);
    let mut draft = Draft::blank((right + MARGIN).max(20), (bottom + MARGIN).max(12));
    build(&mut draft, found, &placed, notes);
    draft
}

fn rows_of(branch: &Branch) -> i32 {
    branch.behind.iter().map(rows_of).sum::<i32>().max(ROOM_ROWS)
}

const fn kind_of(branch: &Branch) -> Kind {
    match branch.kind {
        BranchKind::Client(_) => Kind::Spring,
        BranchKind::Balancer(_) => Kind::WarpPipe,
        BranchKind::Room(_) => Kind::MachineRoom,
    }
}

/// Gives a branch the band that begins in that cell.
fn place(
    found: &Found,
    branch: &Branch,
    at: Cell,
    from: Option<(usize, u8)>,
    (placed, notes): (&mut Vec<Placed>, &mut Notes),
) {
    let (columns, rows) = kind_of(branch).size();
    let middle = at.offset(0, (rows_of(branch) - rows).max(0) / 2);
    let last = MAP_SIDE_MAX as i32 - MARGIN;
    if middle.column + columns > last || middle.row + rows > last {
        return leave_out(branch, notes);
    }
    let nth = placed.len();
    let calls = match &branch.kind {
        BranchKind::Client(to) => Some(to.clone()),
        BranchKind::Room(_) => branch.behind.first().map(|behind| service_of(&behind.kind).to_owned()),
        BranchKind::Balancer(_) => None,
    };
    let (spec, line) = (spec(found, branch), branch.line);
    placed.push(Placed { name: free_name(placed, &branch.name), at: middle, spec, from, line, calls });
    let mut row = at.row;
    for (i, behind) in branch.behind.iter().enumerate() {
        // A warp pipe's first outlet is its uppermost, a room's the lowest.
        let outlet = match branch.kind {
            BranchKind::Room(_) => branch.behind.len() - 1 - i,
            BranchKind::Balancer(_) if branch.behind.len() == 2 => 2 * i,
            _ => i,
        };
        place(
            found,
            behind,
            Cell::new(at.column + columns + GAP, row),
            Some((nth, outlet as u8)),
            (&mut *placed, &mut *notes),
        );
        row += rows_of(behind);
    }
}

/// Says that there is no room for a branch and what stands behind it.
fn leave_out(branch: &Branch, notes: &mut Notes) {
    notes.add(branch.line, &branch.name, NoteKind::NoRoom);
    branch.behind.iter().for_each(|behind| leave_out(behind, notes));
}

fn service_of(kind: &BranchKind) -> &str {
    match kind {
        BranchKind::Client(name) | BranchKind::Balancer(name) | BranchKind::Room(name) => name,
    }
}

fn spec(found: &Found, branch: &Branch) -> KindSpec {
    let service = found.services.iter().find(|service| service.name == service_of(&branch.kind));
    let timeout_ms = |service: &str| {
        let said = found.route_to(service).and_then(|route| route.timeout_ms);
        said.filter(|ms| (1..=TIMEOUT_MS_MAX).contains(ms))
    };
    match (&branch.kind, kind_of(branch).default_spec()) {
        (BranchKind::Client(to), KindSpec::Spring(usual)) => {
            KindSpec::Spring(SpringSpec { timeout_ms: timeout_ms(to).unwrap_or(usual.timeout_ms), ..usual })
        }
        (BranchKind::Balancer(_), _) => {
            // What a mesh does where nothing is said (FACTS LB-DEFAULT).
            let policy = service.and_then(|service| service.policy).unwrap_or(Policy::LeastRequest);
            KindSpec::WarpPipe(WarpPipeSpec { policy })
        }
        (_, KindSpec::MachineRoom(usual)) => KindSpec::MachineRoom(MachineRoomSpec {
            queue: service.and_then(|service| service.queue).unwrap_or(usual.queue).min(QUEUE_MAX),
            outlets: branch.behind.len().min(OUTLETS_MAX) as u8,
            call_timeout_ms: branch
                .behind
                .first()
                .and_then(|behind| timeout_ms(service_of(&behind.kind)))
                .unwrap_or(usual.call_timeout_ms),
            ..usual
        }),
        (_, usual) => usual,
    }
}

/// A name for a piece that looks like this one and is free.
fn free_name(placed: &[Placed], name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let stem: String = name.chars().map(plain).take(24).collect();
    let stem = if is_name(&stem) { stem } else { "service".into() };
    let taken = |name: &str| placed.iter().any(|piece| piece.name == name);
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    std::iter::once(stem.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(stem)
}

fn build(draft: &mut Draft, found: &Found, placed: &[Placed], notes: &mut Notes) {
    let title: String = found.title.as_deref().unwrap_or("Mesh").chars().take(60).collect();
    let text = LevelEdit::Text { language: "en".into(), key: "name".into(), text: Some(title) };
    let stock = Stock { kind: Kind::WarpPipe, count: 1, price: 60, spec: None, knobs: Vec::new() };
    // Refused is only what finds no place, and that is noted; the rest of the board stands.
    let mut apply = |edit: LevelEdit, line: u32, name: &str, notes: &mut Notes| {
        if draft.apply(&edit).is_err() {
            notes.add(line, name, NoteKind::NoRoom);
        }
    };
    for edit in [text, LevelEdit::Stock(stock), LevelEdit::Budget(COINS_MAX)] {
        apply(edit, 0, "", notes);
    }
    for Placed { name, at, spec, line, .. } in placed {
        let facing = Facing::East;
        apply(LevelEdit::Place { name: name.clone(), spec: spec.clone(), at: *at, facing }, *line, name, notes);
    }
    for piece in placed {
        let Some(sidecar) = piece.calls.as_deref().and_then(|service| sidecar(found, service)) else { continue };
        let name = format!("{}-mesh", piece.name);
        let edit = LevelEdit::Place { name: name.clone(), spec: sidecar, at: piece.at, facing: Facing::East };
        apply(edit, piece.line, &name, notes);
    }
    for piece in placed {
        let Some((from, outlet)) = piece.from.and_then(|(nth, outlet)| Some((placed.get(nth)?, outlet))) else {
            continue;
        };
        let route = route(draft.board(), &from.name, outlet, &piece.name);
        let name = format!("to-{}", piece.name);
        let laid = route.map(|cells| LevelEdit::Start(Edit::LayPipe { name, cells }));
        if laid.is_none_or(|edit| draft.apply(&edit).is_err()) {
            notes.add(piece.line, &from.name, NoteKind::NotLaid(piece.name.clone()));
        }
    }
    let budget = draft.board().cost().saturating_add(COINS_TO_SPEND).min(COINS_MAX);
    if draft.apply(&LevelEdit::Budget(budget)).is_err() {
        notes.add(0, "budget", NoteKind::NoRoom);
    }
}

fn route(board: &Board, from: &str, outlet: u8, to: &str) -> Option<Vec<Cell>> {
    let (from, to) = (board.piece(from)?.mouth(Some(outlet))?, board.piece(to)?.mouth(None)?);
    board.route(from, to, &board.all_mouths())
}

/// The sidecar of who calls a service, where its route says how often and how long a call is tried.
fn sidecar(found: &Found, service: &str) -> Option<KindSpec> {
    let route = found.route_to(service)?;
    let usual = ServiceMeshSuperMushroomSpec::default();
    let retries = route.retries.filter(|&retries| retries > 0)?.min(10);
    let try_timeout_ms = route.try_timeout_ms.or(route.timeout_ms).unwrap_or(usual.try_timeout_ms);
    let try_timeout_ms = try_timeout_ms.clamp(1, 60_000);
    Some(KindSpec::ServiceMeshSuperMushroom(ServiceMeshSuperMushroomSpec { retries, try_timeout_ms, ..usual }))
}
