//! Question → answer.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::facet::{Facet, Kind};
use super::index::{Index, Posting, real};
use super::part::{Field, place};
use super::query::Query;
use super::snippet::{self, Marked, Sought};
use crate::model::Language;
use crate::text::{Tongue, plain, stem};

/// How much more the form counts that was written than another form of the word.
const AS_WRITTEN: f32 = 1.25;

/// How much a word counts that is the same only without å, ä and ö.
const WITHOUT_MARKS: f32 = 0.7;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What is searched for.
    pub query: Query,
    /// What is chosen.
    pub chosen: BTreeMap<Facet, BTreeSet<String>>,
    /// How many results are passed over.
    pub skip: usize,
    /// How many are wanted.
    pub take: usize,
    /// The language in which texts are preferred.
    pub language: Language,
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<'i> {
    /// How many results there are in all.
    pub total: usize,
    /// Those that are wanted, best first.
    pub hits: Vec<Hit<'i>>,
    /// What they can be chosen by. The numbers of a facet are those of the results that there
    /// would be if nothing were chosen of that facet: what another choice would give.
    pub facets: Vec<(Facet, Vec<Count<'i>>)>,
}

/// How many results have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count<'i> {
    /// The value.
    pub value: &'i str,
    /// How many have it.
    pub many: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'i> {
    /// Its IRI.
    pub iri: &'i str,
    /// What it is.
    pub kind: Kind,
    /// What it belongs to: the plan of an activity, the framework of a goal.
    pub within: Option<&'i str>,
    /// What it is called, the words sought marked.
    pub title: Marked,
    /// The passage that has most of the words sought; none where only the title has them.
    pub snippet: Option<Marked>,
}

impl Index {
    /// Answers a question.
    pub fn answer(&self, asked: &Asked) -> Answer<'_> {
        let found = self.found(&asked.query);
        let choices = self.choices(asked);
        let mut counts: Vec<Vec<usize>> = Facet::ALL
            .iter()
            .map(|facet| vec![0; self.column_of(*facet).names.len()])
            .collect();
        let mut results = Vec::new();
        for (thing, score) in found {
            let missed: Vec<usize> = (0..choices.len())
                .filter(|facet| self.misses(thing as usize, *facet, choices[*facet].as_ref()))
                .take(2)
                .collect();
            for (facet, counts) in counts.iter_mut().enumerate() {
                if missed.iter().all(|missed| *missed == facet) {
                    for value in self.facets[facet].of(thing as usize) {
                        counts[*value as usize] += 1;
                    }
                }
            }
            if missed.is_empty() {
                results.push((thing, score));
            }
        }
        Answer {
            total: results.len(),
            hits: self.hits(results, asked),
            facets: self.counted(&counts, asked),
        }
    }

    /// The numbers of the values chosen, by facet; `None` where nothing is chosen.
    fn choices(&self, asked: &Asked) -> Vec<Option<Vec<u32>>> {
        let of = |facet: &Facet| {
            let chosen = asked
                .chosen
                .get(facet)
                .filter(|chosen| !chosen.is_empty())?;
            let numbers = &self.column_of(*facet).numbers;
            Some(
                chosen
                    .iter()
                    .filter_map(|value| numbers.get(value.as_str()).copied())
                    .collect(),
            )
        };
        Facet::ALL.iter().map(of).collect()
    }

    fn misses(&self, thing: usize, facet: usize, choice: Option<&Vec<u32>>) -> bool {
        choice.is_some_and(|choice| {
            let own = self.facets[facet].of(thing);
            own.iter().all(|value| !choice.contains(value))
        })
    }

    /// The results that are wanted, best first.
    fn hits(&self, mut results: Vec<(u32, f32)>, asked: &Asked) -> Vec<Hit<'_>> {
        let order = |a: &(u32, f32), b: &(u32, f32)| self.order(*a, *b);
        let end = asked.skip.saturating_add(asked.take);
        if end < results.len() {
            // Only what is wanted need be put in order.
            results.select_nth_unstable_by(end, order);
            results.truncate(end);
        }
        results.sort_unstable_by(order);
        let sought = self.sought(&asked.query);
        let wanted = results.into_iter().skip(asked.skip);
        wanted
            .map(|(thing, _)| self.hit(thing as usize, &sought, asked.language))
            .collect()
    }

    /// Best first; what is as good in the order of kinds, then of addresses.
    fn order(&self, (a, score): (u32, f32), (b, other): (u32, f32)) -> Ordering {
        let kinds = || self.kind(a as usize).cmp(&self.kind(b as usize));
        other.total_cmp(&score).then_with(kinds).then(a.cmp(&b))
    }

    fn hit(&self, thing: usize, sought: &Sought, language: Language) -> Hit<'_> {
        let (part, entry) = self.entry(thing);
        let texts = part.texts(entry);
        let (titles, mut others): (Vec<_>, Vec<_>) = texts
            .into_iter()
            .partition(|(field, _)| *field == Field::Title);
        let titles = titles.into_iter().map(|(_, text)| text);
        let title = titles.min_by_key(|text| language.rank(&text.language));
        let title = title.map(|text| snippet::whole(&self.lexicon, text, sought));
        let title = title.unwrap_or_default();
        // What else it is called says the same again where its title shows why it was found.
        if !title.marks.is_empty() {
            others.retain(|(field, _)| *field != Field::Other);
        }
        Hit {
            iri: entry.iri.as_str(),
            kind: entry.kind,
            within: entry.within.as_deref(),
            snippet: snippet::best(&self.lexicon, &others, sought, language),
            title,
        }
    }

    fn counted(&self, counts: &[Vec<usize>], asked: &Asked) -> Vec<(Facet, Vec<Count<'_>>)> {
        let of = |(facet, counts): (&Facet, &Vec<usize>)| {
            let chosen = asked.chosen.get(facet);
            let names = self.column_of(*facet).names.iter().zip(counts);
            let mut values: Vec<Count<'_>> = names
                .map(|(name, many)| Count {
                    value: name,
                    many: *many,
                    chosen: chosen.is_some_and(|chosen| chosen.contains(&**name)),
                })
                .filter(|count| count.many > 0 || count.chosen)
                .collect();
            values.sort_unstable_by(|a, b| b.many.cmp(&a.many).then(a.value.cmp(b.value)));
            (*facet, values)
        };
        Facet::ALL.iter().zip(counts).map(of).collect()
    }

    /// What has all the words and phrases, and how well it answers, in the order of numbers.
    fn found(&self, query: &Query) -> Vec<(u32, f32)> {
        if query.is_empty() {
            return (0..self.len()).map(|thing| (place(thing), 0.0)).collect();
        }
        let mut found: Option<Vec<(u32, f32)>> = None;
        for phrase in &query.phrases {
            found = Some(both(found, self.with_phrase(phrase)));
        }
        for word in &query.words {
            found = Some(both(found, self.with_word(word)));
        }
        found.unwrap_or_default()
    }

    /// What has a word in any of its forms, or as a part of a compound. Where no text has it, and it
    /// is a compound itself: what has all its parts.
    fn with_word(&self, word: &str) -> Vec<(u32, f32)> {
        let stems = self.stems_of(word);
        if !stems.is_empty() {
            return self.scored(&stems, word);
        }
        let parts = self.lexicon.split(word);
        let mut found = None;
        for part in parts {
            let part = &word[part];
            found = Some(both(found, self.scored(&self.stems_of(part), part)));
        }
        found.unwrap_or_default()
    }

    /// The numbers of the stems that a word stands for, and how well each does.
    fn stems_of(&self, word: &str) -> Vec<(u32, f32)> {
        let mut found: Vec<(u32, f32)> = Vec::new();
        for tongue in [Tongue::Swedish, Tongue::English, Tongue::Other] {
            let stem = stem(word, tongue);
            let own = self.stems.get(&*stem).map(|own| (*own, 1.0));
            let same = self.plain.get(&*plain(&stem)).filter(|_| word.is_ascii());
            let same = same
                .into_iter()
                .flatten()
                .map(|other| (*other, WITHOUT_MARKS));
            for (number, weight) in own.into_iter().chain(same) {
                if found.iter().all(|(known, _)| *known != number) {
                    found.push((number, weight));
                }
            }
        }
        found
    }

    /// What has one of some stems of a word, with what that says of each.
    fn scored(&self, stems: &[(u32, f32)], word: &str) -> Vec<(u32, f32)> {
        let postings = |stem: u32| self.postings[stem as usize].as_slice();
        let rarity = rarity(
            self.len(),
            stems.iter().map(|(stem, _)| postings(*stem).len()).sum(),
        );
        let mut found: Vec<(u32, f32)> = Vec::new();
        for (stem, weight) in stems {
            let score = |posting: &Posting| (posting.thing, posting.impact * rarity * weight);
            found = either(found, postings(*stem).iter().map(score));
        }
        let mut written = self.written(word).iter().peekable();
        for (thing, score) in &mut found {
            while written.next_if(|own| **own < *thing).is_some() {}
            if written.peek() == Some(&&*thing) {
                *score *= AS_WRITTEN;
            }
        }
        found
    }

    /// What has a word as it is written.
    fn written(&self, word: &str) -> &[u32] {
        let number = self.words.get(word);
        number.map_or(&[], |number| &self.written[*number as usize])
    }

    /// What has some words side by side as they are written.
    fn with_phrase(&self, phrase: &[String]) -> Vec<(u32, f32)> {
        let numbers: Option<Vec<u32>> = phrase
            .iter()
            .map(|word| self.words.get(word.as_str()).copied())
            .collect();
        let Some(numbers) = numbers else {
            return Vec::new();
        };
        let mut found = None;
        for word in phrase {
            let with = self.written(word);
            let score = rarity(self.len(), with.len());
            found = Some(both(
                found,
                with.iter().map(|thing| (*thing, score)).collect(),
            ));
        }
        let mut found = found.unwrap_or_default();
        found.retain(|(thing, _)| self.stand_together(*thing as usize, &numbers));
        found
    }

    fn stand_together(&self, thing: usize, phrase: &[u32]) -> bool {
        let own = &self.own_words[self.things[thing].part as usize];
        let (part, entry) = self.entry(thing);
        entry.spans.iter().any(|span| {
            let tokens = &part.tokens[span.start as usize..span.end as usize];
            tokens.windows(phrase.len()).any(|window| {
                let mut pairs = window.iter().zip(phrase);
                pairs.all(|(token, word)| own[*token as usize] == *word)
            })
        })
    }

    /// What is to be marked in texts.
    fn sought(&self, query: &Query) -> Sought {
        let mut stems = FxHashMap::default();
        for (number, word) in query.words.iter().enumerate() {
            let mut own = self.stems_of(word);
            if own.is_empty() {
                let parts = self.lexicon.split(word).into_iter();
                own = parts.flat_map(|part| self.stems_of(&word[part])).collect();
            }
            let names = own
                .iter()
                .map(|(stem, _)| Arc::clone(&self.names[*stem as usize]));
            stems.extend(names.map(|name| (name, number)));
        }
        Sought {
            stems,
            phrases: query.phrases.clone(),
        }
    }
}

/// How much it says that something has a word which so many have (BM25's inverse frequency).
fn rarity(all: usize, with: usize) -> f32 {
    let (all, with) = (real(all), real(with.min(all)));
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// What is in both, with what both say of it.
fn both(first: Option<Vec<(u32, f32)>>, second: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let Some(first) = first else {
        return second;
    };
    let mut second = second.into_iter().peekable();
    let mut found = Vec::new();
    for (thing, score) in first {
        while second.next_if(|(other, _)| *other < thing).is_some() {}
        if let Some((_, other)) = second.next_if(|(other, _)| *other == thing) {
            found.push((thing, score + other));
        }
    }
    found
}

/// What is in one of two, with the better of what they say of it.
fn either(first: Vec<(u32, f32)>, second: impl Iterator<Item = (u32, f32)>) -> Vec<(u32, f32)> {
    if first.is_empty() {
        return second.collect();
    }
    let mut second = second.peekable();
    let mut found = Vec::with_capacity(first.len());
    for (thing, score) in first {
        while let Some(other) = second.next_if(|(other, _)| *other < thing) {
            found.push(other);
        }
        let same = second.next_if(|(other, _)| *other == thing);
        found.push((thing, same.map_or(score, |(_, other)| score.max(other))));
    }
    found.extend(second);
    found
}
