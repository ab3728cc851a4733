//! The game inside another page's frame, asked by messages.

use pipe_maze_tests::game::FOLLOW_LIMIT;
use pipe_maze_tests::session::{Options, Session};
use serde_json::json;

#[test]
fn an_embedding_page_asks_by_messages() {
    let mut session = Session::prepare(&Options { width: 480, height: 320, ..Options::default() });
    let page = &mut session.page;
    let frame = page.call("Page.getFrameTree", &json!({}))["frameTree"]["frame"]["id"].clone();
    let html = format!("<iframe id=game width=320 height=240 src=\"{}\"></iframe>", session.url);
    page.call("Page.setDocumentContent", &json!({ "frameId": frame, "html": html }));
    page.evaluate(
        "window.answers = {}; addEventListener('message', (message) => { \
         const { id, result, event } = message.data.pipeMaze ?? {}; answers[id ?? event] = result ?? true; }); \
         window.ask = (id, method, ...args) => document.getElementById('game').contentWindow \
         .postMessage({ pipeMaze: { id, method, args } }, '*'); true",
    );
    // The frame may not listen yet: ask until it answers.
    page.wait_until("(ask('bad', 'advance', -1), 'bad' in answers)", FOLLOW_LIMIT);
    assert_eq!(page.evaluate("answers.bad.error.code"), "bad-request");
    page.evaluate("ask(2, 'constructor'); true");
    page.wait_until("2 in answers", FOLLOW_LIMIT);
    assert_eq!(page.evaluate("answers[2].error.code"), "bad-request");

    page.evaluate("ask('ready', 'ready'); true");
    page.wait_until(
        "'ready' in answers && 'pipemaze:first-frame' in answers",
        pipe_maze_tests::game::FIRST_FRAME_LIMIT,
    );
    assert_eq!(page.evaluate("answers.ready.ok"), true);
}
