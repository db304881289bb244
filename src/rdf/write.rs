//! Plan → graph.

use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedNodeRef, Term, Triple};

use super::base::layer_graph;
use super::layered::LayeredGraph;
use super::mapping::{Mapper, Node, graph_class, map_graph};
use super::term::Value;
use crate::model::{Iri, Layer, LayerGraph, Layers, Nodes, Owned, Plan, Values};

/// The graphs of a plan, by layer. `iri` is the plan's own IRI.
///
/// The inverse of [`read`](super::read()).
pub fn write(plan: &Plan, iri: &Iri) -> LayeredGraph {
    let node = NamedNode::new_unchecked(iri.as_str());
    let mut out = LayeredGraph::new(node.clone());
    // A mapper may change what it walks; the writer only reads, and reads a copy.
    Writer {
        subject: node,
        out: &mut out,
    }
    .node(&mut plan.clone());
    out
}

struct Writer<'a> {
    subject: NamedNode,
    out: &'a mut LayeredGraph,
}

impl Writer<'_> {
    fn insert(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>, layer: Layer) {
        let triple = Triple::new(self.subject.clone(), predicate, object);
        self.out.insert(&triple, layer);
    }

    fn at(&mut self, subject: &str) -> Writer<'_> {
        Writer {
            subject: NamedNode::new_unchecked(subject),
            out: self.out,
        }
    }

    fn node<N: Node>(&mut self, node: &mut N) {
        self.declared(N::CLASS, node.declared());
        node.map(self);
    }
}

impl Mapper for Writer<'_> {
    fn declared(&mut self, class: NamedNodeRef<'static>, layers: &mut Layers) {
        for layer in layers.iter() {
            self.insert(rdf::TYPE, class.into_owned(), *layer);
        }
    }

    fn values<T: Value>(&mut self, property: NamedNodeRef<'static>, values: &mut Values<T>) {
        for layered in values.layered() {
            self.insert(property, layered.value.to_term(), layered.layer);
        }
    }

    fn owned<N: Node>(&mut self, property: NamedNodeRef<'static>, nodes: &mut Owned<N>) {
        for (iri, linked) in nodes {
            for layer in &linked.link {
                self.insert(property, iri.to_term(), *layer);
            }
            self.at(iri.as_str()).node(&mut *linked.node);
        }
    }

    fn parts<N: Node>(&mut self, nodes: &mut Nodes<N>) {
        for (iri, node) in nodes {
            self.at(iri.as_str()).node(node);
        }
    }

    fn graph(&mut self, layer: Layer, graph: &mut Option<LayerGraph>) {
        if let Some(graph) = graph {
            let name = layer_graph(self.subject.as_str(), layer);
            let mut writer = self.at(name.as_str());
            writer.declared(graph_class(layer), &mut graph.declared);
            map_graph(graph, &mut writer);
        }
    }
}
