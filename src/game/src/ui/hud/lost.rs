//! What is said at once when a run is lost though it goes on: that it is, since when, and the ways from there. Whoever
//! wants to see more of it watches on.

use super::Sources;
use crate::input::tools::Hand;
use crate::palette;
use crate::session::Session;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Focus, Look};
use crate::ui::figures::clock;
use crate::ui::widgets::{column, row, speech};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, offer.in_set(FrameSystems::Show).run_if(in_state(Screen::Board)));
}

/// The note, in both layouts.
pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, layout, .. } = sources;
    let Some(at) = session.play().and_then(|play| play.judge().exhausted_at()) else { return };
    let node = Node { padding: UiRect::axes(Val::Px(14.0), Val::Px(9.0)), ..column(7.0) };
    parent.spawn(speech(node)).with_children(|note| {
        note.spawn(row(9.0)).with_children(|line| {
            line.spawn(kit.icon("badge-failed", 22.0, Color::WHITE));
            line.spawn(Node { flex_shrink: 1.0, ..column(1.0) }).with_children(|words| {
                words.spawn(kit.title(kit.texts.get("lost-title"), 15.0, palette::failed_on_bone()));
                let why = kit.texts.with("lost-why", &[("at", clock(at.as_ns()).into())]);
                words.spawn(kit.body(why, 12.0, palette::ink()));
            });
        });
        note.spawn(row(7.0)).with_children(|line| {
            let size = if layout.wide { 13.0 } else { 12.5 };
            let word = |line: &mut ChildSpawnerCommands<'_>, id: ButtonId, key: &str, icon: &str, look: Look| {
                kit.word_of_height(line, id, (&kit.texts.get(key), Some(icon)), size, look, 40.0);
            };
            word(line, ButtonId::Debrief, "button-debrief", "icon-flag", Look::QUIET);
            if session.has_broken() {
                word(line, ButtonId::WatchOn, "button-watch-on", "icon-play", Look::SECONDARY);
            }
        });
    });
}

/// To the keyboard, too, the debrief is what comes next; not any more to whoever watches on.
fn offer(
    (session, layout): (Res<Session>, Res<Layout>),
    (mut focus, mut hand): (ResMut<Focus>, ResMut<Hand>),
    (mut held, mut flowed): (Local<bool>, Local<bool>),
) {
    // On a phone held upright what is selected stands where this is said, and where the sage speaks as the water comes.
    let flows = session.play().is_some();
    let begins = !std::mem::replace(&mut *flowed, flows) && flows;
    let breaks = session.has_broken() && !*held;
    if !layout.wide && (begins || breaks) && !hand.selection.is_empty() {
        hand.selection.clear();
    }
    let holds = session.has_broken();
    if std::mem::replace(&mut *held, holds) == holds {
        return;
    }
    if holds {
        focus.0 = Some(ButtonId::Debrief);
    } else if focus.0 == Some(ButtonId::Debrief) {
        focus.0 = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    /// Lets the run go on by frames until it is held.
    fn watch_it_break(session: &mut Session) {
        for _ in 0..10_000 {
            session.tick(0.05);
            if session.has_broken() {
                return;
            }
        }
        panic!("it never breaks");
    }

    #[test]
    fn a_run_that_is_lost_is_held_and_goes_on_only_where_that_is_wanted() {
        let mut session = flowing();
        assert!(!session.is_lost());
        watch_it_break(&mut session);
        assert!(session.is_lost() && session.is_paused() && !session.has_ended(), "it is lost, and not over");
        let at = session.play().unwrap().simulation().now();
        session.tick(1.0);
        assert_eq!(session.play().unwrap().simulation().now(), at, "it waits");
        session.set_paused(false);
        session.tick(0.2);
        assert!(session.play().unwrap().simulation().now() > at);
        assert!(session.is_lost() && !session.has_broken(), "it stays lost, and is held once");
        session.seek(pipe_maze_sim::Time::ZERO);
        assert!(!session.is_lost(), "before it broke it can be won yet");
    }

    #[test]
    fn on_a_phone_nothing_that_is_selected_hides_the_verdict() {
        for wide in [false, true] {
            let mut session = flowing();
            session.stop();
            let mut app = App::new();
            app.insert_resource(session).init_resource::<Focus>().init_resource::<Hand>();
            app.insert_resource(Layout { wide, ..Layout::default() }).add_systems(Update, offer);
            let select = |app: &mut App| app.world_mut().resource_mut::<Hand>().selection.set(Some("room".into()));
            let selects = |app: &App| !app.world().resource::<Hand>().selection.is_empty();
            select(&mut app);
            app.update();
            assert!(selects(&app), "while one plans it stays");
            app.world_mut().resource_mut::<Session>().start(Some(2)).unwrap();
            app.update();
            assert_eq!(selects(&app), wide);
            select(&mut app);
            app.update();
            assert!(selects(&app), "who looks into something may");
            watch_it_break(&mut app.world_mut().resource_mut::<Session>());
            app.update();
            assert_eq!(selects(&app), wide);
        }
    }

    #[test]
    fn the_keyboard_is_led_to_the_debrief_and_let_go_of_again() {
        let mut session = flowing();
        watch_it_break(&mut session);
        let mut app = App::new();
        app.insert_resource(session).init_resource::<Focus>().init_resource::<Hand>().init_resource::<Layout>();
        app.add_systems(Update, offer);
        app.update();
        assert_eq!(app.world().resource::<Focus>().0, Some(ButtonId::Debrief));
        app.world_mut().resource_mut::<Session>().set_paused(false);
        app.update();
        assert_eq!(app.world().resource::<Focus>().0, None);
    }
}
