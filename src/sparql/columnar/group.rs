//! Groups, counted (SPARQL 1.1 Query, section 18.5.1).

use oxrdf::{Literal, Variable};
use rustc_hash::FxHashSet;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};

use super::lookup::Where;
use super::table::{Groups, Table, UNBOUND};
use super::{Give, Run, Wanted};

/// What is counted in each group.
enum Count<'a> {
    /// The solutions.
    Solutions,
    /// Those that bind a variable; its values, each once.
    Bound { name: &'a Variable, distinct: bool },
}

impl<'a> Count<'a> {
    fn of(aggregate: &'a AggregateExpression) -> Result<Self, Give> {
        match aggregate {
            AggregateExpression::CountSolutions { distinct: false } => Ok(Self::Solutions),
            AggregateExpression::FunctionCall {
                name: AggregateFunction::Count,
                expr: Expression::Variable(name),
                distinct,
            } => Ok(Self::Bound {
                name,
                distinct: *distinct,
            }),
            _ => Err(Give::Other),
        }
    }

    /// The count of each group.
    fn count(&self, table: &Table, groups: &Groups, many: usize) -> Vec<u64> {
        let mut counts = vec![0; many];
        match self {
            Self::Solutions if many == 1 => counts[0] = table.rows as u64,
            Self::Solutions => {
                for group in &groups.of_row {
                    counts[*group as usize] += 1;
                }
            }
            Self::Bound { name, distinct } => {
                let place = table.place(name);
                let mut seen = FxHashSet::default();
                for row in 0..table.rows {
                    let group = groups.of_row.get(row).copied().unwrap_or_default();
                    let value = table.value(place, row);
                    if value != UNBOUND && (!distinct || seen.insert((group, value))) {
                        counts[group as usize] += 1;
                    }
                }
            }
        }
        counts
    }
}

impl Run<'_> {
    /// The groups of a pattern's solutions, with what is counted in each.
    pub(super) fn group(
        &self,
        inner: &GraphPattern,
        variables: &[Variable],
        aggregates: &[(Variable, AggregateExpression)],
        graph: &Where,
    ) -> Result<Table, Give> {
        let counts: Vec<Count<'_>> = aggregates
            .iter()
            .map(|(_, aggregate)| Count::of(aggregate))
            .collect::<Result<_, _>>()?;
        let mut wanted = variables.to_vec();
        wanted.extend(counts.iter().filter_map(|count| match count {
            Count::Bound { name, .. } => Some((*name).clone()),
            Count::Solutions => None,
        }));
        let table = self.solutions(inner, graph, Wanted::These(&wanted))?;
        let places: Vec<_> = variables.iter().map(|name| table.place(name)).collect();
        let (groups, many) = if variables.is_empty() {
            // There is one group then, whether there are solutions or not.
            (Groups::default(), 1)
        } else {
            let groups = table.groups(&places);
            let many = groups.first.len();
            (groups, many)
        };
        let mut grouped = Table {
            names: variables.to_vec(),
            columns: Vec::new(),
            rows: many,
        };
        for place in places {
            let value = |row: &u32| table.value(place, *row as usize);
            grouped
                .columns
                .push(groups.first.iter().map(value).collect());
        }
        for (count, (name, _)) in counts.iter().zip(aggregates) {
            let mut column = Vec::with_capacity(many);
            for counted in count.count(&table, &groups, many) {
                column.push(self.number(Literal::from(counted).into())?);
            }
            grouped.names.push(name.clone());
            grouped.columns.push(column);
        }
        Ok(grouped)
    }
}
