//! What others hand over: a link in the page's address, a file that is dropped, picked or named when the game is started.

use super::restore::{Restore, error_key};
use crate::exchange::{Arrival, Arrivals};
use crate::loading::Levels;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Clicked};
use crate::ui::notices::Notice;
use crate::ui::settings::{Sheet, Sheets};
use crate::{FrameSystems, Screen};
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use pipe_maze_level::share::{Pack, Shared, SharedReplay, SharedSolution, code_in};
use pipe_maze_level::{Edit, Level};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Received>();
    let reads = not(in_state(Screen::Loading));
    app.add_systems(Update, (take_in, heed).chain().in_set(FrameSystems::Tick).run_if(reads));
}

/// The pack that came in last: one comes back to its list.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Received {
    /// The pack, if there was one.
    pub pack: Option<Pack>,
    /// Which page of its list is shown.
    pub page: usize,
}

/// What it takes to open something.
#[derive(SystemParam)]
struct Reception<'w, 's> {
    levels: Res<'w, Levels>,
    texts: Res<'w, Texts>,
    received: ResMut<'w, Received>,
    restore: ResMut<'w, Restore>,
    sheets: ResMut<'w, Sheets>,
    notices: MessageWriter<'w, Notice>,
    commands: Commands<'w, 's>,
}

/// Everything but what the editor wants.
fn take_in(mut arrivals: ResMut<Arrivals>, screen: Res<State<Screen>>, mut reception: Reception<'_, '_>) {
    if arrivals.0.is_empty() {
        return;
    }
    let in_editor = *screen.get() == Screen::Editor;
    let is_wanted = |each: &Arrival| match each {
        Arrival::File(..) => !in_editor,
        Arrival::Fragment(_) => true,
        Arrival::Pasted(_) => false,
    };
    for arrival in arrivals.take(is_wanted) {
        let shared = match arrival {
            Arrival::File(_, bytes) => Shared::open(&bytes).map_err(|error| error.key()),
            // Pages use what stands behind `#` for much else.
            Arrival::Fragment(fragment) if code_in(&fragment).is_none() => continue,
            Arrival::Fragment(text) | Arrival::Pasted(text) => Shared::from_code(&text).map_err(|error| error.key()),
        };
        match shared {
            Ok(shared) => reception.receive(shared),
            Err(key) => reception.tell(key),
        }
    }
}

impl Reception<'_, '_> {
    fn tell(&mut self, key: &str) {
        self.notices.write(Notice(self.texts.get(key)));
    }

    fn receive(&mut self, shared: Shared) {
        match shared {
            Shared::Level(shared) => self.play(shared.level.level, &[]),
            Shared::Solution(shared) => self.build(*shared),
            Shared::Replay(shared) => self.watch(*shared),
            Shared::Pack(pack) if pack.levels.is_empty() => self.tell("arrive-empty-pack"),
            Shared::Pack(pack) => {
                *self.received = Received { pack: Some(pack), page: 0 };
                self.sheets.clear();
                self.sheets.open(Sheet::Pack);
            }
        }
    }

    /// The level is open, with a build on it.
    fn play(&mut self, level: Level, build: &[Edit]) {
        let mut session = Session::open(level);
        if build.iter().filter(|edit| session.edit(edit).is_err()).count() > 0 {
            self.tell("arrive-build-misfits");
        }
        self.sheets.clear();
        self.commands.insert_resource(session);
        self.commands.set_state(Screen::Board);
    }

    fn build(&mut self, shared: SharedSolution) {
        let SharedSolution { solution, level, .. } = shared;
        let known = || self.levels.find(&solution.level).cloned();
        let Some(level) = level.map(|level| level.level).or_else(known) else {
            return self.tell("arrive-level-unknown");
        };
        self.play(level, &solution.plan);
        if !solution.flow.is_empty() {
            self.tell("arrive-orders-left-out");
        }
    }

    fn watch(&mut self, shared: SharedReplay) {
        let SharedReplay { replay, level } = shared;
        let known = || {
            let level = self.levels.find(&replay.level)?;
            Some((level.clone(), self.levels.text_of(level)?.to_owned()))
        };
        let Some((level, text)) = level.map(|level| (level.level, level.text)).or_else(known) else {
            return self.tell("arrive-level-unknown");
        };
        match self.restore.begin(level, text, replay) {
            Ok(()) => {
                self.sheets.clear();
                self.sheets.open(Sheet::Arriving);
            }
            Err(error) => self.tell(error_key(&error)),
        }
    }
}

/// Levels on one page of a pack's list.
pub const PACK_PAGE: usize = 6;

/// A level of the pack is opened, another page of its list is shown; someone else's run is taken over, or left for an
/// empty board.
fn heed(mut clicked: MessageReader<Clicked>, mut session: Option<ResMut<Session>>, mut reception: Reception<'_, '_>) {
    for Clicked(id) in clicked.read() {
        match *id {
            ButtonId::PackLevel(nth) => {
                let level = reception.received.pack.as_ref().and_then(|pack| pack.levels.get(nth));
                if let Some(level) = level.map(|level| level.level.level.clone()) {
                    reception.play(level, &[]);
                }
            }
            ButtonId::PackPage(page) => reception.received.page = page,
            ButtonId::TakeOver => {
                if let Some(session) = &mut session {
                    session.take_over();
                }
            }
            ButtonId::BuildOwn => {
                if let Some(level) = session.as_ref().map(|session| session.level().clone()) {
                    reception.play(level, &[]);
                }
            }
            _ => {}
        }
    }
}
