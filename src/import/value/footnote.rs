//! Footnotes: where their texts stand, and their marks, also when glued to a word or a year.

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
    let mut at = 0;
    while at < lines.len() {
        let next = found.len() + 1;
        if let Some(words) = begins(&lines[at].text, next)
            && (0..at).any(|above| has_mark(&lines[above].text, next))
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

/// Whether the number stands glued to a word, a bracket or a year in the line.
fn has_mark(line: &str, number: usize) -> bool {
    let marker = number.to_string();
    places(line, &marker).next().is_some()
}

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
    text.match_indices(marker).filter_map(move |(at, _)| {
        let before = &text[..at];
        let after = text[at + marker.len()..].chars().next();
        let ends = after.is_none_or(|c| c.is_whitespace() || ".,;:)".contains(c));
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let last = before.chars().next_back()?;
        let year = digits == 4 && ["19", "20"].iter().any(|c| before[at - 4..].starts_with(c));
        (ends && (last.is_alphabetic() || last == ')' || year)).then_some(at)
    })
}

/// The passage with the marks of known footnotes taken out of its text and put in its marks:
/// digits glued to a word, a closing bracket or a year, also before a full stop. Digits that
/// belong to a word stay where no such note is known.
#[must_use]
pub fn take_marks(mut passage: Passage, known: &[&str]) -> Passage {
    for marker in known {
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
