//! Patterns that are joined: all that must hold together is gathered, then joined step by step,
//! what leaves the fewest solutions first.

use oxrdf::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::lookup::{Position, QuadPattern, Where};
use super::scope::{certain, mentioned, of_expression};
use super::table::Table;
use super::{Give, Run, Wanted, merge};
use crate::store::index::Pattern;

/// What must hold together.
#[derive(Default)]
struct Conjunction {
    patterns: Vec<QuadPattern>,
    tables: Vec<Table>,
    tests: Vec<Expression>,
}

impl Run<'_> {
    /// The solutions of a pattern of this kind.
    pub(super) fn conjunction(
        &self,
        pattern: &GraphPattern,
        graph: &Where,
        wanted: Wanted<'_>,
    ) -> Result<Table, Give> {
        let mut gathered = Conjunction::default();
        self.gather(pattern, graph, &mut gathered)?;
        self.join(gathered, wanted)
    }

    fn gather(
        &self,
        pattern: &GraphPattern,
        graph: &Where,
        into: &mut Conjunction,
    ) -> Result<(), Give> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    into.patterns.push(self.quad_pattern(triple, graph)?);
                }
            }
            GraphPattern::Join { left, right } => {
                self.gather(left, graph, into)?;
                self.gather(right, graph, into)?;
            }
            GraphPattern::Values {
                variables,
                bindings,
            } => into.tables.push(self.values(variables, bindings)?),
            GraphPattern::Graph { name, inner } if *graph == Where::Default => {
                let before = into.patterns.len();
                self.gather(inner, &self.named(name)?, into)?;
                if into.patterns.len() == before {
                    // Nothing in it says which graphs there are.
                    return Err(Give::Other);
                }
            }
            GraphPattern::Graph { .. } => return Err(Give::Other),
            GraphPattern::Filter { expr, inner } => {
                let bound = certain(inner);
                let sure = |name| bound.contains(&name);
                if !has_pattern(expr) && of_expression(expr).into_iter().all(sure) {
                    self.gather(inner, graph, into)?;
                    into.tests.extend(conjuncts(expr).into_iter().cloned());
                } else {
                    into.tables.push(self.filtered(expr, inner, graph)?);
                }
            }
            _ => into
                .tables
                .push(self.solutions(pattern, graph, Wanted::All)?),
        }
        Ok(())
    }

    fn quad_pattern(&self, triple: &TriplePattern, graph: &Where) -> Result<QuadPattern, Give> {
        let term = |term: &TermPattern| -> Result<Position, Give> {
            Ok(match term {
                TermPattern::Variable(name) => Position::Variable(name.clone()),
                TermPattern::BlankNode(_) => return Err(Give::Other),
                TermPattern::NamedNode(node) => Position::Term(self.number(node.clone().into())?),
                TermPattern::Literal(literal) => {
                    Position::Term(self.number(literal.clone().into())?)
                }
            })
        };
        let predicate = match &triple.predicate {
            NamedNodePattern::Variable(name) => Position::Variable(name.clone()),
            NamedNodePattern::NamedNode(node) => Position::Term(self.number(node.clone().into())?),
        };
        Ok(QuadPattern {
            triple: [term(&triple.subject)?, predicate, term(&triple.object)?],
            graph: graph.clone(),
        })
    }

    /// The solutions of a pattern for which an expression is true that may have patterns in it
    /// or variables that are not bound.
    fn filtered(
        &self,
        expression: &Expression,
        inner: &GraphPattern,
        graph: &Where,
    ) -> Result<Table, Give> {
        let mut table = self.solutions(inner, graph, Wanted::All)?;
        let (with_patterns, plain): (Vec<_>, Vec<_>) = conjuncts(expression)
            .into_iter()
            .partition(|part| has_pattern(part));
        for part in plain {
            table = self.filter(table, part)?;
        }
        for part in with_patterns {
            table = match part {
                Expression::Exists(pattern) => self.exists(table, pattern, graph, true)?,
                Expression::Not(inner) => match &**inner {
                    Expression::Exists(pattern) => self.exists(table, pattern, graph, false)?,
                    _ => return Err(Give::Other),
                },
                _ => return Err(Give::Other),
            };
        }
        Ok(table)
    }

    /// The solutions for which a pattern has a solution that agrees, or those for which it has
    /// none (SPARQL 1.1 Query, section 18.6).
    fn exists(
        &self,
        table: Table,
        pattern: &GraphPattern,
        graph: &Where,
        is: bool,
    ) -> Result<Table, Give> {
        // Else it would be sought in every graph and not in the one of the solution.
        super::only_in_one(graph)?;
        let mut keys = table.clone();
        let inside = mentioned(pattern);
        keys.keep_columns(|name| inside.contains(name));
        if !keys.names.iter().all(|name| keys.always_binds(name)) {
            return Err(Give::Other);
        }
        let names = keys.names.clone();
        let mut gathered = Conjunction::default();
        self.gather_inside(pattern, graph, &names, &mut gathered)?;
        gathered.tables.push(keys.distinct());
        let found = self.join(gathered, Wanted::These(&names))?;
        merge::agreeing(table, &found, is)
    }

    /// Gathers what stands in `EXISTS`, where the variables from outside have values.
    fn gather_inside(
        &self,
        pattern: &GraphPattern,
        graph: &Where,
        outside: &[Variable],
        into: &mut Conjunction,
    ) -> Result<(), Give> {
        match pattern {
            GraphPattern::Bgp { .. } => self.gather(pattern, graph, into),
            GraphPattern::Join { left, right } => {
                self.gather_inside(left, graph, outside, into)?;
                self.gather_inside(right, graph, outside, into)
            }
            GraphPattern::Filter { expr, inner } if !has_pattern(expr) => {
                let bound = certain(inner);
                let sure = |name| bound.contains(&name) || outside.contains(&name);
                if !of_expression(expr).into_iter().all(sure) {
                    return Err(Give::Other);
                }
                self.gather_inside(inner, graph, outside, into)?;
                into.tests.extend(conjuncts(expr).into_iter().cloned());
                Ok(())
            }
            _ => Err(Give::Other),
        }
    }

    /// The solutions of a pattern, each with those of another that agree or alone where none
    /// does (SPARQL 1.1 Query, section 18.5, `LeftJoin`).
    pub(super) fn left_join(
        &self,
        left: &GraphPattern,
        right: &GraphPattern,
        expression: Option<&Expression>,
        graph: &Where,
    ) -> Result<Table, Give> {
        super::only_in_one(graph)?;
        let mut left = self.solutions(left, graph, Wanted::All)?;
        let mut gathered = Conjunction::default();
        self.gather(right, graph, &mut gathered)?;
        let mut bound = certain(right);
        let inside = mentioned(right);
        for name in &left.names {
            if left.always_binds(name) {
                bound.push(name.clone());
            } else if inside.contains(name) {
                return Err(Give::Other);
            }
        }
        if let Some(expression) = expression {
            let sure = |name| bound.contains(&name);
            if has_pattern(expression) || !of_expression(expression).into_iter().all(sure) {
                return Err(Give::Other);
            }
            gathered
                .tests
                .extend(conjuncts(expression).into_iter().cloned());
        }
        // The number of each solution, by which those are found that are left alone.
        let number = Variable::new_unchecked("\u{0}row");
        let many = u32::try_from(left.rows).map_err(|_| Give::TooLarge)?;
        left.names.push(number.clone());
        left.columns.push((0..many).collect());
        gathered.tables.push(left.clone());
        let mut joined = self.join(gathered, Wanted::All)?;
        let mut alone = vec![true; left.rows];
        if let Some(place) = joined.place(&number) {
            for row in &joined.columns[place] {
                alone[*row as usize] = false;
            }
        }
        let alone = left.retain(|_, row| alone[row]);
        joined = joined.union(&alone);
        joined.keep_columns(|name| *name != number);
        Ok(joined)
    }

    fn join(&self, mut parts: Conjunction, wanted: Wanted<'_>) -> Result<Table, Give> {
        let mut table = Table::unit();
        loop {
            table = self.test_bound(table, &mut parts.tests)?;
            if table.rows == 0 {
                return Ok(Table::none());
            }
            let Some(next) = self.cheapest(&table, &parts) else {
                break;
            };
            table = match next {
                Next::Table(place) => {
                    let other = parts.tables.swap_remove(place);
                    if table == Table::unit() {
                        other
                    } else {
                        self.join_tables(&table, &other)?
                    }
                }
                Next::Pattern(place) => {
                    let pattern = parts.patterns.swap_remove(place);
                    let wanted = |name: &Variable| wanted.has(name) || parts.mention(name);
                    self.join_pattern(&table, &pattern, &wanted)?
                }
            };
            table.keep_columns(|name| wanted.has(name) || parts.mention(name));
        }
        // What is left mentions what nothing binds.
        for test in parts.tests {
            table = self.filter(table, &test)?;
        }
        Ok(table)
    }

    fn test_bound(&self, mut table: Table, tests: &mut Vec<Expression>) -> Result<Table, Give> {
        let bound = |test: &Expression| {
            let names = of_expression(test);
            let sure = |name| table.place(name).is_some() && table.always_binds(name);
            names.iter().all(sure)
        };
        let (ready, later): (Vec<_>, Vec<_>) = tests.drain(..).partition(bound);
        *tests = later;
        for test in ready {
            table = self.filter(table, &test)?;
        }
        Ok(table)
    }

    /// What is to be joined next: what is thought to leave the fewest solutions.
    fn cheapest(&self, table: &Table, parts: &Conjunction) -> Option<Next> {
        let tables = parts.tables.iter().enumerate().map(|(place, other)| {
            let agrees = other.names.iter().any(|name| table.place(name).is_some());
            let rows = if agrees {
                table.rows.max(other.rows)
            } else {
                table.rows.saturating_mul(other.rows)
            };
            (float(rows), other.rows, Next::Table(place))
        });
        let patterns = parts.patterns.iter().enumerate().map(|(place, pattern)| {
            let (rows, many) = self.estimate(table, pattern);
            (rows, many, Next::Pattern(place))
        });
        tables
            .chain(patterns)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(.., next)| next)
    }

    /// About how many solutions a pattern leaves, and how many quads it has by itself.
    fn estimate(&self, table: &Table, pattern: &QuadPattern) -> (f64, usize) {
        let open: Pattern = pattern.open();
        let many = self.index.scan(open).len();
        let different = match open.predicate {
            Some(predicate) => self.index.different(predicate),
            None => [many / 8 + 1; 2],
        };
        let mut rows = float(table.rows) * float(many);
        for (place, name) in pattern.variables() {
            if table.place(name).is_none() {
                continue;
            }
            let values = match place {
                0 => different[0],
                2 => different[1],
                3 => self.index.graphs().len(),
                _ => 16,
            };
            rows /= float(values.max(1));
        }
        (rows, many)
    }
}

/// A count, to reckon with.
#[expect(clippy::cast_precision_loss, reason = "what is reckoned is a guess")]
fn float(many: usize) -> f64 {
    many as f64
}

/// What is joined next.
#[derive(Clone, Copy)]
enum Next {
    Table(usize),
    Pattern(usize),
}

impl Conjunction {
    fn mention(&self, name: &Variable) -> bool {
        self.patterns
            .iter()
            .any(|pattern| pattern.variables().any(|(_, own)| own == name))
            || self.tables.iter().any(|table| table.place(name).is_some())
            || self
                .tests
                .iter()
                .any(|test| of_expression(test).contains(name))
    }
}

/// The expressions that must all be true for one to be.
fn conjuncts(expression: &Expression) -> Vec<&Expression> {
    match expression {
        Expression::And(left, right) => {
            let mut both = conjuncts(left);
            both.extend(conjuncts(right));
            both
        }
        _ => vec![expression],
    }
}

fn has_pattern(expression: &Expression) -> bool {
    super::scope::calls(expression, &|_| false)
}
