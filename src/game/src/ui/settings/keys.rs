//! What each key does: the same list as in the README.

use super::Sources;
use crate::palette;
use crate::ui::Layout;
use crate::ui::widgets::{column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// The lines, in their order: `key-NAME` is what is printed on the keys, `key-NAME-does` what they do.
const LINES: [&str; 29] = [
    "arrows",
    "act",
    "add",
    "tools",
    "slots",
    "turn",
    "clipboard",
    "delete",
    "undo",
    "redo",
    "zoom",
    "view",
    "tab",
    "knob",
    "knob-far",
    "knob-fine",
    "flow",
    "next",
    "time",
    "marks",
    "ride",
    "fork",
    "build",
    "debrief",
    "hint",
    "speed",
    "mute",
    "esc",
    "engineer",
];

/// A phone that is no higher, in interface pixels, has room only for small letters.
const HIGH: f32 = 800.0;
/// The gamepad's, in the same way: the browser's, so they are shown in the page.
const PAD_LINES: [&str; 6] = ["pad-move", "pad-act", "pad-controls", "pad-tools", "pad-undo", "pad-flow"];

/// Fills the sheet: in two columns where there is room.
pub fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Layout { wide, .. } = sources.layout;
    // Who holds a phone holds no pad.
    let pad = if cfg!(target_arch = "wasm32") && roomy(sources.layout) { &PAD_LINES[..] } else { &[] };
    let lines = [&LINES[..], pad].concat();
    let columns = if wide { lines.chunks(lines.len().div_ceil(2)) } else { lines.chunks(lines.len()) };
    sheet.spawn(Node { align_items: AlignItems::FlexStart, ..row(26.0) }).with_children(|halves| {
        for lines in columns {
            let node = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), ..column(room(sources.layout).0) };
            halves.spawn(node).with_children(|list| lines.iter().for_each(|line| key(list, sources, line)));
        }
    });
}

/// Whether lines may stand apart.
fn roomy(layout: Layout) -> bool {
    layout.wide && !layout.is_low()
}

/// How far lines stand apart, how high each is at least, and how large its letters are: all of them are to be seen at once.
fn room(layout: Layout) -> (f32, f32, f32) {
    if roomy(layout) {
        (5.0, 24.0, 12.5)
    } else if layout.wide || layout.size.y > HIGH {
        (3.0, 20.0, 11.5)
    } else {
        (2.0, 16.0, 10.5)
    }
}

fn key(list: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, line: &str) {
    let (kit, wide) = (sources.kit, sources.layout.wide);
    let (_, height, text) = room(sources.layout);
    list.spawn(row(10.0)).with_children(|pair| {
        let cap = Node {
            min_width: Val::Px(if wide { 126.0 } else { 118.0 }),
            min_height: Val::Px(height),
            padding: UiRect::horizontal(Val::Px(7.0)),
            align_items: AlignItems::Center,
            flex_shrink: 0.0,
            border_radius: BorderRadius::all(Val::Px(7.0)),
            ..default()
        };
        pair.spawn((cap, BackgroundColor(palette::ink_raised()))).with_children(|cap| {
            let printed = kit.texts.get(&format!("key-{line}"));
            cap.spawn((kit.strong(printed, text, palette::bone()), TextLayout::no_wrap()));
        });
        pair.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|does| {
            does.spawn(kit.body(kit.texts.get(&format!("key-{line}-does")), text, palette::periwinkle()));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;

    #[test]
    fn every_line_has_its_texts() {
        let texts = Texts::english();
        for line in LINES.iter().chain(&PAD_LINES) {
            assert!(texts.has(&format!("key-{line}")) && texts.has(&format!("key-{line}-does")), "{line}");
        }
    }
}
