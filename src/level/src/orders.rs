//! Orders: what the player wants done while water flows, when he said so, and when the Navigator is there to do it.
//!
//! ```text
//!  given A    given B                A is done        B is done
//!  |----------|----------------------|----------------|------> simulated time
//!   on the way to A ...               on the way to B
//! ```
//!
//! What is ordered is checked against the board as it will be once everything before is done, so that an order which was
//! accepted is carried out. The last one that waits can be taken back; the way that was gone for it stays gone.

use crate::board::Board;
use crate::edit::{Edit, Refusal};
use crate::navigator::{Leg, Navigator};
use crate::play::admit;
use pipe_maze_sim::{Action, Time};
use std::sync::Arc;

/// An intervention: an entry of the log of a run.
#[derive(Clone, PartialEq, Debug)]
pub struct Command {
    /// When it was ordered.
    pub given_at: Time,
    /// When the Navigator is there, and it takes effect.
    pub at: Time,
    /// When it was taken back, before it took effect.
    pub recalled_at: Option<Time>,
    /// What to do.
    pub edit: Edit,
}

/// What a log says is done next.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Input<'a> {
    Give(&'a Edit),
    Recall,
}

/// The orders of a run so far.
#[derive(Clone, Debug)]
pub(crate) struct Orders {
    /// The board as it is now.
    board: Arc<Board>,
    /// The board as it will be once everything that waits is done.
    ahead: Arc<Board>,
    navigator: Navigator,
    log: Vec<Command>,
    /// The places in the log of what waits, in order.
    waiting: Vec<usize>,
    recalls: usize,
    done: usize,
}

impl Orders {
    pub fn new(board: Board, step_ns: u64) -> Self {
        let navigator = Navigator::at_home(&board, step_ns);
        let board = Arc::new(board);
        Self { ahead: Arc::clone(&board), board, navigator, log: Vec::new(), waiting: Vec::new(), recalls: 0, done: 0 }
    }

    pub fn board(&self) -> &Board {
        &self.board
    }

    pub const fn navigator(&self) -> &Navigator {
        &self.navigator
    }

    pub fn log(&self) -> &[Command] {
        &self.log
    }

    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &Command> + DoubleEndedIterator {
        self.waiting.iter().map(|&nth| &self.log[nth])
    }

    /// How much of a log has been put in: orders and recalls.
    pub const fn inputs(&self) -> usize {
        self.log.len() + self.recalls
    }

    /// Grows with everything that is ordered, taken back or carried out.
    pub const fn changes(&self) -> u64 {
        (self.log.len() + self.recalls + self.done) as u64
    }

    /// The board as it will be once everything that waits is done.
    pub fn board_ahead(&self) -> &Board {
        &self.ahead
    }

    /// When the next order is carried out.
    pub fn next_at(&self) -> Option<Time> {
        self.waiting().next().map(|command| command.at)
    }

    /// What an order would be that is given now.
    pub fn plan(&self, now: Time, edit: &Edit) -> Result<Command, Refusal> {
        admit(&mut (*self.ahead).clone(), edit)?;
        let leg = self.navigator.plan(&self.board, now, edit)?;
        Ok(Command { given_at: now, at: leg.arrives_at, recalled_at: None, edit: edit.clone() })
    }

    /// Gives an order now.
    pub fn give(&mut self, now: Time, edit: &Edit) -> Result<(), Refusal> {
        self.navigator.pass(now);
        let leg = self.navigator.plan(&self.board, now, edit);
        admit(Arc::make_mut(&mut self.ahead), edit)?;
        let leg = match leg {
            Ok(leg) => Leg { command: Some(self.log.len()), ..leg },
            Err(refusal) => {
                self.look_ahead();
                return Err(refusal);
            }
        };
        let command = Command { given_at: now, at: leg.arrives_at, recalled_at: None, edit: edit.clone() };
        self.navigator.go(leg);
        self.waiting.push(self.log.len());
        self.log.push(command);
        Ok(())
    }

    /// Takes back the last order that waits. Says which one it was, by its place in the log; nothing where none waits.
    pub fn recall(&mut self, now: Time) -> Option<usize> {
        let nth = self.waiting.pop()?;
        self.navigator.turn_back(now);
        if self.log[nth].given_at == now && nth + 1 == self.log.len() {
            // No time has passed: it is as if it had not been given.
            self.log.pop();
        } else {
            self.log[nth].recalled_at = Some(now);
            self.recalls += 1;
        }
        self.look_ahead();
        Some(nth)
    }

    /// Carries out the order whose time has come: what it is in the simulation.
    pub fn carry_out(&mut self) -> Vec<Action> {
        if self.waiting.is_empty() {
            return Vec::new();
        }
        let nth = self.waiting.remove(0);
        self.navigator.pass(self.log[nth].at);
        self.navigator.arrive();
        self.done += 1;
        // It was accepted on the board as it is now.
        let actions = admit(Arc::make_mut(&mut self.board), &self.log[nth].edit).unwrap_or_default();
        if self.waiting.is_empty() {
            self.ahead = Arc::clone(&self.board);
        }
        actions
    }

    fn look_ahead(&mut self) {
        let mut ahead = (*self.board).clone();
        for command in self.waiting() {
            // It was accepted on the board as it then would be.
            let _ = ahead.apply(&command.edit);
        }
        self.ahead = Arc::new(ahead);
    }

    /// The place in the log of the last order that waits.
    pub fn last_waiting(&self) -> Option<usize> {
        self.waiting.last().copied()
    }

    /// Carries out what takes no time, without a simulation.
    pub fn pass_at_once(&mut self, now: Time) {
        self.pass(now.plus_ns(1));
    }

    /// Lets time pass without a simulation.
    pub fn pass(&mut self, until: Time) {
        while self.next_at().is_some_and(|at| at < until) {
            self.carry_out();
        }
    }

    pub fn heap_bytes(&self) -> usize {
        let log = self.log.iter().map(|command| size_of::<Command>() + command.edit.heap_bytes());
        log.sum::<usize>() + self.navigator.heap_bytes() + size_of_val(&self.waiting[..])
    }
}

/// What `log` has next for a run that has put in `done` of it, and when.
pub(crate) fn next_input<'a>(log: &'a [Command], done: &[Command]) -> Option<(Time, Input<'a>)> {
    // What would be taken back before it was given never waited; strangers' files may say so.
    let is_open = |(command, done): &(&Command, &Command)| {
        done.recalled_at.is_none() && command.recalled_at.is_some_and(|at| at > command.given_at)
    };
    let recalled = log.iter().zip(done).filter(is_open);
    let recall = recalled.filter_map(|(command, _)| command.recalled_at).min().map(|at| (at, Input::Recall));
    let give = log.get(done.len()).map(|command| (command.given_at, Input::Give(&command.edit)));
    match (recall, give) {
        (Some(recall), Some(give)) => Some(if recall.0 <= give.0 { recall } else { give }),
        (recall, give) => recall.or(give),
    }
}

/// How much of a log is put in before a moment.
pub(crate) fn inputs_before(log: &[Command], at: Time) -> usize {
    let given = log.iter().filter(|command| command.given_at < at).count();
    given + log.iter().filter(|command| command.recalled_at.is_some_and(|recalled| recalled < at)).count()
}
