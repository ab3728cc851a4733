//! The atlas's manifest: where each sprite lies and which points on it matter.

use crate::{Result, source::Symbol};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

/// One sprite. All numbers are pixels of the atlas; points are counted from the sprite's top left corner.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
pub struct Sprite {
    /// Left edge in the atlas.
    pub x: usize,
    /// Top edge in the atlas.
    pub y: usize,
    /// Width.
    pub w: usize,
    /// Height.
    pub h: usize,
    /// The point that the game places: a cell's centre, a footprint's corner, a pivot.
    pub anchor: [f64; 2],
    /// Further points, rectangles and lists of points by name.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// The whole manifest.
#[derive(Debug, Deserialize, Serialize, PartialEq)]
pub struct Manifest {
    /// Version of this format.
    pub format: u32,
    /// The atlas's width in pixels.
    pub width: usize,
    /// The atlas's height in pixels.
    pub height: usize,
    /// How many pixels of the atlas span one cell of the board.
    pub px_per_cell: u32,
    /// Sprites by name.
    pub sprites: BTreeMap<String, Sprite>,
}

impl Manifest {
    /// Reads a manifest.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The text to write: one sprite a line, so that changes read well.
    pub fn text(&self) -> Result<String> {
        let mut out = format!(
            "{{\"format\":{},\"width\":{},\"height\":{},\"px_per_cell\":{},\"sprites\":{{\n",
            self.format, self.width, self.height, self.px_per_cell
        );
        for (i, (name, sprite)) in self.sprites.iter().enumerate() {
            let comma = if i + 1 < self.sprites.len() { "," } else { "" };
            writeln!(out, "{}:{}{comma}", serde_json::to_string(name)?, serde_json::to_string(sprite)?)?;
        }
        out.push_str("}}\n");
        Ok(out)
    }
}

/// A symbol's data attributes in pixels: points and rectangles are moved by `origin`, all lengths scaled.
pub fn points(symbol: &Symbol, origin: [f32; 2], scale: f32) -> Result<([f64; 2], BTreeMap<String, Value>)> {
    let place = |tuple: &Vec<f32>| -> Vec<f64> {
        let moved = |(i, v): (usize, &f32)| round(v * scale + origin.get(i).copied().unwrap_or(0.0));
        tuple.iter().enumerate().map(moved).collect()
    };
    let mut more = BTreeMap::new();
    let mut anchor = [0.0; 2];
    for (key, tuples) in &symbol.data {
        let placed: Vec<Vec<f64>> = tuples.iter().map(place).collect();
        match placed.as_slice() {
            [only] if key == "anchor" => {
                anchor =
                    only.as_slice().try_into().map_err(|_| format!("{}: an anchor has two numbers", symbol.name))?;
            }
            [only] => drop(more.insert(key.clone(), json!(only))),
            several => drop(more.insert(key.clone(), json!(several))),
        }
    }
    Ok((anchor, more))
}

/// Rounds to a hundredth of a pixel.
fn round(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::{Manifest, points};
    use crate::source::Symbol;
    use std::collections::BTreeMap;

    #[test]
    fn points_move_and_lengths_scale() {
        let data = BTreeMap::from([
            ("anchor".to_owned(), vec![vec![20.0, 20.0]]),
            ("tank".to_owned(), vec![vec![1.0, 2.0, 3.0, 4.0]]),
            ("slots".to_owned(), vec![vec![0.0, 0.0], vec![5.0, 5.0]]),
        ]);
        let (name, page, file, document) = ("a".to_owned(), String::new(), String::new(), String::new());
        let symbol = Symbol { name, page, file, view: [0.0; 4], scale: 1.0, data, document };
        let (anchor, more) = points(&symbol, [10.0, 100.0], 2.0).unwrap();
        assert_eq!(anchor, [50.0, 140.0]);
        assert_eq!(more["tank"].to_string(), "[12.0,104.0,6.0,8.0]");
        assert_eq!(more["slots"].to_string(), "[[10.0,100.0],[20.0,110.0]]");
    }

    #[test]
    fn the_text_reads_back() {
        let text = r#"{"format":1,"width":8,"height":4,"px_per_cell":80,"sprites":{
"a":{"x":1,"y":1,"w":2,"h":2,"anchor":[1.0,1.0],"tank":[1.0,2.0,3.0,4.0]}
}}
"#;
        let manifest: Manifest = serde_json::from_str(text).unwrap();
        assert_eq!(manifest.text().unwrap(), text);
    }
}
