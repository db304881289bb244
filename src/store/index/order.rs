//! Quads as numbers, sorted in every order in which they are looked up: whichever positions a
//! pattern gives, its quads stand side by side in one of the orders.

use std::cmp::Ordering;

use super::Id;

/// Where quads are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The default graph.
    Default,
    /// A named graph.
    Named(Id),
    /// Every named graph.
    AnyNamed,
}

/// What quads are sought: those that have the numbers that are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) subject: Option<Id>,
    pub(crate) predicate: Option<Id>,
    pub(crate) object: Option<Id>,
    pub(crate) scope: Scope,
}

/// Orders of the positions subject 0, predicate 1, object 2, graph 3.
const SPO: [usize; 3] = [0, 1, 2];
const POS: [usize; 3] = [1, 2, 0];
const OSP: [usize; 3] = [2, 0, 1];
const PSO: [usize; 3] = [1, 0, 2];
const TRIPLES: [[usize; 3]; 4] = [SPO, POS, OSP, PSO];

const SPOG: [usize; 4] = [0, 1, 2, 3];
const POSG: [usize; 4] = [1, 2, 0, 3];
const OSPG: [usize; 4] = [2, 0, 1, 3];
const GSPO: [usize; 4] = [3, 0, 1, 2];
const GPOS: [usize; 4] = [3, 1, 2, 0];
const GOSP: [usize; 4] = [3, 2, 0, 1];
const QUADS: [[usize; 4]; 6] = [SPOG, POSG, OSPG, GSPO, GPOS, GOSP];

/// The numbers in the orders of `orders`, one sorted run after the other.
fn sorted<const N: usize, const M: usize>(
    rows: &[[Id; N]],
    orders: &[[usize; N]; M],
    into: &mut Vec<u32>,
) {
    let mut run = Vec::with_capacity(rows.len());
    for order in orders {
        run.clear();
        run.extend(rows.iter().map(|row| order.map(|position| row[position])));
        run.sort_unstable();
        into.extend_from_slice(run.as_flattened());
    }
}

/// The rows that begin with these numbers.
fn beginning<'a, const N: usize>(rows: &'a [[Id; N]], with: &[Id]) -> &'a [[Id; N]] {
    let start = rows.partition_point(|row| compare(row, with).is_lt());
    let rows = &rows[start..];
    &rows[..first_not(rows, |row| compare(row, with).is_eq())]
}

/// The place of the first row that is not of the kind that the rows begin with. They are few as
/// a rule, so their end is sought from their beginning on.
pub(crate) fn first_not<const N: usize>(
    rows: &[[Id; N]],
    same: impl Fn(&[Id; N]) -> bool,
) -> usize {
    let mut step = 1;
    while step < rows.len() && same(&rows[step]) {
        step *= 2;
    }
    let near = &rows[..rows.len().min(step)];
    let from = (step / 2).min(near.len());
    from + near[from..].partition_point(same)
}

/// How a row compares with numbers that it may begin with.
fn compare<const N: usize>(row: &[Id; N], with: &[Id]) -> Ordering {
    for (own, other) in row.iter().zip(with) {
        match own.cmp(other) {
            Ordering::Equal => {}
            unequal => return unequal,
        }
    }
    Ordering::Equal
}

fn rows<const N: usize, const M: usize>(words: &[u32]) -> [&[[Id; N]]; M] {
    let (all, _) = words.as_chunks::<N>();
    let each = all.len() / M;
    let mut runs = all.chunks_exact(each.max(1));
    std::array::from_fn(|_| runs.next().unwrap_or_default())
}

/// The triples of the default graph, in each order.
#[derive(Clone, Copy)]
pub(crate) struct Triples<'a> {
    runs: [&'a [[Id; 3]]; TRIPLES.len()],
}

impl<'a> Triples<'a> {
    /// How many words a triple takes.
    pub(super) const WORDS: usize = 3 * TRIPLES.len();

    pub(super) fn new(words: &'a [u32]) -> Self {
        Self { runs: rows(words) }
    }

    pub(super) fn write(triples: &[[Id; 3]], into: &mut Vec<u32>) {
        sorted(triples, &TRIPLES, into);
    }

    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.runs[0].len()
    }

    /// The pairs of subject and object of a predicate, in order; each with the predicate before
    /// it.
    pub(crate) fn by_subject(self, predicate: Id) -> &'a [[Id; 3]] {
        beginning(self.runs[3], &[predicate])
    }

    /// The pairs of object and subject of a predicate, in order; each with the predicate before
    /// it.
    pub(crate) fn by_object(self, predicate: Id) -> &'a [[Id; 3]] {
        beginning(self.runs[1], &[predicate])
    }

    pub(super) fn scan(self, pattern: Pattern) -> Scan<'a> {
        let Pattern {
            subject: s,
            predicate: p,
            object: o,
            ..
        } = pattern;
        let (order, with): (usize, [Option<Id>; 3]) = match (s, p, o) {
            (_, None, Some(_)) => (2, [o, s, None]),
            (None, Some(_), Some(_)) => (1, [p, o, None]),
            (None, Some(_), None) => (3, [p, None, None]),
            _ => (0, [s, p, o]),
        };
        Scan::Triples {
            rows: beginning(self.runs[order], &given(with)),
            back: inverse(TRIPLES[order]),
        }
    }
}

/// The quads of the named graphs, in each order.
#[derive(Clone, Copy)]
pub(crate) struct Quads<'a> {
    runs: [&'a [[Id; 4]]; QUADS.len()],
}

impl<'a> Quads<'a> {
    /// How many words a quad takes.
    pub(super) const WORDS: usize = 4 * QUADS.len();

    pub(super) fn new(words: &'a [u32]) -> Self {
        Self { runs: rows(words) }
    }

    pub(super) fn write(quads: &[[Id; 4]], into: &mut Vec<u32>) {
        sorted(quads, &QUADS, into);
    }

    pub(super) fn scan(self, pattern: Pattern) -> Scan<'a> {
        let Pattern {
            subject: s,
            predicate: p,
            object: o,
            scope,
        } = pattern;
        let g = match scope {
            Scope::Named(graph) => Some(graph),
            Scope::Default | Scope::AnyNamed => None,
        };
        let (order, with): (usize, [Option<Id>; 4]) = match (s, p, o) {
            (_, None, Some(_)) => (2, [o, s, None, None]),
            (None, Some(_), _) => (1, [p, o, None, None]),
            _ => (0, [s, p, o, None]),
        };
        let (order, with) = match g {
            Some(_) => (order + 3, [g, with[0], with[1], with[2]]),
            None => (order, with),
        };
        Scan::Quads {
            rows: beginning(self.runs[order], &given(with)),
            back: inverse(QUADS[order]),
        }
    }
}

/// The numbers up to the first that is not given.
fn given<const N: usize>(with: [Option<Id>; N]) -> Vec<Id> {
    with.into_iter().map_while(|id| id).collect()
}

/// At which place of an ordered row each position stands.
fn inverse<const N: usize>(order: [usize; N]) -> [usize; N] {
    std::array::from_fn(|position| {
        order
            .iter()
            .position(|own| *own == position)
            .unwrap_or_default()
    })
}

/// Matching quads, each as subject, predicate, object and graph; the graph is
/// [`Scan::DEFAULT_GRAPH`] in the default graph.
#[derive(Clone)]
pub(crate) enum Scan<'a> {
    Triples {
        rows: &'a [[Id; 3]],
        back: [usize; 3],
    },
    Quads {
        rows: &'a [[Id; 4]],
        back: [usize; 4],
    },
}

impl Scan<'_> {
    /// What stands for the name of the default graph; no term has that number.
    pub(crate) const DEFAULT_GRAPH: Id = Id::MAX;

    /// No quads.
    pub(crate) const NONE: Self = Scan::Triples {
        rows: &[],
        back: SPO,
    };
}

impl Iterator for Scan<'_> {
    type Item = [Id; 4];

    fn next(&mut self) -> Option<[Id; 4]> {
        match self {
            Self::Triples { rows, back } => {
                let (row, rest) = rows.split_first()?;
                *rows = rest;
                let [s, p, o] = back.map(|place| row[place]);
                Some([s, p, o, Self::DEFAULT_GRAPH])
            }
            Self::Quads { rows, back } => {
                let (row, rest) = rows.split_first()?;
                *rows = rest;
                Some(back.map(|place| row[place]))
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let many = match self {
            Self::Triples { rows, .. } => rows.len(),
            Self::Quads { rows, .. } => rows.len(),
        };
        (many, Some(many))
    }
}

impl ExactSizeIterator for Scan<'_> {}
