//! Bounds on everything that comes from strangers.

/// Most bytes of a level or solution file.
pub const FILE_BYTES_MAX: usize = 256 * 1024;
/// Deepest nesting of a file: a step of an editor's past holds an edit, which holds what a level nests.
pub const DEPTH_MAX: usize = 40;
/// Most columns, and most rows, of a map.
pub const MAP_SIDE_MAX: usize = 64;
/// Most fixed pieces of a level.
pub const PIECES_MAX: usize = 256;
/// Most pipes on a board.
pub const PIPES_MAX: usize = 1_024;
/// Most kinds in an inventory.
pub const STOCKS_MAX: usize = 64;
/// Most objectives of a level.
pub const OBJECTIVES_MAX: usize = 16;
/// Most bytes of a draft with its past.
pub const SNAPSHOT_BYTES_MAX: usize = 4 << 20;
/// Most steps of a draft's past that are kept between sittings, in each direction.
pub const SNAPSHOT_STEPS_MAX: usize = 65_536;
/// Most solutions and decoys of a proof.
pub const CANDIDATES_MAX: usize = 64;
/// Most seeds of a proof.
pub const PROOF_SEEDS_MAX: u64 = 10_000;
/// Most edits in a solution, those within batches included.
pub const EDITS_MAX: usize = 4_096;
/// Most problems of a file that are told at once.
pub const ERRORS_MAX: usize = 200;
/// Longest name, in bytes.
pub const NAME_BYTES_MAX: usize = 32;
/// Longest text, in bytes.
pub const TEXT_BYTES_MAX: usize = 4_000;
/// Most texts of one language.
pub const TEXTS_MAX: usize = 64;
/// Longest level, in simulated milliseconds: one hour.
pub const DURATION_MS_MAX: u64 = 3_600_000;
/// Longest time of planning against the clock, in seconds: one hour.
pub const PLAN_S_MAX: u32 = 3_600;
/// Longest wait of a breaker or between tries, in simulated milliseconds: a day.
pub const WAIT_MS_MAX: u64 = 86_400_000;
/// Longest timeout, in simulated milliseconds: one hour.
pub const TIMEOUT_MS_MAX: u64 = 3_600_000;
/// Most requests that a level's springs issue together, on average.
pub const REQUESTS_MAX: f64 = 2_000_000.0;
/// Highest price or budget.
pub const COINS_MAX: u32 = 1_000_000;
/// Most levels of a campaign.
pub const CAMPAIGN_LEVELS_MAX: usize = 1_000;
/// Most folders and names in the path of a level.
pub const PATH_DEPTH_MAX: usize = 4;
/// Most classes of a spring.
pub const CLASSES_MAX: usize = 3;
/// Most points of a traffic curve.
pub const PROFILE_POINTS_MAX: usize = 256;
/// Most requests of a recording: so many times take less than half of the largest file.
pub const RECORDED_MAX: usize = 10_000;
/// Most users of a spring.
pub const USERS_MAX: u32 = 100_000;
/// Most enemies of a level.
pub const ENEMIES_MAX: usize = 32;
/// Most cells of an enemy.
pub const ENEMY_CELLS_MAX: usize = 64;
/// Most knobs that a level opens on a piece.
pub const KNOBS_MAX: usize = 16;
/// Most bytes of the keyframes of a timeline, where nothing else is said.
pub const KEYFRAME_BYTES_MAX: usize = 64 << 20;
/// Most branches of a timeline.
pub const BRANCHES_MAX: usize = 256;
/// Most commands of all branches of a timeline together.
pub const COMMANDS_MAX: usize = 65_536;
/// Most marks of a branch, beside its commands.
pub const MARKS_MAX: usize = 512;
/// Most windows of a run's series.
pub const WINDOWS_MAX: usize = 128;
/// Most bytes of a replay file.
pub const REPLAY_BYTES_MAX: usize = 2 << 20;
/// Most requests that the runs of a replay issue together, on average.
pub const REPLAY_REQUESTS_MAX: f64 = 8_000_000.0;
/// Most events of the simulation that the runs of a replay take together; a few tens of seconds natively.
pub const REPLAY_EVENTS_MAX: u64 = 200_000_000;
/// Most characters of a share code.
pub const CODE_BYTES_MAX: usize = 256 * 1024;
/// Most characters of a link that chats and mail programs carry whole; for what is longer a file is advised.
pub const LINK_BYTES_PRACTICAL: usize = 8_000;
/// Most bytes of a link as a QR code: beyond, its squares are too small for a telephone in front of a screen.
pub const QR_BYTES_MAX: usize = 1_500;
/// Most bytes of a `.pipemaze` file.
pub const PACKED_BYTES_MAX: usize = 4 << 20;
/// Most bytes that a share code unpacks to.
pub const CODE_UNPACKED_BYTES_MAX: usize = 4 << 20;
/// Most bytes that a `.pipemaze` file unpacks to.
pub const UNPACKED_BYTES_MAX: usize = 32 << 20;
/// How many times as large as it is packed something unpacks to at most, beside [`UNPACKED_BYTES_FREE`].
pub const UNPACKED_RATIO_MAX: usize = 100;
/// What may be unpacked from however little, in bytes.
pub const UNPACKED_BYTES_FREE: usize = 64 * 1024;
/// Most levels of a pack.
pub const PACK_LEVELS_MAX: usize = 200;
/// Most parts of what is shared.
pub const PARTS_MAX: usize = 4_096;
