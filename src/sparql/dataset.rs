//! The dataset of a query that names its own graphs (SPARQL 1.1 Query, section 13.2).

use oxigraph::model::{GraphName, GraphNameRef, Quad};
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError};
use oxigraph::store::Store;

use super::evaluate::Graphs;
use crate::store::Index;

/// Makes the graphs that the protocol names those of the query. They win over `FROM` in the
/// query (SPARQL 1.1 Protocol, section 2.1.4).
pub(super) fn choose(query: &mut PreparedSparqlQuery, graphs: Graphs<'_>) {
    if graphs.default.is_empty() && graphs.named.is_empty() {
        return;
    }
    let dataset = query.dataset_mut();
    let default = graphs.default.iter().cloned();
    dataset.set_default_graph(default.map(GraphName::from).collect());
    let named = graphs.named.iter().cloned();
    dataset.set_available_named_graphs(named.map(Into::into).collect());
}

/// The store that answers a query: the snapshot's, unless the default graph is to be the merge
/// of several. A merge is a set, and the engine would give a triple of two graphs twice, so
/// such a merge is made.
pub(super) fn store(
    index: &Index,
    query: &mut PreparedSparqlQuery,
    token: &CancellationToken,
) -> Result<Store, QueryEvaluationError> {
    let several = query.dataset().default_graph_graphs().map_or(0, <[_]>::len) > 1;
    if !several {
        return Ok(index.store().clone());
    }
    let dataset = query.dataset_mut();
    let default = dataset.default_graph_graphs().unwrap_or_default().to_vec();
    let named = dataset
        .available_named_graphs()
        .unwrap_or_default()
        .to_vec();
    let merge = Store::new().map_err(failed)?;
    let copy = |from: GraphNameRef<'_>, to: GraphName| -> Result<(), QueryEvaluationError> {
        for quad in index
            .store()
            .quads_for_pattern(None, None, None, Some(from))
        {
            if token.is_cancelled() {
                return Err(QueryEvaluationError::Cancelled);
            }
            let quad = quad.map_err(failed)?;
            let quad = Quad::new(quad.subject, quad.predicate, quad.object, to.clone());
            merge.insert(&quad).map_err(failed)?;
        }
        Ok(())
    };
    for graph in &default {
        copy(graph.as_ref(), GraphName::DefaultGraph)?;
    }
    for graph in &named {
        copy(graph.as_ref().into(), graph.clone().into())?;
    }
    dataset.set_default_graph(vec![GraphName::DefaultGraph]);
    Ok(merge)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> QueryEvaluationError {
    QueryEvaluationError::Dataset(Box::new(error))
}
