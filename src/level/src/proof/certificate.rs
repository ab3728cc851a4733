//! Certificates: a proof with all that it takes to compute it again.

use super::{Proof, Prover};
use crate::edit::Edit;
use crate::format::{FORMAT, Level, ParseError, ParseErrors, Reader, options};
use crate::judge::Verdict;
use crate::limits::{CANDIDATES_MAX, EDITS_MAX, PROOF_SEEDS_MAX, TEXT_BYTES_MAX};
use crate::replay::{Check, level_hash};
use crate::solution::Solution;
use pipe_maze_sim::RULES;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A proof that travels with its level.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Certificate {
    /// The version of the format.
    pub format: u32,
    /// The rules of the simulation under which it was proved.
    pub rules: u32,
    /// The [hash](level_hash) of the level's text.
    pub level_hash: String,
    /// The first seed.
    pub seed_base: u64,
    /// How many seeds.
    pub seeds: u64,
    /// What was played, and how it went: solutions, the untouched board, decoys.
    pub rows: Vec<CertificateRow>,
}

/// A solution or decoy in a certificate.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRow {
    /// Its name.
    pub name: String,
    /// What it must do on every seed.
    pub expected: Verdict,
    /// Seeds on which it won.
    pub won: u64,
    /// The digests of all seeds together.
    pub digest: String,
    /// What was done.
    pub solution: Solution,
}

impl Prover {
    /// The certificate of the proof, once it is done: of a level with its text.
    pub fn certificate(&self, level_text: &str) -> Option<Certificate> {
        let rows = self.rows.iter().zip(&self.candidates).map(|(row, candidate)| CertificateRow {
            name: row.name.clone(),
            expected: row.expected,
            won: row.won,
            digest: row.digest_of_all.to_string(),
            solution: candidate.solution.clone(),
        });
        self.is_done().then(|| Certificate {
            format: FORMAT,
            rules: RULES,
            level_hash: level_hash(level_text),
            seed_base: self.seed_base,
            seeds: self.seeds,
            rows: rows.collect(),
        })
    }
}

impl Certificate {
    /// Whether it says that the solutions win and the decoys lose on every seed, and that there is a solution.
    pub fn claims_to_hold(&self) -> bool {
        let holds = |row: &CertificateRow| match row.expected {
            Verdict::Won => row.won == self.seeds,
            Verdict::Lost => row.won == 0,
        };
        self.rows.iter().all(holds) && self.rows.iter().any(|row| row.expected == Verdict::Won)
    }

    /// Whether it was made for that very text of a level, under the rules of this program.
    pub fn fits(&self, level_text: &str) -> bool {
        self.rules == RULES && self.level_hash == level_hash(level_text)
    }

    /// The proof, to be computed again.
    pub fn prover(&self, level: Arc<Level>) -> Prover {
        let of = |expected: Verdict| {
            let rows = self.rows.iter().filter(move |row| row.expected == expected);
            // The untouched board is always played.
            let rows = rows.filter(|row| row.name != "untouched");
            rows.map(|row| (row.name.clone(), row.solution.clone())).collect::<Vec<_>>()
        };
        Prover::new(level, &of(Verdict::Won), &of(Verdict::Lost), self.seed_base, self.seeds)
    }

    /// What the certificate of a level with that text turns out to be, now that its proof has been computed again.
    pub fn check(&self, level_text: &str, proof: &Proof) -> Check {
        let same = self.rows.len() == proof.rows.len()
            && self.rows.iter().zip(&proof.rows).all(|(said, found)| {
                said.name == found.name
                    && said.expected == found.expected
                    && said.won == found.won
                    && said.digest == found.digest_of_all.to_string()
            });
        if self.rules != RULES {
            Check::OtherRules
        } else if self.level_hash != level_hash(level_text) {
            Check::OtherLevel
        } else if same {
            Check::Verified
        } else {
            Check::Differs
        }
    }

    /// The certificate as the text of a file.
    pub fn to_text(&self) -> String {
        let pretty = ron::ser::PrettyConfig::new().depth_limit(2);
        // Nothing in a certificate is of a kind that RON has no words for.
        options().to_string_pretty(self, pretty).unwrap_or_default()
    }

    /// Reads a certificate.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = Reader::open(text)?;
        let rules = reader.section("rules");
        let level_hash = reader.section::<String>("level_hash");
        let seed_base = reader.section("seed_base");
        let seeds = reader.section::<u64>("seeds");
        let rows = reader.list::<CertificateRow>("rows", CANDIDATES_MAX);
        let mut report = |place: String, message: String| {
            reader.errors.push(ParseError { position: None, place, message });
        };
        if level_hash.as_ref().is_some_and(|hash| hash.len() > TEXT_BYTES_MAX) {
            report("level_hash".into(), format!("at most {TEXT_BYTES_MAX} bytes"));
        }
        if seeds.is_some_and(|seeds| !(1..=PROOF_SEEDS_MAX).contains(&seeds)) {
            report("seeds".into(), format!("must be from 1 to {PROOF_SEEDS_MAX}"));
        }
        for (nth, row) in rows.iter().flatten().enumerate() {
            let Solution { plan, flow, .. } = &row.solution;
            if Edit::count_all(plan).max(Edit::count_all(flow.iter().map(|step| &step.edit))) > EDITS_MAX {
                report(format!("rows[{nth}]"), format!("plan and flow: at most {EDITS_MAX} edits"));
            }
        }
        reader.finish("format, rules, level_hash, seed_base, seeds and rows");
        match (rules, level_hash, seed_base, seeds, rows) {
            (Some(rules), Some(level_hash), Some(seed_base), Some(seeds), Some(rows)) if reader.errors.is_empty() => {
                Ok(Self { format: FORMAT, rules, level_hash, seed_base, seeds, rows })
            }
            _ => Err(ParseErrors(reader.errors)),
        }
    }
}
