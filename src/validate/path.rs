//! Property paths (SHACL section 2.3.1).

use std::collections::HashSet;
use std::fmt;

use oxrdf::{NamedNode, Term};

use super::data::Data;
use crate::vocab::compact;

/// A property path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Predicate(NamedNode),
    Inverse(Box<Self>),
    Sequence(Vec<Self>),
    Alternative(Vec<Self>),
    ZeroOrMore(Box<Self>),
    OneOrMore(Box<Self>),
    ZeroOrOne(Box<Self>),
}

impl Path {
    /// The value nodes that the path reaches from a node, each once, in a fixed order.
    pub(super) fn values(&self, data: &Data<'_>, from: &Term) -> Vec<Term> {
        let mut found = self.steps(data, from);
        found.sort_by_cached_key(Term::to_string);
        found.dedup();
        found
    }

    fn steps(&self, data: &Data<'_>, from: &Term) -> Vec<Term> {
        match self {
            Self::Predicate(predicate) => data.objects(from, predicate.as_ref()),
            Self::Inverse(path) => path.steps_back(data, from),
            Self::Sequence(paths) => paths.iter().fold(vec![from.clone()], |nodes, path| {
                nodes
                    .iter()
                    .flat_map(|node| path.values(data, node))
                    .collect()
            }),
            Self::Alternative(paths) => paths
                .iter()
                .flat_map(|path| path.steps(data, from))
                .collect(),
            Self::ZeroOrMore(path) => closure(vec![from.clone()], |node| path.steps(data, node)),
            Self::OneOrMore(path) => closure(path.steps(data, from), |node| path.steps(data, node)),
            Self::ZeroOrOne(path) => {
                let mut found = path.steps(data, from);
                found.push(from.clone());
                found
            }
        }
    }

    fn steps_back(&self, data: &Data<'_>, from: &Term) -> Vec<Term> {
        match self {
            Self::Predicate(predicate) => data.subjects(predicate.as_ref(), from),
            Self::Inverse(path) => path.steps(data, from),
            Self::Sequence(paths) => paths.iter().rev().fold(vec![from.clone()], |nodes, path| {
                nodes
                    .iter()
                    .flat_map(|node| path.steps_back(data, node))
                    .collect()
            }),
            Self::Alternative(paths) => paths
                .iter()
                .flat_map(|path| path.steps_back(data, from))
                .collect(),
            Self::ZeroOrMore(path) => {
                closure(vec![from.clone()], |node| path.steps_back(data, node))
            }
            Self::OneOrMore(path) => closure(path.steps_back(data, from), |node| {
                path.steps_back(data, node)
            }),
            Self::ZeroOrOne(path) => {
                let mut found = path.steps_back(data, from);
                found.push(from.clone());
                found
            }
        }
    }
}

fn closure(start: Vec<Term>, step: impl Fn(&Term) -> Vec<Term>) -> Vec<Term> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut todo = start;
    while let Some(node) = todo.pop() {
        if seen.insert(node.clone()) {
            todo.extend(step(&node));
            found.push(node);
        }
    }
    found
}

impl fmt::Display for Path {
    /// SPARQL property path syntax, with prefixes where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |f: &mut fmt::Formatter<'_>, paths: &[Self], sign: &str| {
            for (at, path) in paths.iter().enumerate() {
                write!(f, "{}{path}", if at == 0 { "" } else { sign })?;
            }
            Ok(())
        };
        match self {
            Self::Predicate(node) => f.write_str(&compact(node.as_str())),
            Self::Inverse(path) => write!(f, "^{path}"),
            Self::Sequence(paths) => join(f, paths, "/"),
            Self::Alternative(paths) => join(f, paths, "|"),
            Self::ZeroOrMore(path) => write!(f, "({path})*"),
            Self::OneOrMore(path) => write!(f, "({path})+"),
            Self::ZeroOrOne(path) => write!(f, "({path})?"),
        }
    }
}
