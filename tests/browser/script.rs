//! `window.pipeMaze`: bad arguments get an error value that explains, and change nothing.

use pipe_maze_tests::session::{Options, Session};

/// Refused by the page itself, before the game is asked.
const REFUSED_BY_PAGE: &[(&str, &str)] = &[
    ("loadLevel()", "bad_argument"),
    ("loadLevel(null)", "bad_argument"),
    ("loadLevel('1-1')", "bad_argument"),
    ("loadLevel({})", "bad_argument"),
    ("loadLevel({ id: '1-1', ron: '()' })", "bad_argument"),
    ("loadLevel({ id: 7 })", "bad_argument"),
    ("loadLevel({ ron: '' })", "bad_argument"),
    ("loadLevel({ ron: 'x'.repeat(2 ** 21) })", "too_large"),
    ("send()", "bad_argument"),
    ("send([1])", "bad_argument"),
    ("send((() => { const ring = {}; ring.ring = ring; return ring; })())", "bad_argument"),
    ("send({ many: 10n })", "bad_argument"),
    ("advance()", "bad_argument"),
    ("advance(-1)", "bad_argument"),
    ("advance(NaN)", "bad_argument"),
    ("advance(Infinity)", "bad_argument"),
    ("advance('250')", "bad_argument"),
];

/// Refused by the game; what the error is called is the game's to say.
const REFUSED_BY_GAME: &[&str] = &[
    "loadLevel({ id: 'no-such-level' })",
    "loadLevel({ id: '../../secret' })",
    "loadLevel({ ron: 'not ron at all' })",
    "loadLevel({ ron: '('.repeat(100000) })",
    "send({ nonsense: true })",
];

#[test]
fn bad_arguments_get_error_values() {
    let mut session = Session::open(&Options { width: 320, height: 240, ..Options::default() });
    let page = &mut session.page;
    page.wait_until("'pipeMaze' in window", pipe_maze_tests::game::FOLLOW_LIMIT);
    for (call, code) in REFUSED_BY_PAGE {
        let answer = page.ask(call);
        assert_eq!(answer["ok"], false, "{call}: {answer}");
        assert_eq!(answer["error"]["code"], *code, "{call}: {answer}");
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.len() > 15, "{call}: {answer} does not explain");
    }

    page.wait_for_first_frame();
    if !page.answers_requests() {
        println!("this build of the game answers no requests; the rest is left out");
        return;
    }
    let before = page.state();
    for call in REFUSED_BY_GAME {
        let answer = page.ask(call);
        assert_eq!(answer["ok"], false, "{call}: {answer}");
        assert!(answer["error"]["code"].is_string() && answer["error"]["message"].is_string(), "{call}: {answer}");
    }
    let after = page.state();
    for what in ["screen", "level", "time_ms"] {
        assert_eq!(before[what], after[what], "{what} has changed");
    }
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
