//! Footnotes: where their texts stand, and their marks, also when glued to a word or a year.

use crate::import::document::{Footnote, Passage, TextLine};

/// A footnote's text found in plain lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which lines it takes up, by index, ascending.
    pub lines: Vec<usize>,
    /// The footnote.
    pub footnote: Footnote,
}

/// The footnotes in plain lines: lines at the foot of a page, or at the end, that begin with a
/// number that goes on the row of numbers before it, and whose mark occurs in the text.
pub fn find(lines: &[TextLine]) -> Vec<Found> {
    let _ = lines;
    Vec::new()
}

/// The passage with the marks of known footnotes taken out of its text and put in its marks:
/// superscript digits, and digits glued to a word, a closing bracket or a year, also before a
/// full stop. Digits that belong to a word ("LIKA5" where there is no note 5) stay.
#[must_use]
pub fn take_marks(passage: Passage, known: &[&str]) -> Passage {
    let _ = known;
    passage
}
