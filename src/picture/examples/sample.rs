//! Paints a board as large as a level's and writes it as a PNG: `cargo run -p pipe-maze-picture --example sample
//! --release -- OUT.png`.

use pipe_maze_picture::{Cell, Ground, paint_terrain};
use std::{error::Error, fs::File, io::BufWriter, time::Instant};

/// Cells of the board.
const SIZE: [usize; 2] = [40, 26];
/// Rows of sky.
const SKY: usize = 4;
/// Carved rooms and shafts: column, row, width, height.
const CARVED: [[usize; 4]; 14] = [
    [3, 4, 2, 5],
    [2, 7, 5, 3],
    [7, 7, 4, 4],
    [11, 7, 5, 1],
    [11, 9, 4, 2],
    [14, 5, 8, 6],
    [22, 8, 6, 1],
    [19, 11, 8, 6],
    [27, 7, 2, 12],
    [29, 5, 7, 6],
    [3, 13, 13, 6],
    [14, 17, 14, 5],
    [28, 17, 8, 5],
    [5, 21, 9, 3],
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("usage: sample OUT.png [PIXELS_PER_CELL]")?;
    let px = std::env::args().nth(2).map_or(Ok(32), |word| word.parse())?;
    let [columns, rows] = SIZE;
    let mut cells = vec![Cell::Sky; columns * SKY];
    cells.resize(columns * rows, Cell::Rock);
    for [x, y, width, height] in CARVED {
        for row in y..y + height {
            cells[row * columns + x..row * columns + x + width].fill(Cell::Tunnel);
        }
    }
    let ground = Ground::new(columns, rows, cells).with_margin(4);
    let start = Instant::now();
    let picture = paint_terrain(&ground, px)?;
    println!("{} x {} pixels in {:?}", picture.width, picture.height, start.elapsed());
    let (width, height) = (u32::try_from(picture.width)?, u32::try_from(picture.height)?);
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(out)?), width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&picture.pixels)?;
    Ok(())
}
