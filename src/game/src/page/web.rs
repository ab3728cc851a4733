//! The browser's side: a queue of requests with their promises, and events on `window`.

use crate::awake::Awake;
use crate::language::{Language, Languages};
use crate::motion::SystemMotion;
use crate::script::{Ended, answer};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use js_sys::{Function, Promise};
use pipe_maze_level::Verdict;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit};

thread_local! {
    /// Requests that the next frame answers.
    static REQUESTS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
    /// Asks for a frame, however quiet the game is.
    static WAKE: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Most requests that wait for a frame.
const WAITING_MAX: usize = 256;

pub(super) fn plugin(app: &mut App) {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        dispatch("pipemaze:stopped", &[("message", &what_happened(info))]);
    }));
    app.insert_resource(SystemMotion { reduced: prefers_reduced_motion() });
    app.insert_resource(languages());
    app.add_systems(Update, tell_language.run_if(resource_changed::<Languages>));
    app.add_systems(Startup, learn_to_wake);
    app.add_systems(Update, answer_requests.in_set(FrameSystems::Script));
    app.add_systems(Update, (tell_first_frame, tell_end).after(FrameSystems::Show));
}

/// What the player's system or browser asks for.
fn prefers_reduced_motion() -> bool {
    let query =
        web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// What the browser asks for, unless the address says `?lang=…`, as the page around the game takes it too.
fn languages() -> Languages {
    let window = JsValue::from(web_sys::window());
    let tags = js_sys::Reflect::get(&window, &"navigator".into())
        .and_then(|navigator| js_sys::Reflect::get(&navigator, &"languages".into()))
        .map(|tags| js_sys::Array::from(&tags).iter().filter_map(|tag| tag.as_string()).collect::<Vec<_>>());
    let mut languages = Languages::of_system(tags.unwrap_or_default().iter().map(String::as_str));
    let search = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    let asked = search.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("lang="));
    languages.choose(asked.and_then(Language::for_tag));
    languages
}

/// Screen readers read the page in the language that its `lang` names.
fn tell_language(languages: Res<Languages>) {
    let page = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(page) = page {
        let _ = page.set_attribute("lang", languages.current().code());
    }
}

/// What the player is told of a panic: the message, and the place where it lies in the game's own code.
fn what_happened(info: &std::panic::PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("the program gave no reason").trim().to_owned();
    match info.location() {
        Some(location) if location.file().starts_with("src/") => format!("{message} ({location})"),
        _ => message,
    }
}

/// Requests come from outside of the event loop: they have to ask it for a frame.
fn learn_to_wake(event_loop: Res<EventLoopProxyWrapper>) {
    let event_loop = (**event_loop).clone();
    // An event loop that has ended draws no frame; its game answers nothing either.
    let wake = move || {
        let _ = event_loop.send_event(WinitUserEvent::WakeUp);
    };
    WAKE.with_borrow_mut(|slot| *slot = Some(Box::new(wake)));
}

/// Asks the game something. The promise is fulfilled, never broken, with the answer as JSON after the next frame.
#[wasm_bindgen]
pub fn script_request(request: String) -> Promise {
    Promise::new(&mut |resolve, _| {
        REQUESTS.with_borrow_mut(|requests| {
            if requests.len() < WAITING_MAX {
                requests.push((request.clone(), resolve));
            } else {
                let busy =
                    r#"{"ok":false,"error":{"code":"busy","message":"too many requests wait: await each answer"}}"#;
                let _ = resolve.call1(&JsValue::UNDEFINED, &busy.into());
            }
        });
        // The frame may come at once and take the requests: nobody may hold them now.
        wake();
    })
}

/// Asks for a frame, however quiet the game is.
pub(super) fn wake() {
    WAKE.with_borrow(|wake| {
        if let Some(wake) = wake {
            wake();
        }
    });
}

fn answer_requests(world: &mut World) {
    let requests = REQUESTS.with_borrow_mut(std::mem::take);
    if !requests.is_empty() {
        world.resource_mut::<Awake>().stir();
    }
    for (request, resolve) in requests {
        let answer = answer(world, &request);
        let _ = resolve.call1(&JsValue::UNDEFINED, &answer.into());
    }
}

/// The title has been drawn once: the loader can go.
fn tell_first_frame(screen: Res<State<Screen>>, mut frames: Local<u32>) {
    if *screen.get() == Screen::Loading || *frames > 2 {
        return;
    }
    *frames += 1;
    if *frames == 2 {
        dispatch("pipemaze:first-frame", &[]);
    }
}

fn tell_end(mut ended: MessageReader<Ended>, session: Option<Res<crate::session::Session>>) {
    for Ended(verdict) in ended.read() {
        let name = if *verdict == Verdict::Won { "pipemaze:won" } else { "pipemaze:lost" };
        let Some(session) = session.as_ref().filter(|session| !session.is_visiting()) else { continue };
        let digest = session.play().map(|play| play.digest().to_string()).unwrap_or_default();
        dispatch(name, &[("level", &session.level().id), ("digest", &digest)]);
    }
}

/// Tells the page by an event on `window`.
pub(super) fn dispatch(name: &str, detail: &[(&str, &str)]) {
    let object = js_sys::Object::new();
    for (key, value) in detail {
        let _ = js_sys::Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    let init = CustomEventInit::new();
    init.set_detail(&object);
    let event = CustomEvent::new_with_event_init_dict(name, &init);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}
