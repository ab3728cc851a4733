//! What a random world is made from: a number for its sizes, and a bit for each trait that it has.

use pipe_maze_sim::Distribution;
use proptest::prelude::*;

/// A trait that a world has or has not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Trait {
    /// Balancers stand between the tiers.
    Balancers,
    /// Services run programs.
    Programs,
    /// There is a third tier.
    Deep,
    /// The last tier sometimes calls the first.
    Loops,
    Publish,
    Parallel,
    Pools,
    Branches,
    Optional,
    Stores,
    Disciplines,
    DropsExpired,
    Retries,
    Hedges,
    Breakers,
    Bulkheads,
    TryTimeouts,
    Deadlines,
    Cancels,
    Loss,
    Jitter,
    Connections,
    PipeHazards,
    ServiceHazards,
    Classes,
    /// A second spring has users.
    Users,
    Commands,
    /// Several replicas, which take a while to start.
    Replicas,
    /// All durations are whole milliseconds, so that much happens at the same instant.
    Coarse,
    Contention,
    /// Pipes of little bandwidth and room.
    Narrow,
    /// Commands aim at what does not exist, too.
    Misguided,
    /// A broker stands between the spring, the first tier and the last.
    Brokers,
    /// Gateways limit the rate.
    Limits,
}

/// What a world is made from.
#[derive(Clone, Copy, Debug)]
pub struct Genes {
    seed: u64,
    traits: u64,
}

/// What half of all worlds have more of: programs, which lead to what lies behind them.
const BUSY: u64 = 1 << Trait::Programs as u64 | 1 << Trait::Parallel as u64 | 1 << Trait::Pools as u64;

/// All traits.
const ALL: u64 = (2 << Trait::Limits as u64) - 1;

/// Any world.
pub fn genes() -> impl Strategy<Value = Genes> {
    let traits = (prop::bits::u64::masked(ALL), prop::bits::u64::masked(BUSY)).prop_map(|(some, more)| some | more);
    (any::<u64>(), traits).prop_map(|(seed, traits)| Genes { seed, traits })
}

impl Genes {
    pub fn has(self, each: Trait) -> bool {
        self.traits >> (each as u64) & 1 == 1
    }

    /// The same world without that trait.
    pub fn without(self, each: Trait) -> Self {
        Self { traits: self.traits & !(1 << (each as u64)), ..self }
    }

    /// The same world with that trait.
    pub fn with(self, each: Trait) -> Self {
        Self { traits: self.traits | 1 << (each as u64), ..self }
    }

    /// The dice for one purpose; independent of the traits, so that one trait less changes as little as possible.
    pub fn dice(self, purpose: u64) -> Dice {
        Dice { state: self.seed ^ purpose.wrapping_mul(0xd1b5_4a32_d192_ed03), coarse: self.has(Trait::Coarse) }
    }
}

/// Arbitrary choices, one after the other (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
    coarse: bool,
}

impl Dice {
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.bits() % bound
    }

    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    pub fn small(&mut self, from: u32, to: u32) -> u32 {
        self.between(u64::from(from), u64::from(to)) as u32
    }

    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize].clone()
    }

    /// A share from 0 to that many percent.
    pub fn share(&mut self, percent: u64) -> f64 {
        self.below(percent * 10 + 1) as f64 / 1e3
    }

    /// A duration from 0 up to so many milliseconds; short ones are as likely as long ones.
    pub fn ns(&mut self, ms_max: u64) -> u64 {
        let ms = self.between(0, ms_max).min(self.between(0, ms_max));
        let rest = self.below(1_000_000);
        if self.coarse { ms * 1_000_000 } else { ms * 1_000_000 + rest }
    }

    /// A duration of at least a nanosecond, or in a coarse world a millisecond.
    pub fn some_ns(&mut self, ms_max: u64) -> u64 {
        let least = if self.coarse { 1_000_000 } else { 1 };
        self.ns(ms_max).max(least)
    }

    /// How long something takes, so many milliseconds on average at most.
    pub fn time(&mut self, ms_max: u64) -> Distribution {
        let (kind, mean_ns, other_ns) = (self.below(11), self.ns(ms_max), self.ns(ms_max));
        let (p, sigma, stages) = (self.share(100), self.share(150), self.small(1, 4));
        if self.coarse && kind > 0 {
            return Distribution::Constant { mean_ns };
        }
        match kind {
            0 | 1 => Distribution::Exponential { mean_ns },
            2 => Distribution::Erlang { stages, mean_ns },
            3 => Distribution::LogNormal { mean_ns, sigma },
            4 => Distribution::Pareto { shape: 1.5 + sigma, minimum_ns: mean_ns },
            5 => Distribution::HyperExponential { p, mean_a_ns: mean_ns, mean_b_ns: other_ns },
            6 => Distribution::Uniform { min_ns: mean_ns.min(other_ns), max_ns: mean_ns.max(other_ns) },
            7 => {
                let points = [(p * 0.5, mean_ns.min(other_ns)), (1.0, mean_ns.max(other_ns))];
                Distribution::Empirical { points: points.into() }
            }
            _ => Distribution::Constant { mean_ns },
        }
    }
}
