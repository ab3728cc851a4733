//! A shelf: a place that keeps texts under names.

/// A place that keeps texts under names. Names have characters of a-z, 0-9 and `-` only.
pub trait Shelf: Send + Sync + 'static {
    /// The text of that name, if there is one. What is no text at all is given as far as it can be read.
    ///
    /// # Errors
    /// Where nothing may be read.
    fn read(&self, name: &str) -> Result<Option<String>, Fault>;

    /// Keeps a text, whole or not at all; one that was there makes way.
    ///
    /// # Errors
    /// Where nothing can be kept; then what was there is there still.
    fn write(&mut self, name: &str, text: &str) -> Result<(), Fault>;

    /// Takes the text of that name away, if there is one.
    ///
    /// # Errors
    /// Where nothing can be changed.
    fn remove(&mut self, name: &str) -> Result<(), Fault>;
}

/// Why nothing can be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// There is no room left.
    Full,
    /// The browser or the system does not allow it, or has no place for it.
    Forbidden,
}
