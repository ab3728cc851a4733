//! When the screen is redrawn: as often as it can while something moves, and otherwise only when something happens.
//!
//! Something happens when there is input, something held, a request of the page, a picture that has been loaded,
//! another screen or another board; what that sets moving has `SETTLES_S` to come to rest. Water that flows keeps
//! the screen awake all the time. Whoever moves something for longer calls `Awake::keep_for` in each frame. At rest a
//! frame is drawn now and then, for what was not foreseen.

use crate::Screen;
use crate::session::Session;
use bevy::prelude::*;
use bevy::time::Real;
use bevy::window::WindowEvent;
use bevy::winit::{UpdateMode, WinitSettings};
use std::time::Duration;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Awake>();
    app.init_resource::<WinitSettings>();
    app.add_systems(Last, (notice, settle).chain());
}

/// How long after anything that happens the screen stays awake, in seconds: until the longest flick of a page is over.
const SETTLES_S: f32 = 2.5;
/// Frames that are drawn after it at the least, however long each takes: words and pictures need some to appear.
const SETTLES_FRAMES: u32 = 12;
/// How often a screen at rest is drawn, in seconds.
const AT_REST_S: f32 = 1.0;
/// How often the screen is drawn at most while another window has the focus, per second.
const UNFOCUSED_PER_S: f32 = 60.0;

/// Until when the screen is redrawn all the time.
#[derive(Resource, Debug, Default)]
pub struct Awake {
    until: Duration,
    wanted_s: f32,
    frames: u32,
}

impl Awake {
    /// Keeps the screen awake for some seconds from now.
    pub const fn keep_for(&mut self, seconds: f32) {
        self.wanted_s = self.wanted_s.max(seconds);
    }

    /// Something has happened that may set things moving.
    pub const fn stir(&mut self) {
        self.keep_for(SETTLES_S);
        self.frames = SETTLES_FRAMES;
    }
}

/// What is shown, as far as a change of it sets things moving.
type Shown = (Screen, Option<u64>, bool);

fn notice(
    mut awake: ResMut<Awake>,
    (mut events, mut pictures): (MessageReader<WindowEvent>, MessageReader<AssetEvent<Image>>),
    (screen, session): (Res<State<Screen>>, Option<Res<Session>>),
    (keys, buttons, touches): (Res<ButtonInput<KeyCode>>, Res<ButtonInput<MouseButton>>, Res<Touches>),
    mut before: Local<Option<Shown>>,
) {
    // A redraw that was asked for is no news: it would ask for the next.
    let happened = events.read().filter(|event| !matches!(event, WindowEvent::RequestRedraw(_))).count() > 0;
    let arrived = pictures.read().count() > 0;
    let held = keys.get_pressed().len() + buttons.get_pressed().len() + touches.iter().count() > 0;
    let flows = session.as_ref().is_some_and(|session| flows(session)) && *screen.get() == Screen::Board;
    let shown = (*screen.get(), session.map(|session| session.revision()), flows);
    let changed = before.replace(shown) != Some(shown);
    if happened || arrived || held || changed || flows || *screen.get() == Screen::Loading {
        awake.stir();
    }
}

/// Whether simulated time passes, or is just over.
fn flows(session: &Session) -> bool {
    session.play().is_some() && !session.is_paused()
}

fn settle(mut awake: ResMut<Awake>, time: Res<Time<Real>>, mut settings: ResMut<WinitSettings>) {
    let now = time.elapsed();
    let wanted = now + Duration::from_secs_f32(std::mem::take(&mut awake.wanted_s).max(0.0));
    awake.until = awake.until.max(wanted);
    awake.frames = awake.frames.saturating_sub(1);
    let (focused, unfocused) = if awake.until > now || awake.frames > 0 {
        (UpdateMode::Continuous, UpdateMode::reactive_low_power(Duration::from_secs_f32(1.0 / UNFOCUSED_PER_S)))
    } else {
        let rest = UpdateMode::reactive_low_power(Duration::from_secs_f32(AT_REST_S));
        (rest, rest)
    };
    if settings.focused_mode != focused || settings.unfocused_mode != unfocused {
        *settings = WinitSettings { focused_mode: focused, unfocused_mode: unfocused };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::state::app::StatesPlugin;
    use bevy::time::TimeUpdateStrategy;
    use bevy::window::{CursorMoved, RequestRedraw};
    use pipe_maze_level::{Cell, Edit, Kind, Level};

    const LEVEL: &str = include_str!("../../../levels/3-flow-control/two-rooms.ron");

    /// A game without a window, on the board, in which a frame takes a tenth of a second.
    fn game() -> App {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, StatesPlugin));
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(100)));
        app.add_message::<WindowEvent>();
        app.add_message::<AssetEvent<Image>>();
        app.init_resource::<ButtonInput<KeyCode>>();
        app.init_resource::<ButtonInput<MouseButton>>();
        app.init_resource::<Touches>();
        app.insert_state(Screen::Board);
        app.insert_resource(Session::open(Level::parse(LEVEL).unwrap()));
        app.add_plugins(plugin);
        app
    }

    fn is_awake_after(app: &mut App, seconds: f32) -> bool {
        (0..(seconds * 10.0) as u32).for_each(|_| app.update());
        app.world().resource::<WinitSettings>().focused_mode == UpdateMode::Continuous
    }

    fn cursor_moved(window: Entity) -> WindowEvent {
        CursorMoved { window, position: Vec2::ZERO, delta: None }.into()
    }

    #[test]
    fn a_board_that_nobody_touches_comes_to_rest() {
        let mut app = game();
        assert!(is_awake_after(&mut app, 0.5));
        assert!(!is_awake_after(&mut app, 4.0));
        app.world_mut().write_message(WindowEvent::from(RequestRedraw));
        assert!(!is_awake_after(&mut app, 0.2), "a redraw alone does not wake it");
    }

    #[test]
    fn input_and_edits_wake_it() {
        let mut app = game();
        assert!(!is_awake_after(&mut app, 4.0));
        app.world_mut().write_message(cursor_moved(Entity::PLACEHOLDER));
        assert!(is_awake_after(&mut app, 0.1));
        assert!(!is_awake_after(&mut app, 4.0));
        let edit = Edit::Place { name: "w".into(), kind: Kind::WarpPipe, at: Cell::new(4, 4) };
        app.world_mut().resource_mut::<Session>().edit(&edit).unwrap();
        assert!(is_awake_after(&mut app, 0.1));
        app.world_mut().resource_mut::<Awake>().keep_for(6.0);
        assert!(is_awake_after(&mut app, 5.0), "whoever moves something longer says so");
        assert!(!is_awake_after(&mut app, 2.0));
        app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(KeyCode::ArrowDown);
        assert!(is_awake_after(&mut app, 9.0), "a key that is held down");
    }

    #[test]
    fn water_keeps_it_awake_until_it_is_held() {
        let mut app = game();
        app.world_mut().resource_mut::<Session>().start(None).unwrap();
        assert!(is_awake_after(&mut app, 10.0));
        app.world_mut().resource_mut::<Session>().set_paused(true);
        assert!(!is_awake_after(&mut app, 4.0));
    }
}
