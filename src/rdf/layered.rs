//! The graphs of one plan, by layer.

use std::collections::BTreeMap;

use oxrdf::{Dataset, Graph, GraphName, NamedNode, Quad, Triple};

use super::base::layer_graph;
use crate::model::Layer;

/// The graphs of one plan, by layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayeredGraph {
    plan: NamedNode,
    layers: BTreeMap<Layer, Graph>,
}

impl LayeredGraph {
    /// No triples yet, for the plan with that IRI.
    pub fn new(plan: NamedNode) -> Self {
        Self {
            plan,
            layers: BTreeMap::new(),
        }
    }

    /// The IRI of the plan.
    pub fn plan(&self) -> &NamedNode {
        &self.plan
    }

    /// Adds a triple to a layer.
    pub fn insert(&mut self, triple: &Triple, layer: Layer) {
        self.layers.entry(layer).or_default().insert(triple);
    }

    /// Adds all triples of a graph to a layer.
    pub fn extend(&mut self, graph: &Graph, layer: Layer) {
        self.layers.entry(layer).or_default().extend(graph.iter());
    }

    /// The graph of a layer, if the plan has that layer.
    pub fn layer(&self, layer: Layer) -> Option<&Graph> {
        self.layers.get(&layer)
    }

    /// The layers there are, strongest first.
    pub fn layers(&self) -> impl Iterator<Item = (Layer, &Graph)> {
        self.layers.iter().map(|(layer, graph)| (*layer, graph))
    }

    /// What the plan says by default: the graphs of all layers but `suggested`. The same triple
    /// may be in several.
    pub fn public(&self) -> impl Iterator<Item = &Graph> {
        self.layers()
            .filter(|(layer, _)| layer.is_public())
            .map(|(_, graph)| graph)
    }

    /// The same as one set of triples.
    pub fn merged(&self) -> Graph {
        let mut merged = Graph::new();
        for graph in self.public() {
            merged.extend(graph.iter());
        }
        merged
    }

    /// All layers as named graphs.
    pub fn dataset(&self) -> Dataset {
        let mut dataset = Dataset::new();
        for (layer, graph) in self.layers() {
            let name = GraphName::from(layer_graph(self.plan.as_str(), layer));
            for triple in graph {
                dataset.insert(&Quad::new(
                    triple.subject,
                    triple.predicate,
                    triple.object,
                    name.clone(),
                ));
            }
        }
        dataset
    }
}
