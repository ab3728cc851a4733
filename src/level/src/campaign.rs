//! The campaign: which levels there are, in which order.

use crate::board::is_name;
use crate::format::{ParseError, ParseErrors, Reader};
use crate::limits::{CAMPAIGN_LEVELS_MAX, PATH_DEPTH_MAX};
use std::collections::BTreeSet;

/// A list of levels in the order in which they are played.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Campaign {
    /// Paths of level files without `.ron`, relative to the folder of levels, with `/` between folders.
    pub levels: Vec<String>,
}

impl Campaign {
    /// Reads and checks a campaign file.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = Reader::open(text)?;
        let levels = reader.list::<String>("levels", CAMPAIGN_LEVELS_MAX);
        reader.finish("format and levels");
        let mut errors = reader.errors;
        let mut seen = BTreeSet::new();
        for (i, level) in levels.iter().flatten().enumerate() {
            let message = if !is_path(level) {
                "use folders and a name of a-z, 0-9 and `-`, with `/` between them and without `.ron`"
            } else if !seen.insert(level) {
                "stands twice: keep one"
            } else {
                continue;
            };
            errors.push(ParseError { position: None, place: format!("levels[{i}]"), message: message.into() });
        }
        match levels {
            Some(levels) if errors.is_empty() => Ok(Self { levels }),
            _ => Err(ParseErrors(errors)),
        }
    }
}

/// Whether a text is a path of plain names: it can lead nowhere but below the folder of levels.
fn is_path(text: &str) -> bool {
    text.split('/').count() <= PATH_DEPTH_MAX && text.split('/').all(is_name)
}
