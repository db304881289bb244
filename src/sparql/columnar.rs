//! Evaluating the parts of a query that are joins, filters and counts over whole columns.
//!
//! Comparisons of many plans are of this kind: patterns of triples that are joined, filtered,
//! grouped and counted. Here they are evaluated on the numbers of the index, column by column,
//! in an order chosen by how many triples there really are. What is of another kind is given
//! back ([`Give`]) and left to the evaluator that knows all of SPARQL.
//!
//! Semantics: SPARQL 1.1 Query, section 18. Blank nodes in patterns have become variables before
//! ([`name_blanks`](super::plan::name_blanks)).

mod conjunction;
mod expression;
mod group;
mod lookup;
mod merge;
mod scope;
mod table;
mod text;

use std::cell::Cell;

use oxrdf::Variable;
use spareval::CancellationToken;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern};

use super::dataset::Dataset;
use crate::store::Index;
use crate::store::index::Id;
pub(super) use lookup::{Position, Where};
pub(super) use scope::{mentioned, of_expression, visible};
pub(super) use table::{Table, UNBOUND};

/// Why a pattern is not evaluated here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Give {
    /// It is of another kind.
    Other,
    /// What it takes on the way is too large.
    TooLarge,
    /// The query was stopped.
    Stopped,
}

/// An evaluation over one index.
pub(super) struct Run<'a> {
    index: &'a Index,
    /// Where the terms that are computed get their numbers.
    dataset: &'a Dataset<'a>,
    token: &'a CancellationToken,
    /// How many values a table may hold.
    cells: usize,
    steps: Cell<u32>,
}

/// Which variables are used by what stands around a pattern.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    All,
    These(&'a [Variable]),
}

impl Wanted<'_> {
    fn has(self, name: &Variable) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => names.contains(name),
        }
    }
}

impl<'a> Run<'a> {
    /// An evaluation whose tables hold at most so many values.
    pub(super) fn new(
        index: &'a Index,
        dataset: &'a Dataset<'a>,
        token: &'a CancellationToken,
        cells: usize,
    ) -> Self {
        Self {
            index,
            dataset,
            token,
            cells,
            steps: Cell::new(0),
        }
    }

    /// Looks at whether the query was stopped, now and then.
    fn look(&self) -> Result<(), Give> {
        let steps = self.steps.get().wrapping_add(1);
        self.steps.set(steps);
        if steps.is_multiple_of(4096) && self.token.is_cancelled() {
            return Err(Give::Stopped);
        }
        Ok(())
    }

    fn fits(&self, rows: usize, columns: usize) -> Result<(), Give> {
        if rows.saturating_mul(columns.max(1)) > self.cells || u32::try_from(rows).is_err() {
            return Err(Give::TooLarge);
        }
        Ok(())
    }

    /// The solutions of a pattern in a graph. Of the columns, those that are wanted may be all
    /// that there are.
    pub(super) fn solutions(
        &self,
        pattern: &GraphPattern,
        graph: &Where,
        wanted: Wanted<'_>,
    ) -> Result<Table, Give> {
        let table = match pattern {
            GraphPattern::Bgp { .. }
            | GraphPattern::Join { .. }
            | GraphPattern::Filter { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Graph { .. } => self.conjunction(pattern, graph, wanted)?,
            GraphPattern::LeftJoin {
                left,
                right,
                expression,
            } => self.left_join(left, right, expression.as_ref(), graph)?,
            GraphPattern::Union { left, right } => {
                only_in_one(graph)?;
                let left = self.solutions(left, graph, wanted)?;
                left.union(&self.solutions(right, graph, wanted)?)
            }
            GraphPattern::Minus { left, right } => {
                only_in_one(graph)?;
                let left = self.solutions(left, graph, Wanted::All)?;
                let right = self.solutions(right, graph, Wanted::All)?;
                merge::minus(left, &right)?
            }
            GraphPattern::Extend {
                inner,
                variable,
                expression,
            } => {
                only_in_one(graph)?;
                let mut names = of_expression(expression);
                let wanted = match wanted {
                    Wanted::All => Wanted::All,
                    Wanted::These(outside) => {
                        names.extend_from_slice(outside);
                        Wanted::These(&names)
                    }
                };
                let inner = self.solutions(inner, graph, wanted)?;
                self.extend(inner, variable, expression)?
            }
            GraphPattern::Group {
                inner,
                variables,
                aggregates,
            } => {
                only_in_one(graph)?;
                self.group(inner, variables, aggregates, graph)?
            }
            GraphPattern::Project { inner, variables } => {
                only_in_one(graph)?;
                let mut inner = self.solutions(inner, graph, Wanted::These(variables))?;
                inner.keep_columns(|name| variables.contains(name));
                inner
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
                self.solutions(inner, graph, Wanted::All)?.distinct()
            }
            GraphPattern::Slice {
                inner,
                start,
                length,
            } => self
                .solutions(inner, graph, Wanted::All)?
                .slice(*start, *length),
            _ => return Err(Give::Other),
        };
        self.fits(table.rows, table.columns.len())?;
        Ok(table)
    }

    /// The table of a `VALUES` block. A variable that has no value in it is left open.
    fn values(
        &self,
        variables: &[Variable],
        bindings: &[Vec<Option<GroundTerm>>],
    ) -> Result<Table, Give> {
        let mut table = Table::with(variables.to_vec());
        let mut row = Vec::with_capacity(variables.len());
        for binding in bindings {
            self.look()?;
            row.clear();
            for value in binding {
                row.push(match value {
                    None => UNBOUND,
                    Some(term) => self.number(term.clone().into())?,
                });
            }
            table.push(&row);
        }
        let nowhere = |column: &Vec<Id>| column.iter().all(|value| *value == UNBOUND);
        let open: Vec<_> = table
            .names
            .iter()
            .zip(&table.columns)
            .filter(|(_, column)| nowhere(column))
            .map(|(name, _)| name.clone())
            .collect();
        table.keep_columns(|name| !open.contains(name));
        Ok(table)
    }

    /// The number of a term that a query names or computes.
    fn number(&self, term: oxrdf::Term) -> Result<Id, Give> {
        self.dataset.number(term).map_err(|_| Give::Stopped)
    }

    /// The graph that `GRAPH` names, inside of which everything is sought.
    fn named(&self, name: &NamedNodePattern) -> Result<Where, Give> {
        Ok(Where::Named(match name {
            NamedNodePattern::NamedNode(name) => Position::Term(self.number(name.clone().into())?),
            NamedNodePattern::Variable(name) => Position::Variable(name.clone()),
        }))
    }
}

/// What is sought in every graph in turn, with the graph as one of its variables, must be sought
/// as a whole in each; only patterns of quads that are joined can be sought in all at once.
fn only_in_one(graph: &Where) -> Result<(), Give> {
    match graph {
        Where::Named(Position::Variable(_)) => Err(Give::Other),
        Where::Default | Where::Named(Position::Term(_)) => Ok(()),
    }
}
