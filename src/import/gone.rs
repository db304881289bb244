//! What people have linked of parts that a document no longer has.
//!
//! An import never takes away by itself what people have said: whoever imports decides.

use std::collections::BTreeSet;

use oxrdf::{Graph, NamedNode, NamedOrBlankNodeRef, TermRef, TripleRef};

use super::remark::{Kind, Remark};
use crate::model::Finding;
use crate::rdf::LayeredGraph;
use crate::vocab::{plan, rdf};

/// The parts that alignments are about and no layer describes any longer.
pub fn gone(graph: &LayeredGraph) -> BTreeSet<NamedNode> {
    let mut gone = BTreeSet::new();
    for (_, layer) in graph.layers() {
        for triple in layer {
            if triple.predicate == plan::ALIGNED
                && let TermRef::NamedNode(part) = triple.object
                && !is_described(graph, part.into())
            {
                gone.insert(part.into_owned());
            }
        }
    }
    gone
}

fn is_described(graph: &LayeredGraph, part: NamedOrBlankNodeRef<'_>) -> bool {
    let typed = |layer: &Graph| {
        let mut types = layer.objects_for_subject_predicate(part, rdf::TYPE);
        types.next().is_some()
    };
    graph.layers().any(|(_, layer)| typed(layer))
}

/// The graphs without what is said of some parts: the alignments, and the goals they serve.
pub fn without(graph: &LayeredGraph, gone: &BTreeSet<NamedNode>) -> LayeredGraph {
    let alignments = alignments(graph, gone);
    let is_of = |iri: &str| {
        gone.iter().any(|part| part.as_str() == iri)
            || alignments.iter().any(|own| {
                let rest = iri.strip_prefix(own.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    };
    let is_left_out = |triple: &TripleRef<'_>| {
        let about = match triple.subject {
            NamedOrBlankNodeRef::NamedNode(subject) => is_of(subject.as_str()),
            NamedOrBlankNodeRef::BlankNode(_) => false,
        };
        about || matches!(triple.object, TermRef::NamedNode(object) if is_of(object.as_str()))
    };
    let mut left = LayeredGraph::new(graph.plan().clone());
    for (layer, triples) in graph.layers() {
        let kept = triples.iter().filter(|triple| !is_left_out(triple));
        left.extend(&kept.collect(), layer);
    }
    left
}

/// The alignments of some parts.
fn alignments(graph: &LayeredGraph, of: &BTreeSet<NamedNode>) -> BTreeSet<NamedNode> {
    let mut found = BTreeSet::new();
    for (_, layer) in graph.layers() {
        for part in of {
            let own = layer.subjects_for_predicate_object(plan::ALIGNED, part);
            found.extend(own.filter_map(|subject| match subject {
                NamedOrBlankNodeRef::NamedNode(node) => Some(node.into_owned()),
                NamedOrBlankNodeRef::BlankNode(_) => None,
            }));
        }
    }
    found
}

/// Why an import stops: what would be lost, and how to say that it may.
pub fn findings(graph: &LayeredGraph, gone: &BTreeSet<NamedNode>) -> Vec<Finding> {
    let finding = |part: &NamedNode| {
        let many = alignments(graph, &BTreeSet::from([part.clone()])).len();
        Finding::node(
            part.as_str(),
            format!(
                "Dokumentet har inte längre aktiviteten, men den har {many} målkopplingar som någon har gjort. Importera med --drop-links för att ta bort dem, eller låt aktiviteten stå kvar i dokumentet."
            ),
            format!(
                "The document no longer has this activity, but somebody has made {many} alignments of it. Import with --drop-links to take them away, or keep the activity in the document."
            ),
        )
    };
    gone.iter().map(finding).collect()
}

/// What was taken away, for whoever reviews the import.
pub fn remarks(graph: &LayeredGraph, gone: &BTreeSet<NamedNode>) -> Vec<Remark> {
    let remark = |part: &NamedNode| {
        let many = alignments(graph, &BTreeSet::from([part.clone()])).len();
        let mut remark = Remark::new(
            Kind::Gone,
            None,
            "",
            format!("Målkopplingarna av aktiviteten ({many}) är borttagna med den."),
            format!("The alignments of the activity ({many}) are taken away with it."),
        );
        remark.node = Some(part.as_str().to_owned());
        remark
    };
    gone.iter().map(remark).collect()
}
