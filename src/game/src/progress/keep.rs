//! Follows what is played, and keeps it: read once at the start, written in the frame in which it has changed.

use super::Progress;
use crate::FrameSystems;
use crate::loading::Levels;
use crate::script::Ended;
use crate::session::Session;
use crate::store::{Name, Store};
use bevy::prelude::*;
use pipe_maze_level::{BranchId, Play, Verdict};
use std::collections::BTreeSet;

pub fn plugin(app: &mut App) {
    app.init_resource::<Progress>();
    app.add_systems(Startup, load);
    app.add_systems(Update, (note_attempts, note_wins, save).chain().in_set(FrameSystems::Show));
}

fn load(mut store: ResMut<Store>, mut progress: ResMut<Progress>) {
    if let Some(kept) = store.load(Name::PROGRESS) {
        *progress = kept;
    }
}

/// Whether the level that is open is one of the campaign's, and not one of that name from elsewhere.
fn is_of_campaign(session: &Session, levels: &Levels) -> bool {
    levels.find(&session.level().id).is_some_and(|level| level == session.level())
}

/// Notices that the water was turned on.
fn note_attempts(
    (session, levels): (Option<Res<Session>>, Res<Levels>),
    mut progress: ResMut<Progress>,
    mut seen: Local<(String, u64)>,
) {
    let Some(session) = session else { return };
    let (id, attempts) = (&session.level().id, session.attempts());
    if (id, attempts) == (&seen.0, seen.1) {
        return;
    }
    // A level that was opened anew begins to count anew.
    let before = if *id == seen.0 && attempts >= seen.1 { seen.1 } else { 0 };
    *seen = (id.clone(), attempts);
    if attempts > before && is_of_campaign(&session, &levels) {
        progress.attempt(id, u32::try_from(attempts - before).unwrap_or(u32::MAX));
    }
}

fn note_wins(
    mut ended: MessageReader<Ended>,
    (session, levels): (Option<Res<Session>>, Res<Levels>),
    mut progress: ResMut<Progress>,
    mut counted: Local<(u64, BTreeSet<BranchId>)>,
) {
    // Whoever goes back into a run and sees it end again has won it once; each branch is a build of its own.
    let attempt = session.as_ref().filter(|session| session.play().is_some()).map_or(0, |session| session.attempts());
    if counted.0 != attempt {
        *counted = (attempt, BTreeSet::new());
    }
    let won = ended.read().filter(|ended| ended.0 == Verdict::Won).count() > 0;
    // What someone else has won is not the player's.
    let counts = |session: &Session| !session.is_visiting() && is_of_campaign(session, &levels);
    let Some(session) = session.filter(|session| won && counts(session)) else { return };
    let Some(play) = session.play().filter(|play| play.verdict() == Some(Verdict::Won)) else { return };
    if !session.timeline().is_some_and(|timeline| counted.1.insert(timeline.current())) {
        return;
    }
    let (cost, p99_us) = figures(play);
    progress.win(&session.level().id, cost, p99_us);
}

/// What a build costs, and its p99 in simulated microseconds.
fn figures(play: &Play) -> (u32, Option<u64>) {
    (play.board().cost(), play.judge().latency_ns(0.99).map(|ns| ns / 1_000))
}

fn save(mut store: ResMut<Store>, progress: Res<Progress>, mut kept: Local<Option<Progress>>) {
    let Some(kept) = kept.as_mut() else {
        *kept = Some(progress.clone());
        return;
    };
    if progress.is_changed() && *kept != *progress {
        // Where it cannot be kept the player is told; the next change tries again.
        store.save(Name::PROGRESS, &*progress);
        kept.clone_from(&progress);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Fault, Shelf};
    use pipe_maze_level::{Level, Solution};
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};

    const LEVEL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../../levels/3-flow-control/two-rooms.solution.ron");

    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<BTreeMap<String, String>>>);

    impl Shelf for Memory {
        fn read(&self, name: &str) -> Result<Option<String>, Fault> {
            Ok(self.0.lock().unwrap().get(name).cloned())
        }

        fn write(&mut self, name: &str, text: &str) -> Result<(), Fault> {
            self.0.lock().unwrap().insert(name.into(), text.into());
            Ok(())
        }

        fn remove(&mut self, name: &str) -> Result<(), Fault> {
            self.0.lock().unwrap().remove(name);
            Ok(())
        }
    }

    fn game(memory: &Memory) -> App {
        let mut app = App::new();
        app.insert_resource(Store::on(memory.clone()));
        app.insert_resource(Levels::of(vec![Level::parse(LEVEL).unwrap()]));
        app.add_message::<Ended>();
        app.add_plugins(plugin);
        app.update();
        app
    }

    /// Plays the solution to its end in that level.
    fn win(app: &mut App, level: Level) {
        let mut session = Session::open(level);
        for edit in Solution::parse(SOLUTION).unwrap().plan {
            session.edit(&edit).unwrap();
        }
        session.start(Some(1)).unwrap();
        app.insert_resource(session);
        app.update();
        app.world_mut().resource_mut::<Session>().advance_ns(120_000_000_000);
        let verdict = app.world().resource::<Session>().verdict().unwrap();
        app.world_mut().write_message(Ended(verdict));
        app.update();
    }

    #[test]
    fn a_win_is_there_the_next_time() {
        let memory = Memory::default();
        let mut app = game(&memory);
        assert!(memory.0.lock().unwrap().is_empty(), "nothing was played, nothing is written");
        win(&mut app, Level::parse(LEVEL).unwrap());
        let again = game(&memory);
        let record = again.world().resource::<Progress>().of("two-rooms");
        assert_eq!(record.attempts, 1);
        let best = record.best.unwrap();
        assert!(best.cost > 100 && best.p99_us.is_some_and(|us| us > 10_000), "{best:?}");
    }

    #[test]
    fn a_run_is_won_once_however_often_its_end_is_seen() {
        let mut app = game(&Memory::default());
        win(&mut app, Level::parse(LEVEL).unwrap());
        let runs = |app: &App| app.world().resource::<Progress>().runs("two-rooms").len();
        assert_eq!(runs(&app), 1);
        let mut session = app.world_mut().resource_mut::<Session>();
        session.seek(pipe_maze_sim::Time::from_ms(1_000));
        session.advance_ns(120_000_000_000);
        assert_eq!(session.verdict(), Some(Verdict::Won));
        app.world_mut().write_message(Ended(Verdict::Won));
        app.update();
        assert_eq!(runs(&app), 1, "the same run again");
        app.world_mut().resource_mut::<Session>().stop();
        app.update();
        let mut session = app.world_mut().resource_mut::<Session>();
        session.start(Some(1)).unwrap();
        session.advance_ns(120_000_000_000);
        app.world_mut().write_message(Ended(Verdict::Won));
        app.update();
        assert_eq!(runs(&app), 2, "another run");
    }

    #[test]
    fn a_level_from_elsewhere_does_not_count_though_it_has_the_name() {
        let memory = Memory::default();
        let mut app = game(&memory);
        let level = Level::parse(LEVEL).unwrap();
        win(&mut app, Level { budget: level.budget + 100, ..level });
        assert_eq!(*app.world().resource::<Progress>(), Progress::default());
    }

    #[test]
    fn progress_that_cannot_be_read_is_set_aside_and_the_game_begins_anew() {
        let memory = Memory::default();
        for bad in ["{", "{\"format\": 3, \"levels\": {}}", "{\"format\": 1, \"levels\": {\"A B\": {\"attempts\": 1}}}"]
        {
            memory.0.lock().unwrap().insert("progress-1".into(), bad.into());
            let app = game(&memory);
            assert_eq!(*app.world().resource::<Progress>(), Progress::default());
            assert!(app.world().resource::<Store>().has_troubles(), "the player is told");
            let texts = memory.0.lock().unwrap();
            assert!(!texts.contains_key("progress-1") && texts.values().any(|text| text == bad), "{texts:?}");
        }
    }
}
