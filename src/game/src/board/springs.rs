//! Springs: a fountain that flows while the simulation's spring does.

use super::looks::{Hangs, PieceLook};
use super::{BoardPart, BoardSystems, board_changed, layer};
use crate::atlas::Atlas;
use crate::session::Session;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::Kind;
use pipe_maze_sim::PieceId;

pub(super) const LOOK: PieceLook = PieceLook {
    ghost: "spring-idle",
    hangs: Hangs::Below,
    slot: "spring-idle",
    portrait: "spring-mini-flowing",
    plugin,
};

fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), show).chain().in_set(BoardSystems));
}

#[derive(Component)]
struct Fountain(PieceId);

fn build(mut commands: Commands, atlas: Res<Atlas>, session: Res<Session>, old: Query<Entity, With<Fountain>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::Spring) {
        let (sprite, anchor) = atlas.sprite(LOOK.ghost);
        let at = LOOK.hangs.point(piece.at).extend(layer::PIECE);
        commands.spawn((
            BoardPart,
            Fountain(PieceId::from_name(&piece.name)),
            sprite,
            anchor,
            Transform::from_translation(at),
        ));
    }
}

fn show(atlas: Res<Atlas>, session: Res<Session>, mut fountains: Query<(&Fountain, &mut Sprite, &mut Anchor)>) {
    for (fountain, mut sprite, mut anchor) in &mut fountains {
        let flowing = session.play().is_some_and(|play| {
            play.simulation().view().springs().any(|spring| spring.id == fountain.0 && spring.flowing)
        });
        let name = if flowing { "spring-flowing" } else { "spring-idle" };
        if atlas.frame(name).map(crate::atlas::Frame::rect) != sprite.rect {
            atlas.show(name, &mut sprite, &mut anchor);
        }
    }
}
