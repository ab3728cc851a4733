//! Flaws: everything that can be wrong, or doubtful, about a level. Parse errors and the problems of drafts are made of
//! the same ones.

use super::rule::Rule;
use crate::edit::Refusal;
use crate::enemy::EnemyKind;
use crate::grid::Cell;
use crate::kind::{Class, Kind};
use crate::limits::{KNOBS_MAX, TEXT_BYTES_MAX, TEXTS_MAX};
use crate::tutorial::STEPS_MAX;
use std::fmt;

/// Where in a level something is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// A section of the file: `id`, `section`, `texts`, `pieces`, `budget`, `par`, `objectives`, `flow`.
    Section(&'static str),
    /// A field of a section.
    Field(&'static str, &'static str),
    /// The texts of a language.
    Language(String),
    /// One text: its language and key.
    Text(String, String),
    /// A piece of the level.
    Piece(String),
    /// A pipe that is built already.
    Pipe(String),
    /// An enemy.
    Enemy(String),
    /// A kind in the inventory.
    Stock(Kind),
    /// A kind of fault that the player places.
    Fault(EnemyKind),
    /// An edit of what is built already, from 0.
    Start(u32),
    /// A step of the tutorial, from 0.
    Step(u32),
    /// An objective, from 0.
    Objective(u32),
}

impl Place {
    /// Whether it says what stands on the board, and what it costs.
    pub(crate) const fn is_of_board(&self) -> bool {
        match self {
            Self::Piece(_) | Self::Enemy(_) | Self::Stock(_) => true,
            Self::Section(section) | Self::Field(section, _) => matches!(section.as_bytes(), b"pipes" | b"budget"),
            _ => false,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Section(section) => write!(f, "{section}"),
            Self::Field(section, field) => write!(f, "{section}, {field}"),
            Self::Language(language) => write!(f, "texts, {}", clip(language)),
            Self::Text(language, key) => write!(f, "texts, {}, {}", clip(language), clip(key)),
            Self::Piece(name) => write!(f, "pieces, `{}`", clip(name)),
            Self::Pipe(name) => write!(f, "pipe `{}`", clip(name)),
            Self::Enemy(name) => write!(f, "enemies, `{}`", clip(name)),
            Self::Stock(kind) => write!(f, "inventory, {}", kind.key()),
            Self::Fault(kind) => write!(f, "chaos, {}", kind.key()),
            Self::Start(nth) => write!(f, "start[{nth}]"),
            Self::Step(nth) => write!(f, "tutorial[{nth}]"),
            Self::Objective(nth) => write!(f, "objectives[{nth}]"),
        }
    }
}

/// What is wrong or doubtful.
#[derive(Clone, PartialEq, Debug)]
pub enum Flaw {
    /// That is no name.
    BadName(String),
    /// Something else has that name.
    NameTaken,
    /// A field, or what the place itself is where none is named, breaks a rule.
    Breaks(String, Rule),
    /// There are more languages, or texts of one, than are read.
    TooManyTexts(usize),
    /// An English text is missing that every level has.
    TextMissing(&'static str),
    /// A text has so many bytes, and that is too many.
    TextTooLong(usize),
    /// A piece that stands on pipes is none that a level can have.
    StandsOnPipe,
    /// No spring.
    NoSpring,
    /// Nothing answers, and nothing in the inventory could.
    NoAnswer,
    /// A cell of it lies outside the map.
    OutsideMap(Cell),
    /// A cell of it is rock.
    Rock(Cell),
    /// Another piece stands there.
    PieceThere(Cell),
    /// Nothing there makes calls.
    NoCaller(Cell),
    /// A piece has two power-ups of one kind.
    TwoOfKind(String),
    /// More knobs than a piece can have.
    TooManyKnobs(usize),
    /// It has no such knob; these it has.
    UnknownKnob(String, String),
    /// Its target is no name.
    BadTarget(String),
    /// It strikes services, and its target is none of the level.
    NoService(String),
    /// There is no objective that sets the SLO.
    NoGoodShare,
    /// There are so many objectives that set the SLO.
    ManyGoodShares(usize),
    /// There are more steps of the tutorial than are read.
    TooManySteps(usize),
    /// The English text of a step is missing.
    StepTextMissing(String),
    /// A step points at more, or has more conditions, than so many.
    TooManyParts(usize),
    /// Faults that the player places belong to chaos levels, and chaos levels need them.
    ChaosAndGenre,
    /// There are no faults to place.
    NoFaults,
    /// There is no objective, or more than one, that the system breaks.
    NoBreak,
    /// The system is to break here, and elsewhere to hold.
    BreakAndDefend,
    /// No spring issues requests of that class.
    NoClass(Class),
    /// There is no broker whose events could be committed, and none in the inventory.
    NoBroker,
    /// More requests in all than are simulated.
    TooManyRequests(f64),
    /// What is built already cannot be built.
    Start(Refusal),
    /// Two pipes that are built already leave the same outlet of that piece.
    OutletTaken(String),
    /// The simulation refuses the level.
    Simulation(String),

    /// A pipe that is built already has a loose end: nothing flows in it.
    LooseEnd,
    /// No way leads to it from any spring.
    Unreachable,
    /// No pipe can leave it.
    NoWayOut,
    /// It has nothing to strike.
    StrikesNothing,
    /// It strikes only after the water has stopped.
    StrikesTooLate,
    /// A good build costs more than there is.
    ParAboveBudget(u32),
    /// A good build costs all that there is.
    NoSlack,
    /// The cost that is asked for can never be missed: there are not that many coins.
    CostAboveBudget(u32),
    /// The shortest pipe from a spring to what answers costs more than there is.
    BudgetTooSmall(u32),
    /// More requests a second, on average, than all that answers can work off a second.
    Overloaded(f64, f64),
    /// Clients give up before the time that the objective allows.
    GivesUpBefore(u64),
    /// At normal speed the level takes so many seconds.
    PlayTime(f64),
    /// A text that players read is empty.
    TextEmpty,
    /// So many texts of a language are missing that there are in English.
    NotTranslated(usize),
    /// There are no hints.
    NoHints,
    /// A step of the tutorial speaks of a piece that is not there, and that no player can place.
    NoSuchPiece(String),
    /// A step speaks of a kind that is neither there nor in the inventory.
    NotInStock(Kind),
    /// A step speaks of a kind of fault that cannot be let loose.
    NotInArsenal(EnemyKind),
    /// A step waits for a knob that such a piece does not have.
    NoSuchKnob(String),
}

/// A value in the text of a flaw.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// A name, to be shown as it is.
    Name(String),
    /// A number.
    Number(f64),
    /// The key of another text; its values are those of the flaw.
    Key(String),
}

impl Flaw {
    /// The key of the text that tells the author.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::BadName(_) => "problem-bad-name",
            Self::NameTaken => "problem-name-taken",
            Self::Breaks(..) => "problem-breaks",
            Self::TooManyTexts(_) => "problem-too-many-texts",
            Self::TextMissing(_) => "problem-text-missing",
            Self::TextTooLong(_) => "problem-text-too-long",
            Self::StandsOnPipe => "problem-stands-on-pipe",
            Self::NoSpring => "problem-no-spring",
            Self::NoAnswer => "problem-no-answer",
            Self::OutsideMap(_) => "problem-outside-map",
            Self::Rock(_) => "problem-rock",
            Self::PieceThere(_) => "problem-piece-there",
            Self::NoCaller(_) => "problem-no-caller",
            Self::TwoOfKind(_) => "problem-two-of-kind",
            Self::TooManyKnobs(_) => "problem-too-many-knobs",
            Self::UnknownKnob(..) => "problem-unknown-knob",
            Self::BadTarget(_) => "problem-bad-target",
            Self::NoService(_) => "problem-no-service",
            Self::NoGoodShare => "problem-no-good-share",
            Self::ManyGoodShares(_) => "problem-many-good-shares",
            Self::TooManySteps(_) => "problem-too-many-steps",
            Self::StepTextMissing(_) => "problem-step-text-missing",
            Self::TooManyParts(_) => "problem-too-many-parts",
            Self::ChaosAndGenre => "problem-chaos-and-genre",
            Self::NoFaults => "problem-no-faults",
            Self::NoBreak => "problem-no-break",
            Self::BreakAndDefend => "problem-break-and-defend",
            Self::NoClass(_) => "problem-no-class",
            Self::NoBroker => "problem-no-broker",
            Self::TooManyRequests(_) => "problem-too-many-requests",
            Self::Start(refusal) => refusal.key(),
            Self::OutletTaken(_) => "problem-outlet-taken",
            Self::Simulation(_) => "problem-simulation",
            Self::LooseEnd => "problem-loose-end",
            Self::Unreachable => "problem-unreachable",
            Self::NoWayOut => "problem-no-way-out",
            Self::StrikesNothing => "problem-strikes-nothing",
            Self::StrikesTooLate => "problem-strikes-too-late",
            Self::ParAboveBudget(_) => "problem-par-above-budget",
            Self::NoSlack => "problem-no-slack",
            Self::CostAboveBudget(_) => "problem-cost-above-budget",
            Self::BudgetTooSmall(_) => "problem-budget-too-small",
            Self::Overloaded(..) => "problem-overloaded",
            Self::GivesUpBefore(_) => "problem-gives-up-before",
            Self::PlayTime(_) => "problem-play-time",
            Self::TextEmpty => "problem-text-empty",
            Self::NotTranslated(_) => "problem-not-translated",
            Self::NoHints => "problem-no-hints",
            Self::NoSuchPiece(_) => "problem-no-such-piece",
            Self::NotInStock(_) => "problem-not-in-stock",
            Self::NotInArsenal(_) => "problem-not-in-arsenal",
            Self::NoSuchKnob(_) => "problem-no-such-knob",
        }
    }

    /// The values in its text, each with its name there.
    pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
        use Argument::{Key, Name, Number};
        let number = |value: usize| Number(value as f64);
        match self {
            Self::BadName(name) | Self::BadTarget(name) | Self::NoService(name) | Self::TwoOfKind(name) => {
                vec![("name", Name(clip(name)))]
            }
            Self::OutletTaken(name) | Self::Simulation(name) => vec![("name", Name(name.clone()))],
            Self::Breaks(field, rule) => {
                let (key, min, max) = rule.words();
                let bounds = [("min", min), ("max", max)];
                let bounds = bounds.into_iter().filter_map(|(name, bound)| Some((name, Number(bound?))));
                let words = [("field", Name(field.clone())), ("rule", Key(format!("rule-{key}")))];
                words.into_iter().chain(bounds).collect()
            }
            Self::NotInStock(kind) => vec![("kind", Key(format!("kind-{}", kind.key())))],
            Self::NotInArsenal(kind) => vec![("kind", Key(format!("enemy-{}", kind.key())))],
            Self::NoSuchPiece(name) | Self::NoSuchKnob(name) => vec![("name", Name(clip(name)))],
            Self::StepTextMissing(key) => vec![("name", Name(clip(key)))],
            Self::TooManySteps(count) => vec![("count", number(*count)), ("max", number(STEPS_MAX))],
            Self::TooManyParts(most) => vec![("max", number(*most))],
            Self::TooManyTexts(count) | Self::TooManyKnobs(count) => vec![("count", number(*count))],
            Self::TextMissing(key) => vec![("name", Name((*key).into()))],
            Self::TextTooLong(bytes) => vec![("count", number(*bytes)), ("max", number(TEXT_BYTES_MAX))],
            Self::UnknownKnob(knob, known) => vec![("name", Name(clip(knob))), ("known", Name(known.clone()))],
            Self::ManyGoodShares(count) | Self::NotTranslated(count) => vec![("count", number(*count))],
            Self::NoClass(class) => vec![("class", Key(format!("class-{}", class.key())))],
            Self::TooManyRequests(most) => vec![("max", Number(*most))],
            Self::ParAboveBudget(coins) | Self::CostAboveBudget(coins) | Self::BudgetTooSmall(coins) => {
                vec![("coins", Number(f64::from(*coins)))]
            }
            Self::Overloaded(rate, capacity) => {
                vec![("rate", Number(rate.round())), ("capacity", Number(capacity.round()))]
            }
            Self::GivesUpBefore(ms) => vec![("ms", Number(*ms as f64))],
            Self::PlayTime(seconds) => vec![("seconds", Number(seconds.round()))],
            _ => Vec::new(),
        }
    }

    /// Whether a level with it is no level: it can be neither opened nor played.
    pub const fn is_error(&self) -> bool {
        !matches!(
            self,
            Self::LooseEnd
                | Self::Unreachable
                | Self::NoWayOut
                | Self::StrikesNothing
                | Self::StrikesTooLate
                | Self::ParAboveBudget(_)
                | Self::NoSlack
                | Self::CostAboveBudget(_)
                | Self::BudgetTooSmall(_)
                | Self::Overloaded(..)
                | Self::GivesUpBefore(_)
                | Self::PlayTime(_)
                | Self::TextEmpty
                | Self::NotTranslated(_)
                | Self::NoHints
                | Self::NoSuchPiece(_)
                | Self::NotInStock(_)
                | Self::NotInArsenal(_)
                | Self::NoSuchKnob(_)
        )
    }

    /// The cell concerned, if one can be named.
    pub const fn cell(&self) -> Option<Cell> {
        match self {
            Self::OutsideMap(cell) | Self::Rock(cell) | Self::PieceThere(cell) | Self::NoCaller(cell) => Some(*cell),
            Self::Start(refusal) => refusal.cell(),
            _ => None,
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadName(name) => write!(f, "`{}`: use 1 to 32 characters of a-z, 0-9 and `-`", clip(name)),
            Self::NameTaken => write!(f, "a piece or another enemy has this name: change one of them"),
            Self::Breaks(field, rule) if field.is_empty() => write!(f, "must be {rule}"),
            Self::Breaks(field, rule) => write!(f, "{field} must be {rule}"),
            Self::TooManyTexts(count) => write!(f, "{count}: at most {TEXTS_MAX}"),
            Self::TextMissing(key) => write!(f, "`{key}` is missing: add it"),
            Self::TextTooLong(bytes) => write!(f, "{bytes} bytes: at most {TEXT_BYTES_MAX}; shorten it"),
            Self::StandsOnPipe => write!(f, "stands on a pipe, which players lay: put it into the inventory"),
            Self::NoSpring => write!(f, "no Spring: without one nothing flows; add one"),
            Self::NoAnswer => write!(f, "no MachineRoom, and none in the inventory: nothing could answer; add one"),
            Self::OutsideMap(cell) => write!(f, "{cell} lies outside the map: move it"),
            Self::Rock(cell) => write!(f, "{cell} is rock: carve it out with `.` or move the piece"),
            Self::PieceThere(cell) => write!(f, "another piece stands at {cell}: move one of them"),
            Self::NoCaller(cell) => write!(f, "nothing at {cell} makes calls: put it on a spring or machine room"),
            Self::TwoOfKind(host) => write!(f, "`{}` has two of these: keep one", clip(host)),
            Self::TooManyKnobs(count) => write!(f, "{count} knobs: at most {KNOBS_MAX}"),
            Self::UnknownKnob(knob, known) => write!(f, "`{}` is no knob of it; known are {known}", clip(knob)),
            Self::BadTarget(on) => write!(f, "on: `{}` is no name of a pipe or piece", clip(on)),
            Self::NoService(on) => {
                write!(f, "on: `{}` is no machine room or vault of the level: name one", clip(on))
            }
            Self::NoGoodShare => write!(f, "no GoodShare: add one, it also sets the SLO"),
            Self::ManyGoodShares(count) => write!(f, "{count} times GoodShare: keep one, there is one SLO"),
            Self::TooManySteps(count) => write!(f, "{count} steps: at most {STEPS_MAX}"),
            Self::StepTextMissing(key) => write!(f, "there is no English text `{}`: write it", clip(key)),
            Self::TooManyParts(most) => write!(f, "points at too much, or waits for too much: at most {most} of each"),
            Self::ChaosAndGenre => {
                write!(f, "faults to place belong to the genre Chaos, and it to them: add or take away one of the two")
            }
            Self::NoFaults => write!(f, "there is no kind of fault to place: add one to the arsenal"),
            Self::NoBreak => {
                write!(f, "a chaos level has one objective Break, which also sets the SLO: add or keep one")
            }
            Self::BreakAndDefend => {
                write!(f, "GoodShare belongs to levels whose system shall hold, Break to chaos levels: keep what fits")
            }
            Self::NoClass(class) => write!(f, "no spring issues {} requests: name a class that flows", class.key()),
            Self::NoBroker => {
                write!(f, "no EventStormLightning, and none in the inventory: there are no events; add one")
            }
            Self::TooManyRequests(most) => {
                write!(f, "must be at most {most} requests in all: lower a rate or the duration")
            }
            Self::Start(refusal) => write!(f, "{refusal}"),
            Self::OutletTaken(piece) => write!(f, "another pipe leaves that outlet of `{piece}`: use another outlet"),
            Self::Simulation(problem) => write!(f, "{problem}"),
            _ => self.fmt_warning(f),
        }
    }
}

impl Flaw {
    fn fmt_warning(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LooseEnd => write!(f, "has a loose end, so nothing flows in it: join it or take it away"),
            Self::Unreachable => write!(f, "no tunnel leads here from any spring: dig one"),
            Self::NoWayOut => write!(f, "no pipe can leave it: dig at its outlet"),
            Self::StrikesNothing => write!(f, "has nothing to strike: put it on a tunnel or name its target"),
            Self::StrikesTooLate => write!(f, "strikes only after the water has stopped: let it strike earlier"),
            Self::ParAboveBudget(budget) => write!(f, "is above the budget of {budget} coins: lower it"),
            Self::NoSlack => write!(f, "is all of the budget: a good build should leave some coins"),
            Self::CostAboveBudget(budget) => {
                write!(f, "can never be missed: there are only {budget} coins; lower it")
            }
            Self::BudgetTooSmall(least) => write!(f, "the shortest pipe costs {least} coins: raise it"),
            Self::Overloaded(rate, capacity) => write!(
                f,
                "{rate:.0} requests a second flow, and at most {capacity:.0} can be worked off: nobody can win; lower a rate"
            ),
            Self::GivesUpBefore(timeout_ms) => {
                write!(f, "clients of a spring give up after {timeout_ms} ms already: lower it or let them wait")
            }
            Self::PlayTime(seconds) => write!(f, "at normal speed it takes {seconds:.0} s: aim at 1 to 5 minutes"),
            Self::TextEmpty => write!(f, "is empty: write it"),
            Self::NotTranslated(count) => write!(f, "{count} texts are missing that there are in English"),
            Self::NoHints => write!(f, "no `hint-1`: who is stuck gets no help"),
            Self::NoSuchPiece(name) => {
                write!(f, "speaks of `{}`, which is not there and cannot be placed: name a piece", clip(name))
            }
            Self::NotInStock(kind) => {
                write!(f, "speaks of a {}, and there is none, nor one in the inventory: add one", kind.key())
            }
            Self::NotInArsenal(kind) => {
                write!(f, "speaks of a {}, which cannot be let loose: add it to the arsenal", kind.key())
            }
            Self::NoSuchKnob(knob) => write!(f, "waits for the knob `{}`, which such a piece has not", clip(knob)),
            // All others are errors.
            _ => Ok(()),
        }
    }
}

/// The beginning of a text that may be long.
pub(crate) fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}
