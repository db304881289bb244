//! Evaluating a query over an index.

use oxrdf::{NamedNode, Variable};
use spareval::{
    CancellationToken, QueryDatasetSpecification, QueryEvaluator, QueryResults, QuerySolutionIter,
};
use spargebra::Query;
use spargebra::algebra::GraphPattern;

use super::canonical::Renamed;
use super::columnar::{Position, Table, Where};
use super::dataset::{Chosen, Dataset, Default, Stopped};
use super::local;
use super::plan::{Planner, name_blanks, solutions, sort_last};
use super::run::{Limits, RunError};
use crate::store::Index;
use crate::store::index::Id;

/// The graphs that the protocol names for a query (SPARQL 1.1 Protocol, section 2.1.4).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Graphs<'a> {
    /// Those whose merge is the default graph.
    pub(super) default: &'a [NamedNode],
    /// The named ones.
    pub(super) named: &'a [NamedNode],
}

/// How much of the memory that a query may take its tables may.
const SHARE_OF_TABLES: u64 = 4;

/// Evaluates a query over the graphs that the protocol names, or else those that it names
/// itself, or else all.
pub(super) fn evaluate<'a>(
    index: &'a Index,
    query: Renamed,
    graphs: Graphs<'_>,
    limits: Limits,
    token: &CancellationToken,
) -> Result<QueryResults<'a>, RunError> {
    let Renamed {
        mut query, columns, ..
    } = query;
    let chosen = Chosen::of(index, query.dataset(), graphs);
    let pattern = pattern_of(&mut query);
    name_blanks(pattern);
    local::rename(pattern);
    sort_last(pattern);
    let dataset = Dataset::new(index, chosen.clone(), token.clone());
    if let Some(graph) = one_graph(&chosen) {
        let bytes = limits.memory / SHARE_OF_TABLES;
        let planner = Planner {
            index,
            dataset: &dataset,
            token,
            graph,
            cells: usize::try_from(bytes / size_of::<Id>() as u64).unwrap_or(usize::MAX),
        };
        if let Some(table) = plan(&planner, &mut query)? {
            return Ok(solutions(table, &columns, dataset).into());
        }
    }
    let evaluator = QueryEvaluator::new().with_cancellation_token(token.clone());
    let mut prepared = evaluator.prepare(&query);
    // The dataset has chosen already, whatever the query names.
    *prepared.dataset_mut() = QueryDatasetSpecification::new();
    Ok(match prepared.execute(dataset)? {
        QueryResults::Solutions(solutions) => under_their_names(solutions, columns).into(),
        results => results,
    })
}

/// Solutions with the columns that were asked for, which have other names in them.
fn under_their_names(
    solutions: QuerySolutionIter<'_>,
    columns: Vec<(Variable, Variable)>,
) -> QuerySolutionIter<'_> {
    let named = solutions.variables();
    let place = |name: &Variable| named.iter().position(|own| own == name);
    let places: Vec<_> = columns.iter().map(|(_, name)| place(name)).collect();
    let columns = columns.into_iter().map(|(column, _)| column).collect();
    let rows = solutions.map(move |solution| {
        let solution = solution?;
        let values = solution.values();
        let value = |place: &Option<usize>| values.get((*place)?).cloned().flatten();
        Ok(places.iter().map(value).collect())
    });
    QuerySolutionIter::from_tuples(columns, rows)
}

/// Where patterns are sought that are evaluated by columns: in one graph, or in that and all
/// named ones.
fn one_graph(chosen: &Chosen) -> Option<Where> {
    match (&chosen.default, chosen.named.as_deref()) {
        (Default::Own, None) => Some(Where::Default),
        (Default::Merge(graphs), Some([])) => match **graphs {
            [graph] => Some(Where::Named(Position::Term(graph))),
            _ => None,
        },
        _ => None,
    }
}

/// The solutions of a query, where all of it is evaluated by columns; else parts of it are
/// now `VALUES`.
fn plan(planner: &Planner<'_>, query: &mut Query) -> Result<Option<Table>, Stopped> {
    match query {
        Query::Select { pattern, .. } => {
            if let Some(table) = planner.whole(pattern)? {
                return Ok(Some(table));
            }
            planner.put_values(pattern)?;
        }
        Query::Construct { pattern, .. } | Query::Describe { pattern, .. } => {
            planner.put_values(pattern)?;
        }
        Query::Ask { pattern, .. } => {
            planner.put_few_values(pattern)?;
        }
    }
    Ok(None)
}

fn pattern_of(query: &mut Query) -> &mut GraphPattern {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    pattern
}

#[cfg(test)]
mod tests;
