//! What strangers' texts may say on a terminal.

/// A text on one line, without what a terminal could take for a command.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
