//! What people have added to a plan stays when its document is imported again.

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef};

use crate::model::Layer;
use crate::rdf::LayeredGraph;
use crate::vocab::plan as own;

/// Adds to a newly imported plan what its old graphs say beside it: the editorial and suggested
/// layers as they are, and of the interpreted layer the alignments and every statement about a
/// part that is still there and of which the import itself says nothing.
pub fn additions(new: &mut LayeredGraph, old: &LayeredGraph) {
    for layer in [Layer::Editorial, Layer::Suggested] {
        if let Some(graph) = old.layer(layer) {
            new.extend(graph, layer);
        }
    }
    let Some(interpreted) = old.layer(Layer::Interpreted) else {
        return;
    };
    let known = new.merged();
    let about = |subject: NamedOrBlankNodeRef<'_>, predicate: NamedNodeRef<'_>| {
        known
            .objects_for_subject_predicate(subject, predicate)
            .next()
            .is_some()
    };
    let described = |subject: NamedOrBlankNodeRef<'_>, graph: &Graph| {
        graph.triples_for_subject(subject).next().is_some()
    };
    let mut kept = Graph::new();
    for triple in interpreted {
        let alignment = belongs_to_alignment(triple.subject);
        let still_there = described(triple.subject, &known);
        let many = MANY.contains(&triple.predicate);
        if alignment || (still_there && (many || !about(triple.subject, triple.predicate))) {
            kept.insert(triple);
        }
    }
    new.extend(&kept, Layer::Interpreted);
}

/// Properties of which a part may have several values from several sources.
const MANY: [NamedNodeRef<'static>; 3] = [
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/references"),
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#editorialNote"),
    own::CONTRIBUTES_TO,
];

/// Whether a node is an alignment or a part of one.
fn belongs_to_alignment(subject: NamedOrBlankNodeRef<'_>) -> bool {
    match subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str().contains("/alignment/"),
        NamedOrBlankNodeRef::BlankNode(_) => false,
    }
}
