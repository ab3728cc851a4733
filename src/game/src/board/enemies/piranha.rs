//! Latency piranha plants: in their pipe while nothing is delayed, out of it while they strike, and their jaws close on
//! what they hold up. While one plans they look out of it, so that one sees who lives there.

use super::super::beat::Beat;
use super::super::looks::EnemyLook;
use super::super::{BoardPart, board_changed, layer};
use super::{EnemySystems, Foe, Foes, Stance, cell_of, point_of};
use crate::atlas::Atlas;
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::{Board, Cell, EnemyKind, Play};
use pipe_maze_sim::{Direction, Hop, PieceId};

pub(in super::super) const LOOK: EnemyLook =
    EnemyLook { active: "flytrap-mini-active", beaten: "flytrap-mini-beaten", strike: Sound::PiranhaBite, plugin };

fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), show).chain().in_set(EnemySystems));
}

/// For how long each frame of coming out shows, in seconds.
const EMERGE_S: f32 = 0.08;
/// The frames of a bite, and until when each shows, in seconds: opens, holds, snaps, spits.
const BITE: [(&str, f32); 4] =
    [("flytrap-bite-1", 0.1), ("flytrap-bite-2", 0.8), ("flytrap-bite-3", 0.9), ("flytrap-spit", 1.05)];

#[derive(Component)]
struct Plant {
    id: PieceId,
    pipe: Option<PieceId>,
    mirrored: bool,
    at: Vec2,
}

/// What a plant has between its jaws.
#[derive(Component)]
struct Prey(PieceId);

fn build(
    mut commands: Commands,
    (atlas, session): (Res<Atlas>, Res<Session>),
    old: Query<Entity, Or<(With<Plant>, With<Prey>)>>,
) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let board = session.board();
    for enemy in board.enemies().iter().filter(|enemy| enemy.kind.kind() == EnemyKind::LatencyPiranhaPlant) {
        let at = point_of(enemy, board);
        let mirrored = cell_of(enemy, board).is_some_and(|cell| grows_west(board, cell));
        let (id, pipe) = (enemy.id(), enemy.target(board).map(PieceId::from_name));
        let (sprite, anchor) = atlas.sprite_facing("flytrap-hidden", mirrored);
        let place = Transform::from_translation(at.extend(layer::ACTOR));
        commands.spawn((BoardPart, Plant { id, pipe, mirrored, at }, sprite, anchor, place));
        let (sprite, anchor) = atlas.sprite("droplet-browse");
        let place = Transform::from_translation(at.extend(layer::ACTOR + 0.1));
        commands.spawn((BoardPart, Prey(id), sprite, anchor, place, Visibility::Hidden));
    }
}

/// A plant grows to the right unless machines stand there and none to the left.
fn grows_west(board: &Board, cell: Cell) -> bool {
    let crowd = |side: i32| {
        let cells = (1..=2).flat_map(|x| (-2..=0).map(move |y| cell.offset(x * side, y)));
        cells.filter(|&cell| board.ground_piece_at(cell).is_some() || !board.terrain().contains(cell)).count()
    };
    crowd(1) > crowd(-1)
}

fn show(
    (atlas, session, beat, foes): (Res<Atlas>, Res<Session>, Res<Beat>, Res<Foes>),
    mut plants: Query<(&Plant, &mut Sprite, &mut Anchor)>,
    mut prey: Query<(&Prey, &mut Sprite, &mut Anchor, &mut Transform, &mut Visibility), Without<Plant>>,
) {
    for (plant, mut sprite, mut anchor) in &mut plants {
        let held = session.play().and_then(|play| Some((play, held_in(play, plant.pipe?)?)));
        let name = match session.play() {
            Some(_) => frame(foes.of(plant.id), &beat, held.is_some()),
            None => lurking(&beat),
        };
        atlas.show_if_new(name, &mut sprite, &mut anchor);
        let Some((_, mut sprite, mut anchor, mut transform, mut visibility)) =
            prey.iter_mut().find(|(prey, ..)| prey.0 == plant.id)
        else {
            continue;
        };
        let jaw = atlas.frame(name).and_then(|frame| frame.jaw.map(|jaw| atlas.offset(frame, jaw)));
        if let (Some((play, hop)), Some(jaw)) = (held, jaw) {
            let class = play.class_of(hop.request);
            atlas.show_if_new(&format!("droplet-{}", class.key()), &mut sprite, &mut anchor);
            let side = if plant.mirrored { -1.0 } else { 1.0 };
            transform.translation = (plant.at + jaw * Vec2::new(side, 1.0)).extend(layer::ACTOR + 0.1);
            visibility.set_if_neq(Visibility::Inherited);
        } else {
            visibility.set_if_neq(Visibility::Hidden);
        }
    }
}

/// A message that has been in the pipe for longer than the way through it takes: the oldest one.
fn held_in(play: &Play, pipe: PieceId) -> Option<Hop> {
    let view = play.simulation().view();
    let pipe = view.pipes().find(|each| each.id == pipe)?;
    let due = |hop: &Hop| hop.start_at.plus_ns(pipe.propagation_ns) < view.now();
    let hops = [Direction::Forward, Direction::Backward].into_iter().flat_map(|way| pipe.hops(way));
    hops.filter(due).min_by_key(|hop| (hop.start_at, hop.attempt))
}

/// The picture of a plant. It is out of its pipe exactly while it strikes, but for the moments of coming and going.
fn frame(foe: Foe, beat: &Beat, holds: bool) -> &'static str {
    let since_s = beat.since(foe.since_s);
    let step = (since_s / EMERGE_S) as usize;
    match (foe.stance, foe.before) {
        (Stance::Beaten, _) => beat.frame(&["flytrap-beaten", "flytrap-beaten-2"], 1.2),
        (Stance::Active, _) if step < 2 => ["flytrap-emerge-1", "flytrap-emerge-2"][step],
        (Stance::Active, _) if holds => bite(if beat.reduced { 0.5 } else { since_s }),
        (Stance::Active, _) => beat.frame(&["flytrap-out", "flytrap-out-2"], 0.6),
        (Stance::Idle, Stance::Active) if step < 2 => ["flytrap-emerge-2", "flytrap-emerge-1"][step],
        (Stance::Idle, _) => {
            beat.frame(&["flytrap-hidden", "flytrap-hidden", "flytrap-hidden-2", "flytrap-hidden"], 0.7)
        }
    }
}

/// The picture of a plant while time stands still: its head alone, which is never its whole length.
fn lurking(beat: &Beat) -> &'static str {
    beat.frame(&["flytrap-emerge-1", "flytrap-emerge-1", "flytrap-emerge-1", "flytrap-hidden-2"], 0.9)
}

fn bite(since_s: f32) -> &'static str {
    let [.., (last, whole_s)] = BITE;
    let at_s = since_s % whole_s;
    BITE.iter().find(|(_, until_s)| at_s < *until_s).map_or(last, |&(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(stance: Stance, before: Stance, since_s: f64, holds: bool) -> &'static str {
        let beat = Beat { now_s: 10.0 + since_s, reduced: false };
        frame(Foe { stance, before, since_s: 10.0 }, &beat, holds)
    }

    #[test]
    fn it_is_out_while_it_strikes_and_bites_while_it_holds_something() {
        use Stance::{Active, Beaten, Idle};
        assert_eq!(at(Active, Idle, 0.01, false), "flytrap-emerge-1");
        assert_eq!(at(Active, Idle, 0.1, true), "flytrap-emerge-2");
        for tenth in 2..100 {
            let since_s = f64::from(tenth) * 0.1;
            assert!(at(Active, Idle, since_s, false).starts_with("flytrap-out"));
            assert!(
                ["flytrap-bite", "flytrap-spit"].iter().any(|stem| at(Active, Idle, since_s, true).starts_with(stem))
            );
            assert!(at(Idle, Active, since_s, true).starts_with("flytrap-hidden"));
            assert!(at(Beaten, Active, since_s, true).starts_with("flytrap-beaten"));
        }
        assert_eq!(
            [at(Idle, Active, 0.01, false), at(Idle, Active, 0.1, false)],
            ["flytrap-emerge-2", "flytrap-emerge-1"]
        );
    }

    #[test]
    fn with_little_motion_each_state_is_one_picture() {
        let still = |stance, holds| {
            let foe = Foe { stance, before: Stance::Idle, since_s: 3.0 };
            let mut names: Vec<&str> =
                (0..90).map(|i| frame(foe, &Beat { now_s: 3.0 + f64::from(i) * 0.05, reduced: true }, holds)).collect();
            names.dedup();
            names
        };
        assert_eq!(still(Stance::Active, true), ["flytrap-bite-2"]);
        assert_eq!(still(Stance::Active, false), ["flytrap-out"]);
        assert_eq!(still(Stance::Idle, false), ["flytrap-hidden"]);
    }

    #[test]
    fn every_frame_is_in_the_atlas_and_the_hold_has_a_jaw() {
        let atlas = Atlas::blank();
        assert!(BITE.iter().all(|(name, _)| atlas.frame(name).is_some()));
        let beat = |now_s: f64| Beat { now_s, reduced: false };
        for name in (0..40).map(|tenth| lurking(&beat(f64::from(tenth) * 0.1))) {
            assert!(atlas.frame(name).is_some() && !name.starts_with("flytrap-out"), "{name} is not fully out");
        }
        assert!(atlas.frame("flytrap-bite-2").unwrap().jaw.is_some());
    }
}
