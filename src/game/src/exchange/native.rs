//! Natively: files in a folder of the player's, and dropped ones.

use super::{Arrival, Arrivals, FILE_READ_MAX, Offered};
use bevy::prelude::*;
use bevy::window::FileDragAndDrop;
use std::io::Read;
use std::path::{Path, PathBuf};

#[cfg(feature = "system-dialogs")]
pub use super::dialogs::{arrived, copy, paste, pick};

#[cfg(not(feature = "system-dialogs"))]
pub use without::{arrived, copy, paste, pick};

pub fn offer(name: &str, bytes: &[u8]) -> Result<Offered, String> {
    #[cfg(feature = "system-dialogs")]
    if super::dialogs::save(name, bytes) {
        return Ok(Offered::Asked);
    }
    let folder = folder().ok_or_else(|| "no folder of yours is known here".to_owned())?;
    let path = free(&folder, name);
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes)).map_err(|e| e.to_string())?;
    Ok(Offered::Lies(path.display().to_string()))
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

pub const fn address() -> Option<String> {
    None
}

/// Files that are dropped on the window.
pub fn dropped(mut drops: MessageReader<FileDragAndDrop>, mut arrivals: ResMut<Arrivals>) {
    for drop in drops.read() {
        let FileDragAndDrop::DroppedFile { path_buf, .. } = drop else { continue };
        arrivals.0.extend(read(path_buf));
    }
}

/// A file as far as the game could read it; nothing where it cannot be read at all.
pub fn read(path: &Path) -> Option<Arrival> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(FILE_READ_MAX as u64 + 1).read_to_end(&mut bytes));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    read.inspect_err(|e| error!("{}: {e}", path.display())).ok().map(|_| Arrival::File(name, bytes))
}

/// Without the system's dialogs and clipboard.
#[cfg(not(feature = "system-dialogs"))]
mod without {
    use super::Arrival;

    pub const fn arrived() -> Vec<Arrival> {
        Vec::new()
    }

    pub const fn pick() {}

    pub const fn copy(_text: &str) -> bool {
        false
    }

    pub const fn paste() {}
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
