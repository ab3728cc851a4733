//! From a board to a blueprint: the simulation knows lengths and names, not cells.

use crate::board::Board;
use crate::format::Level;
use crate::kind::KindSpec;
use pipe_maze_sim::{BalancerSpec, Blueprint, CallSpec, ClientSpec, PieceId, PipeSpec, ServiceSpec, SpringSpec, Time};

impl Board {
    /// What the board is in the simulation. Pipes with a loose end carry nothing and are left out.
    pub fn blueprint(&self, level: &Level) -> Blueprint {
        let mut blueprint = Blueprint::default();
        for piece in self.pieces() {
            let id = PieceId::from_name(&piece.name);
            match &piece.spec {
                KindSpec::Spring(spec) => blueprint.springs.push(
                    SpringSpec::new(id)
                        .rate_per_s(spec.rate_per_s)
                        .stop_at(Time::from_ms(level.flow.duration_ms))
                        .calling(CallSpec {
                            request_bytes: spec.request_bytes,
                            response_bytes: spec.response_bytes,
                            client: ClientSpec::with_timeout_ns(spec.timeout_ms.saturating_mul(1_000_000)),
                            ..CallSpec::default()
                        }),
                ),
                KindSpec::MachineRoom(spec) => blueprint.services.push(ServiceSpec {
                    replicas: spec.replicas,
                    workers: spec.workers,
                    queue_limit: spec.queue,
                    service_time: spec.service_time.distribution(),
                    ..ServiceSpec::new(id)
                }),
                KindSpec::WarpPipe(spec) => blueprint.balancers.push(BalancerSpec { id, policy: spec.policy }),
            }
        }
        for joint in self.joints() {
            let (Some((from, outlet, _)), Some((to, _))) = (joint.source, joint.target) else { continue };
            blueprint.pipes.push(PipeSpec {
                outlet,
                cells: joint.pipe.cells.len() as u32,
                propagation_ns_per_cell: (level.pipes.propagation_ms_per_cell * 1e6) as u64,
                bandwidth_bytes_per_s: level.pipes.bandwidth_bytes_per_s,
                queue_limit: level.pipes.queue,
                ..PipeSpec::new(PieceId::from_name(&joint.pipe.name), PieceId::from_name(from), PieceId::from_name(to))
            });
        }
        blueprint
    }
}
