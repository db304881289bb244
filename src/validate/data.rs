//! The data graph, with the look-ups that constraints need.

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::vocab::{rdf, rdfs};

/// The number of a term.
pub(super) type Id = u32;

/// Subject, property and object, each where it is known.
pub(super) type Pattern = [Option<Id>; 3];

/// Triples over numbered terms: one's own, and those of a base, which is not copied, since
/// every plan is judged beside the same vocabulary and reference data.
#[derive(Default)]
pub(super) struct Data<'a> {
    base: Option<&'a Data<'a>>,
    /// The number of the first term that the base has not.
    first: Id,
    numbers: FxHashMap<Term, Id>,
    terms: Vec<Term>,
    /// The triples that the base has not, in order: as they are, turned so that the property
    /// comes first, and turned so that the object does.
    turned: [Vec<[Id; 3]>; 3],
}

impl<'a> Data<'a> {
    /// The merge of some graphs.
    pub(super) fn new<'g>(graphs: impl IntoIterator<Item = &'g Graph>) -> Self {
        let mut data = Self::default();
        data.add(graphs);
        data
    }

    /// The merge of a base and some graphs.
    pub(super) fn beside<'g>(
        base: &'a Data<'a>,
        graphs: impl IntoIterator<Item = &'g Graph>,
    ) -> Self {
        let mut data = Self {
            base: Some(base),
            first: base.end(),
            ..Self::default()
        };
        data.add(graphs);
        data
    }

    fn add<'g>(&mut self, graphs: impl IntoIterator<Item = &'g Graph>) {
        for triple in graphs.into_iter().flatten() {
            let triple = [
                self.enter(triple.subject.into()),
                self.enter(triple.predicate.into()),
                self.enter(triple.object),
            ];
            let new = |base: &Data<'_>| base.find(triple.map(Some)).next().is_none();
            if self.base.is_none_or(new) {
                self.turned[0].push(triple);
            }
        }
        self.order();
    }

    fn enter(&mut self, term: TermRef<'_>) -> Id {
        let term = term.into_owned();
        if let Some(id) = self.number(&term) {
            return id;
        }
        let id = self.end();
        self.terms.push(term.clone());
        self.numbers.insert(term, id);
        id
    }

    /// The number after the last.
    fn end(&self) -> Id {
        // Memory ends long before numbers do.
        self.first + Id::try_from(self.terms.len()).unwrap_or(Id::MAX)
    }

    fn order(&mut self) {
        let [plain, by_property, by_object] = &mut self.turned;
        plain.sort_unstable();
        plain.dedup();
        *by_property = plain.iter().map(|[s, p, o]| [*p, *o, *s]).collect();
        *by_object = plain.iter().map(|[s, p, o]| [*o, *s, *p]).collect();
        by_property.sort_unstable();
        by_object.sort_unstable();
    }

    /// This and its base.
    fn layers(&self) -> impl Iterator<Item = &Data<'a>> {
        std::iter::successors(Some(self), |data| data.base)
    }

    /// The number of a term, if it is in the data.
    pub(super) fn number(&self, term: &Term) -> Option<Id> {
        self.layers()
            .find_map(|data| data.numbers.get(term).copied())
    }

    fn number_of(&self, node: NamedNodeRef<'_>) -> Option<Id> {
        self.number(&node.into_owned().into())
    }

    /// The term of a number.
    pub(super) fn term(&self, id: Id) -> Option<&Term> {
        let data = self.layers().find(|data| data.first <= id)?;
        data.terms.get((id - data.first) as usize)
    }

    /// The terms with their numbers.
    pub(super) fn terms(&self) -> impl Iterator<Item = (Id, &Term)> {
        self.layers()
            .flat_map(|data| (data.first..).zip(&data.terms))
    }

    /// The triples that a pattern allows, each once.
    pub(super) fn find(&self, pattern: Pattern) -> impl Iterator<Item = [Id; 3]> {
        self.layers().flat_map(move |data| data.find_own(pattern))
    }

    fn find_own(&self, pattern: Pattern) -> impl Iterator<Item = [Id; 3]> {
        // What is known comes first in one of the three.
        let turn = match pattern {
            [None, Some(_), _] => 1,
            [_, None, Some(_)] => 2,
            _ => 0,
        };
        let mut sought = pattern;
        sought.rotate_left(turn);
        let least = sought.map(|id| id.unwrap_or(Id::MIN));
        let most = sought.map(|id| id.unwrap_or(Id::MAX));
        let all = &self.turned[turn];
        let from = all.partition_point(|triple| *triple < least);
        let length = all[from..].partition_point(|triple| *triple <= most);
        all[from..from + length].iter().map(move |triple| {
            let mut triple = *triple;
            triple.rotate_right(turn);
            triple
        })
    }

    /// The objects of a subject's property; none for a literal.
    pub(super) fn objects(&self, subject: &Term, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        let (Some(subject), Some(predicate)) = (self.number(subject), self.number_of(predicate))
        else {
            return Vec::new();
        };
        self.find([Some(subject), Some(predicate), None])
            .filter_map(|[_, _, object]| self.term(object).cloned())
            .collect()
    }

    /// The subjects that have a property with that object.
    pub(super) fn subjects(&self, predicate: NamedNodeRef<'_>, object: &Term) -> Vec<Term> {
        let (Some(predicate), Some(object)) = (self.number_of(predicate), self.number(object))
        else {
            return Vec::new();
        };
        self.find([None, Some(predicate), Some(object)])
            .filter_map(|[subject, _, _]| self.term(subject).cloned())
            .collect()
    }

    /// The triples that have a property.
    pub(super) fn with_property(
        &self,
        property: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = [Id; 3]> + use<'_, 'a> {
        let property = self.number_of(property).into_iter();
        property.flat_map(|property| self.find([None, Some(property), None]))
    }

    /// The properties of a subject, with their objects.
    pub(super) fn described(&self, subject: &Term) -> Vec<(&Term, &Term)> {
        let Some(subject) = self.number(subject) else {
            return Vec::new();
        };
        self.find([Some(subject), None, None])
            .filter_map(|[_, property, object]| Some((self.term(property)?, self.term(object)?)))
            .collect()
    }

    /// The class and everything declared to be a subclass of it.
    pub(super) fn subclasses(&self, class: &Term) -> FxHashSet<Id> {
        let mut found = FxHashSet::default();
        let mut todo: Vec<_> = self.number(class).into_iter().collect();
        let below = self.number_of(rdfs::SUB_CLASS_OF);
        while let Some(class) = todo.pop() {
            if let (true, Some(below)) = (found.insert(class), below) {
                let subclasses = self.find([None, Some(below), Some(class)]);
                todo.extend(subclasses.map(|[subclass, _, _]| subclass));
            }
        }
        found
    }

    /// The nodes that are of one of the classes.
    pub(super) fn instances(&self, classes: &FxHashSet<Id>) -> Vec<Id> {
        let Some(kind) = self.number_of(rdf::TYPE) else {
            return Vec::new();
        };
        classes
            .iter()
            .flat_map(|class| self.find([None, Some(kind), Some(*class)]))
            .map(|[node, _, _]| node)
            .collect()
    }

    /// Whether a node is of one of the classes.
    pub(super) fn is_a(&self, node: &Term, classes: &FxHashSet<Id>) -> bool {
        let (Some(node), Some(kind)) = (self.number(node), self.number_of(rdf::TYPE)) else {
            return false;
        };
        self.find([Some(node), Some(kind), None])
            .any(|[_, _, class]| classes.contains(&class))
    }
}

/// The term as the subject of a triple, if it can be one.
pub(super) fn as_subject(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref().into()),
        Term::BlankNode(node) => Some(node.as_ref().into()),
        Term::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::{NamedNode, Triple};

    use super::*;

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://example.org/{name}"))
    }

    fn graph(triples: &[[&str; 3]]) -> Graph {
        let triples = triples
            .iter()
            .map(|[s, p, o]| Triple::new(node(s), node(p), node(o)));
        triples.collect()
    }

    #[test]
    fn every_pattern_finds_what_both_layers_have_each_once() {
        let shared = [["a", "p", "b"], ["a", "q", "c"], ["d", "p", "b"]];
        let own = [["a", "p", "b"], ["b", "p", "e"], ["d", "q", "b"]];
        let context = Data::new([&graph(&shared)]);
        let data = Data::beside(&context, [&graph(&own)]);
        let all: Vec<_> = shared.iter().chain(&own[1..]).copied().collect();
        let number = |name: &str| data.number(&node(name).into()).unwrap();
        let numbered: Vec<_> = all.iter().map(|triple| triple.map(number)).collect();
        for triple in &numbered {
            for known in 0..8 {
                let pattern = [0, 1, 2].map(|at| (known >> at & 1 == 1).then_some(triple[at]));
                let fits = |triple: &&[Id; 3]| {
                    (0..3).all(|at| pattern[at].is_none_or(|sought| sought == triple[at]))
                };
                let mut expected: Vec<_> = numbered.iter().filter(fits).copied().collect();
                let mut found: Vec<_> = data.find(pattern).collect();
                expected.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, expected, "{pattern:?}");
            }
        }
    }

    #[test]
    fn a_term_of_either_layer_has_one_number() {
        let context = Data::new([&graph(&[["a", "p", "b"]])]);
        let data = Data::beside(&context, [&graph(&[["b", "p", "c"]])]);
        let terms: Vec<_> = data.terms().collect();
        assert_eq!(terms.len(), 4);
        for (id, term) in terms {
            assert_eq!(data.number(term), Some(id));
            assert_eq!(data.term(id), Some(term));
        }
        assert_eq!(data.term(4), None);
    }
}
