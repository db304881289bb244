//! What people have added to a plan stays when its document is imported again.

use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef};

use crate::model::Layer;
use crate::rdf::LayeredGraph;
use crate::vocab::{adms, dcat, dcterms, m8g, plan as own};

/// Adds to a newly imported plan what its old graphs say beside it: the editorial and suggested
/// layers, and of the interpreted layer the alignments and every statement about a
/// part that is still there and of which the import itself says nothing.
///
/// Of a part that people had added and that now stands in the document, the document says what
/// only one can say, such as its title; the rest stays.
///
/// Where the source text is the same, references that people found in it beside those the
/// import finds stay too. What would refer to a part that is gone is left out.
pub fn additions(new: &mut LayeredGraph, old: &LayeredGraph, same_source: bool) {
    if same_source && let Some(stated) = old.layer(Layer::Stated) {
        references(new, stated);
    }
    let editorial = old.layer(Layer::Editorial);
    let kept = editorial.map(|graph| without_said(graph, &new.merged()));
    for (layer, graph) in [
        (Layer::Editorial, kept.as_ref()),
        (Layer::Suggested, old.layer(Layer::Suggested)),
    ] {
        if let Some(graph) = graph {
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

/// The editorial layer without what the import says itself of the parts it declares.
fn without_said(editorial: &Graph, import: &Graph) -> Graph {
    let has = |graph: &Graph, subject: NamedOrBlankNodeRef<'_>, predicate: NamedNodeRef<'_>| {
        let mut values = graph.objects_for_subject_predicate(subject, predicate);
        values.next().is_some()
    };
    let replaced = |triple: &TripleRef<'_>| {
        let (subject, predicate) = (triple.subject, triple.predicate);
        // Both ends of a period go together.
        let said = has(import, subject, predicate) || has(import, subject, dcat::START_DATE);
        ONE.contains(&predicate) && said && has(editorial, subject, rdf::TYPE)
    };
    editorial
        .iter()
        .filter(|triple| !replaced(triple))
        .collect()
}

/// Properties of which a part has only one value.
const ONE: [NamedNodeRef<'static>; 17] = [
    dcterms::TITLE,
    dcterms::DESCRIPTION,
    dcterms::IDENTIFIER,
    dcterms::DATE,
    dcat::START_DATE,
    dcat::END_DATE,
    adms::STATUS,
    m8g::ROLE,
    m8g::HAS_PARTICIPANT,
    own::POSITION,
    own::FOCUS_AREA,
    own::SUB_ACTIVITY_OF,
    own::STATUS_TEXT,
    own::PRECISION,
    own::SOURCE_TEXT,
    own::FOLLOW_UP_OF,
    own::REPORTED_IN,
];

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
