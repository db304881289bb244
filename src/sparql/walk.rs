//! Through the algebra of a query, part by part.

use oxrdf::Variable;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// A part of a query.
pub(super) enum Part<'a> {
    /// A pattern; its own parts have been shown.
    Pattern(&'a mut GraphPattern),
    /// An expression; its own parts have been shown.
    Expression(&'a mut Expression),
}

/// Shows every pattern in a pattern, those in expressions and sub-queries too.
pub(super) fn visit(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut GraphPattern)) {
    visit_parts(pattern, &mut |part| {
        if let Part::Pattern(pattern) = part {
            see(pattern);
        }
    });
}

/// Shows every part of a pattern, those in expressions and sub-queries too.
pub(super) fn visit_parts(pattern: &mut GraphPattern, see: &mut dyn FnMut(Part<'_>)) {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            visit_parts(left, see);
            visit_parts(right, see);
        }
        GraphPattern::LeftJoin {
            left,
            right,
            expression,
        } => {
            visit_parts(left, see);
            visit_parts(right, see);
            if let Some(expression) = expression {
                visit_expression(expression, see);
            }
        }
        GraphPattern::Filter { expr, inner } => {
            visit_parts(inner, see);
            visit_expression(expr, see);
        }
        GraphPattern::Extend {
            inner, expression, ..
        } => {
            visit_parts(inner, see);
            visit_expression(expression, see);
        }
        GraphPattern::OrderBy { inner, expression } => {
            visit_parts(inner, see);
            for OrderExpression::Asc(by) | OrderExpression::Desc(by) in expression {
                visit_expression(by, see);
            }
        }
        GraphPattern::Group {
            inner, aggregates, ..
        } => {
            visit_parts(inner, see);
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    visit_expression(expr, see);
                }
            }
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Service { inner, .. } => visit_parts(inner, see),
    }
    see(Part::Pattern(pattern));
}

/// Shows every part of an expression.
fn visit_expression(expression: &mut Expression, see: &mut dyn FnMut(Part<'_>)) {
    if let Expression::Exists(pattern) = expression {
        visit_parts(pattern, see);
    }
    for part in parts_mut(expression) {
        visit_expression(part, see);
    }
    see(Part::Expression(expression));
}

/// Shows every variable in a pattern, wherever it stands.
pub(super) fn visit_variables(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut Variable)) {
    visit_parts(pattern, &mut |part| match part {
        Part::Pattern(pattern) => own_variables(pattern, see),
        Part::Expression(Expression::Variable(variable) | Expression::Bound(variable)) => {
            see(variable);
        }
        Part::Expression(_) => {}
    });
}

fn in_term(term: &mut TermPattern, see: &mut dyn FnMut(&mut Variable)) {
    if let TermPattern::Variable(variable) = term {
        see(variable);
    }
}

fn in_name(name: &mut NamedNodePattern, see: &mut dyn FnMut(&mut Variable)) {
    if let NamedNodePattern::Variable(variable) = name {
        see(variable);
    }
}

/// Shows the variables of a triple.
pub(super) fn triple_variables(triple: &mut TriplePattern, see: &mut dyn FnMut(&mut Variable)) {
    in_term(&mut triple.subject, see);
    in_name(&mut triple.predicate, see);
    in_term(&mut triple.object, see);
}

/// Shows the variables that stand in a pattern itself.
pub(super) fn own_variables(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut Variable)) {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for triple in patterns {
                triple_variables(triple, see);
            }
        }
        GraphPattern::Path {
            subject, object, ..
        } => {
            in_term(subject, see);
            in_term(object, see);
        }
        GraphPattern::Extend { variable, .. } => see(variable),
        GraphPattern::Graph { name, .. } | GraphPattern::Service { name, .. } => in_name(name, see),
        GraphPattern::Values { variables, .. } | GraphPattern::Project { variables, .. } => {
            variables.iter_mut().for_each(&mut *see);
        }
        GraphPattern::Group {
            variables,
            aggregates,
            ..
        } => {
            let made = aggregates.iter_mut().map(|(variable, _)| variable);
            variables.iter_mut().chain(made).for_each(&mut *see);
        }
        GraphPattern::Join { .. }
        | GraphPattern::LeftJoin { .. }
        | GraphPattern::Lateral { .. }
        | GraphPattern::Filter { .. }
        | GraphPattern::Union { .. }
        | GraphPattern::Minus { .. }
        | GraphPattern::OrderBy { .. }
        | GraphPattern::Distinct { .. }
        | GraphPattern::Reduced { .. }
        | GraphPattern::Slice { .. } => {}
    }
}

/// Defines what gives the expressions that an expression is made of, to read or to change.
macro_rules! parts {
    ($name:ident $(, $mutable:tt)?) => {
        /// The expressions that an expression is made of; not those of patterns in it.
        pub(super) fn $name(expression: &$($mutable)? Expression) -> Vec<&$($mutable)? Expression> {
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
                Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => {
                    vec![a]
                }
                Expression::If(a, b, c) => vec![a, b, c],
                Expression::In(a, list) => {
                    std::iter::once(&$($mutable)? **a).chain(list).collect()
                }
                Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                    list.into_iter().collect()
                }
            }
        }
    };
}

parts!(parts);
parts!(parts_mut, mut);
