//! The queries: each asks for more than anybody can give, in a way of its own.
//!
//! They were written by reading the engine: its parser (which tries some alternatives again from
//! the start), its planner (whose work grows faster than the query), its evaluator (which looks
//! at a deadline only where it reads a triple, and keeps whole sides of a join) and its writers.

use std::fmt::Write;

/// A query, and how it is sent.
pub(super) struct Hostile {
    /// What it attacks.
    pub(super) name: &'static str,
    /// Its text.
    pub(super) query: String,
    /// The format that is asked for.
    pub(super) accept: &'static str,
    /// The graphs that the protocol names as the default one.
    pub(super) graphs: Vec<String>,
    /// What it is said to be.
    pub(super) is: Is,
}

/// Whether a text is a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// It is, and must not be taken for none.
    Query,
    /// It is none, and must not be answered.
    None,
    /// One may see it either way.
    Either,
}

const JSON: &str = "application/sparql-results+json";
const TURTLE: &str = "text/turtle";

/// A graph of the data.
const GRAPH: &str = "http://localhost:8080/plan/vasterbotten-2026/stated";

/// The longest text that is still let in, about.
const LONG: usize = 60_000;

/// More text than is let in.
const TOO_LONG: usize = 100_000;

/// How many brackets may be open at once, about.
const DEEP: usize = 90;

/// Any step along a triple.
const STEP: &str = "!<urn:x:none>";

/// Every combination of so many triples.
fn triples(many: usize) -> String {
    (0..many).fold(String::new(), |mut text, i| {
        let _ = write!(text, "?s{i} ?p{i} ?o{i} . ");
        text
    })
}

/// Every number of so many digits, without a look at the data.
fn digits(many: usize) -> String {
    (0..many).fold(String::new(), |mut text, i| {
        let _ = write!(text, "VALUES ?d{i} {{ 0 1 2 3 4 5 6 7 8 9 }} ");
        text
    })
}

/// The digits of [`digits`] as arguments.
fn arguments(many: usize) -> String {
    let each: Vec<_> = (0..many).map(|i| format!("STR(?d{i})")).collect();
    each.join(", ")
}

/// Binds `?b{many}` by wrapping `?b0` so many times; `@` stands for the one before.
fn chain(first: &str, step: &str, many: usize) -> String {
    (0..many).fold(format!("BIND({first} AS ?b0) "), |mut text, i| {
        let step = step.replace('@', &format!("?b{i}"));
        let _ = write!(text, "BIND({step} AS ?b{}) ", i + 1);
        text
    })
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// Repeats a text with the numbers from 0 in place of `#`, to a length.
fn numbered(part: &str, length: usize) -> String {
    let mut text = String::new();
    for i in 0usize.. {
        if text.len() >= length {
            break;
        }
        text += &part.replace('#', &i.to_string());
    }
    text
}

fn rows(name: &'static str, query: impl Into<String>) -> Hostile {
    Hostile {
        name,
        query: query.into(),
        accept: JSON,
        graphs: Vec::new(),
        is: Is::Query,
    }
}

fn graph(name: &'static str, query: impl Into<String>) -> Hostile {
    Hostile {
        accept: TURTLE,
        ..rows(name, query)
    }
}

fn written(name: &'static str, accept: &'static str, query: impl Into<String>) -> Hostile {
    Hostile {
        accept,
        ..rows(name, query)
    }
}

fn no_query(name: &'static str, query: impl Into<String>) -> Hostile {
    Hostile {
        is: Is::None,
        ..rows(name, query)
    }
}

/// All of them.
pub(super) fn all() -> Vec<Hostile> {
    [
        products(),
        joins(),
        texts(),
        hashes(),
        minted(),
        regexes(),
        paths(),
        sorted(),
        grouped(),
        forms(),
        formats(),
        datasets(),
        long(),
        never_closed(),
        nested_well(),
        reread(),
        planning(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn products() -> Vec<Hostile> {
    let never = "FILTER(CONCAT(STR(?o0), STR(?s1), STR(?o2)) = \"never\")";
    vec![
        rows(
            "product of three, never true",
            format!("SELECT * {{ {} {never} }}", triples(3)),
        ),
        rows(
            "product of four, counted",
            format!("SELECT (COUNT(*) AS ?n) {{ {} }}", triples(4)),
        ),
        rows(
            "product of six in a sub-select",
            format!(
                "SELECT ?s0 {{ {{ SELECT ?s0 {{ {} {never} }} }} }}",
                triples(6)
            ),
        ),
        rows(
            "product in EXISTS",
            format!("ASK {{ FILTER EXISTS {{ {} {never} }} }}", triples(4)),
        ),
        rows(
            "product in NOT EXISTS, for each row",
            format!(
                "SELECT * {{ ?a ?b ?c FILTER NOT EXISTS {{ {} {never} FILTER(?a != ?s0) }} }}",
                triples(3)
            ),
        ),
        rows(
            "product in OPTIONAL",
            format!(
                "SELECT * {{ ?a ?b ?c OPTIONAL {{ {} {never} }} }}",
                triples(3)
            ),
        ),
        rows(
            "product in each of OPTIONALs",
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } OPTIONAL { ?j ?k ?l } }",
        ),
        rows(
            "product within LIMIT 0 and ORDER BY",
            format!("SELECT * {{ {} }} ORDER BY ?o0 ?o1 LIMIT 0", triples(3)),
        ),
        rows(
            "product beyond an OFFSET",
            format!("SELECT * {{ {} }} OFFSET 1000000000", triples(4)),
        ),
        rows(
            "product that ASK never finds",
            format!("ASK {{ {} {never} }}", triples(5)),
        ),
        rows(
            "product of named graphs",
            "SELECT * { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?t ?q ?r } GRAPH ?i { ?u ?v ?w } FILTER(STRLEN(CONCAT(STR(?g), STR(?h), STR(?i))) = 1) }",
        ),
        rows(
            "product of the names of graphs",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} }}",
                numbered("GRAPH ?g# {} ", 200)
            ),
        ),
        rows(
            "product of VALUES",
            format!("SELECT (COUNT(*) AS ?n) {{ {} }}", digits(12)),
        ),
        rows(
            "product of UNIONs without a triple",
            format!("SELECT * {{ {} }}", "{ {} UNION {} } ".repeat(40)),
        ),
        rows(
            "product of UNIONs that bind",
            format!(
                "SELECT DISTINCT * {{ {} }}",
                numbered("{ BIND(1 AS ?v#) } UNION { BIND(2 AS ?v#) } ", 1800)
            ),
        ),
        rows(
            "LATERAL product",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c LATERAL {{ {} }} LATERAL {{ SELECT * {{ ?d ?e ?f }} }} }}",
                triples(2)
            ),
        ),
    ]
}

fn joins() -> Vec<Hostile> {
    vec![
        rows(
            "MINUS without a shared variable",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} MINUS {{ ?x ?y ?z . ?u ?v ?w }} }}",
                triples(3)
            ),
        ),
        rows(
            "MINUS of a product",
            format!(
                "SELECT * {{ ?s0 ?y ?z MINUS {{ {} FILTER(?o0 != ?o1) }} }}",
                triples(3)
            ),
        ),
        rows(
            "MINUS with a variable that may be unbound",
            "SELECT * { { ?s ?p ?o OPTIONAL { ?o ?q ?x } } MINUS { ?t ?r ?v OPTIONAL { ?v ?w ?x . ?x ?y ?z } { ?e ?f ?g } } }",
        ),
        rows(
            "VALUES with UNDEF against a join by hash",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ VALUES (?a ?b) {{ {} }} VALUES (?b ?c) {{ {} }} VALUES (?c ?a) {{ {} }} VALUES (?a ?e) {{ {} }} }}",
                numbered("(UNDEF #) ", 8_000),
                numbered("(UNDEF #) ", 8_000),
                numbered("(UNDEF #) ", 8_000),
                numbered("(UNDEF #) ", 8_000),
            ),
        ),
        rows(
            "huge VALUES against itself",
            format!(
                "SELECT * {{ VALUES ?a {{ {0} }} VALUES ?b {{ {0} }} VALUES ?c {{ {0} }} FILTER(?a + ?b + ?c = -1) }}",
                numbered("# ", 18_000)
            ),
        ),
        rows(
            "join on a variable that everything has",
            "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h . ?i ?p ?j }",
        ),
        rows(
            "nested OPTIONALs of products",
            nested_optional(12, "?s ?p ?o"),
        ),
        rows("EXISTS in EXISTS, for each row of each", nested_exists(8)),
        rows(
            "200 variables in each row",
            format!(
                "SELECT * {{ {} {} }}",
                triples(2),
                numbered("VALUES ?v# { 1 2 } ", 3_800)
            ),
        ),
    ]
}

fn nested_optional(depth: usize, inner: &str) -> String {
    let mut text = String::from("SELECT * { ?s ?p ?o ");
    for i in 0..depth {
        let _ = write!(text, "OPTIONAL {{ ?s{i} ?p{i} ?o . ?s ?q{i} ?r{i} ");
    }
    format!("{text} . {inner} {}}}", "}".repeat(depth))
}

fn nested_exists(depth: usize) -> String {
    let mut text = String::from("SELECT * { ?s ?p ?o ");
    for i in 0..depth {
        let _ = write!(text, "FILTER NOT EXISTS {{ ?s{i} ?p{i} ?o{i} ");
    }
    format!("{text} FILTER(?s = ?p) {}}}", "}".repeat(depth))
}

fn texts() -> Vec<Hostile> {
    let doubled = |many| chain("\"0123456789\"", "CONCAT(@, @)", many);
    vec![
        rows(
            "text doubled to a gigabyte",
            format!("SELECT (STRLEN(?b27) AS ?n) {{ {} }}", doubled(27)),
        ),
        rows(
            "text doubled without end",
            format!("SELECT (STRLEN(?b200) AS ?n) {{ {} }}", doubled(200)),
        ),
        rows(
            "text squared by REPLACE",
            format!(
                "SELECT (STRLEN(?b6) AS ?n) {{ {} }}",
                chain("\"aaaaaaaaaa\"", "REPLACE(@, \"a\", @)", 6)
            ),
        ),
        rows(
            "text put between all letters",
            format!(
                "SELECT (STRLEN(?b8) AS ?n) {{ {} }}",
                chain("\"aaaaaaaaaaaaaaaa\"", "REPLACE(@, \"\", @)", 8)
            ),
        ),
        rows(
            "text escaped over and over",
            format!(
                "SELECT (STRLEN(?b40) AS ?n) {{ {} }}",
                chain("\"%%%%\"", "ENCODE_FOR_URI(REPLACE(@, \"2\", \"%%\"))", 40)
            ),
        ),
        rows(
            "text in capitals, longer and longer",
            format!(
                "SELECT (SUM(STRLEN(UCASE(CONCAT(?b20, STR(?d0))))) AS ?n) {{ {} {} }}",
                chain("\"ŉΐΰ\"", "CONCAT(@, @)", 20),
                digits(6)
            ),
        ),
        rows(
            "GROUP_CONCAT of a product",
            format!(
                "SELECT (STRLEN(GROUP_CONCAT(?o0)) AS ?n) {{ {} }}",
                triples(3)
            ),
        ),
        rows(
            "GROUP_CONCAT with a long separator",
            format!(
                "SELECT (GROUP_CONCAT(STR(?d0); SEPARATOR=\"{}\") AS ?t) {{ {} }}",
                "x".repeat(40_000),
                digits(6)
            ),
        ),
    ]
}

fn hashes() -> Vec<Hostile> {
    let doubled = |many| chain("\"0123456789\"", "CONCAT(@, @)", many);
    let combined = arguments(8);
    let numbers = digits(8);
    vec![
        rows(
            "SHA512 of a long text, for each row",
            format!(
                "SELECT ?d0 {{ {} {} FILTER(SHA512(CONCAT(?b22, STR(?d0))) = \"\") }}",
                doubled(22),
                digits(6)
            ),
        ),
        rows(
            "MD5 of every number",
            format!("SELECT * {{ {numbers} FILTER(MD5(CONCAT({combined})) = \"\") }}"),
        ),
        rows(
            "CONTAINS in a long text, for each row",
            format!(
                "SELECT * {{ {} {} FILTER(CONTAINS(?b20, CONCAT(STR(?d0), STR(?d1), \"x\"))) }}",
                doubled(20),
                digits(7)
            ),
        ),
        rows(
            "SUBSTR through a long text",
            format!(
                "SELECT * {{ {} {} FILTER(SUBSTR(?b21, STRLEN(?b21) - ?d0 - ?d1, 2) = \"zz\") }}",
                doubled(21),
                digits(7)
            ),
        ),
        rows(
            "a long text in each of many rows",
            format!(
                "SELECT DISTINCT ?x {{ {} {} BIND(CONCAT(?b18, STR(?d0), STR(?d1), STR(?d2)) AS ?x) }}",
                doubled(18),
                digits(3)
            ),
        ),
    ]
}

fn minted() -> Vec<Hostile> {
    let combined = arguments(8);
    let numbers = digits(8);
    vec![
        rows(
            "new IRIs without end",
            format!(
                "SELECT DISTINCT ?x {{ {numbers} BIND(IRI(CONCAT(\"http://x/\", {combined})) AS ?x) }}"
            ),
        ),
        rows(
            "new literals without end",
            format!(
                "SELECT DISTINCT ?x {{ {numbers} BIND(STRDT(CONCAT({combined}), IRI(CONCAT(\"http://x/\", {combined}))) AS ?x) }}"
            ),
        ),
        rows(
            "new blank nodes without end",
            format!("SELECT DISTINCT ?x {{ {numbers} BIND(BNODE() AS ?x) }}"),
        ),
        rows(
            "UUIDs until two are the same",
            format!("SELECT ?x {{ {numbers} BIND(UUID() AS ?x) FILTER(?x = UUID()) }}"),
        ),
        rows(
            "RAND until it is 2",
            format!("ASK {{ {} FILTER(RAND() + ?d0 + ?d11 = 99) }}", digits(12)),
        ),
        rows(
            "dates read from texts",
            format!(
                "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT * {{ {numbers} FILTER(xsd:dateTime(CONCAT(\"2\", STR(?d0), STR(?d1), STR(?d2), \"-01-01T00:00:0\", STR(?d3), \".\", {combined}, \"Z\")) < xsd:dateTime(\"0001-01-01T00:00:00Z\")) }}"
            ),
        ),
        rows(
            "decimals that grow",
            format!(
                "SELECT (SUM(?b60) AS ?n) {{ {} {} }}",
                digits(8),
                chain(
                    "1.000000001 + ?d0",
                    "@ * 1.000000000000001 / 0.999999999",
                    60
                )
            ),
        ),
        rows(
            "a property of text in nobody's namespace",
            format!(
                "SELECT * {{ {} ?s0 <http://jena.apache.org/text#query> \"x\" FILTER(<http://x/f>(?o1)) }}",
                triples(3)
            ),
        ),
    ]
}

fn regexes() -> Vec<Hostile> {
    let long = |many| chain("\"aaaaaaaaaa\"", "CONCAT(@, @)", many);
    vec![
        rows(
            "REGEX with repetitions of repetitions",
            format!(
                "SELECT * {{ {} FILTER(REGEX(STR(?o0), \"((a{{1000}}){{1000}}){{1000}}\")) }}",
                triples(3)
            ),
        ),
        rows(
            "REGEX that other engines track back in",
            format!(
                "SELECT * {{ {} {} FILTER(REGEX(CONCAT(?b17, STR(?d0)), \"^(a+)+(a|aa)+(.*a){{9}}$\")) }}",
                long(17),
                digits(6)
            ),
        ),
        rows(
            "REGEX built anew for each row",
            format!(
                "SELECT * {{ {} FILTER(REGEX(\"x\", CONCAT(\"(\\\\p{{L}}{{1,4}}\", {}, \"){{7}}\"))) }}",
                digits(6),
                arguments(6)
            ),
        ),
        rows(
            "REGEX of all letters in either case",
            format!(
                "SELECT * {{ {} FILTER(REGEX(STR(?o0), CONCAT(\"[\\\\p{{L}}\\\\p{{N}}]{{1,4}}\", STR(?d0), STR(?d1), STR(?d2)), \"i\")) }}",
                digits(4) + &triples(1)
            ),
        ),
        rows(
            "REPLACE that looks to the end from each letter",
            format!(
                "SELECT (STRLEN(REPLACE(?b21, \".*b|a\", \"c\")) AS ?n) {{ {} }}",
                long(21)
            ),
        ),
        rows(
            "REPLACE with a REGEX for each row",
            format!(
                "SELECT (COUNT(?x) AS ?n) {{ {} BIND(REPLACE(STR(?o0), CONCAT(\"(?i)\\\\w{{1,5\", STR(?d0), \"}}\", STR(?d1)), \"$0$0$0$0\") AS ?x) }}",
                digits(5) + &triples(1)
            ),
        ),
        rows(
            "REPLACE that repeats what it finds",
            format!(
                "SELECT (STRLEN(?b30) AS ?n) {{ {} }}",
                chain("\"aaaaaaaaaa\"", "REPLACE(@, \"(a+)\", \"$1$1$1$1\")", 30)
            ),
        ),
        rows(
            "REGEX of a pattern that is a text of a megabyte",
            format!(
                "SELECT * {{ {} {} FILTER(REGEX(STR(?d0), CONCAT(?b17, STR(?d1)))) }}",
                long(17),
                digits(6)
            ),
        ),
    ]
}

fn paths() -> Vec<Hostile> {
    let any = format!("({STEP}|^{STEP})");
    let count = |path: &str| format!("SELECT (COUNT(*) AS ?n) {{ ?a {path} ?b }}");
    vec![
        rows("any path between any two", count(&format!("({STEP})*"))),
        rows("any path there and back", count(&format!("{any}*"))),
        rows(
            "any of three alternatives, both ends free",
            count("(<urn:x:a>|^<urn:x:b>|!(<urn:x:a>|^<urn:x:c>))*"),
        ),
        rows(
            "paths of paths of paths",
            count(&nested("(", &any, ")*", 20)),
        ),
        rows(
            "one or more of one or more",
            count(&nested("(", &format!("{any}/{any}"), ")+", 30)),
        ),
        rows(
            "a path that may end at each of 60 steps",
            count(&vec![format!("({any})?"); 60].join("/")),
        ),
        rows(
            "80 steps there and back",
            count(&vec![format!("{STEP}/^{STEP}"); 80].join("/")),
        ),
        rows(
            "a star of sequences",
            count(&format!("({})*", vec![any.as_str(); 60].join("/"))),
        ),
        rows(
            "paths times paths",
            format!("SELECT (COUNT(*) AS ?n) {{ ?a {any}* ?b . ?c {any}* ?d . ?b {any}+ ?d }}"),
        ),
        rows(
            "a path in any graph",
            format!(
                "SELECT * {{ GRAPH ?g {{ ?a ({any}/{any})* ?b . ?b {any}* ?c }} FILTER(STRLEN(STR(?b)) = 1) }}"
            ),
        ),
        rows(
            "a path in EXISTS, for each pair",
            format!(
                "SELECT * {{ {} FILTER NOT EXISTS {{ ?s0 ({any}/{any}/{any})* ?o1 }} FILTER NOT EXISTS {{ ?s1 {any}* ?o0 }} }}",
                triples(2)
            ),
        ),
        rows(
            "alternatives by the hundred",
            count(&format!(
                "({})*",
                (0..150)
                    .map(|i| format!("<urn:x:{i}>"))
                    .chain([any.clone()])
                    .collect::<Vec<_>>()
                    .join("|")
            )),
        ),
    ]
}

fn sorted() -> Vec<Hostile> {
    vec![
        rows(
            "ORDER BY over a product",
            format!("SELECT * {{ {} }} ORDER BY ?o0 DESC(?o1)", triples(2)),
        ),
        rows(
            "ORDER BY an expression that costs",
            format!(
                "SELECT * {{ {} }} ORDER BY SHA512(CONCAT({})) DESC(REPLACE(STR(?d0), \"(.)\", \"$1\"))",
                digits(5),
                arguments(5)
            ),
        ),
        rows(
            "ORDER BY what changes while it is sorted",
            format!("SELECT * {{ {} }} ORDER BY RAND() DESC(UUID())", digits(5)),
        ),
        rows(
            "ORDER BY what is never equal to itself",
            format!(
                "SELECT * {{ {} }} ORDER BY IF(?d0 < 5, 0/0e0, IF(?d1 < 5, ?d0, STR(?d1)))",
                digits(5)
            ),
        ),
        rows(
            "ORDER BY a hundred keys that are equal",
            format!(
                "SELECT * {{ {} }} ORDER BY {}",
                digits(5),
                "STRLEN(CONCAT(STR(?d0), \"x\")) ".repeat(100)
            ),
        ),
    ]
}

fn grouped() -> Vec<Hostile> {
    let everything = "?s0 ?p0 ?o0 ?s1 ?p1 ?o1 ?s2 ?p2 ?o2";
    vec![
        rows(
            "DISTINCT wide rows",
            format!("SELECT DISTINCT * {{ {} }}", triples(3)),
        ),
        rows(
            "GROUP BY everything",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} }} GROUP BY {everything}",
                triples(3)
            ),
        ),
        rows(
            "GROUP BY new text",
            format!(
                "SELECT ?k (COUNT(*) AS ?n) {{ {} }} GROUP BY (CONCAT({}) AS ?k)",
                digits(8),
                arguments(8)
            ),
        ),
        rows(
            "HAVING with EXISTS",
            format!(
                "SELECT ?s0 ?o1 (COUNT(*) AS ?n) {{ {} }} GROUP BY ?s0 ?o1 HAVING(EXISTS {{ ?x ?y ?o1 . ?z ?w ?s0 . ?k ?l ?m FILTER(?m = 1) }})",
                triples(2)
            ),
        ),
        rows(
            "COUNT of what is distinct",
            format!(
                "SELECT (COUNT(DISTINCT *) AS ?n) (COUNT(DISTINCT ?o0) AS ?m) {{ {} }}",
                triples(3)
            ),
        ),
        rows(
            "a hundred aggregates at once",
            format!(
                "SELECT {} {{ {} }}",
                numbered("(GROUP_CONCAT(DISTINCT CONCAT(?x, \"#\")) AS ?a#) ", 5_000),
                digits(7) + "BIND(CONCAT(STR(?d0), STR(?d1), STR(?d2), STR(?d3), STR(?d4)) AS ?x)"
            ),
        ),
        rows(
            "MIN and SAMPLE of long texts",
            format!(
                "SELECT ?d0 (MIN(CONCAT(?b16, STR(?d1), STR(?d2), STR(?d3))) AS ?m) (SAMPLE(CONCAT(?b16, STR(?d4))) AS ?k) {{ {} {} }} GROUP BY ?d0 ?d1 ?d2 ?d3",
                digits(6),
                chain("\"0123456789\"", "CONCAT(@, @)", 16)
            ),
        ),
        rows(
            "aggregates of aggregates of a product",
            format!(
                "SELECT (SUM(?n) AS ?m) {{ {{ SELECT ?o0 (COUNT(*) AS ?n) {{ {} }} GROUP BY ?o0 }} {{ SELECT ?o1 (COUNT(*) AS ?k) {{ {} }} GROUP BY ?o1 }} }}",
                triples(3),
                triples(3)
            ),
        ),
        no_query(
            "an aggregate in an aggregate",
            format!(
                "SELECT (SUM(COUNT(?o0)) AS ?n) (1 AS ?x) (2 AS ?x) {{ {} }}",
                triples(3)
            ),
        ),
    ]
}

fn forms() -> Vec<Hostile> {
    vec![
        graph(
            "DESCRIBE everything, by a product",
            format!("DESCRIBE * {{ {} }}", triples(3)),
        ),
        graph(
            "DESCRIBE what a path finds",
            "DESCRIBE ?a ?b { ?a (!<urn:x:none>|^!<urn:x:none>)* ?b }",
        ),
        graph(
            "CONSTRUCT with a large template",
            format!(
                "CONSTRUCT {{ {} }} WHERE {{ {} }}",
                numbered("?s0 <urn:x:#> ?o1 . ?s1 <urn:x:#> ?o0 . ", 20_000),
                triples(2)
            ),
        ),
        graph(
            "CONSTRUCT blank nodes for each row",
            format!(
                "CONSTRUCT {{ [] ?p0 [ ?p1 [ ?p0 ( ?o0 ?o1 [] ) ] ] }} WHERE {{ {} }}",
                triples(2)
            ),
        ),
        graph(
            "CONSTRUCT WHERE",
            format!("CONSTRUCT WHERE {{ {} }}", triples(3)),
        ),
        graph(
            "CONSTRUCT the same triple over and over",
            format!(
                "CONSTRUCT {{ <urn:x:a> <urn:x:b> <urn:x:c> }} WHERE {{ {} }}",
                digits(12)
            ),
        ),
        graph(
            "CONSTRUCT nothing from a product",
            format!(
                "CONSTRUCT {{ ?nothing ?p0 ?o0 }} WHERE {{ {} }}",
                triples(4)
            ),
        ),
    ]
}

fn formats() -> Vec<Hostile> {
    let wide = format!("SELECT * {{ {} }}", triples(3));
    let made = format!(
        "CONSTRUCT {{ ?s0 ?p1 ?o0 . ?s1 ?p0 ?o1 }} WHERE {{ {} }}",
        triples(2)
    );
    let long = format!(
        "SELECT ?x {{ {} {} BIND(CONCAT(?b16, STR(?d0)) AS ?x) }}",
        chain("\"<&\\\"'>\\n\\\\\"", "CONCAT(@, @)", 16),
        digits(6)
    );
    vec![
        written("gigabytes of JSON", JSON, wide.as_str()),
        written(
            "gigabytes of XML",
            "application/sparql-results+xml",
            wide.as_str(),
        ),
        written("gigabytes of CSV", "text/csv", wide.as_str()),
        written(
            "gigabytes of TSV",
            "text/tab-separated-values",
            wide.as_str(),
        ),
        written("gigabytes of a page", "text/html", wide.as_str()),
        written("long texts to escape in JSON", JSON, long.as_str()),
        written(
            "long texts to escape in XML",
            "application/sparql-results+xml",
            long.as_str(),
        ),
        written("long texts on a page", "text/html", long.as_str()),
        written("gigabytes of Turtle", TURTLE, made.as_str()),
        written("gigabytes of JSON-LD", "application/ld+json", made.as_str()),
        written("gigabytes of RDF/XML", "application/rdf+xml", made.as_str()),
        written("a graph on a page", "text/html", made.as_str()),
        written("rows as a graph", TURTLE, wide.as_str()),
    ]
}

fn datasets() -> Vec<Hostile> {
    let many = |many: usize| -> Vec<String> {
        (0..many)
            .map(|i| format!("http://localhost:8080/graph/{i}"))
            .chain([GRAPH.to_owned()])
            .collect()
    };
    let product = format!("SELECT (COUNT(*) AS ?n) {{ {} }}", triples(4));
    vec![
        Hostile {
            graphs: many(200),
            ..rows("200 graphs by parameter", product.as_str())
        },
        Hostile {
            graphs: vec![GRAPH.to_owned(); 5_000],
            ..rows("one graph 5000 times over, merged", "ASK {}")
        },
        rows(
            "FROM 200 graphs",
            format!(
                "SELECT (COUNT(*) AS ?n) {} FROM <{GRAPH}> {{ {} }}",
                numbered("FROM <urn:x:#> ", 3_000),
                triples(4)
            ),
        ),
        rows(
            "FROM one graph, thousands of times",
            format!("BASE <{GRAPH}> ASK {} {{}}", "FROM<>".repeat(5_000)),
        ),
        rows(
            "FROM NAMED thousands of graphs",
            format!(
                "SELECT (COUNT(*) AS ?n) {} FROM NAMED <{GRAPH}> {{ GRAPH ?g {{ ?s ?p ?o . ?o ?q ?r }} GRAPH ?h {{ ?a ?b ?c . ?c ?d ?e }} }}",
                numbered("FROM NAMED <u:#> ", 50_000)
            ),
        ),
    ]
}

fn long() -> Vec<Hostile> {
    let letters = "x".repeat(TOO_LONG);
    let of = |start: &str, part: &str, end: &str, length: usize| {
        format!("{start}{}{end}", numbered(part, length))
    };
    vec![
        rows("a long IRI", format!("ASK {{ <urn:{letters}> ?p ?o }}")),
        rows("a long text", format!("ASK {{ ?s ?p \"{letters}\" }}")),
        rows(
            "a long variable",
            format!("SELECT * {{ ?s ?p ?{letters} }}"),
        ),
        rows(
            "many UNIONs",
            of("SELECT * {", "{ ?s ?p # } UNION ", "{} }", TOO_LONG),
        ),
        rows(
            "many ORs",
            of("ASK { ?s ?p ?o FILTER(", "?o = # || ", "false) }", TOO_LONG),
        ),
        rows(
            "many rows of VALUES",
            of("ASK { VALUES (?a ?b) {", "(# \"#\") ", "} }", TOO_LONG),
        ),
        rows(
            "a long list after IN",
            of("ASK { ?s ?p ?o FILTER(?o IN (", "#, ", "0)) }", TOO_LONG),
        ),
        rows(
            "many prefixes",
            of("", "PREFIX p#: <urn:x:#> ", "ASK {}", TOO_LONG),
        ),
        no_query("comments only", of("", "# ?\n", "", TOO_LONG)),
        no_query("white space only", " \n".repeat(LONG / 2)),
        no_query("one long word", "x".repeat(LONG)),
        no_query("quotation marks only", "\"".repeat(LONG)),
        no_query("escapes only", "\\u0041".repeat(LONG / 6)),
        no_query("numbers only", "1 ".repeat(15_000)),
        no_query(
            "a mistake at the end of a long query",
            of("ASK { ?s ?p ?o FILTER(", "?o=#||", "oops) }", LONG - 100),
        ),
        no_query(
            "a mistake in every line",
            of("SELECT ", "(# AS ?x#\n", "", LONG / 2),
        ),
    ]
}

fn never_closed() -> Vec<Hostile> {
    vec![
        no_query(
            "open brackets",
            format!("ASK {{ FILTER{}", "(".repeat(50_000)),
        ),
        no_query("open braces", format!("ASK {}", "{".repeat(50_000))),
        no_query(
            "open square brackets",
            format!("ASK {{ {}", "[".repeat(50_000)),
        ),
        no_query(
            "open property lists",
            format!("ASK {{ {}", "[ <urn:x:p> ".repeat(80)),
        ),
        no_query(
            "exclamation marks",
            format!("ASK {{ FILTER({}1) }}", "!".repeat(16_000)),
        ),
        no_query(
            "minus signs",
            format!("ASK {{ FILTER({}1) }}", "- ".repeat(16_000)),
        ),
        no_query(
            "carets",
            format!("ASK {{ ?s {}<urn:x:p> ?o }}", "^".repeat(16_000)),
        ),
        no_query(
            "exclamation marks in a path",
            format!("ASK {{ ?s {}<urn:x:p> ?o }}", "!".repeat(16_000)),
        ),
        no_query(
            "triples in triples",
            format!("ASK {{ {}", "<< ".repeat(8_000)),
        ),
        no_query(
            "terms in terms",
            format!("ASK {{ ?s ?p {}", "<<( ?s ?p ".repeat(80)),
        ),
    ]
}

fn nested_well() -> Vec<Hostile> {
    let if_ = nested("IF(?a, ", "?a", ", ?a)", DEEP);
    vec![
        rows(
            "brackets in brackets",
            format!(
                "ASK {{ ?a ?b ?c FILTER({}) }}",
                nested("(", "?a", ")", DEEP)
            ),
        ),
        rows(
            "groups in groups",
            format!("ASK {}", nested("{", "?s ?p ?o", "}", DEEP)),
        ),
        rows(
            "sub-selects in sub-selects",
            format!(
                "SELECT * {{ {} }}",
                nested("{ SELECT * { ", &triples(3), " } }", DEEP / 2)
            ),
        ),
        rows("OPTIONAL 45 deep", nested_optional(45, "")),
        rows(
            "OPTIONAL 45 deep around what cannot be looped over",
            nested_optional(
                45,
                "MINUS { ?s ?x ?y } { SELECT ?s (COUNT(*) AS ?n) { ?s ?z ?w } GROUP BY ?s }",
            ),
        ),
        rows("EXISTS 80 deep", nested_exists(80)),
        rows(
            "IF in IF",
            format!(
                "SELECT ({if_} AS ?x) {{ VALUES ?a {{ true }} {} }}",
                digits(9)
            ),
        ),
        rows(
            "inverses of inverses",
            format!("ASK {{ ?s {} ?o }}", nested("^(", "<urn:x:p>", ")", DEEP)),
        ),
        rows(
            "lists in lists",
            format!("ASK {{ {} ?p ?o }}", nested("( ", "1", " )", DEEP)),
        ),
        rows(
            "property lists in property lists",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} }}",
                nested("[ ?p ", "?o", " ]", DEEP)
            ),
        ),
        rows(
            "UNIONs in UNIONs",
            format!(
                "SELECT * {}",
                nested("{ {} UNION ", "{ ?s ?p ?o }", " }", DEEP)
            ),
        ),
        rows(
            "MINUS in MINUS",
            format!(
                "SELECT * {}",
                nested("{ ?a ?b ?c MINUS ", "{ ?a ?d ?e }", " }", DEEP)
            ),
        ),
        rows("LATERAL in LATERAL", {
            let mut text = String::from("SELECT * { ?s ?p ?o ");
            for i in 0..DEEP {
                let _ = write!(text, "LATERAL {{ ?s{i} ?p{i} ?o{i} ");
            }
            format!("{text}{}}}", "}".repeat(DEEP))
        }),
    ]
}

/// Where the parser tries one alternative, then the next, from the start, each level doubles
/// the work of the one within.
pub(super) fn reread() -> Vec<Hostile> {
    let filter = |expression: &str| format!("ASK {{ FILTER({expression}) }}");
    vec![
        rows("not not not", filter(&nested("!(", "true", ")", 80))),
        rows(
            "SUBSTR of SUBSTR",
            filter(&nested("SUBSTR(", "\"x\"", ", 1)", 80)),
        ),
        rows(
            "REGEX of REGEX",
            filter(&nested("REGEX(", "\"x\"", ", \"x\")", 80)),
        ),
        rows(
            "REPLACE of REPLACE",
            filter(&nested("REPLACE(", "\"x\"", ", \"x\", \"x\")", 80)),
        ),
        Hostile {
            is: Is::Either,
            ..rows(
                "GROUP_CONCAT of GROUP_CONCAT",
                format!(
                    "SELECT ({} AS ?x) {{}}",
                    nested("GROUP_CONCAT(", "\"x\"", ")", 80)
                ),
            )
        },
        no_query(
            "functions of functions that do not end",
            filter(&"<urn:x:f>(".repeat(90)),
        ),
        rows(
            "GROUP BY functions of functions",
            format!(
                "SELECT (1 AS ?n) {{}} GROUP BY {}",
                nested("<urn:x:f>(", "1", ")", 90)
            ),
        ),
    ]
}

/// What is planned grows faster than what is asked.
fn planning() -> Vec<Hostile> {
    vec![
        rows(
            "OPTIONAL after OPTIONAL",
            format!(
                "SELECT * {{ ?s ?p ?o {} }}",
                numbered("OPTIONAL{BIND(#AS?v#)}", 35_000)
            ),
        ),
        rows(
            "OPTIONAL after OPTIONAL that share a variable",
            format!(
                "SELECT * {{ ?s ?p ?o {} }}",
                numbered("OPTIONAL{VALUES(?s?v#){(1 2)}}", 34_000)
            ),
        ),
        rows(
            "BIND after BIND",
            format!("SELECT * {{ {} }}", numbered("BIND(#+1 AS?v#)", 30_000)),
        ),
        rows(
            "MINUS after MINUS",
            format!(
                "SELECT * {{ ?s ?p ?o {} }}",
                numbered("MINUS{BIND(#AS?v#)}", 35_000)
            ),
        ),
        rows(
            "FILTER after FILTER, each an EXISTS",
            format!(
                "SELECT * {{ ?s ?p ?o {} }}",
                numbered("FILTER EXISTS{VALUES?v#{1}}", 50_000)
            ),
        ),
        rows(
            "VALUES joined by the thousand",
            format!("SELECT * {{ {} }}", numbered("VALUES?v{# 1}", 35_000)),
        ),
        rows(
            "sums by the thousand",
            format!(
                "SELECT ({}0 AS ?x) {{ {} }}",
                "?d0+".repeat(7_000),
                digits(9)
            ),
        ),
        rows(
            "IN a list of thousands, for each row",
            format!(
                "SELECT * {{ {} FILTER(CONCAT(STR(?o0),STR(?o1)) IN ({}0)) }}",
                triples(2),
                numbered("#,", 30_000)
            ),
        ),
        rows(
            "200 triples of one shape",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} }}",
                numbered("?s ?p# ?o# . ", 2_350)
            ),
        ),
        rows(
            "sub-selects by the hundred",
            format!(
                "SELECT * {{ {} }}",
                numbered("{ SELECT ?s ?v# { ?s ?p ?v# } } ", 6_000)
            ),
        ),
        rows(
            "UNIONs by the thousand, of a join",
            format!(
                "SELECT * {{ {} {{}} ?a ?b ?c FILTER(?v0 != ?c) }}",
                numbered("{BIND(#AS?v#)}UNION", 40_000)
            ),
        ),
        rows(
            "columns by the thousand",
            format!(
                "SELECT {} {{ {} }}",
                numbered("(1AS?v#)", 22_000),
                digits(9)
            ),
        ),
    ]
}
