//! What is searched for, as somebody wrote it.

use std::collections::BTreeSet;

use crate::text::{Tongue, fold, is_stop_word, tokens};

/// Words that must all be there, and phrases that must stand as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words outside quotation marks that say something, folded, each once.
    pub(super) words: Vec<String>,
    /// The words of each phrase, folded.
    pub(super) phrases: Vec<Vec<String>>,
}

/// Why a text is no query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// It is longer than [`Query::LONGEST`] characters.
    TooLong,
    /// It has more than [`Query::MOST`] words.
    TooMany,
    /// A quotation mark is not closed.
    OpenPhrase,
    /// There is no word in it.
    NoWord,
    /// There are only words in it that stand in every text.
    OnlySmallWords,
}

impl Query {
    /// How many characters a query may have.
    pub const LONGEST: usize = 200;

    /// How many words.
    pub const MOST: usize = 16;

    /// The query that a text is, written by a reader of the language of that tag. An empty one asks
    /// for everything. Small words of that language are passed over, as they stand in no index.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str, language: &str) -> Result<Self, QueryError> {
        if text.chars().count() > Self::LONGEST {
            return Err(QueryError::TooLong);
        }
        let pieces: Vec<&str> = text.split(is_quote).collect();
        if pieces.len().is_multiple_of(2) {
            return Err(QueryError::OpenPhrase);
        }
        let small = |word: &str| {
            is_stop_word(word, Tongue::Swedish) || is_stop_word(word, Tongue::of(language))
        };
        let mut query = Self::default();
        let mut seen = BTreeSet::new();
        let mut any = 0;
        for (at, piece) in pieces.into_iter().enumerate() {
            let words = tokens(piece).map(|token| fold(token.word).into_owned());
            let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
            any += words.len();
            if at % 2 == 1 {
                query
                    .phrases
                    .extend(Some(words).filter(|words| !words.is_empty()));
            } else {
                let words = words.into_iter().filter(|word| !small(word));
                query
                    .words
                    .extend(words.filter(|word| seen.insert(word.clone())));
            }
        }
        match (text.trim().is_empty(), any) {
            (true, _) => Ok(Self::default()),
            (_, 0) => Err(QueryError::NoWord),
            (_, many) if many > Self::MOST => Err(QueryError::TooMany),
            _ if query.is_empty() => Err(QueryError::OnlySmallWords),
            _ => Ok(query),
        }
    }

    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }
}

/// A quotation mark, as keyboards and word processors have them.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„' | '«' | '»')
}
