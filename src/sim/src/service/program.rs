//! Programs in their compiled form: flat lists of operations with jumps.

use crate::blueprint::{CallSpec, ServiceSpec, Step, Wait};
use crate::kernel::distribution::Distribution;

/// One operation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Op {
    Compute {
        time: u16,
    },
    Sleep {
        time: u16,
    },
    Read {
        time: u16,
    },
    Write {
        time: u16,
    },
    Call {
        site: u16,
    },
    /// Calls of `count` sites from `first` on, of which `needed` must succeed.
    Fork {
        first: u16,
        count: u16,
        needed: u16,
        strict: bool,
    },
    Publish {
        site: u16,
    },
    /// Goes on at `to` unless chance says otherwise.
    UnlessChance {
        probability: f64,
        to: u16,
    },
    /// Goes on at `to` unless `key mod modulus < below`.
    UnlessKey {
        modulus: u64,
        below: u64,
        to: u16,
    },
    Jump {
        to: u16,
    },
    Acquire {
        pool: u8,
    },
    Release {
        pool: u8,
    },
    Fail,
    End,
}

/// Where a call of an endpoint begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Entry {
    /// There is no such endpoint.
    Missing,
    /// A single piece of work of that time.
    Work { time: u16 },
    /// The operation of that number.
    Program { pc: u16 },
}

/// The programs of one service. What a piece of work needs comes first, beside what else a station is asked for then.
#[derive(Clone, Debug)]
#[repr(C)]
pub(crate) struct Programs {
    /// By the endpoint's number, rising.
    entries: Vec<(u16, Entry)>,
    pub times: Vec<Distribution>,
    /// What calls of endpoints find that no program is for.
    default: Entry,
    pub ops: Vec<Op>,
}

impl Programs {
    /// Compiles a service's programs. `site` makes a call site and gives its number; `endpoint` numbers endpoints.
    pub fn compile(
        spec: &ServiceSpec,
        site: &mut impl FnMut(&CallSpec) -> u16,
        endpoint: &mut impl FnMut(crate::blueprint::EndpointId) -> u16,
    ) -> Self {
        let mut programs = Self {
            ops: Vec::new(),
            times: vec![spec.service_time.clone()],
            entries: Vec::new(),
            default: if spec.endpoints.is_empty() { Entry::Work { time: 0 } } else { Entry::Missing },
        };
        for each in &spec.endpoints {
            let entry = if let [Step::Compute { time }] = &each.program[..] {
                Entry::Work { time: programs.time(time) }
            } else {
                let pc = programs.ops.len() as u16;
                programs.steps(&each.program, site);
                programs.ops.push(Op::End);
                Entry::Program { pc }
            };
            programs.entries.push((endpoint(each.id), entry));
        }
        programs.entries.sort_by_key(|&(number, _)| number);
        programs
    }

    /// What every call finds, where that is the same for all.
    #[inline]
    pub fn entry_of_all(&self) -> Option<Entry> {
        self.entries.is_empty().then_some(self.default)
    }

    pub fn entry(&self, endpoint: u16) -> Entry {
        let place = self.entries.binary_search_by_key(&endpoint, |&(number, _)| number);
        place.map_or(self.default, |place| self.entries[place].1)
    }

    fn time(&mut self, time: &Distribution) -> u16 {
        self.times.push(time.clone());
        (self.times.len() - 1) as u16
    }

    fn steps(&mut self, steps: &[Step], site: &mut impl FnMut(&CallSpec) -> u16) {
        for step in steps {
            let op = match step {
                Step::Compute { time } => Op::Compute { time: self.time(time) },
                Step::Sleep { time } => Op::Sleep { time: self.time(time) },
                Step::Read { time } => Op::Read { time: self.time(time) },
                Step::Write { time } => Op::Write { time: self.time(time) },
                Step::Call(call) => Op::Call { site: site(call) },
                Step::Parallel { calls, wait } => Self::fork(calls, *wait, site),
                Step::Publish(call) => Op::Publish { site: site(call) },
                Step::Acquire { pool } => Op::Acquire { pool: *pool },
                Step::Release { pool } => Op::Release { pool: *pool },
                Step::Fail => Op::Fail,
                Step::Chance { probability, then, otherwise } => {
                    let branch = |to| Op::UnlessChance { probability: *probability, to };
                    self.branch(branch, then, otherwise, site);
                    continue;
                }
                Step::ByKey { modulus, below, then, otherwise } => {
                    let branch = |to| Op::UnlessKey { modulus: *modulus, below: *below, to };
                    self.branch(branch, then, otherwise, site);
                    continue;
                }
            };
            self.ops.push(op);
        }
    }

    fn fork(calls: &[CallSpec], wait: Wait, site: &mut impl FnMut(&CallSpec) -> u16) -> Op {
        let first = calls.iter().map(site).fold(None, |first: Option<u16>, next| first.or(Some(next)));
        let count = calls.len() as u16;
        let needed = match wait {
            Wait::All => count,
            Wait::Any => 1,
            Wait::Quorum(k) => u16::from(k),
        };
        Op::Fork { first: first.unwrap_or(0), count, needed: needed.min(count), strict: wait == Wait::All }
    }

    /// `unless -> then -> jump over -> otherwise`, with both targets filled in once they are known.
    fn branch(
        &mut self,
        unless: impl Fn(u16) -> Op,
        then: &[Step],
        otherwise: &[Step],
        site: &mut impl FnMut(&CallSpec) -> u16,
    ) {
        let test = self.ops.len();
        self.ops.push(unless(0));
        self.steps(then, site);
        let over = self.ops.len();
        self.ops.push(Op::Jump { to: 0 });
        self.ops[test] = unless(self.ops.len() as u16);
        self.steps(otherwise, site);
        self.ops[over] = Op::Jump { to: self.ops.len() as u16 };
    }
}
