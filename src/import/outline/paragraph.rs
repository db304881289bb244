//! Where a paragraph and a point end.

use crate::import::assemble::is_metadata;
use crate::import::document::TextLine;
use crate::import::field;

/// How lines are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spacing {
    /// Whether a blank line stands between lines of one paragraph too.
    pub(super) double: bool,
    /// Whether the numbers of headings have no full stop after them.
    pub(super) bare_numbers: bool,
    /// Whether a table follows the last of the lines.
    pub(super) table_follows: bool,
    /// How many characters a full line has.
    width: usize,
}

impl Spacing {
    /// How these lines are set: double where sentences go on in lower case after a blank line.
    pub(super) fn of(lines: &[TextLine], table_follows: bool) -> Self {
        let mut apart = 0;
        for pair in lines.windows(3) {
            let text = pair[0].text.trim();
            let goes_on = pair[2]
                .text
                .trim()
                .chars()
                .next()
                .is_some_and(char::is_lowercase);
            let long = text.chars().count() > 40;
            apart += usize::from(long && pair[1].is_blank() && goes_on);
        }
        let mut lengths: Vec<usize> = lines
            .iter()
            .filter(|line| !line.is_blank())
            .map(|line| line.text.trim().chars().count())
            .collect();
        lengths.sort_unstable();
        let width = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
        Self {
            double: apart >= 2,
            bare_numbers: super::heading::bare_numbers(lines),
            table_follows,
            width,
        }
    }

    /// Whether the first word of the next line would have fitted on a line.
    fn fits(self, line: &str, next: &str) -> bool {
        let word = next.split_whitespace().next().unwrap_or_default();
        (line.trim().chars().count() + 1 + word.chars().count()) * 100 < self.width * 92
    }
}

/// The index after the last line of the paragraph that begins at `at`.
pub(super) fn end(lines: &[TextLine], at: usize, spacing: Spacing) -> usize {
    let mut last = at;
    for next in at + 1..lines.len() {
        let line = &lines[next];
        if line.is_blank() {
            if spacing.double {
                continue;
            }
            break;
        }
        let previous = lines[last].text.trim();
        let finished = previous.ends_with(['.', '!', '?', ':', ';']);
        let gap = next > last + 1;
        let new_part = super::point(&line.text).is_some()
            || field::begins(&line.text)
            || is_metadata(&line.text)
            || (finished && super::heading::read(lines, next, spacing).is_some());
        let short = spacing.fits(previous, &line.text);
        // A sentence seldom ends where a full line does: rather a paragraph does, at least before
        // the words that lead in a list.
        let lead_in = finished && spacing.double && gap && leads_in(lines, next);
        if new_part || lead_in || (finished && short) || (gap && finished && !spacing.double) {
            break;
        }
        last = next;
    }
    last + 1
}

/// Whether one sentence, from its first line on, leads in a list.
fn leads_in(lines: &[TextLine], at: usize) -> bool {
    let mut own = lines[at..].iter().filter(|line| !line.is_blank());
    let sentence = |line: &&TextLine| !line.text.contains(['.', '!', '?']);
    let end = own
        .by_ref()
        .take_while(sentence)
        .take(4)
        .find(|line| line.text.trim().ends_with(':'));
    end.is_some()
        && own
            .next()
            .is_some_and(|line| super::point(&line.text).is_some())
}

/// The index after the last line of the point that begins at `at`: lines that go on without a
/// bullet of their own, up to a blank line.
pub(super) fn end_of_point(lines: &[TextLine], at: usize, spacing: Spacing) -> usize {
    let mut last = at;
    for next in at + 1..lines.len() {
        let line = &lines[next];
        if line.is_blank() {
            if spacing.double && !lines[last].text.trim().ends_with('.') {
                continue;
            }
            break;
        }
        let previous = lines[last].text.trim();
        let goes_on = line
            .text
            .trim()
            .chars()
            .next()
            .is_some_and(char::is_lowercase)
            || !spacing.fits(previous, &line.text);
        let deeper = line.text.starts_with([' ', '\t']);
        if last == at && is_sentence_below(previous, &line.text) {
            break;
        }
        if super::point(&line.text).is_some()
            || field::begins(&line.text)
            || super::heading::read(lines, next, spacing).is_some() && !deeper
            || !(goes_on || deeper)
            || (next > last + 1 && !goes_on)
        {
            break;
        }
        last = next;
    }
    last + 1
}

/// Whether a line is a sentence of its own below a point that is none: the point is then a title.
fn is_sentence_below(point: &str, line: &str) -> bool {
    const OPEN: [&str; 16] = [
        "och", "samt", "eller", "med", "av", "i", "på", "för", "till", "från", "the", "of", "and",
        "with", "to", "in",
    ];
    let line = line.trim();
    let point = super::point(point).map_or(point, |(_, _, words)| words);
    let words = point.split_whitespace();
    let open = words.last().is_some_and(|word| OPEN.contains(&word));
    let ended = point.contains(". ") || point.ends_with(['.', ',', ':', ';', '-', '–']);
    line.starts_with(char::is_uppercase) && line.ends_with('.') && !open && !ended
}
