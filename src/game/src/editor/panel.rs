//! What stands beside the picture, and what lies over it.

/// What stands beside the picture.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Panel {
    /// What is selected.
    #[default]
    Piece,
    /// What counts as winning.
    Goals,
    /// What the player gets, and how it is played.
    Rules,
    /// What is told, in every language.
    Story,
    /// The steps through which it takes a new player.
    Tutorial,
    /// The level as text.
    Text,
    /// The proof.
    Proof,
    /// What is wrong; where there is room it has a place of its own.
    Problems,
    /// When things happen; likewise.
    Times,
}

impl Panel {
    /// Those that always have a tab, in their order.
    pub const ALL: [Self; 7] =
        [Self::Piece, Self::Goals, Self::Rules, Self::Story, Self::Tutorial, Self::Text, Self::Proof];

    /// Its name in controls and texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Piece => "piece",
            Self::Goals => "goals",
            Self::Rules => "rules",
            Self::Story => "story",
            Self::Tutorial => "tutorial",
            Self::Text => "text",
            Self::Proof => "proof",
            Self::Problems => "problems",
            Self::Times => "times",
        }
    }

    /// The picture on its tab.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Piece => "icon-place",
            Self::Goals => "icon-flag",
            Self::Rules => "icon-gear",
            Self::Story => "icon-book",
            Self::Tutorial => "icon-hand",
            Self::Text => "icon-text",
            Self::Proof => "icon-seal",
            Self::Problems => "icon-warning",
            Self::Times => "icon-clock",
        }
    }
}

/// What lies over everything.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sheet {
    /// The levels that the player makes.
    Library,
    /// Handing the level to others.
    Publish,
    /// Taking something in.
    Import,
}

impl Sheet {
    /// Its name in texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Publish => "publish",
            Self::Import => "import",
        }
    }
}
