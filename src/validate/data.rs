//! The data graph, with the look-ups that constraints need.

use std::collections::HashSet;

use oxrdf::dataset::GraphView;
use oxrdf::{Dataset, Graph, GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};

use crate::vocab::{rdf, rdfs};

/// Adds the triples of a graph to the default graph of a dataset.
pub(super) fn add(dataset: &mut Dataset, graph: &Graph) {
    for triple in graph {
        dataset.insert(triple.in_graph(GraphNameRef::DefaultGraph));
    }
}

/// The data graph.
pub(super) struct Data {
    dataset: Dataset,
}

impl Data {
    pub(super) fn new(dataset: Dataset) -> Self {
        Self { dataset }
    }

    /// The same data for the SPARQL evaluator.
    pub(super) fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    pub(super) fn graph(&self) -> GraphView<'_> {
        self.dataset.graph(GraphNameRef::DefaultGraph)
    }

    /// The objects of a subject's property; none for a literal.
    pub(super) fn objects(&self, subject: &Term, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        let Some(subject) = as_subject(subject) else {
            return Vec::new();
        };
        self.graph()
            .objects_for_subject_predicate(subject, predicate)
            .map(TermRef::into_owned)
            .collect()
    }

    /// The subjects that have a property with that object.
    pub(super) fn subjects(&self, predicate: NamedNodeRef<'_>, object: &Term) -> Vec<Term> {
        self.graph()
            .subjects_for_predicate_object(predicate, object)
            .map(|subject| subject.into_owned().into())
            .collect()
    }

    /// The class and everything declared to be a subclass of it.
    pub(super) fn subclasses(&self, class: &Term) -> HashSet<Term> {
        let mut found = HashSet::new();
        let mut todo = vec![class.clone()];
        while let Some(class) = todo.pop() {
            if found.insert(class.clone()) {
                todo.extend(self.subjects(rdfs::SUB_CLASS_OF, &class));
            }
        }
        found
    }

    /// Whether a node is of one of the classes.
    pub(super) fn is_a(&self, node: &Term, classes: &HashSet<Term>) -> bool {
        self.objects(node, rdf::TYPE)
            .iter()
            .any(|class| classes.contains(class))
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
