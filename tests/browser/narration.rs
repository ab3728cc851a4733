//! The game for those who hear it: the whole first level by keyboard, with the mirror in the DOM asserted at each step,
//! and presses as assistive technology makes them.

use pipe_maze_tests::game::{Cell, FOLLOW_LIMIT};
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::Value;
use std::time::Duration;

/// A run takes 15 s at the highest speed; slow drawing slows it down.
const RUN_LIMIT: Duration = Duration::from_secs(240);

/// Where the warp pipe's middle goes.
const WARP: Cell = (5, 4);
/// From the spring into the warp pipe, and from there to the two rooms; each with what is said of it.
const PIPES: [(&[Cell], &str); 3] = [
    (&[(3, 2), (3, 3), (3, 4)], "Laid: Pipe from Spring to Warp Pipe."),
    (&[(6, 4), (7, 4), (8, 4), (8, 5), (8, 6), (9, 6)], "Laid: Pipe from Warp Pipe to North, Machine Room."),
    (
        &[(6, 5), (6, 6), (5, 6), (4, 6), (3, 6), (3, 7), (3, 8), (3, 9), (3, 10)],
        "Laid: Pipe from Warp Pipe to South, Machine Room.",
    ),
];

/// Notes all that the live region says.
const LISTENER: &str =
    "window.heard = []; new MutationObserver(() => heard.push(document.getElementById('said').textContent))
    .observe(document.getElementById('said'), { childList: true }); true";

/// What the canvas names as active: a real element, with all that it says of itself.
const ACTIVE: &str = "(() => {
    const id = document.getElementById('pipe-maze').getAttribute('aria-activedescendant');
    const node = id === null ? null : document.getElementById(id);
    if (node === null) return { id: null };
    const said = (name) => node.getAttribute(name);
    return { id: node.dataset.id, role: said('role'), name: said('aria-label'), help: said('aria-description') ?? '',
        pressed: said('aria-pressed'), checked: said('aria-checked'), now: said('aria-valuenow'),
        text: said('aria-valuetext'), disabled: said('aria-disabled') };
})()";

/// Controls without a name or a role, or with the key of a text for a name; and ids that are there twice.
const FLAWS: &str = "(() => {
    const all = [...document.querySelectorAll('#controls [data-id]')];
    const bad = all.filter((node) => !node.getAttribute('role') || !node.getAttribute('aria-label')?.trim()
        || /^(control|kind|param|sheet|settings)-/.test(node.getAttribute('aria-label')));
    const twice = all.filter((node) => document.querySelectorAll('#' + CSS.escape(node.id)).length > 1);
    return [...bad, ...twice].map((node) => node.outerHTML);
})()";

fn open() -> Session {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.evaluate(LISTENER);
    page.wait_for_screen("title");
    session
}

#[track_caller]
fn active(page: &mut Page) -> Value {
    page.evaluate(ACTIVE)
}

/// Waits until what is active is as wished.
#[track_caller]
fn wait_active(page: &mut Page, condition: &str) -> Value {
    page.wait_until(&format!("(() => {{ const active = {ACTIVE}; return {condition} || active; }})()"), FOLLOW_LIMIT);
    active(page)
}

/// Waits until the live region has said this, in whole or as a part.
#[track_caller]
fn hears(page: &mut Page, words: &str, limit: Duration) {
    let condition = format!("heard.some((said) => said.includes({})) || heard", Value::from(words));
    page.wait_until(&condition, limit);
}

#[track_caller]
fn every_control_has_its_words(page: &mut Page, least: u64) {
    page.wait_until(&format!("document.querySelectorAll('#controls [data-id]').length >= {least}"), FOLLOW_LIMIT);
    let flaws = page.evaluate(FLAWS);
    assert_eq!(flaws, Value::Array(Vec::new()), "{flaws:#}");
}

/// Goes to a control with the Tab key; on the way the mirror names each that gets the focus.
#[track_caller]
fn tab_to(page: &mut Page, id: &str) -> Value {
    const STOPS_MAX: usize = 64;
    for _ in 0..STOPS_MAX {
        let focus = page.state()["focus"].clone();
        if let Some(focus) = focus.as_str() {
            let mirrored = wait_active(page, &format!("active.id === {}", Value::from(focus)));
            assert!(mirrored["name"].as_str().is_some_and(|name| !name.is_empty()), "{focus}: {mirrored}");
            if focus == id {
                return mirrored;
            }
        }
        page.key("Tab");
    }
    panic!("the Tab key does not lead to `{id}`");
}

/// Walks the cursor to a cell; the mirror says of each cell on the way what is there and where it is.
#[track_caller]
fn walk(page: &mut Page, (column, row): Cell) -> Value {
    loop {
        let cursor = page.state()["cursor"].clone();
        let (x, y) = (cursor[0].as_u64().unwrap_or_default() as u32, cursor[1].as_u64().unwrap_or_default() as u32);
        let here = wait_active(page, &format!("active.id === 'cell-{x}-{y}'"));
        let name = here["name"].as_str().unwrap_or_default();
        assert!(name.contains(&format!("At column {}, row {}", x + 1, y + 1)), "{here}");
        assert!(here["help"].as_str().is_some_and(|help| help.contains("Around: up ")), "{here}");
        let key = match (x.cmp(&column), y.cmp(&row)) {
            (std::cmp::Ordering::Less, _) => "ArrowRight",
            (std::cmp::Ordering::Greater, _) => "ArrowLeft",
            (_, std::cmp::Ordering::Less) => "ArrowDown",
            (_, std::cmp::Ordering::Greater) => "ArrowUp",
            _ => return here,
        };
        page.key(key);
    }
}

#[test]
fn the_first_level_is_won_by_ear() {
    let mut session = open();
    let page = &mut session.page;
    // The title.
    every_control_has_its_words(page, 4);
    let play = tab_to(page, "play");
    assert_eq!((&play["role"], &play["name"]), (&"button".into(), &"Play".into()));
    page.key("Enter");
    // The map: the level that comes next is under the feet of the Navigator.
    page.wait_for_screen("map");
    hears(page, "The maze under the town", FOLLOW_LIMIT);
    let level = wait_active(page, "active.id === 'level-1'");
    assert!(level["name"].as_str().is_some_and(|name| name.contains("Two Machine Rooms, Puzzle")), "{level}");
    assert!(level["help"].as_str().is_some_and(|help| help.starts_with("Comes next, 0 of 3 stars.")), "{level}");
    every_control_has_its_words(page, 8);
    page.key("Enter");
    // The plan: the level is told, what it asks for, what stands where.
    page.wait_for_screen("plan");
    hears(page, "Two Machine Rooms. More requests come than one room can work off.", FOLLOW_LIMIT);
    hears(page, "The Sage: Take the warp pipe: it splits the water.", FOLLOW_LIMIT);
    page.wait_until("document.getElementById('place').textContent === 'Two Machine Rooms: building'", FOLLOW_LIMIT);
    let standing = page.evaluate("[...document.querySelectorAll('#standing li')].map((line) => line.textContent)");
    let standing = standing.to_string();
    for line in ["95 % answered within 900 ms", "p99 under 1.30 s", "Cost at most 220: 0, met", "260 coins left"] {
        assert!(standing.contains(line), "{line}: {standing}");
    }
    page.wait_until(
        "[...document.querySelectorAll('#board li')].some((line) => line.textContent.startsWith('Spring: column 4, row 1; outlet at column 4, row 3'))",
        FOLLOW_LIMIT,
    );
    // Nothing is selected: what can be done with a selection is not there.
    every_control_has_its_words(page, 11);
    // The warp pipe.
    let slot = tab_to(page, "slot-warp-pipe");
    assert_eq!(slot["name"], "Warp Pipe, 80 coins, 1 left");
    assert_eq!(slot["pressed"], "false");
    page.key("Enter");
    let there = walk(page, WARP);
    assert!(there["name"].as_str().is_some_and(|name| name.ends_with(", 80")), "its price: {there}");
    assert!(there["help"].as_str().is_some_and(|help| help.starts_with("Enter places it here.")), "{there}");
    page.key("Enter");
    hears(page, "Placed: Warp Pipe, column 5, row 4. 180 coins left.", FOLLOW_LIMIT);
    wait_active(page, "active.name.startsWith('Warp Pipe. At column 6, row 5')");
    page.key("w");
    hears(page, "No Warp Pipe left.", FOLLOW_LIMIT);
    page.key("p");
    for (cells, told) in PIPES {
        let start = walk(page, cells[0]);
        assert!(start["help"].as_str().is_some_and(|help| help.starts_with("Enter begins a pipe here.")), "{start}");
        page.key("Enter");
        for cell in &cells[1..] {
            walk(page, *cell);
        }
        let end = wait_active(page, "active.help.startsWith('Enter ends the pipe here.')");
        assert!(end["name"].as_str().is_some_and(|name| name.contains(&format!("{} cells, ", cells.len()))), "{end}");
        page.key("Enter");
        hears(page, told, FOLLOW_LIMIT);
    }
    // The water.
    page.key("f");
    page.wait_for_screen("flow");
    hears(page, "The water flows.", FOLLOW_LIMIT);
    page.key("4");
    wait_active(page, "document.getElementById('control-of-speed-4')?.getAttribute('aria-checked') === 'true'");
    let speed = tab_to(page, "speed-4");
    assert_eq!((&speed["role"], &speed["name"]), (&"radio".into(), &"Speed 8x".into()));
    every_control_has_its_words(page, 8);
    page.wait_for_state("the end of the run", RUN_LIMIT, |state| state["screen"] == "debrief");
    hears(page, "The town has its water.", RUN_LIMIT);
    hears(page, "of 3 stars: Objectives met", RUN_LIMIT);
    every_control_has_its_words(page, 4);
    let next = tab_to(page, "next");
    assert_eq!(next["name"], "Next level");
    // A flood of events came to a few utterances.
    let heard = page.evaluate("heard.length").as_u64().unwrap_or_default();
    assert!((8..200).contains(&heard), "{heard}");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn assistive_technology_finds_presses_and_turns_the_mirror() {
    let mut session = open();
    let page = &mut session.page;
    every_control_has_its_words(page, 4);
    // The browser itself gives them on to the system.
    page.call("Accessibility.enable", &Value::Object(serde_json::Map::new()));
    let tree = page.call("Accessibility.getFullAXTree", &Value::Object(serde_json::Map::new()));
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let has = |role: &str, name: &str| {
        nodes
            .iter()
            .any(|node| node["ignored"] != true && node["role"]["value"] == role && node["name"]["value"] == name)
    };
    assert!(has("button", "Play") && has("button", "Settings") && has("heading", "Pipe Maze"), "{tree:#}");
    // A click that no pointer made.
    page.evaluate("document.getElementById('control-of-sheet-settings').click()");
    page.wait_until("document.getElementById('place').textContent === 'Settings'", FOLLOW_LIMIT);
    every_control_has_its_words(page, 15);
    let id = "document.getElementById('control-of-volume-music')";
    let before = page.evaluate(&format!("Number({id}.getAttribute('aria-valuenow'))")).as_f64().unwrap_or_default();
    assert_eq!(page.evaluate(&format!("{id}.getAttribute('role')")), "slider");
    // A screen reader sets the focus within the canvas; keys reach the game from there.
    page.evaluate(&format!("{id}.focus()"));
    wait_active(page, "active.id === 'volume-music'");
    page.key("ArrowLeft");
    page.wait_until(&format!("Number({id}.getAttribute('aria-valuenow')) < {before}"), FOLLOW_LIMIT);
    page.evaluate("document.getElementById('control-of-theme-high-contrast').click()");
    page.wait_until(
        "document.getElementById('control-of-theme-high-contrast').getAttribute('aria-checked') === 'true'",
        FOLLOW_LIMIT,
    );
    page.evaluate("document.getElementById('control-of-close-sheet').click()");
    page.wait_until("document.getElementById('place').textContent === 'Pipe Maze'", FOLLOW_LIMIT);
    // In German, too.
    page.evaluate("document.getElementById('control-of-language').click()");
    page.wait_until(
        "document.getElementById('control-of-play')?.getAttribute('aria-label') === 'Spielen'",
        FOLLOW_LIMIT,
    );
    page.evaluate("document.getElementById('control-of-play').click()");
    page.wait_for_screen("map");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
