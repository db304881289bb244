//! Headings in plain lines.

use super::paragraph::Spacing;
use crate::import::document::{Heading, Passage, TextLine};
use crate::import::field;
use crate::import::table::title;

/// How long a heading may be, in characters.
const LONGEST: usize = 110;

/// On how many lines below a measure its fields are looked for.
const FIELDS: usize = 6;

/// The heading on a line, if it is one: a numbered line that stands alone, or a short line
/// without an end of sentence before a paragraph or a list.
pub(super) fn read(lines: &[TextLine], at: usize, spacing: Spacing) -> Option<Heading> {
    let line = &lines[at];
    let text = line.text.trim();
    let markdown = text.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&markdown) && text[markdown..].starts_with(' ') {
        let level = u8::try_from(markdown).unwrap_or(6);
        return Some(heading(line, &text[markdown..], level));
    }
    if text.chars().count() > LONGEST
        || text.ends_with(['.', ',', ':', ';', '?', '-', '–'])
        || field::begins(text)
    {
        return None;
    }
    if let Some((number, words)) = numbered(text) {
        if is_measure(lines, at, spacing) {
            return None;
        }
        let deep = number.contains('.');
        let alone = !neighbours(lines, at).any(|line| numbered(line.text.trim()).is_some());
        let follows = next(lines, at).is_some() || spacing.table_follows;
        if follows && (deep || alone) && words.chars().next().is_some_and(char::is_uppercase) {
            let level = u8::try_from(number.matches('.').count() + 1).unwrap_or(6);
            let mut found = heading(line, words, level);
            found.number = Some(number.to_owned());
            return Some(found);
        }
        return None;
    }
    if title::is_announced(text) && next(lines, at).is_some_and(|next| field::begins(&next.text)) {
        return None;
    }
    unnumbered(lines, at, spacing).then(|| heading(line, text, 1))
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

/// Whether a numbered line is a measure rather than a heading: something is said of it after a
/// label before the next blank line, or it has a full stop after its number where the numbers of
/// headings have none.
fn is_measure(lines: &[TextLine], at: usize, spacing: Spacing) -> bool {
    let text = lines[at].text.trim();
    let number: String = text.chars().take_while(|c| !c.is_whitespace()).collect();
    let dotted = number.ends_with('.') && number.matches('.').count() == 1;
    let after = lines[at + 1..].iter().take_while(|line| !line.is_blank());
    (dotted && spacing.bare_numbers) || after.take(FIELDS).any(|line| field::begins(&line.text))
}

/// Whether lines set apart by blank lines begin with a number without a full stop after it, as
/// headings do ("3 Mål").
pub(super) fn bare_numbers(lines: &[TextLine]) -> bool {
    let apart = |at: usize| {
        let blank = |at: Option<usize>| {
            at.and_then(|at| lines.get(at))
                .is_none_or(TextLine::is_blank)
        };
        blank(at.checked_sub(1)) && blank(Some(at + 1))
    };
    let bare = lines.iter().enumerate().filter(|(at, line)| {
        let text = line.text.trim();
        let number: &str = text.split(' ').next().unwrap_or_default();
        !number.contains('.') && numbered(text).is_some() && apart(*at)
    });
    bare.count() >= 2
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
/// begins a sentence and is longer, or it is set apart by blank lines, or a list follows.
fn unnumbered(lines: &[TextLine], at: usize, spacing: Spacing) -> bool {
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
        // What stands alone over a table names it.
        let alone = at == 0 || lines[at - 1].is_blank();
        return spacing.table_follows && alone && (3..=60).contains(&length);
    };
    let list = super::point(&after.text).is_some();
    let begins = list || {
        let first = after.text.trim().chars().next();
        first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let blank_before = at == 0 || lines[at - 1].is_blank();
    let blank_after = lines.get(at + 1).is_none_or(TextLine::is_blank);
    let longer = after.text.trim().chars().count() > length;
    let directly = !blank_after && begins && longer && (ended || blank_before);
    // Where a blank line stands between all lines it sets nothing apart.
    let apart = blank_before && blank_after && begins && (ended || at == 0 || !spacing.double);
    length >= 3 && (directly || apart || (list && blank_before))
}
