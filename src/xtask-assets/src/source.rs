//! Reads the SVG sources: every `<symbol>` with a `data-anchor` is a sprite.
//!
//! The symbol's `viewBox` bounds what is drawn (1 unit = 1/40 cell). Its data attributes are tuples of numbers in the
//! same units: `x,y` is a point, `x,y,w,h` a rectangle, several tuples a list. `data-scale` draws it larger or smaller.
//! The file's `data-page` names the atlas page its symbols go to; without one that is `board`.

use crate::Result;
use std::{collections::BTreeMap, fs, path::Path};

/// One sprite's source.
pub struct Symbol {
    /// The sprite's name: the symbol's `id`.
    pub name: String,
    /// The atlas page it goes to.
    pub page: String,
    /// The stem of the file that it comes from.
    pub file: String,
    /// Left, top, width and height of what is drawn, in units.
    pub view: [f32; 4],
    /// How much larger than one unit per 1/40 cell it is drawn.
    pub scale: f32,
    /// Data attributes without their prefix: anchors, slots, rectangles.
    pub data: BTreeMap<String, Vec<Vec<f32>>>,
    /// A whole SVG document that shows only this symbol.
    pub document: String,
}

/// The page of files that name none.
pub const FIRST_PAGE: &str = "board";

/// The symbols of every SVG file in `folder`, in the order of file names and then of the file.
pub fn read_folder(folder: &Path) -> Result<Vec<Symbol>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "svg"));
    files.sort();
    let mut symbols = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path)?;
        let file = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        symbols.extend(read(&text, &file).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    Ok(symbols)
}

fn read(text: &str, file: &str) -> Result<Vec<Symbol>> {
    let document = roxmltree::Document::parse(text)?;
    let page = document.root_element().attribute("data-page").unwrap_or(FIRST_PAGE);
    let Some(defs) =
        document.root_element().children().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "defs")))
    else {
        return Ok(Vec::new());
    };
    let defs_text = &text[defs.range()];
    let mut symbols = Vec::new();
    for node in defs.children().filter(|node| node.tag_name().name() == "symbol" && node.has_attribute("data-anchor")) {
        let name = node.attribute("id").ok_or("a symbol without id")?.to_owned();
        let view = node.attribute("viewBox").ok_or_else(|| format!("{name}: no viewBox"))?;
        let view: [f32; 4] =
            numbers(view, ' ')?.try_into().map_err(|_| format!("{name}: a viewBox has four numbers"))?;
        let mut data = BTreeMap::new();
        for attribute in node.attributes() {
            if let Some(key) = attribute.name().strip_prefix("data-") {
                let tuples: Result<Vec<_>> = attribute.value().split(' ').map(|tuple| numbers(tuple, ',')).collect();
                data.insert(key.to_owned(), tuples.map_err(|e| format!("{name}: {key}: {e}"))?);
            }
        }
        let scale = data.remove("scale").and_then(|tuples| tuples.first()?.first().copied()).unwrap_or(1.0);
        let [x, y, w, h] = view;
        let document = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {w} {h}\" width=\"{w}\" height=\"{h}\">{defs_text}\
             <use href=\"#{name}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/></svg>"
        );
        symbols.push(Symbol { name, page: page.to_owned(), file: file.to_owned(), view, scale, data, document });
    }
    Ok(symbols)
}

fn numbers(text: &str, separator: char) -> Result<Vec<f32>> {
    text.split(separator).map(|word| word.parse::<f32>().map_err(|e| format!("{word:?}: {e}").into())).collect()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_symbol_with_an_anchor_is_a_sprite() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><defs><symbol id='a' viewBox='-2 -2 44 44' \
                   data-anchor='20,20' data-slots='1,2 3,4' data-scale='1.5'/><symbol id='b' viewBox='0 0 1 1'/></defs></svg>";
        let symbols = read(svg, "pieces").unwrap();
        assert_eq!(symbols.len(), 1);
        assert_eq!(symbols[0].name, "a");
        assert_eq!((symbols[0].page.as_str(), symbols[0].file.as_str()), ("board", "pieces"));
        assert_eq!(symbols[0].view, [-2.0, -2.0, 44.0, 44.0]);
        assert_eq!(symbols[0].data["slots"], vec![vec![1.0, 2.0], vec![3.0, 4.0]]);
        assert!((symbols[0].scale - 1.5).abs() < f32::EPSILON);
    }

    #[test]
    fn a_file_names_the_page_of_its_symbols() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' data-page='characters'><defs><symbol id='a' \
                   viewBox='0 0 1 1' data-anchor='0,0'/></defs></svg>";
        assert_eq!(read(svg, "enemies").unwrap()[0].page, "characters");
    }
}
