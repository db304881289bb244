//! Through the algebra of a query, part by part.

use oxrdf::{Literal, NamedNode};
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// Shows every part of a pattern, those in expressions and sub-queries too.
pub(super) fn visit(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut GraphPattern)) {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            visit(left, see);
            visit(right, see);
        }
        GraphPattern::LeftJoin {
            left,
            right,
            expression,
        } => {
            visit(left, see);
            visit(right, see);
            if let Some(expression) = expression {
                visit_expression(expression, see);
            }
        }
        GraphPattern::Filter { expr, inner } => {
            visit(inner, see);
            visit_expression(expr, see);
        }
        GraphPattern::Extend {
            inner, expression, ..
        } => {
            visit(inner, see);
            visit_expression(expression, see);
        }
        GraphPattern::OrderBy { inner, expression } => {
            visit(inner, see);
            for OrderExpression::Asc(by) | OrderExpression::Desc(by) in expression {
                visit_expression(by, see);
            }
        }
        GraphPattern::Group {
            inner, aggregates, ..
        } => {
            visit(inner, see);
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
        | GraphPattern::Service { inner, .. } => visit(inner, see),
    }
    see(pattern);
}

/// Shows the patterns in an expression.
fn visit_expression(expression: &mut Expression, see: &mut dyn FnMut(&mut GraphPattern)) {
    match expression {
        Expression::NamedNode(NamedNode { .. })
        | Expression::Literal(Literal { .. })
        | Expression::Variable(_)
        | Expression::Bound(_) => {}
        Expression::Exists(pattern) => visit(pattern, see),
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
}
