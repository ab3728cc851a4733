//! Format 1: one run without branches. Frozen: it stays as it is, whatever becomes of the newest format.

use super::{Command, REPLAY_FORMAT, Replay, ReplayBranch};
use crate::edit::Edit;
use crate::format::Reader;
use crate::limits::EDITS_MAX;

/// What a file of format 1 says.
struct ReplayV1 {
    rules: u32,
    level: String,
    level_hash: String,
    seed: u64,
    build: Vec<Edit>,
    commands: Vec<Command>,
    until_ns: u64,
    digest: String,
}

impl From<ReplayV1> for Replay {
    fn from(v1: ReplayV1) -> Self {
        let branch = ReplayBranch { commands: v1.commands, until_ns: v1.until_ns, ..ReplayBranch::default() };
        Self {
            format: REPLAY_FORMAT,
            rules: v1.rules,
            level: v1.level,
            level_hash: v1.level_hash,
            seed: v1.seed,
            build: v1.build,
            branches: vec![branch],
            shown: 0,
            digest: v1.digest,
        }
    }
}

/// Reads the sections of a file of format 1.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Replay> {
    let rules = reader.section("rules");
    let (level, level_hash) = (reader.text("level"), reader.text("level_hash"));
    let seed = reader.section("seed");
    let build = reader.edits("build");
    let commands = reader.list::<Command>("commands", EDITS_MAX);
    let until_ns = reader.section("until_ns");
    let digest = reader.text("digest");
    reader.finish("format, rules, level, level_hash, seed, build, commands, until_ns and digest");
    let last_ns = commands.as_ref().and_then(|commands| commands.last()).map_or(0, |last| last.at_ns);
    if until_ns.is_some_and(|until_ns| last_ns > until_ns) {
        reader.report("until_ns", "lies before the last command: a run of this format ends after it".into());
    }
    let v1 = ReplayV1 {
        rules: rules?,
        level: level?,
        level_hash: level_hash?,
        seed: seed?,
        build: build?,
        commands: commands?,
        until_ns: until_ns?,
        digest: digest?,
    };
    Some(v1.into())
}
