//! From what mouse and fingers do to gestures: what touches the board, and what moves the view.
//!
//! A plain state machine over [`Signal`]s in window pixels; it knows no window and no board.
//!
//! ```text
//! idle ── left, one finger ──> stroke ── up ──> idle           press, drag, hold, release
//!   │                            │ └── second finger ──> pinch  cancel, then pan and zoom until one finger is up
//!   │                            └── right, Esc, focus lost ──> idle   cancel; what is still down does nothing more
//!   ├── on a piece of the palette ──> fetching ── away from it ──> fetch, then carry; up: drop
//!   └── right, middle, left while the view is held ──> panning   pan; a right click without a way: back
//! ```

use bevy::math::Vec2;
use std::collections::BTreeMap;

/// Within this way a press is not yet a drag of the view, and a held finger has not moved, in pixels.
const SLOP_PX: f32 = 10.0;
/// From so far on a press in the palette takes what was pressed along, in pixels: a tap has ended by then.
const FETCH_PX: f32 = 12.0;
/// How long a finger rests before it takes what is under it, in seconds.
const HOLD_S: f64 = 0.45;
/// How much one line of the wheel magnifies.
const LINE: f32 = 1.15;
/// Most lines that one event of the wheel counts for.
const LINES_MAX: f32 = 5.0;

/// What touches: a button of the mouse, or a finger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contact {
    /// The left button.
    Left,
    /// The middle button.
    Middle,
    /// The right button.
    Right,
    /// A finger, by its number.
    Finger(u64),
}

/// What happened to a pointer. Places are in window pixels from the upper left.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Signal {
    /// A button or a finger went down.
    Down {
        /// Which.
        contact: Contact,
        /// Where.
        at: Vec2,
        /// What is held meanwhile.
        held: Held,
    },
    /// The mouse moved.
    Mouse(Vec2),
    /// A finger moved.
    Finger(u64, Vec2),
    /// A button or a finger went up.
    Up(Contact),
    /// The wheel turned by so many lines, away from the player.
    Wheel {
        /// Lines.
        lines: f32,
        /// Where the mouse is.
        at: Vec2,
    },
    /// The system took the pointer away, or the player pressed Esc.
    Lost,
}

/// What is held while a button goes down, and what lies under it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Held {
    /// A panel or button of the interface is under the pointer: the press is not the board's.
    pub by_interface: bool,
    /// That is a piece of the palette, which can be dragged to the board.
    pub stock: bool,
    /// The view: by its tool, or by the space bar.
    pub view: bool,
    /// Shift.
    pub shift: bool,
}

/// What the player means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Gesture {
    /// The mouse is over the board, without a button.
    Hover(Vec2),
    /// Touches the board; with Shift it adds to what is selected.
    Press(Vec2, Shift),
    /// Moves on the board.
    Drag(Vec2),
    /// A finger rests.
    Hold,
    /// Lets go of the board.
    Release,
    /// What was pressed in the palette is dragged from it.
    Fetch,
    /// What was fetched is held there.
    Carry(Vec2),
    /// What was fetched is let go of there.
    Drop(Vec2),
    /// What the press had begun is not meant.
    Cancel,
    /// A right click: lets go of whatever the hand holds.
    Back,
    /// Moves the view by so many pixels.
    Pan(Vec2),
    /// Magnifies by a factor, about a point.
    Zoom(f32, Vec2),
}

/// Whether Shift was held.
pub type Shift = bool;

/// Mouse and fingers, as they stand.
#[derive(Default)]
pub struct Gestures {
    state: State,
    fingers: BTreeMap<u64, Vec2>,
    out: Vec<Gesture>,
}

#[derive(Clone, Copy, PartialEq, Debug, Default)]
enum State {
    #[default]
    Idle,
    /// Touches the board since that time, there.
    Stroke { by: Contact, from: Vec2, since_s: f64, settled: bool },
    /// Pressed on a piece of the palette, and perhaps dragged it away.
    Fetching { by: Contact, from: Vec2, last: Vec2, fetched: bool },
    /// Moves the view.
    Panning { by: Contact, from: Vec2, last: Vec2, moved: bool },
    /// Two fingers.
    Pinch,
}

impl Gestures {
    /// Takes what happened at that time, in a window of that size.
    pub fn take(&mut self, signal: Signal, window: Vec2, now_s: f64) {
        match signal {
            Signal::Down { contact, at, held } => self.down(contact, at, held, now_s),
            Signal::Mouse(at) => self.mouse(at, window),
            Signal::Finger(id, at) => self.finger(id, at, window),
            Signal::Up(contact) => self.up(contact),
            Signal::Wheel { lines, at } => {
                self.out.push(Gesture::Zoom(LINE.powf(lines.clamp(-LINES_MAX, LINES_MAX)), at));
            }
            Signal::Lost => self.lose(),
        }
    }

    /// Lets time pass: a finger that rests long enough takes what is under it.
    pub fn wait(&mut self, now_s: f64) {
        if let State::Stroke { by: Contact::Finger(_), since_s, settled, .. } = &mut self.state
            && !*settled
            && now_s - *since_s >= HOLD_S
        {
            *settled = true;
            self.out.push(Gesture::Hold);
        }
    }

    /// What the player has meant since the last call.
    pub fn drain(&mut self) -> Vec<Gesture> {
        std::mem::take(&mut self.out)
    }

    fn down(&mut self, contact: Contact, at: Vec2, held: Held, now_s: f64) {
        if let Contact::Finger(id) = contact {
            if held.by_interface && !held.stock && self.fingers.is_empty() {
                return;
            }
            self.fingers.insert(id, at);
            if self.fingers.len() == 2 {
                self.cancel_stroke();
                self.state = State::Pinch;
            }
        }
        match self.state {
            State::Stroke { by: Contact::Left, .. } | State::Fetching { by: Contact::Left, .. }
                if contact == Contact::Right =>
            {
                self.cancel_stroke();
                self.state = State::Idle;
            }
            State::Idle if held.stock && matches!(contact, Contact::Left | Contact::Finger(_)) => {
                self.state = State::Fetching { by: contact, from: at, last: at, fetched: false };
            }
            State::Idle if held.by_interface => {}
            State::Idle => {
                let view = held.view || matches!(contact, Contact::Right | Contact::Middle);
                self.state = if view {
                    State::Panning { by: contact, from: at, last: at, moved: false }
                } else {
                    self.out.push(Gesture::Press(at, held.shift));
                    State::Stroke { by: contact, from: at, since_s: now_s, settled: false }
                };
            }
            _ => {}
        }
    }

    fn mouse(&mut self, at: Vec2, window: Vec2) {
        match self.state {
            State::Idle => self.out.push(Gesture::Hover(at)),
            State::Stroke { by: Contact::Left, .. } => self.drag(at, window),
            State::Fetching { by: Contact::Left, .. } => self.fetch(at),
            State::Panning { by: Contact::Left | Contact::Middle | Contact::Right, .. } => self.pan(at),
            _ => {}
        }
    }

    fn finger(&mut self, id: u64, at: Vec2, window: Vec2) {
        if !self.fingers.contains_key(&id) {
            return;
        }
        let before = self.spread();
        self.fingers.insert(id, at);
        match self.state {
            State::Stroke { by: Contact::Finger(by), .. } if by == id => self.drag(at, window),
            State::Fetching { by: Contact::Finger(by), .. } if by == id => self.fetch(at),
            State::Panning { by: Contact::Finger(by), .. } if by == id => self.pan(at),
            State::Pinch => {
                let (Some((far, middle)), Some((now_far, now_middle))) = (before, self.spread()) else { return };
                self.out.push(Gesture::Pan(now_middle - middle));
                self.out.push(Gesture::Zoom(now_far / far, now_middle));
            }
            _ => {}
        }
    }

    /// Beyond the window's edge a drag waits where it was last.
    fn drag(&mut self, at: Vec2, window: Vec2) {
        let State::Stroke { from, settled, .. } = &mut self.state else { return };
        let inside = at.cmpge(Vec2::ZERO).all() && at.cmplt(window).all();
        if inside {
            *settled |= at.distance(*from) > SLOP_PX;
            self.out.push(Gesture::Drag(at));
        }
    }

    fn fetch(&mut self, at: Vec2) {
        let State::Fetching { from, last, fetched, .. } = &mut self.state else { return };
        *last = at;
        if !*fetched && at.distance(*from) >= FETCH_PX {
            *fetched = true;
            self.out.push(Gesture::Fetch);
        }
        if *fetched {
            self.out.push(Gesture::Carry(at));
        }
    }

    fn pan(&mut self, at: Vec2) {
        let State::Panning { from, last, moved, .. } = &mut self.state else { return };
        // A click of the right button that trembles is still a click.
        if *moved || at.distance(*from) > SLOP_PX * 0.4 {
            *moved = true;
            self.out.push(Gesture::Pan(at - *last));
            *last = at;
        }
    }

    fn up(&mut self, contact: Contact) {
        if let Contact::Finger(id) = contact {
            self.fingers.remove(&id);
        }
        match self.state {
            State::Stroke { by, .. } if by == contact => {
                self.out.push(Gesture::Release);
                self.state = State::Idle;
            }
            State::Fetching { by, last, fetched, .. } if by == contact => {
                if fetched {
                    self.out.push(Gesture::Drop(last));
                }
                self.state = State::Idle;
            }
            State::Panning { by, moved, .. } if by == contact => {
                if !moved && by == Contact::Right {
                    self.out.push(Gesture::Back);
                }
                self.state = State::Idle;
            }
            // The finger that stays after a pinch does not begin to draw: only a new one does.
            State::Pinch if self.fingers.len() < 2 => self.state = State::Idle,
            _ => {}
        }
    }

    fn lose(&mut self) {
        self.cancel_stroke();
        self.fingers.clear();
        self.state = State::Idle;
    }

    fn cancel_stroke(&mut self) {
        if matches!(self.state, State::Stroke { .. } | State::Fetching { fetched: true, .. }) {
            self.out.push(Gesture::Cancel);
        }
    }

    /// Distance and middle of the first two fingers.
    fn spread(&self) -> Option<(f32, Vec2)> {
        let mut points = self.fingers.values();
        let (a, b) = (points.next()?, points.next()?);
        Some((a.distance(*b).max(1.0), (*a + *b) * 0.5))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Vec2 = Vec2::new(800.0, 600.0);

    fn at(x: f32, y: f32) -> Vec2 {
        Vec2::new(x, y)
    }

    fn down(contact: Contact, x: f32, y: f32) -> Signal {
        Signal::Down { contact, at: at(x, y), held: Held::default() }
    }

    fn gestures(signals: &[Signal]) -> Vec<Gesture> {
        let mut gestures = Gestures::default();
        for &signal in signals {
            gestures.take(signal, WINDOW, 0.0);
        }
        gestures.drain()
    }

    #[test]
    fn a_left_drag_touches_the_board() {
        let said =
            gestures(&[down(Contact::Left, 10.0, 10.0), Signal::Mouse(at(60.0, 10.0)), Signal::Up(Contact::Left)]);
        assert_eq!(said, [Gesture::Press(at(10.0, 10.0), false), Gesture::Drag(at(60.0, 10.0)), Gesture::Release]);
    }

    #[test]
    fn a_press_on_a_panel_is_not_the_boards() {
        let held = Held { by_interface: true, ..Held::default() };
        for contact in [Contact::Left, Contact::Right, Contact::Finger(0)] {
            let press = Signal::Down { contact, at: at(5.0, 5.0), held };
            let said = gestures(&[press, Signal::Finger(0, at(50.0, 50.0)), Signal::Up(contact)]);
            assert_eq!(said, [], "{contact:?}");
        }
    }

    #[test]
    fn what_is_pressed_in_the_palette_is_dragged_to_the_board() {
        let held = Held { by_interface: true, stock: true, ..Held::default() };
        let press = |contact| Signal::Down { contact, at: at(5.0, 500.0), held };
        let moves = |contact, x, y| match contact {
            Contact::Finger(id) => Signal::Finger(id, at(x, y)),
            _ => Signal::Mouse(at(x, y)),
        };
        for contact in [Contact::Left, Contact::Finger(0)] {
            let tap = [press(contact), moves(contact, 9.0, 500.0), Signal::Up(contact)];
            assert_eq!(gestures(&tap), [], "a tap is the button's");
            let drag = [press(contact), moves(contact, 5.0, 400.0), moves(contact, 5.0, 300.0), Signal::Up(contact)];
            let carried = [Gesture::Carry(at(5.0, 400.0)), Gesture::Carry(at(5.0, 300.0))];
            let said = [&[Gesture::Fetch], &carried[..], &[Gesture::Drop(at(5.0, 300.0))]].concat();
            assert_eq!(gestures(&drag), said, "{contact:?}");
            assert_eq!(gestures(&[drag[0], drag[1], Signal::Lost]).last(), Some(&Gesture::Cancel));
        }
        assert_eq!(gestures(&[press(Contact::Right), Signal::Up(Contact::Right)]), []);
    }

    #[test]
    fn right_and_middle_move_the_view_and_a_right_click_goes_back() {
        for contact in [Contact::Right, Contact::Middle] {
            let said = gestures(&[down(contact, 10.0, 10.0), Signal::Mouse(at(40.0, 20.0)), Signal::Up(contact)]);
            assert_eq!(said, [Gesture::Pan(at(30.0, 10.0))]);
        }
        let click = [down(Contact::Right, 10.0, 10.0), Signal::Mouse(at(11.0, 10.0)), Signal::Up(Contact::Right)];
        assert_eq!(gestures(&click), [Gesture::Back]);
        assert_eq!(gestures(&[down(Contact::Middle, 1.0, 1.0), Signal::Up(Contact::Middle)]), []);
    }

    #[test]
    fn the_left_button_moves_the_view_while_that_is_held() {
        let held = Held { view: true, ..Held::default() };
        let press = Signal::Down { contact: Contact::Left, at: at(10.0, 10.0), held };
        let said = gestures(&[press, Signal::Mouse(at(10.0, 50.0)), Signal::Up(Contact::Left)]);
        assert_eq!(said, [Gesture::Pan(at(0.0, 40.0))]);
    }

    #[test]
    fn the_right_button_cancels_a_drag_and_the_rest_of_it_does_nothing() {
        let said = gestures(&[
            down(Contact::Left, 10.0, 10.0),
            down(Contact::Right, 10.0, 10.0),
            Signal::Up(Contact::Right),
            Signal::Up(Contact::Left),
        ]);
        assert_eq!(said, [Gesture::Press(at(10.0, 10.0), false), Gesture::Cancel]);
    }

    #[test]
    fn a_lost_pointer_cancels() {
        let said = gestures(&[down(Contact::Finger(3), 10.0, 10.0), Signal::Lost, Signal::Finger(3, at(90.0, 10.0))]);
        assert_eq!(said, [Gesture::Press(at(10.0, 10.0), false), Gesture::Cancel]);
    }

    #[test]
    fn outside_the_window_a_drag_waits_and_ends_where_it_was() {
        let said = gestures(&[
            down(Contact::Left, 10.0, 10.0),
            Signal::Mouse(at(30.0, 10.0)),
            Signal::Mouse(at(-30.0, 10.0)),
            Signal::Mouse(at(900.0, 10.0)),
            Signal::Up(Contact::Left),
        ]);
        assert_eq!(said, [Gesture::Press(at(10.0, 10.0), false), Gesture::Drag(at(30.0, 10.0)), Gesture::Release]);
    }

    #[test]
    fn a_second_finger_cancels_what_the_first_began_and_moves_the_view() {
        let said = gestures(&[
            down(Contact::Finger(1), 100.0, 100.0),
            Signal::Finger(1, at(120.0, 100.0)),
            down(Contact::Finger(2), 220.0, 100.0),
            Signal::Finger(2, at(320.0, 100.0)),
            Signal::Up(Contact::Finger(1)),
            Signal::Finger(2, at(400.0, 100.0)),
            Signal::Up(Contact::Finger(2)),
        ]);
        let begun = [Gesture::Press(at(100.0, 100.0), false), Gesture::Drag(at(120.0, 100.0)), Gesture::Cancel];
        let moved = [Gesture::Pan(at(50.0, 0.0)), Gesture::Zoom(2.0, at(220.0, 100.0))];
        assert_eq!(said, [begun.as_slice(), moved.as_slice()].concat());
    }

    #[test]
    fn a_finger_that_rests_holds_once_and_one_that_moves_does_not() {
        let mut gestures = Gestures::default();
        gestures.take(down(Contact::Finger(1), 100.0, 100.0), WINDOW, 1.0);
        gestures.take(Signal::Finger(1, at(103.0, 100.0)), WINDOW, 1.1);
        gestures.wait(1.2);
        assert!(!gestures.drain().contains(&Gesture::Hold));
        gestures.wait(1.5);
        gestures.wait(1.6);
        assert_eq!(gestures.drain(), [Gesture::Hold]);
        gestures.take(Signal::Up(Contact::Finger(1)), WINDOW, 2.0);
        gestures.take(down(Contact::Finger(1), 100.0, 100.0), WINDOW, 3.0);
        gestures.take(Signal::Finger(1, at(140.0, 100.0)), WINDOW, 3.1);
        gestures.wait(4.0);
        assert!(!gestures.drain().contains(&Gesture::Hold));
    }

    #[test]
    fn the_wheel_zooms_about_the_pointer_and_no_event_is_boundless() {
        let said =
            gestures(&[Signal::Wheel { lines: 1.0, at: at(7.0, 8.0) }, Signal::Wheel { lines: 1e9, at: at(7.0, 8.0) }]);
        assert_eq!(said[0], Gesture::Zoom(LINE, at(7.0, 8.0)));
        assert!(matches!(said[1], Gesture::Zoom(factor, _) if factor < 3.0));
    }
}
