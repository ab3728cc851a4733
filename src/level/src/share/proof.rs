//! A proof on paper: what came out when a level was proved, for anyone to compute again.

use crate::format::{FORMAT, Level, ParseErrors, Reader, options};
use crate::judge::Verdict;
use crate::limits::{CANDIDATES_MAX, NAME_BYTES_MAX, PROOF_SEEDS_MAX, TEXT_BYTES_MAX};
use crate::play::PlayError;
use crate::replay::{Check, level_hash};
use crate::share::SharedLevel;
use crate::verify::{Proof, ProofRow, verify};
use pipe_maze_sim::RULES;
use serde::{Deserialize, Serialize};

/// What came out when a level was proved.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ProofRecord {
    /// The version of the format.
    pub format: u32,
    /// The rules of the simulation under which it was proved.
    pub rules: u32,
    /// The [hash](level_hash) of the level's text.
    pub level_hash: String,
    /// The first seed.
    pub seed_base: u64,
    /// How many seeds were played.
    pub seeds: u64,
    /// One row for each solution and decoy.
    pub rows: Vec<ProofRecordRow>,
}

/// How one solution or decoy did.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofRecordRow {
    /// Its name.
    pub name: String,
    /// Whether it must win on every seed; else it must lose on every one.
    pub wins: bool,
    /// Seeds on which it won.
    pub won: u64,
    /// The slack by which it does what it must, on its worst seed.
    pub margin: f64,
    /// The digest at the end of the first seed.
    pub digest: String,
}

impl ProofRecordRow {
    fn of(row: &ProofRow) -> Self {
        Self {
            name: row.name.clone(),
            wins: row.expected == Verdict::Won,
            won: row.won,
            margin: row.margin(),
            digest: row.digest.to_string(),
        }
    }
}

impl ProofRecord {
    /// What came out of proving the level of that text on seeds from `seed_base` on.
    pub fn of(level_text: &str, proof: &Proof, seed_base: u64) -> Self {
        Self {
            format: FORMAT,
            rules: RULES,
            level_hash: level_hash(level_text),
            seed_base,
            seeds: proof.rows.first().map_or(0, |row| row.seeds),
            rows: proof.rows.iter().map(ProofRecordRow::of).collect(),
        }
    }

    /// Whether, as it says, the solutions win and the decoys lose on every seed, and there are some of both.
    pub fn holds(&self) -> bool {
        let each = self.rows.iter().all(|row| if row.wins { row.won == self.seeds } else { row.won == 0 });
        each && self.seeds > 0 && self.rows.iter().any(|row| row.wins) && self.rows.iter().any(|row| !row.wins)
    }

    /// Says what a proof that was computed again shows it to be.
    pub fn compare(&self, level_text: &str, again: &Proof) -> Check {
        let again = Self::of(level_text, again, self.seed_base);
        if self.rules != again.rules {
            Check::OtherRules
        } else if self.level_hash != again.level_hash {
            Check::OtherLevel
        } else if *self == again {
            Check::Verified
        } else {
            Check::Differs
        }
    }

    /// Reads a proof.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = Reader::open(text)?;
        let rules = reader.section("rules");
        let level_hash = reader.section::<String>("level_hash");
        let seed_base = reader.section("seed_base");
        let seeds = reader.section::<u64>("seeds");
        let rows = reader.list::<ProofRecordRow>("rows", 2 * CANDIDATES_MAX + 1);
        reader.finish("format, rules, level_hash, seed_base, seeds and rows");
        if seeds.is_some_and(|seeds| !(1..=PROOF_SEEDS_MAX).contains(&seeds)) {
            reader.report("seeds", format!("must be from 1 to {PROOF_SEEDS_MAX}"));
        }
        if level_hash.as_ref().is_some_and(|hash| hash.len() > TEXT_BYTES_MAX) {
            reader.report("level_hash", format!("at most {TEXT_BYTES_MAX} bytes"));
        }
        for (nth, row) in rows.iter().flatten().enumerate() {
            if row.name.len() > 2 * NAME_BYTES_MAX || row.digest.len() > 2 * NAME_BYTES_MAX {
                reader.report(&format!("rows[{nth}]"), "its name or digest is too long".into());
            }
            if seeds.is_some_and(|seeds| row.won > seeds) {
                reader.report(&format!("rows[{nth}]"), "won more seeds than were played".into());
            }
        }
        let record = || {
            Some(Self {
                format: FORMAT,
                rules: rules?,
                level_hash: level_hash?,
                seed_base: seed_base?,
                seeds: seeds?,
                rows: rows?,
            })
        };
        match record() {
            Some(record) if reader.errors.is_empty() => Ok(record),
            _ => Err(ParseErrors(reader.errors)),
        }
    }

    pub(super) fn to_short_text(&self) -> String {
        // Names and numbers: nothing in it can fail to be written.
        options().to_string(self).unwrap_or_default()
    }
}

impl SharedLevel {
    /// Proves the level on seeds from `seed_base` on, at most so many as a proof that travels may have, and keeps what
    /// came out.
    ///
    /// # Errors
    /// The name of the solution or decoy that cannot be played, and why.
    pub fn prove(&mut self, seed_base: u64, seeds: u64) -> Result<Proof, (String, PlayError)> {
        let level: &Level = &self.level.level;
        let proof = verify(level, &self.solutions, &self.decoys, seed_base, seeds.min(PROOF_SEEDS_MAX))?;
        self.proof = Some(ProofRecord::of(&self.level.text, &proof, seed_base));
        Ok(proof)
    }

    /// Computes the proof that came with it again, and says what it is; nothing where none came.
    ///
    /// # Errors
    /// The name of the solution or decoy that cannot be played, and why.
    pub fn check_proof(&self) -> Result<Option<(Check, Proof)>, (String, PlayError)> {
        let Some(record) = &self.proof else { return Ok(None) };
        let proof = verify(&self.level.level, &self.solutions, &self.decoys, record.seed_base, record.seeds)?;
        Ok(Some((record.compare(&self.level.text, &proof), proof)))
    }
}
