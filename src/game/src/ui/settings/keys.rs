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

/// Fills the sheet: in two columns where there is room.
pub fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Layout { wide, .. } = sources.layout;
    let columns = if wide { LINES.chunks(LINES.len().div_ceil(2)) } else { LINES.chunks(LINES.len()) };
    sheet.spawn(Node { align_items: AlignItems::FlexStart, ..row(26.0) }).with_children(|halves| {
        for lines in columns {
            let node = Node {
                flex_grow: 1.0,
                flex_basis: Val::Px(0.0),
                ..column(if roomy(sources.layout) { 5.0 } else { 3.0 })
            };
            halves.spawn(node).with_children(|list| lines.iter().for_each(|line| key(list, sources, line)));
        }
    });
}

/// Whether lines may stand apart.
fn roomy(layout: Layout) -> bool {
    layout.wide && !layout.is_low()
}

fn key(list: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, line: &str) {
    let (kit, wide, roomy) = (sources.kit, sources.layout.wide, roomy(sources.layout));
    let text = if roomy { 12.5 } else { 11.5 };
    list.spawn(row(10.0)).with_children(|pair| {
        let cap = Node {
            width: Val::Px(if wide { 126.0 } else { 118.0 }),
            min_height: Val::Px(if roomy { 24.0 } else { 20.0 }),
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
        for line in LINES {
            assert!(texts.has(&format!("key-{line}")) && texts.has(&format!("key-{line}-does")), "{line}");
        }
    }
}
