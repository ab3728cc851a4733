//! What stands on the board is disposable: taken away and built again, the picture is the same.

use super::glows::Glow;
use super::*;
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::motion::Motion;
use bevy::state::app::StatesPlugin;
use bevy::time::TimeUpdateStrategy;
use pipe_maze_level::{Level, Solution};
use std::time::Duration;

const LEVEL: &str = include_str!("../../tests/levels/actors.ron");
const POWERS: &str = include_str!("../../tests/levels/powers.ron");
const SOLUTION: &str = include_str!("../../tests/levels/actors.solution.ron");

/// The level of the actors, all of it joined, with the water just turned on.
pub fn flowing() -> Session {
    let mut session = Session::open(Level::parse(LEVEL).unwrap());
    for edit in Solution::parse(SOLUTION).unwrap().plan {
        session.edit(&edit).unwrap_or_else(|refusal| panic!("{edit:?}: {refusal}"));
    }
    session.start(Some(2)).unwrap();
    session
}

/// The level of the other power-ups, with the water just turned on.
fn charged() -> Session {
    let mut session = Session::open(Level::parse(POWERS).unwrap());
    session.start(Some(2)).unwrap();
    session
}

/// A game without a window that draws what stands on the board, in frames of a fiftieth of a second.
fn game(session: Session) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin));
    app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(20)));
    app.insert_state(Screen::Board);
    app.insert_resource(Atlas::blank());
    app.insert_resource(session);
    app.init_resource::<Motion>();
    app.init_resource::<Awake>();
    order(&mut app);
    stage(&mut app);
    app
}

/// Everything that can be seen: the sprite's name, where it is, how large, how strong and in which colour; and all light.
fn picture(app: &mut App) -> Vec<String> {
    let world = app.world_mut();
    let mut parts = world.query_filtered::<(&Sprite, &Transform, &Visibility), With<BoardPart>>();
    let atlas = world.resource::<Atlas>();
    let seen = parts.iter(world).filter(|(_, _, visibility)| **visibility != Visibility::Hidden);
    let mut seen: Vec<String> = seen
        .map(|(sprite, transform, _)| {
            let (at, size) =
                (transform.translation, sprite.custom_size.unwrap_or_default() * transform.scale.truncate());
            let colour = sprite.color.to_srgba().to_u8_array();
            let name = atlas.name_of(sprite).unwrap_or("no name");
            format!("{name} at {at:.2} size {size:.2} {colour:?} mirrored {}", sprite.flip_x)
        })
        .collect();
    let mut glows = world.query_filtered::<(&Glow, &Transform), With<BoardPart>>();
    let light = glows.iter(world).filter(|(glow, _)| glow.color.alpha() > 0.0);
    seen.extend(light.map(|(glow, transform)| {
        let colour = glow.color.to_srgba().to_u8_array();
        format!("light at {:.2} reach {:.2} {colour:?}", transform.translation, glow.reach)
    }));
    seen.sort();
    seen
}

/// Takes away all that is shown.
fn clear(app: &mut App) {
    let world = app.world_mut();
    let parts: Vec<Entity> = world.query_filtered::<Entity, With<BoardPart>>().iter(world).collect();
    assert!(parts.len() > 60, "{}", parts.len());
    parts.into_iter().for_each(|entity| {
        world.despawn(entity);
    });
    world.resource_mut::<Built>().revision = 0;
}

/// Plays a run, takes everything away now and then, and gives what is shown at some time.
fn shown_again_and_again(session: Session) -> std::collections::BTreeSet<String> {
    let mut app = game(session);
    let mut names = std::collections::BTreeSet::new();
    for frame in 0..320 {
        let mut session = app.world_mut().resource_mut::<Session>();
        session.set_paused(false);
        session.advance_ns(20_000_000);
        app.update();
        if frame % 8 == 0 {
            app.world_mut().resource_mut::<Session>().set_paused(true);
            app.update();
            let before = picture(&mut app);
            clear(&mut app);
            app.update();
            assert_eq!(picture(&mut app), before, "frame {frame}");
            names.extend(before.into_iter().filter_map(|line| line.split(' ').next().map(str::to_owned)));
        }
    }
    names
}

/// Each of these was shown at some time.
#[track_caller]
fn all_of(all: &[&str], names: &std::collections::BTreeSet<String>) {
    let missing: Vec<&str> = all.iter().copied().filter(|&name| !names.contains(name)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}

#[test]
fn what_gateways_and_brokers_do_is_shown_again_too() {
    let names = shown_again_and_again(charged());
    let all = [
        "gateway-ok",
        "gateway-strain",
        "gateway-shine-1",
        "gateway-shine-3",
        "pipe-end-n-strain",
        "broker-ok",
        "broker-strain",
        "broker-failed",
        "broker-gate-open",
        "broker-gate-strain",
        "barge-browse",
        "barge-buy",
        "storm-bolt-2",
        "storm-charge-1",
        "storm-charge-3",
    ];
    all_of(&all, &names);
}

#[test]
fn taken_away_and_built_again_the_picture_is_the_same() {
    let names = shown_again_and_again(flowing());
    // The run had all of it: each of these is shown at some time. (This run's plant is never beaten; its own tests have
    // that.)
    let all = [
        "flytrap-hidden",
        "flytrap-bite-2",
        "press-closed",
        "press-open",
        "quorum-idle",
        "quorum-press",
        "quorum-hand",
        "breaker-closed",
        "breaker-half",
        "breaker-open",
        "sidecar-ok",
        "sidecar-strain",
        "pipe-bridge-ok",
        "vault-shell-ok",
        "vault-book-1",
        "steam-2",
        "navigator-idle",
        "balancer-ok",
        "spring-flowing",
        "light",
    ];
    all_of(&all, &names);
}

#[test]
fn with_little_motion_a_held_board_stands_still() {
    let mut app = game(flowing());
    app.world_mut().resource_mut::<Motion>().reduced = true;
    app.world_mut().resource_mut::<Session>().stop();
    app.update();
    app.update();
    let before = picture(&mut app);
    (0..200).for_each(|_| app.update());
    assert_eq!(picture(&mut app), before);
}
