//! What is around the page: the sky with the town, and the rock with the room that is carved out for it.

use super::arrangement::Arrangement;
use super::bar;
use crate::board::backdrop;
use crate::palette::{self, Theme};
use crate::ui::widgets::Kit;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_picture::{Cell, Ground};

/// Pixels of a painted cell.
const PX_PER_CELL: u32 = 32;
/// Size of the sky's pictures, and where the sun is in the one that has it.
const SKY: Vec2 = Vec2::new(1_280.0, 244.0);
const SUN_X: f32 = 356.0;
/// Where the sun stands over the page, as a part of the window's width.
const SUN_AT: f32 = 0.82;

/// The rock that was painted last: painted again only where it differs.
#[derive(Default)]
pub struct Painted(Option<(Ground, Theme, Handle<Image>)>);

impl Painted {
    /// The rock for that arrangement.
    pub fn image(&mut self, arrangement: &Arrangement, images: &mut Assets<Image>) -> Option<Handle<Image>> {
        let ground = carved(arrangement);
        let theme = palette::theme();
        if self.0.as_ref().is_none_or(|(shown, in_theme, _)| *shown != ground || *in_theme != theme) {
            self.0 = backdrop::painted(&ground, PX_PER_CELL).map(|image| (ground, theme, images.add(image)));
        }
        self.0.as_ref().map(|(.., image)| image.clone())
    }
}

/// The ground, one row of sky above it.
fn carved(arrangement: &Arrangement) -> Ground {
    let (columns, rows) = arrangement.cells;
    // The pipe comes down from the town through a shaft.
    let shaft = arrangement.cave.filter(|_| arrangement.contents.is_some()).map(|[left, ..]| [left, 0, left + 2, 2]);
    let rooms = [arrangement.cave, shaft, arrangement.niche()];
    let cell = |column: usize, row: usize| {
        let inside =
            |[left, top, right, bottom]: [usize; 4]| (left..right).contains(&column) && (top..bottom).contains(&row);
        if rooms.into_iter().flatten().any(inside) { Cell::Tunnel } else { Cell::Rock }
    };
    let below = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let cells = std::iter::repeat_n(Cell::Sky, columns).chain(below.map(|(column, row)| cell(column, row))).collect();
    Ground::new(columns, rows + 1, cells)
}

/// Sky, rock, and who lives there.
pub fn spawn(
    root: &mut ChildSpawnerCommands<'_>,
    kit: &Kit<'_>,
    arrangement: &Arrangement,
    rock: Option<Handle<Image>>,
    server: &AssetServer,
) {
    let Arrangement { size, cell, ground, left, cells, .. } = *arrangement;
    let sun = size.x * SUN_AT - SUN_X;
    for i in -2..=2 {
        let left = sun + i as f32 * SKY.x;
        if left < size.x && left + SKY.x > 0.0 {
            let file = if i == 0 { "backdrop/sky.png" } else { "backdrop/sky-side.png" };
            // A little over the next one, so that no seam shows wherever the edges fall.
            let sky = Rect::new(left - 0.75, ground - SKY.y, left + SKY.x + 0.75, ground);
            root.spawn((placed(sky), ImageNode::new(server.load(file)).with_mode(NodeImageMode::Stretch)));
        }
    }
    if let Some(rock) = rock {
        let top = ground - cell;
        let rect = Rect::new(left, top, left + cells.0 as f32 * cell, top + (cells.1 + 1) as f32 * cell);
        root.spawn((placed(rect), ImageNode::new(rock).with_mode(NodeImageMode::Stretch)));
    }
    if arrangement.contents.is_none() {
        // The spring that else feeds the list's pipe feeds the page's bar.
        let x = arrangement.page.max.x - bar::MIDDLE;
        let pipe = Rect::new(x - 9.0, ground, x + 9.0, arrangement.page.min.y + 2.0);
        root.spawn((placed(pipe), drawn_out(kit, "pipe-v-ok")));
        stand(root, kit, "spring-flowing", Vec2::new(x, ground + 3.0), 48.0);
    }
    if let Some([first, _, last, bottom]) = arrangement.niche() {
        let middle = left + (first + last) as f32 * 0.5 * cell;
        stand(root, kit, "navigator-idle", Vec2::new(middle - cell * 0.2, ground + bottom as f32 * cell), 2.4 * cell);
    }
}

/// The tile of a straight pipe, drawn out: only its middle, for at its ends it overlaps its neighbours.
pub fn drawn_out(kit: &Kit<'_>, name: &str) -> ImageNode {
    let mut image = kit.atlas.image(name, Color::WHITE).with_mode(NodeImageMode::Stretch);
    image.rect = image.rect.map(|rect| Rect::from_center_size(rect.center(), rect.size() * Vec2::new(1.0, 0.6)));
    image
}

/// A node at a fixed place.
pub fn placed(Rect { min, max }: Rect) -> Node {
    Node {
        position_type: PositionType::Absolute,
        left: Val::Px(min.x),
        top: Val::Px(min.y),
        width: Val::Px(max.x - min.x),
        height: Val::Px(max.y - min.y),
        ..default()
    }
}

/// A sprite of that height with the middle of its feet at a point.
pub fn stand(root: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>, sprite: &str, feet: Vec2, height: f32) {
    let half = height * kit.atlas.aspect(sprite) * 0.5;
    let rect = Rect::new(feet.x - half, feet.y - height, feet.x + half, feet.y);
    root.spawn((placed(rect), kit.atlas.image(sprite, Color::WHITE)));
}
