//! Graph → plan.
//!
//! The reader takes out of the graph what it understands; whatever is left is a finding.

use std::collections::BTreeMap;

use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::base::{iri, layer_graph};
use super::layered::LayeredGraph;
use super::mapping::{Mapper, Node, graph_class, map_graph};
use super::term::Value;
use crate::model::{Finding, Layer, LayerGraph, Layers, Linked, Nodes, Owned, Plan, Values};
use crate::vocab::compact;

/// The plan of a graph, as far as a plan can carry it, and a finding for each triple that it
/// cannot carry. Without findings, [`write`](super::write()) gives the same graph back.
pub fn read(graph: &LayeredGraph) -> (Plan, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut index = Index::new(graph, &mut findings);
    let mut plan = Plan::default();
    Reader {
        subject: graph.plan().clone(),
        index: &mut index,
        findings: &mut findings,
    }
    .node(&mut plan);
    findings.extend(index.leftovers());
    findings.sort();
    findings.dedup();
    (plan, findings)
}

/// The triples that nobody has taken yet.
struct Index {
    triples: BTreeMap<NamedNode, BTreeMap<NamedNode, Vec<(Term, Layer)>>>,
}

impl Index {
    fn new(graph: &LayeredGraph, findings: &mut Vec<Finding>) -> Self {
        let mut triples: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
        let plan = graph.plan().as_str();
        let own = |subject: &str| {
            subject
                .strip_prefix(plan)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        for (layer, triple) in graph
            .layers()
            .flat_map(|(layer, graph)| graph.iter().map(move |triple| (layer, triple)))
        {
            let triple = triple.into_owned();
            match triple.subject {
                NamedOrBlankNode::NamedNode(subject) if own(subject.as_str()) => triples
                    .entry(subject)
                    .or_default()
                    .entry(triple.predicate)
                    .or_default()
                    .push((triple.object, layer)),
                NamedOrBlankNode::NamedNode(subject) => findings.push(foreign(&subject, plan)),
                NamedOrBlankNode::BlankNode(_) => findings.push(blank(plan, &triple.predicate)),
            }
        }
        Self { triples }
    }

    fn take(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<(Term, Layer)> {
        self.triples
            .get_mut(subject)
            .and_then(|properties| properties.remove(&predicate.into_owned()))
            .unwrap_or_default()
    }

    fn put_back(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        rest: Vec<(Term, Layer)>,
    ) {
        if !rest.is_empty() {
            self.triples
                .entry(subject.clone())
                .or_default()
                .insert(predicate.into_owned(), rest);
        }
    }

    /// The layers that declare the subject to be of the class; takes those triples.
    fn take_class(&mut self, subject: &NamedNode, class: NamedNodeRef<'_>) -> Layers {
        let class = Term::from(class.into_owned());
        let (found, rest): (Vec<_>, Vec<_>) = self
            .take(subject, rdf::TYPE)
            .into_iter()
            .partition(|(object, _)| *object == class);
        self.put_back(subject, rdf::TYPE, rest);
        found.into_iter().map(|(_, layer)| layer).collect()
    }

    fn subjects_of(&self, class: NamedNodeRef<'_>) -> Vec<NamedNode> {
        let class = Term::from(class.into_owned());
        self.triples
            .iter()
            .filter(|(_, properties)| {
                properties
                    .get(&rdf::TYPE.into_owned())
                    .is_some_and(|types| types.iter().any(|(object, _)| *object == class))
            })
            .map(|(subject, _)| subject.clone())
            .collect()
    }

    fn leftovers(self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (subject, properties) in self.triples {
            for (predicate, objects) in properties {
                for (object, layer) in objects {
                    findings.push(leftover(&subject, &predicate, &object, layer));
                }
            }
        }
        findings
    }
}

fn foreign(subject: &NamedNode, plan: &str) -> Finding {
    Finding::node(
        subject.as_str(),
        format!("Detta hör inte till planen <{plan}>. Flytta det till den fil som beskriver det."),
        format!("This is not part of the plan <{plan}>. Move it to the file that describes it."),
    )
}

fn blank(plan: &str, predicate: &NamedNode) -> Finding {
    Finding::node(
        plan,
        "En nod saknar adress. Ge den en egen adress under planens.",
        "A node has no address. Give it one of its own below that of the plan.",
    )
    .property(compact(predicate.as_str()))
}

fn leftover(subject: &NamedNode, predicate: &NamedNode, object: &Term, layer: Layer) -> Finding {
    let layer = layer.key();
    Finding::node(
        subject.as_str(),
        format!(
            "En plan kan inte bära denna uppgift här (lager {layer}). Ta bort den, rätta \
             egenskapens namn, eller ange vad noden är med rdf:type."
        ),
        format!(
            "A plan cannot carry this here (layer {layer}). Remove it, correct the name of the \
             property, or say what the node is with rdf:type."
        ),
    )
    .property(compact(predicate.as_str()))
    .value(object.to_string())
}

struct Reader<'a> {
    subject: NamedNode,
    index: &'a mut Index,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn at(&mut self, subject: NamedNode) -> Reader<'_> {
        Reader {
            subject,
            index: self.index,
            findings: self.findings,
        }
    }

    fn node<N: Node>(&mut self, node: &mut N) {
        *node.declared() = self.index.take_class(&self.subject, N::CLASS);
        node.map(self);
    }

    fn malformed<T: Value>(&mut self, property: NamedNodeRef<'_>, object: &Term) {
        let (sv, en) = T::FORM;
        self.findings.push(
            Finding::node(
                self.subject.as_str(),
                format!("Värdet har fel form. Det ska vara {sv}."),
                format!("The value has the wrong form. It must be {en}."),
            )
            .property(compact(property.as_str()))
            .value(object.to_string()),
        );
    }
}

impl Mapper for Reader<'_> {
    fn declared(&mut self, class: NamedNodeRef<'static>, layers: &mut Layers) {
        *layers = self.index.take_class(&self.subject, class);
    }

    fn values<T: Value>(&mut self, property: NamedNodeRef<'static>, values: &mut Values<T>) {
        for (object, layer) in self.index.take(&self.subject, property) {
            match T::from_term(&object) {
                Some(value) => values.insert(value, layer),
                None => self.malformed::<T>(property, &object),
            }
        }
    }

    fn owned<N: Node>(&mut self, property: NamedNodeRef<'static>, nodes: &mut Owned<N>) {
        let mut links: BTreeMap<NamedNode, Layers> = BTreeMap::new();
        for (object, layer) in self.index.take(&self.subject, property) {
            match object {
                Term::NamedNode(node) => {
                    links.entry(node).or_default().insert(layer);
                }
                other => self.malformed::<crate::model::Iri>(property, &other),
            }
        }
        for (node, link) in links {
            let Some(key) = iri(&node) else { continue };
            let mut owned = N::default();
            self.at(node).node(&mut owned);
            nodes.insert(key, Linked::new(link, owned));
        }
    }

    fn parts<N: Node>(&mut self, nodes: &mut Nodes<N>) {
        for subject in self.index.subjects_of(N::CLASS) {
            let Some(key) = iri(&subject) else { continue };
            let mut part = N::default();
            self.at(subject).node(&mut part);
            nodes.insert(key, part);
        }
    }

    fn graph(&mut self, layer: Layer, graph: &mut Option<LayerGraph>) {
        let name = layer_graph(self.subject.as_str(), layer);
        if !self.index.triples.contains_key(&name) {
            return;
        }
        let mut described = LayerGraph::default();
        let mut reader = self.at(name);
        reader.declared(graph_class(layer), &mut described.declared);
        map_graph(&mut described, &mut reader);
        *graph = Some(described);
    }
}
