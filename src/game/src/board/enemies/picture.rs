//! Small pictures of enemies, for whoever lists them.

use pipe_maze_level::EnemyKind;

/// The small picture of a kind, as it is or beaten.
pub const fn picture(kind: EnemyKind, beaten: bool) -> &'static str {
    match (kind, beaten) {
        (EnemyKind::LatencyPiranhaPlant, false) => "flytrap-mini-active",
        (EnemyKind::LatencyPiranhaPlant, true) => "flytrap-mini-beaten",
        (EnemyKind::CoordinationThwomp, false) => "quorum-mini-active",
        (EnemyKind::CoordinationThwomp, true) => "quorum-mini-beaten",
        (EnemyKind::CircuitBreakerThwomp, false) => "press-mini-closed",
        (EnemyKind::CircuitBreakerThwomp, true) => "press-mini-open",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;

    #[test]
    fn every_enemy_has_its_pictures() {
        let atlas = Atlas::blank();
        for &kind in EnemyKind::ALL {
            assert!([false, true].iter().all(|&beaten| atlas.frame(picture(kind, beaten)).is_some()), "{kind:?}");
        }
    }
}
