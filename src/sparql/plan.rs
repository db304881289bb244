//! Which parts of a query are evaluated by columns, and which by the evaluator that knows all of
//! SPARQL: the largest parts that can be by columns, whose solutions then stand in the query as
//! `VALUES`.

use oxrdf::Variable;
use spareval::{CancellationToken, QueryEvaluationError, QuerySolutionIter};
use spargebra::algebra::{AggregateExpression, GraphPattern, OrderExpression};
use spargebra::term::TermPattern;

use super::columnar::{Give, Run, Table, UNBOUND, Wanted, Where, of_expression, visible};
use super::dataset::{Dataset, Stopped, mark};
use super::walk::visit;
use crate::store::Index;

/// How many values may stand in a query as `VALUES`.
const MOST_VALUES: usize = 200_000;

/// The same beside patterns that are looked up in the index, where few values lead to few
/// look-ups and many would be joined with everything.
const FEW_VALUES: usize = 4_000;

/// How many values tables may hold that are made for an answer of which only a part is wanted.
const FOR_A_PART: usize = 400_000;

/// How many values tables may hold for an answer that is as long: a longer one is better given
/// out row by row.
const AT_ONCE: usize = 8_000_000;

/// What a query's patterns are evaluated over.
pub(super) struct Planner<'a> {
    pub(super) index: &'a Index,
    pub(super) dataset: &'a Dataset<'a>,
    pub(super) token: &'a CancellationToken,
    /// Where its patterns are sought.
    pub(super) graph: Where,
    /// How many values tables may hold.
    pub(super) cells: usize,
}

impl<'a> Planner<'a> {
    fn run(&self, cells: usize) -> Run<'a> {
        Run::new(self.index, self.dataset, self.token, cells.min(self.cells))
    }

    /// The solutions of a whole pattern, where it can be evaluated by columns.
    pub(super) fn whole(&self, pattern: &GraphPattern) -> Result<Option<Table>, Stopped> {
        match self
            .run(most_for(pattern))
            .solutions(pattern, &self.graph, Wanted::All)
        {
            Ok(table) => Ok(Some(table)),
            Err(Give::Stopped) => Err(Stopped),
            Err(Give::Other | Give::TooLarge) => Ok(None),
        }
    }

    /// Puts the solutions of the largest parts that can be evaluated by columns in their place.
    pub(super) fn put_values(&self, pattern: &mut GraphPattern) -> Result<(), Stopped> {
        self.put(pattern, usize::MAX, MOST_VALUES)
    }

    /// The same for an answer that needs few solutions, often one.
    pub(super) fn put_few_values(&self, pattern: &mut GraphPattern) -> Result<(), Stopped> {
        self.put(pattern, FOR_A_PART, FEW_VALUES)
    }

    /// `cells` bounds the work, `values` what comes of it.
    fn put(&self, pattern: &mut GraphPattern, cells: usize, values: usize) -> Result<(), Stopped> {
        let run = self.run(cells.min(most_for(pattern)));
        match run.solutions(pattern, &self.graph, Wanted::All) {
            Ok(table) if table.cells() <= values => {
                *pattern = self.values(&table);
                return Ok(());
            }
            Err(Give::Stopped) => return Err(Stopped),
            Ok(_) | Err(Give::Other | Give::TooLarge) => {}
        }
        match pattern {
            GraphPattern::Slice { inner, length, .. } => {
                let cells = if length.is_some() { FOR_A_PART } else { cells };
                self.put(inner, cells, values)
            }
            // All of it is needed before the first of what comes of it is known.
            GraphPattern::Group { inner, .. } | GraphPattern::OrderBy { inner, .. } => {
                self.put(inner, usize::MAX, MOST_VALUES)
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Filter { inner, .. }
            | GraphPattern::Extend { inner, .. } => self.put(inner, cells, values),
            GraphPattern::Union { left, right } => {
                self.put(left, cells, values)?;
                self.put(right, cells, values)
            }
            GraphPattern::Join { left, right }
            | GraphPattern::LeftJoin { left, right, .. }
            | GraphPattern::Minus { left, right } => {
                self.put(left, cells, FEW_VALUES)?;
                self.put(right, cells, FEW_VALUES)
            }
            _ => Ok(()),
        }
    }

    /// A table as a part of a query.
    fn values(&self, table: &Table) -> GraphPattern {
        let ground = |row: usize| {
            let columns = table.columns.iter();
            columns
                .map(|column| {
                    let id = column[row];
                    (id != UNBOUND).then(|| mark::write(id, self.is_literal(id)))
                })
                .collect()
        };
        GraphPattern::Values {
            variables: table.names.clone(),
            bindings: (0..table.rows).map(ground).collect(),
        }
    }

    fn is_literal(&self, id: u32) -> bool {
        if id < self.index.terms() {
            !self.index.is_iri(id) && !self.index.is_blank(id)
        } else {
            self.dataset.term(id).is_ok_and(|term| term.is_literal())
        }
    }
}

/// A table as the solutions of a `SELECT` with these columns, each with its name in the table.
pub(super) fn solutions<'a>(
    table: Table,
    columns: &[(Variable, Variable)],
    dataset: Dataset<'a>,
) -> QuerySolutionIter<'a> {
    let places: Vec<_> = columns.iter().map(|(_, name)| table.place(name)).collect();
    let variables = columns.iter().map(|(column, _)| column.clone()).collect();
    let rows = (0..table.rows).map(move |row| {
        let value = |place: &Option<usize>| match table.value(*place, row) {
            UNBOUND => Ok(None),
            id => dataset.term(id).map(Some),
        };
        let row: Result<Vec<_>, Stopped> = places.iter().map(value).collect();
        row.map_err(|stopped| QueryEvaluationError::Dataset(Box::new(stopped)))
    });
    QuerySolutionIter::from_tuples(variables, rows)
}

/// How many values tables may hold on the way to a pattern's solutions.
fn most_for(pattern: &GraphPattern) -> usize {
    if is_a_part(pattern) {
        FOR_A_PART
    } else if is_summed_up(pattern) {
        usize::MAX
    } else {
        AT_ONCE
    }
}

/// Whether only some solutions of a pattern are wanted, so that not all need be found.
fn is_a_part(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Slice { inner, length, .. } => length.is_some() || is_a_part(inner),
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner } => is_a_part(inner),
        _ => false,
    }
}

/// Whether all solutions of a pattern are needed for one of what comes of it.
fn is_summed_up(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Group { .. } | GraphPattern::Distinct { .. } => true,
        GraphPattern::Project { inner, .. }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Slice { inner, .. } => is_summed_up(inner),
        _ => false,
    }
}

/// Has solutions sorted last, by what is left of them, where that is all that they are sorted
/// by: `SELECT DISTINCT ?g { … } ORDER BY ?g` need not sort what there is before `DISTINCT`.
pub(super) fn sort_last(pattern: &mut GraphPattern) {
    match pattern {
        GraphPattern::Slice { inner, .. } | GraphPattern::Reduced { inner } => sort_last(inner),
        GraphPattern::Distinct { inner } => {
            sort_last(inner);
            let all = std::mem::take(inner);
            let GraphPattern::Project { inner, variables } = *all else {
                *pattern = GraphPattern::Distinct { inner: all };
                return;
            };
            *pattern = match *inner {
                // Sorted last already: what is sorted are the solutions with these variables.
                GraphPattern::OrderBy { inner, expression } if is_project(&inner) => {
                    GraphPattern::Project {
                        inner: Box::new(GraphPattern::OrderBy {
                            inner: Box::new(GraphPattern::Distinct { inner }),
                            expression,
                        }),
                        variables,
                    }
                }
                inner => GraphPattern::Distinct {
                    inner: Box::new(GraphPattern::Project {
                        inner: Box::new(inner),
                        variables,
                    }),
                },
            };
        }
        GraphPattern::Project { inner, variables } => {
            let GraphPattern::OrderBy { inner, expression } = &mut **inner else {
                return;
            };
            let by_these = expression.iter().all(|by| {
                let (OrderExpression::Asc(by) | OrderExpression::Desc(by)) = by;
                let names = of_expression(by);
                names.iter().all(|name| variables.contains(name))
            });
            if by_these {
                let sorted = std::mem::take(inner);
                **inner = GraphPattern::Project {
                    inner: sorted,
                    variables: variables.clone(),
                };
            }
        }
        _ => {}
    }
}

fn is_project(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Project { .. })
}

/// Makes variables of the blank nodes in a query's patterns, so that each has one name
/// whichever way its parts are evaluated.
pub(super) fn name_blanks(pattern: &mut GraphPattern) {
    let name = |term: &mut TermPattern| {
        if let TermPattern::BlankNode(node) = term {
            // No query can write such a name.
            *term = Variable::new_unchecked(format!("_:{}", node.as_str())).into();
        }
    };
    visit(pattern, &mut |part| match part {
        GraphPattern::Bgp { patterns } => {
            for triple in patterns {
                name(&mut triple.subject);
                name(&mut triple.object);
            }
        }
        GraphPattern::Path {
            subject, object, ..
        } => {
            name(subject);
            name(object);
        }
        _ => {}
    });
    visit(pattern, &mut |part| {
        if let GraphPattern::Group {
            inner, aggregates, ..
        } = part
            && aggregates
                .iter()
                .any(|(_, aggregate)| counts_different(aggregate))
        {
            // Solutions that differ in no more than a blank node do not differ.
            let mut variables = visible(inner);
            variables.retain(|name| !name.as_str().starts_with("_:"));
            variables.sort_unstable();
            variables.dedup();
            let all = std::mem::take(inner);
            **inner = GraphPattern::Project {
                inner: all,
                variables,
            };
        }
    });
}

/// Whether an aggregate is `COUNT(DISTINCT *)`.
fn counts_different(aggregate: &AggregateExpression) -> bool {
    matches!(
        aggregate,
        AggregateExpression::CountSolutions { distinct: true }
    )
}
