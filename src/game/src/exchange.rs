//! Handing things over, and taking them in: files, the clipboard, and what the page's address brings along.
//!
//! In the page a file is downloaded, picked or dropped. Natively the system's dialogs ask where it goes or lies
//! (`dialogs`), where the program is built with them; else it is written into a folder of the player's, whose name is told,
//! and dropped on the window. What comes in waits here until someone takes it.

#[cfg(all(not(target_arch = "wasm32"), feature = "system-dialogs"))]
mod dialogs;
#[cfg(not(target_arch = "wasm32"))]
mod native;

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
    #[cfg(all(not(target_arch = "wasm32"), feature = "system-dialogs"))]
    app.add_systems(Update, dialogs::tell);
    #[cfg(target_arch = "wasm32")]
    app.add_systems(Startup, here::listen);
}

/// Most things that wait to be taken.
const WAITING_MAX: usize = 16;
/// Most bytes that are read of a file; what is longer is no file of the game.
pub const FILE_READ_MAX: usize = 4 << 20;

/// Something that came in.
#[cfg_attr(
    not(any(target_arch = "wasm32", feature = "system-dialogs", test)),
    expect(dead_code, reason = "some of it comes in the page alone")
)]
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

/// What became of a file that was handed over.
#[expect(dead_code, reason = "in the page files are downloaded, natively they lie somewhere or are asked for")]
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Offered {
    /// The browser has it.
    Downloaded,
    /// It lies there.
    Lies(String),
    /// The system asks where it shall lie; what comes of that is told later.
    Asked,
}

/// Hands a file over.
///
/// # Errors
/// Why it could not be written.
pub fn offer(name: &str, bytes: &[u8]) -> Result<Offered, String> {
    here::offer(name, bytes)
}

/// Whether a file can be picked here, and the clipboard be reached.
pub const CAN_PICK: bool = cfg!(any(target_arch = "wasm32", feature = "system-dialogs"));

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
