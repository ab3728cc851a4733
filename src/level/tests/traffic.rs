//! Traffic of a level: requests come when its profile says.

mod shelf;

use pipe_maze_level::{Level, Play};
use pipe_maze_sim::{Fact, Time};

/// The rich level with that profile, and when its requests come, in whole milliseconds.
fn comes(profile: &str, seed: u64) -> (Level, Vec<u64>) {
    let level = shelf::rich(&[("timeout_ms: 1000)", &format!("timeout_ms: 1000, profile: {profile})"))]);
    let mut play = Play::start(&level, &shelf::build(&level, ""), seed).expect("it flows");
    let mut times = Vec::new();
    play.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| {
        times.extend(matches!(fact, Fact::Issued { .. }).then_some(at.as_ns() / 1_000_000));
    });
    (level, times)
}

#[test]
fn a_steady_spring_issues_with_equal_gaps() {
    // 20 a second.
    let (level, times) = comes("Steady", 1);
    let whole = level.flow.duration_ms / 50;
    assert!(times.len() as u64 >= whole - 1 && times.len() as u64 <= whole, "{}", times.len());
    assert!(times.iter().enumerate().all(|(nth, &ms)| ms == 50 * (nth as u64 + 1)), "{times:?}");
    assert_eq!(times, comes("Steady", 2).1, "whatever the seed");
}

#[test]
fn a_recording_issues_each_request_at_its_time_while_water_flows() {
    let (level, times) = comes("Recorded(at_ms: [0, 40, 40, 1999, 5000, 86400000])", 1);
    assert_eq!(times, [0, 40, 40, 1_999, 5_000]);
    assert_eq!(times, comes("Recorded(at_ms: [0, 40, 40, 1999, 5000, 86400000])", 2).1);
    let text = level.to_text();
    assert!(text.contains("Recorded(at_ms: [0, 40, 40, 1999, 5000, 86400000])"), "{text}");
    assert_eq!(Level::parse(&text), Ok(level));
}

#[test]
fn the_longest_recording_fits_into_a_file_and_is_read_as_it_was_written() {
    let times: Vec<String> = (0..10_000).map(|nth| (80_000_000 + nth).to_string()).collect();
    let (level, _) = comes(&format!("Recorded(at_ms: [{}])", times.join(", ")), 1);
    let text = level.to_text();
    assert!(text.len() < pipe_maze_level::limits::FILE_BYTES_MAX, "{} bytes", text.len());
    assert!(text.lines().all(|line| line.chars().count() <= 120), "its lines can be read");
    assert_eq!(Level::parse(&text), Ok(level));
}
