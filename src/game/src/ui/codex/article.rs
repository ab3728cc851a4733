//! The page itself, block by block.

use super::View;
use super::arrangement::Arrangement;
use super::page::Block;
use super::sections::Heading;
use crate::fonts::font;
use crate::ui::widgets::{Kit, centred, column, row};
use crate::{FrameSystems, Screen, palette};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use bevy::text::LineHeight;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, hide_unseen.in_set(FrameSystems::Show).run_if(in_state(Screen::Codex)));
}

/// Height of a line of running text, by the size of its letters.
const LEADING: LineHeight = LineHeight::RelativeToFont(1.45);

/// A block of the page: drawn only while it is in view.
#[derive(Component)]
struct Part;

/// Spawns all blocks, one under the other.
pub fn spawn(view: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>, arrangement: &Arrangement, blocks: &[Block]) {
    let wide = arrangement.page.width() > 500.0;
    let side = if wide { 38.0 } else { 20.0 };
    let page = Node {
        padding: UiRect::new(Val::Px(side), Val::Px(side + 10.0), Val::Px(24.0), Val::Px(30.0)),
        flex_shrink: 0.0,
        ..column(9.0)
    };
    let simpler = kit.texts.get("codex-simpler");
    let article = Article { kit, text: arrangement.text, simpler: &simpler };
    view.spawn(page).with_children(|page| {
        let mut section = 0;
        for block in blocks {
            match block {
                Block::Title(title) => article.title(page, title),
                Block::Section { name, about } => {
                    article.section(page, section, name, about);
                    section += 1;
                }
                Block::Paragraph(words) => article.paragraph(page, words),
                Block::Item(words) => article.item(page, words),
            }
        }
        article.close(page);
    });
}

struct Article<'a> {
    kit: &'a Kit<'a>,
    text: f32,
    /// How an item begins that says where the game is simpler than the real thing.
    simpler: &'a str,
}

impl Article<'_> {
    fn title(&self, page: &mut ChildSpawnerCommands<'_>, title: &str) {
        let node = Node { margin: UiRect::bottom(Val::Px(2.0)), ..default() };
        page.spawn((Part, node)).with_children(|line| {
            line.spawn(self.kit.title(title, self.text * 1.8, palette::bone()));
        });
    }

    fn section(&self, page: &mut ChildSpawnerCommands<'_>, i: usize, name: &str, about: &str) {
        let node = Node { margin: UiRect::new(Val::ZERO, Val::ZERO, Val::Px(22.0), Val::Px(2.0)), ..row(12.0) };
        page.spawn((Part, Heading(i), node)).with_children(|line| {
            let disc = Node {
                width: Val::Px(32.0),
                height: Val::Px(32.0),
                border_radius: BorderRadius::MAX,
                flex_shrink: 0.0,
                ..centred()
            };
            line.spawn((disc, BackgroundColor(palette::bone()))).with_children(|disc| {
                disc.spawn(self.kit.title((i + 1).to_string(), 17.0, palette::ink()));
            });
            line.spawn(column(1.0)).with_children(|words| {
                words.spawn(self.kit.title(name, self.text * 1.38, palette::bone()));
                if !about.is_empty() {
                    words.spawn(self.kit.body(about, self.text * 0.9, palette::periwinkle()));
                }
            });
        });
    }

    fn paragraph(&self, page: &mut ChildSpawnerCommands<'_>, words: &str) {
        page.spawn((Part, Node::default())).with_children(|line| {
            line.spawn((self.kit.body(unbroken(words), self.text, palette::bone()), LEADING));
        });
    }

    fn item(&self, page: &mut ChildSpawnerCommands<'_>, words: &str) {
        if words.starts_with(self.simpler) {
            self.note(page, words);
            return;
        }
        let node = Node { align_items: AlignItems::FlexStart, ..row(11.0) };
        page.spawn((Part, node)).with_children(|line| {
            // The dot stands in the middle of the first line.
            let dot = Node {
                width: Val::Px(6.0),
                height: Val::Px(6.0),
                margin: UiRect::new(Val::Px(2.0), Val::ZERO, Val::Px(self.text * 1.45 * 0.5 - 3.0), Val::ZERO),
                border_radius: BorderRadius::MAX,
                flex_shrink: 0.0,
                ..default()
            };
            line.spawn((dot, BackgroundColor(palette::ok())));
            line.spawn((self.kit.body(unbroken(words), self.text, palette::bone()), LEADING));
        });
    }

    /// Where the game is simpler than the real thing: set apart, so that it is found at a glance.
    fn note(&self, page: &mut ChildSpawnerCommands<'_>, words: &str) {
        let node = Node {
            padding: UiRect::axes(Val::Px(14.0), Val::Px(9.0)),
            margin: UiRect::top(Val::Px(3.0)),
            border: UiRect::left(Val::Px(4.0)),
            border_radius: BorderRadius::all(Val::Px(8.0)),
            ..default()
        };
        let (lead, rest) = words.split_at(words.find(':').map_or(0, |at| at + 1));
        page.spawn((Part, node, BackgroundColor(palette::ink_raised()), BorderColor::all(palette::periwinkle())))
            .with_children(|note| {
                note.spawn((self.kit.strong(lead, self.text, palette::periwinkle()), LEADING)).with_children(|text| {
                    let body = font(&self.kit.fonts.body, self.text);
                    text.spawn((TextSpan::new(unbroken(rest)), body, TextColor(palette::bone()), LEADING));
                });
            });
    }

    /// The page is over: a drop of each class.
    fn close(&self, page: &mut ChildSpawnerCommands<'_>) {
        let node = Node { margin: UiRect::top(Val::Px(24.0)), column_gap: Val::Px(16.0), ..centred() };
        page.spawn((Part, node)).with_children(|line| {
            for class in ["browse", "buy", "batch"] {
                line.spawn(self.kit.icon(&format!("droplet-{class}"), 15.0, Color::WHITE));
            }
        });
    }
}

/// Keeps a number and its percent sign on one line.
fn unbroken(words: &str) -> String {
    words.replace(" %", "\u{a0}%")
}

/// What is out of view is not drawn: most of the page, always.
fn hide_unseen(
    view: Single<(&ComputedNode, &UiGlobalTransform), With<View>>,
    mut parts: Query<(&ComputedNode, &UiGlobalTransform, &mut Visibility), With<Part>>,
) {
    let (node, place) = *view;
    let reach = node.size().y;
    for (part, at, mut visibility) in &mut parts {
        // Half a view more on each side: the page may move before the next frame.
        let seen = (at.translation.y - place.translation.y).abs() <= reach + part.size().y * 0.5;
        visibility.set_if_neq(if seen { Visibility::Inherited } else { Visibility::Hidden });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::text::Texts;

    #[test]
    fn the_real_page_says_in_many_places_where_it_is_simpler() {
        for language in Language::all().filter(|language| language.model().is_some()) {
            notes_are_found(language);
        }
    }

    fn notes_are_found(language: Language) {
        let texts = Texts::of(language);
        let simpler = texts.get("codex-simpler");
        let blocks = super::super::page::parse(super::super::page(&texts));
        let notes = blocks.iter().filter(|block| matches!(block, Block::Item(words) if words.starts_with(&simpler)));
        let notes: Vec<_> = notes.collect();
        assert!(notes.len() >= 3, "{language}: {notes:?}");
        assert!(notes.iter().all(|note| matches!(note, Block::Item(words) if words.contains(':'))), "{notes:?}");
    }

    #[test]
    fn a_percent_sign_stays_with_its_number() {
        assert_eq!(unbroken("20 % of 3"), "20\u{a0}% of 3");
    }
}
