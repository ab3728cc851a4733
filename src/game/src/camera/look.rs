//! Where the player looks: how far in, and how far from the middle. Plain geometry, in window pixels and world units.

use bevy::prelude::*;

/// Nearest that one can look, over the fitted view.
const ZOOM_MAX: f32 = 4.0;
/// Smallest magnification of the fitted view, whatever the window.
const FIT_MIN: f32 = 0.05;
/// Room that the board has at least, however much the panels take, in window pixels.
const FREE_PX_MIN: f32 = 80.0;

/// The board, the window, and the room between the panels in which the board is fitted.
#[derive(Resource, Clone, Copy, PartialEq, Debug)]
pub struct Stage {
    /// The board's middle and size, in world units.
    pub board: Rect,
    /// Size of the window, in pixels.
    pub window: Vec2,
    /// What panels take at the left and at the top, in pixels.
    pub before: Vec2,
    /// What they take at the right and at the bottom, in pixels.
    pub after: Vec2,
}

impl Default for Stage {
    fn default() -> Self {
        Self { board: Rect::new(0.0, -1.0, 1.0, 0.0), window: Vec2::ONE, before: Vec2::ZERO, after: Vec2::ZERO }
    }
}

impl Stage {
    /// Pixels of the room between the panels.
    fn free(&self) -> Vec2 {
        (self.window - self.before - self.after).max(Vec2::splat(FREE_PX_MIN))
    }

    /// The middle of that room, in pixels.
    pub fn middle(&self) -> Vec2 {
        (self.window + self.before - self.after) * 0.5
    }

    /// Pixels of a world unit while the whole board shows.
    fn fit(&self) -> f32 {
        (self.free() / self.board.size()).min_element().max(FIT_MIN)
    }

    /// Pixels of a world unit.
    pub fn scale(&self, look: &Look) -> f32 {
        self.fit() * look.zoom
    }

    /// The world's point in the middle of the window, where the camera stands.
    pub fn camera(&self, look: &Look) -> Vec2 {
        self.world_at(look, self.window * 0.5)
    }

    /// The world's point at a pixel.
    pub fn world_at(&self, look: &Look, pixel: Vec2) -> Vec2 {
        self.board.center() + look.pan + self.off_middle(pixel) / self.scale(look)
    }

    /// The pixel at which a point of the world shows.
    pub fn pixel_of(&self, look: &Look, point: Vec2) -> Vec2 {
        let off_middle = (point - self.board.center() - look.pan) * self.scale(look);
        self.middle() + off_middle * Vec2::new(1.0, -1.0)
    }

    /// From the middle of the free room to a pixel, up being positive.
    fn off_middle(&self, pixel: Vec2) -> Vec2 {
        (pixel - self.middle()) * Vec2::new(1.0, -1.0)
    }
}

/// How far the player has moved away from the fitted view.
#[derive(Resource, Clone, Copy, PartialEq, Debug)]
pub struct Look {
    /// Magnification over the fitted view, from 1.
    pub zoom: f32,
    /// Away from the fitted centre, in world units.
    pub pan: Vec2,
    /// What the view goes to and stays on, until the player moves the view.
    pub follow: Option<Follow>,
    /// Whether the game brought it where it is, not the player.
    flown: bool,
}

/// What the view follows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Follow {
    /// The point of the world that comes to the middle.
    pub to: Vec2,
    /// The magnification that it comes to, at least.
    pub zoom: f32,
}

impl Default for Look {
    fn default() -> Self {
        Self { zoom: 1.0, pan: Vec2::ZERO, follow: None, flown: false }
    }
}

impl Look {
    /// Magnifies by a factor; what is at that pixel stays there.
    pub fn zoom_by(&mut self, stage: &Stage, factor: f32, pixel: Vec2) {
        if !factor.is_finite() {
            return;
        }
        (self.follow, self.flown) = (None, false);
        let before = stage.world_at(self, pixel);
        self.zoom = (self.zoom * factor).clamp(1.0, ZOOM_MAX);
        self.pan += before - stage.world_at(self, pixel);
        self.bound(stage);
    }

    /// Moves what one sees by so many pixels.
    pub fn pan_by(&mut self, stage: &Stage, pixels: Vec2) {
        (self.follow, self.flown) = (None, false);
        self.pan -= pixels * Vec2::new(1.0, -1.0) / stage.scale(self);
        self.bound(stage);
    }

    /// Moves no more than it must so that a part of the world shows between the panels.
    pub fn reveal(&mut self, stage: &Stage, part: Rect) {
        let half = stage.free() * 0.5 / stage.scale(self);
        let room = (half - part.half_size()).max(Vec2::ZERO);
        let centre = stage.board.center() + self.pan;
        self.pan += part.center() - (centre + (part.center() - centre).clamp(-room, room));
        self.bound(stage);
    }

    /// Goes the given share of the way to what it follows, 0 to 1.
    pub fn approach(&mut self, stage: &Stage, share: f32) {
        let Some(Follow { to, zoom }) = self.follow else { return };
        let zoom = self.zoom.max(zoom.min(ZOOM_MAX));
        self.zoom += (zoom - self.zoom) * share;
        let target = to - stage.board.center();
        self.pan += (target - self.pan) * share;
        self.bound(stage);
    }

    /// Flies to a point of the world, and comes as near as that magnification.
    pub const fn fly_to(&mut self, to: Vec2, zoom: f32) {
        self.follow = Some(Follow { to, zoom });
        self.flown = true;
    }

    /// Back to the whole board, where the game has brought it elsewhere; a view that the player has chosen stays.
    pub fn come_back(&mut self) {
        if self.flown {
            *self = Self::default();
        }
    }

    /// However it is moved, the better part of the view shows the board.
    pub fn bound(&mut self, stage: &Stage) {
        let reach = stage.board.size() * (0.5 - 0.25 / self.zoom);
        self.pan = self.pan.clamp(-reach, reach);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage() -> Stage {
        Stage {
            board: Rect::from_corners(Vec2::ZERO, Vec2::new(640.0, -520.0)),
            window: Vec2::new(1_280.0, 720.0),
            before: Vec2::new(16.0, 58.0),
            after: Vec2::new(16.0, 112.0),
        }
    }

    #[test]
    fn the_fitted_board_lies_between_the_panels() {
        let (stage, look) = (stage(), Look::default());
        let scale = stage.scale(&look);
        assert!(stage.board.width() * scale <= 1_280.0 - 32.0 + 0.01);
        assert!((stage.board.height() * scale - (720.0 - 58.0 - 112.0)).abs() < 0.01, "height is what limits it");
        assert!(stage.world_at(&look, stage.middle()).distance(stage.board.center()) < 1e-3);
        let pixel = Vec2::new(321.0, 123.0);
        assert!(stage.pixel_of(&look, stage.world_at(&look, pixel)).distance(pixel) < 0.01);
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let (stage, mut look) = (stage(), Look::default());
        let pixel = Vec2::new(500.0, 300.0);
        let before = stage.world_at(&look, pixel);
        for factor in [1.15, 1.4, 0.8, 1.9] {
            look.zoom_by(&stage, factor, pixel);
            assert!(stage.world_at(&look, pixel).distance(before) < 0.01, "{look:?}");
        }
    }

    #[test]
    fn the_board_cannot_be_lost() {
        let (stage, mut look) = (stage(), Look::default());
        for pixels in [Vec2::splat(1e6), Vec2::splat(-1e6), Vec2::new(1e6, -1e6)] {
            for factor in [1.0, 2.0, 9.0] {
                look.zoom_by(&stage, factor, Vec2::ZERO);
                look.pan_by(&stage, pixels);
                assert!(stage.board.contains(stage.world_at(&look, stage.middle())), "{look:?}");
            }
        }
        look.zoom_by(&stage, f32::NAN, Vec2::ZERO);
        look.zoom_by(&stage, 0.0, Vec2::ZERO);
        assert_eq!(look.zoom, 1.0);
    }

    #[test]
    fn a_part_is_revealed_by_the_shortest_way() {
        let (stage, mut look) = (stage(), Look::default());
        look.zoom_by(&stage, 4.0, stage.middle());
        let seen = look;
        look.reveal(&stage, Rect::from_center_size(stage.board.center(), Vec2::splat(40.0)));
        assert_eq!(look, seen, "what shows already moves nothing");
        let corner = Rect::from_corners(Vec2::ZERO, Vec2::new(40.0, -40.0));
        look.reveal(&stage, corner);
        let half = stage.free() * 0.5 / stage.scale(&look);
        let view = Rect::from_center_half_size(stage.world_at(&look, stage.middle()), half + 0.01);
        assert!(view.contains(corner.min) && view.contains(corner.max), "{view:?}");
    }

    #[test]
    fn what_is_followed_comes_to_the_middle_until_the_player_moves_the_view() {
        let (stage, mut look) = (stage(), Look::default());
        let to = Vec2::new(200.0, -180.0);
        look.fly_to(to, 3.0);
        for _ in 0..60 {
            look.approach(&stage, 0.3);
        }
        assert!(stage.world_at(&look, stage.middle()).distance(to) < 1.0, "{look:?}");
        assert!((look.zoom - 3.0).abs() < 0.01);
        look.zoom_by(&stage, 1.0, stage.middle());
        assert_eq!(look.follow, None);
        look.fly_to(to, 1.0);
        look.approach(&stage, 1.0);
        assert!((look.zoom - 3.0).abs() < 0.01, "who is near stays near");
        look.pan_by(&stage, Vec2::ZERO);
        assert_eq!(look.follow, None);
    }
}
