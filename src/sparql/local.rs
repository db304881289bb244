//! Variables that only `EXISTS` has, under names that nothing around it has.
//!
//! A pattern in `EXISTS` sees the solution that is being filtered and nothing else (SPARQL 1.1
//! Query, section 18.6). The evaluator may look a filtered pattern up with values from what it
//! is joined with, and would let `EXISTS` see these too.

use oxrdf::Variable;
use spargebra::algebra::{Expression, GraphPattern};

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
        walk::visit_variables(pattern, &mut |name| {
            if own.contains(name) {
                *name = Variable::new_unchecked(format!("{}\u{0}{many}", name.as_str()));
            }
        });
    }
    for part in walk::parts_mut(expression) {
        in_expression(part, outside, many);
    }
}
