//! The canonical form of a query: what does not change with the way in which it is written.

use spargebra::Query;
use spargebra::term::TermPattern;

/// The canonical form of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// Its text; the same for queries that mean the same.
    pub text: String,
    /// Whether it has the same answer each time it is asked of the same data.
    pub deterministic: bool,
}

/// The canonical form of a query.
pub fn of(query: &Query) -> Canonical {
    let text = query.to_string();
    let by_chance = ["RAND()", "NOW()", "UUID()", "BNODE("];
    let names_nodes = match query {
        Query::Construct { template, .. } => template.iter().any(|triple| {
            let blank = |term: &TermPattern| matches!(term, TermPattern::BlankNode(_));
            blank(&triple.subject) || blank(&triple.object)
        }),
        _ => false,
    };
    Canonical {
        deterministic: !names_nodes && !by_chance.iter().any(|name| text.contains(name)),
        text,
    }
}
