//! From a board to a blueprint: the simulation knows lengths and names, not cells.

use crate::board::{Board, Joint, Piece};
use crate::format::{Level, PipeRules};
use crate::milliseconds::to_ns;
use pipe_maze_sim::{
    Blueprint, CallSpec, ClientSpec, ConnectionSpec, Distribution, EndpointId, JitterSpec, PieceId, PipeSpec,
};

/// A blueprint that is being made; each kind of piece adds what it is.
pub(crate) struct Lowering<'a> {
    pub level: &'a Level,
    pub blueprint: Blueprint,
    board: &'a Board,
    joints: Vec<Joint<'a>>,
}

impl Board {
    /// What the board is in the simulation. Pipes with a loose end carry nothing and are left out.
    pub fn blueprint(&self, level: &Level) -> Blueprint {
        let joints = self.joints().filter(|joint| joint.is_whole()).collect();
        let mut lowering = Lowering { level, board: self, joints, blueprint: Blueprint::default() };
        for piece in self.pieces() {
            piece.spec.lower(piece, &mut lowering);
        }
        lowering.pipes();
        let hazards = self.enemies().iter().filter_map(|enemy| enemy.hazard(self, level.flow.duration_ms));
        lowering.blueprint.hazards = hazards.collect();
        lowering.blueprint
    }
}

impl PipeRules {
    /// What is added to each message's way, in the simulation: by a power-up, always, and by jitter, up to so much.
    fn jitter(&self, hop_ns: u64) -> Option<JitterSpec> {
        let jitter_ns = to_ns(self.jitter_ms);
        let extra = match jitter_ns {
            0 if hop_ns == 0 => return None,
            0 => Distribution::Constant { mean_ns: hop_ns },
            _ => Distribution::Uniform { min_ns: hop_ns, max_ns: hop_ns.saturating_add(jitter_ns) },
        };
        Some(JitterSpec { extra, reorders: self.overtaking && jitter_ns > 0 })
    }

    fn connection(&self) -> Option<ConnectionSpec> {
        let (round_trips, idle_ns) = (self.handshake_round_trips, self.idle_ms.saturating_mul(1_000_000));
        (round_trips > 0).then_some(ConnectionSpec { round_trips, idle_ns })
    }
}

impl Lowering<'_> {
    fn pipes(&mut self) {
        for joint in &self.joints {
            let (Some((from, outlet, _)), Some((to, _))) = (joint.source, joint.target) else { continue };
            let hop_ns = self.board.piece(from).map_or(0, |host| self.hop_ns(host));
            self.blueprint.pipes.push(PipeSpec {
                outlet,
                cells: joint.pipe.cells.len() as u32,
                propagation_ns_per_cell: to_ns(self.level.pipes.propagation_ms_per_cell),
                bandwidth_bytes_per_s: self.level.pipes.bandwidth_bytes_per_s,
                queue_limit: self.level.pipes.queue,
                loss: self.level.pipes.loss_percent / 100.0,
                jitter: self.level.pipes.jitter(hop_ns),
                connection: self.level.pipes.connection(),
                ..PipeSpec::new(PieceId::from_name(&joint.pipe.name), PieceId::from_name(from), PieceId::from_name(to))
            });
        }
    }

    /// What the power-ups on a piece add to each message's way.
    fn hop_ns(&self, host: &Piece) -> u64 {
        self.board.power_ups_on_piece(host).map(|power_up| power_up.spec.hop_ns()).sum()
    }

    /// How a piece makes the calls that leave it by that outlet, or by any: so long it waits, and whatever the power-ups
    /// on it and on its pipes add.
    pub fn client(&self, piece: &Piece, outlet: Option<u8>, timeout_ns: u64) -> ClientSpec {
        let mut client = ClientSpec::with_timeout_ns(timeout_ns);
        let leaving = self.joints.iter().filter(|joint| {
            joint.source.is_some_and(|(from, number, _)| from == piece.name && outlet.is_none_or(|o| o == number))
        });
        let on_pipes = leaving.flat_map(|joint| self.board.power_ups_on_pipe(joint.pipe));
        let power_ups = self.board.power_ups_on_piece(piece).chain(on_pipes);
        power_ups.for_each(|power_up| power_up.spec.equip(&mut client));
        client
    }

    /// The calls of a piece, in the order of its outlets: of what the pipe at each leads to. Outlets that lead to the
    /// same piece are one call, which takes the first pipe that is open.
    pub fn calls(&self, piece: &Piece, timeout_ms: u64) -> Vec<CallSpec> {
        let leads = |joint: &Joint<'_>| {
            let (from, outlet, _) = joint.source?;
            (from == piece.name).then_some((outlet, PieceId::from_name(joint.target?.0)))
        };
        let mut ways: Vec<(u8, PieceId)> = self.joints.iter().filter_map(leads).collect();
        ways.sort_unstable();
        let mut calls: Vec<CallSpec> = Vec::new();
        for (outlet, to) in ways {
            if calls.iter().all(|call| call.to != Some(to)) {
                let client = self.client(piece, Some(outlet), timeout_ms.saturating_mul(1_000_000));
                calls.push(CallSpec::new(to, EndpointId::MAIN).client(client));
            }
        }
        calls
    }
}
