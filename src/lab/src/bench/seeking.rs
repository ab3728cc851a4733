//! What it costs to go to another moment: in a run of three minutes at 1,000 requests a second.

use super::cases::Case;
use pipe_maze_level::{Board, Cell, Edit, Level, Timeline};
use pipe_maze_sim::Time;
use std::cell::OnceCell;
use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;

/// Requests a second.
const RATE_PER_S: u64 = 1_000;
/// The longest run, in seconds.
const SECONDS_MAX: u64 = 180;
/// Moments that are shown in a measurement, spread over the run and in no order.
const MOMENTS: u64 = 61;

/// A run that is over, with its length in nanoseconds.
type Run = Rc<OnceCell<Timeline>>;

/// The cases, of a run of about so many requests, but no longer than three minutes.
pub fn cases(requests: u64) -> Vec<Case> {
    let seconds = (requests / RATE_PER_S).clamp(1, SECONDS_MAX);
    let run = Run::default();
    let of = |name: &str, unit, measure: fn(&Timeline) -> f64| {
        let (name, run) = (format!("{name}, {seconds} s at {RATE_PER_S} requests/s"), run.clone());
        Case { name, unit, measure: Box::new(move || measure(run.get_or_init(|| played(seconds)))) }
    };
    vec![
        of("show a moment, median", "ms", |run| times(run)[MOMENTS as usize / 2]),
        of("show a moment, worst", "ms", |run| times(run)[MOMENTS as usize - 1]),
        of("keyframes", "kB", |run| run.keyframe_bytes() as f64 / 1e3),
    ]
}

/// How long it takes to show each moment, in milliseconds, the shortest first.
fn times(run: &Timeline) -> Vec<f64> {
    let mut run = run.clone();
    let end_ns = run.seen().as_ns();
    let mut times: Vec<f64> = (0..MOMENTS)
        .map(|nth| {
            let to = Time::from_ns(end_ns / MOMENTS * (nth * 38 % MOMENTS) + end_ns / MOMENTS / 2);
            let began = Instant::now();
            run.seek(to);
            black_box(run.now());
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

/// A run of a spring that floods a room, played to the end.
fn played(seconds: u64) -> Timeline {
    let (level, board) = flooded(seconds);
    let mut timeline = Timeline::start(&level, &board, 1).expect("it flows");
    timeline.advance_to(Time::MAX, &mut ());
    timeline
}

/// A spring that floods a room through the pipe `p`, for so many seconds.
pub fn flooded(seconds: u64) -> (Level, Board) {
    let text = format!(
        r#"(
    format: 1, id: "rush", section: 1, texts: {{"en": {{"name": "Rush", "brief": "Measured."}}}},
    map: ["~~~~~~~~~~~~~~", "~~~~~~~~~~~~~~", "..............", "..............", "..............", ".............."],
    pieces: [
        (name: "spring", at: (0, 0), spec: Spring(rate_per_s: {RATE_PER_S}.0, timeout_ms: 900)),
        (name: "room", at: (6, 2), spec: MachineRoom(
            workers: 18, queue: 400, service_time: Exponential(mean_ms: 20.0),
        )),
    ],
    inventory: [], pipes: (price_per_cell: 2, propagation_ms_per_cell: 2.0, bandwidth_bytes_per_s: 100000000),
    budget: 200, flow: (duration_ms: {seconds}000, pace_ms_per_s: 100.0),
    objectives: [GoodShare(at_least: 0.9, within_ms: 300.0), P99(at_most_ms: 500.0)],
)"#
    );
    let level = Level::parse(&text).expect("the level is written for this");
    let mut board = Board::new(&level);
    let cells = [(0, 2), (0, 3), (0, 4), (1, 4), (2, 4), (3, 4), (4, 4), (5, 4)];
    let cells = cells.map(|(column, row)| Cell { column, row }).to_vec();
    board.apply(&Edit::LayPipe { name: "p".into(), cells }).expect("the pipe joins both");
    (level, board)
}
