//! The quads of a snapshot: immutable, sorted, shared without locks.
//!
//! Terms are numbered in the order of the `dictionary`; quads are numbers, held once for
//! every order in which they are looked up (`order`). All of it lies in one block of
//! `memory` that other processes can map too, so a query may run in a process of its own
//! without a copy of the data.

mod build;
mod dictionary;
mod memory;
mod order;

use std::fs::File;
use std::io;
use std::ops::Range;

use oxrdf::{GraphNameRef, NamedNode, NamedNodeRef, Quad, Term, TermRef, Triple};

pub use build::Builder;
use dictionary::Dictionary;
use memory::Memory;
pub(crate) use order::{Pattern, Scan, Scope, first_not};
use order::{Quads, Triples};

/// The number of a term in an index.
pub(crate) type Id = u32;

/// The quads of a snapshot; never changes.
pub struct Index {
    memory: Memory,
    layout: Layout,
}

/// Where the parts of an index lie, in words of 32 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Layout {
    terms: usize,
    /// The first number of a blank node, and of a literal.
    blank: Id,
    literal: Id,
    offsets: Range<usize>,
    /// The bytes of the terms; the last word may be filled up.
    bytes: Range<usize>,
    /// The triples of the default graph.
    triples: Range<usize>,
    /// The quads of the named graphs.
    quads: Range<usize>,
    /// The names of the named graphs.
    graphs: Range<usize>,
    /// The predicates of the default graph, each with how many subjects and objects it has.
    predicates: Range<usize>,
}

/// The words at the head of an index: a mark, and how many there are of everything.
const HEAD: usize = 9;

/// What an index begins with: its format, and the order of bytes in a word.
const MARK: u32 = 0x5361_6d01;

impl Layout {
    fn of(terms: usize, kinds: (Id, Id), bytes: usize, counts: Counts) -> Self {
        let mut end = HEAD;
        let mut next = |words: usize| {
            let start = end;
            end += words;
            start..end
        };
        Self {
            terms,
            blank: kinds.0,
            literal: kinds.1,
            offsets: next(terms + 1),
            bytes: next(bytes.div_ceil(size_of::<u32>())),
            triples: next(counts.triples * Triples::WORDS),
            quads: next(counts.quads * Quads::WORDS),
            graphs: next(counts.graphs),
            predicates: next(counts.predicates * PREDICATE),
        }
    }

    fn head(&self) -> [u32; HEAD] {
        let word = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        [
            MARK,
            word(self.terms),
            self.blank,
            self.literal,
            word(self.bytes.len()),
            word(self.triples.len() / Triples::WORDS),
            word(self.quads.len() / Quads::WORDS),
            word(self.graphs.len()),
            word(self.predicates.len() / PREDICATE),
        ]
    }

    fn read(words: &[u32]) -> io::Result<Self> {
        let broken = || io::Error::new(io::ErrorKind::InvalidData, "this is no index of quads");
        let head: [u32; HEAD] = words
            .get(..HEAD)
            .and_then(|head| head.try_into().ok())
            .ok_or_else(broken)?;
        let [
            mark,
            terms,
            blank,
            literal,
            bytes,
            triples,
            quads,
            graphs,
            predicates,
        ] = head;
        let counts = Counts {
            triples: triples as usize,
            quads: quads as usize,
            graphs: graphs as usize,
            predicates: predicates as usize,
        };
        let bytes = bytes as usize * size_of::<u32>();
        let layout = Self::of(terms as usize, (blank, literal), bytes, counts);
        if mark == MARK && layout.predicates.end == words.len() {
            Ok(layout)
        } else {
            Err(broken())
        }
    }
}

/// How many there are.
#[derive(Clone, Copy, Debug)]
struct Counts {
    triples: usize,
    quads: usize,
    graphs: usize,
    predicates: usize,
}

/// How many words say how many different subjects and objects a predicate has.
const PREDICATE: usize = 3;

impl Index {
    /// Indexes quads.
    ///
    /// # Errors
    /// More than 2³² terms or bytes of terms.
    pub fn build(quads: impl IntoIterator<Item = Quad>) -> io::Result<Self> {
        let mut builder = Builder::default();
        for quad in quads {
            builder.add(quad.as_ref());
        }
        builder.finish()
    }

    /// A handle on the file that it lies in, for another process to open; none where it lies in
    /// this process's own memory.
    pub fn file(&self) -> Option<File> {
        self.memory.file()
    }

    /// Opens the file of an index that [`Index::file`] gave.
    ///
    /// # Errors
    /// The file cannot be mapped or is no index.
    pub fn open(file: File) -> io::Result<Self> {
        Self::over(Memory::map(file)?)
    }

    fn over(memory: Memory) -> io::Result<Self> {
        let layout = Layout::read(memory.words())?;
        Ok(Self { memory, layout })
    }

    fn part(&self, part: &Range<usize>) -> &[u32] {
        // A part that is not there is empty: it cannot be, after `Layout::read`.
        self.memory.words().get(part.clone()).unwrap_or_default()
    }

    fn dictionary(&self) -> Dictionary<'_> {
        Dictionary::new(
            self.part(&self.layout.offsets),
            bytemuck::cast_slice(self.part(&self.layout.bytes)),
        )
    }

    /// How many terms have a number; numbers run from 0.
    pub(crate) fn terms(&self) -> Id {
        // `Builder::finish` sees to it that there are no more.
        Id::try_from(self.layout.terms).unwrap_or(Id::MAX)
    }

    /// The number of a term; none where no quad has it.
    pub(crate) fn id(&self, term: TermRef<'_>) -> Option<Id> {
        self.dictionary().id(term)
    }

    /// The term of a number.
    pub(crate) fn term(&self, id: Id) -> Option<Term> {
        self.dictionary().term(id)
    }

    /// The bytes of the text of an IRI, a plain text or a text in a language; none for other
    /// terms.
    pub(crate) fn text(&self, id: Id) -> Option<&[u8]> {
        self.dictionary().text(id)
    }

    /// How many different subjects and objects a predicate has in the default graph.
    pub(crate) fn different(&self, predicate: Id) -> [usize; 2] {
        let words = self.part(&self.layout.predicates);
        let (rows, _) = words.as_chunks::<PREDICATE>();
        match rows.binary_search_by_key(&predicate, |row| row[0]) {
            Ok(place) => [rows[place][1] as usize, rows[place][2] as usize],
            Err(_) => [0, 0],
        }
    }

    /// Whether the number is that of an IRI.
    pub(crate) fn is_iri(&self, id: Id) -> bool {
        id < self.layout.blank
    }

    /// Whether the number is that of a blank node.
    pub(crate) fn is_blank(&self, id: Id) -> bool {
        (self.layout.blank..self.layout.literal).contains(&id)
    }

    /// The quads that match, in the order of the index that has them side by side.
    pub(crate) fn scan(&self, pattern: Pattern) -> Scan<'_> {
        match pattern.scope {
            Scope::Default => self.triples().scan(pattern),
            Scope::Named(_) | Scope::AnyNamed => self.quads().scan(pattern),
        }
    }

    /// The triples of the default graph.
    pub(crate) fn triples(&self) -> Triples<'_> {
        Triples::new(self.part(&self.layout.triples))
    }

    fn quads(&self) -> Quads<'_> {
        Quads::new(self.part(&self.layout.quads))
    }

    /// The named graphs, in order.
    pub(crate) fn graphs(&self) -> &[Id] {
        self.part(&self.layout.graphs)
    }

    /// Whether there is a named graph of that name.
    pub fn has_graph(&self, name: NamedNodeRef<'_>) -> bool {
        let id = self.id(name.into());
        id.is_some_and(|id| self.graphs().binary_search(&id).is_ok())
    }

    /// The triples of a graph that match, in order of their numbers.
    pub fn matching<'a>(
        &'a self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: GraphNameRef<'_>,
    ) -> impl Iterator<Item = Triple> + use<'a> {
        self.pattern(subject, predicate, object, graph)
            .into_iter()
            .flat_map(|pattern| self.scan(pattern))
            .filter_map(|[subject, predicate, object, _]| self.triple(subject, predicate, object))
    }

    /// The named graphs that have triples about a subject, with the triples, graph by graph.
    pub fn about<'a>(
        &'a self,
        subject: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = (NamedNode, Triple)> + use<'a> {
        let pattern = self.id(subject.into()).map(|id| Pattern {
            subject: Some(id),
            predicate: None,
            object: None,
            scope: Scope::AnyNamed,
        });
        pattern
            .into_iter()
            .flat_map(|pattern| self.scan(pattern))
            .filter_map(|[subject, predicate, object, graph]| {
                let Some(Term::NamedNode(name)) = self.term(graph) else {
                    return None;
                };
                Some((name, self.triple(subject, predicate, object)?))
            })
    }

    /// The numbers of a pattern; none where a term of it is in no quad.
    fn pattern(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: GraphNameRef<'_>,
    ) -> Option<Pattern> {
        let id = |term: Option<TermRef<'_>>| match term {
            Some(term) => self.id(term).map(Some),
            None => Some(None),
        };
        Some(Pattern {
            subject: id(subject.map(Into::into))?,
            predicate: id(predicate.map(Into::into))?,
            object: id(object)?,
            scope: match graph {
                GraphNameRef::DefaultGraph => Scope::Default,
                GraphNameRef::NamedNode(name) => Scope::Named(self.id(name.into())?),
                GraphNameRef::BlankNode(name) => Scope::Named(self.id(name.into())?),
            },
        })
    }

    fn triple(&self, subject: Id, predicate: Id, object: Id) -> Option<Triple> {
        Triple::from_terms(
            self.term(subject)?,
            self.term(predicate)?,
            self.term(object)?,
        )
        .ok()
    }
}

#[cfg(test)]
mod tests;
