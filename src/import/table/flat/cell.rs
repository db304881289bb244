//! A cell from the lines it is broken over.

use crate::import::document::{Block, Cell, Item, Passage};

use super::words::{begins_lower, begins_upper, flow, had_room, is_finished, point};
use super::{Gap, Line};

/// Which part of a column may be empty at the end of a line before it is thought to end a
/// paragraph: letters are not equally wide.
const SLACK: usize = 8;

/// Words that a name goes on after.
const JOINING: &[&str] = &[
    "och",
    "samt",
    "eller",
    "med",
    "i",
    "av",
    "för",
    "till",
    "på",
    "inom",
    "från",
    "vid",
    "samverkan",
    "respektive",
    "the",
    "and",
    "or",
    "with",
    "in",
    "of",
    "for",
    "by",
    "from",
];

/// A cell of running text, in a column of so many characters.
pub(super) fn prose(lines: &[&Line], room: usize) -> Cell {
    let room = room - room / SLACK;
    build(lines, |line, next| {
        begins_upper(next) && !next.starts_with('(') && had_room(line, next, room)
    })
}

/// A cell of names: one that begins after a noun is another.
pub(super) fn names(lines: &[&Line]) -> Cell {
    build(lines, |line, next| {
        let last = line.split_whitespace().next_back().unwrap_or_default();
        let noun = last.chars().all(char::is_lowercase);
        begins_upper(next) && noun && !JOINING.contains(&last)
    })
}

/// Joins lines to paragraphs and points; `ends` says whether a line ends its paragraph although
/// no blank line follows.
fn build(lines: &[&Line], ends: impl Fn(&str, &str) -> bool) -> Cell {
    let mut content: Vec<Block> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let words = Passage::new(line.number, &line.text);
        let last = before
            .map(|before| before.text.as_str())
            .unwrap_or_default();
        let blank = line.gap != Gap::None && before.is_some();
        let after_point = matches!(content.last(), Some(Block::Item(_)));
        let announced = last.ends_with([':', ';']) || is_finished(last);
        let listed = before.is_none() || blank || after_point || announced;
        if let Some((number, text)) = point(&line.text).filter(|_| listed) {
            content.push(Block::Item(Item {
                depth: 0,
                number: number.map(str::to_owned),
                text: Passage::new(line.number, text),
            }));
        } else {
            // A blank line in the middle of a sentence is one that the extractor made.
            let goes_on = begins_lower(&line.text) && !is_finished(last);
            let parts = (blank && !goes_on) || (!blank && ends(last, &line.text));
            let own_line = !blank && parts && last.ends_with([':', ';']);
            match content.last_mut() {
                Some(Block::Paragraph(passage)) if own_line => passage.append("\n", words),
                Some(Block::Paragraph(passage)) if !parts => flow(passage, words),
                Some(Block::Item(item)) if !parts => flow(&mut item.text, words),
                _ => content.push(Block::Paragraph(words)),
            }
        }
        before = Some(line);
    }
    Cell {
        content,
        ..Cell::default()
    }
}
