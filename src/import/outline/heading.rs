//! Headings in plain lines.

use crate::import::document::{Heading, Passage, TextLine};

/// How long a heading may be, in characters.
const LONGEST: usize = 110;

/// The heading on a line, if it is one: a numbered line that stands alone, or a short line
/// without an end of sentence before a paragraph.
pub(super) fn read(lines: &[TextLine], at: usize) -> Option<Heading> {
    let line = &lines[at];
    let text = line.text.trim();
    let markdown = text.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&markdown) && text[markdown..].starts_with(' ') {
        let level = u8::try_from(markdown).unwrap_or(6);
        return Some(heading(line, &text[markdown..], level));
    }
    if text.chars().count() > LONGEST || text.ends_with(['.', ',', ':', ';', '?', '-', '–']) {
        return None;
    }
    if let Some((number, words)) = numbered(text) {
        let deep = number.contains('.');
        let alone = !neighbours(lines, at).any(|line| numbered(line.text.trim()).is_some());
        let follows = next(lines, at).is_some();
        if follows && (deep || alone) && words.chars().next().is_some_and(char::is_uppercase) {
            let level = u8::try_from(number.matches('.').count() + 1).unwrap_or(6);
            let mut found = heading(line, words, level);
            found.number = Some(number.to_owned());
            return Some(found);
        }
        return None;
    }
    unnumbered(lines, at).then(|| heading(line, text, 1))
}

fn heading(line: &TextLine, words: &str, level: u8) -> Heading {
    Heading {
        level,
        number: None,
        text: Passage::new(line.number, words),
    }
}

/// "3.1 Words", "4 Words", "1. Words": the number without a final period, and the words.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number = text[..end].trim_end_matches('.');
    let words = text[end..].trim_start();
    let parts = || number.split('.');
    let ok = text[end..].starts_with([' ', '\t'])
        && !number.is_empty()
        && parts().all(|part| (1..=2).contains(&part.len()))
        && parts().count() <= 4
        && words.chars().next().is_some_and(char::is_alphabetic);
    ok.then_some((number, words))
}

/// The lines directly above and below.
fn neighbours(lines: &[TextLine], at: usize) -> impl Iterator<Item = &TextLine> {
    let before = at.checked_sub(1).map(|before| &lines[before]);
    [before, lines.get(at + 1)].into_iter().flatten()
}

/// The next line with words.
fn next(lines: &[TextLine], at: usize) -> Option<&TextLine> {
    lines[at + 1..].iter().find(|line| !line.is_blank())
}

/// A short line that begins a part: the one before it is blank or ends a sentence, the next
/// begins a sentence and is longer, or it is set apart by blank lines.
fn unnumbered(lines: &[TextLine], at: usize) -> bool {
    let text = lines[at].text.trim();
    let length = text.chars().count();
    let first = text.chars().next();
    if !first.is_some_and(char::is_uppercase) || length > 80 || super::point(text).is_some() {
        return false;
    }
    let before = lines[..at].iter().rev().find(|line| !line.is_blank());
    let ended = before.is_none_or(|line| {
        let line = line.text.trim();
        line.ends_with(['.', '?', '!', ':', ')']) || super::point(line).is_some()
    });
    let Some(after) = next(lines, at) else {
        return false;
    };
    let begins = after
        .text
        .trim()
        .chars()
        .next()
        .is_some_and(char::is_uppercase);
    let blank_before = at == 0 || lines[at - 1].is_blank();
    let blank_after = lines.get(at + 1).is_none_or(TextLine::is_blank);
    let longer = after.text.trim().chars().count() > length;
    let directly = !blank_after && begins && longer && (ended || blank_before);
    let apart = blank_before && blank_after && begins && (ended || at == 0);
    length >= 3 && (directly || apart)
}
