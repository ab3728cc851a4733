//! What the cost of droplets in a frame is measured on, natively by the benchmark `droplets` and in the page by its script
//! interface: one pipe with very many messages in it.

use super::{Droplets, Writes};
use crate::session::Session;
use pipe_maze_level::milliseconds::to_ns;
use pipe_maze_level::{Cell, Edit, Level};
use pipe_maze_sim::{Fact, Time};

/// Frames in a second.
const FRAMES_PER_S: f64 = 60.0;
/// How long a message is in the pipe, in simulated milliseconds.
const TRAVEL_MS: f64 = 40_000.0;
/// Cells of the pipe.
const CELLS: f64 = 43.0;

/// A pipe with so many messages in it, and the droplets that show them.
pub struct Load {
    session: Session,
    droplets: Droplets,
    writes: Writes,
    buffer: Vec<[u32; 8]>,
}

impl Load {
    /// With so many messages in flight, each of which is on screen for `seen_s` seconds.
    ///
    /// # Panics
    /// If the pipe that is written down here is none.
    #[must_use]
    pub fn flowing(in_flight: u64, seen_s: f64) -> Self {
        let mut load = Self {
            session: session(in_flight, seen_s),
            droplets: Droplets::default(),
            writes: Writes::default(),
            buffer: Vec::new(),
        };
        load.jump();
        load
    }

    /// Lets the time of a frame pass in the simulation, and gives what happened.
    pub fn tick(&mut self) -> Vec<(Time, Fact)> {
        self.session.tick(1.0 / FRAMES_PER_S);
        self.session.take_facts()
    }

    /// An ordinary frame: what happened is followed, and what has changed is copied to where the GPU reads.
    pub fn frame(&mut self, facts: &[(Time, Fact)]) {
        self.droplets.follow(&self.session, facts, false, (1.0 / FRAMES_PER_S) as f32);
        self.write();
    }

    /// A frame after a jump in time: everything is built anew.
    pub fn jump(&mut self) {
        self.droplets.follow(&self.session, &[], true, 0.0);
        self.write();
    }

    /// How many messages are in flight.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.session.play().map_or(0, |play| play.simulation().view().in_flight())
    }

    /// How many messages are drawn one by one.
    #[must_use]
    pub fn drawn(&self) -> usize {
        self.droplets.in_pipes().count()
    }

    /// What stands for the GPU: the bytes that a frame writes.
    fn write(&mut self) {
        self.droplets.take_writes(&mut self.writes);
        self.buffer.resize(self.writes.total, [0; 8]);
        let mut rest = self.writes.words.as_slice();
        for &(start, len) in &self.writes.stretches {
            let (stretch, others) = rest.split_at(len);
            self.buffer[start..start + len].copy_from_slice(stretch);
            rest = others;
        }
    }
}

/// A run in which as many messages come out of the pipe as go in.
fn session(in_flight: u64, seen_s: f64) -> Session {
    let level = format!(
        r##"(
            format: 1, id: "bench", section: 3,
            texts: {{ "en": {{ "name": "-", "brief": "-", "sage": "-", "won": "-", "lost": "-", "hint-1": "-" }} }},
            map: [{sky}, {sky}, {shaft}, {tunnel}, {tunnel}, {tunnel}, {tunnel}, {rock}],
            pieces: [
                (name: "spring", at: (1, 0), spec: Spring(rate_per_s: {rate:.1}, timeout_ms: 90000)),
                (name: "room", at: (41, 3), spec: MachineRoom(
                    workers: 1000, queue: 1000, service_time: Constant(mean_ms: 1.0))),
            ],
            inventory: [],
            pipes: (price_per_cell: 1, propagation_ms_per_cell: {per_cell:.1}, bandwidth_bytes_per_s: 1000000000),
            budget: 1000,
            flow: (duration_ms: 3600000, pace_ms_per_s: {pace:.1}),
            objectives: [GoodShare(at_least: 0.5, within_ms: 90000.0)],
        )"##,
        sky = row('~', "", '~'),
        shaft = row('#', "#.", '#'),
        tunnel = row('.', "#", '#'),
        rock = row('#', "", '#'),
        // Half of them are on their way there, half on their way back.
        rate = in_flight as f64 / 2.0 / (TRAVEL_MS / 1e3),
        per_cell = TRAVEL_MS / CELLS,
        pace = TRAVEL_MS / seen_s,
    );
    let mut session = Session::open(Level::parse(&level).expect("the level is sound"));
    let down = (2..6).map(|row| Cell::new(1, row));
    let cells: Vec<Cell> = down.chain((2..=40).map(|column| Cell::new(column, 5))).collect();
    session.edit(&Edit::LayPipe { name: "main".into(), cells }).expect("the pipe can be laid");
    session.start(Some(1)).expect("the board is sound");
    session.advance_ns(to_ns(2.5 * TRAVEL_MS));
    session.take_facts();
    session
}

/// A row of the map.
fn row(middle: char, begin: &str, end: char) -> String {
    let rest = 48 - begin.len() - 1;
    format!("\"{begin}{}{end}\"", middle.to_string().repeat(rest))
}

#[cfg(test)]
mod tests {
    use super::Load;

    #[test]
    fn so_many_are_in_flight_and_nearly_all_of_them_are_drawn_one_by_one() {
        for seen_s in [2.0, 0.31] {
            let mut load = Load::flowing(1_000, seen_s);
            for _ in 0..30 {
                let facts = load.tick();
                load.frame(&facts);
            }
            assert!((850..1_150).contains(&load.in_flight()), "{}", load.in_flight());
            assert!(load.drawn() > 800, "{}", load.drawn());
        }
    }
}
