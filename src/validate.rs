//! Whether a graph keeps the constraints of `vocab/shapes.ttl`.
//!
//! The constraints are SHACL (<https://www.w3.org/TR/shacl/>) and stand nowhere else. The
//! evaluator here knows a declared part of SHACL Core and `sh:sparql`, and refuses shapes
//! that use anything else; pySHACL is the outside judge of both.

mod compare;
mod data;
mod dataset;
mod engine;
mod path;
mod shapes;
mod sparql;
mod wording;

use oxrdf::Graph;

use crate::model::{Finding, Iri, Layer, Plan, ReviewState};
use crate::rdf::{Base, LayeredGraph, read};
use data::Data;
use shapes::Shapes;
pub use shapes::UnsupportedShapes;
pub use wording::stands_on;

/// A plan that keeps every constraint and that the model carries whole.
///
/// Only [`Validator::plan`] makes one, so whoever holds one need not check again.
#[derive(Clone, Debug)]
pub struct CheckedPlan {
    graph: LayeredGraph,
    plan: Plan,
}

impl CheckedPlan {
    /// The graphs of the plan.
    pub fn graph(&self) -> &LayeredGraph {
        &self.graph
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The plan's IRI.
    pub fn iri(&self) -> &str {
        self.graph.plan().as_str()
    }
}

/// Reference data that keeps every constraint. Only [`Validator::reference`] makes one.
#[derive(Clone, Debug)]
pub struct CheckedGraph(Graph);

impl CheckedGraph {
    /// The triples.
    pub fn graph(&self) -> &Graph {
        &self.0
    }
}

/// Judges graphs against shapes, in the company of the data that plans refer to.
pub struct Validator {
    shapes: Shapes,
    /// Vocabulary and reference data.
    context: Data<'static>,
}

impl Validator {
    /// Reads the shapes. The context is what plans may refer to: the vocabulary and the
    /// reference data.
    pub fn new<'a>(
        shapes: &Graph,
        context: impl IntoIterator<Item = &'a Graph>,
    ) -> Result<Self, UnsupportedShapes> {
        Ok(Self {
            shapes: Shapes::parse(shapes)?,
            context: Data::new(context),
        })
    }

    /// Judges a plan: the merge of its public layers; then, if there are suggestions, those
    /// in the company of the rest.
    ///
    /// # Errors
    /// Every finding, those of the shapes and those of the reader.
    pub fn plan(&self, graph: LayeredGraph) -> Result<CheckedPlan, Vec<Finding>> {
        let (plan, uncarried) = read(&graph);
        let mut findings = self.judge(graph.public(), graph.public());
        if let Some(suggested) = graph.layer(Layer::Suggested) {
            let all = graph.layers().map(|(_, graph)| graph);
            findings.extend(self.judge(all, [suggested]));
        }
        // Where a shape has said what is wrong in its own words, the reader's add nothing.
        let said = |finding: &Finding| findings.iter().any(|other| other.place == finding.place);
        let unsaid: Vec<_> = uncarried
            .into_iter()
            .filter(|finding| !said(finding))
            .collect();
        findings.extend(unsaid);
        findings.extend(undescribed(&graph, &plan));
        findings.extend(not_apart(&plan));
        if plan.declared.is_empty() {
            findings.push(Finding::node(
                graph.plan().as_str(),
                "Här finns ingen plan. Planens nod ska ha typen plan:Plan.",
                "There is no plan here. The plan's node must have the type plan:Plan.",
            ));
        }
        findings.sort();
        findings.dedup();
        if findings.is_empty() {
            Ok(CheckedPlan { graph, plan })
        } else {
            Err(findings)
        }
    }

    /// Judges a plan whose source text is at hand: besides, the words it quotes must stand on
    /// the lines it gives for them.
    ///
    /// # Errors
    /// Every finding, as for [`Self::plan`].
    pub fn plan_with_source(
        &self,
        graph: LayeredGraph,
        source: &str,
    ) -> Result<CheckedPlan, Vec<Finding>> {
        let checked = self.plan(graph)?;
        let findings = wording::check(checked.plan(), checked.iri(), source);
        if findings.is_empty() {
            Ok(checked)
        } else {
            Err(findings)
        }
    }

    /// Judges one file of reference data, which the context must contain.
    ///
    /// # Errors
    /// Every finding.
    pub fn reference(&self, graph: Graph) -> Result<CheckedGraph, Vec<Finding>> {
        let findings = self.judge_in(&self.context, [&graph]);
        if findings.is_empty() {
            Ok(CheckedGraph(graph))
        } else {
            Err(findings)
        }
    }

    /// The findings about the nodes of `focus`, in the merge of the context and `graphs`.
    fn judge<'a>(
        &self,
        graphs: impl IntoIterator<Item = &'a Graph>,
        focus: impl IntoIterator<Item = &'a Graph>,
    ) -> Vec<Finding> {
        self.judge_in(&Data::beside(&self.context, graphs), focus)
    }

    /// The findings about the nodes of `focus`, in this data, which contains it.
    fn judge_in<'a>(
        &self,
        data: &Data<'_>,
        focus: impl IntoIterator<Item = &'a Graph>,
    ) -> Vec<Finding> {
        // What is only pointed to counts: a shape may demand that it be described.
        let nodes = focus.into_iter().flatten().flat_map(|triple| {
            [
                triple.subject.into_owned().into(),
                triple.object.into_owned(),
            ]
        });
        let within = nodes.filter_map(|node| data.number(&node)).collect();
        engine::validate(&self.shapes, data, &within)
    }
}

/// The layers that have content but no description of their own. The shapes cannot see this:
/// which triples stand in which graph is not in the merge they judge.
fn undescribed(graph: &LayeredGraph, plan: &Plan) -> Vec<Finding> {
    let described = |layer: Layer| {
        let own = plan.graphs.get(&layer);
        own.is_some_and(|own| !own.declared.is_empty())
    };
    graph
        .layers()
        .filter(|(layer, triples)| !triples.is_empty() && !described(*layer))
        .map(|(layer, _)| {
            let name = crate::rdf::base::layer_graph(graph.plan().as_str(), layer);
            Finding::node(
                name.as_str(),
                "Lagret saknar beskrivning. Ange dess typ, plan, ändringsdag och licens eller rättigheter, som i exemplen i data/plans.",
                "The layer is not described. Give its type, plan, day of change, and licence or rights, as in the examples in data/plans.",
            )
        })
        .collect()
}

/// Suggestions stand in their own layer, and nothing else does: what nobody has accepted must not
/// be served as if somebody had.
fn not_apart(plan: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (iri, alignment) in &plan.alignments {
        let apart = alignment.review_state.layered().all(|state| {
            (state.value == ReviewState::Suggested) == (state.layer == Layer::Suggested)
        });
        if !apart {
            findings.push(Finding::node(
                iri.as_str(),
                "Förslag till målkopplingar ska stå i suggested.ttl, och det som en person har godtagit eller avvisat i editorial.ttl. Flytta målkopplingen, eller ändra dess granskning.",
                "Suggested alignments belong in suggested.ttl, and what a person has accepted or rejected in editorial.ttl. Move the alignment, or change its review state.",
            ));
        }
    }
    findings
}

/// The plans that graphs describe, in the order of their IRIs.
pub fn plans_described<'a>(graphs: impl IntoIterator<Item = &'a Graph>) -> Vec<Iri> {
    let mut plans: Vec<_> = graphs
        .into_iter()
        .flat_map(|graph| {
            graph.subjects_for_predicate_object(crate::vocab::rdf::TYPE, crate::vocab::plan::PLAN)
        })
        .filter_map(|subject| match subject {
            oxrdf::NamedOrBlankNodeRef::NamedNode(node) => Iri::parse(node.as_str()),
            oxrdf::NamedOrBlankNodeRef::BlankNode(_) => None,
        })
        .collect();
    plans.sort();
    plans.dedup();
    plans
}

/// The shapes that come with the program.
pub fn built_in_shapes() -> (Graph, Vec<Finding>) {
    crate::rdf::parse::turtle(
        crate::vocab::SHAPES.as_bytes(),
        &Base::default(),
        "vocab/shapes.ttl",
    )
}
