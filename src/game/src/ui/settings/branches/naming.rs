//! Naming a branch: by the keyboard, or by one of a few names that a finger can choose.

use super::super::Sources;
use super::super::choices;
use crate::palette;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::hud::branch_title;
use crate::ui::widgets::{column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::prelude::*;
use pipe_maze_level::BranchId;

/// Longest name, in letters.
const LETTERS_MAX: usize = 24;
/// Names that can be chosen.
const NAMES: [&str; 4] = ["branch-name-1", "branch-name-2", "branch-name-3", "branch-name-4"];

/// The branch that is being named, and its name so far.
#[derive(Resource, Clone, PartialEq, Eq, Debug, Default)]
pub struct Naming(pub Option<(BranchId, String)>);

/// Whether a name is being typed: then keys are letters.
pub fn is_typed(naming: Option<Res<Naming>>) -> bool {
    naming.is_some_and(|naming| naming.0.is_some())
}

/// The field for the name, while one is given.
pub fn field(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Some((id, name)) = &sources.naming.0 else { return };
    let (kit, timeline) = (sources.kit, sources.session.and_then(Session::timeline));
    let Some(timeline) = timeline else { return };
    sheet.spawn(column(5.0)).with_children(|lines| {
        let title = branch_title(kit.texts, timeline, *id);
        lines.spawn(kit.body(kit.texts.with("branch-naming", &[("name", title.into())]), 12.0, palette::periwinkle()));
        lines.spawn(row(8.0)).with_children(|line| {
            let frame = Node {
                flex_grow: 1.0,
                min_height: Val::Px(40.0),
                padding: UiRect::axes(Val::Px(12.0), Val::Px(8.0)),
                border: UiRect::all(Val::Px(1.5)),
                border_radius: BorderRadius::all(Val::Px(11.0)),
                ..default()
            };
            let shown = format!("{name}|");
            line.spawn((frame, BackgroundColor(palette::ink_raised()), BorderColor::all(palette::gold())))
                .with_child((kit.strong(shown, 14.0, palette::bone()), TextLayout::no_wrap()));
            kit.disc(line, ButtonId::NameDone, "icon-check", 44.0, Look::PRIMARY);
        });
        lines.spawn(choices::pills()).with_children(|line| {
            for (nth, key) in NAMES.iter().enumerate() {
                choices::pill(line, sources, ButtonId::Name(nth), &kit.texts.get(key), Look::QUIET, |_| {});
            }
        });
    });
}

/// Letters come into the field; Enter keeps the name, Esc does not.
pub fn write(
    (mut events, mut clicked): (MessageReader<KeyboardInput>, MessageReader<Clicked>),
    texts: Res<crate::text::Texts>,
    session: Option<ResMut<Session>>,
    mut naming: ResMut<Naming>,
) {
    let Some(mut session) = session else { return };
    let mut keep = |naming: &mut Naming, name: Option<String>| {
        if let Some((id, typed)) = naming.0.take() {
            session.rename(id, name.as_deref().unwrap_or(&typed).trim());
        }
    };
    for Clicked(id) in clicked.read() {
        match *id {
            ButtonId::Rename(id) => naming.0 = Some((id, String::new())),
            ButtonId::Name(nth) => keep(&mut naming, NAMES.get(nth).map(|key| texts.get(key))),
            ButtonId::NameDone => keep(&mut naming, None),
            ButtonId::CloseSheet | ButtonId::Compared(_) => naming.0 = None,
            _ => {}
        }
    }
    for event in events.read().filter(|event| event.state.is_pressed()) {
        let Some((_, name)) = &mut naming.0 else { continue };
        match &event.logical_key {
            Key::Enter => keep(&mut naming, None),
            Key::Escape => naming.0 = None,
            Key::Backspace => {
                name.pop();
            }
            Key::Space => append(name, " "),
            Key::Character(letters) => append(name, letters),
            _ => {}
        }
    }
}

/// As far as there is room, and without what cannot be seen.
fn append(name: &mut String, letters: &str) {
    let room = LETTERS_MAX.saturating_sub(name.chars().count());
    name.extend(letters.chars().filter(|letter| !letter.is_control()).take(room));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use bevy::input::ButtonState;

    fn typed(app: &mut App, key: Key) {
        let event = KeyboardInput {
            key_code: KeyCode::KeyA,
            logical_key: key,
            state: ButtonState::Pressed,
            text: None,
            repeat: false,
            window: Entity::PLACEHOLDER,
        };
        app.world_mut().write_message(event);
        app.update();
    }

    #[test]
    fn a_branch_is_named_by_keys_or_by_a_choice() {
        let mut app = App::new();
        app.add_message::<KeyboardInput>().add_message::<Clicked>();
        app.init_resource::<Naming>().insert_resource(crate::text::Texts::english()).insert_resource(flowing());
        app.add_systems(Update, write);
        let name = |app: &App| {
            let timeline = app.world().resource::<Session>().timeline().unwrap();
            timeline.branch(BranchId::MAIN).unwrap().name().map(str::to_owned)
        };
        let click = |app: &mut App, id: ButtonId| {
            app.world_mut().write_message(Clicked(id));
            app.update();
        };
        typed(&mut app, Key::Character("x".into()));
        assert_eq!(name(&app), None, "nothing is being named");
        click(&mut app, ButtonId::Rename(BranchId::MAIN));
        for key in [
            Key::Character("A".into()),
            Key::Character("b".into()),
            Key::Backspace,
            Key::Space,
            Key::Character("1".into()),
        ] {
            typed(&mut app, key);
        }
        typed(&mut app, Key::Enter);
        assert_eq!(name(&app).as_deref(), Some("A 1"));
        click(&mut app, ButtonId::Rename(BranchId::MAIN));
        typed(&mut app, Key::Character("lost".into()));
        typed(&mut app, Key::Escape);
        assert_eq!(name(&app).as_deref(), Some("A 1"), "Esc keeps the old name");
        click(&mut app, ButtonId::Rename(BranchId::MAIN));
        click(&mut app, ButtonId::Name(0));
        assert!(name(&app).is_some_and(|name| name != "A 1"));
        click(&mut app, ButtonId::Rename(BranchId::MAIN));
        typed(&mut app, Key::Character("x".repeat(99).into()));
        click(&mut app, ButtonId::NameDone);
        assert_eq!(name(&app).map(|name| name.len()), Some(LETTERS_MAX));
    }
}
