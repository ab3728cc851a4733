//! What the author makes is kept by itself, with its past, a moment after each change: a reload or a crash loses nothing.

use super::desk::Desk;
use super::pen::Pen;
use crate::FrameSystems;
use crate::awake::Awake;
use crate::palette;
use crate::store::{Name, Store};
use bevy::prelude::*;
use pipe_maze_level::draft::{Draft, Snapshot};
use pipe_maze_level::solution::Step;
use pipe_maze_level::{Edit, Solution};
use serde::{Deserialize, Serialize};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Library>().init_resource::<Keeping>();
    app.add_systems(Update, keep.in_set(FrameSystems::Show).run_if(resource_exists::<Desk>));
}

/// How long after a change it is kept, in seconds.
const REST_S: f64 = 0.3;
/// Most bytes of a level with its past; the oldest of the past goes first.
const SNAPSHOT_BYTES_MAX: usize = 1 << 20;
/// Most levels that are kept.
pub const DRAFTS_MAX: usize = 200;

/// The levels that the player makes.
#[derive(Resource, Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Library {
    /// In the order in which they were begun.
    pub drafts: Vec<Entry>,
    /// The number of the one that was on the desk last.
    pub last: Option<u32>,
    /// The number that the next one gets.
    pub next: u32,
    /// Whether it has been read.
    #[serde(skip)]
    pub is_read: bool,
}

/// A level in the list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub number: u32,
    /// Its name, as the list shows it.
    pub name: String,
    /// Columns and rows.
    pub size: (i32, i32),
}

impl Library {
    /// Reads the list, once.
    pub fn read(&mut self, store: &mut Store) {
        if !self.is_read {
            *self = store.load(Name::DRAFTS).unwrap_or_default();
            self.is_read = true;
        }
    }

    /// A number for another level.
    pub fn take_number(&mut self) -> u32 {
        self.next = self.next.max(self.drafts.iter().map(|entry| entry.number).max().unwrap_or(0)) + 1;
        self.next
    }

    /// Reads a level of the list.
    pub fn open(&self, store: &mut Store, number: u32) -> Option<Desk> {
        let kept: Kept = store.load(Name::draft(number))?;
        let draft = Snapshot::parse(&kept.snapshot).and_then(Draft::restore);
        let draft = draft.inspect_err(|e| error!("draft {number}: {e}")).ok()?;
        let mut desk = Desk::new(draft, number);
        desk.references = kept.references.into_iter().map(Build::into_pair).collect();
        desk.decoys = kept.decoys.into_iter().map(Build::into_pair).collect();
        Some(desk)
    }

    /// Takes a level out of the list, and what is kept of it.
    pub fn remove(&mut self, store: &mut Store, number: u32) {
        self.drafts.retain(|entry| entry.number != number);
        self.last = self.last.filter(|last| *last != number);
        store.remove(Name::draft(number));
        store.save(Name::DRAFTS, self);
    }

    /// Keeps what is on the desk. Says whether it is kept.
    pub fn keep(&mut self, store: &mut Store, desk: &Desk) -> bool {
        let level = desk.draft.level();
        let name = level.text(&desk.language, "name").unwrap_or(&level.id).to_owned();
        let entry = Entry { number: desk.number, name, size: (level.terrain.columns(), level.terrain.rows()) };
        let before = self.clone();
        match self.drafts.iter_mut().find(|each| each.number == desk.number) {
            Some(old) => *old = entry,
            None => self.drafts.push(entry),
        }
        self.last = Some(desk.number);
        self.next = self.next.max(desk.number);
        let kept = Kept {
            snapshot: desk.draft.snapshot().to_text(SNAPSHOT_BYTES_MAX),
            references: desk.references.iter().map(Build::of).collect(),
            decoys: desk.decoys.iter().map(Build::of).collect(),
        };
        store.save(Name::draft(desk.number), &kept) && (*self == before || store.save(Name::DRAFTS, self))
    }
}

/// A level as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    snapshot: String,
    #[serde(default)]
    references: Vec<Build>,
    #[serde(default)]
    decoys: Vec<Build>,
}

/// A build beside a level.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Build {
    name: String,
    level: String,
    plan: Vec<Edit>,
    flow: Vec<Step>,
}

impl Build {
    fn of((name, solution): &(String, Solution)) -> Self {
        let Solution { level, plan, flow } = solution.clone();
        Self { name: name.clone(), level, plan, flow }
    }

    fn into_pair(self) -> (String, Solution) {
        (self.name, Solution { level: self.level, plan: self.plan, flow: self.flow })
    }
}

/// How far what is on the desk is kept.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Keeping {
    /// The draft, its revision and what is beside it, as they were kept last.
    kept: Option<(u32, u64, u64)>,
    /// As they were seen last, and since when, in seconds.
    seen: Option<((u32, u64, u64), f64)>,
    /// Whether the last try failed.
    failed: bool,
}

impl Keeping {
    /// Whether everything on the desk is kept.
    pub fn is_kept(&self, desk: &Desk) -> bool {
        self.kept == Some(state(desk))
    }

    /// What is on the desk was just read from what is kept.
    pub fn note_opened(&mut self, desk: &Desk) {
        *self = Self { kept: Some(state(desk)), ..Self::default() };
    }

    /// In words, and with what colour.
    pub fn words(&self, pen: &Pen<'_>, desk: &Desk) -> (String, Color) {
        if self.failed {
            (pen.say("editor-not-kept"), palette::failed_on_ink())
        } else if self.is_kept(desk) {
            (pen.say("editor-kept"), palette::periwinkle())
        } else {
            (pen.say("editor-keeping"), palette::strain())
        }
    }
}

const fn state(desk: &Desk) -> (u32, u64, u64) {
    (desk.number, desk.draft.revision(), desk.kept)
}

fn keep(
    (desk, time): (Res<Desk>, Res<Time<Real>>),
    (mut store, mut library, mut keeping, mut awake): (ResMut<Store>, ResMut<Library>, ResMut<Keeping>, ResMut<Awake>),
) {
    let (now, now_s) = (state(&desk), time.elapsed_secs_f64());
    if keeping.kept == Some(now) {
        return;
    }
    if keeping.seen.is_none_or(|(seen, _)| seen != now) {
        keeping.seen = Some((now, now_s));
        keeping.failed = false;
    }
    let rests = keeping.seen.is_some_and(|(_, since_s)| now_s - since_s >= REST_S);
    if keeping.failed {
        return;
    }
    awake.keep_for(1.0);
    if rests {
        if library.keep(&mut store, &desk) {
            keeping.kept = Some(now);
        } else {
            keeping.failed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Fault, Shelf};
    use pipe_maze_level::draft::LevelEdit;
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<BTreeMap<String, String>>>, Arc<Mutex<bool>>);

    impl Shelf for Memory {
        fn read(&self, name: &str) -> Result<Option<String>, Fault> {
            Ok(self.0.lock().unwrap().get(name).cloned())
        }
        fn write(&mut self, name: &str, text: &str) -> Result<(), Fault> {
            if *self.1.lock().unwrap() {
                return Err(Fault::Full);
            }
            self.0.lock().unwrap().insert(name.into(), text.into());
            Ok(())
        }
        fn remove(&mut self, name: &str) -> Result<(), Fault> {
            self.0.lock().unwrap().remove(name);
            Ok(())
        }
    }

    fn desk(library: &mut Library) -> Desk {
        let number = library.take_number();
        let mut desk = Desk::new(Draft::blank(16, 12), number);
        desk.apply(&LevelEdit::Budget(123), 0.0);
        desk.apply(&LevelEdit::Budget(456), 0.0);
        desk.decoys.push(("lazy".into(), Solution::nothing(desk.draft.level())));
        desk
    }

    #[test]
    fn what_is_kept_comes_back_with_its_past() {
        let memory = Memory::default();
        let mut store = Store::on(memory.clone());
        let mut library = Library::default();
        library.read(&mut store);
        let desk = desk(&mut library);
        assert!(library.keep(&mut store, &desk));
        let mut store = Store::on(memory);
        let mut again = Library::default();
        again.read(&mut store);
        assert_eq!((again.last, again.drafts.len()), (Some(desk.number), 1));
        let mut opened = again.open(&mut store, desk.number).unwrap();
        assert_eq!((opened.draft.level(), &opened.decoys), (desk.draft.level(), &desk.decoys));
        opened.undo();
        assert_eq!(opened.draft.level().budget, 123, "the past came along");
        again.remove(&mut store, desk.number);
        assert!(again.open(&mut store, desk.number).is_none() && again.drafts.is_empty());
        assert_ne!(again.take_number(), desk.number, "no number comes twice");
    }

    #[test]
    fn a_full_store_is_told_of_and_the_next_change_tries_again() {
        let memory = Memory::default();
        let mut app = App::new();
        let mut library = Library::default();
        app.insert_resource(desk(&mut library)).insert_resource(Store::on(memory.clone()));
        app.insert_resource(library).init_resource::<Keeping>().init_resource::<Awake>().init_resource::<Time<Real>>();
        app.add_systems(Update, keep);
        let rest = |app: &mut App| {
            for _ in 0..3 {
                app.world_mut().resource_mut::<Time<Real>>().advance_by(std::time::Duration::from_millis(400));
                app.update();
            }
        };
        *memory.1.lock().unwrap() = true;
        rest(&mut app);
        assert!(app.world().resource::<Keeping>().failed);
        *memory.1.lock().unwrap() = false;
        app.world_mut().resource_mut::<Desk>().apply(&LevelEdit::Budget(7), 0.0);
        rest(&mut app);
        let (keeping, desk) = (app.world().resource::<Keeping>(), app.world().resource::<Desk>());
        assert!(!keeping.failed && keeping.is_kept(desk));
    }
}
