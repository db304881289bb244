//! Styles: which paragraphs are headings, items or lines of a table of contents.

use std::collections::HashMap;

use super::super::Refusal;
use super::super::xml::{Token, attribute, number, walk};

/// How many styles a style may be based on, one upon another.
const BASES: usize = 32;

/// What a style, or a paragraph by itself, says of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// 0 for the title, 1 for the highest level below; none for what is no heading.
    pub(super) heading: Option<u8>,
    /// The list.
    pub(super) list: Option<String>,
    /// The depth in the list.
    pub(super) depth: Option<usize>,
    /// How much deeper its name says that it is ("List Bullet 2").
    pub(super) deeper: usize,
    /// Whether it belongs to the table of contents.
    pub(super) contents: bool,
    base: Option<String>,
}

/// The styles of paragraphs, by id.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(part: &str) -> Result<Self, Refusal> {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        walk(part, |token| {
            match token {
                Token::Open("style", tag) => {
                    let id = attribute(tag, "styleId");
                    open = id.map(|id| (id, Style::default()));
                }
                Token::Close("style") => styles.extend(open.take()),
                Token::Open(name, tag) => {
                    if let Some((_, style)) = &mut open {
                        match name {
                            "name" => style.name(&attribute(tag, "val").unwrap_or_default()),
                            "basedOn" => style.base = attribute(tag, "val"),
                            "numId" => style.list = attribute(tag, "val"),
                            "ilvl" => style.depth = number(tag),
                            "outlineLvl" => {
                                let level = outline(number(tag));
                                style.heading = style.heading.or(level);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(Self(styles))
    }

    /// What a style says, with what it takes over from the styles that it is based on.
    pub(super) fn get(&self, id: &str) -> Style {
        let mut all = Style::default();
        let mut next = Some(id);
        for _ in 0..BASES {
            let Some(style) = next.and_then(|id| self.0.get(id)) else {
                break;
            };
            all.heading = all.heading.or(style.heading);
            all.list = all.list.or_else(|| style.list.clone());
            all.depth = all.depth.or(style.depth);
            all.deeper = all.deeper.max(style.deeper);
            all.contents |= style.contents;
            next = style.base.as_deref();
        }
        all
    }
}

impl Style {
    /// Takes what the name of a style says; Word keeps English names in every language, other
    /// programs do not.
    fn name(&mut self, name: &str) {
        let name = name.to_lowercase();
        if let Some(rest) = name
            .strip_prefix("heading ")
            .or_else(|| name.strip_prefix("rubrik "))
        {
            let level = rest.parse().ok().filter(|level| (1..=9).contains(level));
            self.heading = level.or(self.heading);
        } else if name == "title" || name == "rubrik" {
            self.heading = Some(0);
        } else if name.starts_with("toc ") || name.starts_with("innehåll ") {
            self.contents = true;
        } else if name.starts_with("list ") {
            let digit = name.chars().last().and_then(|last| last.to_digit(10));
            self.deeper = digit.map_or(0, |digit| digit.saturating_sub(1) as usize);
        }
    }
}

/// The level of a heading by its outline level: 0 is the highest, 9 is body text.
pub(super) fn outline(level: Option<u8>) -> Option<u8> {
    level.filter(|level| *level < 9).map(|level| level + 1)
}
