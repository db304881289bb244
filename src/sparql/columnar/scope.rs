//! Which variables a pattern or an expression has.

use oxrdf::Variable;
use spargebra::algebra::{AggregateExpression, Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::sparql::walk::{parts, visit_variables};

fn of_term(term: &TermPattern) -> Option<Variable> {
    match term {
        TermPattern::Variable(name) => Some(name.clone()),
        _ => None,
    }
}

fn of_name(name: &NamedNodePattern) -> Option<Variable> {
    match name {
        NamedNodePattern::Variable(name) => Some(name.clone()),
        NamedNodePattern::NamedNode(_) => None,
    }
}

fn of_triple(triple: &TriplePattern) -> impl Iterator<Item = Variable> {
    [
        of_term(&triple.subject),
        of_name(&triple.predicate),
        of_term(&triple.object),
    ]
    .into_iter()
    .flatten()
}

/// The variables that every solution of a pattern binds.
pub(super) fn certain(pattern: &GraphPattern) -> Vec<Variable> {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().flat_map(of_triple).collect(),
        GraphPattern::Path {
            subject, object, ..
        } => [of_term(subject), of_term(object)]
            .into_iter()
            .flatten()
            .collect(),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            let mut both = certain(left);
            both.extend(certain(right));
            both
        }
        GraphPattern::Union { left, right } => {
            let right = certain(right);
            let mut both = certain(left);
            both.retain(|name| right.contains(name));
            both
        }
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => certain(left),
        GraphPattern::Graph { name, inner } => {
            let mut names = certain(inner);
            names.extend(of_name(name));
            names
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => certain(inner),
        GraphPattern::Project { inner, variables } => {
            let mut names = certain(inner);
            names.retain(|name| variables.contains(name));
            names
        }
        GraphPattern::Group {
            inner,
            variables,
            aggregates,
        } => {
            let mut names = certain(inner);
            names.retain(|name| variables.contains(name));
            let counts = aggregates.iter().filter(|(_, aggregate)| {
                matches!(aggregate, AggregateExpression::CountSolutions { .. })
            });
            names.extend(counts.map(|(name, _)| name.clone()));
            names
        }
        GraphPattern::Values {
            variables,
            bindings,
        } => variables
            .iter()
            .enumerate()
            .filter(|(place, _)| bindings.iter().all(|row| row[*place].is_some()))
            .map(|(_, name)| name.clone())
            .collect(),
        GraphPattern::Service { .. } => Vec::new(),
    }
}

/// The variables that a solution of a pattern may bind (SPARQL 1.1 Query, section 18.2.1).
pub(in crate::sparql) fn visible(pattern: &GraphPattern) -> Vec<Variable> {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => certain(pattern),
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Union { left, right } => {
            let mut both = visible(left);
            both.extend(visible(right));
            both
        }
        GraphPattern::Minus { left, .. } => visible(left),
        GraphPattern::Graph { name, inner } | GraphPattern::Service { name, inner, .. } => {
            let mut names = visible(inner);
            names.extend(of_name(name));
            names
        }
        GraphPattern::Extend {
            inner, variable, ..
        } => {
            let mut names = visible(inner);
            names.push(variable.clone());
            names
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => visible(inner),
        GraphPattern::Project { variables, .. } | GraphPattern::Values { variables, .. } => {
            variables.clone()
        }
        GraphPattern::Group {
            variables,
            aggregates,
            ..
        } => {
            let made = aggregates.iter().map(|(name, _)| name);
            variables.iter().chain(made).cloned().collect()
        }
    }
}

/// Every variable that a pattern mentions, in expressions too.
pub(in crate::sparql) fn mentioned(pattern: &GraphPattern) -> Vec<Variable> {
    let mut names = Vec::new();
    visit_variables(&mut pattern.clone(), &mut |name| names.push(name.clone()));
    names.sort_unstable();
    names.dedup();
    names
}

/// The variables of an expression, those of patterns in it too.
pub(in crate::sparql) fn of_expression(expression: &Expression) -> Vec<Variable> {
    let mut names = match expression {
        Expression::Variable(name) | Expression::Bound(name) => vec![name.clone()],
        Expression::Exists(pattern) => mentioned(pattern),
        _ => Vec::new(),
    };
    names.extend(parts(expression).into_iter().flat_map(of_expression));
    names
}

/// Whether an expression calls a function of this kind, or has a pattern in it.
pub(super) fn calls(expression: &Expression, kind: &dyn Fn(&Function) -> bool) -> bool {
    match expression {
        Expression::Exists(_) => true,
        Expression::FunctionCall(function, _) if kind(function) => true,
        _ => parts(expression).into_iter().any(|part| calls(part, kind)),
    }
}
