//! The way into the game and back: a level is tried as it is on the desk, and what was done there can become its
//! reference or a decoy.

use super::desk::{Desk, Finished, Playtest};
use super::{Order, Orders};
use crate::atlas::Atlas;
use crate::camera;
use crate::fonts::Fonts;
use crate::language::Language;
use crate::palette::{self, Theme};
use crate::session::Session;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::widgets::Kit;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::Solution;
use pipe_maze_level::draft::Draft;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, enter_by_button.in_set(FrameSystems::Tick));
    app.add_systems(Update, begin.in_set(FrameSystems::Tick).run_if(in_state(Screen::Editor)));
    let back = (note_end, come_back).chain().in_set(FrameSystems::Show);
    app.add_systems(Update, back.run_if(playtesting));
    app.add_systems(Update, show_way_back.in_set(FrameSystems::Show));
}

/// The button that leads back to the editor, and what it was built for.
#[derive(Component, PartialEq)]
struct WayBack(Layout, Language, Theme);

/// While a level is tried, a button under its name leads back; on a phone it has the corner beside it.
fn show_way_back(
    mut commands: Commands,
    (atlas, fonts, texts, layout): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<Layout>),
    (desk, screen): (Option<Res<Desk>>, Res<State<Screen>>),
    shown: Query<(Entity, &WayBack)>,
) {
    let tried = desk.is_some_and(|desk| desk.playtest.is_some()) && *screen.get() == Screen::Board;
    let wanted = WayBack(*layout, texts.language(), palette::theme());
    if tried && shown.iter().any(|(_, way)| *way == wanted) {
        return;
    }
    shown.iter().for_each(|(entity, _)| commands.entity(entity).despawn());
    if !tried {
        return;
    }
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let place = Node { position_type: PositionType::Absolute, ..default() };
    let node = if layout.wide {
        Node { left: Val::Px(18.0), top: Val::Px(74.0), ..place }
    } else {
        Node { right: Val::Px(8.0), top: Val::Px(6.0), ..place }
    };
    // Words would lie over whoever stands at the left.
    commands.spawn((wanted, node, GlobalZIndex(5))).with_children(|corner| {
        kit.disc(corner, ButtonId::BackToEditor, "icon-pencil", 44.0, Look::SECONDARY);
    });
}

/// Whether the level on the desk is being tried.
pub fn playtesting(desk: Option<Res<Desk>>) -> bool {
    desk.is_some_and(|desk| desk.playtest.is_some())
}

/// From the title, or from a level with a copy of it.
fn enter_by_button(
    mut clicked: MessageReader<Clicked>,
    session: Option<Res<Session>>,
    (screen, mut orders): (Res<State<Screen>>, ResMut<Orders>),
    mut commands: Commands,
) {
    for Clicked(id) in clicked.read() {
        match id {
            ButtonId::Make if *screen.get() == Screen::Title => commands.set_state(Screen::Editor),
            ButtonId::OpenCopy => {
                let Some(session) = &session else { continue };
                orders.0.push(Order::Begin(Box::new(Draft::open(session.level()).into())));
                commands.set_state(Screen::Editor);
            }
            _ => {}
        }
    }
}

fn begin(
    (mut orders, mut desk, mut session): (ResMut<Orders>, ResMut<Desk>, ResMut<Session>),
    look: Res<camera::Look>,
    mut commands: Commands,
) {
    let asked = orders.0.iter().position(|order| *order == Order::Playtest);
    let Some(asked) = asked else { return };
    orders.0.remove(asked);
    if !desk.draft.is_playable() {
        return;
    }
    desk.playtest = Some(Playtest { look: *look });
    desk.sheet = None;
    *session = Session::open(desk.draft.level().clone());
    commands.set_state(Screen::Board);
}

/// A run that has come to its end can be kept.
fn note_end(session: Option<Res<Session>>, mut desk: ResMut<Desk>) {
    let Some(session) = session else { return };
    let (Some(verdict), Some(play)) = (session.verdict(), session.play()) else { return };
    let Some(solution) = Solution::of(desk.draft.level(), session.plan(), play) else { return };
    let finished = Finished { solution, verdict };
    if desk.finished.as_ref() != Some(&finished) {
        desk.finished = Some(finished);
    }
}

/// The same key leads back, and so does every way out of the level.
fn come_back(
    (keys, screen): (Res<ButtonInput<KeyCode>>, Res<State<Screen>>),
    mut clicked: MessageReader<Clicked>,
    next: Res<NextState<Screen>>,
    mut commands: Commands,
) {
    let pressed = clicked.read().any(|Clicked(id)| *id == ButtonId::BackToEditor);
    let leaves = matches!(
        *next,
        NextState::Pending(Screen::Map | Screen::Title) | NextState::PendingIfNeq(Screen::Map | Screen::Title)
    );
    let away = matches!(screen.get(), Screen::Board | Screen::Debrief);
    if away && (pressed || leaves || keys.just_pressed(KeyCode::F2)) {
        commands.set_state(Screen::Editor);
    }
}
