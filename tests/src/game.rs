//! The game as a player knows it: its state, its buttons, its cells.
//!
//! The script interface is used to *read*. What tests do, they do with [`input`](crate::input).

use crate::input::{Point, Pointer};
use crate::page::Page;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Drawing in software, the first frame takes long to come.
pub const FIRST_FRAME_LIMIT: Duration = Duration::from_secs(120);
/// How long the game may take to follow what a player did.
pub const FOLLOW_LIMIT: Duration = Duration::from_secs(60);

/// A cell of the board: column and row, from the upper left.
pub type Cell = (u32, u32);

impl Page {
    /// Waits until the game has drawn for the first time; seconds from the page's start.
    #[track_caller]
    pub fn wait_for_first_frame(&mut self) -> f64 {
        self.wait_until(
            "window.pipeMazeSeen?.some((event) => event.name == 'first-frame') ?? false",
            FIRST_FRAME_LIMIT,
        );
        let at = self.evaluate("pipeMazeSeen.find((event) => event.name == 'first-frame').at_ms");
        at.as_f64().unwrap_or_default() / 1000.0
    }

    /// Whether this build of the game answers requests.
    #[track_caller]
    pub fn answers_requests(&mut self) -> bool {
        self.evaluate("pipeMaze.state().then((answer) => answer.error?.code != 'unavailable')") == Value::Bool(true)
    }

    /// The answer of a method of `window.pipeMaze`, written as in JavaScript: `advance(250)`.
    #[track_caller]
    pub fn ask(&mut self, call: &str) -> Value {
        self.evaluate(&format!("pipeMaze.{call}"))
    }

    /// The value of such an answer; it must be a success.
    #[track_caller]
    pub fn ask_value(&mut self, call: &str) -> Value {
        let answer = self.ask(call);
        assert_eq!(answer["ok"], true, "pipeMaze.{call}: {answer}");
        answer["value"].clone()
    }

    /// The game's state.
    #[track_caller]
    pub fn state(&mut self) -> Value {
        self.ask_value("state()")
    }

    /// Waits until the state is as wished; `wish` says so in messages.
    #[track_caller]
    pub fn wait_for_state(&mut self, wish: &str, limit: Duration, is_so: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + limit;
        loop {
            let state = self.state();
            if is_so(&state) {
                return state;
            }
            if Instant::now() > deadline {
                let picture = self.screenshot("failed-state");
                panic!("not within {} s: {wish}\npicture: {}\nstate: {state:#}", limit.as_secs(), picture.display());
            }
            self.settle();
        }
    }

    /// Waits for a screen: `title`, `map`, `codex`, `plan`, `flow` or `debrief`.
    #[track_caller]
    pub fn wait_for_screen(&mut self, screen: &str) -> Value {
        self.wait_for_state(&format!("the screen `{screen}`"), FOLLOW_LIMIT, |state| state["screen"] == screen)
    }

    /// Clicks or taps a button of the game, once it is there.
    #[track_caller]
    pub fn click_button(&mut self, pointer: Pointer, id: &str) {
        let state =
            self.wait_for_state(&format!("the button `{id}`"), FOLLOW_LIMIT, |state| button(state, id).is_some());
        let Some(center) = button(&state, id) else {
            return;
        };
        self.click(pointer, center);
    }

    /// Goes to a button with the Tab key and presses it with Enter, as `state().focus` tells where one is.
    #[track_caller]
    pub fn press_button(&mut self, id: &str) {
        self.press_button_by(id, Self::key);
    }

    /// The same with whatever presses keys of these names.
    #[track_caller]
    pub fn press_button_by(&mut self, id: &str, press: impl Fn(&mut Self, &str)) {
        const STOPS_MAX: usize = 64;
        for _ in 0..STOPS_MAX {
            if self.state()["focus"] == id {
                press(self, "Enter");
                return;
            }
            press(self, "Tab");
        }
        panic!("the Tab key does not lead to `{id}`\nstate: {:#}", self.state());
    }

    /// From the title over the map to the level that comes next there.
    #[track_caller]
    pub fn go_to_level(&mut self, pointer: Pointer) {
        self.click_button(pointer, "play");
        self.wait_for_screen("map");
        self.click_button(pointer, "open");
        self.wait_for_screen("plan");
    }

    /// Drags from cell to cell of the board.
    #[track_caller]
    pub fn drag_cells(&mut self, pointer: Pointer, cells: &[Cell]) {
        let state = self.state();
        let points: Vec<_> = cells.iter().map(|cell| center(&state, *cell)).collect();
        self.drag(pointer, &points);
    }

    /// Clicks or taps a cell of the board.
    #[track_caller]
    pub fn click_cell(&mut self, pointer: Pointer, cell: Cell) {
        self.drag_cells(pointer, &[cell]);
    }

    /// Walks the board's cursor to a cell with the arrow keys, as `state().cursor` tells where it is.
    #[track_caller]
    pub fn walk_cursor(&mut self, cell: Cell) {
        self.walk_cursor_by(cell, Self::key);
    }

    /// The same with whatever presses keys of these names.
    #[track_caller]
    pub fn walk_cursor_by(&mut self, (column, row): Cell, press: impl Fn(&mut Self, &str)) {
        const STEPS_MAX: usize = 256;
        for _ in 0..STEPS_MAX {
            let state = self.state();
            let cursor = &state["cursor"];
            let (Some(x), Some(y)) = (cursor[0].as_u64(), cursor[1].as_u64()) else {
                panic!("the board has no cursor\nstate: {state:#}");
            };
            let (column, row) = (u64::from(column), u64::from(row));
            let key = match (x.cmp(&column), y.cmp(&row)) {
                (std::cmp::Ordering::Less, _) => "ArrowRight",
                (std::cmp::Ordering::Greater, _) => "ArrowLeft",
                (_, std::cmp::Ordering::Less) => "ArrowDown",
                (_, std::cmp::Ordering::Greater) => "ArrowUp",
                _ => return,
            };
            press(self, key);
        }
        panic!("the arrow keys do not lead to ({column}, {row})");
    }
}

fn button(state: &Value, id: &str) -> Option<Point> {
    let button = state["buttons"].as_array()?.iter().find(|button| button["id"] == id)?;
    let number = |name: &str| button[name].as_f64();
    Some((number("x")? + number("w")? / 2.0, number("y")? + number("h")? / 2.0))
}

#[track_caller]
fn center(state: &Value, (column, row): Cell) -> Point {
    let board = &state["board"];
    let number = |name: &str| board[name].as_f64().unwrap_or_else(|| panic!("no board.{name}\nstate: {state:#}"));
    let middle = |index: u32| f64::from(index) + 0.5;
    (number("x") + number("cell") * middle(column), number("y") + number("cell") * middle(row))
}
