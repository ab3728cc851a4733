//! Handing things over, and taking them in: files, the clipboard, and what the page's address brings along.
//!
//! In the page a file is downloaded, picked or dropped; natively it is written into a folder of the player's, whose name
//! is told, or dropped on the window. What comes in waits here until someone takes it.

use bevy::prelude::*;

#[cfg(target_arch = "wasm32")]
use crate::page::exchange as here;
#[cfg(not(target_arch = "wasm32"))]
use native as here;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Arrivals>();
    app.add_systems(First, take_in);
    #[cfg(not(target_arch = "wasm32"))]
    app.add_systems(Update, native::dropped);
    #[cfg(target_arch = "wasm32")]
    app.add_systems(Startup, here::listen);
}

/// Most things that wait to be taken.
const WAITING_MAX: usize = 16;
/// Most bytes that are read of a file; what is longer is no file of the game.
pub const FILE_READ_MAX: usize = 4 << 20;

/// Something that came in.
#[cfg_attr(not(any(target_arch = "wasm32", test)), expect(dead_code, reason = "some of it comes in the page alone"))]
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arrival {
    /// A file, by its name, that was picked or dropped.
    File(String, Vec<u8>),
    /// What lay in the clipboard, as it was asked for.
    Pasted(String),
    /// What stands behind the `#` of the page's address.
    Fragment(String),
}

/// What came in and was not taken yet.
#[derive(Resource, Default)]
pub struct Arrivals(pub Vec<Arrival>);

impl Arrivals {
    /// Takes out those of a kind.
    pub fn take(&mut self, is_wanted: impl Fn(&Arrival) -> bool) -> Vec<Arrival> {
        self.0.extract_if(.., |each| is_wanted(each)).collect()
    }
}

fn take_in(mut arrivals: ResMut<Arrivals>) {
    let new = here::arrived();
    if !new.is_empty() {
        arrivals.0.extend(new);
        let over = arrivals.0.len().saturating_sub(WAITING_MAX);
        arrivals.0.drain(..over);
    }
}

/// Hands a file over. Gives the place where it lies now, as far as that can be told.
///
/// # Errors
/// Why it could not be written.
pub fn offer(name: &str, bytes: &[u8]) -> Result<Option<String>, String> {
    here::offer(name, bytes)
}

/// Whether a file can be picked here, and the clipboard be reached.
pub const CAN_PICK: bool = cfg!(target_arch = "wasm32");

/// Lets the player pick a file.
pub fn pick() {
    here::pick();
}

/// Puts a text into the clipboard. Says whether there is one.
pub fn copy(text: &str) -> bool {
    here::copy(text)
}

/// Asks for what lies in the clipboard.
pub fn paste() {
    here::paste();
}

/// The address of the page, without what stands behind `#`; nothing natively.
pub fn address() -> Option<String> {
    here::address()
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    //! Natively: files in a folder of the player's, and dropped ones.

    use super::{Arrival, Arrivals, FILE_READ_MAX};
    use bevy::prelude::*;
    use bevy::window::FileDragAndDrop;
    use std::io::Read;
    use std::path::{Path, PathBuf};

    pub const fn arrived() -> Vec<Arrival> {
        Vec::new()
    }

    pub fn offer(name: &str, bytes: &[u8]) -> Result<Option<String>, String> {
        let folder = folder().ok_or_else(|| "no folder of yours is known here".to_owned())?;
        let path = free(&folder, name);
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes)).map_err(|e| e.to_string())?;
        Ok(Some(path.display().to_string()))
    }

    /// A path of that name that nothing lies at yet.
    fn free(folder: &Path, name: &str) -> PathBuf {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pipemaze"));
        let numbered = (2..1_000).map(|n| folder.join(format!("{stem}-{n}.{ending}")));
        let first = folder.join(name);
        std::iter::once(first.clone()).chain(numbered).find(|path| !path.exists()).unwrap_or(first)
    }

    /// The folder of downloads, or else the player's own.
    fn folder() -> Option<PathBuf> {
        let home = std::env::home_dir()?;
        let downloads = std::env::var_os("XDG_DOWNLOAD_DIR").map_or_else(|| home.join("Downloads"), PathBuf::from);
        Some(if downloads.is_dir() { downloads } else { home.join("pipe-maze") })
    }

    pub const fn pick() {}

    pub const fn copy(_text: &str) -> bool {
        false
    }

    pub const fn paste() {}

    pub const fn address() -> Option<String> {
        None
    }

    /// Files that are dropped on the window.
    pub fn dropped(mut drops: MessageReader<FileDragAndDrop>, mut arrivals: ResMut<Arrivals>) {
        for drop in drops.read() {
            let FileDragAndDrop::DroppedFile { path_buf, .. } = drop else { continue };
            let mut bytes = Vec::new();
            let read = std::fs::File::open(path_buf)
                .and_then(|file| file.take(FILE_READ_MAX as u64 + 1).read_to_end(&mut bytes));
            let name = path_buf.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match read {
                Ok(_) => arrivals.0.push(Arrival::File(name, bytes)),
                Err(e) => error!("{}: {e}", path_buf.display()),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_file_takes_the_place_of_none_that_is_there() {
            let folder = std::env::temp_dir().join(format!("pipe-maze-offer-{}", std::process::id()));
            std::fs::create_dir_all(&folder).unwrap();
            assert_eq!(free(&folder, "a.pipemaze"), folder.join("a.pipemaze"));
            std::fs::write(folder.join("a.pipemaze"), "x").unwrap();
            assert_eq!(free(&folder, "a.pipemaze"), folder.join("a-2.pipemaze"));
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wanted_is_taken() {
        let mut arrivals = Arrivals(vec![Arrival::Pasted("a".into()), Arrival::Fragment("b".into())]);
        assert_eq!(arrivals.take(|each| matches!(each, Arrival::Fragment(_))), [Arrival::Fragment("b".into())]);
        assert_eq!(arrivals.0, [Arrival::Pasted("a".into())]);
    }
}
