//! What the game shows, in words: for those who hear it or feel it instead.
//!
//! 1. `Narration` says which controls there are, which one has the focus, and how it stands; `controls` reads it from
//!    the interface that is shown, `cell` from the cell at which the keyboard is, `overview` from the board and the run.
//! 2. `happenings` watches and tells [`Live`] what happens, which says it without flooding.
//! 3. Two outlets give it on: the page mirrors it in the DOM (`page/mirror.rs`), the desktop in AccessKit (`desktop`).
//! 4. `obey` does what assistive technology asks for, as if a key had asked.
//!
//! All of it reads; nothing here touches a run.

mod cell;
mod controls;
#[cfg(not(target_arch = "wasm32"))]
mod desktop;
mod happenings;
mod immediate;
mod live;
mod obey;
mod overview;
mod words;

pub use live::Live;
pub use obey::{Ask, Asked};

use crate::FrameSystems;
use crate::awake::Awake;
use crate::ui::buttons::ButtonId;
use bevy::prelude::*;
use serde::Serialize;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Narration>();
    app.init_resource::<Live>();
    app.configure_sets(Update, NarrationSystems.after(FrameSystems::Show));
    app.configure_sets(Update, TellingSystems.in_set(NarrationSystems));
    app.add_systems(Update, (controls::read, overview::read).in_set(TellingSystems));
    app.add_systems(Update, speak.in_set(NarrationSystems).after(TellingSystems));
    app.add_plugins((happenings::plugin, obey::plugin));
    #[cfg(not(target_arch = "wasm32"))]
    app.add_plugins(desktop::plugin);
}

/// Everything that reads, tells and speaks, after the picture; outlets come after it.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct NarrationSystems;

/// What reads and tells.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct TellingSystems;

/// What is shown, in words of the language in use.
#[derive(Resource, Clone, PartialEq, Debug, Default, Serialize)]
pub struct Narration {
    /// Where one is: the screen, or the sheet that lies over it.
    pub place: String,
    /// The id of the control that has the focus, if one has.
    pub focus: Option<String>,
    /// All that can be pressed or turned, as the keyboard walks through it; on the board also the cell it is at.
    pub controls: Vec<Control>,
    /// How it stands: objectives, error budget, time, money.
    pub standing: Vec<String>,
    /// What stands on the board, and where.
    pub board: Vec<String>,
}

/// Something that can be pressed or turned.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Control {
    /// Its name for programs: a button's key, or the cell's place.
    pub id: String,
    /// What kind of control it is.
    pub role: Role,
    /// What it is called.
    pub name: String,
    /// Where it stands, in words; of a text the text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Where it stands, from where to where, if it is turned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// Whether it does nothing now.
    pub disabled: bool,
    /// Whether it is the chosen one, or switched on, if it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<bool>,
    /// What it does, and what else there is to know.
    pub help: String,
    /// Of a text whether it can have many lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<bool>,
    /// The button of the interface, where it is one.
    #[serde(skip)]
    pub button: Option<ButtonId>,
    /// Where it lies, in pixels of the window, as far as it is no button.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "in_whole_pixels")]
    pub area: Option<Rect>,
}

/// An area as the page wants it: left, top, width, height.
fn in_whole_pixels<S: serde::Serializer>(area: &Option<Rect>, serializer: S) -> Result<S::Ok, S::Error> {
    let whole = area.map(|area| [area.min.x, area.min.y, area.width(), area.height()].map(f32::round));
    whole.serialize(serializer)
}

/// What kind of control it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Is pressed.
    #[default]
    Button,
    /// Is switched on and off.
    Switch,
    /// One of several, of which one is chosen.
    Radio,
    /// Is turned.
    Slider,
    /// A number is put in, or turned to.
    Number,
    /// A text is put in.
    Text,
}

/// Where a control stands, from where to where.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Range {
    /// Now.
    pub now: f64,
    /// The least.
    pub min: f64,
    /// The most.
    pub max: f64,
}

fn speak(time: Res<Time<Real>>, mut live: ResMut<Live>, mut awake: ResMut<Awake>) {
    if !live.waits() {
        return;
    }
    if !live.bypass_change_detection().speak(time.elapsed_secs_f64()) {
        awake.keep_for(live::GAP_S as f32);
    } else {
        live.set_changed();
    }
}
