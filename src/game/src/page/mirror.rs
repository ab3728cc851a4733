//! The page's outlet of the narration. Events carry it to `web/mirror.js`, which mirrors the game in the DOM for screen
//! readers; what is asked of that mirror comes back here.

use super::web::{dispatch, wake};
use crate::FrameSystems;
use crate::awake::Awake;
use crate::narration::{Ask, Asked, Live, Narration, NarrationSystems};
use bevy::prelude::*;
use pipe_maze_level::limits::FILE_BYTES_MAX;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    /// What the next frame does.
    static ASKED: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// Most that waits for a frame, and the most letters of an id.
const WAITING_MAX: usize = 64;
const ID_BYTES_MAX: usize = 200;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, take.in_set(FrameSystems::Script));
    app.add_systems(Update, (show, say).after(NarrationSystems));
}

/// Something is asked of a control by its id: `press`, `focus`, `more` or `less`. What is unknown is left alone.
#[wasm_bindgen]
pub fn mirror_ask(id: String, ask: &str) {
    let ask = match ask {
        "press" => Ask::Press,
        "focus" => Ask::Focus,
        "more" => Ask::More,
        "less" => Ask::Less,
        _ => return,
    };
    ASKED.with_borrow_mut(|asked| {
        if asked.len() < WAITING_MAX && id.len() <= ID_BYTES_MAX {
            asked.push(Asked { id, ask });
        }
    });
    wake();
}

/// A text is put into a control by its id.
#[wasm_bindgen]
pub fn mirror_write(id: String, text: String) {
    ASKED.with_borrow_mut(|asked| {
        if asked.len() < WAITING_MAX && id.len() <= ID_BYTES_MAX && text.len() <= FILE_BYTES_MAX {
            asked.push(Asked { id, ask: Ask::Write(text) });
        }
    });
    wake();
}

fn take(mut asked: MessageWriter<Asked>, mut awake: ResMut<Awake>) {
    for each in ASKED.with_borrow_mut(std::mem::take) {
        awake.stir();
        asked.write(each);
    }
}

fn show(narration: Res<Narration>) {
    if !narration.is_changed() {
        return;
    }
    match serde_json::to_string(&*narration) {
        Ok(json) => dispatch("pipemaze:shown", &[("json", &json)]),
        Err(e) => error!("the narration cannot be written: {e}"),
    }
}

fn say(live: Res<Live>, mut last: Local<u64>) {
    let (nth, text) = live.said();
    if nth != std::mem::replace(&mut *last, nth) {
        dispatch("pipemaze:said", &[("text", text)]);
    }
}
