//! Evaluating a query over an index.

use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxrdf::NamedNode;
use spargebra::Query;

use super::dataset;
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
    query: Query,
    graphs: Graphs<'_>,
    token: &CancellationToken,
) -> Result<QueryResults<'a>, RunError> {
    let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
    let mut query = evaluator.for_query(query);
    dataset::choose(&mut query, graphs);
    let store = dataset::store(index, &mut query, token)?;
    Ok(query.on_store(&store).execute()?)
}
