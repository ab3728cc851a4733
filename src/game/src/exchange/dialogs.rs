//! The system's own dialogs for opening and saving files, and its clipboard. The game goes on while a dialog is open.

use super::native::read;
use super::{Arrival, FILE_READ_MAX};
use crate::awake::Awake;
use crate::text::Texts;
use crate::ui::notices::Notice;
use arboard::Clipboard;
use bevy::prelude::*;
use bevy::tasks::IoTaskPool;
use pipe_maze_level::share::FILE_EXTENSION;
use rfd::AsyncFileDialog;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What came in and has not been taken yet.
static ARRIVED: Mutex<Vec<Arrival>> = Mutex::new(Vec::new());
/// Where files were written, or why they were not.
static SAVED: Mutex<Vec<Result<PathBuf, String>>> = Mutex::new(Vec::new());
/// How many dialogs are open.
static OPEN: AtomicUsize = AtomicUsize::new(0);
/// The clipboard: what lies in it stays only as long as who put it there.
static CLIPBOARD: Mutex<Option<Clipboard>> = Mutex::new(None);

/// The endings of files that the game takes in.
const TAKEN: [&str; 4] = [FILE_EXTENSION, "ron", "yaml", "yml"];
/// The window is drawn meanwhile, in seconds from frame to frame.
const AWAKE_S: f32 = 0.3;

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn arrived() -> Vec<Arrival> {
    std::mem::take(&mut *locked(&ARRIVED))
}

/// Runs a dialog beside the game.
fn run(dialog: impl Future<Output = ()> + Send + 'static) {
    OPEN.fetch_add(1, Ordering::Relaxed);
    let task = IoTaskPool::get().spawn(async {
        dialog.await;
        OPEN.fetch_sub(1, Ordering::Relaxed);
    });
    task.detach();
}

/// Lets the player pick a file.
pub fn pick() {
    let asked = AsyncFileDialog::new().add_filter("Pipe Maze", &TAKEN).pick_file();
    run(async {
        if let Some(file) = asked.await {
            locked(&ARRIVED).extend(read(file.path()));
        }
    });
}

/// Asks where a file shall lie, and writes it there. Says whether there is someone to ask.
pub fn save(name: &str, bytes: &[u8]) -> bool {
    if !has_dialogs() {
        return false;
    }
    let bytes = bytes.to_vec();
    let asked = AsyncFileDialog::new().set_file_name(name).save_file();
    run(async move {
        if let Some(file) = asked.await {
            let path = file.path().to_owned();
            let written = std::fs::write(&path, bytes).map_err(|e| e.to_string());
            locked(&SAVED).push(written.map(|()| path));
        }
    });
    true
}

/// Whether the system has dialogs: on Linux the desktop's portal shows them, which is reached over the session's bus.
fn has_dialogs() -> bool {
    let has_bus = || {
        let in_runtime =
            std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| PathBuf::from(folder).join("bus").exists());
        std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() || in_runtime
    };
    !cfg!(target_os = "linux") || has_bus()
}

/// Puts a text into the clipboard. Says whether there is one.
pub fn copy(text: &str) -> bool {
    with_clipboard(|clipboard| clipboard.set_text(text)).is_some()
}

/// Takes what lies in the clipboard.
pub fn paste() {
    let text = with_clipboard(Clipboard::get_text).filter(|text| text.len() <= FILE_READ_MAX);
    locked(&ARRIVED).extend(text.map(Arrival::Pasted));
}

fn with_clipboard<T>(mut act: impl FnMut(&mut Clipboard) -> Result<T, arboard::Error>) -> Option<T> {
    let mut clipboard = locked(&CLIPBOARD);
    if clipboard.is_none() {
        *clipboard = Clipboard::new().inspect_err(|e| warn!("the clipboard: {e}")).ok();
    }
    let clipboard = clipboard.as_mut()?;
    act(clipboard).inspect_err(|e| warn!("the clipboard: {e}")).ok()
}

/// Says where a file was written, or why it was not.
pub fn tell(texts: Res<Texts>, mut notices: MessageWriter<Notice>, mut awake: ResMut<Awake>) {
    if OPEN.load(Ordering::Relaxed) > 0 {
        awake.keep_for(AWAKE_S);
    }
    for saved in std::mem::take(&mut *locked(&SAVED)) {
        notices.write(Notice(match saved {
            Ok(path) => texts.with("editor-saved-at", &[("path", path.display().to_string().into())]),
            Err(reason) => texts.with("editor-not-saved", &[("reason", reason.into())]),
        }));
    }
}
