//! Persons: names, e-mail addresses and telephone numbers, which never become data.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::import::lexicon::structure::PERSON;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person's name.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
}

/// Common given names in Sweden: data, not rules.
static GIVEN: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("given-names.txt").split_whitespace().collect());

/// The patterns; none where one could not be made, which a test excludes.
static PATTERNS: LazyLock<Vec<(Regex, Kind)>> = LazyLock::new(|| {
    let patterns = [
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", Kind::Email),
        // A Swedish number begins with 0 or +46; spaces or hyphens part its groups.
        (
            r"(?:\+46[\s-]?(?:\(0\))?\s?\d{1,3}|\b0\d{1,3})(?:\s?[-–]\s?|\s)\d{2,3}(?:[\s-]?\d{2}){1,3}\b",
            Kind::Telephone,
        ),
        (
            r"\b(\p{Lu}\p{Ll}+)(?:[- ]\p{Lu}\p{Ll}+)?\s(?:(?:af|von|de)\s)?\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?\b",
            Kind::Name,
        ),
    ];
    patterns
        .into_iter()
        .filter_map(|(pattern, kind)| Some((Regex::new(pattern).ok()?, kind)))
        .collect()
});

/// Endings of words that make a capitalised word after a given name the name of a place or an
/// organisation rather than of a person.
const NO_SURNAME: [&str; 12] = [
    "skola",
    "gata",
    "gatan",
    "torg",
    "kyrka",
    "sjukhus",
    "kommun",
    "vägen",
    "gymnasium",
    "plats",
    "stiftelse",
    "hus",
];

/// Persons' names and addresses in a text, in order, without overlap.
pub fn find(text: &str) -> Vec<(Range<usize>, Kind)> {
    // By where they begin, since a long line may hold many.
    let mut found: BTreeMap<usize, (usize, Kind)> = BTreeMap::new();
    for (pattern, kind) in PATTERNS.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(all) = captures.get(0) else { continue };
            let before = found.range(..all.end()).next_back();
            let free = before.is_none_or(|(_, (end, _))| *end <= all.start());
            let is = match kind {
                Kind::Name => is_name(text, &all.range()),
                Kind::Telephone => !in_number(text, all.start()),
                Kind::Email => true,
            };
            if free && is {
                found.insert(all.start(), (all.end(), *kind));
            }
        }
    }
    let found = found.into_iter();
    found
        .map(|(start, (end, kind))| (start..end, kind))
        .collect()
}

/// Whether what begins at a byte goes on a longer number, as the month of a date does.
fn in_number(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    matches!(before.next(), Some('-' | '–' | '/' | '.'))
        && before.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether words are the name of a person: a given name is first, or it stands after a label or
/// in an address beside it.
fn is_name(text: &str, at: &Range<usize>) -> bool {
    let words = text.get(at.clone()).unwrap_or_default();
    let before = text.get(..at.start).unwrap_or_default().trim_end();
    let label = before.strip_suffix(':').map(|before| {
        let word = before.split(|c: char| !c.is_alphabetic()).next_back();
        word.unwrap_or_default().to_lowercase()
    });
    if label.is_some_and(|label| PERSON.contains(&label.as_str())) || in_address(text, words) {
        return true;
    }
    let first = words.split([' ', '-']).next().unwrap_or_default();
    let after = text.get(at.end..).unwrap_or_default().trim_start();
    let next = after
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let next = next.to_lowercase();
    GIVEN.contains(first)
        && !NO_SURNAME
            .iter()
            .any(|word| next.starts_with(word) || last.ends_with(word))
}

/// Whether an e-mail address of the text is made of the words: "nils.vang@…" of "Nils Vång".
fn in_address(text: &str, words: &str) -> bool {
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .chars()
            .filter_map(|c| match c {
                'å' | 'ä' | 'á' => Some('a'),
                'ö' | 'ø' => Some('o'),
                'é' | 'è' => Some('e'),
                c => c.is_alphanumeric().then_some(c),
            })
            .collect()
    };
    let words = plain(words);
    let addresses = text.split(|c: char| c.is_whitespace() || ",;<>()".contains(c));
    addresses
        .filter_map(|address| address.split_once('@'))
        .any(|(local, _)| plain(local) == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|(at, _)| &text[at]).collect()
    }

    #[test]
    fn persons_are_found() {
        assert_eq!(PATTERNS.len(), 3);
        assert_eq!(
            shown("Kontakt: Anna Svensson, anna.svensson@region.se, 021-12 34 56."),
            ["Anna Svensson", "anna.svensson@region.se", "021-12 34 56"]
        );
        assert_eq!(
            shown("Lars-Erik von Essen 070-123 45 67"),
            ["Lars-Erik von Essen", "070-123 45 67"]
        );
        assert_eq!(shown("Tel: +46 70 123 45 67"), ["+46 70 123 45 67"]);
        assert_eq!(
            shown("ungdomsstrateg Trolle Vång, trolle.vang@kommun.se"),
            ["Trolle Vång", "trolle.vang@kommun.se"]
        );
        assert_eq!(shown("Handläggare: Xerxes Östmark"), ["Xerxes Östmark"]);
    }

    #[test]
    fn places_and_organisations_are_not_persons() {
        for text in [
            "Region Halland och Kronobergs län",
            "Gustav Adolfs skola",
            "Karl Johans gata 3",
            "Under 2018 – 2021 gick 700 000 kr till Västmanland",
            "Maria Prästgårdsgata",
            "Leda Digitalisering i Köping",
            "2020-12-31",
            "2025-01-01–2026-12-31",
            "2024-02-01 2025-12-31",
            "2024-02-01\t2025-12-31",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
