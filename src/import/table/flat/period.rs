//! The shape of a period: enough to know a cell by, not to read it.

use crate::import::lexicon::periods::{
    CONTINUOUS, FROM, HALF, MONTH_NAMES, MONTHS, QUARTER, SEASONS, UNTIL,
};
use crate::import::value::status;

/// Endings of a word for all the time, which one that ends as "årlig" does has to have: without
/// it says of what follows how often it is.
const ENDINGS: &[&str] = &["t", "en"];

/// The beginning of a line that is a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// The byte at which it ends.
    pub(super) end: usize,
    /// Whether the other half has to follow on the next line ("2018 –", "hösten").
    pub(super) open: bool,
}

/// The period that a line begins with.
pub(super) fn begins(line: &str) -> Option<Shape> {
    whole_word(line).or_else(|| dated(line))
}

fn whole_word(line: &str) -> Option<Shape> {
    CONTINUOUS.iter().find_map(|word| {
        let head = line.get(..word.len())?;
        let rest = &line[word.len()..];
        let ending = ENDINGS.iter().find(|ending| rest.starts_with(**ending));
        let length = match ending {
            Some(ending) if word.ends_with("lig") => word.len() + ending.len(),
            _ if word.ends_with("lig") => return None,
            _ => word.len(),
        };
        let rest = &line[length..];
        let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
        (apart && head.to_lowercase() == *word).then_some(Shape {
            end: length,
            open: false,
        })
    })
}

/// A year or a range of years, each maybe with a season, month or quarter before it.
fn dated(line: &str) -> Option<Shape> {
    let mut tokens = tokens(line).peekable();
    let mut shape: Option<Shape> = None;
    loop {
        // A word before the year; two where a quarter is in words ("kvartal 1 2024").
        let mut before = None;
        while let Some((word, end)) = tokens.peek().copied() {
            if !is_before(word) {
                break;
            }
            before = Some(end);
            tokens.next();
        }
        let Some((word, end)) = tokens.peek().copied() else {
            // Only words so far: the year is on the next line, or there is none.
            return match (shape, before) {
                (None, Some(end)) => Some(Shape { end, open: true }),
                (shape, _) => shape,
            };
        };
        let Some(open) = year(word) else {
            return shape;
        };
        tokens.next();
        shape = Some(Shape { end, open });
        if open {
            continue;
        }
        match tokens.peek().copied() {
            Some((word, end)) if ["-", "–", "—", "till", "to"].contains(&word) => {
                tokens.next();
                shape = Some(Shape { end, open: true });
            }
            _ => return shape,
        }
    }
}

/// Words with the byte after each.
fn tokens(line: &str) -> impl Iterator<Item = (&str, usize)> {
    let start = line.as_ptr() as usize;
    line.split_whitespace()
        .map(move |word| (word, word.as_ptr() as usize - start + word.len()))
}

/// Whether a year may follow a word: a month, a season, a quarter, what bounds a period. "Klart"
/// bounds one too, but alone it is a status.
fn is_before(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    let word = word.as_str();
    let bounds = || [FROM, UNTIL].concat().contains(&word) && !status::is_only(word);
    MONTH_NAMES.contains(&word)
        || MONTHS.iter().any(|(own, _)| *own == word)
        || SEASONS.iter().any(|(own, _, _)| *own == word)
        || is_part(word)
        || bounds()
}

/// Whether a word is the number of a quarter or a half of a year ("q1", "h2").
fn is_part(word: &str) -> bool {
    [QUARTER, HALF].concat().iter().any(|own| {
        let number = word.strip_prefix(own);
        number.is_some_and(|number| ["1", "2", "3", "4"].contains(&number))
    })
}

/// Whether a word is a year or a range of years, and then whether the range is open at the end.
/// One or two digits more are a footnote mark.
fn year(word: &str) -> Option<bool> {
    let rest = after_year(word)?;
    if is_mark(rest) {
        return Some(false);
    }
    let mut rest = rest.chars();
    if !rest
        .next()
        .is_some_and(|c| ['-', '–', '—', '/'].contains(&c))
    {
        return None;
    }
    let rest = rest.as_str();
    if rest.is_empty() {
        return Some(true);
    }
    let two = rest.len() == 2 && rest.bytes().all(|c| c.is_ascii_digit());
    (two || after_year(rest).is_some_and(is_mark)).then_some(false)
}

fn after_year(word: &str) -> Option<&str> {
    let digits = word.get(..4)?;
    let year = digits.bytes().all(|c| c.is_ascii_digit());
    let near = digits.starts_with("19") || digits.starts_with("20");
    (year && near).then(|| &word[4..])
}

fn is_mark(rest: &str) -> bool {
    rest.chars().count() <= 2 && rest.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_period(line: &str) -> bool {
        begins(line).is_some_and(|shape| shape.end == line.len())
    }

    #[test]
    fn a_period_is_known_by_its_shape() {
        for line in [
            "2021",
            "2018 - 2021",
            "2019 – 20211",
            "2021-2022",
            "2021/22",
            "hösten 2020",
            "Löpande",
            "Tills vidare",
            "Q1 2024",
            "Q1 2024 – Q3 2025",
            "2021¹",
            "mars 2023",
            "Kontinuerligt",
            "kv1 2024",
        ] {
            assert!(is_period(line), "{line}");
        }
        for line in [
            "",
            "20",
            "Region",
            "2021.",
            "år 2021",
            "20211234",
            "Löpandeband",
            "Årlig",
            "Klart",
            "Marknad 2025",
            "åäö",
        ] {
            assert!(!is_period(line), "{line}");
        }
    }

    #[test]
    fn half_a_period_waits_for_the_next_line() {
        for line in ["2018 –", "2019-", "hösten", "Q1 2024 –"] {
            assert!(begins(line).is_some_and(|shape| shape.open), "{line}");
        }
    }

    #[test]
    fn another_cell_may_follow_on_the_line() {
        let line = "2020-2021 Region Västmanland Pågår";
        let shape = begins(line).unwrap();
        assert_eq!(&line[shape.end..], " Region Västmanland Pågår");
    }
}
