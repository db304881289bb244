//! Expressions over tables: by the numbers of terms where these tell, else once for each
//! combination of values that occurs.

use oxrdf::{Term, Variable};
use spareval::QueryEvaluator;
use spargebra::algebra::{Expression, Function, GraphPattern};

use super::scope::{calls, of_expression};
use super::table::{Table, UNBOUND};
use super::text::TextTest;
use super::{Give, Run};
use crate::store::index::Id;

/// How many different values a regular expression is tried on here; it is made anew for each.
const FEW: usize = 1000;

/// A test of one solution that numbers or texts decide.
enum Test {
    /// A variable has this value, or another.
    Is {
        place: Option<usize>,
        id: Id,
        negated: bool,
    },
    /// A variable has one of these values, which are in order, or another.
    In {
        place: Option<usize>,
        ids: Vec<Id>,
        negated: bool,
    },
    Bound(Option<usize>),
    Not(Box<Test>),
    /// The text of a value contains, begins or ends with a text.
    Text(TextTest),
}

impl Run<'_> {
    /// The solutions for which an expression is true.
    pub(super) fn filter(&self, table: Table, expression: &Expression) -> Result<Table, Give> {
        if let Expression::And(left, right) = expression {
            let table = self.filter(table, left)?;
            return self.filter(table, right);
        }
        if let Some(test) = self.test(&table, expression)? {
            if !matches!(test, Test::Text(_)) {
                return Ok(table.retain(|table, row| self.holds(&test, table, row) == Some(true)));
            }
            let mut undecided = false;
            let kept = table.clone().retain(|table, row| {
                let holds = self.holds(&test, table, row);
                undecided |= holds.is_none();
                holds == Some(true)
            });
            if !undecided {
                return Ok(kept);
            }
        }
        let truth = Evaluation::new(self, &table, expression)?;
        let mut holds = Vec::with_capacity(truth.groups.first.len());
        for row in &truth.groups.first {
            holds.push(truth.is_true(&table, *row as usize)?);
        }
        let groups = truth.groups.of_row;
        Ok(table.retain(|_, row| holds[groups[row] as usize]))
    }

    /// The table with a column for the values of an expression.
    pub(super) fn extend(
        &self,
        mut table: Table,
        name: &Variable,
        expression: &Expression,
    ) -> Result<Table, Give> {
        if let Expression::Variable(of) = expression {
            if let Some(place) = table.place(of) {
                table.columns.push(table.columns[place].clone());
                table.names.push(name.clone());
            }
            return Ok(table);
        }
        let values = Evaluation::new(self, &table, expression)?;
        let mut column = Vec::with_capacity(values.groups.first.len());
        for row in &values.groups.first {
            column.push(match values.value(&table, *row as usize)? {
                Some(value) => self.number(value)?,
                None => UNBOUND,
            });
        }
        let groups = values.groups.of_row;
        let column = groups.iter().map(|group| column[*group as usize]).collect();
        table.columns.push(column);
        table.names.push(name.clone());
        Ok(table)
    }

    fn test(&self, table: &Table, expression: &Expression) -> Result<Option<Test>, Give> {
        Ok(match expression {
            Expression::Equal(a, b) | Expression::SameTerm(a, b) => match (&**a, &**b) {
                (Expression::Variable(name), Expression::NamedNode(node))
                | (Expression::NamedNode(node), Expression::Variable(name)) => Some(Test::Is {
                    place: table.place(name),
                    id: self.number(node.clone().into())?,
                    negated: false,
                }),
                _ => None,
            },
            Expression::In(one, list) => {
                let Expression::Variable(name) = &**one else {
                    return Ok(None);
                };
                if list.is_empty() {
                    return Ok(None);
                }
                let mut ids = Vec::new();
                for each in list {
                    let Expression::NamedNode(node) = each else {
                        return Ok(None);
                    };
                    ids.push(self.number(node.clone().into())?);
                }
                ids.sort_unstable();
                Some(Test::In {
                    place: table.place(name),
                    ids,
                    negated: false,
                })
            }
            Expression::Bound(name) => Some(Test::Bound(table.place(name))),
            Expression::Not(inner) => match self.test(table, inner)? {
                Some(Test::Is { place, id, negated }) => Some(Test::Is {
                    place,
                    id,
                    negated: !negated,
                }),
                Some(Test::In {
                    place,
                    ids,
                    negated,
                }) => Some(Test::In {
                    place,
                    ids,
                    negated: !negated,
                }),
                Some(test @ Test::Bound(_)) => Some(Test::Not(Box::new(test))),
                _ => None,
            },
            Expression::FunctionCall(kind, arguments) => {
                TextTest::of(table, kind, arguments).map(Test::Text)
            }
            _ => None,
        })
    }

    /// Whether a solution passes a test; none where the test cannot tell.
    fn holds(&self, test: &Test, table: &Table, row: usize) -> Option<bool> {
        Some(match test {
            Test::Is { place, id, negated } => {
                let value = table.value(*place, row);
                // A comparison of what is not bound is an error, which is not true.
                value != UNBOUND && (value == *id) != *negated
            }
            Test::In {
                place,
                ids,
                negated,
            } => {
                let value = table.value(*place, row);
                value != UNBOUND && ids.binary_search(&value).is_ok() != *negated
            }
            Test::Bound(place) => table.value(*place, row) != UNBOUND,
            Test::Not(test) => !self.holds(test, table, row)?,
            Test::Text(test) => {
                let value = table.value(test.place, row);
                if value == UNBOUND || (self.index.is_iri(value) && !test.of_iri) {
                    return Some(false);
                }
                test.holds(self.index.text(value)?)?
            }
        })
    }
}

/// An expression, and the combinations of values that it is evaluated for.
struct Evaluation<'r, 'a> {
    run: &'r Run<'a>,
    expression: sparopt::algebra::Expression,
    names: Vec<Variable>,
    groups: super::table::Groups,
    evaluator: QueryEvaluator,
}

impl<'r, 'a> Evaluation<'r, 'a> {
    fn new(run: &'r Run<'a>, table: &Table, expression: &Expression) -> Result<Self, Give> {
        if calls(expression, &depends_on_more) {
            return Err(Give::Other);
        }
        let mut names = of_expression(expression);
        names.sort_unstable();
        names.dedup();
        let places: Vec<_> = names.iter().map(|name| table.place(name)).collect();
        let groups = table.groups(&places);
        let is_made_anew =
            |function: &Function| matches!(function, Function::Regex | Function::Replace);
        if groups.first.len() > FEW && calls(expression, &is_made_anew) {
            return Err(Give::Other);
        }
        Ok(Self {
            run,
            expression: optimizable(expression).ok_or(Give::Other)?,
            names,
            groups,
            evaluator: QueryEvaluator::new(),
        })
    }

    fn values(&self, table: &Table, row: usize) -> Result<Vec<(&Variable, Term)>, Give> {
        self.run.look()?;
        let mut values = Vec::with_capacity(self.names.len());
        for name in &self.names {
            let id = table.value(table.place(name), row);
            if id != UNBOUND {
                let term = self.run.dataset.term(id).map_err(|_| Give::Stopped)?;
                values.push((name, term));
            }
        }
        Ok(values)
    }

    fn value(&self, table: &Table, row: usize) -> Result<Option<Term>, Give> {
        let values = self.values(table, row)?;
        Ok(self.evaluator.evaluate_expression(&self.expression, values))
    }

    fn is_true(&self, table: &Table, row: usize) -> Result<bool, Give> {
        let values = self.values(table, row)?;
        let truth = self
            .evaluator
            .evaluate_effective_boolean_value_expression(&self.expression, values);
        Ok(truth == Some(true))
    }
}

/// Whether a function depends on more than its arguments.
fn depends_on_more(function: &Function) -> bool {
    matches!(
        function,
        Function::Rand
            | Function::Uuid
            | Function::StrUuid
            | Function::BNode
            | Function::Now
            | Function::Iri
            | Function::Custom(_)
    )
}

/// The same expression as the evaluator takes it.
fn optimizable(expression: &Expression) -> Option<sparopt::algebra::Expression> {
    let extended = GraphPattern::Extend {
        inner: Box::new(GraphPattern::Bgp {
            patterns: Vec::new(),
        }),
        variable: Variable::new_unchecked("value"),
        expression: expression.clone(),
    };
    match sparopt::algebra::GraphPattern::from(&extended) {
        sparopt::algebra::GraphPattern::Extend { expression, .. } => Some(expression),
        _ => None,
    }
}
