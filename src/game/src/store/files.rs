//! Natively: a file for each name, in the platform's folder for configuration. A file is written beside its place, forced
//! to the disk and then renamed, so that there is a whole one at any moment.

use super::{Fault, Shelf};
use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Most bytes that are read of a file; one more than any text may have.
const READ_MAX: u64 = super::BYTES_MAX as u64 + 1;

/// Files in a folder.
pub struct Files {
    /// Nothing on a system that names no such folder.
    folder: Option<PathBuf>,
}

impl Files {
    /// In the folder that this system has for the game.
    pub fn of_platform() -> Self {
        Self { folder: folder() }
    }

    /// In that folder, which need not be there yet.
    #[cfg(test)]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    fn path(&self, name: &str) -> Result<PathBuf, Fault> {
        let folder = self.folder.as_ref().ok_or(Fault::Forbidden)?;
        Ok(folder.join(format!("{name}.json")))
    }
}

impl Shelf for Files {
    fn read(&self, name: &str) -> Result<Option<String>, Fault> {
        let file = match File::open(self.path(name)?) {
            Ok(file) => file,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(fault(&e)),
        };
        let mut bytes = Vec::new();
        file.take(READ_MAX).read_to_end(&mut bytes).map_err(|e| fault(&e))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn write(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        let path = self.path(name)?;
        // Two games at once may write at once: each has its own file until the last step.
        let beside = path.with_extension(format!("{}.tmp", std::process::id()));
        let written = replace(&path, &beside, text);
        if written.is_err() {
            // What is left of it is of no use; where it cannot be removed it does no harm.
            let _ = fs::remove_file(&beside);
        }
        written.map_err(|e| fault(&e))
    }

    fn remove(&mut self, name: &str) -> Result<(), Fault> {
        match fs::remove_file(self.path(name)?) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(fault(&e)),
            _ => Ok(()),
        }
    }
}

fn replace(path: &Path, beside: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    let mut file = File::create(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(beside, path)?;
    // The rename itself lasts once the folder is on the disk; only Unix lets a folder be forced there.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn fault(e: &io::Error) -> Fault {
    match e.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Fault::Full,
        _ => Fault::Forbidden,
    }
}

/// Where programs of one user keep such things: by the freedesktop.org base directory specification, Apple's file system
/// guide, and Windows' known folders.
fn folder() -> Option<PathBuf> {
    let home = |rest: &str| Some(env::home_dir()?.join(rest));
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(target_os = "windows") {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        home("Library/Application Support")
    } else {
        named("XDG_CONFIG_HOME").or_else(|| home(".config"))
    };
    Some(base?.join("pipe-maze"))
}
