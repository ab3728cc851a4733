//! Droplets: each message in a pipe, exactly where the simulation has it.
//!
//! A message's times are known when it enters, so its place at any moment follows from them: smooth at any speed, and
//! right after any jump in time. Nothing is remembered from frame to frame but the pool of sprites.

use super::{BoardPart, BoardSystems, Facts, centre, layer};
use crate::atlas::{Atlas, CELL};
use crate::session::Session;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::board::Joint;
use pipe_maze_level::kind::{Class, KindSpec};
use pipe_maze_level::{Cell, Heading};
use pipe_maze_sim::{Direction, Fact, Hop, Outcome, Payload, PieceId, RequestId, Time as SimTime};
use std::collections::{BTreeMap, BTreeSet};
use std::f32::consts::FRAC_PI_2;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<GivenUp>();
    app.add_systems(Update, (note_given_up, show).chain().in_set(BoardSystems));
}

/// Most droplets drawn one by one.
const DROPLETS_MAX: usize = 4_000;
/// How far from the middle of the pipe each direction keeps to its right, in world units.
const LANE: f32 = 3.0;
/// Answers are drawn smaller than requests, so that one sees which way the water goes.
const ANSWER_SCALE: f32 = 0.68;

/// A sprite of the pool.
#[derive(Component)]
struct Droplet;

/// Requests whose client has given up: what is still under way for them is wasted.
#[derive(Resource, Default)]
struct GivenUp(BTreeSet<RequestId>);

fn note_given_up(session: Res<Session>, facts: Res<Facts>, mut given_up: ResMut<GivenUp>) {
    if session.play().is_none() {
        given_up.0.clear();
    }
    for (_, fact) in &facts.0 {
        if let Fact::Ended { request, outcome: Outcome::TimedOut, .. } = fact {
            given_up.0.insert(*request);
        }
    }
}

fn show(
    mut commands: Commands,
    (atlas, session, given_up): (Res<Atlas>, Res<Session>, Res<GivenUp>),
    mut pool: Query<(Entity, &mut Sprite, &mut Anchor, &mut Transform), With<Droplet>>,
) {
    let mut places = places(&session, &given_up);
    places.truncate(DROPLETS_MAX);
    let mut pooled = pool.iter_mut();
    for Place { name, point, scale } in places {
        match pooled.next() {
            Some((_, mut sprite, mut anchor, mut transform)) => {
                if atlas.frame(name).map(crate::atlas::Frame::rect) != sprite.rect {
                    atlas.show(name, &mut sprite, &mut anchor);
                }
                *transform = at(point, scale);
            }
            None => {
                let (sprite, anchor) = atlas.sprite(name);
                commands.spawn((BoardPart, Droplet, sprite, anchor, at(point, scale)));
            }
        }
    }
    pooled.for_each(|(entity, ..)| commands.entity(entity).despawn());
}

/// Where a droplet is, and which sprite shows it.
struct Place {
    name: &'static str,
    point: Vec2,
    scale: f32,
}

fn at(point: Vec2, scale: f32) -> Transform {
    Transform::from_translation(point.extend(layer::DROPLET)).with_scale(Vec3::splat(scale))
}

/// All droplets of this moment.
fn places(session: &Session, given_up: &GivenUp) -> Vec<Place> {
    let Some(play) = session.play() else { return Vec::new() };
    let view = play.simulation().view();
    let routes: BTreeMap<PieceId, Route> = play
        .board()
        .joints()
        .filter(Joint::is_whole)
        .map(|joint| (PieceId::from_name(&joint.pipe.name), Route::new(&joint)))
        .collect();
    let classes: BTreeMap<PieceId, Class> = play
        .board()
        .pieces()
        .iter()
        .filter_map(|piece| match &piece.spec {
            KindSpec::Spring(spec) => Some((PieceId::from_name(&piece.name), spec.class)),
            _ => None,
        })
        .collect();
    let mut places = Vec::new();
    for pipe in view.pipes() {
        let Some(route) = routes.get(&pipe.id) else { continue };
        for direction in [Direction::Forward, Direction::Backward] {
            for hop in pipe.hops(direction) {
                let failed = hop.payload == Payload::Error || given_up.0.contains(&hop.request);
                let class = classes.get(&hop.request.spring).copied().unwrap_or_default();
                let point = route.point(progress(&hop, view.now()), direction);
                let scale = if hop.payload == Payload::Response { ANSWER_SCALE } else { 1.0 };
                places.push(Place { name: sprite_name(class, failed), point, scale });
            }
        }
    }
    places
}

/// How far a message has come, 0 to 1.
fn progress(hop: &Hop, now: SimTime) -> f32 {
    let whole = hop.exit_at.since_ns(hop.start_at).max(1) as f64;
    (now.since_ns(hop.start_at) as f64 / whole).clamp(0.0, 1.0) as f32
}

const fn sprite_name(class: Class, failed: bool) -> &'static str {
    match (class, failed) {
        (Class::Browse, false) => "droplet-browse",
        (Class::Buy, false) => "droplet-buy",
        (Class::Batch, false) => "droplet-batch",
        (Class::Browse, true) => "droplet-browse-failed",
        (Class::Buy, true) => "droplet-buy-failed",
        (Class::Batch, true) => "droplet-batch-failed",
    }
}

/// The way through a pipe: for each cell where the water comes in and where it goes out.
struct Route(Vec<(Cell, Heading, Heading)>);

impl Route {
    fn new(joint: &Joint<'_>) -> Self {
        let cells = joint.cells_along();
        let source = joint.source.map_or(Heading::West, |(_, _, heading)| heading);
        let target = joint.target.map_or(Heading::East, |(_, heading)| heading);
        let way = cells.iter().enumerate().map(|(i, &cell)| {
            let from = if i == 0 { Some(source) } else { cell.heading_to(cells[i - 1]) };
            let to = cells.get(i + 1).map_or(Some(target), |&next| cell.heading_to(next));
            (cell, from.unwrap_or(source), to.unwrap_or(target))
        });
        Self(way.collect())
    }

    /// The point at that share of the way, in world units.
    fn point(&self, progress: f32, direction: Direction) -> Vec2 {
        let along = if direction == Direction::Forward { progress } else { 1.0 - progress };
        let distance = along * self.0.len() as f32;
        let i = (distance as usize).min(self.0.len().saturating_sub(1));
        let Some(&(cell, from, to)) = self.0.get(i) else { return Vec2::ZERO };
        let share = distance - i as f32;
        // Where requests head here; to the right of it lies their lane, to the left that of the answers.
        let heading = (-unit(from)).lerp(unit(to), share).normalize_or_zero();
        let side = if direction == Direction::Forward { LANE } else { -LANE };
        centre(cell) + within(from, to, share) * CELL - heading.perp() * side
    }
}

/// The point within a cell, from its centre in cells, at that share of the way from one side to another.
fn within(from: Heading, to: Heading, share: f32) -> Vec2 {
    let (a, b) = (unit(from), unit(to));
    if a == -b || a == b {
        return a * 0.5 + (b - a) * 0.5 * share;
    }
    // A quarter circle about the corner between the two sides.
    let corner = (a + b) * 0.5;
    let angle = share * FRAC_PI_2;
    corner - b * 0.5 * angle.cos() - a * 0.5 * angle.sin()
}

fn unit(heading: Heading) -> Vec2 {
    let (columns, rows) = heading.offset();
    Vec2::new(columns as f32, -rows as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_through_a_cell_joins_its_sides() {
        for from in Heading::ALL {
            for to in Heading::ALL {
                if from == to {
                    continue;
                }
                assert!(within(from, to, 0.0).distance(unit(from) * 0.5) < 1e-5, "{from:?} {to:?}");
                assert!(within(from, to, 1.0).distance(unit(to) * 0.5) < 1e-5, "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn progress_follows_the_times_of_the_hop() {
        let request = RequestId { spring: PieceId(0), number: 0 };
        let ms = SimTime::from_ms;
        let hop = Hop { request, payload: Payload::Request, enqueue_at: ms(0), start_at: ms(10), exit_at: ms(30) };
        assert_eq!(progress(&hop, ms(5)), 0.0);
        assert_eq!(progress(&hop, ms(20)), 0.5);
        assert_eq!(progress(&hop, ms(30)), 1.0);
    }
}
