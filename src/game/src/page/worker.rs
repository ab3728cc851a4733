//! The page's worker, `worker.js`: another thread of the browser, with a small wasm of its own, that computes one job
//! and can be terminated. The binding is written out here: it is four names of a large interface.

use crate::background::{Beside, Wake};
use js_sys::{Function, Object, Reflect};
use pipe_maze_prover::{Job, News};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Worker;
    #[wasm_bindgen(constructor, catch)]
    fn new(file: &str, options: &Object) -> Result<Worker, JsValue>;
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Worker, message: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn terminate(this: &Worker);
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &Worker, handler: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Worker, handler: &Function);
}

/// The script, beside the page.
const FILE: &str = "worker.js";

thread_local! {
    /// The workers that are at work. They belong to the browser's main thread, as everything of the page does; the game
    /// knows them by their numbers.
    static WORKERS: RefCell<BTreeMap<u32, Seat>> = const { RefCell::new(BTreeMap::new()) };
}

/// A worker, and what has been heard of it.
struct Seat {
    worker: Worker,
    heard: Vec<Heard>,
    /// Called by the browser as long as the worker lives.
    _handlers: [Closure<dyn FnMut(JsValue)>; 2],
}

enum Heard {
    News(String),
    /// The job broke off.
    Broken(String),
    /// No job can be computed there.
    Unusable(String),
}

/// A worker that computes a job.
pub struct PageWorker {
    number: u32,
    has_told: bool,
}

impl PageWorker {
    /// Starts it; `wake` is called after each piece of news.
    ///
    /// # Errors
    /// Why the browser gives no worker, or why the job cannot be handed over.
    pub fn start(job: &Job, wake: Wake) -> Result<Self, String> {
        let text = job.to_text().ok_or("the job cannot be put into words")?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"module".into()).map_err(|e| words(&e))?;
        let worker = Worker::new(FILE, &options).map_err(|e| words(&e))?;
        let number = WORKERS.with_borrow(|workers| workers.last_key_value().map_or(0, |(last, _)| last + 1));
        let handler = |read: fn(&JsValue) -> Heard| {
            let wake = Arc::clone(&wake);
            Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
                WORKERS.with_borrow_mut(|workers| {
                    if let Some(seat) = workers.get_mut(&number) {
                        seat.heard.push(read(&event));
                    }
                });
                // The frame may come at once and take what was heard: nobody may hold it now.
                wake();
            })
        };
        let handlers = [handler(message), handler(failure)];
        worker.set_onmessage(handlers[0].as_ref().unchecked_ref());
        worker.set_onerror(handlers[1].as_ref().unchecked_ref());
        worker.post_message(&text).map_err(|e| words(&e))?;
        WORKERS.with_borrow_mut(|workers| {
            workers.insert(number, Seat { worker, heard: Vec::new(), _handlers: handlers });
        });
        Ok(Self { number, has_told: false })
    }
}

impl Beside for PageWorker {
    fn hear(&mut self) -> Result<Vec<News>, String> {
        let heard = WORKERS.with_borrow_mut(|workers| {
            workers.get_mut(&self.number).map(|seat| std::mem::take(&mut seat.heard)).unwrap_or_default()
        });
        let mut news = Vec::new();
        for each in heard {
            match each {
                Heard::News(text) => news.push(News::parse(&text).unwrap_or_else(News::Failed)),
                Heard::Unusable(reason) if !self.has_told => return Err(reason),
                Heard::Unusable(reason) | Heard::Broken(reason) => news.push(News::Failed(reason)),
            }
            self.has_told = true;
        }
        Ok(news)
    }
}

impl Drop for PageWorker {
    fn drop(&mut self) {
        if let Some(seat) = WORKERS.with_borrow_mut(|workers| workers.remove(&self.number)) {
            seat.worker.terminate();
        }
    }
}

/// What a message of `worker.js` says.
fn message(event: &JsValue) -> Heard {
    let data = Reflect::get(event, &"data".into()).unwrap_or_default();
    let field = |name: &str| Reflect::get(&data, &name.into()).ok().and_then(|value| value.as_string());
    if let Some(news) = field("news") {
        Heard::News(news)
    } else if let Some(reason) = field("broken") {
        Heard::Broken(reason)
    } else {
        Heard::Unusable(field("unusable").unwrap_or_else(|| words(&data)))
    }
}

/// An error that nobody caught there: as a rule, a file of the worker is missing. The event of that says nothing.
fn failure(event: &JsValue) -> Heard {
    let message = Reflect::get(event, &"message".into()).ok().and_then(|message| message.as_string());
    Heard::Unusable(message.unwrap_or_else(|| format!("{FILE} cannot be loaded")))
}

fn words(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| format!("{value:?}"))
}
