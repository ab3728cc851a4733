//! The browser's storage of the page's origin: `window.localStorage`, reached by its names so that no binding of the
//! whole interface is needed.

use crate::store::{Fault, Shelf};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What all keys begin with: other pages of the same origin may keep things there, too.
const PREFIX: &str = "pipe-maze/";

/// `window.localStorage`. Browsers refuse it to pages in some frames and modes: then even asking for it throws.
pub struct LocalStorage;

impl Shelf for LocalStorage {
    fn read(&self, name: &str) -> Result<Option<String>, Fault> {
        Ok(call("getItem", &[&key(name)])?.as_string())
    }

    fn write(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        call("setItem", &[&key(name), &text.into()]).map(|_| ())
    }

    fn remove(&mut self, name: &str) -> Result<(), Fault> {
        call("removeItem", &[&key(name)]).map(|_| ())
    }
}

fn key(name: &str) -> JsValue {
    format!("{PREFIX}{name}").into()
}

fn call(method: &str, arguments: &[&JsValue]) -> Result<JsValue, Fault> {
    let storage = Reflect::get(&js_sys::global(), &"localStorage".into()).map_err(|e| fault(&e))?;
    let method = Reflect::get(&storage, &method.into()).map_err(|e| fault(&e))?;
    let method: Function = method.dyn_into().map_err(|_| Fault::Forbidden)?;
    method.apply(&storage, &arguments.iter().copied().collect()).map_err(|e| fault(&e))
}

/// What is full throws a `QuotaExceededError`.
fn fault(error: &JsValue) -> Fault {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    if name.as_deref() == Some("QuotaExceededError") { Fault::Full } else { Fault::Forbidden }
}
