//! `window.pipeMaze`: bad arguments get an error value that explains, and change nothing.

use pipe_maze_tests::session::{Options, Session};

/// Refused by the page itself, before the game is asked.
const REFUSED_BY_PAGE: &[(&str, &str)] = &[
    ("loadLevel()", "bad-request"),
    ("loadLevel(null)", "bad-request"),
    ("loadLevel('1-1')", "bad-request"),
    ("loadLevel({})", "bad-request"),
    ("loadLevel({ id: '1-1', ron: '()' })", "bad-request"),
    ("loadLevel({ id: 7 })", "bad-request"),
    ("loadLevel({ ron: '' })", "bad-request"),
    ("loadLevel({ ron: 'x'.repeat(2 ** 21) })", "too-large"),
    ("send()", "bad-request"),
    ("send('')", "bad-request"),
    ("send([1])", "bad-request"),
    ("send((() => { const ring = {}; ring.ring = ring; return ring; })())", "bad-request"),
    ("send({ many: 10n })", "bad-request"),
    ("mergeProgress()", "bad-request"),
    ("mergeProgress({})", "bad-request"),
    ("advance()", "bad-request"),
    ("advance(-1)", "bad-request"),
    ("advance(NaN)", "bad-request"),
    ("advance(Infinity)", "bad-request"),
    ("advance('250')", "bad-request"),
];

/// Refused by the game at its title; what the error is called is the game's to say.
const REFUSED_BY_GAME: &[&str] = &[
    "loadLevel({ id: 'no-such-level' })",
    "loadLevel({ id: '../../secret' })",
    "loadLevel({ ron: 'not ron at all' })",
    "loadLevel({ ron: '('.repeat(100000) })",
    "send({ nonsense: true })",
    "send('Nonsense')",
    "send('Pause')",
    "send({ Speed: 2 })",
    "advance(250)",
    "digest()",
    "mergeProgress('{}')",
    "mergeProgress('{\"format\": 99, \"levels\": {}}')",
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
    assert!(page.answers_requests(), "the page of the game answers requests");
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
