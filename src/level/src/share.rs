//! Sharing: a level, a solution, a replay or a pack of levels as a link or as a file, without a server.
//!
//! 1. [`Shared`] is what can be shared. Its parts are texts, as they would lie in a folder of levels: a level word by word
//!    (its hash tells its versions apart), the rest as short RON, in which everything has its name. So what a newer game
//!    adds is refused by its name, and what an older one wrote needs no migration but that of its own format.
//! 2. The parts are sealed (`seal`): deflated with a dictionary, and a checksum. A solution takes about 150 bytes.
//! 3. As a [share code](Shared::to_code) it fits into the fragment of a link (`#pm1-…`), as a [file](Shared::to_bytes) it
//!    is called `NAME.pipemaze`; [`qr`] makes a picture of a link.
//!
//! All of it comes from strangers: whatever is read is bounded in length, in what it unpacks to, in depth, counts and
//! texts; and what it would take to compute is bounded before and while it is computed ([`crate::replay::Rerun`]).

mod code;
mod error;
mod file;
mod parts;
mod qr;
mod seal;

pub use code::{code_in, link};
pub use error::ShareError;
pub use file::FILE_EXTENSION;
pub use qr::{QrCode, qr};

use crate::format::{Level, ParseErrors, options};
use crate::limits::{CANDIDATES_MAX, NAME_BYTES_MAX, PACK_LEVELS_MAX, TEXT_BYTES_MAX};
use crate::proof::Certificate;
use crate::replay::{Replay, level_hash};
use crate::solution::Solution;
use parts::{Part, PartKind};
use std::collections::BTreeSet;

/// The version of codes and files that is written; this and all before are read.
pub const SHARE_FORMAT: u32 = 1;

/// What can be shared.
#[derive(Clone, PartialEq, Debug)]
pub enum Shared {
    /// A level, to play.
    Level(Box<SharedLevel>),
    /// A solution, to try.
    Solution(Box<SharedSolution>),
    /// A replay with its branches, to watch, fork and verify.
    Replay(Box<SharedReplay>),
    /// Levels in the order in which they are to be played.
    Pack(Pack),
}

/// A level with the text that it was read from.
#[derive(Clone, PartialEq, Debug)]
pub struct LevelText {
    /// The level.
    pub level: Level,
    /// Its text.
    pub text: String,
}

/// A level with what proves it.
#[derive(Clone, PartialEq, Debug)]
pub struct SharedLevel {
    /// The level.
    pub level: LevelText,
    /// Its solutions by name.
    pub solutions: Vec<(String, Solution)>,
    /// Its decoys by name.
    pub decoys: Vec<(String, Solution)>,
    /// Its proof, for anyone to compute again.
    pub proof: Option<Certificate>,
}

/// A solution with its level, or with what tells which one is meant.
#[derive(Clone, PartialEq, Debug)]
pub struct SharedSolution {
    /// The solution.
    pub solution: Solution,
    /// The hash of the level's text, where it is known.
    pub level_hash: Option<String>,
    /// The level, where it is none of the campaign.
    pub level: Option<LevelText>,
}

/// A replay with its level, where that is none of the campaign.
#[derive(Clone, PartialEq, Debug)]
pub struct SharedReplay {
    /// The replay.
    pub replay: Replay,
    /// The level, where it is none of the campaign.
    pub level: Option<LevelText>,
}

/// Levels in the order in which they are to be played.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Pack {
    /// What it is called; may be empty.
    pub title: String,
    /// Its levels.
    pub levels: Vec<SharedLevel>,
}

impl LevelText {
    /// Reads a level.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: impl Into<String>) -> Result<Self, ParseErrors> {
        let text = text.into();
        Ok(Self { level: Level::parse(&text)?, text })
    }

    /// The hash of its text.
    pub fn hash(&self) -> String {
        level_hash(&self.text)
    }
}

impl From<LevelText> for SharedLevel {
    fn from(level: LevelText) -> Self {
        Self { level, solutions: Vec::new(), decoys: Vec::new(), proof: None }
    }
}

impl Shared {
    /// The level in it, if there is just one.
    pub fn level(&self) -> Option<&LevelText> {
        match self {
            Self::Level(shared) => Some(&shared.level),
            Self::Solution(shared) => shared.level.as_ref(),
            Self::Replay(shared) => shared.level.as_ref(),
            Self::Pack(_) => None,
        }
    }

    /// Its parts, written one after the other.
    fn to_parts(&self) -> Vec<u8> {
        let mut texts = Vec::new();
        match self {
            Self::Level(shared) => shared.collect(&mut texts),
            Self::Solution(shared) => {
                texts.push((PartKind::Solution, "", shared.solution.to_short_text()));
                let hash = shared.level_hash.iter().filter(|_| shared.level.is_none());
                texts.extend(hash.map(|hash| (PartKind::For, "", hash.clone())));
                texts.extend(shared.level.iter().map(|level| (PartKind::Level, "", level.text.clone())));
            }
            Self::Replay(shared) => {
                texts.push((PartKind::Replay, "", shared.replay.to_short_text()));
                texts.extend(shared.level.iter().map(|level| (PartKind::Level, "", level.text.clone())));
            }
            Self::Pack(pack) => {
                texts.push((PartKind::Pack, "", pack.title.clone()));
                pack.levels.iter().for_each(|level| level.collect(&mut texts));
            }
        }
        parts::write(texts.iter().map(|(kind, name, text)| Part { kind: *kind, name, text }))
    }

    /// Reads them again. What comes first says what it is.
    fn from_parts(bytes: &[u8]) -> Result<Self, ShareError> {
        let parts = parts::read(bytes)?;
        let Some((first, rest)) = parts.split_first() else { return Err(ShareError::Parts("it is empty")) };
        match first.kind {
            PartKind::Level => {
                let mut levels = levels(&parts)?;
                let level = levels.pop().filter(|_| levels.is_empty());
                level.map(|level| Self::Level(Box::new(level))).ok_or(ShareError::Parts("it has several levels"))
            }
            PartKind::Pack if first.text.len() > TEXT_BYTES_MAX => {
                Err(ShareError::Parts("the pack's title is too long"))
            }
            PartKind::Pack => Ok(Self::Pack(Pack { title: first.text.to_owned(), levels: levels(rest)? })),
            PartKind::Solution => {
                let solution = solution(first)?;
                let (level, level_hash) = context(rest, &solution.level)?;
                Ok(Self::Solution(Box::new(SharedSolution { solution, level_hash, level })))
            }
            PartKind::Replay => {
                let replay = Replay::parse(first.text).map_err(|errors| bad("replay", errors))?;
                let (level, _) = context(rest, &replay.level)?;
                Ok(Self::Replay(Box::new(SharedReplay { replay, level })))
            }
            PartKind::Decoy | PartKind::Proof | PartKind::For => {
                Err(ShareError::Parts("it begins with what belongs to something else"))
            }
        }
    }
}

impl SharedLevel {
    fn collect<'a>(&'a self, texts: &mut Vec<(PartKind, &'a str, String)>) {
        texts.push((PartKind::Level, "", self.level.text.clone()));
        for (kind, candidates) in [(PartKind::Solution, &self.solutions), (PartKind::Decoy, &self.decoys)] {
            texts.extend(candidates.iter().map(|(name, each)| (kind, name.as_str(), each.to_short_text())));
        }
        // Names and numbers: nothing in it can fail to be written.
        let short = |proof: &Certificate| options().to_string(proof).unwrap_or_default();
        texts.extend(self.proof.iter().map(|proof| (PartKind::Proof, "", short(proof))));
    }

    /// Takes in a part that belongs to it.
    fn add(&mut self, part: &Part<'_>) -> Result<(), ShareError> {
        let candidates = match part.kind {
            PartKind::Solution => &mut self.solutions,
            PartKind::Decoy => &mut self.decoys,
            PartKind::Proof if self.proof.is_none() => {
                self.proof = Some(Certificate::parse(part.text).map_err(|errors| bad("proof", errors))?);
                return Ok(());
            }
            _ => return Err(ShareError::Parts("it has a part where none belongs")),
        };
        if candidates.len() >= CANDIDATES_MAX {
            return Err(ShareError::TooMany { count_max: CANDIDATES_MAX });
        }
        if !is_candidate_name(part.name) {
            return Err(ShareError::Parts("a solution or decoy has a bad name"));
        }
        let solution = solution(part)?;
        if solution.level != self.level.level.id {
            return Err(ShareError::OtherLevel { wanted: solution.level, found: self.level.level.id.clone() });
        }
        candidates.push((part.name.to_owned(), solution));
        Ok(())
    }
}

/// Whether a text can stand between the dots of `NAME.….ron`: it becomes part of a file's name where a pack is unpacked.
fn is_candidate_name(name: &str) -> bool {
    (1..=2 * NAME_BYTES_MAX).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Levels, each with what belongs to it.
fn levels(parts: &[Part<'_>]) -> Result<Vec<SharedLevel>, ShareError> {
    let mut levels: Vec<SharedLevel> = Vec::new();
    let mut ids = BTreeSet::new();
    for part in parts {
        if part.kind != PartKind::Level {
            let last = levels.last_mut().ok_or(ShareError::Parts("it has a part that belongs to no level"))?;
            last.add(part)?;
            continue;
        }
        if levels.len() >= PACK_LEVELS_MAX {
            return Err(ShareError::TooMany { count_max: PACK_LEVELS_MAX });
        }
        let level = level(part)?;
        if !ids.insert(level.level.id.clone()) {
            return Err(ShareError::Parts("it has two levels of one id"));
        }
        levels.push(level.into());
    }
    Ok(levels)
}

/// What lies with a solution or replay: its level, or the hash of it.
fn context(parts: &[Part<'_>], wanted: &str) -> Result<(Option<LevelText>, Option<String>), ShareError> {
    match parts {
        [] => Ok((None, None)),
        [part] if part.kind == PartKind::For && part.text.len() <= NAME_BYTES_MAX => {
            Ok((None, Some(part.text.to_owned())))
        }
        [part] if part.kind == PartKind::Level => {
            let level = level(part)?;
            if level.level.id != wanted {
                return Err(ShareError::OtherLevel { wanted: wanted.to_owned(), found: level.level.id });
            }
            let hash = level.hash();
            Ok((Some(level), Some(hash)))
        }
        _ => Err(ShareError::Parts("it has a part where none belongs")),
    }
}

fn level(part: &Part<'_>) -> Result<LevelText, ShareError> {
    LevelText::parse(part.text).map_err(|errors| bad("level", errors))
}

fn solution(part: &Part<'_>) -> Result<Solution, ShareError> {
    let what = if part.name.is_empty() { "solution" } else { part.name };
    Solution::parse(part.text).map_err(|errors| bad(what, errors))
}

fn bad(what: &str, errors: ParseErrors) -> ShareError {
    ShareError::Bad { what: what.to_owned(), errors }
}
