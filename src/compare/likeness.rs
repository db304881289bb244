//! Activities that resemble each other by their words.
//!
//! A word weighs more the fewer activities have it (inverse document frequency), more in a title
//! than in what follows it, and less as a part of a compound than alone; two activities resemble
//! each other by the cosine of these weights. Nothing is learnt from outside the plans given, so
//! the same plans give the same answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::facts::PlanFacts;
use crate::model::{Iri, Text};
use crate::text::Lexicon;

/// How much a word of a title weighs beside one of a description.
const TITLE: f32 = 2.0;

/// How much a part of a compound weighs beside a whole word.
const PART: f32 = 0.6;

/// Activities that resemble each other less than this are not worth a reader's time.
const LEAST: f32 = 0.18;

/// Two activities must share so many words: one alone can mean anything.
const SHARED: usize = 2;

/// Among so few activities every word is looked at.
const FEW: usize = 200;

/// The stems of words, with how much each weighs.
type Weights = Vec<(Arc<str>, f32)>;

/// The words of the activities of a plan, bullets counted with their activity.
#[derive(Clone, Debug, Default)]
pub struct PlanWords {
    activities: Vec<(Iri, Weights)>,
}

impl PlanWords {
    /// Of a plan.
    pub fn of(plan: &PlanFacts, lexicon: &Lexicon) -> Self {
        let activities = plan.whole().map(|(place, activity)| {
            let mut words = BTreeMap::new();
            for (_, part) in plan.parts(place) {
                add(&mut words, &part.titles, TITLE, lexicon);
                add(&mut words, &part.descriptions, 1.0, lexicon);
            }
            // The tenth time a word comes says little that the first did not.
            let damped = words
                .into_iter()
                .map(|(word, weight): (_, f32)| (word, weight.ln_1p()));
            (activity.iri.clone(), damped.collect())
        });
        Self {
            activities: activities.collect(),
        }
    }
}

fn add(words: &mut BTreeMap<Arc<str>, f32>, texts: &[Text], weight: f32, lexicon: &Lexicon) {
    // A translation says the same again.
    let Some(text) = texts
        .iter()
        .find(|text| text.language == "sv")
        .or(texts.first())
    else {
        return;
    };
    for term in lexicon.terms(&text.text, &text.language) {
        let weight = if term.part { weight * PART } else { weight };
        *words.entry(term.stem).or_default() += weight;
    }
}

/// An activity that resembles another.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// The activity.
    pub iri: Iri,
    /// How much, from 0 to 1.
    pub likeness: f32,
    /// The stems of the words that both have, the weightiest first.
    pub shared: Vec<Arc<str>>,
}

/// Two activities of different plans that resemble each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// One.
    pub one: Iri,
    /// The other, and how alike they are.
    pub other: Similar,
}

/// The activities of several plans by their words.
#[derive(Debug, Default)]
pub struct Likeness {
    activities: Vec<Entry>,
    places: FxHashMap<Iri, u32>,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Entry {
    iri: Iri,
    plan: u32,
    /// Its words, with their weights in a vector of length 1.
    words: Vec<(u32, f32)>,
}

#[derive(Debug)]
struct Word {
    stem: Arc<str>,
    /// The activities that have it, with its weight there.
    postings: Vec<(u32, f32)>,
}

impl Likeness {
    /// Of several plans.
    pub fn of<'a>(plans: impl IntoIterator<Item = &'a PlanWords>) -> Self {
        let mut known: FxHashMap<Arc<str>, u32> = FxHashMap::default();
        let mut likeness = Self::default();
        let mut frequency: Vec<u32> = Vec::new();
        for (plan, words) in (0..).zip(plans) {
            for (iri, words) in &words.activities {
                let words = words.iter().map(|(stem, weight)| {
                    let id = *known.entry(Arc::clone(stem)).or_insert_with(|| {
                        likeness.words.push(Word {
                            stem: Arc::clone(stem),
                            postings: Vec::new(),
                        });
                        frequency.push(0);
                        u32::try_from(frequency.len() - 1).unwrap_or(u32::MAX)
                    });
                    frequency[id as usize] += 1;
                    (id, *weight)
                });
                let words = words.collect();
                let at = u32::try_from(likeness.activities.len()).unwrap_or(u32::MAX);
                likeness.places.insert(iri.clone(), at);
                likeness.activities.push(Entry {
                    iri: iri.clone(),
                    plan,
                    words,
                });
            }
        }
        likeness.weigh(&frequency);
        likeness
    }

    /// Gives every word its weight in every activity.
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond sixteen million activities one more or less weighs nothing"
    )]
    fn weigh(&mut self, frequency: &[u32]) {
        let all = self.activities.len() as f32;
        for (at, entry) in (0..).zip(&mut self.activities) {
            for (word, weight) in &mut entry.words {
                *weight *= (1.0 + all / frequency[*word as usize] as f32).ln();
            }
            let square: f32 = entry.words.iter().map(|(_, weight)| weight * weight).sum();
            let length = square.sqrt().max(f32::MIN_POSITIVE);
            for (word, weight) in &mut entry.words {
                *weight /= length;
                self.words[*word as usize].postings.push((at, *weight));
            }
        }
    }

    /// The activities of other plans that resemble one most, the likest first.
    pub fn similar(&self, iri: &Iri, most: usize) -> Vec<Similar> {
        let Some(at) = self.places.get(iri) else {
            return Vec::new();
        };
        let mut sums = Sums::of(self.activities.len());
        let mut found = self.beside(*at, &mut sums, |_| true);
        found.sort_by(|one, other| {
            let names = |at: u32| &self.activities[at as usize].iri;
            let alike = other.1.total_cmp(&one.1);
            alike.then_with(|| names(one.0).cmp(names(other.0)))
        });
        found.truncate(most);
        found
            .into_iter()
            .map(|(other, likeness)| self.similar_to(*at, other, likeness))
            .collect()
    }

    /// The pairs of activities of different plans that resemble each other, the likest first.
    pub fn pairs(&self, most: usize) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let mut sums = Sums::of(self.activities.len());
        for at in 0..u32::try_from(self.activities.len()).unwrap_or(u32::MAX) {
            let found = self.beside(at, &mut sums, |other| other > at);
            pairs.extend(
                found
                    .into_iter()
                    .map(|(other, likeness)| (at, other, likeness)),
            );
        }
        pairs.sort_by(|one, other| {
            let alike = other.2.total_cmp(&one.2);
            alike.then_with(|| (one.0, one.1).cmp(&(other.0, other.1)))
        });
        pairs.truncate(most);
        let pair = |(at, other, likeness): (u32, u32, f32)| Pair {
            one: self.activities[at as usize].iri.clone(),
            other: self.similar_to(at, other, likeness),
        };
        pairs.into_iter().map(pair).collect()
    }

    /// The activities of other plans that are like enough, in no order.
    fn beside(&self, at: u32, sums: &mut Sums, takes: impl Fn(u32) -> bool) -> Vec<(u32, f32)> {
        let own = &self.activities[at as usize];
        for (word, weight) in &own.words {
            let word = &self.words[*word as usize];
            if self.is_everywhere(word) {
                continue;
            }
            for (other, there) in &word.postings {
                if takes(*other) && self.activities[*other as usize].plan != own.plan {
                    sums.add(*other, weight * there);
                }
            }
        }
        sums.take()
    }

    /// Whether so many activities have a word that it tells nothing of any: it weighs next to
    /// nothing, and would cost most of the time.
    fn is_everywhere(&self, word: &Word) -> bool {
        let all = self.activities.len();
        all > FEW && word.postings.len() > all / 4
    }

    /// The words of both, the weightiest first.
    fn shared(&self, at: u32, other: u32) -> Vec<u32> {
        let there: FxHashMap<u32, f32> = self.activities[other as usize]
            .words
            .iter()
            .copied()
            .collect();
        let own = self.activities[at as usize].words.iter();
        let mut shared: Vec<_> = own
            .filter_map(|(word, weight)| Some((weight * there.get(word)?, *word)))
            .collect();
        shared.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        shared.into_iter().map(|(_, word)| word).collect()
    }

    fn similar_to(&self, at: u32, other: u32, likeness: f32) -> Similar {
        let shared = self.shared(at, other).into_iter();
        Similar {
            iri: self.activities[other as usize].iri.clone(),
            likeness: likeness.min(1.0),
            shared: shared
                .map(|word| Arc::clone(&self.words[word as usize].stem))
                .collect(),
        }
    }
}

/// The words of texts that have some stems, as they stand there, each once.
pub fn words_with<'a>(
    texts: impl IntoIterator<Item = &'a Text>,
    stems: &[Arc<str>],
    lexicon: &Lexicon,
) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let mut words = Vec::new();
    for text in texts {
        for range in marks(text, stems, lexicon) {
            let word = text.text.get(range).unwrap_or_default();
            if seen.insert(word.to_lowercase()) {
                words.push(word);
            }
        }
    }
    words
}

/// What activities have in common with one: by place, the sum of the weights and how many words.
struct Sums {
    sums: Vec<(f32, u32)>,
    touched: Vec<u32>,
}

impl Sums {
    fn of(activities: usize) -> Self {
        Self {
            sums: vec![(0.0, 0); activities],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, at: u32, weight: f32) {
        let (sum, many) = &mut self.sums[at as usize];
        if *many == 0 {
            self.touched.push(at);
        }
        *sum += weight;
        *many += 1;
    }

    /// Those with enough in common, and begins anew.
    fn take(&mut self) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        for at in self.touched.drain(..) {
            let (sum, many) = std::mem::take(&mut self.sums[at as usize]);
            if sum >= LEAST && many as usize >= SHARED {
                found.push((at, sum));
            }
        }
        found
    }
}

/// Where the words with some stems stand in a text: byte ranges, in order.
pub fn marks(text: &Text, stems: &[Arc<str>], lexicon: &Lexicon) -> Vec<std::ops::Range<usize>> {
    let stems: BTreeSet<&str> = stems.iter().map(|stem| &**stem).collect();
    let terms = lexicon.terms(&text.text, &text.language);
    let mut ranges: Vec<_> = terms
        .into_iter()
        .filter(|term| stems.contains(&*term.stem))
        .map(|term| term.range)
        .collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup();
    ranges
}
