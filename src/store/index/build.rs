//! Quads → index.

use std::collections::BTreeMap;
use std::io;

use oxrdf::{GraphNameRef, QuadRef, TermRef};
use rustc_hash::FxHashMap;

use super::dictionary::{self, BLANK, STRING};
use super::memory::Memory;
use super::order::{Quads, Triples};
use super::{Counts, Id, Index, Layout};

/// Takes quads, one after the other, and makes an index of them.
#[derive(Default)]
pub struct Builder {
    /// The terms seen, by their bytes, numbered in the order in which they came.
    seen: FxHashMap<Box<[u8]>, Id>,
    triples: Vec<[Id; 3]>,
    quads: Vec<[Id; 4]>,
    buffer: Vec<u8>,
}

impl Builder {
    /// Takes a quad; one that is there already changes nothing.
    pub fn add(&mut self, quad: QuadRef<'_>) {
        let subject = self.number(quad.subject.into());
        let predicate = self.number(quad.predicate.into());
        let object = self.number(quad.object);
        let graph = match quad.graph_name {
            GraphNameRef::DefaultGraph => {
                self.triples.push([subject, predicate, object]);
                return;
            }
            GraphNameRef::NamedNode(name) => self.number(name.into()),
            GraphNameRef::BlankNode(name) => self.number(name.into()),
        };
        self.quads.push([subject, predicate, object, graph]);
    }

    fn number(&mut self, term: TermRef<'_>) -> Id {
        dictionary::encode(term, &mut self.buffer);
        if let Some(id) = self.seen.get(self.buffer.as_slice()) {
            return *id;
        }
        // One too many is found by `finish`, which counts them.
        let id = Id::try_from(self.seen.len()).unwrap_or(Id::MAX);
        self.seen.insert(self.buffer.as_slice().into(), id);
        id
    }

    /// The index of what was taken.
    ///
    /// # Errors
    /// There are 2³² terms or bytes of terms, or more.
    pub fn finish(self) -> io::Result<Index> {
        let Self {
            seen,
            mut triples,
            mut quads,
            ..
        } = self;
        let mut terms: Vec<(Box<[u8]>, Id)> = seen.into_iter().collect();
        terms.sort_unstable();
        let numbers = numbers(&terms)?;
        renumber(&mut triples, &numbers);
        renumber(&mut quads, &numbers);
        let mut graphs: Vec<Id> = quads.iter().map(|[.., graph]| *graph).collect();
        graphs.sort_unstable();
        graphs.dedup();

        let predicates = different(&triples);
        let counts = Counts {
            triples: triples.len(),
            quads: quads.len(),
            graphs: graphs.len(),
            predicates: predicates.len(),
        };
        let before = |kind: u8| terms.partition_point(|(bytes, _)| bytes[0] < kind);
        let kinds = (number(before(BLANK))?, number(before(STRING))?);
        let bytes: usize = terms.iter().map(|(bytes, _)| bytes.len()).sum();
        let layout = Layout::of(terms.len(), kinds, bytes, counts);
        let mut words = Vec::with_capacity(layout.predicates.end);
        words.extend(layout.head());
        write_terms(terms, &mut words)?;
        Triples::write(&triples, &mut words);
        Quads::write(&quads, &mut words);
        words.extend(graphs);
        words.extend(predicates.as_flattened());
        Index::over(Memory::hold(words))
    }
}

/// A count that must be a number of its own.
fn number(many: usize) -> io::Result<Id> {
    Id::try_from(many).map_err(|_| io::Error::other("there are too many terms for an index"))
}

/// The number of each term in the order of their bytes, by the number it was seen under.
fn numbers(terms: &[(Box<[u8]>, Id)]) -> io::Result<Vec<Id>> {
    // The last number stands for no term.
    number(terms.len() + 1)?;
    let mut numbers = vec![0; terms.len()];
    for (id, (_, seen)) in terms.iter().enumerate() {
        numbers[*seen as usize] = number(id)?;
    }
    Ok(numbers)
}

/// Gives rows the new numbers, and leaves one of each.
fn renumber<const N: usize>(rows: &mut Vec<[Id; N]>, numbers: &[Id]) {
    for row in &mut *rows {
        *row = row.map(|seen| numbers[seen as usize]);
    }
    rows.sort_unstable();
    rows.dedup();
}

/// Each predicate, in order, with how many different subjects and objects it has.
fn different(triples: &[[Id; 3]]) -> Vec<[u32; 3]> {
    let mut many: BTreeMap<Id, [u32; 2]> = BTreeMap::new();
    for position in [0, 2] {
        let mut pairs: Vec<[Id; 2]> = triples.iter().map(|row| [row[1], row[position]]).collect();
        pairs.sort_unstable();
        pairs.dedup();
        for [predicate, _] in pairs {
            many.entry(predicate).or_default()[position / 2] += 1;
        }
    }
    many.into_iter()
        .map(|(predicate, [subjects, objects])| [predicate, subjects, objects])
        .collect()
}

/// Where the bytes of each term begin, then the bytes, filled up to a whole word.
fn write_terms(terms: Vec<(Box<[u8]>, Id)>, words: &mut Vec<u32>) -> io::Result<()> {
    let mut end = 0;
    words.push(0);
    for (bytes, _) in &terms {
        end += bytes.len();
        words.push(number(end)?);
    }
    let mut all = Vec::with_capacity(end.next_multiple_of(size_of::<u32>()));
    for (bytes, _) in terms {
        all.extend_from_slice(&bytes);
    }
    all.resize(all.len().next_multiple_of(size_of::<u32>()), 0);
    words.extend(
        all.as_chunks::<4>()
            .0
            .iter()
            .map(|word| u32::from_ne_bytes(*word)),
    );
    Ok(())
}
