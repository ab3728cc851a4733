//! What came in from others: a run that is computed again before it is watched, and the levels of a pack.

use super::Sources;
use super::share::progress;
use crate::palette;
use crate::sharing::PACK_PAGE;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::{button, column, ink_on, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::share::Pack;

/// Fills the sheet of a run that is on its way. Whoever shuts it does without.
pub(super) fn on_its_way(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    sheet.spawn(kit.body(kit.texts.get("arrive-about"), 13.0, palette::periwinkle()));
    progress(sheet, sources, sources.restored.unwrap_or(0.0));
}

/// Fills the sheet of a pack: its levels, a page at a time.
pub(super) fn pack(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    let Some(pack) = &sources.received.pack else { return };
    let count = pack.levels.len();
    let title = if pack.title.is_empty() { kit.texts.get("pack-untitled") } else { head(&pack.title) };
    let words = kit.texts.with("pack-count", &[("title", title.into()), ("count", count.into())]);
    sheet.spawn(kit.body(words, 13.0, palette::periwinkle()));
    let page = sources.received.page.min(count.saturating_sub(1) / PACK_PAGE);
    sheet.spawn(column(6.0)).with_children(|list| {
        (page * PACK_PAGE..count.min((page + 1) * PACK_PAGE)).for_each(|nth| line(list, sources, pack, nth));
    });
    if count > PACK_PAGE {
        let last = (count - 1) / PACK_PAGE;
        let spread = Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) };
        sheet.spawn(spread).with_children(|line| {
            let back = Look::QUIET.enabled(page > 0);
            kit.disc(line, ButtonId::PackPage(page.saturating_sub(1)), "icon-back", 44.0, back);
            let place = kit.texts.with("pack-page", &[("page", (page + 1).into()), ("pages", (last + 1).into())]);
            line.spawn(kit.strong(place, 13.0, palette::bone()));
            let on = Look::QUIET.enabled(page < last);
            kit.disc(line, ButtonId::PackPage(page + 1), "icon-next", 44.0, on);
        });
    }
}

fn line(list: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, pack: &Pack, nth: usize) {
    let Some(level) = pack.levels.get(nth).map(|shared| &shared.level.level) else { return };
    let kit = sources.kit;
    let node = Node {
        min_height: Val::Px(48.0),
        padding: UiRect::axes(Val::Px(14.0), Val::Px(6.0)),
        border_radius: BorderRadius::all(Val::Px(12.0)),
        ..row(12.0)
    };
    let name = head(kit.texts.of_level(level, "name").unwrap_or(&level.id));
    list.spawn((button(ButtonId::PackLevel(nth), Look::QUIET), node)).with_children(|line| {
        line.spawn((kit.title((nth + 1).to_string(), 18.0, palette::gold()), TextLayout::no_wrap()));
        let clip = Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), overflow: Overflow::clip(), ..default() };
        line.spawn(clip).with_child((kit.strong(name, 15.0, ink_on(Look::QUIET)), TextLayout::no_wrap()));
        line.spawn(kit.icon("icon-play", 14.0, ink_on(Look::QUIET)));
    });
}

/// What strangers wrote may be long.
fn head(text: &str) -> String {
    text.chars().take(60).collect()
}
