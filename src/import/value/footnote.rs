//! Footnotes: where their texts stand, and their marks, also when glued to a word or a year.

use std::collections::BTreeSet;

use crate::import::document::{Footnote, Mark, Passage, TextLine};

/// A footnote's text found in plain lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which lines it takes up, by index, ascending.
    pub lines: Vec<usize>,
    /// The footnote.
    pub footnote: Footnote,
}

/// The footnotes in plain lines: lines that begin with a number that goes on the row of numbers
/// before it, followed by words, and whose mark stands glued to a word in the text above.
pub fn find(lines: &[TextLine]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    // The marks of the lines above, of which the first so many were looked at.
    let mut marks = BTreeSet::new();
    let mut above = 0;
    let mut at = 0;
    while at < lines.len() {
        while above < at {
            marks.extend(marks_in(&lines[above].text).map(str::to_owned));
            above += 1;
        }
        let next = found.len() + 1;
        if let Some(words) = begins(&lines[at].text, next)
            && marks.contains(&next.to_string())
        {
            let end = end(lines, at, next);
            let mut text = Passage::new(lines[at].number, words);
            for line in lines[at + 1..end].iter().filter(|line| !line.is_blank()) {
                text.flow(Passage::new(line.number, &line.text));
            }
            found.push(Found {
                lines: (at..end).collect(),
                footnote: Footnote {
                    marker: next.to_string(),
                    text,
                },
            });
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The words after the number, where a line begins with it as a footnote does: "3 EDIH står …".
fn begins(line: &str, number: usize) -> Option<&str> {
    let rest = line.trim().strip_prefix(&number.to_string())?;
    let words = rest.strip_prefix([' ', '\t'])?.trim_start();
    (words.chars().next()?.is_alphabetic() && words.contains(' ')).then_some(words)
}

/// What stands in a text as numbers of footnotes do: glued to a word, a bracket or a year, at the
/// end of a run of digits.
fn marks_in(text: &str) -> impl Iterator<Item = &str> {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    (0..text.len())
        .filter(move |at| digit(*at))
        .filter_map(move |at| {
            let end = (at..=text.len())
                .take(LONGEST + 1)
                .find(|end| !digit(*end))?;
            is_mark(text, at, end).then(|| &text[at..end])
        })
}

/// The longest number of a footnote, in digits.
const LONGEST: usize = 6;

/// The index after a footnote's last line: up to a blank line, the next footnote, or a page.
fn end(lines: &[TextLine], at: usize, number: usize) -> usize {
    let mut end = at + 1;
    while end < lines.len() {
        let line = &lines[end];
        let finished = line.is_blank()
            || line.page != lines[at].page
            || begins(&line.text, number + 1).is_some()
            // Extraction leaves a space where a page begins.
            || line.text.starts_with(' ');
        if finished {
            break;
        }
        end += 1;
    }
    end
}

/// Where a mark stands glued in a text, by byte.
fn places<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(marker)
        .map(|(at, _)| at)
        .filter(move |at| is_mark(text, *at, *at + marker.len()))
}

/// Whether what stands between two bytes of a text is glued to what comes before and ends there.
fn is_mark(text: &str, at: usize, end: usize) -> bool {
    let before = &text[..at];
    let after = text[end..].chars().next();
    let ends = after.is_none_or(|c| c.is_whitespace() || ".,;:)".contains(c));
    let digits = before
        .bytes()
        .rev()
        .take(5)
        .take_while(u8::is_ascii_digit)
        .count();
    let year = digits == 4 && ["19", "20"].iter().any(|c| before[at - 4..].starts_with(c));
    let last = before.chars().next_back();
    ends && (last.is_some_and(|last| last.is_alphabetic() || last == ')') || year)
}

/// The passage with the marks of known footnotes taken out of its text and put in its marks:
/// digits glued to a word, a closing bracket or a year, also before a full stop. Digits that
/// belong to a word stay where no such note is known.
#[must_use]
pub fn take_marks(mut passage: Passage, known: &BTreeSet<&str>) -> Passage {
    let there = marks_in(&passage.text).filter_map(|mark| known.get(mark).copied());
    let there: BTreeSet<&str> = there.collect();
    for marker in &there {
        loop {
            let place = places(&passage.text, marker).next();
            let Some(at) = place else { break };
            passage.text.replace_range(at..at + marker.len(), "");
            for link in &mut passage.links {
                let moved = |place: usize| {
                    if place > at {
                        place - marker.len()
                    } else {
                        place
                    }
                };
                link.at = moved(link.at.start)..moved(link.at.end);
            }
            passage.marks.push(Mark {
                at,
                marker: (*marker).to_owned(),
            });
        }
    }
    passage
}
