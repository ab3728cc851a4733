//! Why a blueprint is refused.

use super::PIECES_MAX;
use crate::kernel::id::PieceId;
use std::fmt;

/// Why a blueprint is refused.
#[derive(Clone, PartialEq, Debug)]
pub enum Problem {
    /// There are more pieces than the simulation takes (60,000); pipes, hazards, classes, endpoints, steps, routes and
    /// partitions count, too.
    TooManyPieces {
        /// How many there are.
        count: usize,
    },
    /// Two pieces share an identity.
    Duplicate {
        /// The identity.
        id: PieceId,
    },
    /// A value lies outside what the simulation can represent.
    OutOfRange {
        /// The piece.
        id: PieceId,
        /// The field, with its unit last.
        field: &'static str,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A pipe names a piece that does not exist, or one that cannot be at that end.
    BadEnd {
        /// The pipe.
        pipe: PieceId,
        /// The end: `from` or `to`.
        end: &'static str,
        /// The piece it names.
        piece: PieceId,
        /// What may be there.
        allowed: &'static str,
    },
    /// Two pipes leave the same outlet.
    OutletTaken {
        /// The later pipe.
        pipe: PieceId,
        /// The piece that they leave.
        piece: PieceId,
        /// The outlet.
        outlet: u8,
    },
    /// Something refers to a piece that does not exist, or to one of the wrong kind.
    NoSuch {
        /// Who refers to it.
        id: PieceId,
        /// The field.
        field: &'static str,
        /// What it names.
        piece: PieceId,
        /// What it must name.
        allowed: &'static str,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyPieces { count } => {
                write!(
                    f,
                    "{count} pieces, pipes, hazards, classes, endpoints, steps, routes and partitions: at most {PIECES_MAX} are allowed; remove some"
                )
            }
            Self::Duplicate { id } => write!(f, "piece {id} occurs twice: give each piece a name of its own"),
            Self::OutOfRange { id, field, allowed } => write!(f, "piece {id}: {field} must be {allowed}"),
            Self::BadEnd { pipe, end, piece, allowed } => {
                write!(f, "pipe {pipe}: `{end}` names {piece}; it must name {allowed}")
            }
            Self::OutletTaken { pipe, piece, outlet } => {
                write!(f, "pipe {pipe}: outlet {outlet} of {piece} has a pipe already; use another outlet")
            }
            Self::NoSuch { id, field, piece, allowed } => {
                write!(f, "piece {id}: {field} names {piece}; it must name {allowed}")
            }
        }
    }
}
