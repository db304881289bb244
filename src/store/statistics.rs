//! What a snapshot holds, counted: per graph its classes, properties, and which go with which
//! (the partitions of `VoID`, section 4). One pass over the quads, then sums of what was read.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, Term};
use rustc_hash::{FxHashMap, FxHashSet};

use super::index::{Id, Index, Pattern, Scan, Scope};
use crate::vocab::rdf;

/// What is counted of each graph; that of the default graph comes first.
pub type Statistics = BTreeMap<GraphKey, GraphCounts>;

/// A graph of the snapshot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GraphKey {
    /// The default graph.
    Default,
    /// A named graph.
    Named(NamedNode),
}

/// The counts of a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphCounts {
    /// All triples.
    pub all: Counts,
    /// The triples of each property.
    pub properties: BTreeMap<NamedNode, Counts>,
    /// The instances of each class.
    pub classes: BTreeMap<NamedNode, ClassCounts>,
    /// How many things have a class.
    pub entities: u64,
}

/// How many triples, and how many subjects and objects occur in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Triples.
    pub triples: u64,
    /// Different subjects.
    pub subjects: u64,
    /// Different objects.
    pub objects: u64,
}

/// The counts of a class in a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassCounts {
    /// Its instances.
    pub entities: u64,
    /// The triples of which an instance is the subject.
    pub triples: u64,
    /// The same by property.
    pub properties: BTreeMap<NamedNode, PropertyCounts>,
}

/// The triples of a property whose subjects are instances of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PropertyCounts {
    /// All of them.
    pub all: Counts,
    /// How many have an object of that class.
    pub object_classes: BTreeMap<NamedNode, u64>,
    /// How many have a literal of that datatype as object.
    pub datatypes: BTreeMap<NamedNode, u64>,
}

/// Counts every graph of an index.
pub(super) fn of(index: &Index) -> Statistics {
    let default = (GraphKey::Default, Scope::Default);
    let named = index
        .graphs()
        .iter()
        .filter_map(|id| match index.term(*id) {
            Some(Term::NamedNode(name)) => Some((GraphKey::Named(name), Scope::Named(*id))),
            _ => None,
        });
    let count = |(key, scope)| {
        let every = Pattern {
            subject: None,
            predicate: None,
            object: None,
            scope,
        };
        (key, count(index, index.scan(every)))
    };
    std::iter::once(default).chain(named).map(count).collect()
}

/// Triples being counted.
#[derive(Default)]
struct Tally {
    triples: u64,
    subjects: FxHashSet<Id>,
    objects: FxHashSet<Id>,
}

impl Tally {
    fn add(&mut self, subject: Id, object: Id) {
        self.triples += 1;
        self.subjects.insert(subject);
        self.objects.insert(object);
    }

    fn counts(&self) -> Counts {
        Counts {
            triples: self.triples,
            subjects: self.subjects.len() as u64,
            objects: self.objects.len() as u64,
        }
    }
}

/// A graph being counted.
#[derive(Default)]
struct Counting {
    all: Tally,
    properties: FxHashMap<Id, Tally>,
    /// By class and property.
    of_class: FxHashMap<(Id, Id), Tally>,
    /// By class, property and class of the object.
    object_classes: FxHashMap<(Id, Id, Id), u64>,
    /// By class, property and datatype of the object.
    datatypes: FxHashMap<(Id, Id), BTreeMap<NamedNode, u64>>,
}

fn count(index: &Index, triples: Scan<'_>) -> GraphCounts {
    let classes = classes(index, triples.clone());
    let mut counting = Counting::default();
    for [subject, predicate, object, _] in triples {
        counting.all.add(subject, object);
        let property = counting.properties.entry(predicate).or_default();
        property.add(subject, object);
        for class in classes.get(&subject).into_iter().flatten() {
            let key = (*class, predicate);
            counting
                .of_class
                .entry(key)
                .or_default()
                .add(subject, object);
            for of_object in classes.get(&object).into_iter().flatten() {
                let key = (*class, predicate, *of_object);
                *counting.object_classes.entry(key).or_default() += 1;
            }
            if let Some(Term::Literal(literal)) = literal(index, object) {
                let datatype = literal.datatype().into_owned();
                let counts = counting.datatypes.entry(key).or_default();
                *counts.entry(datatype).or_default() += 1;
            }
        }
    }
    counting.named(index, &classes)
}

fn literal(index: &Index, id: Id) -> Option<Term> {
    if index.is_iri(id) || index.is_blank(id) {
        return None;
    }
    index.term(id)
}

/// The classes of each thing that has one.
type Classes = FxHashMap<Id, Vec<Id>>;

fn classes(index: &Index, triples: Scan<'_>) -> Classes {
    let mut classes = Classes::default();
    let Some(of_type) = index.id(rdf::TYPE.into()) else {
        return classes;
    };
    for [subject, predicate, class, _] in triples {
        if predicate == of_type && index.is_iri(class) {
            classes.entry(subject).or_default().push(class);
        }
    }
    classes
}

impl Counting {
    /// What was counted, with names instead of numbers.
    fn named(self, index: &Index, classes: &Classes) -> GraphCounts {
        // Predicates and classes are IRIs.
        let name = |id: Id| match index.term(id) {
            Some(Term::NamedNode(name)) => Some(name),
            _ => None,
        };
        let mut counted = GraphCounts {
            all: self.all.counts(),
            entities: classes.len() as u64,
            ..GraphCounts::default()
        };
        for (property, tally) in &self.properties {
            counted
                .properties
                .extend(name(*property).map(|name| (name, tally.counts())));
        }
        for class in classes.values().flatten().copied().filter_map(name) {
            counted.classes.entry(class).or_default().entities += 1;
        }
        for ((class, property), tally) in &self.of_class {
            let (Some(class), Some(name)) = (name(*class), name(*property)) else {
                continue;
            };
            let class = counted.classes.entry(class).or_default();
            class.triples += tally.triples;
            class.properties.entry(name).or_default().all = tally.counts();
        }
        for ((class, property, of_object), many) in &self.object_classes {
            let (Some(class), Some(property), Some(of_object)) =
                (name(*class), name(*property), name(*of_object))
            else {
                continue;
            };
            let class = counted.classes.entry(class).or_default();
            let property = class.properties.entry(property).or_default();
            property.object_classes.insert(of_object, *many);
        }
        for ((class, property), datatypes) in self.datatypes {
            let (Some(class), Some(property)) = (name(class), name(property)) else {
                continue;
            };
            let class = counted.classes.entry(class).or_default();
            class.properties.entry(property).or_default().datatypes = datatypes;
        }
        counted
    }
}
