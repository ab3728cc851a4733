use super::files::Files;
use super::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Choice {
    level: u32,
}

/// A folder of this test alone, empty.
fn folder(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("pipe-maze-store-{test}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// A shelf in memory that can be full.
#[derive(Clone, Default)]
struct Memory {
    texts: Arc<Mutex<BTreeMap<String, String>>>,
    refuses: Option<Fault>,
}

impl Shelf for Memory {
    fn read(&self, name: &str) -> Result<Option<String>, Fault> {
        Ok(self.texts.lock().unwrap().get(name).cloned())
    }

    fn write(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        self.refuses.map_or(Ok(()), Err)?;
        self.texts.lock().unwrap().insert(name.into(), text.into());
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), Fault> {
        self.refuses.map_or(Ok(()), Err)?;
        self.texts.lock().unwrap().remove(name);
        Ok(())
    }
}

#[test]
fn what_was_saved_is_there_the_next_time() {
    let at = folder("saved");
    let mut store = Store::on(Files::at(at.clone()));
    assert_eq!(store.load::<Choice>(Name::SETTINGS), None);
    for level in [3, 7] {
        assert!(store.save(Name::SETTINGS, &Choice { level }));
        let mut again = Store::on(Files::at(at.clone()));
        assert_eq!(again.load(Name::SETTINGS), Some(Choice { level }));
        assert!(!again.has_troubles());
    }
    let names: Vec<_> = std::fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["settings-1.json"], "nothing is left beside it");
    std::fs::remove_dir_all(at).unwrap();
}

#[test]
fn a_corrupt_file_is_set_aside_and_the_game_begins_without_it() {
    let at = folder("corrupt");
    std::fs::create_dir_all(&at).unwrap();
    for (n, bytes) in [b"{\"level\": ".as_slice(), b"\xff\xfe nonsense", b"{\"level\": -1}"].into_iter().enumerate() {
        std::fs::write(at.join("settings-1.json"), bytes).unwrap();
        let mut store = Store::on(Files::at(at.clone()));
        assert_eq!(store.load::<Choice>(Name::SETTINGS), None);
        let aside = format!("settings-1-corrupt-{}", n + 1);
        assert!(at.join(format!("{aside}.json")).exists() && !at.join("settings-1.json").exists());
        assert_eq!(store.take_troubles(), [Trouble::SetAside { name: Name::SETTINGS, aside }]);
        assert!(store.save(Name::SETTINGS, &Choice { level: 1 }), "a new one takes its place");
    }
    std::fs::remove_dir_all(at).unwrap();
}

#[test]
fn only_so_many_corrupt_texts_are_kept() {
    let memory = Memory::default();
    for _ in 0..30 {
        memory.texts.lock().unwrap().insert("settings-1".into(), "?".into());
        assert_eq!(Store::on(memory.clone()).load::<Choice>(Name::SETTINGS), None);
    }
    assert_eq!(memory.texts.lock().unwrap().len(), ASIDE_MAX as usize);
}

#[test]
fn a_shelf_that_keeps_nothing_is_told_of_once() {
    for fault in [Fault::Full, Fault::Forbidden] {
        let mut store = Store::on(Memory { refuses: Some(fault), ..Memory::default() });
        assert!(!store.save(Name::SETTINGS, &Choice { level: 1 }));
        assert!(!store.save(Name::SETTINGS, &Choice { level: 2 }));
        assert_eq!(store.take_troubles(), [Trouble::NotKept(fault)]);
    }
    let nowhere = at_a_file();
    let mut store = Store::on(Files::at(nowhere.join("below")));
    assert!(!store.save(Name::SETTINGS, &Choice { level: 1 }), "a file is no folder");
    assert_eq!(store.take_troubles(), [Trouble::NotKept(Fault::Forbidden)]);
    std::fs::remove_file(nowhere).unwrap();
}

fn at_a_file() -> PathBuf {
    let path = folder("file");
    std::fs::write(&path, "").unwrap();
    path
}

#[test]
fn a_corrupt_text_that_cannot_be_moved_is_not_written_over() {
    let memory = Memory { refuses: Some(Fault::Full), ..Memory::default() };
    memory.texts.lock().unwrap().insert("settings-1".into(), "precious".into());
    let mut store = Store::on(memory.clone());
    assert_eq!(store.load::<Choice>(Name::SETTINGS), None);
    assert_eq!(store.take_troubles(), [Trouble::Sealed(Name::SETTINGS)]);
    store.shelf = Box::new(Memory { refuses: None, ..memory.clone() });
    assert!(!store.save(Name::SETTINGS, &Choice { level: 1 }));
    assert_eq!(memory.texts.lock().unwrap()["settings-1"], "precious");
}

#[test]
fn a_text_too_long_to_be_ours_is_not_parsed() {
    let memory = Memory::default();
    let long = format!("{{\"level\": 1}}{}", " ".repeat(BYTES_MAX));
    memory.texts.lock().unwrap().insert("settings-1".into(), long);
    assert_eq!(Store::on(memory).load::<Choice>(Name::SETTINGS), None);
}
