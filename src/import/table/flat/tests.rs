//! Tables of the seed document and of others, cell by cell.

use super::*;

mod other;
mod seed;

/// Numbered lines of one page.
fn numbered(text: &str) -> Vec<TextLine> {
    let lines = (1..).zip(text.lines()).map(|(number, text)| TextLine {
        number,
        page: 1,
        text: text.to_owned(),
    });
    lines.collect()
}
