//! Buttons: what can be pressed, by pointer or by key, and how it looks meanwhile.

mod look;
mod press;

pub use look::{Fill, Look};
pub use press::{finger, in_reading_order, press_by_key};

use super::settings::Sheet;
use crate::motion::MotionWish;
use crate::palette::Theme;
use crate::sound::Captions;
use bevy::prelude::*;
use pipe_maze_level::{BranchId, Class, EnemyKind, Kind};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Clicked>();
    app.init_resource::<Focus>();
    app.add_plugins((press::plugin, look::plugin));
}

/// Everything that can be pressed.
#[derive(Component, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ButtonId {
    /// From the title to the map.
    Play,
    /// A level on the map: its place in the campaign, from 0.
    Level(usize),
    /// A section on the map that has no level yet, from 0.
    Site(usize),
    /// From the map to the level that is chosen there.
    Open,
    /// From the debrief to the level that comes next.
    Next,
    /// From the title to the codex.
    Codex,
    /// From the title to where levels are made.
    Make,
    /// From a level to where a copy of it is made into another one.
    OpenCopy,
    /// From a level that is tried back to where it is made.
    BackToEditor,
    /// On the title: the next language.
    Language,
    /// To a section of the codex.
    Section(usize),
    /// From the codex or the map to the title.
    Back,
    /// Start, hold and go on.
    Flow,
    /// One event.
    Step,
    /// Choose a speed.
    Speed(usize),
    /// Back to the plan.
    Stop,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// From the board to the game's menu, from the debrief to the map.
    Menu,
    /// From a level to the map.
    Leave,
    /// Opens a sheet.
    Sheet(Sheet),
    /// Closes the sheet on top.
    CloseSheet,
    /// From the menu back to the game.
    GoOn,
    /// How loud something is: a slider.
    Volume(Channel),
    /// Mutes it, and lets it be heard again.
    Mute(Channel),
    /// When captions show.
    Captions(Captions),
    /// Which colours the world has.
    Theme(Theme),
    /// How much moves.
    Motion(MotionWish),
    /// The whole board.
    Fit,
    /// The pipe tool.
    ToolPipe,
    /// The tool that selects.
    ToolSelect,
    /// The tool that moves the view.
    ToolView,
    /// A piece of the inventory.
    Slot(Kind),
    /// A fault of the arsenal.
    Fault(EnemyKind),
    /// Remove what is selected.
    Remove,
    /// The same, in the row of tools.
    Delete,
    /// Turn round what is carried or selected.
    Turn,
    /// Copy what is selected.
    Copy,
    /// Copy it and remove it.
    Cut,
    /// Take a copy into the hand.
    Paste,
    /// Take a copy of what is selected into the hand.
    Duplicate,
    /// Select all that is the player's own.
    SelectAll,
    /// A parameter of the selected piece, by its key: a dial.
    Knob(&'static str),
    /// A step less of it.
    Less(&'static str),
    /// A step more of it.
    More(&'static str),
    /// The parameters of the selected piece that do not show at once.
    Advanced,
    /// Pulls the inspector up on a phone, and down again.
    Expand,
    /// The valve of the selected pipe.
    Valve,
    /// The sage's next hint.
    Hint,
    /// From a run that is lost, though it goes on, to its debrief.
    Debrief,
    /// Lets a run go on that is held because it was just lost.
    WatchOn,
    /// The same plan with other weather.
    Retry,
    /// Back to the plan, from the debrief.
    Change,
    /// Another branch of the run.
    Branch(BranchId),
    /// Back into the run, to before something went wrong.
    Rewind,
    /// Rides the next request: failed ones first.
    Ride,
    /// Rides the same one from its start.
    RideAgain,
    /// Leaves the ride.
    LeaveRide,
    /// Flies to what a loss is due to, by its place in the list.
    Cause(usize),
    /// Rides the worst request of a loss from its start, by its place in the list.
    RideLoss(usize),
    /// Whether the run slows down at what is worth a look.
    SlowMoments,
    /// Back into the run, to a step of what broke first.
    Onset(usize),
    /// Makes the next change a fork: the later commands stay.
    Fork,
    /// From the debrief back into the run, where it is forked.
    ForkRun,
    /// Names the branch of that number.
    Rename(BranchId),
    /// One of the names that can be chosen for it.
    Name(usize),
    /// Keeps the name that was typed.
    NameDone,
    /// A branch in the table in which branches are compared.
    Compared(BranchId),
    /// To a link of the way from a change to its outcome.
    Link(usize),
    /// What breaks first, by its place among the choices.
    Breaks(usize),
    /// In which part of the time of flow.
    Spell(usize),
    /// In which band the worst p99 lies.
    Band(usize),
    /// Takes the prediction back.
    Unpredict,
    /// Shares the build alone, or the whole run.
    ShareBuild(bool),
    /// Picks a file to open.
    OpenFile,
    /// Puts the link into the clipboard.
    CopyLink,
    /// Hands a file over: what is shared.
    SaveFile,
    /// Takes the last seconds of the run as a moving picture.
    Shoot,
    /// Hands that picture over.
    SavePicture,
    /// Someone else's run becomes one in which the player acts.
    TakeOver,
    /// From someone else's run to an empty board of its level.
    BuildOwn,
    /// A level of a pack, by its place in it.
    PackLevel(usize),
    /// Another page of a pack's list.
    PackPage(usize),
    /// What is explained and cannot be pressed: an objective,
    Objective(usize),
    /// the error budget,
    Budget,
    /// a class of requests.
    Class(Class),
}

impl ButtonId {
    /// Its name in the script interface.
    pub fn key(self) -> String {
        match self {
            Self::Speed(i) => format!("speed-{}", i + 1),
            Self::Section(i) => format!("section-{}", i + 1),
            Self::Level(i) => format!("level-{}", i + 1),
            Self::Site(i) => format!("site-{}", i + 1),
            Self::Branch(id) => format!("branch-{}", id.number()),
            Self::Rename(id) => format!("rename-{}", id.number()),
            Self::Name(i) => format!("name-{}", i + 1),
            Self::NameDone => "name-done".into(),
            Self::Compared(id) => format!("compared-{}", id.number()),
            Self::Cause(i) => format!("cause-{}", i + 1),
            Self::RideLoss(i) => format!("ride-loss-{}", i + 1),
            Self::Onset(i) => format!("onset-{}", i + 1),
            Self::Link(i) => format!("link-{}", i + 1),
            Self::Breaks(i) => format!("breaks-{i}"),
            Self::Spell(i) => format!("spell-{}", i + 1),
            Self::Band(i) => format!("band-{}", i + 1),
            Self::RideAgain => "ride-again".into(),
            Self::LeaveRide => "leave-ride".into(),
            Self::SlowMoments => "slow-moments".into(),
            Self::WatchOn => "watch-on".into(),
            Self::ForkRun => "fork-run".into(),
            Self::Slot(kind) => format!("slot-{}", kind.key()),
            Self::Fault(kind) => format!("fault-{}", kind.key()),
            Self::Knob(key) => format!("knob-{key}"),
            Self::Less(key) => format!("less-{key}"),
            Self::More(key) => format!("more-{key}"),
            Self::ToolPipe => "tool-pipe".into(),
            Self::ToolSelect => "tool-select".into(),
            Self::ToolView => "tool-view".into(),
            Self::SelectAll => "select-all".into(),
            Self::ShareBuild(alone) => if alone { "share-build" } else { "share-run" }.into(),
            Self::CopyLink => "copy-link".into(),
            Self::OpenFile => "open-file".into(),
            Self::SaveFile => "save-file".into(),
            Self::SavePicture => "save-picture".into(),
            Self::TakeOver => "take-over".into(),
            Self::BuildOwn => "build-own".into(),
            Self::PackLevel(i) => format!("pack-level-{}", i + 1),
            Self::PackPage(i) => format!("pack-page-{}", i + 1),
            Self::Objective(i) => format!("objective-{}", i + 1),
            Self::Class(class) => format!("class-{}", class.key()),
            Self::Sheet(sheet) => format!("sheet-{}", sheet.key()),
            Self::CloseSheet => "close-sheet".into(),
            Self::GoOn => "go-on".into(),
            Self::OpenCopy => "open-copy".into(),
            Self::BackToEditor => "back-to-editor".into(),
            Self::Volume(channel) => format!("volume-{}", channel.key()),
            Self::Mute(channel) => format!("mute-{}", channel.key()),
            Self::Captions(captions) => format!("captions-{}", captions.key()),
            Self::Theme(theme) => format!("theme-{}", theme.key()),
            Self::Motion(wish) => format!("motion-{}", wish.key()),
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

impl ButtonId {
    /// Whether arrows turn it.
    pub const fn turns(self) -> bool {
        matches!(self, Self::Volume(_) | Self::Knob(_))
    }

    /// Whether it is there only to be explained.
    pub const fn is_term(self) -> bool {
        matches!(self, Self::Objective(_) | Self::Budget | Self::Class(_))
    }

    /// Whether it lies in a list that can be dragged.
    const fn is_tapped(self) -> bool {
        matches!(self, Self::Onset(_) | Self::RideLoss(_))
    }

    /// Whether it stands on a sheet: while one is open the keyboard reaches nothing else.
    const fn is_on_sheet(self) -> bool {
        matches!(
            self,
            Self::Leave
                | Self::OpenCopy
                | Self::Sheet(_)
                | Self::CloseSheet
                | Self::GoOn
                | Self::Volume(_)
                | Self::Mute(_)
                | Self::Captions(_)
                | Self::Theme(_)
                | Self::Motion(_)
                | Self::SlowMoments
                | Self::Rename(_)
                | Self::Name(_)
                | Self::NameDone
                | Self::Compared(_)
                | Self::Link(_)
                | Self::Breaks(_)
                | Self::Spell(_)
                | Self::Band(_)
                | Self::Unpredict
                | Self::ShareBuild(_)
                | Self::CopyLink
                | Self::OpenFile
                | Self::SaveFile
                | Self::Shoot
                | Self::SavePicture
                | Self::PackLevel(_)
                | Self::PackPage(_)
        )
    }
}

/// What has a volume of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Channel {
    /// The pipe orchestra.
    Music,
    /// Everything else.
    Effects,
}

impl Channel {
    /// Its name in the script interface, and the end of the key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Music => "music",
            Self::Effects => "effects",
        }
    }
}

/// A button was pressed.
#[derive(Message, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clicked(pub ButtonId);

/// The button that the keyboard is on; none while it is on the board.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Focus(pub Option<ButtonId>);
