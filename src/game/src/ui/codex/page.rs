//! Reads the page: of Markdown the few signs that it uses, which are headings, lists and paragraphs.

/// A part of the page, with its words on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// What the page is called: `# …`.
    Title(String),
    /// Where a section begins: `## name: what it is about`; the latter may be empty.
    Section {
        /// What stands before the colon.
        name: String,
        /// What stands after it.
        about: String,
    },
    /// Running text.
    Paragraph(String),
    /// An item of a list: `- …`.
    Item(String),
}

impl Block {
    fn of_line(line: &str) -> Self {
        if let Some(heading) = line.strip_prefix("## ") {
            let (name, about) = heading.split_once(": ").unwrap_or((heading, ""));
            Self::Section { name: name.trim().into(), about: about.trim().into() }
        } else if let Some(title) = line.strip_prefix("# ") {
            Self::Title(title.trim().into())
        } else if let Some(item) = line.strip_prefix("- ") {
            Self::Item(item.trim().into())
        } else {
            Self::Paragraph(line.into())
        }
    }

    /// Where further lines go; headings have none.
    fn open(&mut self) -> Option<&mut String> {
        match self {
            Self::Paragraph(words) | Self::Item(words) => Some(words),
            Self::Title(_) | Self::Section { .. } => None,
        }
    }
}

/// Takes a page apart. What is none of the known signs is running text, so nothing is ever left out.
pub fn parse(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut after_gap = true;
    for line in markdown.lines().map(str::trim) {
        if line.is_empty() {
            after_gap = true;
            continue;
        }
        let block = Block::of_line(line);
        let continues = !after_gap && matches!(block, Block::Paragraph(_));
        match blocks.last_mut().and_then(Block::open).filter(|_| continues) {
            Some(words) => {
                words.push(' ');
                words.push_str(line);
            }
            None => blocks.push(block),
        }
        after_gap = false;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn section(name: &str, about: &str) -> Block {
        Block::Section { name: name.into(), about: about.into() }
    }

    #[test]
    fn every_sign_is_understood() {
        let page = "# Name\n\nOne\ntwo.\n\nThree.\n\n## Part: about it\n- a\n  b\n- c\n\n## Bare\n";
        let expected = [
            Block::Title("Name".into()),
            Block::Paragraph("One two.".into()),
            Block::Paragraph("Three.".into()),
            section("Part", "about it"),
            Block::Item("a b".into()),
            Block::Item("c".into()),
            section("Bare", ""),
        ];
        assert_eq!(parse(page), expected);
    }

    #[test]
    fn a_heading_takes_no_further_line() {
        let expected = [Block::Title("Name".into()), Block::Paragraph("words".into()), section("Part", "")];
        assert_eq!(parse("# Name\nwords\n## Part"), expected);
    }

    #[test]
    fn a_paragraph_after_a_list_is_no_item() {
        assert_eq!(parse("- a\n\nb"), [Block::Item("a".into()), Block::Paragraph("b".into())]);
    }

    #[test]
    fn unknown_signs_stay_as_words() {
        assert_eq!(parse("### deep\n-5 °C\n#tag"), [Block::Paragraph("### deep -5 °C #tag".into())]);
        assert_eq!(parse(""), []);
    }

    #[test]
    fn no_word_of_the_real_page_is_left_out() {
        Language::all().filter_map(Language::model).for_each(no_word_is_left_out);
    }

    fn no_word_is_left_out(page: &str) {
        let mut words: Vec<String> = Vec::new();
        for block in parse(page) {
            let text = match block {
                Block::Title(text) | Block::Paragraph(text) | Block::Item(text) => text,
                Block::Section { name, about } if about.is_empty() => name,
                Block::Section { name, about } => format!("{name}: {about}"),
            };
            words.extend(text.split_whitespace().map(str::to_owned));
        }
        let there: Vec<&str> = page.split_whitespace().filter(|word| !["#", "##", "-"].contains(word)).collect();
        assert_eq!(words, there);
        assert!(words.len() > 300, "{}", words.len());
    }

    #[test]
    fn the_real_page_has_a_title_an_introduction_and_sections() {
        for page in Language::all().filter_map(Language::model) {
            let blocks = parse(page);
            assert!(matches!(blocks[..], [Block::Title(_), Block::Paragraph(_), Block::Section { .. }, ..]));
            let sections = blocks.iter().filter(|block| matches!(block, Block::Section { .. })).count();
            assert!((5..=10).contains(&sections), "{sections} sections: the pipe beside the page has room for ten");
        }
    }

    #[test]
    fn a_translation_has_the_same_blocks_in_the_same_order() {
        let kinds = |page: &str| parse(page).iter().map(std::mem::discriminant).collect::<Vec<_>>();
        let english = Language::ENGLISH.model().map(kinds);
        for language in Language::all().filter(|language| language.model().is_some()) {
            assert_eq!(language.model().map(kinds), english, "assets/text/{language}/model.md");
        }
    }
}
