//! The camera of a film: it sees the whole board, and below it a caption with the level's name and the stars.

use crate::atlas::{Atlas, CELL};
use crate::fonts::{Fonts, font};
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::trial::Trial;
use bevy::camera::visibility::RenderLayers;
use bevy::camera::{ClearColorConfig, RenderTarget, ScalingMode};
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::render::render_resource::TextureFormat;
use bevy::sprite::Anchor;
use pipe_maze_level::{Level, Play, Verdict};

/// What only this camera sees.
const CAPTION: RenderLayers = RenderLayers::layer(1);
/// The caption lies over everything.
const Z: f32 = 90.0;
/// Rock that is seen around the board, in world units.
const MARGIN: f32 = CELL * 0.5;
/// The caption's height and sizes, in pixels of the picture.
const BAND_PX: f32 = 44.0;
const NAME_PX: f32 = 19.0;
const STAR_PX: f32 = 25.0;
const GAME_PX: f32 = 13.0;
const EDGE_PX: f32 = 12.0;
/// About how wide a letter of a title is, for each pixel of its size.
const LETTER: f32 = 0.6;

/// A camera with its caption.
pub struct Lens {
    /// What it sees.
    pub image: Handle<Image>,
    entities: [Entity; 2],
}

/// What of the world is seen, and how large the picture of it is.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Cut {
    /// In world units.
    area: Rect,
    /// In pixels.
    size: UVec2,
    /// World units of a pixel.
    unit: f32,
}

impl Cut {
    /// Of a board of so many cells, in a picture whose longer side has about so many pixels.
    fn of(columns: u32, rows: u32, side: u32) -> Self {
        let cells = Vec2::new(columns as f32, rows as f32) * CELL + 2.0 * MARGIN;
        let unit = (cells.x / side as f32).max(cells.y / (side as f32 - BAND_PX));
        let size = Vec2::new(cells.x / unit, cells.y / unit + BAND_PX).round();
        let min = Vec2::new(-MARGIN, MARGIN - size.y * unit);
        Self { area: Rect::from_corners(min, min + size * unit), size: size.as_uvec2(), unit }
    }

    /// A point of the caption, in pixels from its left edge, and from its middle upwards.
    fn caption(&self, x_px: f32, y_px: f32) -> Vec2 {
        self.area.min + Vec2::new(x_px, BAND_PX * 0.5 + y_px) * self.unit
    }
}

/// What it takes to set up a camera.
#[derive(SystemParam)]
pub struct Lenses<'w, 's> {
    commands: Commands<'w, 's>,
    images: ResMut<'w, Assets<Image>>,
    atlas: Res<'w, Atlas>,
    fonts: Res<'w, Fonts>,
    texts: Res<'w, Texts>,
}

impl Lenses<'_, '_> {
    /// Sets up a camera for a board, with a caption.
    pub fn set_up(&mut self, session: &Session, stars: &[bool], side: u32) -> Lens {
        let terrain = session.board().terrain();
        let cut = Cut::of(terrain.columns() as u32, terrain.rows() as u32, side);
        let target = Image::new_target_texture(cut.size.x, cut.size.y, TextureFormat::Rgba8UnormSrgb, None);
        let image = self.images.add(target);
        let mut projection = OrthographicProjection::default_2d();
        projection.scaling_mode = ScalingMode::Fixed { width: cut.area.width(), height: cut.area.height() };
        let camera = self.commands.spawn((
            Camera2d,
            Camera { order: -1, clear_color: ClearColorConfig::Custom(palette::ink()), ..default() },
            RenderTarget::from(image.clone()),
            Projection::Orthographic(projection),
            Msaa::Off,
            RenderLayers::from_layers(&[0, 1]),
            Filming,
            Transform::from_translation(cut.area.center().extend(0.0)),
        ));
        let camera = camera.id();
        let caption = self.caption(&cut, session, stars);
        Lens { image, entities: [camera, caption] }
    }

    /// Takes it away; what it saw last stays.
    pub fn take_away(&mut self, lens: &Lens) {
        for entity in lens.entities {
            self.commands.entity(entity).despawn();
        }
    }

    fn caption(&mut self, cut: &Cut, session: &Session, stars: &[bool]) -> Entity {
        let level = session.level();
        let name = self.texts.of_level(level, "name").unwrap_or(&level.id).to_owned();
        let width = cut.size.x as f32;
        let ground = Vec2::new(width + 2.0, BAND_PX + 1.0) * cut.unit;
        let at = |x_px: f32, y_px: f32, z: f32| Transform::from_translation(cut.caption(x_px, y_px).extend(Z + z));
        let ground = (
            Sprite { color: palette::ink(), custom_size: Some(ground), ..default() },
            at(width * 0.5, 0.0, 0.0),
            CAPTION,
        );
        let line =
            Sprite { color: palette::ink_line(), custom_size: Some(Vec2::new(width, 1.5) * cut.unit), ..default() };
        let line = (line, at(width * 0.5, BAND_PX * 0.5, 0.5), CAPTION);
        // The name gives way where there is little room: stars and the game's name keep theirs.
        let taken_px = 2.0 * EDGE_PX + (STAR_PX + 3.0) * stars.len() as f32 + 6.0 * GAME_PX + 2.0 * EDGE_PX;
        let name_px = NAME_PX.min((width - taken_px).max(80.0) / (name.chars().count() as f32 * LETTER));
        let name_width_px = name.chars().count() as f32 * LETTER * name_px;
        let words = |text: String, handle, px: f32, color| {
            (Text2d::new(text), font(handle, px), TextColor(color), TextLayout::no_wrap(), CAPTION)
        };
        let scaled = |place: Transform| place.with_scale(Vec3::splat(cut.unit));
        let name = (words(name, &self.fonts.title, name_px, palette::bone()), Anchor::CENTER_LEFT);
        let name = (name, scaled(at(EDGE_PX, 0.0, 1.0)));
        let game =
            (words("Pipe Maze".into(), &self.fonts.strong, GAME_PX, palette::periwinkle()), Anchor::CENTER_RIGHT);
        let game = (game, scaled(at(width - EDGE_PX, 0.0, 1.0)));
        let root = self.commands.spawn((Transform::default(), Visibility::default())).id();
        self.commands.entity(root).with_children(|root| {
            root.spawn(ground);
            root.spawn(line);
            root.spawn(name);
            root.spawn(game);
            for (nth, on) in stars.iter().enumerate() {
                let (mut sprite, _) = self.atlas.sprite(if *on { "star-on" } else { "star-off" });
                sprite.custom_size = Some(Vec2::splat(STAR_PX * cut.unit));
                let x_px = 2.0 * EDGE_PX + name_width_px + (STAR_PX + 3.0) * (nth as f32 + 0.5);
                root.spawn((sprite, at(x_px, 0.0, 1.0), CAPTION));
            }
        });
        root
    }
}

/// Which stars the branch that is shown has at its end, as the debrief has them: objectives, par where there is one, and
/// robust.
pub fn stars(session: &Session, trial: &Trial) -> Vec<bool> {
    let play = session.timeline().and_then(|timeline| timeline.latest(timeline.current()));
    let won = play.as_ref().and_then(Play::verdict) == Some(Verdict::Won);
    let cost = play.map_or(u32::MAX, |play| play.judge().cost());
    let under = |level: &Level| level.par.map(|par| won && cost <= par);
    let robust = won && trial.is_robust();
    [Some(won), under(session.level()), Some(robust)].into_iter().flatten().collect()
}

/// Marks the camera of a film.
#[derive(Component)]
pub struct Filming;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_board_is_seen_with_room_for_a_caption_whatever_its_shape() {
        for (columns, rows) in [(16, 12), (32, 14), (8, 40), (64, 64)] {
            let cut = Cut::of(columns, rows, 600);
            assert!(cut.size.max_element() <= 601 && cut.size.min_element() > 60, "{columns}x{rows}: {cut:?}");
            let board = Rect::new(0.0, 0.0, columns as f32 * CELL, -(rows as f32) * CELL);
            assert!(cut.area.contains(board.min) && cut.area.contains(board.max), "{cut:?}");
            assert!(cut.caption(0.0, BAND_PX * 0.5).y < board.min.y + 1.0, "the caption covers nothing of it");
        }
    }
}
