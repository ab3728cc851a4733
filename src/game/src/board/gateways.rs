//! Gateway stars: the gate in the middle stands open while requests pass, half shut while some are turned away because
//! there are too many, and shut while all of them are. Whoever passes makes the star shine.

use super::beat::{Beat, BeatSystems};
use super::looks::{Hangs, PieceLook};
use super::place::Place;
use super::strain::State;
use super::{BoardPart, BoardSystems, CELL, Facts, board_changed, layer};
use crate::atlas::Atlas;
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::Kind;
use pipe_maze_sim::{Cause, Fact, PieceId};
use std::collections::BTreeMap;

pub(super) const LOOK: PieceLook = PieceLook {
    ghost: "gateway-ok",
    hangs: Hangs::Middle,
    slot: "gateway-mini-ok",
    portrait: "gateway-mini-ok",
    placed: Sound::StarShines,
    plugin,
};

fn plugin(app: &mut App) {
    app.init_resource::<Stars>();
    let systems = (build.run_if(board_changed), feel, show).chain();
    app.add_systems(Update, systems.in_set(BoardSystems).after(BeatSystems));
}

/// For how long it shows that one passed, or was turned away, in seconds of play.
const SHOWN_S: f64 = 1.0;
/// For how long each picture of the shine is seen, in seconds of play.
const SHINE_S: f64 = 0.1;
const SHINES: [&str; 3] = ["gateway-shine-1", "gateway-shine-2", "gateway-shine-3"];

/// What happened lately at each star.
#[derive(Resource, Default)]
struct Stars(BTreeMap<PieceId, Lately>);

/// When on the beat of the board something last happened at a star.
#[derive(Clone, Copy, Debug)]
struct Lately {
    passed_s: f64,
    limited_s: f64,
    shines_s: f64,
}

impl Default for Lately {
    /// Nothing ever happened.
    fn default() -> Self {
        Self { passed_s: f64::NEG_INFINITY, limited_s: f64::NEG_INFINITY, shines_s: f64::NEG_INFINITY }
    }
}

impl Stars {
    fn of(&self, id: PieceId) -> Lately {
        self.0.get(&id).copied().unwrap_or_default()
    }
}

impl Lately {
    fn note(&mut self, star: PieceId, fact: &Fact, now_s: f64) {
        match *fact {
            Fact::Chosen { balancer, .. } if balancer == star => {
                self.passed_s = now_s;
                if now_s - self.shines_s >= SHINE_S * SHINES.len() as f64 {
                    self.shines_s = now_s;
                }
            }
            Fact::Rejected { cause: Cause::Limited(id), .. } if id == star => self.limited_s = now_s,
            _ => {}
        }
    }

    fn state(&self, now_s: f64) -> State {
        let lately = |then_s: f64| now_s - then_s < SHOWN_S;
        match (lately(self.limited_s), lately(self.passed_s)) {
            (false, _) => State::Ok,
            (true, true) => State::Strain,
            (true, false) => State::Failed,
        }
    }

    /// The picture of the shine; none while it rests. Who asked for little motion sees none.
    fn shine(&self, beat: &Beat) -> Option<&'static str> {
        let since_s = beat.now_s - self.shines_s;
        let nth = (since_s / SHINE_S) as usize;
        SHINES.get(nth).copied().filter(|_| !beat.reduced && since_s >= 0.0)
    }
}

/// A part of the picture of that star.
#[derive(Component)]
struct Star(PieceId, Part);

enum Part {
    Gate,
    Shine,
    /// A stub of pipe that leads out at the top or at the bottom.
    Arm(&'static str),
}

fn build(mut commands: Commands, (atlas, session): (Res<Atlas>, Res<Session>), old: Query<Entity, With<Star>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::ApiGatewayStar) {
        let (id, place) = (PieceId::from_name(&piece.name), Place::of(piece));
        let middle = Vec2::new(CELL, -CELL) * 1.5;
        for (stem, up) in [("pipe-end-n", CELL), ("pipe-end-s", -CELL)] {
            let part = place.part(&atlas, &format!("{stem}-ok"), middle + Vec2::Y * up, layer::PIECE - 0.2);
            commands.spawn((BoardPart, Star(id, Part::Arm(stem)), part));
        }
        commands.spawn((BoardPart, Star(id, Part::Gate), place.part(&atlas, "gateway-ok", middle, layer::PIECE)));
        let shine = place.part(&atlas, SHINES[0], middle, layer::PIECE + 0.2);
        commands.spawn((BoardPart, Star(id, Part::Shine), shine, Visibility::Hidden));
    }
}

fn feel(
    (session, facts, beat): (Res<Session>, Res<Facts>, Res<Beat>),
    mut stars: ResMut<Stars>,
    mut jumps: Local<u64>,
) {
    // At another moment nothing has happened lately; without a run neither.
    let elsewhere = session.has_jumped(&mut jumps);
    if elsewhere || session.play().is_none() {
        stars.0.clear();
    }
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::ApiGatewayStar) {
        let id = PieceId::from_name(&piece.name);
        let star = stars.0.entry(id).or_default();
        facts.0.iter().for_each(|(_, fact)| star.note(id, fact, beat.now_s));
    }
}

fn show(
    (atlas, beat, stars): (Res<Atlas>, Res<Beat>, Res<Stars>),
    mut parts: Query<(&Star, &mut Sprite, &mut Anchor, &mut Visibility)>,
) {
    for (Star(id, part), mut sprite, mut anchor, mut visibility) in &mut parts {
        let star = stars.of(*id);
        let state = star.state(beat.now_s).key();
        let name = match part {
            Part::Gate => Some(format!("gateway-{state}")),
            Part::Arm(stem) => Some(format!("{stem}-{state}")),
            Part::Shine => star.shine(&beat).map(str::to_owned),
        };
        visibility.set_if_neq(if name.is_some() { Visibility::Inherited } else { Visibility::Hidden });
        if let Some(name) = name {
            atlas.show_if_new(&name, &mut sprite, &mut anchor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_sim::RequestId;

    const ID: PieceId = PieceId::from_name("star");

    fn passed() -> Fact {
        Fact::Chosen { balancer: ID, pipe: PieceId(1), request: RequestId { spring: PieceId(2), number: 0 } }
    }

    fn limited(by: PieceId) -> Fact {
        Fact::Rejected { service: by, request: RequestId { spring: PieceId(2), number: 0 }, cause: Cause::Limited(by) }
    }

    #[test]
    fn the_gate_stands_as_what_came_lately_fared() {
        let mut star = Lately::default();
        assert_eq!(star.state(0.0), State::Ok);
        star.note(ID, &passed(), 10.0);
        assert_eq!(star.state(10.1), State::Ok);
        star.note(ID, &limited(PieceId(9)), 10.1);
        assert_eq!(star.state(10.2), State::Ok, "somebody else's");
        star.note(ID, &limited(ID), 10.2);
        assert_eq!(star.state(10.3), State::Strain);
        star.note(ID, &limited(ID), 11.2);
        assert_eq!(star.state(11.3), State::Failed, "nobody passes any longer");
        assert_eq!(star.state(12.5), State::Ok);
    }

    #[test]
    fn who_passes_makes_it_shine_once() {
        let mut star = Lately::default();
        let at = |now_s, reduced| Beat { now_s, reduced };
        assert_eq!(star.shine(&at(1.0, false)), None);
        star.note(ID, &passed(), 1.0);
        star.note(ID, &passed(), 1.15);
        assert_eq!(
            [1.05, 1.15, 1.25, 1.35].map(|now_s| star.shine(&at(now_s, false))),
            [Some(SHINES[0]), Some(SHINES[1]), Some(SHINES[2]), None]
        );
        assert_eq!(star.shine(&at(1.05, true)), None);
    }

    #[test]
    fn every_state_has_its_pictures() {
        let atlas = Atlas::blank();
        for state in [State::Ok, State::Strain, State::Failed] {
            for stem in ["gateway", "pipe-end-n", "pipe-end-s"] {
                assert!(atlas.frame(&format!("{stem}-{}", state.key())).is_some(), "{stem} {state:?}");
            }
        }
        assert!(SHINES.iter().all(|name| atlas.frame(name).is_some()));
    }
}
