//! Sheets over whatever screen is shown: the game's menu, the settings, the keys, what is said to break first, the
//! branches of a run, what is shared, and what came in. While one is open time stands still,
//! and keys and pointers reach nothing else.

mod arrive;
mod branches;
mod choices;
mod heed;
mod keys;
mod menu;
pub mod predict;
mod share;

pub use branches::edit_words;
pub use branches::naming::{Naming, is_typed};
pub use share::Handing;

use super::Layout;
use super::buttons::{ButtonId, Clicked, Focus, Look};
use super::widgets::{Kit, column, panel, row, screen};
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::motion::MotionWish;
use crate::pace::SlowMoments;
use crate::palette::{self, Theme};
use crate::prediction::Guess;
use crate::session::Session;
use crate::sharing::film::{Film, Rolling};
use crate::sharing::{Received, Restore};
use crate::sound::SoundSettings;
use crate::text::Texts;
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use bevy::ui::FocusPolicy;
use branches::Comparison;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sheets>().init_resource::<Comparison>().init_resource::<Naming>().init_resource::<Handing>();
    app.add_systems(Update, escape.in_set(FrameSystems::Input).before(super::buttons::press_by_key));
    let systems = (predict::heed, branches::naming::write, compare, turn, heed::heed, heed::stand);
    app.add_systems(Update, systems.chain().in_set(FrameSystems::Tick));
    app.add_systems(Update, (share::heed, share::make).chain().after(turn).in_set(FrameSystems::Tick));
    app.add_systems(Update, build.in_set(FrameSystems::Show));
}

/// A sheet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sheet {
    /// What one can do beside playing.
    Menu,
    /// What one can choose.
    Settings,
    /// What each key does.
    Keys,
    /// What is said to break first.
    Predict,
    /// The branches of the run, compared.
    Branches,
    /// What is shared of the run.
    Share,
    /// A run of someone else's that is computed again.
    Arriving,
    /// The levels of a pack.
    Pack,
}

impl Sheet {
    /// Its name in the script interface, and the key of its title.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Settings => "settings",
            Self::Keys => "keys",
            Self::Predict => "predict",
            Self::Branches => "branches",
            Self::Share => "share",
            Self::Arriving => "arriving",
            Self::Pack => "pack",
        }
    }
}

/// The sheets that are open, the last one on top.
#[derive(Resource, Clone, PartialEq, Eq, Debug, Default)]
pub struct Sheets(Vec<Sheet>);

impl Sheets {
    /// The one on top.
    pub fn top(&self) -> Option<Sheet> {
        self.0.last().copied()
    }

    /// Opens one, on top of those that are open.
    pub fn open(&mut self, sheet: Sheet) {
        if !self.0.contains(&sheet) {
            self.0.push(sheet);
        }
    }

    /// Closes one, wherever it lies.
    pub fn close(&mut self, sheet: Sheet) {
        self.0.retain(|open| *open != sheet);
    }

    /// Closes all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Whether no sheet is open: keys and pointers reach the screen.
pub fn closed(sheets: Option<Res<Sheets>>) -> bool {
    sheets.is_none_or(|sheets| sheets.0.is_empty())
}

#[derive(Component)]
struct SheetRoot;

/// What a sheet depends on: when it changes, it is built anew.
#[derive(Clone, PartialEq)]
struct Key {
    top: Option<Sheet>,
    layout: Layout,
    /// The one that was chosen, and the one in whose colours it is built.
    themes: (Theme, Theme),
    motion: MotionWish,
    slow_moments: SlowMoments,
    sound: SoundSettings,
    guess: Guess,
    naming: Naming,
    comparison: Comparison,
    revision: u64,
    /// What is handed on, how much of the picture and of a run is made in hundredths, the picture, and a pack's page.
    handing: u64,
    made: [Option<u32>; 2],
    film: (Option<usize>, bool),
    pack: (usize, usize),
}

/// What the parts of a sheet read.
struct Sources<'a> {
    kit: Kit<'a>,
    layout: Layout,
    sound: &'a SoundSettings,
    motion: MotionWish,
    slow_moments: SlowMoments,
    theme: Theme,
    session: Option<&'a Session>,
    guess: &'a Guess,
    naming: &'a Naming,
    comparison: &'a Comparison,
    handing: &'a Handing,
    film: &'a Film,
    /// How much of the picture is made, while it is.
    filmed: Option<f32>,
    /// How much of a run is computed again, while it is.
    restored: Option<f32>,
    received: &'a Received,
}

fn escape(
    keys: Res<ButtonInput<KeyCode>>,
    sheets: Res<Sheets>,
    naming: Option<Res<Naming>>,
    mut focus: ResMut<Focus>,
    mut clicked: MessageWriter<Clicked>,
) {
    if keys.just_pressed(KeyCode::Escape) && sheets.top().is_some() && !is_typed(naming) {
        focus.0 = None;
        clicked.write(Clicked(ButtonId::CloseSheet));
    }
}

/// Opens and closes.
fn turn(
    mut clicked: MessageReader<Clicked>,
    screen: Res<State<Screen>>,
    (mut sheets, mut focus): (ResMut<Sheets>, ResMut<Focus>),
    mut session: Option<ResMut<Session>>,
    mut commands: Commands,
) {
    for Clicked(id) in clicked.read() {
        match id {
            ButtonId::Menu if *screen.get() == Screen::Board => sheets.open(Sheet::Menu),
            ButtonId::Sheet(sheet) => sheets.open(*sheet),
            ButtonId::CloseSheet | ButtonId::GoOn => {
                sheets.0.pop();
            }
            ButtonId::OpenCopy => sheets.0.clear(),
            ButtonId::OpenFile => crate::exchange::pick(),
            ButtonId::Leave => {
                sheets.0.clear();
                if let Some(session) = &mut session {
                    session.stop();
                }
                commands.set_state(Screen::Map);
            }
            _ => continue,
        }
        focus.0 = None;
    }
}

/// Looks for where branches part while they are compared; a branch of the table, or a link of the way, is shown.
fn compare(
    mut clicked: MessageReader<Clicked>,
    (mut sheets, session): (ResMut<Sheets>, Option<ResMut<Session>>),
    (mut comparison, mut commands): (ResMut<Comparison>, Commands),
) {
    let Some(mut session) = session else { return };
    for Clicked(id) in clicked.read() {
        match *id {
            ButtonId::Compared(id) => {
                session.switch(id);
            }
            ButtonId::Link(nth) => {
                let link = comparison.difference.as_ref().and_then(|difference| difference.chain.get(nth));
                if let Some(at) = link.map(|link| link.at) {
                    session.seek(at);
                    sheets.0.clear();
                    commands.set_state_if_neq(Screen::Board);
                }
            }
            _ => {}
        }
    }
    if sheets.top() == Some(Sheet::Branches) {
        // What is the same already does not change.
        let mut now = comparison.clone();
        now.refresh(&session);
        comparison.set_if_neq(now);
    }
}

fn build(
    (mut commands, sheets, layout): (Commands, Res<Sheets>, Res<Layout>),
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    (sound, motion, theme, slow_moments): (Res<SoundSettings>, Res<MotionWish>, Res<Theme>, Res<SlowMoments>),
    (session, guess, naming, comparison): (Option<Res<Session>>, Res<Guess>, Res<Naming>, Res<Comparison>),
    (handing, film, rolling): (Res<Handing>, Res<Film>, Option<Res<Rolling>>),
    (restore, received, roots): (Res<Restore>, Res<Received>, Query<Entity, With<SheetRoot>>),
    mut last: Local<Option<Key>>,
) {
    let filmed = rolling.map(|rolling| rolling.done_share());
    let restored = restore.done_share().map(|share| share as f32);
    let mut key = Key {
        top: sheets.top(),
        layout: *layout,
        themes: (*theme, palette::theme()),
        motion: *motion,
        slow_moments: *slow_moments,
        sound: sound.clone(),
        guess: guess.clone(),
        naming: naming.clone(),
        comparison: comparison.clone(),
        // While it is filmed the run changes all the time, and the sheet does not.
        revision: session.as_ref().filter(|_| filmed.is_none()).map_or(0, |session| session.revision()),
        handing: handing.version,
        made: [filmed, restored].map(|share| share.map(|share| (share * 100.0) as u32)),
        film: (film.gif.as_ref().map(Vec::len), film.failed.is_some()),
        pack: (received.page, received.pack.as_ref().map_or(0, |pack| pack.levels.len())),
    };
    // A slider that is dragged follows the hand by itself.
    (key.sound.music.level, key.sound.effects.level) = (0.0, 0.0);
    if last.as_ref() == Some(&key) {
        return;
    }
    last.replace(key);
    roots.iter().for_each(|root| commands.entity(root).despawn());
    let Some(top) = sheets.top() else { return };
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let sources = Sources {
        kit,
        layout: *layout,
        sound: &sound,
        motion: *motion,
        slow_moments: *slow_moments,
        theme: *theme,
        session: session.as_deref(),
        guess: &guess,
        naming: &naming,
        comparison: &comparison,
        handing: &handing,
        film: &film,
        filmed,
        restored,
        received: &received,
    };
    let veil = Node { align_items: AlignItems::Center, justify_content: JustifyContent::Center, ..screen() };
    let dim = BackgroundColor(palette::ink().with_alpha(0.55));
    // The veil takes every press that no control of the sheet takes.
    let covers = (GlobalZIndex(10), Interaction::None, FocusPolicy::Block);
    commands.spawn((SheetRoot, veil, dim, covers)).with_children(|veil| sheet(veil, &sources, top));
}

fn sheet(veil: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, top: Sheet) {
    let Layout { size, wide, .. } = sources.layout;
    let most = match top {
        // A phone on its side has the room beside each other.
        Sheet::Menu if sources.layout.is_low() => 680.0,
        Sheet::Menu => 360.0,
        Sheet::Arriving | Sheet::Pack => 520.0,
        Sheet::Share => 760.0,
        Sheet::Settings => 780.0,
        Sheet::Keys => 900.0,
        Sheet::Predict | Sheet::Branches => 820.0,
    };
    let node = Node {
        width: Val::Px((size.x - 16.0).min(if wide { most } else { 430.0 })),
        max_height: Val::Px(size.y - 12.0),
        padding: UiRect::axes(Val::Px(if wide { 22.0 } else { 16.0 }), Val::Px(if wide { 16.0 } else { 12.0 })),
        ..column(if wide { 14.0 } else { 9.0 })
    };
    // What lies behind would only disturb.
    veil.spawn(panel(node)).insert(BackgroundColor(palette::ink())).with_children(|sheet| {
        heading(sheet, sources, top);
        match top {
            Sheet::Menu => menu::fill(sheet, sources),
            Sheet::Settings => choices::fill(sheet, sources),
            Sheet::Keys => keys::fill(sheet, sources),
            Sheet::Predict => predict::fill(sheet, sources),
            Sheet::Branches => branches::fill(sheet, sources),
            Sheet::Share => share::fill(sheet, sources),
            Sheet::Arriving => arrive::on_its_way(sheet, sources),
            Sheet::Pack => arrive::pack(sheet, sources),
        }
    });
}

fn heading(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, top: Sheet) {
    let kit = sources.kit;
    let spread = Node { justify_content: JustifyContent::SpaceBetween, ..row(12.0) };
    sheet.spawn(spread).with_children(|line| {
        let title = kit.texts.get(&format!("sheet-{}", top.key()));
        line.spawn(kit.title(title, 24.0, palette::bone()));
        kit.disc(line, ButtonId::CloseSheet, "icon-cross", 44.0, Look::QUIET);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::state::app::StatesPlugin;

    /// A game without a window, on a screen.
    fn game(screen: Screen) -> App {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, StatesPlugin));
        app.insert_state(screen);
        app.add_message::<Clicked>().init_resource::<Focus>().init_resource::<Sheets>();
        app.init_resource::<ButtonInput<KeyCode>>();
        app.add_systems(Update, (escape, turn).chain());
        app
    }

    fn top_after(app: &mut App, id: ButtonId) -> Option<Sheet> {
        app.world_mut().write_message(Clicked(id));
        app.update();
        app.world().resource::<Sheets>().top()
    }

    #[test]
    fn sheets_lie_on_each_other_and_escape_takes_off_the_top_one() {
        let mut app = game(Screen::Board);
        assert_eq!(top_after(&mut app, ButtonId::Menu), Some(Sheet::Menu));
        assert_eq!(top_after(&mut app, ButtonId::Sheet(Sheet::Keys)), Some(Sheet::Keys));
        assert_eq!(top_after(&mut app, ButtonId::Sheet(Sheet::Keys)), Some(Sheet::Keys));
        for below in [Some(Sheet::Menu), None, None] {
            app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(KeyCode::Escape);
            app.update();
            app.world_mut().resource_mut::<ButtonInput<KeyCode>>().reset_all();
            assert_eq!(app.world().resource::<Sheets>().top(), below);
        }
    }

    #[test]
    fn the_menu_leads_to_the_map_and_leaves_no_sheet_behind() {
        let mut app = game(Screen::Board);
        top_after(&mut app, ButtonId::Menu);
        assert_eq!(top_after(&mut app, ButtonId::Leave), None);
        app.update();
        assert_eq!(*app.world().resource::<State<Screen>>().get(), Screen::Map);
        assert_eq!(top_after(&mut app, ButtonId::Menu), None, "the menu is the board's");
        assert_eq!(top_after(&mut app, ButtonId::Sheet(Sheet::Settings)), Some(Sheet::Settings));
    }
}
