//! Random programs, calls, clients and classes.

use crate::genes::{Dice, Genes, Trait};
use pipe_maze_sim::traffic::keys::KeySpec;
use pipe_maze_sim::*;

const OTHER: EndpointId = EndpointId::from_name("other");

/// Gives most services programs.
pub fn give_programs(blueprint: &mut Blueprint, genes: Genes) {
    for index in 0..blueprint.services.len() {
        let id = blueprint.services[index].id;
        let mut dice = genes.dice(id.0 << 16);
        let pools = (0..2).map(|_| PoolSpec { permits: dice.small(1, 3), queue_limit: dice.small(0, 4) }).collect();
        let mut writer = Writer { targets: targets(blueprint, id), id, genes, dice };
        let count = 2 + usize::from(writer.dice.percent(20));
        let endpoints: Vec<EndpointSpec> = [EndpointId::MAIN, OTHER, EndpointId::from_name("third")][..count]
            .iter()
            .map(|&id| EndpointSpec { id, program: writer.steps(0) })
            .collect();
        if genes.has(Trait::Programs) && !writer.dice.percent(15) {
            blueprint.services[index].endpoints = endpoints;
            blueprint.services[index].pools = pools;
            blueprint.services[index].keys_kept_ns = writer.dice.pick(&[0, 50_000_000, u64::MAX]);
        }
    }
}

/// A class of a spring.
pub fn class(blueprint: &Blueprint, id: PieceId, genes: Genes, dice: &mut Dice) -> ClassSpec {
    let keys = dice.pick(&[
        KeySpec::None,
        KeySpec::Uniform { keys: 5 },
        KeySpec::Zipf { keys: 9, exponent: 1.0 },
        KeySpec::Session { sessions: 4 },
    ]);
    ClassSpec {
        weight: dice.small(1, 4),
        keys,
        priority: dice.small(0, 7) as u8,
        idempotent: dice.percent(80),
        path: dice.pick(&crate::worlds::PATHS),
        call: call(&targets(blueprint, id), genes, dice),
        idempotency_key: dice.percent(40),
    }
}

/// The call by which a broker delivers.
pub fn consume(genes: Genes, dice: &mut Dice) -> CallSpec {
    CallSpec { to: None, optional: false, ..call(&[], genes, dice) }
}

/// What pipes lead to from a piece, one entry for each pipe.
fn targets(blueprint: &Blueprint, from: PieceId) -> Vec<PieceId> {
    blueprint.pipes.iter().filter(|pipe| pipe.from == from).map(|pipe| pipe.to).collect()
}

/// A call from a piece to one of those.
fn call(targets: &[PieceId], genes: Genes, dice: &mut Dice) -> CallSpec {
    let named = dice.percent(70);
    let to = if targets.is_empty() { None } else { Some(dice.pick(targets)) };
    let nowhere = EndpointId::from_name("nowhere");
    CallSpec {
        to: to.filter(|_| named),
        endpoint: dice.pick(&[EndpointId::MAIN, EndpointId::MAIN, EndpointId::MAIN, OTHER, OTHER, OTHER, nowhere]),
        // Where there is bandwidth in plenty nobody feels even the nanosecond that a byte takes.
        request_bytes: dice.small(0, 2_000) * u32::from(genes.has(Trait::Narrow)),
        response_bytes: dice.small(0, 4_000) * u32::from(genes.has(Trait::Narrow)),
        optional: dice.percent(40) && genes.has(Trait::Optional),
        client: client(genes, dice),
    }
}

fn client(genes: Genes, dice: &mut Dice) -> ClientSpec {
    // Everything is rolled before it is asked which traits the world has: one trait less changes nothing else.
    let (timeout_ns, try_timeout_ns) = (dice.some_ns(400), dice.some_ns(80));
    let (retry, breaker, bulkhead) = (retry(genes, dice), breaker(dice), bulkhead(dice));
    let hedge = HedgeSpec { delay_ns: dice.ns(30), max: dice.small(1, 4) };
    let mut also = |each: Trait, percent: u64| dice.percent(percent) && genes.has(each);
    ClientSpec {
        timeout_ns,
        try_timeout_ns: also(Trait::TryTimeouts, 50).then_some(try_timeout_ns),
        retry: also(Trait::Retries, 60).then_some(retry),
        hedge: also(Trait::Hedges, 50).then_some(hedge),
        breaker: also(Trait::Breakers, 50).then_some(breaker),
        bulkhead: also(Trait::Bulkheads, 50).then_some(bulkhead),
        propagates_deadline: also(Trait::Deadlines, 60),
        cancels: also(Trait::Cancels, 60),
    }
}

fn retry(genes: Genes, dice: &mut Dice) -> RetrySpec {
    let base_ns = dice.some_ns(20);
    let randomized = Jitter::Randomized { percent: 50 };
    let jitters = [Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::Envoy, randomized];
    let backoff = Backoff { base_ns, cap_ns: base_ns + dice.ns(50), multiplier: 2.0, jitter: dice.pick(&jitters) };
    let budget = dice.pick(&[
        BudgetSpec::Unlimited,
        BudgetSpec::finagle(),
        BudgetSpec::Finagle { ttl_ns: 1_000_000_000, percent: 20, reserve_per_s: 0 },
        BudgetSpec::Envoy { min_concurrent: 1, percent: 20 },
        BudgetSpec::grpc(),
    ]);
    // A budget is shared by calls, as a breaker is.
    let budget = if genes.has(Trait::Breakers) { budget } else { BudgetSpec::Unlimited };
    let on = RetryOn {
        timeout: dice.percent(80),
        rejected: dice.percent(80),
        failed: dice.percent(80),
        no_route: dice.percent(80),
    };
    RetrySpec { retries: dice.small(1, 4), backoff, budget, on }
}

fn breaker(dice: &mut Dice) -> BreakerSpec {
    let hystrix = BreakerSpec::Hystrix {
        request_volume: dice.small(1, 5),
        error_percent: dice.small(10, 100),
        sleep_ns: dice.ns(60),
        window_ns: 100_000_000,
        snapshot_ns: 10_000_000 + dice.ns(20),
    };
    let resilience4j = BreakerSpec::Resilience4j {
        window: dice.small(1, 8),
        minimum_calls: dice.small(1, 8),
        failure_percent: dice.small(10, 100),
        slow_call_ns: dice.ns(60),
        slow_percent: dice.small(20, 100),
        open_ns: dice.ns(60),
        half_open_calls: dice.small(1, 3),
    };
    dice.pick(&[hystrix, resilience4j])
}

fn bulkhead(dice: &mut Dice) -> BulkheadSpec {
    let waits = dice.percent(60);
    let max_wait_ns = if waits { dice.some_ns(40) } else { 0 };
    BulkheadSpec { max_concurrent: dice.small(1, 4), max_waiting: dice.small(0, 4), max_wait_ns }
}

/// Writes the programs of one service.
struct Writer {
    targets: Vec<PieceId>,
    id: PieceId,
    genes: Genes,
    dice: Dice,
}

impl Writer {
    fn steps(&mut self, depth: u32) -> Vec<Step> {
        (0..self.dice.below(4)).filter_map(|_| self.step(depth)).collect()
    }

    /// A step, unless it is of a kind that this world has not.
    fn step(&mut self, depth: u32) -> Option<Step> {
        let kind = self.dice.below(20);
        let (time, pool) = (self.dice.time(20), self.dice.below(2) as u8);
        let (probability, modulus, below) = (self.dice.share(100), self.dice.between(1, 4), self.dice.below(4));
        let genes = self.genes;
        let only = |each: Trait, step: Step| genes.has(each).then_some(step);
        match kind {
            0..=2 => Some(Step::Compute { time }),
            3 => Some(Step::Sleep { time }),
            4 => only(Trait::Stores, Step::Read { time }),
            5 => only(Trait::Stores, Step::Write { time }),
            6..=9 => Some(Step::Call(self.call())),
            10 | 11 => {
                let step = self.parallel();
                only(Trait::Parallel, step)
            }
            12 => {
                // Upwards nothing is published: that would never come to an end.
                let step = Step::Publish(self.call());
                let downwards = self.id.0 < 200 || !genes.has(Trait::Loops);
                only(Trait::Publish, step).filter(|_| downwards)
            }
            13 | 14 if depth < 2 => {
                let (then, otherwise) = (self.steps(depth + 1), self.steps(depth + 1));
                let chance = Step::Chance { probability, then: then.clone(), otherwise: otherwise.clone() };
                let by_key = Step::ByKey { modulus, below, then, otherwise };
                only(Trait::Branches, if kind == 13 { chance } else { by_key })
            }
            15 | 16 => only(Trait::Pools, Step::Acquire { pool }),
            17 => only(Trait::Pools, Step::Release { pool }),
            18 if self.dice.percent(20) => Some(Step::Fail),
            _ => None,
        }
    }

    fn call(&mut self) -> CallSpec {
        call(&self.targets, self.genes, &mut self.dice)
    }

    fn parallel(&mut self) -> Step {
        let count = self.dice.below(4);
        let calls: Vec<CallSpec> = (0..count).map(|_| self.call()).collect();
        let quorum = Wait::Quorum(self.dice.between(1, count.max(1)) as u8);
        let wait = self.dice.pick(&[Wait::All, Wait::Any, quorum]);
        let wait = if count == 0 { Wait::All } else { wait };
        Step::Parallel { calls, wait }
    }
}
