//! What a snapshot holds, counted: per graph its classes, properties, and which go with which
//! (the partitions of `VoID`, section 4). One pass over the quads, then sums of what was read.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::Store;

use super::Error;
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

/// Counts every graph of a store.
pub(super) fn of(store: &Store) -> Result<Statistics, Error> {
    let mut graphs: BTreeMap<GraphKey, Vec<Quad>> = BTreeMap::new();
    for quad in store.quads_for_pattern(None, None, None, None) {
        let quad = quad?;
        let key = match &quad.graph_name {
            GraphName::NamedNode(name) => GraphKey::Named(name.clone()),
            GraphName::DefaultGraph | GraphName::BlankNode(_) => GraphKey::Default,
        };
        graphs.entry(key).or_default().push(quad);
    }
    // Graphs without a triple are there too.
    graphs.entry(GraphKey::Default).or_default();
    for name in store.named_graphs() {
        if let NamedOrBlankNode::NamedNode(name) = name? {
            graphs.entry(GraphKey::Named(name)).or_default();
        }
    }
    let counted = graphs.into_iter().map(|(key, quads)| (key, count(&quads)));
    Ok(counted.collect())
}

/// Triples being counted.
#[derive(Default)]
struct Tally<'a> {
    triples: u64,
    subjects: HashSet<&'a NamedOrBlankNode>,
    objects: HashSet<&'a Term>,
}

impl<'a> Tally<'a> {
    fn add(&mut self, quad: &'a Quad) {
        self.triples += 1;
        self.subjects.insert(&quad.subject);
        self.objects.insert(&quad.object);
    }

    fn counts(&self) -> Counts {
        Counts {
            triples: self.triples,
            subjects: self.subjects.len() as u64,
            objects: self.objects.len() as u64,
        }
    }
}

fn count(quads: &[Quad]) -> GraphCounts {
    let classes = classes(quads);
    let mut all = Tally::default();
    let mut properties: HashMap<&NamedNode, Tally<'_>> = HashMap::new();
    let mut of_class: HashMap<(&NamedNode, &NamedNode), Tally<'_>> = HashMap::new();
    let mut counted = GraphCounts::default();
    for quad in quads {
        all.add(quad);
        properties.entry(&quad.predicate).or_default().add(quad);
        for class in classes.get(&quad.subject).into_iter().flatten() {
            of_class
                .entry((class, &quad.predicate))
                .or_default()
                .add(quad);
            let class = counted.classes.entry((*class).clone()).or_default();
            class.triples += 1;
            let property = class.properties.entry(quad.predicate.clone()).or_default();
            property.see(&quad.object, &classes);
        }
    }
    counted.entities = classes.len() as u64;
    for class in classes.values().flatten() {
        counted
            .classes
            .entry((*class).clone())
            .or_default()
            .entities += 1;
    }
    for ((class, property), tally) in of_class {
        if let Some(counts) = counted
            .classes
            .get_mut(class)
            .and_then(|class| class.properties.get_mut(property))
        {
            counts.all = tally.counts();
        }
    }
    counted.all = all.counts();
    counted.properties = properties
        .into_iter()
        .map(|(property, tally)| (property.clone(), tally.counts()))
        .collect();
    counted
}

/// The classes of each thing that has one.
type Classes<'a> = HashMap<NamedOrBlankNode, Vec<&'a NamedNode>>;

fn classes(quads: &[Quad]) -> Classes<'_> {
    let mut classes: Classes<'_> = HashMap::new();
    for quad in quads.iter().filter(|quad| quad.predicate == rdf::TYPE) {
        if let Term::NamedNode(class) = &quad.object {
            classes.entry(quad.subject.clone()).or_default().push(class);
        }
    }
    classes
}

impl PropertyCounts {
    fn see(&mut self, object: &Term, classes: &Classes<'_>) {
        let node: NamedOrBlankNode = match object {
            Term::NamedNode(node) => node.clone().into(),
            Term::BlankNode(node) => node.clone().into(),
            Term::Literal(literal) => {
                let datatype = literal.datatype().into_owned();
                *self.datatypes.entry(datatype).or_default() += 1;
                return;
            }
        };
        for class in classes.get(&node).into_iter().flatten() {
            *self.object_classes.entry((*class).clone()).or_default() += 1;
        }
    }
}
