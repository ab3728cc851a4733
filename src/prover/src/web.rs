//! The way from the page's worker (`web/worker.js`) into the wasm, and out again.

use js_sys::Function;
use pipe_maze_prover::perform;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(message: &str);
}

/// Computes the job that the text describes, and tells each of its news, as a text, to that function. It returns when
/// all is told; whoever loses interest before terminates the worker.
#[wasm_bindgen]
pub fn run(job: &str, tell: &Function) {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
    perform(job, &mut |news| {
        // The worker posts it to the page, which throws nothing.
        let _ = tell.call1(&JsValue::UNDEFINED, &news.to_text().into());
    });
}
