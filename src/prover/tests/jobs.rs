//! Jobs and news are the same as texts, and a bad job is explained.
#![expect(clippy::unwrap_used, reason = "all of this file is test code")]

use pipe_maze_level::robustness::{HELD_OUT_SEEDS, held_out_seed};
use pipe_maze_level::{Edit, HeldOut, Level, Play, Solution, Verdict};
use pipe_maze_prover::{JOB_BYTES_MAX, Job, News, perform};
use pipe_maze_sim::Time;
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn text(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../levels/{name}.ron"));
    fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// A trial of the reference solution, with what it does while the water flows.
fn trial(name: &str, seeds: u32) -> (Arc<Level>, Solution, Job) {
    let level = Arc::new(Level::parse(&text(name)).unwrap());
    let solution = Solution::parse(&text(&format!("{name}.solution"))).unwrap();
    let commands = solution.flow.iter().map(|step| (Time::from_ms(step.at_ms), step.edit.clone())).collect();
    let job = Job::trial(HeldOut::new(Arc::clone(&level), solution.board(&level).unwrap(), commands, seeds));
    (level, solution, job)
}

fn news_of(mut job: Job, work: u64) -> Vec<News> {
    let mut news = Vec::new();
    while !job.advance(work, &mut |each| news.push(each)) {}
    assert!(job.advance(work, &mut |_| panic!("nothing follows the last of the news")));
    news
}

fn news_of_text(text: &str) -> Vec<News> {
    let mut news = Vec::new();
    perform(text, &mut |each| news.push(each));
    news
}

/// All levels: whatever a level may hold survives its way through a text, and so do the figures of its runs.
#[test]
fn a_job_from_its_text_finds_the_same_as_the_job_itself_and_as_a_play() {
    let campaign = pipe_maze_level::Campaign::parse(&text("campaign")).unwrap();
    for name in &campaign.levels {
        let (level, solution, job) = trial(name, 3);
        let told = news_of_text(&job.to_text().unwrap());
        assert_eq!(told, news_of(job.clone(), 3_000), "{name}: in another measure");
        for (nth, news) in told.iter().enumerate().take(3) {
            let News::Seed(result) = news else { panic!("{name}: {news:?}") };
            let play = Play::run(&level, &solution, held_out_seed(&level.id, nth as u32)).unwrap();
            assert_eq!((result.seed, result.digest), (play.seed(), play.digest()), "{name}");
            assert_eq!(result.won, play.verdict() == Some(Verdict::Won), "{name}");
            assert_eq!(News::parse(&news.to_text()).unwrap(), *news, "{name}: to the last bit");
        }
        assert_eq!((told.len(), &told[3]), (4, &News::Done), "{name}");
    }
}

#[test]
fn news_come_one_by_one() {
    let (_, _, mut job) = trial("3-flow-control/two-rooms", HELD_OUT_SEEDS);
    let mut at_once_max = 0;
    let mut over = false;
    while !over {
        let mut at_once = 0;
        over = job.advance(2_000, &mut |_| at_once += 1);
        at_once_max = at_once_max.max(at_once);
    }
    assert_eq!(at_once_max, 2, "the last seed and the end");
}

#[test]
fn what_the_simulation_refuses_is_told() {
    let (_, _, job) = trial("3-flow-control/two-rooms", 2);
    let commands = vec![(Time::from_ms(10), Edit::RemovePipe { name: "feed".into() })];
    let (level, solution, _) = trial("3-flow-control/two-rooms", 2);
    let refused = HeldOut::new(Arc::clone(&level), solution.board(&level).unwrap(), commands, 2);
    let news = news_of(Job::trial(refused), 1_000);
    assert!(matches!(&news[..], [News::Failed(reason)] if reason.contains("commands[0]")), "{news:?}");
    assert_eq!(news_of(job, 1_000).last(), Some(&News::Done));
}

#[test]
fn bad_jobs_are_explained() {
    let level = ron::to_string(&text("3-flow-control/two-rooms")).unwrap();
    let job = |level: &str, build: &str, commands: &str, seeds: u32| {
        format!("Trial(level: {level}, build: [{build}], commands: [{commands}], seeds: {seeds})")
    };
    let valve = |at_ns: u64| format!(r#"(at_ns: {at_ns}, edit: Valve(name: "a", shut: true)),"#);
    let many = r#"RemovePipe(name: "a"),"#.repeat(5_000);
    let deep = format!("{}{}", "Batch([".repeat(40), "])".repeat(40));
    let cases = [
        (String::new(), "cannot be computed"),
        ("Proove(level: \"\")".into(), "Proove"),
        (job(&level, "", "", 0), "ask for 1 to 10000"),
        (job(&level, "", "", 10_001), "ask for 1 to 10000"),
        (job("\"(format: 1)\"", "", "", 1), "level: "),
        (job(&level, r#"RemovePipe(name: "no-such")"#, "", 1), "build[0]: "),
        (job(&level, &many, "", 1), "build: 5000 edits; at most 4096"),
        (job(&level, &deep, "", 1), "recursion"),
        (job(&level, "", &(valve(5) + &valve(4)), 1), "order of time"),
        (" ".repeat(JOB_BYTES_MAX + 1), "at most 8388608 are read"),
    ];
    for (text, word) in cases {
        let news = news_of_text(&text);
        let [News::Failed(reason)] = &news[..] else { panic!("{word}: {news:?}") };
        assert!(reason.to_lowercase().contains(&word.to_lowercase()), "`{word}` is not in: {reason}");
    }
    assert!(News::parse("Seed(3)").is_err() && News::parse("").is_err());
}
