//! The words of a body of texts, and what each is made of.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::compound::{self, Parts};
use super::fold::fold;
use super::stem::{Tongue, stem};
use super::stop::is_stop_word;
use super::token::{Token, tokens};

/// What a word is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece {
    /// The stem of the word, or of a part of it.
    pub stem: Arc<str>,
    /// Whether it is a part.
    pub part: bool,
}

/// What a word of a text is about, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The stem of the word, or of a part of it.
    pub stem: Arc<str>,
    /// Where the whole word stands in the text, in bytes.
    pub range: Range<usize>,
    /// The place of the word among the words of the text, small ones too, from 0.
    pub position: usize,
    /// Whether the stem is that of a part: of a compound, or of what a hyphen joins.
    pub part: bool,
}

/// The words of a body of texts.
///
/// What it says of a word depends on these texts alone, not on what it was asked before; it can be
/// asked for words that it has not seen.
#[derive(Debug)]
pub struct Lexicon {
    parts: Parts,
    /// What the words of the texts are made of, so that it is found out once.
    known: [FxHashMap<Box<str>, Arc<[Piece]>>; 3],
}

impl Default for Lexicon {
    /// The lexicon of no text; it knows the words of the field.
    fn default() -> Self {
        Self::of_words(std::iter::empty())
    }
}

impl Lexicon {
    /// The lexicon of texts, each with the tag of its language.
    pub fn learn<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut words: FxHashMap<(Tongue, String), u32> = FxHashMap::default();
        for (text, language) in texts {
            let tongue = Tongue::of(language);
            for token in tokens(text) {
                for word in std::iter::once(token.word).chain(token.parts()) {
                    *words.entry((tongue, fold(word).into_owned())).or_default() += 1;
                }
            }
        }
        let words = words.iter();
        Self::of_words(words.map(|((tongue, word), times)| (*tongue, word.as_str(), *times)))
    }

    /// The lexicon of folded words, each with its language and how often it stands in the texts.
    /// The same word may come more than once.
    pub fn of_words<'a>(words: impl Iterator<Item = (Tongue, &'a str, u32)>) -> Self {
        let words: Vec<_> = words.collect();
        let swedish = words
            .iter()
            .filter(|(tongue, ..)| *tongue == Tongue::Swedish);
        let parts = Parts::of(swedish.map(|(_, word, times)| (*word, *times)));
        let mut known: [FxHashMap<Box<str>, Arc<[Piece]>>; 3] = Default::default();
        for (tongue, word, _) in words {
            let known = &mut known[tongue as usize];
            if !known.contains_key(word) {
                known.insert(word.into(), pieces(&parts, word, tongue).into());
            }
        }
        Self { parts, known }
    }

    /// What a folded word is about: its stem first, then those of its parts, each once. Nothing
    /// where it is a stop word.
    pub fn pieces(&self, folded: &str, tongue: Tongue) -> Arc<[Piece]> {
        match self.known[tongue as usize].get(folded) {
            Some(pieces) => Arc::clone(pieces),
            None => pieces(&self.parts, folded, tongue).into(),
        }
    }

    /// Where the smallest parts of a folded Swedish word stand in it, without what links them; none
    /// where it is no compound.
    pub fn split(&self, folded: &str) -> Vec<Range<usize>> {
        self.parts.split(folded)
    }

    /// What the words of a text in the language of that tag are about, in the order of the words;
    /// of a word with parts first the whole.
    pub fn terms(&self, text: &str, language: &str) -> Vec<Term> {
        let tongue = Tongue::of(language);
        let mut terms = Vec::new();
        for (position, token) in tokens(text).enumerate() {
            self.of_token(token, tongue, |stem, part| {
                terms.push(Term {
                    stem,
                    range: token.start..token.end,
                    position,
                    part,
                });
            });
        }
        terms
    }

    fn of_token(&self, token: Token<'_>, tongue: Tongue, mut found: impl FnMut(Arc<str>, bool)) {
        for piece in self.pieces(&fold(token.word), tongue).iter() {
            found(Arc::clone(&piece.stem), piece.part);
        }
        for part in token.parts() {
            for piece in self.pieces(&fold(part), tongue).iter() {
                found(Arc::clone(&piece.stem), true);
            }
        }
    }
}

fn pieces(parts: &Parts, word: &str, tongue: Tongue) -> Vec<Piece> {
    if word.is_empty() || is_stop_word(word, tongue) {
        return Vec::new();
    }
    let whole: Arc<str> = stem(word, tongue).into();
    let mut found = vec![Piece {
        stem: whole,
        part: false,
    }];
    if tongue == Tongue::Swedish {
        for stem in compound::nested(word, &parts.split(word)) {
            if found.iter().all(|piece| *piece.stem != *stem) {
                found.push(Piece {
                    stem: stem.into(),
                    part: true,
                });
            }
        }
    }
    found
}
