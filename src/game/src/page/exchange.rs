//! Files and texts that go into the page and out of it: downloads, the file picker, dropping, the clipboard, and what
//! stands behind the `#` of the address.

use crate::exchange::{Arrival, FILE_READ_MAX, Offered};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget, HtmlElement, Window};

thread_local! {
    /// What came in since it was asked for last.
    static ARRIVED: RefCell<Vec<Arrival>> = const { RefCell::new(Vec::new()) };
}

/// Most things that wait for a frame.
const WAITING_MAX: usize = 16;
/// How long a downloaded file's address stays good, in milliseconds.
const REVOKE_AFTER_MS: i32 = 60_000;

pub fn arrived() -> Vec<Arrival> {
    ARRIVED.with_borrow_mut(std::mem::take)
}

fn arrive(arrival: Arrival) {
    ARRIVED.with_borrow_mut(|arrived| {
        if arrived.len() < WAITING_MAX {
            arrived.push(arrival);
        }
    });
    super::web::wake();
}

/// Listens for files that are dropped and for another `#`, and takes the one with which the page was opened.
pub fn listen() {
    let Some(window) = web_sys::window() else { return };
    on(&window, "dragover", |event| event.prevent_default());
    on(&window, "drop", |event| {
        event.prevent_default();
        let files = get(&event, "dataTransfer").and_then(|transfer| get(&transfer, "files"));
        files.into_iter().for_each(|files| read_all(&files));
    });
    on(&window, "hashchange", |_| take_fragment());
    take_fragment();
}

fn take_fragment() {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    let fragment = hash.trim_start_matches('#');
    if !fragment.is_empty() {
        arrive(Arrival::Fragment(fragment.to_owned()));
    }
}

/// Reads files of a list, as far as the game could read them.
fn read_all(files: &JsValue) {
    for file in Array::from(files).iter() {
        let name = get(&file, "name").and_then(|name| name.as_string()).unwrap_or_default();
        let size = get(&file, "size").and_then(|size| size.as_f64()).unwrap_or(f64::MAX);
        if size > FILE_READ_MAX as f64 {
            // It is told of as any other file that is too large.
            arrive(Arrival::File(name, vec![0; FILE_READ_MAX + 1]));
            continue;
        }
        let Some(buffer) = call(&file, "arrayBuffer", &[]) else { continue };
        then(buffer, move |buffer| arrive(Arrival::File(name.clone(), Uint8Array::new(&buffer).to_vec())));
    }
}

pub fn offer(name: &str, bytes: &[u8]) -> Result<Offered, String> {
    let parts = Array::of1(&Uint8Array::from(bytes).into());
    let address = construct("Blob", &[&parts.into()])
        .and_then(|blob| call(&global("URL")?, "createObjectURL", &[&blob]))
        .and_then(|address| address.as_string());
    let Some(address) = address else { return Err("the browser takes no file".into()) };
    if let Some(link) = element("a") {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    let revoke = Closure::once_into_js(move || {
        global("URL").and_then(|url| call(&url, "revokeObjectURL", &[&address.into()]));
    });
    if let Some(window) = web_sys::window() {
        call(&window, "setTimeout", &[&revoke, &REVOKE_AFTER_MS.into()]);
    }
    Ok(Offered::Downloaded)
}

pub fn pick() {
    let Some(input) = element("input") else { return };
    let _ = input.set_attribute("type", "file");
    let _ = input.set_attribute("accept", ".pipemaze,.ron,.yaml,.yml,.txt");
    on(&input.clone(), "change", move |event| {
        let files = get(&event, "target").and_then(|input| get(&input, "files"));
        files.into_iter().for_each(|files| read_all(&files));
    });
    input.click();
}

pub fn copy(text: &str) -> bool {
    clipboard().and_then(|clipboard| call(&clipboard, "writeText", &[&text.into()])).is_some_and(|promise| {
        // Where the browser forbids it nothing can be done; the link can be read on screen.
        then(promise, |_| {});
        true
    })
}

pub fn paste() {
    let Some(promise) = clipboard().and_then(|clipboard| call(&clipboard, "readText", &[])) else { return };
    then(promise, |text| text.as_string().into_iter().for_each(|text| arrive(Arrival::Pasted(text))));
}

pub fn address() -> Option<String> {
    let href = web_sys::window()?.location().href().ok()?;
    Some(href.split('#').next().unwrap_or_default().to_owned())
}

fn clipboard() -> Option<JsValue> {
    get(&global("navigator")?, "clipboard")
}

fn element(name: &str) -> Option<HtmlElement> {
    web_sys::window().and_then(|window: Window| window.document())?.create_element(name).ok()?.dyn_into().ok()
}

fn on(target: &EventTarget, name: &str, heed: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(heed);
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Does something with what a promise brings; what it refuses is let go.
fn then(promise: JsValue, heed: impl FnOnce(JsValue) + 'static) {
    let Ok(promise) = promise.dyn_into::<Promise>() else { return };
    let kept: Function = Closure::once_into_js(heed).unchecked_into();
    let broken: Function = Closure::once_into_js(|_: JsValue| {}).unchecked_into();
    let _ = Reflect::get(&promise, &"then".into())
        .ok()
        .and_then(|then| then.dyn_into::<Function>().ok())
        .and_then(|then| then.call2(&promise, &kept, &broken).ok());
}

fn global(name: &str) -> Option<JsValue> {
    get(&js_sys::global(), name)
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn call(of: &JsValue, method: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let method: Function = get(of, method)?.dyn_into().ok()?;
    method.apply(of, &arguments.iter().copied().collect()).ok()
}

fn construct(class: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let class: Function = global(class)?.dyn_into().ok()?;
    Reflect::construct(&class, &arguments.iter().copied().collect()).ok()
}
