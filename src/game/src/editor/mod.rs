//! The editor: where levels are made, tried, proved and handed on.
//!
//! 1. `desk` holds the level with its past, what is selected, and what is open; `hand` and `keys` turn presses into edits
//!    of the level. The picture is the board's: after each edit the [`Session`] opens the level as it is then.
//! 2. `screen` draws the panels with egui, each at the place that `places` gives it, from the few parts of `pen` and
//!    `fields`, each of which `spot` notes; `marks` lie over the picture.
//! 3. `keep` keeps everything by itself; `proof` has computed beside the game what must hold before a level is published;
//!    `practice` draws levels, a slice in each frame; `playtest` is the way into the game and back.

mod arsenal;
mod classes;
mod clipboard;
mod conditions;
mod desk;
mod dial;
mod dress;
mod fields;
mod foe;
mod goals;
mod hand;
mod icons;
mod import;
mod inspector;
mod keep;
mod keys;
mod library;
mod marks;
mod outline;
mod panel;
mod pen;
mod places;
mod playtest;
mod pointers;
mod practice;
mod problems;
mod proof;
mod publish;
mod rail;
mod recorded;
mod rules;
mod schedule;
mod screen;
mod spot;
mod starts;
mod state;
mod story;
#[cfg(test)]
mod tests;
mod times;
mod tool;
mod top;
mod tutorial;
mod words;
mod written;

pub use desk::Desk;
pub use spot::{Asks, Deed, Spots};
pub use state::describe;

use crate::awake::Awake;
use crate::board::cell_at;
use crate::camera::{Look, Stage};
use crate::immediate::Covered;
use crate::input::gesture::Gesture;
use crate::input::pointer::{PointerSystems, Pointers};
use crate::input::tools::Hand;
use crate::session::Session;
use crate::store::Store;
use crate::ui::settings::closed;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use desk::Beginning;
use keep::{Keeping, Library};
use panel::Sheet;
use pipe_maze_level::Cell;
use pipe_maze_level::draft::Draft;
use tool::{Doing, Tool};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Orders>().init_resource::<Spots>().init_resource::<Asks>();
    app.init_resource::<icons::Icons>();
    app.add_plugins((
        clipboard::plugin,
        keys::plugin,
        keep::plugin,
        playtest::plugin,
        practice::plugin,
        proof::plugin,
        import::plugin,
    ));
    app.add_systems(OnEnter(Screen::Editor), enter);
    app.add_systems(OnExit(Screen::Editor), leave);
    let heed = heed.after(PointerSystems).in_set(FrameSystems::Input);
    app.add_systems(Update, heed.run_if(at_work));
    app.add_systems(
        Update,
        (library::obey, show_level).chain().in_set(FrameSystems::Tick).run_if(in_state(Screen::Editor)),
    );
    app.add_systems(
        EguiPrimaryContextPass,
        screen::draw.run_if(in_state(Screen::Editor).and_then(resource_exists::<Desk>)),
    );
}

/// Columns and rows of a new level.
const BLANK: (i32, i32) = (16, 12);

/// What the panels ask for that reaches beyond the desk.
#[derive(Resource, Default)]
pub struct Orders(pub Vec<Order>);

/// One such thing.
#[derive(Clone, PartialEq, Debug)]
pub enum Order {
    /// Try the level.
    Playtest,
    /// To the title.
    Leave,
    /// Put another level on the desk: one that is kept.
    Open(u32),
    /// Put a new level on the desk.
    Begin(Box<Beginning>),
    /// Put a new level on the desk and try it at once.
    Play(Box<Beginning>),
    /// A copy of one that is kept becomes another one.
    Duplicate(u32),
    /// One that is kept is no longer wanted.
    Delete(u32),
}

/// Runs while the author works: the editor is shown, with something on the desk and no sheet of the game over it.
fn at_work(
    screen: Res<State<Screen>>,
    desk: Option<Res<Desk>>,
    sheets: Option<Res<crate::ui::settings::Sheets>>,
) -> bool {
    *screen.get() == Screen::Editor && desk.is_some_and(|desk| desk.sheet.is_none()) && closed(sheets)
}

/// The cell that the pointer or the cursor is at.
fn hovered(hand: &Hand, desk: &Desk) -> Option<Cell> {
    Some(hand.cursor).filter(|&cell| desk.draft.level().terrain.contains(cell))
}

/// Something is on the desk: what was there, what was kept last, or an empty level with the list over it.
fn enter(
    desk: Option<ResMut<Desk>>,
    (mut store, mut library, mut keeping): (ResMut<Store>, ResMut<Library>, ResMut<Keeping>),
    (mut hand, mut look): (ResMut<Hand>, ResMut<Look>),
    mut commands: Commands,
) {
    *hand = Hand::default();
    library.read(&mut store);
    let session = match desk {
        Some(mut desk) => {
            *look = desk.playtest.take().map_or_else(Look::default, |playtest| playtest.look);
            desk.doing = Doing::Nothing;
            Session::open(desk.draft.level().clone())
        }
        None => {
            *look = Look::default();
            let last = library.last.and_then(|last| library.open(&mut store, last));
            if let Some(desk) = &last {
                keeping.note_opened(desk);
            }
            let mut desk = last.unwrap_or_else(|| Desk::new(Draft::blank(BLANK.0, BLANK.1), library.take_number()));
            desk.sheet = Some(Sheet::Library);
            let session = Session::open(desk.draft.level().clone());
            commands.insert_resource(desk);
            session
        }
    };
    commands.insert_resource(session);
}

fn leave(mut contexts: EguiContexts<'_, '_>, (mut covered, mut spots): (ResMut<Covered>, ResMut<Spots>)) -> Result {
    *covered = Covered::default();
    spots.0.clear();
    contexts.ctx_mut()?.set_zoom_factor(1.0);
    Ok(())
}

/// Pointers move the hand.
fn heed(
    (time, stage, covered): (Res<Time>, Res<Stage>, Res<Covered>),
    (mut pointers, mut desk, mut hand, mut look): (ResMut<Pointers>, ResMut<Desk>, ResMut<Hand>, ResMut<Look>),
) {
    let now_s = time.elapsed_secs_f64();
    for gesture in pointers.gestures() {
        let cell = |look: &Look, at: Vec2| cell_at(stage.world_at(look, at));
        match gesture {
            Gesture::Hover(at) => {
                hand.show_cursor = false;
                hand.cursor = if covered.has(at) { Cell::new(-1, -1) } else { cell(&look, at) };
            }
            Gesture::Press(at, _) => {
                hand.show_cursor = false;
                hand.cursor = cell(&look, at);
                desk.press(hand.cursor, at);
            }
            Gesture::Drag(at) => {
                if let Doing::Panning(from) = desk.doing {
                    look.pan_by(&stage, at - from);
                    desk.doing = Doing::Panning(at);
                }
                let cell = cell(&look, at);
                if cell != hand.cursor {
                    hand.cursor = cell;
                    desk.drag(cell);
                }
            }
            Gesture::Release => {
                let cell = hand.cursor;
                desk.release(cell, now_s);
            }
            Gesture::Cancel => desk.doing = Doing::Nothing,
            Gesture::Back => {
                if desk.doing == Doing::Nothing && desk.tool == Tool::Select {
                    desk.selection = None;
                }
                desk.back();
            }
            Gesture::Pan(by) => look.pan_by(&stage, by),
            Gesture::Zoom(factor, at) => look.zoom_by(&stage, factor, at),
            Gesture::Hold | Gesture::Fetch | Gesture::Carry(_) | Gesture::Drop(_) => {}
        }
    }
}

/// The picture follows the level.
fn show_level(
    desk: Option<Res<Desk>>,
    (mut session, mut awake): (ResMut<Session>, ResMut<Awake>),
    mut shown: Local<Option<(u32, u64)>>,
) {
    let Some(desk) = desk else { return };
    let now = (desk.number, desk.draft.revision());
    if shown.replace(now) != Some(now) || session.play().is_some() {
        session.show(desk.draft.level().clone());
        awake.stir();
    }
}
