//! Whether two answers say the same.

use std::collections::HashMap;

use oxrdf::vocab::xsd;
use oxrdf::{BlankNode, Graph, Literal, NamedNode, Term, Triple};
use oxsdatatypes::{Boolean, Date, DateTime, Decimal, Double, Float, Integer};
use samplan::rdf::canonical::canonical_ntriples;

use super::value::{Row, Table, Value};

/// What counts when rows are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Which rows there are, and how often.
    Multiset,
    /// Their order too: the query has `ORDER BY`, or the expected rows are numbered.
    Sequence,
    /// Which rows there are, each at least once and at most as often as expected: `REDUCED`
    /// may leave out any copies (SPARQL 1.1 Query, section 18.2.5.4).
    Reduced,
}

/// Says in what an answer differs from what is expected.
pub(super) fn differ(expected: &Value, got: &Value, rule: Rule) -> Result<(), String> {
    match (expected, got) {
        (Value::Truth(expected), Value::Truth(got)) if expected == got => Ok(()),
        (Value::Truth(expected), Value::Truth(got)) => Err(format!("{got}, not {expected}")),
        (Value::Graph(expected), Value::Graph(got)) => {
            let (expected, got) = (valued(expected), valued(got));
            let same = isomorphic(&expected, &got).then_some(());
            same.ok_or_else(|| apart(triples_of(&expected), triples_of(&got)))
        }
        (Value::Table(expected), Value::Table(got)) => tables(expected, got, rule),
        _ => Err("an answer of another kind".to_owned()),
    }
}

fn tables(expected: &Table, got: &Table, rule: Rule) -> Result<(), String> {
    if expected.variables != got.variables {
        let (got, expected) = (&got.variables, &expected.variables);
        return Err(format!("columns {got:?}, not {expected:?}"));
    }
    let rule = if expected.numbered {
        Rule::Sequence
    } else {
        rule
    };
    if rule == Rule::Reduced {
        let most = counts(&expected.rows);
        for (row, times) in counts(&got.rows) {
            if most.get(&row).is_none_or(|most| times > *most) {
                return Err(format!("{times} times {row:?}"));
            }
        }
    }
    let same = isomorphic(&described(expected, rule), &described(got, rule)).then_some(());
    same.ok_or_else(|| apart(rows_of(expected), rows_of(got)))
}

/// A table as a graph, a node for each different row: rows are the same up to the names of
/// blank nodes exactly if the graphs are, and of graphs there is a canonical form.
fn described(table: &Table, rule: Rule) -> Graph {
    let property = |name: &str| NamedNode::new_unchecked(format!("urn:row:{name}"));
    let mut graph = Graph::new();
    let mut add = |row: &Row, how: &str, number: usize| {
        let node = BlankNode::default();
        for (name, value) in row {
            let column = property(&format!("column:{name}"));
            graph.insert(&Triple::new(node.clone(), column, value.clone()));
        }
        let number = Literal::from(number.to_string());
        graph.insert(&Triple::new(node, property(how), number));
    };
    if rule == Rule::Sequence {
        for (place, row) in table.rows.iter().enumerate() {
            add(&by_value(row), "place", place);
        }
        return graph;
    }
    for (row, times) in counts(&table.rows) {
        let times = if rule == Rule::Reduced { 1 } else { times };
        add(&row.into_iter().collect(), "times", times);
    }
    graph
}

/// The different rows, and how often each is there.
fn counts(rows: &[Row]) -> HashMap<Vec<(String, Term)>, usize> {
    let mut counts = HashMap::new();
    for row in rows {
        let row = by_value(row).into_iter().collect();
        *counts.entry(row).or_insert(0) += 1;
    }
    counts
}

fn by_value(row: &Row) -> Row {
    let values = row.iter();
    values
        .map(|(name, value)| (name.clone(), value_of(value)))
        .collect()
}

fn valued(graph: &Graph) -> Graph {
    graph
        .iter()
        .map(|triple| {
            let triple = triple.into_owned();
            Triple::new(triple.subject, triple.predicate, value_of(&triple.object))
        })
        .collect()
}

/// A literal in its canonical form, so that two forms of one value are the same.
///
/// The engine keeps the values of these datatypes, not how they are written: `01` and `1`, or
/// `1.0` and `1.00`, are one number to it, as they are to SPARQL's operators. Values that it
/// computes come out canonical, where some of the expected are not. What a query can see of
/// that is left out by name, not passed over here. Language tags are the same in any case (RDF 1.1 Concepts, section 3.3).
fn value_of(term: &Term) -> Term {
    let Term::Literal(literal) = term else {
        return term.clone();
    };
    if let Some(language) = literal.language() {
        let language = language.to_ascii_lowercase();
        return Literal::new_language_tagged_literal_unchecked(literal.value(), language).into();
    }
    let datatype = literal.datatype();
    let value = literal.value();
    let canonical = match datatype {
        xsd::INTEGER => value.parse().map(|value: Integer| value.to_string()).ok(),
        xsd::DECIMAL => value.parse().map(|value: Decimal| value.to_string()).ok(),
        xsd::FLOAT => value.parse().map(|value: Float| value.to_string()).ok(),
        xsd::DOUBLE => value.parse().map(|value: Double| value.to_string()).ok(),
        xsd::BOOLEAN => value.parse().map(|value: Boolean| value.to_string()).ok(),
        xsd::DATE_TIME => value.parse().map(|value: DateTime| value.to_string()).ok(),
        xsd::DATE => value.parse().map(|value: Date| value.to_string()).ok(),
        _ => None,
    };
    match canonical {
        Some(canonical) => Literal::new_typed_literal(canonical, datatype.into_owned()).into(),
        None => term.clone(),
    }
}

fn isomorphic(left: &Graph, right: &Graph) -> bool {
    canonical_ntriples(left) == canonical_ntriples(right)
}

/// What only one of two answers has, for people to read: without the names of blank nodes,
/// which differ anyway.
fn apart(expected: Vec<String>, got: Vec<String>) -> String {
    let mut missing = Vec::new();
    let mut beyond = got;
    for line in expected {
        match beyond.iter().position(|other| *other == line) {
            Some(found) => drop(beyond.swap_remove(found)),
            None => missing.push(line),
        }
    }
    if missing.is_empty() && beyond.is_empty() {
        return "the order or the blank nodes differ".to_owned();
    }
    format!("missing {missing:?}, too much {beyond:?}")
}

fn readable(term: &Term) -> String {
    match term {
        Term::BlankNode(_) => "[]".to_owned(),
        term => term.to_string(),
    }
}

fn rows_of(table: &Table) -> Vec<String> {
    let row = |row: &Row| {
        let bound = row.iter();
        let bound = bound.map(|(name, value)| format!("{name}={}", readable(&value_of(value))));
        bound.collect::<Vec<_>>().join(" ")
    };
    table.rows.iter().map(row).collect()
}

fn triples_of(graph: &Graph) -> Vec<String> {
    let triple = |triple: oxrdf::TripleRef<'_>| {
        let subject = readable(&triple.subject.into_owned().into());
        let object = readable(&triple.object.into_owned());
        format!("{subject} {} {object}", triple.predicate)
    };
    graph.iter().map(triple).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[(&str, Term)]]) -> Table {
        let row = |row: &&[(&str, Term)]| {
            let bound = row.iter();
            bound
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect()
        };
        Table {
            variables: vec!["a".to_owned(), "b".to_owned()],
            rows: rows.iter().map(row).collect(),
            numbered: false,
        }
    }

    fn same(left: &[&[(&str, Term)]], right: &[&[(&str, Term)]], rule: Rule) -> bool {
        tables(&table(left), &table(right), rule).is_ok()
    }

    fn node(name: &str) -> Term {
        BlankNode::new(name).unwrap().into()
    }

    fn number(value: &str) -> Term {
        Literal::new_typed_literal(value, xsd::INTEGER).into()
    }

    #[test]
    fn rows_are_the_same_up_to_the_names_of_nodes() {
        let ab: &[_] = &[("a", node("x")), ("b", node("y"))];
        let aa: &[_] = &[("a", node("x")), ("b", node("x"))];
        let cd: &[_] = &[("a", node("y")), ("b", node("x"))];
        assert!(same(&[ab], &[cd], Rule::Multiset));
        assert!(!same(&[ab], &[aa], Rule::Multiset));
        assert!(same(&[ab, cd], &[cd, ab], Rule::Multiset));
        assert!(!same(&[ab, cd], &[ab, ab], Rule::Multiset));
    }

    #[test]
    fn which_values_stand_together_counts() {
        let row = |a, b| [("a", number(a)), ("b", number(b))];
        let (left, right) = (
            [row("1", "2"), row("3", "4")],
            [row("1", "4"), row("3", "2")],
        );
        let left: Vec<&[_]> = left.iter().map(<[_; 2]>::as_slice).collect();
        let right: Vec<&[_]> = right.iter().map(<[_; 2]>::as_slice).collect();
        assert!(!same(&left, &right, Rule::Multiset));
    }

    #[test]
    fn how_often_and_in_which_order_count_by_the_rule() {
        let (one, two): (&[_], &[_]) = (&[("a", number("1"))], &[("a", number("2"))]);
        assert!(!same(&[one, one], &[one], Rule::Multiset));
        assert!(same(&[one, two], &[two, one], Rule::Multiset));
        assert!(!same(&[one, two], &[two, one], Rule::Sequence));
        assert!(same(&[one, one], &[one], Rule::Reduced));
        assert!(!same(&[one], &[one, one], Rule::Reduced));
        assert!(!same(&[one, two], &[one], Rule::Reduced));
    }

    #[test]
    fn a_number_is_its_value_and_its_datatype() {
        let (one, also): (&[_], &[_]) = (&[("a", number("1"))], &[("a", number("01"))]);
        assert!(same(&[one], &[also], Rule::Multiset));
        let text: &[_] = &[("a", Literal::from("1").into())];
        let other: &[_] = &[("a", Literal::new_typed_literal("1", xsd::DECIMAL).into())];
        assert!(!same(&[one], &[text], Rule::Multiset));
        assert!(!same(&[one], &[other], Rule::Multiset));
    }
}
