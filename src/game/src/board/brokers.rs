//! Event storm lightnings: a house of locks. In each lane lie the oldest events that wait to be worked off, as barges; its
//! gate stands open, half shut while it waits before another try, and shut where no consumer can be reached. A charge grows
//! on the conductor as a batch fills, and lightning strikes when it is written.

use super::beat::{Beat, BeatSystems};
use super::looks::{Hangs, PieceLook};
use super::place::Place;
use super::strain::{State, Strain};
use super::{BoardPart, BoardSystems, Facts, board_changed, layer};
use crate::atlas::Atlas;
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::kind::KindSpec;
use pipe_maze_level::{Kind, Piece, Play};
use pipe_maze_sim::{BrokerView, Delivery, Fact, PartitionView, PieceId};
use std::collections::BTreeMap;

pub(super) const LOOK: PieceLook = PieceLook {
    ghost: "broker-ok",
    hangs: Hangs::Corner,
    slot: "broker-mini-ok",
    portrait: "broker-mini-ok",
    placed: Sound::LightningStrikes,
    plugin,
};

fn plugin(app: &mut App) {
    app.init_resource::<Storms>();
    let systems = (build.run_if(board_changed), stir, look, float, point).chain();
    app.add_systems(Update, systems.in_set(BoardSystems).after(BeatSystems).after(super::strain::StrainSystems));
}

/// Barges that a lane shows.
const BARGES: usize = 4;
/// Lanes of a house.
const LANES: usize = 3;
/// From one to the next, in pixels of the picture.
const BARGE_PX: f32 = 53.0;
/// For how long a stroke of lightning is seen, and how long it is at least from one to the next, in seconds of play: no
/// light flashes more than twice a second.
const BOLT_S: f32 = 0.21;
const BOLT_GAP_S: f64 = 0.6;
const BOLTS: [&str; 3] = ["storm-bolt-1", "storm-bolt-2", "storm-bolt-3"];
const CHARGES: [&str; 3] = ["storm-charge-1", "storm-charge-2", "storm-charge-3"];
/// How fast barges float to where they belong, per second.
const FLOAT_PER_S: f32 = 7.0;

/// What moves at each broker.
#[derive(Resource, Default)]
struct Storms(BTreeMap<PieceId, Storm>);

/// What moves at a broker: when lightning struck it last on the beat of the board, and how far the barges of each lane still
/// are from where they belong, in world units.
#[derive(Clone, Copy, Debug)]
struct Storm {
    struck_s: f64,
    behind: [f32; LANES],
}

impl Default for Storm {
    /// Nothing moves.
    fn default() -> Self {
        Self { struck_s: f64::NEG_INFINITY, behind: [0.0; LANES] }
    }
}

impl Storms {
    fn of(&self, id: PieceId) -> Storm {
        self.0.get(&id).copied().unwrap_or_default()
    }
}

impl Storm {
    /// A batch was written, or a barge has left its lane.
    fn note(&mut self, broker: PieceId, fact: &Fact, beat: &Beat, step: f32) {
        match *fact {
            Fact::Appended { broker: id, .. } if id == broker && beat.now_s - self.struck_s >= BOLT_GAP_S => {
                self.struck_s = beat.now_s;
            }
            Fact::Committed { broker: id, partition, .. } if id == broker && !beat.reduced => {
                if let Some(behind) = self.behind.get_mut(usize::from(partition)) {
                    *behind = (*behind + step).min(step);
                }
            }
            _ => {}
        }
    }
}

/// A broker's house.
#[derive(Component)]
struct House(PieceId);

/// The gate of a lane, by the broker and the number of its partition.
#[derive(Component)]
struct Gate(PieceId, usize);

/// A place for a barge in a lane: the `nth` from the gate.
#[derive(Component)]
struct Barge {
    broker: PieceId,
    lane: usize,
    nth: usize,
    /// Where it lies once it has floated there.
    at: Vec2,
    /// The way that it floats: 1 to the right, -1 to the left.
    towards: f32,
}

/// What is seen on the conductor.
#[derive(Component)]
enum Light {
    Charge(PieceId),
    Bolt(PieceId),
}

/// Whatever is a part of the picture of a broker.
type AnyPart = Or<(With<House>, With<Gate>, With<Barge>, With<Light>)>;

fn build(mut commands: Commands, (atlas, session): (Res<Atlas>, Res<Session>), old: Query<Entity, AnyPart>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let Some(frame) = atlas.frame("broker-ok") else { return };
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::EventStormLightning) {
        let (id, place) = (PieceId::from_name(&piece.name), Place::of(piece));
        commands.spawn((BoardPart, House(id), place.part(&atlas, "broker-ok", Vec2::ZERO, layer::PIECE)));
        for (lane, &[x, y, w, h]) in frame.lanes.iter().enumerate() {
            for nth in 0..BARGES {
                let berth = [x + w - BARGE_PX * (nth as f32 + 0.62), y + h * 0.5];
                let (sprite, anchor, at) =
                    place.part(&atlas, "barge-browse", atlas.offset(frame, berth), layer::PIECE + 0.2);
                let towards = if place.mirrored { -1.0 } else { 1.0 };
                let barge = Barge { broker: id, lane, nth, at: at.translation.truncate(), towards };
                commands.spawn((BoardPart, barge, sprite, anchor, at, Visibility::Hidden));
            }
        }
        for (lane, &gate) in frame.gates.iter().enumerate() {
            let part = place.part(&atlas, "broker-gate-open", atlas.offset(frame, gate), layer::PIECE + 0.4);
            commands.spawn((BoardPart, Gate(id, lane), part));
        }
        let top = frame.conductor.map_or(Vec2::ZERO, |point| atlas.offset(frame, point));
        let lights = [(Light::Charge(id), CHARGES[0], 0.5), (Light::Bolt(id), BOLTS[0], 0.6)];
        for (light, name, above) in lights {
            let part = place.part(&atlas, name, top, layer::PIECE + above);
            commands.spawn((BoardPart, light, part, Visibility::Hidden));
        }
    }
}

/// What happens at each broker sets something in motion.
fn stir(
    (atlas, session, facts): (Res<Atlas>, Res<Session>, Res<Facts>),
    (beat, time): (Res<Beat>, Res<Time>),
    mut storms: ResMut<Storms>,
    mut jumps: Local<u64>,
) {
    let elsewhere = session.has_jumped(&mut jumps);
    if elsewhere || session.play().is_none() {
        storms.0.clear();
    }
    let stays = if session.is_paused() { 1.0 } else { (-time.delta_secs() * FLOAT_PER_S).exp() };
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::EventStormLightning) {
        let id = PieceId::from_name(&piece.name);
        let storm = storms.0.entry(id).or_default();
        storm.behind.iter_mut().for_each(|behind| *behind *= stays);
        facts.0.iter().for_each(|(_, fact)| storm.note(id, fact, &beat, BARGE_PX * atlas.scale()));
    }
}

/// Houses and gates as the run has them.
fn look(
    (atlas, session, strain): (Res<Atlas>, Res<Session>, Res<Strain>),
    mut houses: Query<(&House, &mut Sprite, &mut Anchor), Without<Gate>>,
    mut gates: Query<(&Gate, &mut Sprite, &mut Anchor), Without<House>>,
) {
    let play = session.play();
    for (house, mut sprite, mut anchor) in &mut houses {
        let behind = play.and_then(|play| Some(backlog(&broker(play, house.0)?, log_limit(play, house.0))));
        let state = strain.of(house.0).state().max(behind.unwrap_or(State::Ok));
        atlas.show_if_new(&format!("broker-{}", state.key()), &mut sprite, &mut anchor);
    }
    for (gate, mut sprite, mut anchor) in &mut gates {
        let view = play.and_then(|play| broker(play, gate.0));
        let partition = view.as_ref().and_then(|view| view.partitions.get(gate.1));
        atlas.show_if_new(gate_name(partition), &mut sprite, &mut anchor);
    }
}

/// Barges lie in their lanes, and float on as those before them leave.
fn float(
    (atlas, session, storms): (Res<Atlas>, Res<Session>, Res<Storms>),
    mut barges: Query<(&Barge, &mut Sprite, &mut Anchor, &mut Transform, &mut Visibility)>,
) {
    for (barge, mut sprite, mut anchor, mut transform, mut visibility) in &mut barges {
        let found = session.play().and_then(|play| {
            let request = play.simulation().view().log(barge.broker, barge.lane).nth(barge.nth)?;
            Some(play.class_of(request))
        });
        visibility.set_if_neq(if found.is_some() { Visibility::Inherited } else { Visibility::Hidden });
        let Some(class) = found else { continue };
        atlas.show_if_new(&format!("barge-{}", class.key()), &mut sprite, &mut anchor);
        let behind = storms.of(barge.broker).behind.get(barge.lane).copied().unwrap_or_default();
        let at = barge.at - Vec2::X * behind * barge.towards;
        if transform.translation.truncate() != at {
            transform.translation = at.extend(transform.translation.z);
        }
    }
}

/// The charge on the conductor, and the lightning.
fn point(
    (atlas, session, beat): (Res<Atlas>, Res<Session>, Res<Beat>),
    storms: Res<Storms>,
    mut lights: Query<(&Light, &mut Sprite, &mut Anchor, &mut Visibility)>,
) {
    for (light, mut sprite, mut anchor, mut visibility) in &mut lights {
        let name = match light {
            Light::Charge(id) => session.play().and_then(|play| {
                let KindSpec::EventStormLightning(spec) = &piece(play, *id)?.spec else { return None };
                charge(&broker(play, *id)?, spec.batch)
            }),
            Light::Bolt(id) => bolt(storms.of(*id).struck_s, &beat),
        };
        visibility.set_if_neq(if name.is_some() { Visibility::Inherited } else { Visibility::Hidden });
        if let Some(name) = name {
            atlas.show_if_new(name, &mut sprite, &mut anchor);
        }
    }
}

fn broker(play: &Play, id: PieceId) -> Option<BrokerView> {
    play.simulation().view().brokers().find(|broker| broker.id == id)
}

fn piece(play: &Play, id: PieceId) -> Option<&Piece> {
    play.board().pieces().iter().find(|piece| PieceId::from_name(&piece.name) == id)
}

fn log_limit(play: &Play, id: PieceId) -> u32 {
    match piece(play, id).map(|piece| &piece.spec) {
        Some(KindSpec::EventStormLightning(spec)) => spec.log_limit,
        _ => u32::MAX,
    }
}

/// How far behind a broker is: a quarter of a full log, or events that nobody takes, is strain.
fn backlog(broker: &BrokerView, log_limit: u32) -> State {
    let behind = |partition: &PartitionView| {
        let much = u64::from(partition.lag) * 4 >= u64::from(log_limit.max(1));
        let stuck = matches!(partition.delivery, Delivery::Waits { .. }) || partition.pipe.is_none();
        partition.lag > 0 && (much || stuck)
    };
    if broker.partitions.iter().any(behind) { State::Strain } else { State::Ok }
}

/// The gate of a partition; before the water flows it stands open.
fn gate_name(partition: Option<&PartitionView>) -> &'static str {
    match partition {
        Some(PartitionView { pipe: None, .. }) => "broker-gate-shut",
        Some(PartitionView { delivery: Delivery::Waits { .. }, .. }) => "broker-gate-strain",
        _ => "broker-gate-open",
    }
}

/// The charge of the fullest batch that waits; none while none does.
fn charge(broker: &BrokerView, batch: u32) -> Option<&'static str> {
    let open = broker.partitions.iter().map(|partition| partition.open).max().filter(|&open| open > 0)?;
    let third = open.saturating_mul(3) / batch.max(1);
    Some(CHARGES[(third as usize).min(CHARGES.len() - 1)])
}

/// The picture of lightning that struck then; none once it is over. Who asked for little motion sees none.
fn bolt(struck_s: f64, beat: &Beat) -> Option<&'static str> {
    let since_s = beat.since(struck_s);
    let nth = (since_s / (BOLT_S / BOLTS.len() as f32)) as usize;
    BOLTS.get(nth).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Class;
    use pipe_maze_sim::Time as SimTime;

    fn partition(lag: u32, delivery: Delivery, reached: bool) -> PartitionView {
        PartitionView {
            open: 0,
            writing: 0,
            lag,
            oldest_ns: 0,
            appended: 0,
            delivered: 0,
            committed: 0,
            delivery,
            pipe: reached.then_some(PieceId(1)),
        }
    }

    fn of(partitions: Vec<PartitionView>) -> BrokerView {
        BrokerView { id: PieceId(7), refused: 0, partitions }
    }

    #[test]
    fn a_gate_stands_as_the_consumer_behind_it_does() {
        let waits = Delivery::Waits { until: SimTime::from_ms(5) };
        assert_eq!(gate_name(None), "broker-gate-open");
        assert_eq!(gate_name(Some(&partition(3, Delivery::UnderWay, true))), "broker-gate-open");
        assert_eq!(gate_name(Some(&partition(3, waits, true))), "broker-gate-strain");
        assert_eq!(gate_name(Some(&partition(3, waits, false))), "broker-gate-shut");
    }

    #[test]
    fn who_is_behind_looks_strained() {
        let quiet = partition(24, Delivery::UnderWay, true);
        assert_eq!(backlog(&of(vec![quiet]), 100), State::Ok);
        assert_eq!(backlog(&of(vec![quiet, partition(25, Delivery::UnderWay, true)]), 100), State::Strain);
        assert_eq!(backlog(&of(vec![partition(1, Delivery::Idle, false)]), 100), State::Strain);
        assert_eq!(backlog(&of(vec![partition(0, Delivery::Idle, false)]), 100), State::Ok, "nothing waits");
    }

    #[test]
    fn the_charge_grows_with_the_batch() {
        let open = |open| of(vec![PartitionView { open, ..partition(0, Delivery::Idle, true) }]);
        let seen = [0, 1, 10, 11, 22, 32].map(|n| charge(&open(n), 32));
        let [small, middle, large] = CHARGES.map(Some);
        assert_eq!(seen, [None, small, small, middle, large, large]);
    }

    #[test]
    fn lightning_is_seen_once_and_never_where_little_motion_is_asked_for() {
        let at = |now_s, reduced| Beat { now_s, reduced };
        assert_eq!(
            [0.0, 0.08, 0.15, 0.22].map(|s| bolt(4.0, &at(4.0 + s, false))),
            [Some(BOLTS[0]), Some(BOLTS[1]), Some(BOLTS[2]), None]
        );
        assert_eq!(bolt(4.0, &at(4.0, true)), None);
        assert_eq!(bolt(f64::NEG_INFINITY, &at(4.0, false)), None);
    }

    #[test]
    fn the_atlas_says_where_everything_is() {
        let atlas = Atlas::blank();
        for state in [State::Ok, State::Strain, State::Failed] {
            let frame = atlas.frame(&format!("broker-{}", state.key())).unwrap();
            assert_eq!((frame.lanes.len(), frame.gates.len()), (3, 3));
            assert!(frame.conductor.is_some());
        }
        let gates = ["broker-gate-open", "broker-gate-strain", "broker-gate-shut"];
        for name in gates.iter().chain(&BOLTS).chain(&CHARGES) {
            assert!(atlas.frame(name).is_some(), "{name}");
        }
        assert!(Class::ALL.iter().all(|class| atlas.frame(&format!("barge-{}", class.key())).is_some()));
    }
}
