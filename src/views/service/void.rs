//! What the data hold, in `VoID`: counts of each graph, its properties, its classes, and which
//! properties go with which classes and datatypes.
//!
//! Every count equals what the query for it gives; a test asks them all.

use oxrdf::{Graph, NamedNode};

use super::{SPARQL, VOID};
use crate::rdf::{Format, canonical};
use crate::store::Snapshot;
use crate::store::statistics::{ClassCounts, Counts, GraphCounts, GraphKey, Statistics};
use crate::views::Error;
use crate::views::describe::path_of;
use crate::views::writer::{Writer, both, iri};
use crate::vocab::{self, dcterms, foaf, plan, rdf, sd, skos, void, void_ext};

/// How much is said of the named graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Of the default graph everything; of each other its name and its size.
    Default,
    /// Of every graph everything.
    All,
}

/// Everything that the data hold, as `/.well-known/void` says it (`VoID`, section 7).
pub fn void(snapshot: &Snapshot) -> Result<Graph, Error> {
    let mut graph = Graph::new();
    let mut out = Writer::new(snapshot, &mut graph);
    let document = out.node(VOID);
    let data = out.node(&format!("{VOID}#data"));
    out.link(&document, rdf::TYPE, void::DATASET_DESCRIPTION);
    out.words(
        &document,
        dcterms::TITLE,
        both(
            "Vad Samplans data innehåller",
            "What the data of Samplan hold",
        ),
    );
    out.link(&document, foaf::PRIMARY_TOPIC, &data);
    dataset(&mut out, &*snapshot.statistics()?, Depth::All);
    Ok(graph)
}

/// The dataset, its default graph and its named graphs.
pub(super) fn dataset(out: &mut Writer<'_>, statistics: &Statistics, depth: Depth) {
    let data = out.node(&format!("{VOID}#data"));
    out.link(&data, rdf::TYPE, void::DATASET);
    out.link(&data, rdf::TYPE, sd::DATASET);
    out.words(
        &data,
        dcterms::TITLE,
        both(
            "Handlingsplaner som öppna data",
            "Action plans as open data",
        ),
    );
    let endpoint = out.node(SPARQL);
    out.link(&data, void::SPARQL_ENDPOINT, &endpoint);
    let space = out.snapshot.base().as_str().to_owned();
    out.value(&data, void::URI_SPACE, space);
    for root in ["plan", "framework", "organisation"] {
        let root = out.node(root);
        out.link(&data, void::ROOT_RESOURCE, &root);
    }
    for vocabulary in [
        plan::NS,
        skos::NS,
        dcterms::NS,
        vocab::prov::NS,
        vocab::m8g::NS,
    ] {
        let vocabulary = iri(vocabulary);
        out.link(&data, void::VOCABULARY, &vocabulary);
    }
    for format in Format::RDF {
        if let Some(name) = format.iri() {
            out.link(&data, void::FEATURE, &iri(name));
        }
    }
    for (key, counts) in statistics {
        graph(out, &data, key, counts, depth);
    }
}

fn graph(
    out: &mut Writer<'_>,
    data: &NamedNode,
    key: &GraphKey,
    counts: &GraphCounts,
    depth: Depth,
) {
    let stem = graph_fragment(out.snapshot, key);
    let described = out.node(&format!("{VOID}#{stem}"));
    out.link(&described, rdf::TYPE, void::DATASET);
    out.link(&described, rdf::TYPE, sd::GRAPH_CLASS);
    match key {
        GraphKey::Default => {
            out.link(data, sd::DEFAULT_GRAPH, &described);
            size(out, data, counts);
        }
        GraphKey::Named(name) => {
            let named = out.node(&format!("{VOID}#{stem}/named"));
            out.link(data, sd::NAMED_GRAPH, &named);
            out.link(&named, rdf::TYPE, sd::NAMED_GRAPH_CLASS);
            out.link(&named, sd::NAME, name);
            out.link(&named, sd::GRAPH, &described);
            out.link(data, void::SUBSET, &described);
        }
    }
    size(out, &described, counts);
    if depth == Depth::All || *key == GraphKey::Default {
        for (class, counts) in &counts.classes {
            of_class(out, &described, &stem, class, counts);
        }
        for (property, counts) in &counts.properties {
            let partition = out.node(&format!("{VOID}#{stem}/property/{}", slug(property)));
            out.link(&described, void::PROPERTY_PARTITION, &partition);
            of_property(out, &partition, property, *counts);
        }
    }
}

/// The fragment of `/.well-known/void` that stands for a graph.
pub fn graph_fragment(snapshot: &Snapshot, key: &GraphKey) -> String {
    match key {
        GraphKey::Default => "default".to_owned(),
        GraphKey::Named(name) => {
            let path = path_of(snapshot, name.as_str());
            format!("graph/{}", path.unwrap_or_else(|| hash(name)))
        }
    }
}

fn size(out: &mut Writer<'_>, dataset: &NamedNode, counts: &GraphCounts) {
    out.count(dataset, void::TRIPLES, counts.all.triples);
    out.count(dataset, void::DISTINCT_SUBJECTS, counts.all.subjects);
    out.count(dataset, void::DISTINCT_OBJECTS, counts.all.objects);
    out.count(dataset, void::ENTITIES, counts.entities);
    out.count(dataset, void::CLASSES, counts.classes.len() as u64);
    out.count(dataset, void::PROPERTIES, counts.properties.len() as u64);
}

fn of_property(out: &mut Writer<'_>, partition: &NamedNode, property: &NamedNode, counts: Counts) {
    out.link(partition, rdf::TYPE, void::DATASET);
    out.link(partition, void::PROPERTY, property);
    out.count(partition, void::TRIPLES, counts.triples);
    out.count(partition, void::DISTINCT_SUBJECTS, counts.subjects);
    out.count(partition, void::DISTINCT_OBJECTS, counts.objects);
}

fn of_class(
    out: &mut Writer<'_>,
    dataset: &NamedNode,
    stem: &str,
    class: &NamedNode,
    counts: &ClassCounts,
) {
    let stem = format!("{stem}/class/{}", slug(class));
    let partition = out.node(&format!("{VOID}#{stem}"));
    out.link(dataset, void::CLASS_PARTITION, &partition);
    out.link(&partition, rdf::TYPE, void::DATASET);
    out.link(&partition, void::CLASS, class);
    out.count(&partition, void::ENTITIES, counts.entities);
    out.count(&partition, void::TRIPLES, counts.triples);
    for (property, counts) in &counts.properties {
        let stem = format!("{stem}/property/{}", slug(property));
        let of = out.node(&format!("{VOID}#{stem}"));
        out.link(&partition, void::PROPERTY_PARTITION, &of);
        of_property(out, &of, property, counts.all);
        for (class, triples) in &counts.object_classes {
            let objects = out.node(&format!("{VOID}#{stem}/object/{}", slug(class)));
            out.link(&of, void::CLASS_PARTITION, &objects);
            out.link(&objects, void::CLASS, class);
            out.count(&objects, void::TRIPLES, *triples);
        }
        for (datatype, triples) in &counts.datatypes {
            let objects = out.node(&format!("{VOID}#{stem}/datatype/{}", slug(datatype)));
            out.link(&of, void_ext::DATATYPE_PARTITION, &objects);
            out.link(&objects, void_ext::DATATYPE, datatype);
            out.count(&objects, void::TRIPLES, *triples);
        }
    }
}

/// A short name for an IRI, as part of a fragment.
fn slug(iri: &NamedNode) -> String {
    let compact = vocab::compact(iri.as_str());
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
    if compact.chars().all(plain) {
        compact
    } else {
        hash(iri)
    }
}

/// The beginning of an IRI's hash, for one that has no short name.
fn hash(iri: &NamedNode) -> String {
    let mut hash = canonical::sha256(iri.as_str());
    hash.truncate(12);
    hash
}
