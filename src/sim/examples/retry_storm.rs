//! A retry storm: two seconds of standstill, and a service at 60 % load never comes back, because of its own clients.
//!
//! `cargo run -p pipe-maze-sim --example retry_storm`

use pipe_maze_sim::*;

const MS: u64 = 1_000_000;

/// 60 requests a second to a worker that does 100, and stands still from 5 s to 7 s.
fn world(budget: BudgetSpec) -> Blueprint {
    let (spring, service) = (PieceId::from_name("spring"), PieceId::from_name("service"));
    let retry = RetrySpec { retries: 3, backoff: Backoff::default(), budget, on: RetryOn::default() };
    let client = ClientSpec { try_timeout_ns: Some(300 * MS), retry: Some(retry), ..ClientSpec::default() };
    let call = CallSpec::new(service, EndpointId::MAIN).client(client);
    Blueprint {
        springs: vec![SpringSpec::new(spring).rate_per_s(60.0).calling(call)],
        services: vec![ServiceSpec { queue_limit: 10_000, ..ServiceSpec::new(service) }],
        pipes: vec![PipeSpec::new(PieceId::from_name("pipe"), spring, service)],
        hazards: vec![HazardSpec {
            id: PieceId::from_name("stall"),
            on: service,
            schedule: Schedule::once(Time::from_ms(5_000), Time::from_ms(7_000)),
            fault: Fault::Pause { replicas: 1 },
        }],
        ..Blueprint::default()
    }
}

/// What each of thirty seconds was like: requests answered, retries sent, and tries that wait at its end.
pub fn story(budget: BudgetSpec, seed: u64) -> Result<Vec<(u64, u64, u32)>, Vec<Problem>> {
    let mut run = Simulation::new(&world(budget), seed)?;
    let seconds = (1..=30).map(|s| {
        let (before, mut retries) = (run.view().totals().answered, 0);
        let mut count = |_: Time, fact: &Fact| retries += u64::from(matches!(fact, Fact::Retried { .. }));
        run.advance_to(Time::from_ms(1_000 * s), &mut count);
        let queue = run.view().services().map(|service| service.queued).sum();
        (run.view().totals().answered - before, retries, queue)
    });
    Ok(seconds.collect())
}

/// Prints what the seconds were like without a budget and with one.
pub fn main() -> Result<(), Vec<Problem>> {
    let (naive, careful) = (story(BudgetSpec::Unlimited, 1)?, story(BudgetSpec::finagle(), 1)?);
    println!("         3 retries each           |  the same with a retry budget");
    println!("   s   answered  retries   queue  |  answered  retries   queue");
    for (s, (a, b)) in (1..).zip(naive.iter().zip(&careful)) {
        let stall = if (6..=7).contains(&s) { "  <- stands still" } else { "" };
        println!("{s:>4} {:>10} {:>8} {:>7}  |{:>10} {:>8} {:>7}{stall}", a.0, a.1, a.2, b.0, b.1, b.2);
    }
    let verdict = |answered| if answered > 30 { "recovers" } else { "stays down, long after the stall is over" };
    println!("Naive clients: the service {}. With a budget: it {}.", verdict(naive[29].0), verdict(careful[29].0));
    Ok(())
}
