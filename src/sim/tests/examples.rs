//! What the examples claim, on many seeds.

#[path = "../examples/retry_storm.rs"]
mod retry_storm;

use pipe_maze_sim::BudgetSpec;

const SEEDS: u64 = 20;
/// The normal distribution's and Student's quantile, the latter for one degree of freedom less than there are seeds, at a
/// two-sided level of 99.99 %.
const NORMAL: f64 = 3.8906;
const STUDENT_T: f64 = 4.8974;

/// Requests a second, what the service does a second, and tries of a request that nobody answers in time.
const LAMBDA: f64 = 60.0;
const MU: f64 = 100.0;
const TRIES: f64 = 4.0;

/// Of each seed what each second was like: requests answered, retries sent, and tries that wait at its end.
fn stories(budget: BudgetSpec) -> Vec<Vec<(u64, u64, u32)>> {
    (1..=SEEDS).map(|seed| retry_storm::story(budget, seed).expect("the blueprint is sound")).collect()
}

/// All seeds together answer in those seconds what a stable queue does: its departures are a Poisson process of the rate
/// of its arrivals (Burke's theorem). Out of the 0.3 s of a try an M/M/1 queue runs one in exp(0.3 x 40) = 160,000 times.
fn assert_answers(stories: &[Vec<(u64, u64, u32)>], seconds: std::ops::Range<usize>) {
    let expected = LAMBDA * SEEDS as f64 * seconds.len() as f64;
    let answered: u64 = stories.iter().flat_map(|story| &story[seconds.clone()]).map(|second| second.0).sum();
    assert!((answered as f64 - expected).abs() < NORMAL * expected.sqrt(), "{answered}, expected {expected}");
}

#[test]
fn a_retry_storm_outlives_the_stall_of_naive_clients_alone() {
    let (naive, careful) = (stories(BudgetSpec::Unlimited), stories(BudgetSpec::finagle()));
    // Before the stall both are well.
    for stories in [&naive, &careful] {
        assert_answers(stories, 1..5);
        assert!(stories.iter().all(|story| story[6].0 == 0), "it stands still");
    }
    // Whoever waits behind more than 0.3 s of work waits in vain, so each request is four tries, and the queue grows by what
    // they are more than the service does. It never ends.
    assert!(naive.iter().flat_map(|story| &story[7..]).all(|second| second.0 == 0), "nobody is answered again");
    let growth: Vec<f64> = naive.iter().map(|story| f64::from(story[29].2 - story[19].2) / 10.0).collect();
    let mean = growth.iter().sum::<f64>() / SEEDS as f64;
    let variance = growth.iter().map(|each| (each - mean).powi(2)).sum::<f64>() / (SEEDS - 1) as f64;
    let (expected, half) = (TRIES * LAMBDA - MU, STUDENT_T * (variance / SEEDS as f64).sqrt());
    assert!((mean - expected).abs() < half && half < 0.1 * expected, "{mean} ± {half}, expected {expected} a second");
    // The budget allows a fifth of the requests of ten seconds and a hundred: 220 in ten seconds, 440 in twenty. All that
    // has come since the stall began is worked off t seconds later, where 60 t + 440 = 100 (t - 2): after 16 s, at 21 s.
    // Chance, four standard deviations of what comes and is done in 20 s, adds 4 x sqrt(160 x 20) = 226 tries: 6 s more.
    assert_answers(&careful, 27..30);
}

#[test]
fn its_table_is_printed() {
    assert_eq!(retry_storm::main(), Ok(()));
}
