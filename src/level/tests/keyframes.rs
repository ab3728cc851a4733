//! The room that keyframes take, against what the allocator says, and how long it takes to show a moment.

use pipe_maze_level::{Board, BranchId, Edit, Level, Play, Timeline};
use pipe_maze_sim::Time;
use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Counts what is allocated and not yet freed.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);

#[expect(unsafe_code, reason = "an allocator cannot be written otherwise; it passes on and counts")]
// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: passed on unchanged.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: passed on unchanged.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A spring of 1,000 requests a second into a room, for three minutes. With few workers it is overloaded.
fn three_minutes(workers: u32) -> (Level, Board) {
    let text = format!(
        r#"(
    format: 1, id: "rush", section: 1, texts: {{"en": {{"name": "Rush", "brief": "A test."}}}},
    map: ["~~~~~~~~~~~~~~", "~~~~~~~~~~~~~~", "..............", "..............", "..............", ".............."],
    pieces: [
        (name: "spring", at: (0, 0), spec: Spring(rate_per_s: 1000.0, timeout_ms: 900)),
        (name: "room", at: (6, 2), spec: MachineRoom(workers: {workers}, queue: 400, service_time: Exponential(mean_ms: 20.0))),
    ],
    inventory: [], pipes: (price_per_cell: 2, propagation_ms_per_cell: 2.0, bandwidth_bytes_per_s: 100000000),
    budget: 200, flow: (duration_ms: 180000, pace_ms_per_s: 100.0),
    objectives: [GoodShare(at_least: 0.9, within_ms: 300.0), P99(at_most_ms: 500.0)],
)"#
    );
    let level = Level::parse(&text).unwrap_or_else(|e| panic!("{e}"));
    let mut board = Board::new(&level);
    let cells = [(0, 2), (0, 3), (0, 4), (1, 4), (2, 4), (3, 4), (4, 4), (5, 4)];
    let cells = cells.map(|(column, row)| pipe_maze_level::Cell { column, row }).to_vec();
    board.apply(&Edit::LayPipe { name: "p".into(), cells }).expect("the campaign is sound");
    (level, board)
}

// One test, because the allocator counts what all of them hold.
#[test]
fn keyframes_keep_within_their_bytes_and_any_moment_is_shown_at_once() {
    for (workers, bytes_max) in [(30, 64 << 20), (12, 64 << 20), (12, 4 << 20)] {
        let (level, board) = three_minutes(workers);
        let before = HELD.load(Ordering::Relaxed);
        let mut timeline = Timeline::start_within(&level, &board, 1, bytes_max).unwrap();
        let began = Instant::now();
        timeline.advance_to(Time::MAX, &mut ());
        let whole = began.elapsed();
        let held = HELD.load(Ordering::Relaxed) - before;
        let (bytes, count) = (timeline.keyframe_bytes(), timeline.keyframe_count());
        assert!(bytes <= bytes_max, "{bytes} of {bytes_max}");
        assert!(timeline.play().simulation().view().totals().issued > 170_000 && count > 10);
        // The present run and the record are held beside the keyframes; what copies share is counted once for each
        // branch, so it may be less.
        let error = (held as f64 - bytes as f64) / bytes as f64;
        assert!((-0.1..0.15).contains(&error), "{bytes} bytes are stated and {held} are held");
        let mut times: Vec<Duration> =
            (0..60).map(|nth| show(&mut timeline, 3_000 * ((nth * 37) % 60) + 1_499)).collect();
        times.sort();
        println!(
            "{workers} workers: {count} keyframes, {bytes} bytes stated, {held} held; whole run {whole:?}; \
             a moment {:?} in the median, {:?} at worst",
            times[times.len() / 2],
            times[times.len() - 1],
        );
        let worst = longest_way(&timeline, &level, &board);
        if bytes_max == 64 << 20 {
            // A stride and what happens until stock is taken next.
            assert!(worst <= 11_500, "a moment is {worst} moves away from its keyframe");
            assert!(times[times.len() - 1] < Duration::from_millis(100), "{times:?}");
        } else {
            let whole = timeline.play().simulation().work_done();
            assert!(worst < whole / 4, "a moment is {worst} moves of {whole} away from its keyframe");
        }
    }
}

/// How long it takes to show a moment, and then one just before; the better of two tries, as others use the machine.
fn show(timeline: &mut Timeline, ms: u64) -> Duration {
    let tries = [ms, ms - 1].map(|ms| {
        timeline.seek(Time::from_ms(170_000 - ms / 2));
        let began = Instant::now();
        timeline.seek(Time::from_ms(ms));
        began.elapsed()
    });
    assert!(timeline.branch(BranchId::MAIN).is_some());
    tries[0].min(tries[1])
}

/// How much work lies between a moment and its keyframe, at worst.
fn longest_way(timeline: &Timeline, level: &Level, board: &Board) -> u64 {
    let moments = (0..1_800).map(|nth| Time::from_ms(nth * 100 + 99));
    let mut times: Vec<Time> = moments.clone().chain(moments.clone().map(|at| timeline.keyframe_before(at))).collect();
    times.sort();
    let mut play = Play::start(level, board, 1).expect("it flows");
    let mut work = BTreeMap::new();
    for at in times {
        play.advance_to(at, &mut ());
        work.insert(at, play.simulation().work_done());
    }
    moments.map(|at| work[&at] - work[&timeline.keyframe_before(at)]).max().unwrap_or_default()
}
