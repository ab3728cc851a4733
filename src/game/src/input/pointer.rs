//! Mouse and touch: from window events to gestures, and from gestures to the hand and the view.

use super::gesture::{Contact, Gesture, Gestures, Held, Signal};
use super::tools::{Hand, Tool};
use super::wheel;
use crate::atlas::CELL;
use crate::board::callouts::Callout;
use crate::board::{cell_at, centre};
use crate::camera::{Look, Stage};
use crate::immediate::Covered;
use crate::ride::{Ask, pick};
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Look as ButtonLook};
use crate::ui::settings::{Sheets, closed};
use crate::{FrameSystems, Screen};
use bevy::input::ButtonState;
use bevy::input::mouse::{MouseButtonInput, MouseWheel};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;
use bevy::window::{PrimaryWindow, WindowEvent};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pointers>();
    for screen in [Screen::Board, Screen::Editor] {
        app.add_systems(OnExit(screen), |mut pointers: ResMut<Pointers>| *pointers = Pointers::default());
    }
    app.add_systems(
        Update,
        (listen.in_set(PointerSystems), obey.run_if(in_state(Screen::Board).and_then(closed)))
            .chain()
            .in_set(FrameSystems::Input),
    );
}

/// What pointers do is known; who heeds it comes after.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PointerSystems;

/// Mouse and fingers.
#[derive(Resource, Default)]
pub struct Pointers {
    gestures: Gestures,
    /// Where the mouse is, in window pixels.
    mouse: Vec2,
    /// The piece of the palette that was pressed last.
    pressed: Option<Tool>,
    /// Whether the space bar, held since it went down, has moved the view: then it was no key press.
    pub space_moved_view: bool,
}

impl Pointers {
    /// What was meant since this was asked last.
    pub fn gestures(&mut self) -> Vec<Gesture> {
        self.gestures.drain().into_iter().collect()
    }
}

type Panels<'w, 's> = Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform), With<Interaction>>;

type Stock<'w, 's> =
    Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform, &'static ButtonId, &'static ButtonLook)>;

/// What a piece of the palette, or a fault of the arsenal, puts into the hand.
const fn tool_of(id: ButtonId) -> Option<Tool> {
    match id {
        ButtonId::Slot(kind) => Some(Tool::Place(kind)),
        ButtonId::Fault(kind) => Some(Tool::Loose(kind)),
        _ => None,
    }
}

/// Reads events in their order, so that even within one slow frame nothing is lost.
fn listen(
    mut events: MessageReader<WindowEvent>,
    (screen, sheets): (Res<State<Screen>>, Option<Res<Sheets>>),
    (keys, time): (Res<ButtonInput<KeyCode>>, Res<Time<Real>>),
    window: Single<&Window, With<PrimaryWindow>>,
    hand: Res<Hand>,
    (panels, covered, stock): (Panels<'_, '_>, Res<Covered>, Stock<'_, '_>),
    mut pointers: ResMut<Pointers>,
) {
    if !matches!(screen.get(), Screen::Board | Screen::Editor) || !closed(sheets) {
        events.clear();
        return;
    }
    let (size, now_s) = (window.size(), time.elapsed_secs_f64());
    let space = keys.pressed(KeyCode::Space);
    if keys.just_pressed(KeyCode::Space) {
        pointers.space_moved_view = false;
    }
    let scale = window.scale_factor();
    let by_interface = |at: Vec2| {
        covered.has(at) || panels.iter().any(|(node, transform)| node.contains_point(*transform, at * scale))
    };
    for event in events.read() {
        let signals = signals(event, pointers.mouse, scale);
        if let WindowEvent::CursorMoved(moved) = event {
            pointers.mouse = moved.position;
        }
        for mut signal in signals.into_iter().flatten() {
            if let Signal::Down { at, held, .. } = &mut signal {
                let pressed = stock.iter().find_map(|(node, transform, id, look)| {
                    let here = look.enabled && node.contains_point(*transform, *at * scale);
                    tool_of(*id).filter(|_| here)
                });
                pointers.pressed = pressed.filter(|_| *screen.get() == Screen::Board);
                *held = Held {
                    by_interface: by_interface(*at),
                    stock: pointers.pressed.is_some(),
                    view: space || hand.tool == Tool::View,
                    shift: keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]),
                };
                pointers.space_moved_view |= space;
            }
            // The wheel over a panel belongs to the panel.
            if !matches!(signal, Signal::Wheel { at, .. } if by_interface(at)) {
                pointers.gestures.take(signal, size, now_s);
            }
        }
    }
    if keys.just_pressed(KeyCode::Escape) {
        pointers.gestures.take(Signal::Lost, size, now_s);
    }
    pointers.gestures.wait(now_s);
}

/// What an event is to the gestures; what is held meanwhile is filled in later.
fn signals(event: &WindowEvent, mouse: Vec2, scale: f32) -> [Option<Signal>; 2] {
    let down = |contact, at| Signal::Down { contact, at, held: Held::default() };
    let one = |signal| [Some(signal), None];
    match event {
        WindowEvent::CursorMoved(moved) => one(Signal::Mouse(moved.position)),
        WindowEvent::MouseButtonInput(MouseButtonInput { button, state, .. }) => {
            let contact = match button {
                MouseButton::Left => Contact::Left,
                MouseButton::Middle => Contact::Middle,
                MouseButton::Right => Contact::Right,
                _ => return [None, None],
            };
            one(if *state == ButtonState::Pressed { down(contact, mouse) } else { Signal::Up(contact) })
        }
        WindowEvent::MouseWheel(MouseWheel { unit, y, .. }) => {
            one(Signal::Wheel { lines: wheel::lines(*unit, *y, scale), at: mouse })
        }
        WindowEvent::TouchInput(TouchInput { phase, position, id, .. }) => match phase {
            TouchPhase::Started => one(down(Contact::Finger(*id), *position)),
            TouchPhase::Moved => one(Signal::Finger(*id, *position)),
            TouchPhase::Ended => [Some(Signal::Finger(*id, *position)), Some(Signal::Up(Contact::Finger(*id)))],
            TouchPhase::Canceled => one(Signal::Lost),
        },
        WindowEvent::WindowFocused(focused) if !focused.focused => one(Signal::Lost),
        _ => [None, None],
    }
}

fn obey(
    (time, stage): (Res<Time>, Res<Stage>),
    window: Single<&Window, With<PrimaryWindow>>,
    panels: Panels<'_, '_>,
    (callouts, mut ask): (Query<&Callout>, MessageWriter<Ask>),
    (mut session, mut hand, mut look, mut pointers): (ResMut<Session>, ResMut<Hand>, ResMut<Look>, ResMut<Pointers>),
) {
    let now_s = time.elapsed_secs_f64();
    let scale = window.scale_factor();
    let covered = |at: Vec2| panels.iter().any(|(node, transform)| node.contains_point(*transform, at * scale));
    let pressed = pointers.pressed;
    for gesture in pointers.gestures.drain() {
        let cell = |look: &Look, at: Vec2| cell_at(stage.world_at(look, at));
        match gesture {
            Gesture::Hover(at) => {
                let at_work = matches!(hand.tool, Tool::Place(_) | Tool::Loose(_)) || hand.carries();
                let cell = cell(&look, at);
                if at_work && !covered(at) && hand.cursor != cell {
                    hand.show_cursor = false;
                    hand.move_to(&session, cell, now_s);
                }
            }
            Gesture::Press(at, adding) => {
                hand.show_cursor = false;
                if let Some(wanted) = ridden(&session, &callouts, stage.world_at(&look, at)) {
                    ask.write(wanted);
                    continue;
                }
                hand.press(&mut session, cell(&look, at), adding, now_s);
            }
            Gesture::Drag(at) => {
                let cell = cell(&look, at);
                if hand.cursor != cell {
                    hand.move_to(&session, cell, now_s);
                }
                // What is drawn or carried to the edge of a near view takes the view along.
                if look.zoom > 1.0 && hand.is_at_work() {
                    look.reveal(&stage, Rect::from_center_size(centre(cell), Vec2::splat(CELL * 2.0)));
                }
            }
            Gesture::Fetch => {
                if let Some(tool) = pressed.filter(|_| session.play().is_none()) {
                    hand.take_tool(tool);
                }
            }
            Gesture::Carry(at) => {
                hand.show_cursor = false;
                let cell = cell(&look, at);
                if !covered(at) && hand.cursor != cell {
                    hand.move_to(&session, cell, now_s);
                }
            }
            // Over the palette it is put back.
            Gesture::Drop(at) => {
                let Some(tool) = pressed.filter(|_| session.play().is_none()) else { continue };
                if covered(at) {
                    hand.let_go();
                    continue;
                }
                // In a slow frame the press itself may have put it away again.
                if hand.tool != tool {
                    hand.take_tool(tool);
                }
                hand.press(&mut session, cell(&look, at), false, now_s);
                hand.release(&mut session, now_s);
            }
            Gesture::Hold => hand.hold(&session, now_s),
            Gesture::Release => hand.release(&mut session, now_s),
            Gesture::Cancel => {
                hand.cancel();
            }
            Gesture::Back => {
                hand.back();
            }
            Gesture::Pan(by) => look.pan_by(&stage, by),
            Gesture::Zoom(factor, at) => look.zoom_by(&stage, factor, at),
        }
    }
}

/// The ride that is asked for by a press there: of a call-out's request from its start, or of a droplet.
fn ridden(session: &Session, callouts: &Query<&Callout>, point: Vec2) -> Option<Ask> {
    session.play()?;
    let told = callouts.iter().find_map(|callout| callout.at(point));
    told.map(|(request, since)| Ask { request, since, from_start: true }).or_else(|| pick::at(session, point))
}
