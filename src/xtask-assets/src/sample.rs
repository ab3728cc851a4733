//! A small board composed from the atlas, to check that pieces line up.

mod layout;

use crate::{
    Result,
    atlas::{self, Page},
    image::Image,
    manifest::Sprite,
};
use layout::{CARVED, PIPES, SIZE, SKY, THINGS};
use pipe_maze_picture::{Cell, Ground, paint_terrain};
use std::path::Path;

/// Pixels per cell in the atlas.
const PX: usize = 80;

/// Composes the board of the committed atlas into `out`.
pub fn write(assets: &Path, out: &Path) -> Result<()> {
    let board = Board::new(assets)?;
    let mut canvas = board.ground(assets)?;
    board.put(&mut canvas, "spring-flowing", 2.5, 3.5)?;
    for (name, column, row) in PIPES {
        board.put(&mut canvas, name, column as f64 + 0.5, row as f64 + 0.5)?;
    }
    board.put(&mut canvas, "pipe-bridge-failed", 7.5, 10.5)?;
    board.put(&mut canvas, "balancer-ok", 6.0, 5.0)?;
    board.put_at(&mut canvas, "balancer-needle", "balancer-ok", "pivot", 0, [6.0, 5.0])?;
    board.put(&mut canvas, "room-ok", 13.0, 3.0)?;
    board.put(&mut canvas, "room-shell-strain", 13.0, 9.0)?;
    for slot in 0..6 {
        let lamp = if slot % 3 == 2 { "lamp-off" } else { "lamp-on" };
        let worker = ["worker-busy", "worker-sweat-2", "worker-idle-3", "worker-panic-4"][slot % 4];
        board.put_at(&mut canvas, lamp, "room-shell-strain", "lamps", slot, [13.0, 9.0])?;
        board.put_at(&mut canvas, worker, "room-shell-strain", "slots", slot, [13.0, 9.0])?;
    }
    board.put(&mut canvas, "room-tank-glass", 13.0, 9.0)?;
    board.put_at(&mut canvas, "badge-strain", "room-shell-strain", "badge", 0, [13.0, 9.0])?;
    board.put_at(&mut canvas, "badge-ok", "room-ok", "badge", 0, [13.0, 3.0])?;
    for (name, x, y) in THINGS {
        board.put(&mut canvas, name, x, y)?;
    }
    canvas.write(out)
}

/// The pages of the atlas.
struct Board {
    pages: Vec<Page>,
}

impl Board {
    fn new(assets: &Path) -> Result<Self> {
        Ok(Self { pages: atlas::read(assets)? })
    }

    /// Sky and carved ground.
    fn ground(&self, assets: &Path) -> Result<Image> {
        let [columns, rows] = SIZE;
        let mut cells = vec![Cell::Sky; columns * SKY];
        cells.resize(columns * rows, Cell::Rock);
        for [x, y, width, height] in CARVED {
            for row in y..y + height {
                cells[row * columns + x..row * columns + x + width].fill(Cell::Tunnel);
            }
        }
        let terrain = paint_terrain(&Ground::new(columns, rows, cells), PX as u32)?;
        let mut canvas = Image::new(columns * PX, rows * PX);
        let sky = Image::read(&assets.join("backdrop/sky.png"))?;
        canvas.over(&sky, 0, (SKY * PX) as i64 - 240 * 2);
        canvas.over(&Image { width: terrain.width, height: terrain.height, rgba: terrain.pixels }, 0, 0);
        Ok(canvas)
    }

    fn sprite(&self, name: &str) -> Result<(&Sprite, Image)> {
        atlas::picture(&self.pages, name).ok_or_else(|| format!("no sprite {name}").into())
    }

    /// Draws a sprite with its anchor at a point counted in cells.
    fn put(&self, canvas: &mut Image, name: &str, x: f64, y: f64) -> Result<()> {
        let (sprite, picture) = self.sprite(name)?;
        let corner = |cells: f64, anchor: f64| (cells * PX as f64 - anchor).round() as i64;
        canvas.over(&picture, corner(x, sprite.anchor[0]), corner(y, sprite.anchor[1]));
        Ok(())
    }

    /// Draws a sprite at a named point of another one that stands at `place` (cells).
    fn put_at(&self, canvas: &mut Image, name: &str, on: &str, point: &str, nth: usize, place: [f64; 2]) -> Result<()> {
        let (host, _) = self.sprite(on)?;
        let value = host.more.get(point).ok_or_else(|| format!("{on} has no {point}"))?;
        let value = value.get(nth).filter(|item| item.is_array()).unwrap_or(value);
        let read = |i: usize| value.get(i).and_then(serde_json::Value::as_f64).unwrap_or(0.0);
        let cells = |i: usize| place[i] + (read(i) - host.anchor[i]) / PX as f64;
        self.put(canvas, name, cells(0), cells(1))
    }
}
