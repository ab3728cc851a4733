//! Progress as the first version wrote it. This never changes.

use crate::{Best, Calibration, Record, Robust};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    #[expect(dead_code, reason = "it was looked at before; a file of another version is none of these")]
    format: u32,
    #[serde(default)]
    here: Option<String>,
    levels: BTreeMap<String, FirstRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstRecord {
    attempts: u32,
    #[serde(default)]
    best: Option<FirstBest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstBest {
    cost: u32,
    #[serde(default)]
    p99_us: Option<u64>,
    #[serde(default)]
    robust: Option<FirstRobust>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstRobust {
    held: u32,
    of: u32,
}

impl From<File> for super::File {
    fn from(File { here, levels, .. }: File) -> Self {
        let robust = |FirstRobust { held, of }: FirstRobust| Robust { held, of };
        let best =
            |FirstBest { cost, p99_us, robust: held }: FirstBest| Best { cost, p99_us, robust: held.map(robust) };
        let record = |FirstRecord { attempts, best: won }: FirstRecord| Record { attempts, best: won.map(best) };
        let levels = levels.into_iter().map(|(id, first)| (id, record(first))).collect();
        Self { format: super::FORMAT, here, levels, runs: BTreeMap::new(), calibration: Calibration::default() }
    }
}
