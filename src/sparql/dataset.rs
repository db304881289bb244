//! The dataset that a query is evaluated over (SPARQL 1.1 Query, section 13), as the evaluator
//! reads it.

use std::cell::RefCell;
use std::rc::Rc;

use oxrdf::{NamedNode, Term};
use rustc_hash::{FxHashMap, FxHashSet};
use spareval::{CancellationToken, InternalQuad, QueryableDataset};
use spargebra::algebra::QueryDataset;

use super::evaluate::Graphs;
use crate::store::Index;
use crate::store::index::{Id, Pattern, Scan, Scope};

/// The query was stopped.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the query was stopped")]
pub(super) struct Stopped;

/// The graphs of a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) default: Default,
    /// The named graphs; all of them where none is chosen. In order.
    pub(super) named: Option<Rc<[Id]>>,
}

/// What the default graph of a dataset is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Default {
    /// The index's own.
    Own,
    /// The merge of these named graphs. A merge is a set.
    Merge(Rc<[Id]>),
}

impl Chosen {
    /// Those that the protocol names, which win (SPARQL 1.1 Protocol, section 2.1.4), or else
    /// those that the query names, or else all.
    pub(super) fn of(index: &Index, query: Option<&QueryDataset>, graphs: Graphs<'_>) -> Self {
        let of = |names: &[NamedNode]| -> Rc<[Id]> {
            let mut ids: Vec<_> = names
                .iter()
                .filter_map(|name| index.id(name.as_ref().into()))
                .collect();
            ids.sort_unstable();
            ids.dedup();
            ids.into()
        };
        if !graphs.default.is_empty() || !graphs.named.is_empty() {
            return Self {
                default: Default::Merge(of(graphs.default)),
                named: Some(of(graphs.named)),
            };
        }
        match query {
            Some(query) => Self {
                default: Default::Merge(of(&query.default)),
                named: Some(of(query.named.as_deref().unwrap_or_default())),
            },
            None => Self {
                default: Default::Own,
                named: None,
            },
        }
    }
}

/// A dataset over an index. Terms are the index's numbers; what a query computes gets numbers
/// beyond them.
#[derive(Clone)]
pub(super) struct Dataset<'a> {
    index: &'a Index,
    chosen: Chosen,
    computed: Rc<RefCell<Computed>>,
    token: CancellationToken,
}

/// Terms that are in no quad.
#[derive(Debug, std::default::Default)]
struct Computed {
    numbers: FxHashMap<Term, Id>,
    terms: Vec<Term>,
}

impl<'a> Dataset<'a> {
    pub(super) fn new(index: &'a Index, chosen: Chosen, token: CancellationToken) -> Self {
        Self {
            index,
            chosen,
            computed: Rc::default(),
            token,
        }
    }

    /// The number of a term, one beyond the index's for a term that it has not.
    pub(super) fn number(&self, term: Term) -> Result<Id, Stopped> {
        if let Some(id) = mark::read(&term) {
            return Ok(id);
        }
        if let Some(id) = self.index.id(term.as_ref()) {
            return Ok(id);
        }
        let mut computed = self.computed.borrow_mut();
        if let Some(id) = computed.numbers.get(&term) {
            return Ok(*id);
        }
        // Memory ends long before numbers do.
        let beyond = Id::try_from(computed.terms.len()).map_err(|_| Stopped)?;
        let id = self.index.terms().checked_add(beyond).ok_or(Stopped)?;
        computed.terms.push(term.clone());
        computed.numbers.insert(term, id);
        Ok(id)
    }

    /// The term of a number.
    pub(super) fn term(&self, id: Id) -> Result<Term, Stopped> {
        if let Some(term) = self.index.term(id) {
            return Ok(term);
        }
        let computed = self.computed.borrow();
        let beyond = id.checked_sub(self.index.terms());
        beyond
            .and_then(|beyond| computed.terms.get(beyond as usize).cloned())
            .ok_or(Stopped)
    }

    fn in_default(&self, pattern: Pattern) -> Found<'a> {
        let scan = |graph: &Id| {
            self.index.scan(Pattern {
                scope: Scope::Named(*graph),
                ..pattern
            })
        };
        match &self.chosen.default {
            Default::Own => Found::One(self.index.scan(pattern)),
            Default::Merge(graphs) => match &**graphs {
                [] => Found::One(Scan::NONE),
                [graph] => Found::One(scan(graph)),
                graphs => Found::Merge {
                    scans: graphs.iter().map(scan).collect(),
                    seen: FxHashSet::default(),
                },
            },
        }
    }

    fn in_named(&self, pattern: Pattern) -> Found<'a> {
        let Some(named) = &self.chosen.named else {
            return Found::One(self.index.scan(pattern));
        };
        let scan = |graph: &Id| {
            self.index.scan(Pattern {
                scope: Scope::Named(*graph),
                ..pattern
            })
        };
        match pattern.scope {
            Scope::Named(graph) if named.contains(&graph) => Found::One(self.index.scan(pattern)),
            Scope::Named(_) => Found::One(Scan::NONE),
            Scope::Default | Scope::AnyNamed => Found::Several(named.iter().map(scan).collect()),
        }
    }
}

/// Quads that were found.
enum Found<'a> {
    One(Scan<'a>),
    /// One after the other; the last of the list comes first.
    Several(Vec<Scan<'a>>),
    /// The same, each triple once.
    Merge {
        scans: Vec<Scan<'a>>,
        seen: FxHashSet<[Id; 3]>,
    },
}

impl Found<'_> {
    fn from_last(scans: &mut Vec<Scan<'_>>) -> Option<[Id; 4]> {
        loop {
            let found = scans.last_mut()?.next();
            if found.is_some() {
                return found;
            }
            scans.pop();
        }
    }
}

impl Iterator for Found<'_> {
    type Item = [Id; 4];

    fn next(&mut self) -> Option<[Id; 4]> {
        match self {
            Self::One(scan) => scan.next(),
            Self::Several(scans) => Self::from_last(scans),
            Self::Merge { scans, seen } => loop {
                let [s, p, o, g] = Self::from_last(scans)?;
                if seen.insert([s, p, o]) {
                    return Some([s, p, o, g]);
                }
            },
        }
    }
}

/// Quads as the evaluator takes them. When the query is stopped it says so once and ends: the
/// evaluator would go on after an error as long as there are more.
struct Read<'a> {
    found: Found<'a>,
    in_default: bool,
    token: CancellationToken,
    ended: bool,
}

impl Iterator for Read<'_> {
    type Item = Result<InternalQuad<Id>, Stopped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        if self.token.is_cancelled() {
            self.ended = true;
            return Some(Err(Stopped));
        }
        let [subject, predicate, object, graph] = self.found.next()?;
        Some(Ok(InternalQuad {
            subject,
            predicate,
            object,
            graph_name: (!self.in_default).then_some(graph),
        }))
    }
}

impl<'a> QueryableDataset<'a> for Dataset<'a> {
    type InternalTerm = Id;
    type Error = Stopped;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Id>,
        predicate: Option<&Id>,
        object: Option<&Id>,
        graph_name: Option<Option<&Id>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Id>, Stopped>> + use<'a> {
        let in_default = graph_name == Some(None);
        let pattern = Pattern {
            subject: subject.copied(),
            predicate: predicate.copied(),
            object: object.copied(),
            scope: match graph_name {
                Some(None) => Scope::Default,
                Some(Some(graph)) => Scope::Named(*graph),
                None => Scope::AnyNamed,
            },
        };
        Read {
            found: if in_default {
                self.in_default(pattern)
            } else {
                self.in_named(pattern)
            },
            in_default,
            token: self.token.clone(),
            ended: false,
        }
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Id, Stopped>> + use<'a> {
        let graphs: Vec<_> = match &self.chosen.named {
            Some(named) => named.to_vec(),
            None => self.index.graphs().to_vec(),
        };
        graphs.into_iter().map(Ok)
    }

    fn contains_internal_graph_name(&self, graph: &Id) -> Result<bool, Stopped> {
        let graphs = match &self.chosen.named {
            Some(named) => named,
            None => self.index.graphs(),
        };
        Ok(graphs.binary_search(graph).is_ok())
    }

    fn internalize_term(&self, term: Term) -> Result<Id, Stopped> {
        if self.token.is_cancelled() {
            return Err(Stopped);
        }
        self.number(term)
    }

    fn externalize_term(&self, id: Id) -> Result<Term, Stopped> {
        self.term(id)
    }
}

/// Numbers in the guise of terms, in which solutions that are there already are handed to the
/// evaluator: it has no other way to take them, and a number need not be sought among all terms.
pub(super) mod mark {
    use oxrdf::{Literal, NamedNode, Term};
    use spargebra::term::GroundTerm;

    use crate::store::index::Id;

    /// Not in any IRI, so no query can write or compute one.
    const MARK: char = '\u{0}';

    /// The guise of a number. Whether it is a literal's is seen, since what is known of terms
    /// decides how they are compared.
    pub(in crate::sparql) fn write(id: Id, literal: bool) -> GroundTerm {
        if literal {
            let datatype = NamedNode::new_unchecked(MARK);
            Literal::new_typed_literal(id.to_string(), datatype).into()
        } else {
            NamedNode::new_unchecked(format!("{MARK}{id}")).into()
        }
    }

    pub(super) fn read(term: &Term) -> Option<Id> {
        match term {
            Term::NamedNode(node) => node.as_str().strip_prefix(MARK)?.parse().ok(),
            Term::Literal(literal) => literal
                .datatype()
                .as_str()
                .starts_with(MARK)
                .then(|| literal.value().parse().ok())?,
            Term::BlankNode(_) => None,
        }
    }
}
