//! Through the algebra of a query, part by part.

use oxrdf::{Literal, NamedNode};
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

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
    match expression {
        Expression::NamedNode(NamedNode { .. })
        | Expression::Literal(Literal { .. })
        | Expression::Variable(_)
        | Expression::Bound(_) => {}
        Expression::Exists(pattern) => visit_parts(pattern, see),
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
        | Expression::Divide(a, b) => {
            visit_expression(a, see);
            visit_expression(b, see);
        }
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => {
            visit_expression(a, see);
        }
        Expression::If(a, b, c) => {
            for part in [a, b, c] {
                visit_expression(part, see);
            }
        }
        Expression::In(a, list) => {
            visit_expression(a, see);
            for part in list {
                visit_expression(part, see);
            }
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            for part in list {
                visit_expression(part, see);
            }
        }
    }
    see(Part::Expression(expression));
}
