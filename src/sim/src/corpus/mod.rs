//! The corpus: a fixed set of small runs that together use every part of the engine. Their digests are compared between
//! the native build and the browser's, and with those of the last commit: whoever changes one raises [`crate::RULES`].

mod clients;
mod faults;
mod pieces;
mod streams;

use crate::*;

/// A run of the corpus.
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    /// What it is made of.
    pub blueprint: Blueprint,
    /// What is done to it, in order of time.
    pub commands: Vec<(Time, Action)>,
    /// When it is over.
    pub until: Time,
}

impl Case {
    /// Runs it and gives its digest.
    ///
    /// # Errors
    /// The problems of its blueprint, of which there are none unless the corpus is wrong.
    pub fn digest(&self, seed: u64) -> Result<Digest, Vec<Problem>> {
        let mut run = Simulation::new(&self.blueprint, seed)?;
        for &(at, action) in &self.commands {
            run.advance_to(at, &mut ());
            // A refusal is as much a part of the run as a success.
            let refused = run.apply(action, &mut ()).is_err();
            debug_assert!(!refused, "{}: {action:?} is refused", self.name);
        }
        run.advance_to(self.until, &mut ());
        Ok(run.digest())
    }
}

/// All runs.
pub fn corpus() -> Vec<Case> {
    vec![
        case("reference", reference::reference_load(2_000), Vec::new()),
        case("distributions", pieces::distributions(), Vec::new()),
        case("traffic", pieces::traffic(), Vec::new()),
        case(
            "policies",
            pieces::policies(),
            vec![(ms(300), Action::SetPolicy { balancer: id("lb-0"), policy: Policy::Random })],
        ),
        case(
            "gateways",
            pieces::gateways(),
            vec![(ms(500), Action::SetRateLimit { gateway: id("entry"), interval_ns: 5_000_000 })],
        ),
        case("programs", clients::programs(), Vec::new()),
        case("clients", clients::clients(), Vec::new()),
        case("hazards", faults::hazards(), faults::commands()),
        case("streams", streams::streams(), streams::commands()),
    ]
}

fn case(name: &'static str, blueprint: Blueprint, commands: Vec<(Time, Action)>) -> Case {
    Case { name, blueprint, commands, until: ms(3_000) }
}

const fn ms(ms: u64) -> Time {
    Time::from_ms(ms)
}

const MS: u64 = 1_000_000;

const fn id(name: &str) -> PieceId {
    PieceId::from_name(name)
}

fn pipe(from: &str, outlet: u8, to: &str) -> PipeSpec {
    PipeSpec { outlet, ..PipeSpec::new(id(&format!("{from}>{to}")), id(from), id(to)) }
}

fn spring(name: &str, rate_per_s: f64) -> SpringSpec {
    SpringSpec::new(id(name)).rate_per_s(rate_per_s).stop_at(ms(1_000)).timeout_ns(400 * MS)
}

fn service(name: &str, service_time: Distribution) -> ServiceSpec {
    ServiceSpec { service_time, workers: 2, queue_limit: 20, ..ServiceSpec::new(id(name)) }
}

fn exponential(ms: u64) -> Distribution {
    Distribution::Exponential { mean_ns: ms * MS }
}
