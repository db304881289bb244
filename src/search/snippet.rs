//! The passage of a text that shows why it was found, with the words sought marked.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::part::Field;
use crate::model::{Language, Text};
use crate::text::{Lexicon, fold, tokens};

/// About how many bytes a passage has.
const LENGTH: usize = 220;

/// How many bytes stand before the first word that is marked.
const BEFORE: usize = 60;

/// A text with marks in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text, or the passage of it.
    pub text: String,
    /// The tag of its language.
    pub language: String,
    /// Where the words sought stand in it, in bytes, in order.
    pub marks: Vec<Range<usize>>,
    /// Whether something stands before the passage.
    pub before: bool,
    /// Whether something stands after it.
    pub after: bool,
}

/// What is to be marked.
#[derive(Clone, Debug, Default)]
pub(super) struct Sought {
    /// The stems of the words sought, each with the number of its word.
    pub(super) stems: FxHashMap<Arc<str>, usize>,
    /// The words of each phrase, folded.
    pub(super) phrases: Vec<Vec<String>>,
}

impl Sought {
    /// Where words sought stand in a text, and which of them.
    fn places(&self, lexicon: &Lexicon, text: &Text) -> Vec<(Range<usize>, usize)> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for term in lexicon.terms(&text.text, &text.language) {
            if let Some(word) = self.stems.get(&term.stem) {
                found.push((term.range, *word));
            }
        }
        let words: Vec<_> = if self.phrases.is_empty() {
            Vec::new()
        } else {
            tokens(&text.text).collect()
        };
        let folded: Vec<_> = words.iter().map(|token| fold(token.word)).collect();
        for (number, phrase) in self.phrases.iter().enumerate() {
            for (at, window) in folded.windows(phrase.len()).enumerate() {
                if window.iter().zip(phrase).all(|(own, word)| **own == **word) {
                    let last = &words[at + phrase.len() - 1];
                    found.push((words[at].start..last.end, usize::MAX - number));
                }
            }
        }
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        found
    }
}

/// A whole text, with marks.
pub(super) fn whole(lexicon: &Lexicon, text: &Text, sought: &Sought) -> Marked {
    Marked {
        text: text.text.clone(),
        language: text.language.clone(),
        marks: apart(
            sought
                .places(lexicon, text)
                .into_iter()
                .map(|(range, _)| range),
        ),
        before: false,
        after: false,
    }
}

/// The passage, of all these texts, that has most of the words sought; where none has any, the
/// beginning of the description.
pub(super) fn best(
    lexicon: &Lexicon,
    texts: &[(Field, &Text)],
    sought: &Sought,
    language: Language,
) -> Option<Marked> {
    let passage = |(field, text): &(Field, &Text)| {
        let places = sought.places(lexicon, text);
        let (start, words) = densest(&places)?;
        let better = (
            words,
            std::cmp::Reverse((language.rank(&text.language), *field)),
        );
        Some((better, cut(text, start, places)))
    };
    let found = texts.iter().filter_map(passage);
    // Of several that are as good the first.
    let found = found.reduce(|best, next| if next.0 > best.0 { next } else { best });
    found.map(|(_, marked)| marked).or_else(|| {
        let described = texts
            .iter()
            .filter(|(field, _)| *field == Field::Description);
        let (_, text) = described.min_by_key(|(_, text)| language.rank(&text.language))?;
        Some(cut(text, 0, Vec::new()))
    })
}

/// Where a passage should begin so that it has most of the words sought, and how many that is.
fn densest(places: &[(Range<usize>, usize)]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for (at, (range, _)) in places.iter().enumerate() {
        let within = places[at..]
            .iter()
            .take_while(|(other, _)| other.end <= range.start + LENGTH - BEFORE);
        let words = within.map(|(_, word)| *word).collect::<BTreeSet<_>>().len();
        if best.is_none_or(|(_, most)| words > most) {
            best = Some((range.start, words));
        }
    }
    best
}

/// The passage around a place, cut between words.
fn cut(text: &Text, around: usize, places: Vec<(Range<usize>, usize)>) -> Marked {
    let whole = text.text.as_str();
    let mut start = 0;
    if whole.len() > LENGTH && around > BEFORE {
        let from = floor(whole, around - BEFORE);
        let gap = whole[from..around].find(char::is_whitespace);
        start = gap.map_or(around, |gap| from + gap);
        start += whole[start..].len() - whole[start..].trim_start().len();
    }
    let mut end = whole.len();
    if whole.len() - start > LENGTH {
        let to = floor(whole, start + LENGTH);
        let gap = whole[start..to]
            .rfind(char::is_whitespace)
            .filter(|gap| *gap > 0);
        end = gap.map_or(to, |gap| start + gap);
    }
    let end = start + whole[start..end].trim_end().len();
    let inside = places.into_iter().filter_map(|(range, _)| {
        (range.start >= start && range.end <= end).then(|| range.start - start..range.end - start)
    });
    Marked {
        text: whole[start..end].to_owned(),
        language: text.language.clone(),
        marks: apart(inside),
        before: start > 0,
        after: end < whole.trim_end().len(),
    }
}

/// Ranges in order, those that touch made one.
fn apart(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// The last place at which a character begins, up to this one.
fn floor(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}
