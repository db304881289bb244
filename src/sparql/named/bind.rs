//! Putting terms in the place of a parameter's `VALUES` block, in the algebra of a query, and
//! in its text for people.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use oxrdf::{Term, Variable};
use regex::{Captures, Regex};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use crate::sparql::walk::visit;

/// The names of the variables that a SELECT gives, in order.
pub(super) fn projected(pattern: &GraphPattern) -> Vec<String> {
    match pattern {
        GraphPattern::Project { variables, .. } => variables
            .iter()
            .map(|name| name.as_str().to_owned())
            .collect(),
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Slice { inner, .. } => projected(inner),
        _ => Vec::new(),
    }
}

/// The variables that stand alone in a `VALUES` block of one row, with the term in it.
pub(super) fn defaults(pattern: &GraphPattern) -> BTreeMap<String, Option<Term>> {
    let mut found = BTreeMap::new();
    let mut pattern = pattern.clone();
    visit(&mut pattern, &mut |part| {
        if let Some((variable, Some(term))) = block(part) {
            found.insert(variable.as_str().to_owned(), term.cloned().map(Into::into));
        }
    });
    found
}

/// The query with these terms instead of the defaults.
pub(super) fn with_values(query: &Query, values: &BTreeMap<String, Vec<Term>>) -> Query {
    let mut query = query.clone();
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = &mut query;
    visit(pattern, &mut |part| {
        let given = block(part).and_then(|(variable, _)| values.get(variable.as_str()));
        if let (Some(terms), GraphPattern::Values { bindings, .. }) = (given.cloned(), part) {
            *bindings = terms.into_iter().map(|term| vec![ground(term)]).collect();
        }
    });
    query
}

/// The text with the same terms written out.
pub(super) fn text_with_values(text: &str, values: &BTreeMap<String, Vec<Term>>) -> String {
    static BLOCK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"VALUES \?(\w+) \{[^{}]*\}").ok());
    let Some(block) = BLOCK.as_ref() else {
        return text.to_owned();
    };
    block
        .replace_all(text, |found: &Captures<'_>| match values.get(&found[1]) {
            Some(terms) => {
                let terms: Vec<_> = terms.iter().map(written).collect();
                format!("VALUES ?{} {{ {} }}", &found[1], terms.join(" "))
            }
            None => found[0].to_owned(),
        })
        .into_owned()
}

/// A term as people write it in a query.
fn written(term: &Term) -> String {
    match term {
        Term::Literal(literal) if literal.datatype() == oxrdf::vocab::xsd::INTEGER => {
            literal.value().to_owned()
        }
        other => other.to_string(),
    }
}

fn ground(term: Term) -> Option<GroundTerm> {
    match term {
        Term::NamedNode(node) => Some(GroundTerm::NamedNode(node)),
        Term::Literal(literal) => Some(GroundTerm::Literal(literal)),
        Term::BlankNode(_) => None,
    }
}

/// The variable of a `VALUES` block of one column, and the term of its only row: `None` inside
/// where that is `UNDEF`, outside where the block has not one row.
type Block<'a> = (&'a Variable, Option<Option<&'a GroundTerm>>);

fn block(pattern: &GraphPattern) -> Option<Block<'_>> {
    let GraphPattern::Values {
        variables,
        bindings,
    } = pattern
    else {
        return None;
    };
    let [variable] = variables.as_slice() else {
        return None;
    };
    let only = match bindings.as_slice() {
        [row] => row.first().map(Option::as_ref),
        _ => None,
    };
    Some((variable, only))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{Literal, NamedNode};
    use spargebra::SparqlParser;

    const TEXT: &str = "SELECT ?a {
  VALUES ?year { UNDEF } VALUES ?lang { \"sv\" }
  ?a ?b ?c . FILTER NOT EXISTS { VALUES ?year { UNDEF } ?a ?d ?year }
  { SELECT ?a { VALUES ?lang { \"sv\" } OPTIONAL { ?a ?e ?lang } } }
} GROUP BY ?a HAVING(EXISTS { VALUES ?year { UNDEF } }) ORDER BY ?a";

    fn parsed(text: &str) -> Query {
        SparqlParser::new().parse_query(text).unwrap()
    }

    #[test]
    fn what_is_run_and_what_is_shown_are_the_same_query() {
        let hostile = "x\" } } DROP ALL # \\ ' å";
        let given = BTreeMap::from([
            ("year".to_owned(), vec![Literal::from(2026).into()]),
            (
                "lang".to_owned(),
                vec![
                    Literal::new_simple_literal(hostile).into(),
                    NamedNode::new("http://a/").unwrap().into(),
                ],
            ),
        ]);
        let bound = with_values(&parsed(TEXT), &given);
        let text = text_with_values(TEXT, &given);
        assert_eq!(parsed(&text), bound);
        assert_eq!(text.matches("2026").count(), 3, "{text}");
        assert_eq!(with_values(&parsed(TEXT), &BTreeMap::new()), parsed(TEXT));
    }

    #[test]
    fn a_default_is_what_stands_in_the_block() {
        let Query::Select { pattern, .. } = parsed(TEXT) else {
            panic!("it is a SELECT");
        };
        let sv = Literal::new_simple_literal("sv").into();
        let expected = [("lang".to_owned(), Some(sv)), ("year".to_owned(), None)];
        assert_eq!(defaults(&pattern), BTreeMap::from(expected));
        assert_eq!(projected(&pattern), ["a"]);
    }
}
