//! The sprite atlas: where each sprite lies, and where its reference point is.

pub mod mips;

use bevy::prelude::*;
use bevy::sprite::Anchor;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The pages: an image and its manifest each. The first frame waits for the first page only.
const PAGES: [(&str, &str); 6] = [
    ("board", include_str!("../../../assets/sprites/board.json")),
    ("characters", include_str!("../../../assets/sprites/characters.json")),
    ("pieces", include_str!("../../../assets/sprites/pieces.json")),
    ("systems", include_str!("../../../assets/sprites/systems.json")),
    ("map", include_str!("../../../assets/sprites/map.json")),
    ("editor", include_str!("../../../assets/sprites/editor.json")),
];

/// World units of one cell.
pub const CELL: f32 = 40.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Atlas>();
    app.add_plugins(mips::plugin);
}

/// All sprites: an image for each page, and a frame for each name.
#[derive(Resource)]
pub struct Atlas {
    /// The image of the first page, with everything that the title and the first board need.
    pub image: Handle<Image>,
    pages: Vec<Handle<Image>>,
    frames: BTreeMap<String, Frame>,
    /// World units of one pixel.
    scale: f32,
}

/// One sprite of the atlas; lengths in pixels of the atlas.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Frame {
    /// Which of the pages it lies on.
    #[serde(skip)]
    page: usize,
    x: f32,
    y: f32,
    w: f32,
    h: f32,
    anchor: [f32; 2],
    /// Inside of a tank: left, top, width, height.
    #[serde(default)]
    pub tank: Option<[f32; 4]>,
    /// Where workers stand.
    #[serde(default)]
    pub slots: Vec<[f32; 2]>,
    /// Where their lamps hang.
    #[serde(default)]
    pub lamps: Vec<[f32; 2]>,
    /// The name plate: left, top, width, height.
    #[serde(default)]
    pub plate: Option<[f32; 4]>,
    /// Where the state badge sits.
    #[serde(default)]
    pub badge: Option<[f32; 2]>,
    /// The pivot of a needle.
    #[serde(default)]
    pub pivot: Option<[f32; 2]>,
    /// Where smoke comes out.
    #[serde(default)]
    pub smoke: Option<[f32; 2]>,
    /// Where busy connections stand: left, top, width, height of each shelf.
    #[serde(default)]
    pub shelves: Vec<[f32; 4]>,
    /// What the jaws close on.
    #[serde(default)]
    pub jaw: Option<[f32; 2]>,
    /// Where the screw comes in.
    #[serde(default)]
    pub screw: Option<[f32; 2]>,
    /// Lanes of a house of locks: left, top, width, height of each.
    #[serde(default)]
    pub lanes: Vec<[f32; 4]>,
    /// Where their gates hang.
    #[serde(default)]
    pub gates: Vec<[f32; 2]>,
    /// The tip of a lightning conductor.
    #[serde(default)]
    pub conductor: Option<[f32; 2]>,
}

#[derive(Deserialize)]
struct Manifest {
    px_per_cell: f32,
    sprites: BTreeMap<String, Frame>,
}

impl Frame {
    /// The part of the atlas that it covers.
    pub fn rect(&self) -> Rect {
        Rect::new(self.x, self.y, self.x + self.w, self.y + self.h)
    }

    /// Its size, in pixels of the atlas.
    pub const fn size(&self) -> Vec2 {
        Vec2::new(self.w, self.h)
    }
}

/// The same place, seen from behind.
const fn in_mirror(anchor: Anchor) -> Anchor {
    Anchor(Vec2::new(-anchor.0.x, anchor.0.y))
}

impl FromWorld for Atlas {
    fn from_world(world: &mut World) -> Self {
        let server = world.resource::<AssetServer>();
        Self::new(PAGES.map(|(name, _)| server.load(format!("sprites/{name}.png"))).into())
    }
}

impl Atlas {
    fn new(pages: Vec<Handle<Image>>) -> Self {
        let image = pages.first().cloned().unwrap_or_default();
        let mut atlas = Self { image, pages, frames: BTreeMap::new(), scale: 0.5 };
        for (page, (name, manifest)) in PAGES.into_iter().enumerate() {
            match serde_json::from_str::<Manifest>(manifest) {
                Ok(manifest) => {
                    atlas.scale = CELL / manifest.px_per_cell;
                    let placed = |(name, frame)| (name, Frame { page, ..frame });
                    atlas.frames.extend(manifest.sprites.into_iter().map(placed));
                }
                // The manifests are compiled in and a test reads them; without one the game still runs, half blind.
                Err(e) => error!("assets/sprites/{name}.json: {e}"),
            }
        }
        atlas
    }

    /// With all frames, and no image of any page.
    #[cfg(test)]
    pub fn unloaded() -> Self {
        Self::new(vec![Handle::default(); PAGES.len()])
    }

    /// The frame of that name.
    pub fn frame(&self, name: &str) -> Option<&Frame> {
        self.frames.get(name)
    }

    /// The image that a frame lies on.
    fn page(&self, frame: &Frame) -> Handle<Image> {
        self.pages.get(frame.page).cloned().unwrap_or_default()
    }

    /// A sprite for the board, at its natural size, hung up at its reference point.
    pub fn sprite(&self, name: &str) -> (Sprite, Anchor) {
        let Some(frame) = self.frame(name) else {
            error!("no sprite `{name}` in the atlas");
            return (Sprite::sized(Vec2::ZERO), Anchor::CENTER);
        };
        let anchor = Vec2::new(frame.anchor[0] / frame.w - 0.5, 0.5 - frame.anchor[1] / frame.h);
        let sprite = Sprite {
            image: self.page(frame),
            rect: Some(frame.rect()),
            custom_size: Some(frame.size() * self.scale),
            ..default()
        };
        (sprite, Anchor(anchor))
    }

    /// The sprite seen in a mirror that stands upright, if it is to be.
    pub fn sprite_facing(&self, name: &str, mirrored: bool) -> (Sprite, Anchor) {
        let (sprite, anchor) = self.sprite(name);
        if mirrored { (Sprite { flip_x: true, ..sprite }, in_mirror(anchor)) } else { (sprite, anchor) }
    }

    /// Changes which sprite an entity shows; its colour stays, and whether it is mirrored.
    pub fn show(&self, name: &str, sprite: &mut Sprite, anchor: &mut Anchor) {
        let (new_sprite, new_anchor) = self.sprite_facing(name, sprite.flip_x);
        if (sprite.rect, &sprite.image) != (new_sprite.rect, &new_sprite.image) {
            let color = sprite.color;
            *sprite = new_sprite;
            sprite.color = color;
            *anchor = new_anchor;
        }
    }

    /// The same, and nothing counts as changed where it is shown already.
    pub fn show_if_new(&self, name: &str, sprite: &mut Mut<'_, Sprite>, anchor: &mut Mut<'_, Anchor>) {
        let is_shown = |frame: &Frame| sprite.rect == Some(frame.rect()) && sprite.image == self.page(frame);
        if !self.frame(name).is_some_and(is_shown) {
            self.show(name, sprite, anchor);
        }
    }

    /// The name of the sprite that an entity shows.
    #[cfg(test)]
    pub fn name_of(&self, sprite: &Sprite) -> Option<&str> {
        let shown = |frame: &Frame| sprite.rect == Some(frame.rect()) && sprite.image == self.page(frame);
        self.frames.iter().find(|(_, frame)| shown(frame)).map(|(name, _)| name.as_str())
    }

    /// All sprites, with an image of no pixels for each page.
    #[cfg(test)]
    pub fn blank() -> Self {
        let page = |n: usize| Handle::Uuid(bevy::asset::uuid::Uuid::from_u128(n as u128 + 1), default());
        Self::new((0..PAGES.len()).map(page).collect())
    }

    /// From a point in a frame's pixels to world units relative to the frame's reference point.
    pub fn offset(&self, frame: &Frame, point: [f32; 2]) -> Vec2 {
        Vec2::new(point[0] - frame.anchor[0], frame.anchor[1] - point[1]) * self.scale
    }

    /// World units of one pixel of the atlas.
    pub const fn scale(&self) -> f32 {
        self.scale
    }

    /// An image for the interface, tinted.
    pub fn image(&self, name: &str, color: Color) -> ImageNode {
        let frame = self.frame(name);
        let image = frame.map_or_else(|| self.image.clone(), |frame| self.page(frame));
        ImageNode { image, rect: frame.map(Frame::rect), color, ..default() }
    }

    /// A frame's image, and the part of it that the frame covers, in pixels.
    pub fn place(&self, name: &str) -> Option<(Handle<Image>, Rect)> {
        let frame = self.frame(name)?;
        Some((self.page(frame), frame.rect()))
    }

    /// Width by height of a frame.
    pub fn aspect(&self, name: &str) -> f32 {
        self.frame(name).map_or(1.0, |frame| frame.w / frame.h)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_has_every_sprite_that_the_board_asks_for() {
        let atlas = Atlas::new(Vec::new());
        let mut names = Vec::new();
        for state in ["ok", "strain", "failed"] {
            names.extend(["room-shell", "balancer", "badge"].map(|stem| format!("{stem}-{state}")));
        }
        for state in ["ok", "strain", "failed", "dry"] {
            names.extend(
                ["h", "v", "es", "en", "ws", "wn", "end-n", "end-e", "end-s", "end-w"]
                    .map(|shape| format!("pipe-{shape}-{state}")),
            );
        }
        for name in names {
            assert!(atlas.frame(&name).is_some(), "{name}");
        }
        let room = atlas.frame("room-shell-ok").unwrap();
        assert!(room.tank.is_some() && room.plate.is_some() && room.slots.len() == 6 && room.lamps.len() == 6);
    }

    #[test]
    fn every_page_is_read_and_sprites_know_theirs() {
        let atlas = Atlas::blank();
        let handles = atlas.pages.clone();
        for (name, page) in
            [("pipe-h-ok", 0), ("navigator-walk-3", 1), ("vault-shell-ok", 2), ("registry-ok", 3), ("node-done", 4)]
        {
            assert_eq!(atlas.sprite(name).0.image, handles[page], "{name}");
            assert_eq!(atlas.image(name, Color::WHITE).image, handles[page], "{name}");
        }
        let named: usize = PAGES.iter().map(|(_, text)| text.matches("\"anchor\":").count()).sum();
        assert_eq!(atlas.frames.len(), named, "no name is on two pages");
    }

    #[test]
    fn what_is_shown_changes_with_the_page_even_where_the_place_is_the_same() {
        let mut atlas = Atlas::blank();
        atlas.frames = [("a".to_owned(), 0), ("b".to_owned(), 1)]
            .map(|(name, page)| (name, Frame { page, w: 2.0, h: 2.0, ..default() }))
            .into();
        let (mut sprite, mut anchor) = atlas.sprite("a");
        atlas.show("b", &mut sprite, &mut anchor);
        assert_eq!(sprite.image, atlas.pages[1]);
    }

    #[test]
    fn what_is_mirrored_stays_mirrored() {
        let atlas = Atlas::blank();
        let (mut sprite, mut anchor) = atlas.sprite_facing("navigator-walk-1", true);
        assert_eq!(anchor.0.x, -atlas.sprite("navigator-walk-1").1.0.x);
        atlas.show("navigator-walk-2", &mut sprite, &mut anchor);
        assert!(sprite.flip_x && anchor.0.x == -atlas.sprite("navigator-walk-2").1.0.x);
        assert_eq!(atlas.name_of(&sprite), Some("navigator-walk-2"));
    }
}
