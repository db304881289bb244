//! Periods in words.

use super::Reading;
use crate::model::{Date, Precision};

/// From when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The first day; none where only the end is given.
    pub start: Option<Date>,
    /// The last day; none where the end is open.
    pub end: Option<Date>,
    /// How precisely the words give it.
    pub precision: Precision,
}

/// What the words of a period cell say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// A period.
    When(Reading<When>),
    /// Without beginning and end ("löpande"): the words.
    Continuous(String),
}

/// Reads the words of a period cell, whatever stands around the period; `None` where there is
/// none. `marks` are the footnotes that the document has, for "20211".
pub fn read(words: &str, marks: &[&str]) -> Option<Period> {
    let _ = (words, marks);
    None
}

/// The first period in a running text such as a title: the bytes of its words and the period.
pub fn find(text: &str) -> Option<(std::ops::Range<usize>, Reading<When>)> {
    let _ = text;
    None
}

/// The first day named in a running text ("21 maj 2026", "2026-05-21"): its bytes and the day.
pub fn find_day(text: &str) -> Option<(std::ops::Range<usize>, Date)> {
    let _ = text;
    None
}
