//! Answers compared with those of Oxigraph's own store, on data and queries made at random.

use oxigraph::sparql::{QueryResults as TheirResults, SparqlEvaluator};
use oxigraph::store::Store;
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};
use proptest::prelude::*;
use spargebra::SparqlParser;

use super::*;
use crate::sparql::canonical::renamed;

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{name}"))
}

fn object() -> impl Strategy<Value = Term> {
    prop_oneof![
        4 => "[abcd]".prop_map(|name| node(&name).into()),
        1 => (0..4i32).prop_map(|number| Literal::from(number).into()),
        1 => "[xyX]{1,2}".prop_map(|text| Literal::new_simple_literal(text).into()),
        1 => "[xy]".prop_map(|text| {
            Literal::new_language_tagged_literal_unchecked(text, "sv").into()
        }),
    ]
}

fn quad() -> impl Strategy<Value = Quad> {
    let graph = prop_oneof![
        3 => Just(GraphName::DefaultGraph),
        2 => "[gh]".prop_map(|name| GraphName::from(node(&name))),
    ];
    ("[abcd]", "[pqr]", object(), graph)
        .prop_map(|(s, p, o, g)| Quad::new(node(&s), node(&p), o, g))
}

fn variable() -> impl Strategy<Value = String> {
    "[vwxyz]".prop_map(|name| format!("?{name}"))
}

fn triple() -> impl Strategy<Value = String> {
    let subject = prop_oneof![
        5 => variable(),
        1 => "[abcd]".prop_map(|name| format!(":{name}")),
        1 => Just("_:b".to_owned()),
    ];
    let predicate = prop_oneof![6 => "[pqr]".prop_map(|name| format!(":{name}")), 1 => variable()];
    let object = prop_oneof![
        5 => variable(),
        2 => "[abcd]".prop_map(|name| format!(":{name}")),
        1 => Just("1".to_owned()),
    ];
    (subject, predicate, object).prop_map(|(s, p, o)| format!("{s} {p} {o} ."))
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => variable(),
        2 => "[abcd]".prop_map(|name| format!(":{name}")),
        1 => (0..4u8).prop_map(|number| number.to_string()),
        1 => Just("\"x\"".to_owned()),
        1 => variable().prop_map(|name| format!("({name} + 1)")),
        1 => variable().prop_map(|name| format!("LCASE(STR({name}))")),
        1 => (variable(), variable()).prop_map(|(a, b)| format!("COALESCE({a} + 0, {b})")),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    let simple = prop_oneof![
        (value(), prop_oneof!["=", "!=", "<", ">="], value())
            .prop_map(|(a, sign, b)| format!("{a} {sign} {b}")),
        variable().prop_map(|name| format!("BOUND({name})")),
        (variable(), any::<bool>()).prop_map(|(name, not)| {
            format!("{name} {}IN (:a, :b)", if not { "NOT " } else { "" })
        }),
        (
            variable(),
            "[xX]",
            prop_oneof!["CONTAINS", "STRSTARTS", "STRENDS"]
        )
            .prop_map(|(name, text, test)| format!("{test}(LCASE(STR({name})), \"{text}\")")),
        (variable(), "[xX]").prop_map(|(name, text)| format!("CONTAINS({name}, \"{text}\")")),
        (variable(), variable()).prop_map(|(a, b)| format!("sameTerm({a}, {b})")),
        variable().prop_map(|name| format!("isIRI({name})")),
        variable().prop_map(|name| format!("REGEX(STR({name}), \"^.*x\", \"i\")")),
    ];
    simple.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("!({one})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) && ({b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a}) || ({b})")),
        ]
    })
}

fn pattern() -> impl Strategy<Value = String> {
    let triples = prop::collection::vec(triple(), 1..4).prop_map(|triples| {
        // A blank node belongs to one group of triples only.
        let text = triples.join(" ");
        text.replace("_:b", &format!("_:b{}", text.len()))
    });
    let path = (variable(), "[pq]", "[*+?]", variable())
        .prop_map(|(s, p, how, o)| format!("{s} :{p}{how} {o} ."));
    let values = prop::collection::vec(
        (
            prop_oneof![3 => "[abcd]".prop_map(|name| format!(":{name}")), 1 => Just("UNDEF".to_owned())],
            prop_oneof![3 => "[abcd]".prop_map(|name| format!(":{name}")), 1 => Just("UNDEF".to_owned())],
        ),
        1..3,
    )
    .prop_map(|rows| {
        let rows: Vec<_> = rows.iter().map(|(a, b)| format!("({a} {b})")).collect();
        format!("VALUES (?v ?w) {{ {} }}", rows.join(" "))
    });
    let leaf = prop_oneof![6 => triples, 1 => values, 1 => path];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let sub = (inner.clone(), any::<bool>()).prop_map(|(inner, distinct)| {
            let distinct = if distinct { "DISTINCT " } else { "" };
            format!("{{ SELECT {distinct}?v ?w {{ {inner} }} }}")
        });
        let counted = (inner.clone(), any::<bool>(), any::<bool>()).prop_map(|(inner, distinct, all)| {
            let what = if all { "*".to_owned() } else { format!("{}?x", if distinct { "DISTINCT " } else { "" }) };
            format!("{{ SELECT ?v (COUNT({what}) AS ?z) {{ {inner} }} GROUP BY ?v }}")
        });
        prop_oneof![
            3 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} {b}")),
            3 => (inner.clone(), inner.clone(), prop::option::of(condition())).prop_map(|(a, b, test)| {
                let test = test.map(|test| format!("FILTER({test})")).unwrap_or_default();
                format!("{a} OPTIONAL {{ {b} {test} }}")
            }),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }}")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} MINUS {{ {b} }}")),
            4 => (inner.clone(), condition()).prop_map(|(a, test)| format!("{{ {a} FILTER({test}) }}")),
            2 => (inner.clone(), inner.clone(), any::<bool>(), prop::option::of(condition())).prop_map(|(a, b, not, test)| {
                let not = if not { "NOT " } else { "" };
                let test = test.map(|test| format!("FILTER({test})")).unwrap_or_default();
                format!("{{ {a} FILTER {not}EXISTS {{ {b} {test} }} }}")
            }),
            1 => (inner.clone(), value()).prop_map(|(a, value)| format!("{{ {a} BIND({value} AS ?new) }}")),
            2 => (inner.clone(), prop_oneof![Just(":g".to_owned()), Just("?x".to_owned()), Just("?graph".to_owned())])
                .prop_map(|(a, name)| format!("GRAPH {name} {{ {a} }}")),
            1 => sub,
            1 => counted,
        ]
    })
}

fn query() -> impl Strategy<Value = String> {
    (pattern(), 0..9u8).prop_map(|(pattern, form)| {
        let form = match form {
            0 => format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}"),
            1 => {
                format!("SELECT ?v ?w (COUNT(?x) AS ?n) {{ {pattern} }} GROUP BY ?v ?w ORDER BY ?v")
            }
            2 => format!("SELECT DISTINCT ?v ?x {{ {pattern} }}"),
            3 => format!("ASK {{ {pattern} }}"),
            4 => format!("SELECT DISTINCT ?v ?w {{ {pattern} }} ORDER BY DESC(?w) (STR(?v))"),
            5 => format!("SELECT ?v {{ {pattern} }} ORDER BY ?v ?x"),
            6 => format!("SELECT REDUCED ?v ?x {{ {pattern} }} ORDER BY ?v"),
            _ => format!("SELECT * {{ {pattern} }}"),
        };
        format!("PREFIX : <http://e/> {form}")
    })
}

/// Answers as texts that are the same when they are, whatever their order.
fn sorted(rows: impl Iterator<Item = Vec<(String, String)>>) -> Vec<Vec<(String, String)>> {
    let mut rows: Vec<_> = rows
        .map(|mut row| {
            row.sort();
            row
        })
        .collect();
    rows.sort();
    rows
}

fn cells<'a>(
    solution: impl IntoIterator<Item = (&'a Variable, &'a Term)>,
) -> Vec<(String, String)> {
    solution
        .into_iter()
        .map(|(name, term)| (name.to_string(), term.to_string()))
        .collect()
}

fn ours(index: &Index, query: &Query) -> Vec<Vec<(String, String)>> {
    let token = CancellationToken::new();
    let results = evaluate(
        index,
        renamed(query.clone()),
        Graphs::default(),
        Limits::default(),
        &token,
    );
    match results.unwrap() {
        QueryResults::Solutions(solutions) => {
            sorted(solutions.map(|solution| cells(&solution.unwrap())))
        }
        QueryResults::Boolean(truth) => vec![vec![(truth.to_string(), String::new())]],
        QueryResults::Graph(_) => unreachable!(),
    }
}

fn theirs(store: &Store, query: &Query) -> Vec<Vec<(String, String)>> {
    let mut query = query.clone();
    // Without it the evaluator lets EXISTS see what it should not.
    local::rename(pattern_of(&mut query));
    let prepared = SparqlEvaluator::new().for_query(query);
    match prepared.on_store(store).execute().unwrap() {
        TheirResults::Solutions(solutions) => {
            sorted(solutions.map(|solution| cells(&solution.unwrap())))
        }
        TheirResults::Boolean(truth) => vec![vec![(truth.to_string(), String::new())]],
        TheirResults::Graph(_) => unreachable!(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn answers_are_those_of_oxigraphs_store(
        quads in prop::collection::vec(quad(), 0..40),
        text in query(),
    ) {
        // What is no query, as a BIND to a name that is taken, is of no interest.
        let Ok(query) = SparqlParser::new().parse_query(&text) else {
            return Ok(());
        };
        let index = Index::build(quads.clone()).unwrap();
        let store = Store::new().unwrap();
        store.extend(quads).unwrap();
        prop_assert_eq!(ours(&index, &query), theirs(&store, &query), "{}", text);
    }
}

/// More for whoever wants to be surer: `SAMPLAN_CASES=100000 cargo test --release`.
fn cases() -> u32 {
    let more = std::env::var("SAMPLAN_CASES").ok();
    more.and_then(|more| more.parse().ok()).unwrap_or(3000)
}

/// A small graph in which paths lead to several places.
fn paths() -> Index {
    let edge = |from: u8, to: u8, name: &str| {
        let end = node(&format!("n{to}"));
        Quad::new(
            node(&format!("n{from}")),
            node(name),
            end,
            GraphName::DefaultGraph,
        )
    };
    let edges = (0..12).flat_map(|from| {
        let next = [(from + 1) % 12, (from * 5 + 2) % 12];
        next.map(|to| [edge(from, to, "p"), edge(to, from, "q")])
    });
    Index::build(edges.flatten()).unwrap()
}

/// The rows of an answer, as they come.
fn rows(index: &Index, text: &str) -> Vec<Vec<(String, String)>> {
    let query = SparqlParser::new().parse_query(text).unwrap();
    let token = CancellationToken::new();
    let results = evaluate(
        index,
        renamed(query),
        Graphs::default(),
        Limits::default(),
        &token,
    )
    .unwrap();
    let QueryResults::Solutions(solutions) = results else {
        unreachable!()
    };
    solutions
        .map(|solution| cells(&solution.unwrap()))
        .collect()
}

/// One validator stands for every way of writing a query, so the bytes must be the same too.
#[test]
fn rows_come_in_the_same_order_however_a_query_is_written() {
    let index = paths();
    for text in [
        "SELECT ?x { { ?x :p+ [] } UNION { [] :p+ ?x } } LIMIT 3",
        "SELECT (GROUP_CONCAT(STR(?x)) AS ?all) { { ?x :p+ [] } UNION { [] :p+ ?x } }",
        "SELECT ?x ?y { { ?x :p+/:q ?y } UNION { ?x :q/:p+ ?y } UNION { ?y :p* ?h . ?h :q ?x } }",
        "SELECT ?x { { ?x :p+ ?h } UNION { ?h :p+ ?x } } LIMIT 3",
        "SELECT ?x (COUNT(*) AS ?n) { { ?x :p+ ?h } UNION { ?h :q+ ?x } } GROUP BY ?x",
    ] {
        let text = format!("PREFIX : <http://e/> {text}");
        let first = rows(&index, &text);
        assert!(!first.is_empty());
        for name in ["?a", "?zz", "?b0", "?h1", "?other"] {
            // The parser makes names up anew each time.
            assert_eq!(rows(&index, &text.replace("?h", name)), first, "{text}");
        }
    }
}

#[test]
fn exists_in_a_group_in_a_graph_looks_into_that_graph() {
    let quad = |s: &str, p: &str, o: &str, g: &str| {
        Quad::new(node(s), node(p), node(o), GraphName::from(node(g)))
    };
    let quads = [
        quad("a", "p", "b", "g"),
        quad("a", "q", "c", "g"),
        quad("c", "r", "d", "h"),
    ];
    let index = Index::build(quads).unwrap();
    let text = "PREFIX : <http://e/> SELECT ?s { GRAPH ?g { ?s :p ?y { ?s :q ?t FILTER EXISTS { ?t :r ?x } } } }";
    assert_eq!(rows(&index, text), Vec::<Vec<_>>::new());
}

#[test]
fn solutions_that_differ_in_a_blank_node_do_not_differ() {
    let quad = |o: &str| Quad::new(node("a"), node("p"), node(o), GraphName::DefaultGraph);
    let index = Index::build([quad("b"), quad("c")]).unwrap();
    let count = |pattern: &str| {
        let text = format!("SELECT (COUNT(DISTINCT *) AS ?n) {{ {pattern} }}");
        let (_, value) = rows(&index, &text).remove(0).remove(0);
        value.split('"').nth(1).map(str::to_owned)
    };
    assert_eq!(count("?s ?p []").as_deref(), Some("1"));
    assert_eq!(count("?s ?p ?o").as_deref(), Some("2"));
}
