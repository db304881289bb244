//! A label and what stands after it: "Ansvarig: Region Norr. Tidplan: 2025".

use super::document::Passage;
use super::table::{Column, classify};

/// How many words a label may have.
const WORDS: usize = 3;

/// Words of a passage after a label, and what the label says they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What the words are.
    pub column: Column,
    /// The words.
    pub value: Passage,
}

/// Whether a line begins with a label.
pub fn begins(line: &str) -> bool {
    let line = line.trim();
    labels(line).first().is_some_and(|label| label.from == 0)
}

/// The words of a passage before its first label, and its fields. A field goes on to the next
/// label; where it ends a sentence and another follows, the rest is no field's.
pub fn split(passage: &Passage) -> (Passage, Vec<Field>) {
    let text = passage.text.as_str();
    let labels = labels(text);
    let part = |from: usize, to: usize| part(passage, from, to);
    let value = |from: usize, to: usize| {
        let mut value = part(from, to);
        let bare = value.text.trim_end_matches('.').len();
        value.text.truncate(bare);
        value
    };
    let Some(first) = labels.first() else {
        return (passage.clone(), Vec::new());
    };
    let mut rest = part(0, first.from);
    let mut fields = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let next = labels.get(at + 1).map_or(text.len(), |next| next.from);
        let whole = text.get(label.value..next).unwrap_or_default();
        // What follows a status in a sentence of its own is about it, and what came of something
        // may take several.
        let end = match label.column {
            Column::Status | Column::Outcome => next,
            _ => label.value + sentence(whole),
        };
        let value = value(label.value, end);
        let after = part(end, next);
        if value.is_empty() {
            // A label over what follows ("Sub-activities:") is no field.
            continue;
        }
        fields.push(Field {
            column: label.column.clone(),
            value,
        });
        if !after.is_empty() {
            rest.append(" ", after);
        }
    }
    (rest, fields)
}

/// Part of a passage: its words without space or brackets around.
fn part(passage: &Passage, from: usize, to: usize) -> Passage {
    let text = passage.text.get(from..to).unwrap_or_default();
    let ends = |c: char| c.is_whitespace() || matches!(c, '|' | '·' | ',' | ';' | '(');
    let words = text.trim().trim_end_matches(ends);
    let words = if from == 0 {
        words
    } else {
        let closed = words.strip_suffix(')').filter(|rest| !rest.contains('('));
        closed.unwrap_or(words)
    };
    let words = words.trim_matches(|c: char| c.is_whitespace() || c == '*');
    let start = from + text.find(words).unwrap_or(0);
    let inside = start..=start + words.len();
    let mut part = Passage {
        text: words.to_owned(),
        lines: passage.lines.clone(),
        ..Passage::default()
    };
    for mark in passage
        .marks
        .iter()
        .filter(|mark| inside.contains(&mark.at))
    {
        let mut mark = mark.clone();
        mark.at -= start;
        part.marks.push(mark);
    }
    for link in &passage.links {
        if inside.contains(&link.at.start) && inside.contains(&link.at.end) {
            let mut link = link.clone();
            link.at = link.at.start - start..link.at.end - start;
            part.links.push(link);
        }
    }
    if part.text.is_empty() {
        part.lines.clear();
    }
    part
}

/// A label in a text.
struct Label {
    from: usize,
    value: usize,
    column: Column,
}

/// The labels of a text, in order.
fn labels(text: &str) -> Vec<Label> {
    let colons = text.match_indices(':').map(|(at, _)| at);
    colons
        .filter(|at| text[at + 1..].starts_with([' ', '\n', '*']) || at + 1 == text.len())
        .filter_map(|at| label(text, at))
        .collect()
}

/// The label that ends in the colon at a byte: its longest form of a few words that begins with
/// a capital and the name of a column.
fn label(text: &str, colon: usize) -> Option<Label> {
    let before = text.get(..colon)?.trim_end_matches('*');
    let mut starts: Vec<usize> = vec![0];
    starts.extend(
        before
            .char_indices()
            .filter(|(_, c)| c.is_whitespace() || matches!(c, '(' | '|' | '*'))
            .map(|(at, c)| at + c.len_utf8()),
    );
    let near: Vec<usize> = starts.into_iter().rev().take(WORDS).collect();
    near.into_iter().rev().find_map(|from| {
        let words = before.get(from..)?;
        let first = words.split_whitespace().next()?;
        let capital = first.starts_with(char::is_uppercase);
        // A sentence that ends is no part of a label.
        let clean = !words.contains(['.', ',', ';', ':', '(']);
        let column = classify(words);
        let known = is_field(&column) && is_field(&classify(first));
        let value = colon + 1 + text.get(colon + 1..)?.len()
            - text
                .get(colon + 1..)?
                .trim_start_matches(['*', ' ', '\n'])
                .len();
        (capital && clean && known).then_some(Label {
            from,
            value,
            column,
        })
    })
}

/// Whether a measure may have it beside its words.
fn is_field(column: &Column) -> bool {
    matches!(
        column,
        Column::Responsible
            | Column::Lead
            | Column::Supporting
            | Column::Funder
            | Column::Period
            | Column::Start
            | Column::End
            | Column::Status
            | Column::Outcome
            | Column::Indicator
            | Column::Comment
            | Column::Goal
    )
}

/// The byte after the first sentence of a value, where a sentence of its own follows.
fn sentence(value: &str) -> usize {
    let stops = value.match_indices(". ").map(|(at, _)| at);
    stops
        .map(|at| at + 1)
        .find(|end| {
            let word = value[..end - 1].split([' ', '\n', '.']).next_back();
            let long = word.is_some_and(|word| word.chars().count() > 2);
            let next = value[*end..].trim_start();
            long && next.starts_with(char::is_uppercase)
        })
        .unwrap_or(value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (String, Vec<(Column, String)>) {
        let (rest, fields) = split(&Passage {
            text: text.to_owned(),
            lines: vec![1],
            ..Passage::default()
        });
        let fields = fields.into_iter();
        (
            rest.text,
            fields
                .map(|field| (field.column, field.value.text))
                .collect(),
        )
    }

    #[test]
    fn fields_stand_after_their_labels() {
        let (rest, fields) =
            shown("Öppna ett hus. Ansvar: Norra nämnden, m.fl. Klart senast: mars 2025");
        assert_eq!(rest, "Öppna ett hus.");
        assert_eq!(
            fields,
            [
                (Column::Responsible, "Norra nämnden, m.fl".to_owned()),
                (Column::End, "mars 2025".to_owned()),
            ]
        );
    }

    #[test]
    fn what_follows_a_field_in_a_sentence_of_its_own_is_not_the_field_s() {
        let (rest, fields) = shown("Ansvarig: Kommunen. Den har råd.");
        assert_eq!(
            (rest.as_str(), fields[0].1.as_str()),
            ("Den har råd.", "Kommunen")
        );
    }

    #[test]
    fn a_field_may_stand_in_brackets() {
        let (rest, fields) = shown("Map demand (Timeline: Q2 2025)");
        assert_eq!(
            (rest.as_str(), fields[0].1.as_str()),
            ("Map demand", "Q2 2025")
        );
    }

    #[test]
    fn a_colon_alone_makes_no_field() {
        for text in [
            "Vi ska:",
            "Se https://a.se/b",
            "Mötet kl. 10:30",
            "Sub-activities:",
        ] {
            assert_eq!(shown(text).1, [], "{text}");
        }
    }
}
