//! Answers to queries that are kept in memory, within a bound, and what texts mean that have been
//! read before.

use axum::body::Bytes;
use axum::http::HeaderValue;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use super::encoding::Encoding;
use crate::sparql::{Kind, Prepared};

/// How many answers are expected; a hint, not a bound.
const EXPECTED: usize = 1024;

/// How many texts are known at most; each takes some hundred bytes.
const TEXTS: usize = 4096;

/// How many answers there is room for at least, so that none takes the place of all others.
const LEAST: u64 = 6;

/// In how many parts the memory is divided; none holds an answer that is larger than itself.
const PARTS: usize = 4;

/// What a kept answer takes beside its bytes.
const OVERHEAD: u64 = 512;

/// What the text of a query means.
#[derive(Clone)]
pub(super) struct Meaning {
    pub(super) kind: Kind,
    pub(super) canonical: String,
    pub(super) deterministic: bool,
}

/// An answer that is kept.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) bytes: Bytes,
    /// The coding of the bytes.
    pub(super) encoding: Encoding,
    /// How many rows there are in all.
    pub(super) total: Option<usize>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<HeaderValue, Kept> for Weight {
    fn weight(&self, tag: &HeaderValue, kept: &Kept) -> u64 {
        (tag.len() + kept.bytes.len()) as u64 + OVERHEAD
    }
}

/// The answers that are kept, by their validators, which hold all that they depend on.
pub(super) struct Answers {
    kept: Cache<HeaderValue, Kept, Weight>,
    meanings: Cache<String, Meaning>,
    /// The largest that is kept.
    largest: u64,
}

impl Answers {
    /// Keeps at most so many bytes.
    pub(super) fn new(most: u64) -> Self {
        let options = OptionsBuilder::new()
            .estimated_items_capacity(EXPECTED)
            .weight_capacity(most)
            .shards(PARTS)
            .build();
        let hash = DefaultHashBuilder::default();
        Self {
            kept: match options {
                Ok(options) => {
                    Cache::with_options(options, Weight, hash, DefaultLifecycle::default())
                }
                Err(_) => Cache::with_weighter(EXPECTED, most, Weight),
            },
            meanings: Cache::new(if most == 0 { 0 } else { TEXTS }),
            largest: most / LEAST,
        }
    }

    /// What a text means, if it has been read before.
    pub(super) fn meaning(&self, text: &str) -> Option<Meaning> {
        self.meanings.get(text)
    }

    /// Remembers what a text means.
    pub(super) fn learn(&self, text: String, prepared: &Prepared) {
        let meaning = Meaning {
            kind: prepared.kind,
            canonical: prepared.canonical.clone(),
            deterministic: prepared.deterministic,
        };
        self.meanings.insert(text, meaning);
    }

    /// The answer with that validator, if it is kept.
    pub(super) fn kept(&self, tag: &HeaderValue) -> Option<Kept> {
        self.kept.get(tag)
    }

    /// Whether an answer of so many bytes is kept.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        bytes as u64 <= self.largest
    }

    /// Keeps an answer, if it is not too large.
    pub(super) fn keep(&self, tag: HeaderValue, kept: Kept) {
        if self.has_room(kept.bytes.len()) {
            self.kept.insert(tag, kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Kept {
        Kept {
            bytes: vec![0; bytes].into(),
            encoding: Encoding::Identity,
            total: None,
        }
    }

    #[test]
    fn the_bound_holds_and_no_answer_takes_it_all() {
        let most = 1 << 20;
        let answers = Answers::new(most);
        let tag = |number: usize| HeaderValue::from(number);
        for number in 0..400 {
            answers.keep(tag(number), answer(10_000));
            assert!(answers.kept.weight() <= most);
        }
        assert!(answers.kept.weight() > most / 2, "it keeps what it may");
        let largest = usize::try_from(most / LEAST).unwrap();
        answers.keep(tag(1000), answer(largest + 1));
        assert!(answers.kept(&tag(1000)).is_none());
        answers.keep(tag(1001), answer(largest));
        assert!(answers.kept(&tag(1001)).is_some());
    }
}
