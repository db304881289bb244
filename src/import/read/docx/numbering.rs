//! Automatic numbers: lists by id, and where each has counted to.

use std::collections::HashMap;

use super::super::Refusal;
use super::super::xml::{Token, attribute, number, walk};

/// How many levels a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    kind: String,
    text: String,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, [Level; LEVELS]>,
    lists: HashMap<String, String>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(part: &str) -> Result<Self, Refusal> {
        let mut all = Self::default();
        let (mut kind, mut list, mut depth) = (None, None, None);
        walk(part, |token| {
            match token {
                Token::Open("abstractNum", tag) => {
                    kind = attribute(tag, "abstractNumId");
                }
                Token::Close("abstractNum") => kind = None,
                Token::Open("num", tag) => list = attribute(tag, "numId"),
                Token::Close("num") => list = None,
                Token::Open("abstractNumId", tag) => {
                    if let (Some(list), Some(kind)) = (&list, attribute(tag, "val")) {
                        all.lists.insert(list.clone(), kind);
                    }
                }
                Token::Open("lvl", tag) => {
                    depth = attribute(tag, "ilvl").and_then(|depth| depth.parse::<usize>().ok());
                }
                Token::Open(name @ ("start" | "numFmt" | "lvlText"), tag) => {
                    if let (Some(kind), Some(depth)) = (&kind, depth)
                        && let Some(level) =
                            all.kinds.entry(kind.clone()).or_default().get_mut(depth)
                    {
                        let value = attribute(tag, "val").unwrap_or_default();
                        match name {
                            "start" => level.start = number(tag),
                            "numFmt" => level.kind = value,
                            _ => level.text = value.chars().take(64).collect(),
                        }
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// The number of the next point of a list at a depth, as written; none for a bullet and for a
    /// list that is not known.
    pub(super) fn next(&mut self, list: &str, depth: usize) -> Option<String> {
        let kind = self.lists.get(list)?;
        let levels = self.kinds.get(kind)?;
        let level = levels.get(depth)?;
        let counts = self.counts.entry(kind.clone()).or_default();
        let now = match counts[depth] {
            Some(count) => count.saturating_add(1),
            None => level.start.unwrap_or(1),
        };
        counts[depth] = Some(now);
        counts[depth + 1..].fill(None);
        if matches!(level.kind.as_str(), "bullet" | "none" | "") {
            return None;
        }
        let mut text = level.text.clone();
        for (place, (level, count)) in (1..).zip(levels.iter().zip(counts.iter())) {
            let count = count.or(level.start).unwrap_or(1);
            text = text.replace(&format!("%{place}"), &written(count, &level.kind));
        }
        let text = text.trim().trim_end_matches(['.', ')']);
        let text = text.trim_start_matches('(').to_owned();
        Some(text).filter(|text| !text.is_empty())
    }
}

/// A number as a list writes it.
fn written(count: u32, kind: &str) -> String {
    let text = match kind {
        "lowerLetter" | "upperLetter" => letters(count),
        "lowerRoman" | "upperRoman" => roman(count),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    };
    if kind.starts_with("upper") {
        text.to_uppercase()
    } else {
        text
    }
}

/// a … z, aa, bb …
fn letters(count: u32) -> String {
    let index = count.saturating_sub(1);
    let letter = char::from_u32(u32::from('a') + index % 26).unwrap_or('a');
    (0..=(index / 26).min(8)).map(|_| letter).collect()
}

/// i, ii, iii, iv …
fn roman(count: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = count.min(3999);
    let mut text = String::new();
    for (value, letters) in PARTS {
        while left >= value {
            text.push_str(letters);
            left -= value;
        }
    }
    text
}
