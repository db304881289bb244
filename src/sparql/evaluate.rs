//! Evaluating a query over an index.

use oxrdf::NamedNode;
use spareval::{CancellationToken, QueryDatasetSpecification, QueryEvaluator, QueryResults};
use spargebra::Query;

use super::dataset::{Chosen, Dataset};
use super::run::RunError;
use crate::store::Index;

/// The graphs that the protocol names for a query (SPARQL 1.1 Protocol, section 2.1.4).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Graphs<'a> {
    /// Those whose merge is the default graph.
    pub(super) default: &'a [NamedNode],
    /// The named ones.
    pub(super) named: &'a [NamedNode],
}

/// Evaluates a query over the graphs that the protocol names, or else those that it names
/// itself, or else all.
pub(super) fn evaluate<'a>(
    index: &'a Index,
    query: &Query,
    graphs: Graphs<'_>,
    token: &CancellationToken,
) -> Result<QueryResults<'a>, RunError> {
    let chosen = Chosen::of(index, query.dataset(), graphs);
    let evaluator = QueryEvaluator::new().with_cancellation_token(token.clone());
    let mut prepared = evaluator.prepare(query);
    // The dataset has chosen already, whatever the query names.
    *prepared.dataset_mut() = QueryDatasetSpecification::new();
    Ok(prepared.execute(Dataset::new(index, chosen, token.clone()))?)
}
