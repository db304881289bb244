//! On which lines of a passage some of its words stand.

use crate::import::document::Passage;
use crate::validate::stands_on;

/// The source text, line by line.
pub(crate) struct Source<'a>(Vec<&'a str>);

impl<'a> Source<'a> {
    /// The lines of a source text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text.lines().collect())
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
