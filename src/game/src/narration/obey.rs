//! What assistive technology asks for is done as if a key had asked.

use super::cell;
use crate::editor::Asks;
use crate::input::tools::Hand;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked, Focus, Look};
use crate::ui::turn::{Turnable, Turned};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Asked>();
    app.add_systems(Update, obey.after(FrameSystems::Script).before(FrameSystems::Input));
}

/// What can be asked of a control.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// To have the keyboard's focus.
    Focus,
    /// To be pressed.
    Press,
    /// To be turned a step up.
    More,
    /// To be turned a step down.
    Less,
    /// To have that text.
    Write(String),
}

/// Something was asked of a control.
#[derive(Message, Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The id of the control, as in [`super::Control`].
    pub id: String,
    /// What.
    pub ask: Ask,
}

type Buttons<'w, 's> = Query<'w, 's, (&'static ButtonId, &'static Look, Option<&'static Turnable>)>;

fn obey(
    mut asked: MessageReader<Asked>,
    (screen, time): (Res<State<Screen>>, Res<Time>),
    buttons: Buttons<'_, '_>,
    (mut focus, mut hand, mut session): (ResMut<Focus>, ResMut<Hand>, Option<ResMut<Session>>),
    mut asks: ResMut<Asks>,
    (mut clicked, mut turned): (MessageWriter<Clicked>, MessageWriter<Turned>),
) {
    for each in asked.read() {
        let Asked { id, ask } = each;
        let on_cell = *screen.get() == Screen::Board && *id == cell::id(hand.cursor);
        if let (true, Some(session)) = (on_cell, session.as_mut()) {
            focus.0 = None;
            hand.show_cursor = true;
            if *ask == Ask::Press {
                hand.act(session, false, time.elapsed_secs_f64());
            }
            continue;
        }
        if *screen.get() == Screen::Editor {
            // Whatever of the editor has that name does it when it is drawn next.
            asks.0.push(each.clone());
        }
        let Some((&button, look, turnable)) = buttons.iter().find(|(button, ..)| button.key() == *id) else { continue };
        focus.0 = Some(button);
        let steps = match ask {
            Ask::Focus | Ask::Write(_) => continue,
            Ask::Press if look.enabled => {
                clicked.write(Clicked(button));
                continue;
            }
            Ask::Press => continue,
            Ask::More => 1,
            Ask::Less => -1,
        };
        if let Some(what) = turnable.filter(|what| what.enabled) {
            let value = what.scale.stepped(what.value, steps);
            turned.write(Turned { id: button, value, done: true });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::buttons::Channel;
    use crate::ui::turn::{Scale, Way};
    use bevy::state::app::StatesPlugin;
    use pipe_maze_level::{Cell, Kind, Level};

    const LEVEL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");

    fn game() -> App {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, StatesPlugin)).insert_state(Screen::Board);
        app.add_message::<Clicked>().add_message::<Turned>();
        app.init_resource::<Focus>().init_resource::<Hand>().init_resource::<Asks>();
        app.insert_resource(Session::open(Level::parse(LEVEL).unwrap()));
        app.add_plugins(plugin);
        app
    }

    fn ask(app: &mut App, id: &str, ask: Ask) -> (Vec<Clicked>, Vec<Turned>) {
        app.world_mut().write_message(Asked { id: id.to_owned(), ask });
        app.update();
        let clicked = app.world_mut().resource_mut::<Messages<Clicked>>().drain().collect();
        (clicked, app.world_mut().resource_mut::<Messages<Turned>>().drain().collect())
    }

    #[test]
    fn a_button_is_pressed_if_it_can_be_and_gets_the_focus() {
        let mut app = game();
        app.world_mut().spawn((ButtonId::Flow, Look::PRIMARY));
        app.world_mut().spawn((ButtonId::Undo, Look::QUIET.enabled(false)));
        assert_eq!(ask(&mut app, "flow", Ask::Focus).0, []);
        assert_eq!(app.world().resource::<Focus>().0, Some(ButtonId::Flow));
        assert_eq!(ask(&mut app, "flow", Ask::Press).0, [Clicked(ButtonId::Flow)]);
        assert_eq!(ask(&mut app, "undo", Ask::Press).0, []);
        assert_eq!(ask(&mut app, "no-such", Ask::Press).0, []);
    }

    #[test]
    fn a_slider_is_turned_by_a_step() {
        let mut app = game();
        let id = ButtonId::Volume(Channel::Music);
        let what = Turnable { id, scale: Scale::part(20), value: 0.5, enabled: true, way: Way::Slider };
        app.world_mut().spawn((id, Look::BARE, what));
        assert_eq!(ask(&mut app, "volume-music", Ask::More).1, [Turned { id, value: 0.55, done: true }]);
        assert_eq!(ask(&mut app, "volume-music", Ask::Less).1, [Turned { id, value: 0.45, done: true }]);
    }

    #[test]
    fn the_cell_does_what_enter_does_there() {
        let mut app = game();
        let mut hand = app.world_mut().resource_mut::<Hand>();
        hand.take_tool(crate::input::tools::Tool::Place(Kind::WarpPipe));
        hand.cursor = Cell::new(5, 4);
        ask(&mut app, "cell-1-1", Ask::Press);
        assert_eq!(app.world().resource::<Session>().board().left(Kind::WarpPipe), 1, "one is not there");
        ask(&mut app, "cell-5-4", Ask::Press);
        assert_eq!(app.world().resource::<Session>().board().left(Kind::WarpPipe), 0);
    }
}
