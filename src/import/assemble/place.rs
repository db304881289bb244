//! The source text by lines: which of them words stand on, and which of them are one range.

use std::collections::BTreeSet;

use crate::import::document::Passage;
use crate::model::LineRange;
use crate::validate::stands_on;

/// The source text, line by line.
pub(crate) struct Source<'a>(Vec<&'a str>);

impl<'a> Source<'a> {
    /// The lines of a source text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text.lines().collect())
    }

    /// A line by its number, from 1; empty where there is none.
    pub(crate) fn line(&self, number: u32) -> &'a str {
        let at = (number as usize).checked_sub(1);
        at.and_then(|at| self.0.get(at))
            .copied()
            .unwrap_or_default()
    }

    /// The ranges that lines make up, in order: lines that only blank lines lie between are one
    /// range.
    pub(crate) fn ranges(&self, lines: &[u32]) -> Vec<LineRange> {
        let blank = |number: u32| self.line(number).trim().is_empty();
        let lines: BTreeSet<u32> = lines.iter().copied().filter(|line| *line > 0).collect();
        let mut ranges: Vec<LineRange> = Vec::new();
        for line in lines {
            match ranges.last_mut() {
                Some(last) if (last.last + 1..line).all(blank) => last.last = line,
                _ => ranges.push(LineRange {
                    first: line,
                    last: line,
                }),
            }
        }
        ranges
    }

    /// The fewest of the passage's lines on which the words stand; all its lines where they are
    /// not found.
    pub(crate) fn lines_of(&self, words: &str, passage: &Passage) -> Vec<u32> {
        let lines = &passage.lines;
        let mut best: Option<&[u32]> = None;
        for first in 0..lines.len() {
            for last in first..lines.len() {
                let window = &lines[first..=last];
                if best.is_some_and(|best| best.len() <= window.len()) {
                    break;
                }
                if self.has(words, window) {
                    best = Some(window);
                    break;
                }
            }
        }
        best.unwrap_or(lines).to_vec()
    }

    /// Whether the words stand on these lines.
    pub(crate) fn has(&self, words: &str, lines: &[u32]) -> bool {
        let own: Vec<&str> = lines
            .iter()
            .filter_map(|line| self.0.get((*line as usize).checked_sub(1)?).copied())
            .collect();
        stands_on(words, &own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_bridge_blank_lines_only() {
        let ranges = Source::new("a\n\nb\nc\nd\n").ranges(&[1, 3, 5]);
        let ranges: Vec<_> = ranges.iter().map(ToString::to_string).collect();
        assert_eq!(ranges, ["L1-L3", "L5"]);
    }

    #[test]
    fn words_are_found_on_the_fewest_lines() {
        let source = Source::new("2019 – 20211 Länsbildnings-\nförbundet i\nsamverkan med Region");
        let passage = Passage {
            lines: vec![1, 2, 3],
            ..Passage::default()
        };
        assert_eq!(source.lines_of("2019 – 2021", &passage), [1]);
        assert_eq!(source.lines_of("Länsbildningsförbundet", &passage), [1, 2]);
        assert_eq!(source.lines_of("i samverkan med Region", &passage), [2, 3]);
        assert_eq!(source.lines_of("annat", &passage), [1, 2, 3]);
    }
}
