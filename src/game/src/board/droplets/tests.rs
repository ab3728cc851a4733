//! What lies in the vertex buffer is what the simulation says, however one came there.

use super::instance::state;
use super::*;
use crate::atlas::CELL;
use crate::board::centre;
use pipe_maze_level::board::Joint;
use pipe_maze_level::kind::Class;
use pipe_maze_level::{Cell, Edit, Heading, Level};
use pipe_maze_sim::Payload;
use std::collections::BTreeMap;

/// A long pipe with little bandwidth: messages wait in front of it, and many a client gives up.
const LEVEL: &str = include_str!("../../../tests/levels/droplets.ron");

fn flowing() -> Session {
    let mut session = Session::open(Level::parse(LEVEL).unwrap());
    // From the spring down, to the east and to the room: straight ways and bends.
    let cells = [(3, 2), (3, 3), (4, 3), (5, 3), (5, 4), (5, 5), (6, 5), (7, 5)].map(Cell::from).to_vec();
    session.edit(&Edit::LayPipe { name: "main".into(), cells }).unwrap();
    session.start(Some(1)).unwrap();
    session
}

fn sorted<'a>(words: impl Iterator<Item = &'a Words>) -> Vec<Words> {
    let mut words: Vec<Words> = words.copied().collect();
    words.sort_unstable();
    words
}

fn rebuilt(session: &Session) -> Droplets {
    let mut droplets = Droplets::default();
    droplets.follow(session, &[], true, 0.0);
    droplets
}

#[test]
fn following_the_facts_shows_what_a_rebuild_shows() {
    let mut session = flowing();
    let (mut followed, mut seen, mut most) = (Droplets::default(), 0, 0);
    for frame in 0..600u64 {
        session.tick([0.016, 0.1, 0.004][frame as usize % 3]);
        let facts = session.take_facts();
        followed.follow(&session, &facts, frame == 0, 0.016);
        let shown = sorted(followed.in_pipes());
        assert_eq!(shown, sorted(rebuilt(&session).in_pipes()), "frame {frame}");
        seen |= shown.iter().fold(0, |all, words| all | words[1]);
        most = most.max(shown.len());
    }
    let all = state::BACKWARD | state::RESPONSE | state::ERROR | state::ABANDONED;
    assert_eq!(seen & all, all, "the run had everything in it");
    assert!(most > 30, "{most}");
}

#[test]
fn whatever_was_missed_is_made_up_for() {
    let mut session = flowing();
    let mut droplets = rebuilt(&session);
    session.advance_ns(400_000_000);
    let missed = session.take_facts();
    assert!(!missed.is_empty());
    session.advance_ns(10_000_000);
    let facts = session.take_facts();
    droplets.follow(&session, &facts, false, 0.016);
    assert_eq!(sorted(droplets.in_pipes()), sorted(rebuilt(&session).in_pipes()));
    // Another run: time goes back.
    session.stop();
    session.start(Some(2)).unwrap();
    session.advance_ns(5_000_000);
    let facts = session.take_facts();
    droplets.follow(&session, &facts, false, 0.016);
    assert_eq!(sorted(droplets.in_pipes()), sorted(rebuilt(&session).in_pipes()));
    session.stop();
    droplets.follow(&session, &[], false, 0.016);
    assert_eq!(droplets.in_pipes().count(), 0);
}

/// What the shader makes of an instance, step by step: where it is, and how old, or nothing where it is not shown.
fn as_drawn(words: &Words, texels: &[u32], now: SimTime) -> Option<(Vec2, f32)> {
    let [route, bits, low, high, times @ ..] = *words;
    let [travel, wait, age, timeout] = times.map(f32::from_bits);
    let then = u64::from(low) | u64::from(high) << 32;
    let since = (now.as_ns().wrapping_sub(then) as i64) as f32;
    if since < -wait || since > travel.max(1.0) {
        return None;
    }
    let cells = route & 0xFFF;
    let share = (since / travel.max(1.0)).clamp(0.0, 1.0);
    let share = if bits & state::BACKWARD == 0 { share } else { 1.0 - share };
    let distance = share * cells as f32;
    let i = (distance as u32).min(cells - 1);
    let word = texels[((route >> 12) + i) as usize];
    let unit = |side: u32| [Vec2::Y, Vec2::X, -Vec2::Y, -Vec2::X][side as usize & 3];
    let (a, b, inside) = (unit(word >> 24), unit(word >> 26), distance - i as f32);
    let middle = Vec2::new((word & 0xFFF) as f32 + 0.5, -((word >> 12 & 0xFFF) as f32 + 0.5)) * CELL;
    let heading = (-a).lerp(b, inside).normalize();
    let within = if a.dot(b) != 0.0 {
        a * 0.5 + (b - a) * 0.5 * inside
    } else {
        let (sin, cos) = (inside * std::f32::consts::FRAC_PI_2).sin_cos();
        (a + b) * 0.5 - b * 0.5 * cos - a * 0.5 * sin
    };
    let lane = if bits & state::BACKWARD == 0 { 3.0 } else { -3.0 };
    Some((middle + within * CELL - heading.perp() * lane, (since + age) / timeout))
}

/// Where a message is by its times and the cells of its pipe alone: so many cells from the first, within a bend of the
/// pipe.
fn by_the_cells(joint: &Joint<'_>, hop: &Hop, direction: Direction, now: SimTime) -> Vec2 {
    let cells = joint.cells_along();
    let whole = hop.exit_at.since_ns(hop.start_at) as f64;
    let progress = now.since_ns(hop.start_at) as f64 / whole;
    let progress = if direction == Direction::Forward { progress } else { 1.0 - progress };
    let along = (progress * cells.len() as f64).clamp(0.0, cells.len() as f64 - 1e-9);
    let cell = cells[along as usize];
    let side = |heading: Heading| {
        let (columns, rows) = heading.offset();
        Vec2::new(columns as f32, -rows as f32) * CELL * 0.5
    };
    let i = along as usize;
    let from = if i == 0 { joint.source.unwrap().2 } else { cell.heading_to(cells[i - 1]).unwrap() };
    let to = cells.get(i + 1).map_or(joint.target.unwrap().1, |&next| cell.heading_to(next).unwrap());
    centre(cell) + side(from).lerp(side(to), along.fract() as f32)
}

#[test]
fn droplets_are_where_the_simulation_says() {
    let mut session = flowing();
    let mut droplets = Droplets::default();
    let (mut compared, mut aged) = (0, false);
    for frame in 0..200u64 {
        session.advance_ns(7_000_000 + frame);
        let facts = session.take_facts();
        droplets.follow(&session, &facts, frame == 0, 0.016);
        let play = session.play().unwrap();
        let view = play.simulation().view();
        let joint = play.board().joints().next().unwrap();
        let mut hops = BTreeMap::new();
        for (direction, pipe) in DIRECTIONS.into_iter().flat_map(|way| view.pipes().map(move |pipe| (way, pipe))) {
            // Sent, start and exit tell messages apart.
            hops.extend(pipe.hops(direction).map(|hop| ((hop.start_at.as_ns(), direction as u32), (hop, direction))));
        }
        for words in droplets.in_pipes() {
            let start_ns = u64::from(words[2]) | u64::from(words[3]) << 32;
            let backward = u32::from(words[1] & state::BACKWARD != 0);
            let (hop, direction) = hops[&(start_ns, backward)];
            let (point, age) = as_drawn(words, droplets.routes.texels(), view.now()).unwrap();
            // The lane lies 3 beside the middle, and a bend cuts its corner by at most a tenth of a cell.
            let away = point.distance(by_the_cells(&joint, &hop, direction, view.now()));
            assert!(away < 3.0 + CELL * 0.21, "{away} {hop:?}");
            let expected_age = view.now().since_ns(hop.sent_at) as f32 / hop.timeout_ns as f32;
            assert!((age - expected_age).abs() < 1e-4, "{age} {expected_age}");
            assert_eq!(words[1] & state::ERROR != 0, hop.payload == Payload::Error);
            assert_eq!(words[1] & state::ABANDONED != 0, hop.abandoned);
            compared += 1;
            aged |= age > 0.9;
        }
    }
    assert!(compared > 2_000 && aged, "{compared}");
}

#[test]
fn late_in_a_long_run_times_are_as_exact_as_early() {
    // Three hours and a half: far beyond what a float of seconds, or one word of nanoseconds, can tell apart.
    let start = SimTime::from_ns(13_000_000_000_123);
    let request = pipe_maze_sim::RequestId { spring: PieceId(0), number: 0 };
    let hop = Hop {
        request,
        payload: Payload::Request,
        attempt: 0,
        again: false,
        abandoned: false,
        sent_at: start,
        timeout_ns: 1_000_000_000,
        enqueue_at: start,
        start_at: start.plus_ns(1_000),
        exit_at: start.plus_ns(4_000_001_000),
    };
    let (words, _) = of_hop(&hop, routes::Route { first: 0, cells: 2 }, Direction::Forward, Class::Browse);
    // Two cells side by side, from west to east.
    let texels = [3 << 24 | 1 << 26, 1 | 3 << 24 | 1 << 26];
    for ns in [1_000u64, 2_000_001, 2_000_001_000, 4_000_001_000] {
        let (point, _) = as_drawn(&words, &texels, start.plus_ns(ns)).unwrap();
        let expected = (ns - 1_000) as f32 / 4e9 * 2.0 * CELL;
        assert!((point.x - expected).abs() < 1e-3, "{ns}: {} {expected}", point.x);
    }
    assert_eq!(as_drawn(&words, &texels, start.plus_ns(4_000_003_000)), None);
}

#[test]
fn what_is_too_fast_to_be_seen_becomes_a_current_with_samples() {
    let mut session = flowing();
    session.set_speed(3);
    let mut droplets = Droplets::default();
    let mut samples = 0;
    for frame in 0..120u64 {
        session.tick(0.016);
        let facts = session.take_facts();
        droplets.follow(&session, &facts, frame == 0, 0.016);
        // Those that queue long enough are seen all the same; none of the others is.
        for words in droplets.in_pipes() {
            let [travel, wait] = [words[4], words[5]].map(f32::from_bits);
            assert!(f64::from(travel + wait) / session.pace_ns_per_s() > SEEN_S_MIN * 0.999);
        }
        assert!(droplets.samples().all(|words| words[1] & state::SAMPLE != 0));
        samples = samples.max(droplets.samples().count());
    }
    assert!((1..=8).contains(&samples), "{samples}: a few at a time");
    let cells = &droplets.currents.cells;
    assert_eq!(cells.len(), 8, "each cell of the pipe has its current");
    assert!(cells.iter().all(|words| words[4] & 0xFF > 20), "and it is strong: {cells:?}");
    session.set_speed(0);
    droplets.follow(&session, &[], false, 0.016);
    assert!(droplets.currents.cells.is_empty(), "at a slower pace droplets are back");
    assert_eq!(sorted(droplets.in_pipes()), sorted(rebuilt(&session).in_pipes()));
}

#[test]
fn what_is_written_adds_up_to_the_picture() {
    let mut session = flowing();
    let (mut droplets, mut writes) = (Droplets::default(), Writes::default());
    let (mut buffer, mut written): (Vec<Words>, _) = (Vec::new(), 0);
    for frame in 0..300u64 {
        // Slow, fast, held, slow again.
        session.set_speed(if (100..200).contains(&frame) { 3 } else { 0 });
        session.set_paused((150..160).contains(&frame));
        session.tick(0.016);
        let facts = session.take_facts();
        droplets.follow(&session, &facts, frame == 0, 0.016);
        droplets.take_writes(&mut writes);
        buffer.resize(writes.total, Words::default());
        let mut rest = writes.words.as_slice();
        for &(start, len) in &writes.stretches {
            buffer[start..start + len].copy_from_slice(&rest[..len]);
            rest = &rest[len..];
        }
        let Currents { samples, cells, .. } = &droplets.currents;
        let picture = [cells.as_slice(), samples.places(), droplets.messages.places()].concat();
        assert!(buffer == picture, "frame {frame}");
        assert!(frame == 0 || writes.texels.is_none());
        written += if (152..160).contains(&frame) { writes.words.len() } else { 0 };
    }
    assert_eq!(written, 0, "a picture that stands still is not written again");
}

#[test]
fn with_reduced_motion_only_messages_move() {
    let mut session = flowing();
    let mut droplets = Droplets::default();
    let mut styles = std::collections::BTreeSet::new();
    for _ in 0..20 {
        session.tick(0.05);
        droplets.follow(&session, &[], false, 0.05);
        let (still, lively) = (droplets.style_now(true), droplets.style_now(false));
        assert_eq!((still.breath, still.drift), (0.0, 0.0));
        styles.insert((lively.breath.to_bits(), lively.drift.to_bits()));
    }
    assert!(styles.len() > 10);
}
