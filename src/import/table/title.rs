//! Title and description, where one cell holds both.

use super::{Column, classify};
use crate::import::document::{Block, Cell, Link, Mark, Passage};
use crate::import::value::period;

/// Words with a full stop that no sentence ends with, in lower case and without the last stop.
const ABBREVIATIONS: &[&str] = &[
    "t.ex", "bl.a", "s.k", "m.m", "m.fl", "d.v.s", "dvs", "o.s.v", "osv", "f.d", "fr.o.m", "t.o.m",
    "p.g.a", "resp", "inkl", "exkl", "ca", "nr", "kap", "etc", "e.g", "i.e", "no", "st", "dr",
];

/// The title and the rest of a cell: the title is its first sentence where another follows in the
/// paragraph, else its first paragraph.
///
/// A title cut out of a paragraph has the lines of the paragraph, as has the rest: which words
/// stand on which line is not kept.
pub fn title_and_description(cell: &Cell) -> (Passage, Vec<Block>) {
    let mut blocks = cell.content.iter();
    let Some(first) = blocks.next() else {
        return (Passage::default(), Vec::new());
    };
    let rest = blocks.cloned();
    match first {
        Block::Paragraph(passage) => match sentence_end(&passage.text) {
            Some(at) => {
                let (title, more) = split(passage, at);
                (
                    title,
                    [Block::Paragraph(more)].into_iter().chain(rest).collect(),
                )
            }
            None => (passage.clone(), rest.collect()),
        },
        Block::Item(item) => (item.text.clone(), rest.collect()),
        _ => (Passage::default(), cell.content.clone()),
    }
}

/// A number before a title ("Å1 Byta fönster", "2.3 Öva"), and the title without it.
pub fn numbered(title: &Passage) -> (Option<String>, Passage) {
    let text = title.text.as_str();
    if let Some((number, rest)) = announced(title) {
        return (Some(number), rest);
    }
    let word = text.split(' ').next().unwrap_or_default();
    let number = word.trim_end_matches(['.', ')', ':']);
    let letters = number.chars().take_while(|c| c.is_uppercase()).count();
    let digits = number.trim_start_matches(char::is_uppercase);
    let parts = || digits.split('.');
    let ok = (letters == 1 || (letters == 0 && (word != number || digits.contains('.'))))
        && parts()
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit()));
    if !ok || text.len() <= word.len() + 1 {
        return (None, title.clone());
    }
    let (_, rest) = split(title, word.len());
    (Some(number.to_owned()), rest)
}

/// Whether a line begins with the word for a measure and its number ("Insats 3: words").
pub fn is_announced(line: &str) -> bool {
    announced(&Passage::new(1, line)).is_some()
}

/// "Insats 3. Words", "Aktivitet 3: words": the number and the words.
fn announced(title: &Passage) -> Option<(String, Passage)> {
    let mut words = title.text.splitn(3, ' ');
    let (word, number) = (words.next()?, words.next()?);
    words.next()?;
    let digits = number.trim_end_matches(['.', ':']);
    let is_number = digits.len() < number.len()
        && digits
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit()));
    let known = matches!(classify(word), Column::Activity | Column::SubActivity);
    if !(is_number && known) {
        return None;
    }
    let (_, rest) = split(title, word.len() + 1 + number.len());
    Some((digits.to_owned(), rest))
}

/// How many words a clause may have that ends in a period and is no part of the title.
const CLAUSE: usize = 7;

/// A title without the period that stands in brackets, or in a clause of its own, at its end;
/// and the words of the period.
pub fn without_period(title: Passage) -> (Passage, Option<Passage>) {
    let text = title.text.trim_end_matches('.');
    let bracket = || {
        let (_, inner) = text.strip_suffix(')')?.rsplit_once('(')?;
        matches!(period::read(inner, &[]), Some(read) if period::says_only(inner, &read))
            .then_some((text.len() - inner.len() - 2, inner))
    };
    let clause = || {
        let (_, last) = text.rsplit_once(", ")?;
        let (at, _) = period::find_in_prose(last)?;
        let short = last.split_whitespace().count() <= CLAUSE && at.end == last.len();
        short.then(|| (text.len() - last.len() - 2, &last[at]))
    };
    let Some((end, words)) = bracket().or_else(clause).filter(|(end, _)| *end > 0) else {
        return (title, None);
    };
    let period = Passage {
        text: words.to_owned(),
        lines: title.lines.clone(),
        ..Passage::default()
    };
    let (head, _) = split(&title, end);
    let head = Passage {
        text: head.text.trim_end().to_owned(),
        ..head
    };
    (head, Some(period))
}

/// The byte after the first sentence, where an upper-case letter follows.
fn sentence_end(text: &str) -> Option<usize> {
    let stops = text.match_indices('.').map(|(at, _)| at);
    stops
        .map(|at| at + 1)
        .find(|end| {
            let after = &text[*end..];
            // A footnote mark may stand right behind the stop, a closing quote too.
            let tail = after.trim_start_matches(|c: char| c.is_numeric() || "”\"’)".contains(c));
            let opening = ['”', '“', '"', '’', '‘', '«', '»'];
            let next = tail.trim_start().trim_start_matches(opening);
            let another =
                tail.starts_with(char::is_whitespace) && next.starts_with(char::is_uppercase);
            let word = text[..end - 1].split_whitespace().next_back();
            another && word.is_some_and(|word| !is_abbreviation(word))
        })
        .map(|end| {
            let after = &text[end..];
            end + after.find(char::is_whitespace).unwrap_or(after.len())
        })
}

/// Whether a stop after a word may be part of it: abbreviations, initials, numbers of a list.
fn is_abbreviation(word: &str) -> bool {
    let word = word
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let short = word.chars().count() < 2;
    let number = word.len() < 3 && word.bytes().all(|c| c.is_ascii_digit());
    short || number || ABBREVIATIONS.contains(&word.as_str())
}

/// Cuts a passage at white space, with its marks and links.
fn split(passage: &Passage, at: usize) -> (Passage, Passage) {
    let (head, tail) = passage.text.split_at(at);
    let rest = tail.trim_start();
    let shift = passage.text.len() - rest.len();
    let (before, behind) = passage
        .marks
        .iter()
        .cloned()
        .partition(|mark| mark.at <= at);
    let behind: Vec<Mark> = behind;
    let (left, right) = passage
        .links
        .iter()
        .cloned()
        .partition(|link| link.at.start < at);
    let (left, right): (Vec<Link>, Vec<Link>) = (left, right);
    let title = Passage {
        text: head.to_owned(),
        lines: passage.lines.clone(),
        marks: before,
        links: left
            .into_iter()
            .map(|link| Link {
                at: link.at.start..link.at.end.min(at),
                ..link
            })
            .collect(),
    };
    let more = Passage {
        text: rest.to_owned(),
        lines: passage.lines.clone(),
        marks: behind
            .into_iter()
            .map(|mark| Mark {
                at: mark.at.saturating_sub(shift),
                ..mark
            })
            .collect(),
        links: right
            .into_iter()
            .map(|link| Link {
                at: link.at.start.saturating_sub(shift)..link.at.end.saturating_sub(shift),
                ..link
            })
            .collect(),
    };
    (title, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> String {
        let cell = Cell::of([Passage::new(1, text)]);
        title_and_description(&cell).0.text
    }

    #[test]
    fn the_title_is_the_first_sentence() {
        assert_eq!(title("Öka takten. Genomföra kurser."), "Öka takten.");
        assert_eq!(
            title("Bevaka nya hubbar3. Bevaka uppdrag."),
            "Bevaka nya hubbar3."
        );
        assert_eq!(title("Nå målet.2 Mer finns."), "Nå målet.2");
        assert_eq!(title("Öppna sajten. ”Sajter” finns."), "Öppna sajten.");
        assert_eq!(
            title("Stöd på verksamt.se till alla"),
            "Stöd på verksamt.se till alla"
        );
        assert_eq!(
            title("Råd, t.ex. Norr, m.m. Mer"),
            "Råd, t.ex. Norr, m.m. Mer"
        );
        assert_eq!(title(""), "");
    }

    #[test]
    fn the_title_is_the_first_paragraph_where_it_is_one_sentence() {
        let cell = Cell::of([
            Passage::new(1, "Nytt utbud"),
            Passage::new(2, "Skyndsamt. Nu."),
        ]);
        let (title, rest) = title_and_description(&cell);
        assert_eq!(title, Passage::new(1, "Nytt utbud"));
        assert_eq!(rest, [Block::Paragraph(Passage::new(2, "Skyndsamt. Nu."))]);
    }

    #[test]
    fn marks_and_links_go_with_their_words() {
        let mut passage = Passage::new(1, "Ett mål. Två mål.");
        passage.marks = [8, 19]
            .map(|at| Mark {
                at,
                marker: "1".to_owned(),
            })
            .to_vec();
        passage.links = vec![Link {
            at: 10..14,
            address: "https://example.org/".to_owned(),
        }];
        let (title, rest) = title_and_description(&Cell::of([passage]));
        assert_eq!(title.marks.len(), 1);
        let [Block::Paragraph(rest)] = rest.as_slice() else {
            panic!("one paragraph");
        };
        assert_eq!(
            (rest.text.as_str(), rest.links[0].at.clone()),
            ("Två mål.", 0..4)
        );
        assert_eq!(&rest.text[..rest.marks[0].at], "Två mål");
    }
}
