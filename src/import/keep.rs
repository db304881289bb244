//! What people have added to a plan stays when its document is imported again.

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};

use crate::model::Layer;
use crate::rdf::LayeredGraph;
use crate::vocab::plan as own;

/// Adds to a newly imported plan what its old graphs say beside it: the editorial and suggested
/// layers as they are, and of the interpreted layer the alignments and every statement about a
/// part that is still there and of which the import itself says nothing.
///
/// Where the source text is the same, references that people found in it beside those the
/// import finds stay too. What would refer to a part that is gone is left out.
pub fn additions(new: &mut LayeredGraph, old: &LayeredGraph, same_source: bool) {
    if same_source && let Some(stated) = old.layer(Layer::Stated) {
        references(new, stated);
    }
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
    let mut kept = Graph::new();
    for triple in interpreted {
        let alignment = belongs_to_alignment(triple.subject);
        let still_there = described(triple.subject, &known) && !gone(triple.object, &known, old);
        let placed = PLACED.contains(&triple.predicate);
        if placed && !same_source && !alignment {
            // Lines mean nothing in another text.
            continue;
        }
        let many = MANY.contains(&triple.predicate) || placed;
        if alignment || (still_there && (many || !about(triple.subject, triple.predicate))) {
            kept.insert(triple);
        }
    }
    new.extend(&kept, Layer::Interpreted);
}

/// The stated references of the old graph that the new one has not.
fn references(new: &mut LayeredGraph, stated: &Graph) {
    let known = new.merged();
    let named = |subject: NamedOrBlankNodeRef<'_>| match subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str().contains("/reference/"),
        NamedOrBlankNodeRef::BlankNode(_) => false,
    };
    let mut kept = Graph::new();
    for triple in stated {
        let own = named(triple.subject) && !described(triple.subject, &known);
        let refers = triple.predicate == MANY[0] && described(triple.subject, &known);
        if own || refers {
            kept.insert(triple);
        }
    }
    new.extend(&kept, Layer::Stated);
}

fn described(subject: NamedOrBlankNodeRef<'_>, graph: &Graph) -> bool {
    graph.triples_for_subject(subject).next().is_some()
}

/// Whether a value is a part that the old graphs describe and the new do not.
fn gone(object: TermRef<'_>, known: &Graph, old: &LayeredGraph) -> bool {
    let TermRef::NamedNode(node) = object else {
        return false;
    };
    let node = NamedOrBlankNodeRef::NamedNode(node);
    !described(node, known) && old.layers().any(|(_, graph)| described(node, graph))
}

/// Properties of which a part may have several values from several sources.
const MANY: [NamedNodeRef<'static>; 3] = [
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/references"),
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#editorialNote"),
    own::CONTRIBUTES_TO,
];

/// Properties that say where in the source text something stands.
const PLACED: [NamedNodeRef<'static>; 2] = [own::SOURCE_RANGE, own::SOURCE_TEXT];

/// Whether a node is an alignment or a part of one.
fn belongs_to_alignment(subject: NamedOrBlankNodeRef<'_>) -> bool {
    match subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str().contains("/alignment/"),
        NamedOrBlankNodeRef::BlankNode(_) => false,
    }
}
