//! What a compound is made of.
//!
//! Swedish writes "informationssäkerhetsarbete" as one word. It is split where every part is a word
//! that is known, with one of the linking letters between two; into as few parts as will do, and
//! those again. What cannot be split so stays whole: a wrong part misleads, a missing one does not.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::known::{NEVER, PARTS, WHOLE};
use super::stem::{LONGEST, Tongue, is_vowel, stem};
use super::stop::is_stop_word;

/// The fewest letters of a part that the texts alone make known.
const SHORTEST: usize = 4;

/// How often the texts have it.
const OFTEN: u32 = 2;

/// The most parts of a compound; what has more is no word.
const MOST: usize = 6;

/// The words that compounds are made of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Forms that stand first or in the middle, as they are written there.
    before: FxHashSet<Box<str>>,
    /// Stems of the words that stand last.
    last: FxHashSet<Box<str>>,
    /// Stems of the words that are not split.
    whole: FxHashSet<Box<str>>,
}

impl Parts {
    /// Those of the field, and these words of texts with how often they stand there.
    pub(super) fn of<'a>(seen: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut parts = Self::default();
        let of = |word: &&str| Box::from(&*stem(word, Tongue::Swedish));
        parts.whole = WHOLE.iter().map(of).collect();
        for word in PARTS {
            parts.learn(word);
        }
        let mut stems: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut candidates = Vec::new();
        for (word, times) in seen.filter(|(word, _)| may_be_a_part(word)) {
            *stems.entry(of(&word)).or_default() += times;
            candidates.push(word);
        }
        for word in candidates {
            if stems.get(&of(&word)).is_some_and(|times| *times >= OFTEN) {
                parts.learn(word);
            }
        }
        parts
    }

    fn learn(&mut self, word: &str) {
        self.before.insert(word.into());
        // "Skola" is "skol" and "flicka" "flick" before another word.
        let mut letters = word.char_indices().rev();
        if let (Some((at, 'a' | 'e')), Some((_, c))) = (letters.next(), letters.next())
            && !is_vowel(c)
            && at >= SHORTEST
        {
            self.before.insert(word[..at].into());
        }
        self.last.insert(Box::from(&*stem(word, Tongue::Swedish)));
    }

    /// Where the parts of a folded word stand in it, the smallest there are; none where it is no
    /// compound.
    pub(super) fn split(&self, word: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if word.len() <= LONGEST && word.chars().all(char::is_alphabetic) {
            self.split_into(word, 0, &mut found);
        }
        if found.len() > MOST {
            found.clear();
        }
        found
    }

    fn split_into(&self, word: &str, start: usize, found: &mut Vec<Range<usize>>) {
        if self.whole.contains(&*stem(word, Tongue::Swedish)) {
            return;
        }
        for part in self.fewest(word) {
            let before = found.len();
            self.split_into(&word[part.clone()], start + part.start, found);
            if found.len() == before {
                found.push(start + part.start..start + part.end);
            }
        }
    }

    /// The fewest parts that a word is made of, the longest first; none where it is one.
    fn fewest(&self, word: &str) -> Vec<Range<usize>> {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        // What the rest of the word from each place on is made of, from the last place to the first.
        let mut rest: FxHashMap<usize, Vec<Range<usize>>> = FxHashMap::default();
        for &start in ends.iter().rev() {
            let mut best: Option<Vec<Range<usize>>> = None;
            if start > 0 && self.ends_with(&word[start..]) {
                best = Some(std::iter::once(start..word.len()).collect());
            }
            for &end in ends.iter().rev().filter(|end| **end > start) {
                if !self.before.contains(&word[start..end]) {
                    continue;
                }
                for link in links(&word[start..end], &word[end..]) {
                    let Some(after) = rest.get(&(end + link)) else {
                        continue;
                    };
                    if best
                        .as_ref()
                        .is_none_or(|best| after.len() + 1 < best.len())
                    {
                        let parts = std::iter::once(start..end).chain(after.iter().cloned());
                        best = Some(parts.collect());
                    }
                }
            }
            if let Some(best) = best.filter(|best| best.len() <= MOST) {
                rest.insert(start, best);
            }
        }
        rest.remove(&0).unwrap_or_default()
    }

    /// Whether a word that is known, in any of its forms, is the last part of another.
    fn ends_with(&self, rest: &str) -> bool {
        rest.chars().count() >= 3
            && !NEVER.contains(&rest)
            && !is_stop_word(rest, Tongue::Swedish)
            && self.last.contains(&*stem(rest, Tongue::Swedish))
    }
}

/// Whether a word of a text may be a part of others.
fn may_be_a_part(word: &str) -> bool {
    word.chars().count() >= SHORTEST
        && word.len() <= LONGEST
        && word.chars().all(char::is_alphabetic)
        && word.contains(is_vowel)
        && !NEVER.contains(&word)
        && !is_stop_word(word, Tongue::Swedish)
}

/// How long what links a part to the rest can be: nothing; an s; where the part ends in a
/// consonant, an e, o, u or a.
fn links(part: &str, rest: &str) -> impl Iterator<Item = usize> + use<> {
    let consonant = part.chars().last().is_some_and(|c| !is_vowel(c));
    let long = part.chars().count() >= SHORTEST;
    let link = match rest.chars().next() {
        Some('s') => Some(1),
        Some('e' | 'o' | 'u' | 'a') if consonant && long => Some(1),
        _ => None,
    };
    std::iter::once(0).chain(link)
}

/// The stems of the parts of a compound, and of what several of them side by side make: of
/// "informationssäkerhetsarbete" also "informationssäkerhet" and "säkerhetsarbete".
pub(super) fn nested<'w>(word: &'w str, parts: &[Range<usize>]) -> Vec<Cow<'w, str>> {
    let mut found = Vec::new();
    for (first, from) in parts.iter().enumerate() {
        for (last, to) in parts.iter().enumerate().skip(first) {
            if last - first + 1 < parts.len() {
                found.push(stem(&word[from.start..to.end], Tongue::Swedish));
            }
        }
    }
    found
}
