//! Variables that only `EXISTS` has, under names that nothing around it has.
//!
//! A pattern in `EXISTS` sees the solution that is being filtered and nothing else (SPARQL 1.1
//! Query, section 18.6). The evaluator may look a filtered pattern up with values from what it
//! is joined with, and would let `EXISTS` see these too.

use oxrdf::Variable;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern};

use super::columnar::{mentioned, visible};
use super::walk;

/// Gives the variables of each `EXISTS` that are not those of what it filters names of their
/// own, which no query can write.
pub(super) fn rename(pattern: &mut GraphPattern) {
    let mut many = 0;
    walk::visit(pattern, &mut |part| match part {
        GraphPattern::Filter { expr, inner } => {
            let outside = visible(inner);
            in_expression(expr, &outside, &mut many);
        }
        GraphPattern::LeftJoin {
            left,
            right,
            expression: Some(expression),
        } => {
            let mut outside = visible(left);
            outside.extend(visible(right));
            in_expression(expression, &outside, &mut many);
        }
        GraphPattern::Extend {
            inner, expression, ..
        } => {
            let outside = visible(inner);
            in_expression(expression, &outside, &mut many);
        }
        _ => {}
    });
}

fn in_expression(expression: &mut Expression, outside: &[Variable], many: &mut usize) {
    if let Expression::Exists(pattern) = expression {
        *many += 1;
        let own = mentioned(pattern);
        let own: Vec<_> = own
            .into_iter()
            .filter(|name| !outside.contains(name))
            .collect();
        variables(pattern, &mut |name| {
            if own.contains(name) {
                *name = Variable::new_unchecked(format!("{}\u{0}{many}", name.as_str()));
            }
        });
    }
    for part in parts(expression) {
        in_expression(part, outside, many);
    }
}

/// Shows every variable of a pattern, wherever it stands.
fn variables(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut Variable)) {
    walk::visit(pattern, &mut |part| match part {
        GraphPattern::Bgp { patterns } => {
            for triple in patterns {
                term(&mut triple.subject, see);
                name(&mut triple.predicate, see);
                term(&mut triple.object, see);
            }
        }
        GraphPattern::Path {
            subject, object, ..
        } => {
            term(subject, see);
            term(object, see);
        }
        GraphPattern::Filter { expr, .. } => of_expression(expr, see),
        GraphPattern::LeftJoin {
            expression: Some(expression),
            ..
        } => of_expression(expression, see),
        GraphPattern::Extend {
            variable,
            expression,
            ..
        } => {
            see(variable);
            of_expression(expression, see);
        }
        GraphPattern::Graph { name: graph, .. } | GraphPattern::Service { name: graph, .. } => {
            name(graph, see);
        }
        GraphPattern::Values { variables, .. } | GraphPattern::Project { variables, .. } => {
            variables.iter_mut().for_each(&mut *see);
        }
        GraphPattern::OrderBy { expression, .. } => {
            for OrderExpression::Asc(by) | OrderExpression::Desc(by) in expression {
                of_expression(by, see);
            }
        }
        GraphPattern::Group {
            variables,
            aggregates,
            ..
        } => {
            variables.iter_mut().for_each(&mut *see);
            for (variable, aggregate) in aggregates {
                see(variable);
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    of_expression(expr, see);
                }
            }
        }
        _ => {}
    });
}

fn term(term: &mut TermPattern, see: &mut dyn FnMut(&mut Variable)) {
    if let TermPattern::Variable(variable) = term {
        see(variable);
    }
}

fn name(name: &mut NamedNodePattern, see: &mut dyn FnMut(&mut Variable)) {
    if let NamedNodePattern::Variable(variable) = name {
        see(variable);
    }
}

/// Shows the variables of an expression but for those of patterns in it, which
/// [`walk::visit`] comes to by itself.
fn of_expression(expression: &mut Expression, see: &mut dyn FnMut(&mut Variable)) {
    if let Expression::Variable(variable) | Expression::Bound(variable) = expression {
        see(variable);
    }
    for part in parts(expression) {
        of_expression(part, see);
    }
}

/// The expressions that an expression is made of.
fn parts(expression: &mut Expression) -> Vec<&mut Expression> {
    match expression {
        Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_)
        | Expression::Exists(_) => Vec::new(),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => vec![a, b],
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => vec![a],
        Expression::If(a, b, c) => vec![a, b, c],
        Expression::In(a, list) => std::iter::once(&mut **a).chain(list).collect(),
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter_mut().collect(),
    }
}
