//! The words of all parts, and the things in which each stands.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::facet::{Facet, Kind};
use super::part::{Entry, Part, place};
use crate::text::{Lexicon, Tongue, plain};

/// How soon more of the same word stops counting (BM25's k1).
const SATURATION: f32 = 1.2;

/// How much the length of a text counts against a word in it (BM25's b).
const LENGTH: f32 = 0.5;

/// How much a word counts as a part of a compound.
const AS_PART: f32 = 0.5;

/// Everything that can be found.
///
/// Things are numbered in the order of their IRIs.
#[derive(Debug)]
pub struct Index {
    pub(super) lexicon: Lexicon,
    pub(super) parts: Vec<Arc<Part>>,
    pub(super) things: Vec<Place>,
    /// The number of each stem, which it is, and in which things it stands.
    pub(super) stems: FxHashMap<Arc<str>, u32>,
    pub(super) names: Vec<Arc<str>>,
    pub(super) postings: Vec<Vec<Posting>>,
    /// The stems that look the same without å, ä and ö, each by what they look like then.
    pub(super) plain: FxHashMap<Box<str>, Vec<u32>>,
    /// The number of each word as it is written, and in which things it stands.
    pub(super) words: FxHashMap<Box<str>, u32>,
    pub(super) written: Vec<Vec<u32>>,
    /// Of each part, which word each of its own is.
    pub(super) own_words: Vec<Vec<u32>>,
    pub(super) facets: Vec<Column>,
}

/// What a word is about: the numbers of its stems, and how much each counts.
type About = Arc<[(u32, f32)]>;

/// Where a thing is described.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) part: u32,
    pub(super) entry: u32,
}

/// That a stem stands in a thing, and how much it says of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) thing: u32,
    pub(super) impact: f32,
}

/// The values of one facet.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) names: Vec<Box<str>>,
    pub(super) numbers: FxHashMap<Box<str>, u32>,
    /// Where the values of each thing begin, and at the end how many there are.
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Column {
    /// The values of a thing.
    pub(super) fn of(&self, thing: usize) -> &[u32] {
        let (from, to) = (self.starts[thing], self.starts[thing + 1]);
        &self.values[from as usize..to as usize]
    }

    fn number(&mut self, name: &str) -> u32 {
        let new = place(self.names.len());
        if let Some(known) = self.numbers.get(name) {
            return *known;
        }
        self.names.push(name.into());
        self.numbers.insert(name.into(), new);
        new
    }
}

impl Index {
    /// The index of some parts.
    pub fn of(parts: Vec<Arc<Part>>) -> Self {
        let mut index = Self {
            lexicon: lexicon(&parts),
            things: in_order(&parts),
            parts,
            stems: FxHashMap::default(),
            names: Vec::new(),
            postings: Vec::new(),
            plain: FxHashMap::default(),
            words: FxHashMap::default(),
            written: Vec::new(),
            own_words: Vec::new(),
            facets: Vec::new(),
        };
        let stems_of = index.number_words();
        index.post(&stems_of);
        index.facets = Facet::ALL
            .iter()
            .map(|facet| index.column(*facet))
            .collect();
        for (stem, number) in &index.stems {
            index
                .plain
                .entry(plain(stem).into())
                .or_default()
                .push(*number);
        }
        index
            .plain
            .values_mut()
            .for_each(|stems| stems.sort_unstable());
        index
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }

    /// The values of a facet that something has.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.column_of(facet).names.iter().map(|name| &**name)
    }

    /// Whether something has a value of a facet.
    pub fn has(&self, facet: Facet, value: &str) -> bool {
        self.column_of(facet).numbers.contains_key(value)
    }

    pub(super) fn entry(&self, thing: usize) -> (&Part, &Entry) {
        let Place { part, entry } = self.things[thing];
        let part = &self.parts[part as usize];
        (part, &part.entries[entry as usize])
    }

    pub(super) fn kind(&self, thing: usize) -> Kind {
        self.entry(thing).1.kind
    }

    pub(super) fn column_of(&self, facet: Facet) -> &Column {
        &self.facets[facet as usize]
    }

    /// Numbers all words and stems. What each word of each part is about: the numbers of its stems,
    /// and how much each of them counts.
    fn number_words(&mut self) -> Vec<Vec<About>> {
        let mut about: FxHashMap<(Tongue, u32), About> = FxHashMap::default();
        let mut all = Vec::with_capacity(self.parts.len());
        for part in self.parts.clone() {
            let mut words = Vec::with_capacity(part.words.len());
            let mut stems = Vec::with_capacity(part.words.len());
            for (tongue, word, _) in &part.words {
                let number = self.word(word);
                words.push(number);
                let known = about.get(&(*tongue, number)).cloned();
                let of_word = known.unwrap_or_else(|| {
                    let made: About = self.about(word, *tongue).into();
                    about.insert((*tongue, number), Arc::clone(&made));
                    made
                });
                stems.push(of_word);
            }
            self.own_words.push(words);
            all.push(stems);
        }
        all
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let new = place(self.written.len());
        self.words.insert(word.into(), new);
        self.written.push(Vec::new());
        new
    }

    fn about(&mut self, word: &str, tongue: Tongue) -> Vec<(u32, f32)> {
        let pieces = self.lexicon.pieces(word, tongue);
        let mut found = Vec::with_capacity(pieces.len());
        for piece in pieces.iter() {
            let new = place(self.postings.len());
            let number = *self.stems.entry(Arc::clone(&piece.stem)).or_insert(new);
            if number == new {
                self.postings.push(Vec::new());
                self.names.push(Arc::clone(&piece.stem));
            }
            found.push((number, if piece.part { AS_PART } else { 1.0 }));
        }
        found
    }

    /// Notes in which things each stem and each word stands.
    fn post(&mut self, stems_of: &[Vec<About>]) {
        let lengths: Vec<f32> = (0..self.len()).map(|thing| self.length(thing)).collect();
        let average = lengths.iter().sum::<f32>() / real(lengths.len().max(1));
        let (mut stems, mut words) = (Vec::new(), Vec::new());
        for (thing, length) in lengths.iter().enumerate() {
            stems.clear();
            words.clear();
            let at = self.things[thing];
            let (part, entry) = self.entry(thing);
            let own_words = &self.own_words[at.part as usize];
            let own_stems = &stems_of[at.part as usize];
            for span in &entry.spans {
                for token in &part.tokens[span.start as usize..span.end as usize] {
                    words.push(own_words[*token as usize]);
                    let about = own_stems[*token as usize].iter();
                    stems.extend(about.map(|(stem, weight)| (*stem, weight * span.field.weight())));
                }
            }
            words.sort_unstable();
            words.dedup();
            stems.sort_unstable_by_key(|(stem, _)| *stem);
            for word in &words {
                self.written[*word as usize].push(place(thing));
            }
            let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / average.max(1.0));
            for same in stems.chunk_by(|(one, _), (other, _)| one == other) {
                let weight: f32 = same.iter().map(|(_, weight)| weight).sum();
                self.postings[same[0].0 as usize].push(Posting {
                    thing: place(thing),
                    impact: weight / (weight + norm),
                });
            }
        }
    }

    /// How long the texts of a thing are, what counts little counted little.
    fn length(&self, thing: usize) -> f32 {
        let spans = self.entry(thing).1.spans.iter();
        spans
            .map(|span| real((span.end - span.start) as usize) * span.field.weight())
            .sum()
    }

    fn column(&self, facet: Facet) -> Column {
        let mut column = Column::default();
        let mut numbers: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for at in &self.things {
            column.starts.push(place(column.values.len()));
            let part = &self.parts[at.part as usize];
            for value in &part.entries[at.entry as usize].values {
                let (own, name) = &part.values[*value as usize];
                if *own == facet {
                    let number = numbers.entry((at.part, *value));
                    let number = *number.or_insert_with(|| column.number(name));
                    column.values.push(number);
                }
            }
        }
        column.starts.push(place(column.values.len()));
        column
    }
}

/// What the texts of all parts teach of words.
fn lexicon(parts: &[Arc<Part>]) -> Lexicon {
    let mut times: FxHashMap<(Tongue, &str), u32> = FxHashMap::default();
    for (tongue, word, many) in parts.iter().flat_map(|part| &part.words) {
        *times.entry((*tongue, word)).or_default() += many;
    }
    Lexicon::of_words(
        times
            .into_iter()
            .map(|((tongue, word), many)| (tongue, word, many)),
    )
}

/// The things of all parts, in the order of their IRIs.
fn in_order(parts: &[Arc<Part>]) -> Vec<Place> {
    let mut things = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        things.extend((0..part.entries.len()).map(|entry| Place {
            part: place(number),
            entry: place(entry),
        }));
    }
    things.sort_by_key(|at| &parts[at.part as usize].entries[at.entry as usize].iri);
    things
}

/// A number to reckon with.
#[expect(
    clippy::cast_precision_loss,
    reason = "how well something answers is not a matter of the eighth digit"
)]
pub(super) fn real(number: usize) -> f32 {
    number as f32
}
