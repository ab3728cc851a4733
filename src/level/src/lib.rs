//! Levels of Pipe Maze: the format, the board that a player builds on, the judge, and the proof.
//!
//! 1. [`Level::parse`] reads and checks a level file and reports every problem at once.
//! 2. A [`Board`] is what stands in the level. [`Edit`] is the player's whole vocabulary: a value with an inverse,
//!    applied in Plan, in Flow and by solutions alike.
//! 3. [`Play`] lowers a board to a simulation, carries edits into it as commands, and judges it.
//! 4. A [`Replay`] is a run that anyone can compute again; [`share`] puts it, a level or a solution into a link or file.
//! 5. [`proof`] proves a level: its solution wins and its decoys lose, on every seed asked for.
//! 6. A [`Draft`] is a level that is being edited, by [`LevelEdit`] or as text.
//!
//! This crate knows cells, prices and objectives; the simulation knows none of them. It knows no file, clock or window.

pub mod board;
pub mod campaign;
pub mod chaos;
pub mod draft;
pub mod edit;
pub mod enemy;
pub mod format;
pub mod grid;
pub mod judge;
pub mod kind;
pub mod limits;
pub mod losses;
mod lower;
pub mod milliseconds;
pub mod navigator;
pub mod orders;
pub mod play;
pub mod prediction;
pub mod profile;
pub mod proof;
pub mod replay;
pub mod robustness;
mod route;
pub mod share;
pub mod solution;
pub mod template;
pub mod timeline;
pub mod tutorial;

pub use board::{Board, Clip, History, Piece, Pipe};
pub use campaign::Campaign;
pub use chaos::{Chaos, EnemyStock};
pub use draft::{Draft, DraftProblem, DraftRefusal, LevelEdit, Severity};
pub use edit::{Edit, Refusal, Setting};
pub use enemy::{Enemy, EnemyKind, EnemySpec};
pub use format::{Argument, Flaw, Genre, Level, Objective, ParseError, ParseErrors, Place, Rule};
pub use grid::{Cell, Facing, Ground, Heading};
pub use judge::{Judge, Report, Verdict};
pub use kind::{Class, Kind, KindSpec, Param, Port};
pub use losses::{CauseLoss, LossReport, PieceLoss};
pub use navigator::{Leg, Navigator};
pub use orders::Command;
pub use play::{EnemyState, Play, PlayError};
pub use prediction::Prediction;
pub use profile::Profile;
pub use proof::{Certificate, Proof, ProofRow, Prover};
pub use replay::Replay;
pub use robustness::{HeldOut, Stars};
pub use share::Shared;
pub use solution::Solution;
pub use timeline::{Branch, BranchId, Journey, Mark, MarkKind, Onset, Timeline};
pub use tutorial::{Lesson, Spot};
