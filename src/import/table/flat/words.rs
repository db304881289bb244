//! What can be told of a line of text by its shape.

use crate::import::document::Passage;

/// How many characters a line has.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// Whether a line is nothing but an address: links that an extractor drops at the foot of a page.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim();
    let scheme = ["http://", "https://", "www.", "mailto:"];
    scheme.iter().any(|scheme| text.starts_with(scheme)) && !text.contains(char::is_whitespace)
}

/// Whether a text ends a sentence, a footnote mark and closing quotes aside.
pub(super) fn is_finished(text: &str) -> bool {
    let closing = |c: char| c.is_numeric() || ['"', '”', '’', ')', ']', '»'].contains(&c);
    let text = text.trim_end();
    text.ends_with(['.', '!', '?']) || text.trim_end_matches(closing).ends_with(['.', '!', '?'])
}

/// Whether a text goes on in the middle of a sentence.
pub(super) fn begins_lower(text: &str) -> bool {
    let first = text.chars().find(|c| *c != '(');
    first.is_some_and(char::is_lowercase)
}

/// Whether a text begins with an upper-case letter, opening quotes and brackets aside.
pub(super) fn begins_upper(text: &str) -> bool {
    let opening = ['"', '”', '“', '’', '‘', '(', '«', '»'];
    let first = text.chars().find(|c| !opening.contains(c));
    first.is_some_and(char::is_uppercase)
}

/// Whether a line is to go on: it ends in a comma, a hyphen or a word that something follows.
pub(super) fn is_open(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "och", "samt", "eller", "med", "av", "i", "på", "för", "vid", "till", "från", "the", "of",
        "and",
    ];
    let text = text.trim_end();
    let last = text.split_whitespace().next_back().unwrap_or_default();
    text.ends_with([',', '-', '–', '/']) || WORDS.contains(&last)
}

/// The first word.
pub(super) fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// Whether the first word of the next line would have had room on this one.
pub(super) fn had_room(line: &str, next: &str, room: usize) -> bool {
    width(line) + 1 + width(first_word(next)) <= room
}

/// The number, if any, and the words of a point of a list.
pub(super) fn point(text: &str) -> Option<(Option<&str>, &str)> {
    let (mark, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return None;
    }
    if ["-", "–", "•", "·", "*", "▪", "\u{f0b7}"].contains(&mark) {
        return Some((None, rest));
    }
    let number = mark.strip_suffix(['.', ')'])?;
    let short = (1..=2).contains(&number.len()) && number.bytes().all(|c| c.is_ascii_digit());
    short.then_some((Some(number), rest))
}

/// Goes on in the next line, as [`Passage::flow`] does, but a hyphen or dash that stands right
/// after a digit binds ("60-" and "åringar", "2019-" and "2020").
pub(super) fn flow(passage: &mut Passage, next: Passage) {
    let mut back = passage.text.chars().rev();
    let bound = back.next().is_some_and(|c| ['-', '–', '—'].contains(&c))
        && back.next().is_some_and(|c| c.is_ascii_digit());
    let word = first_word(&next.text);
    let joins = ["och", "eller", "samt", "and", "or"].contains(&word);
    let binds = word
        .chars()
        .next()
        .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    if bound && binds && !joins {
        passage.append("", next);
    } else {
        passage.flow(next);
    }
}
