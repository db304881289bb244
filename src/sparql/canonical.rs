//! A text for what a query asks: the same for every way of writing it.
//!
//! It is the algebra of the query, written out. White space, comments, prefixes and the case of
//! keywords are not in the algebra; names that nobody sees in the answer are replaced by the
//! order in which they come, for the parser makes up some of them at random.

use std::collections::HashMap;

use oxrdf::{BlankNode, Variable};
use spargebra::Query;
use spargebra::algebra::{
    AggregateExpression, AggregateFunction, Expression, Function, GraphPattern,
};
use spargebra::term::{TermPattern, TriplePattern};

use super::walk::{Part, own_variables, triple_variables, visit_parts};
use crate::vocab::xsd;

/// What a query asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// The text: two queries have the same only where they ask the same.
    pub text: String,
    /// Whether the same data always give the same answer: no chance, no clock, no blank nodes
    /// made up for the answer.
    pub deterministic: bool,
}

/// A query in which names are the order in which they come.
pub(super) struct Renamed {
    pub(super) query: Query,
    /// The columns of a table, each with what it is called in the query now.
    pub(super) columns: Vec<(Variable, Variable)>,
    deterministic: bool,
}

impl Renamed {
    /// What the query asks.
    pub(super) fn canonical(&self) -> Canonical {
        let Self {
            query,
            columns,
            deterministic,
        } = self;
        Canonical {
            // Derived `Debug` forms leave nothing out and quote every text.
            text: format!("{columns:?} {query:?}"),
            deterministic: *deterministic,
        }
    }
}

/// The same query for every way of writing it. The time it takes is linear; deep queries need a
/// deep stack.
///
/// The engine orders some of its work by names, so that answers come in the same order only
/// where these are the same.
pub(super) fn renamed(mut query: Query) -> Renamed {
    let columns = columns(&query);
    // The columns of a table are seen; where they cannot be told, no variable is renamed.
    let mut names = Names {
        keep_variables: columns.is_none(),
        ..Names::default()
    };
    let mut deterministic = true;
    if let Query::Construct { template, .. } = &mut query {
        deterministic = !template.iter().any(has_blank_node);
        names.rename_triples(template);
    }
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = &mut query;
    visit_parts(pattern, &mut |part| match part {
        Part::Pattern(pattern) => {
            deterministic &= !has_own_aggregate(pattern);
            names.rename_pattern(pattern);
        }
        Part::Expression(expression) => {
            deterministic &= !is_by_chance(expression);
            if let Expression::Variable(variable) | Expression::Bound(variable) = expression {
                names.rename(variable);
            }
        }
    });
    let columns = columns.into_iter().flatten().map(|column| {
        let name = names.variables.get(&column).unwrap_or(&column).clone();
        (column, name)
    });
    Renamed {
        columns: columns.collect(),
        query,
        deterministic,
    }
}

/// The names in the answer, in their order: the columns of a table, else none. `None` where
/// they cannot be told.
fn columns(query: &Query) -> Option<Vec<Variable>> {
    let Query::Select { pattern, .. } = query else {
        return Some(Vec::new());
    };
    let mut pattern = pattern;
    while let GraphPattern::Distinct { inner }
    | GraphPattern::Reduced { inner }
    | GraphPattern::Slice { inner, .. } = pattern
    {
        pattern = inner;
    }
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables.clone()),
        _ => None,
    }
}

fn has_blank_node(triple: &TriplePattern) -> bool {
    [&triple.subject, &triple.object]
        .into_iter()
        .any(|term| matches!(term, TermPattern::BlankNode(_)))
}

/// Whether a pattern aggregates by a function that SPARQL does not define.
fn has_own_aggregate(pattern: &GraphPattern) -> bool {
    let GraphPattern::Group { aggregates, .. } = pattern else {
        return false;
    };
    aggregates.iter().any(|(_, aggregate)| {
        matches!(
            aggregate,
            AggregateExpression::FunctionCall {
                name: AggregateFunction::Custom(_),
                ..
            }
        )
    })
}

/// Whether an expression can have another value the next time. Of the functions that have an
/// address only the casts are known not to.
fn is_by_chance(expression: &Expression) -> bool {
    let Expression::FunctionCall(function, _) = expression else {
        return false;
    };
    match function {
        Function::Rand | Function::Now | Function::Uuid | Function::StrUuid | Function::BNode => {
            true
        }
        Function::Custom(name) => !name.as_str().starts_with(xsd::NS),
        _ => false,
    }
}

/// New names, by the order in which the old ones come.
#[derive(Default)]
struct Names {
    keep_variables: bool,
    variables: HashMap<Variable, Variable>,
    blank_nodes: HashMap<BlankNode, BlankNode>,
}

impl Names {
    fn rename(&mut self, variable: &mut Variable) {
        if self.keep_variables {
            return;
        }
        let next = self.variables.len();
        let name = self
            .variables
            .entry(variable.clone())
            .or_insert_with(|| Variable::new_unchecked(next.to_string()));
        variable.clone_from(name);
    }

    fn rename_blank(&mut self, term: &mut TermPattern) {
        if let TermPattern::BlankNode(node) = term {
            let next = self.blank_nodes.len();
            let name = self.blank_nodes.entry(node.clone());
            // Not a hexadecimal number, which would be taken for a name made up.
            let name = name.or_insert_with(|| BlankNode::new_unchecked(format!("n{next}")));
            node.clone_from(name);
        }
    }

    fn rename_triples(&mut self, triples: &mut [TriplePattern]) {
        for triple in triples {
            triple_variables(triple, &mut |variable| self.rename(variable));
            self.rename_blank(&mut triple.subject);
            self.rename_blank(&mut triple.object);
        }
    }

    /// The names that stand in a pattern itself; those in its parts are seen to by themselves.
    fn rename_pattern(&mut self, pattern: &mut GraphPattern) {
        if let GraphPattern::Bgp { patterns } = pattern {
            self.rename_triples(patterns);
            return;
        }
        own_variables(pattern, &mut |variable| self.rename(variable));
        match pattern {
            GraphPattern::Path {
                subject, object, ..
            } => {
                self.rename_blank(subject);
                self.rename_blank(object);
            }
            // The order of what is passed on does not matter, and `*` has it by the alphabet.
            GraphPattern::Project { variables, .. } => variables.sort(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;
    use spargebra::SparqlParser;

    use super::*;
    use crate::sparql::{named, syntax};

    const LISTED: [&str; 12] = [
        "SELECT * WHERE { ?s ?p [ ?q ( 1 2.5 \"a\"@sv ) ] . [] a ?c ; !(^a|<p>)/<q>*/<r>? _:x . _:x <s> true }",
        "SELECT DISTINCT ?a (COUNT(DISTINCT ?b) AS ?n) (SUM(?c) + COUNT(*) AS ?m) { ?a <p> ?b ; <q> ?c } \
         GROUP BY ?a HAVING (MAX(?c) > 3) ORDER BY DESC(MIN(?c)) LIMIT 5 OFFSET 2",
        "SELECT (GROUP_CONCAT(?a ; SEPARATOR = \"#\") AS ?all) { ?a ?b ?c } GROUP BY (STR(?b)) ?c",
        "SELECT ?d { { SELECT ?d (AVG(?x) AS ?y) { ?d <p> ?x } GROUP BY ?d } FILTER(?y > 1 && ?y != 2) }",
        "CONSTRUCT { ?s <p> ?o . <x> ?s 'its' } WHERE { GRAPH ?g { ?s <p> ?o } MINUS { ?o ?s ?g } }",
        "DESCRIBE <a> ?b <c> WHERE { ?b a <d> BIND(<e> AS ?f) }",
        "ASK FROM <g> FROM NAMED <h> { VALUES (?a ?b) { (1 UNDEF) (\"x\"^^<t> <y>) } ?a ?b ?c }",
        "SELECT REDUCED ?a WHERE { { ?a <p> 1 } UNION { ?a <p> 2 } OPTIONAL { ?a <q> ?b FILTER(?b IN (1, 2)) } }",
        "ASK { ?a ?b ?c FILTER NOT EXISTS { ?a <p> [] } FILTER(IF(BOUND(?b), COALESCE(?a, ?c), !?c)) }",
        "SELECT ?deadbeefdeadbeefdeadbeefdeadbeef { ?deadbeefdeadbeefdeadbeefdeadbeef ?cafe _:b0 }",
        "SELECT * { ?s <p> ?o BIND(REGEX(STR(?o), \"^a.b$\", \"i\") AS ?r) BIND(-?o * 2 AS ?t) }",
        "SELECT ?s { ?s ?p ?o } ORDER BY RAND() ?s",
    ];

    fn parsed(text: &str) -> Option<Query> {
        let parser = SparqlParser::new().with_base_iri("http://e/").unwrap();
        parser.parse_query(text).ok()
    }

    fn of(query: &Query) -> Canonical {
        renamed(query.clone()).canonical()
    }

    fn canonical(text: &str) -> Canonical {
        of(&parsed(text).unwrap_or_else(|| panic!("{text}")))
    }

    #[track_caller]
    fn same(left: &str, right: &str) {
        assert_eq!(canonical(left), canonical(right), "{left}\n{right}");
    }

    #[track_caller]
    fn different(left: &str, right: &str) {
        let (left_text, right_text) = (canonical(left).text, canonical(right).text);
        assert_ne!(left_text, right_text, "{left}\n{right}");
    }

    fn texts() -> Vec<String> {
        let named = named::all().unwrap().iter().map(|query| query.text.clone());
        named.chain(LISTED.map(str::to_owned)).collect()
    }

    fn tokens(text: &str) -> Vec<&str> {
        syntax::tokens(text)
            .into_iter()
            .map(|(start, end)| &text[start..end])
            .collect()
    }

    /// Whether nothing may stand between two tokens, or not a comment.
    fn is_tight(left: &str, right: &str) -> bool {
        right.starts_with(['@', '^', '*', '+', '?'])
            || ["^^", "-", "+", "^", "["].contains(&left)
            || (left, right) == ("(", ")")
            // The parser takes nothing between these two.
            || left.eq_ignore_ascii_case("COALESCE")
    }

    fn is_keyword(token: &str) -> bool {
        token.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
            && !["a", "true", "false"].contains(&token)
    }

    /// The same query in other words, as `choices` say.
    fn written_otherwise(text: &str, choices: &[u8]) -> String {
        let mut choices = choices.iter().copied().cycle();
        let mut choice = move |of: u8| choices.next().unwrap_or_default() % of;
        let spans = syntax::tokens(text);
        let mut written = String::from(["", "# a query\n", " \t\r\n"][usize::from(choice(3))]);
        for (at, (start, end)) in spans.iter().enumerate() {
            let token = &text[*start..*end];
            match choice(3) {
                0 if is_keyword(token) => written.push_str(&token.to_ascii_uppercase()),
                1 if is_keyword(token) => written.push_str(&token.to_ascii_lowercase()),
                2 if token.starts_with('?') && token.len() > 1 => {
                    written.push('$');
                    written.push_str(&token[1..]);
                }
                _ => written.push_str(token),
            }
            let Some((next, next_end)) = spans.get(at + 1) else {
                continue;
            };
            let gap = &text[*end..*next];
            if is_tight(token, &text[*next..*next_end]) {
                written.push_str(if gap.is_empty() { "" } else { " \n" });
            } else if gap.is_empty() {
                written.push_str(["", " "][usize::from(choice(2))]);
            } else {
                written.push_str([" ", "\n\n", "\t# ?x } \"\n "][usize::from(choice(3))]);
            }
        }
        written
    }

    /// Whether two queries are the same token by token but for the names of variables that are
    /// no columns, and those can be put for each other.
    fn alike_but_for_names(left: &str, right: &str) -> bool {
        let seen = |text: &str| parsed(text).as_ref().and_then(columns).unwrap_or_default();
        let fixed: Vec<_> = seen(left).into_iter().map(Variable::into_string).collect();
        if seen(left) != seen(right) {
            return false;
        }
        let fixed = fixed.iter().map(|name| (name.as_str(), name.as_str()));
        let mut there: HashMap<_, _> = fixed.collect();
        let mut back = there.clone();
        let (left, right) = (tokens(left), tokens(right));
        let is_variable = |token: &str| token.len() > 1 && token.starts_with(['?', '$']);
        left.len() == right.len()
            && left.iter().zip(&right).all(|(a, b)| {
                if is_variable(a) && is_variable(b) {
                    *there.entry(&a[1..]).or_insert(&b[1..]) == &b[1..]
                        && *back.entry(&b[1..]).or_insert(&a[1..]) == &a[1..]
                } else {
                    a == b
                }
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn how_a_query_is_written_does_not_matter(
            text in prop::sample::select(texts()),
            choices in prop::collection::vec(any::<u8>(), 1..200),
        ) {
            let other = written_otherwise(&text, &choices);
            prop_assert!(parsed(&other).is_some(), "{}", other);
            prop_assert_eq!(canonical(&text), canonical(&other), "{}\n{}", text, other);
        }

        #[test]
        fn what_a_query_says_matters(
            text in prop::sample::select(texts()),
            at in any::<prop::sample::Index>(),
            from in any::<prop::sample::Index>(),
            kind in 0..4,
        ) {
            let mut changed = tokens(&text);
            let (at, from) = (at.index(changed.len()), from.index(changed.len()));
            match kind {
                0 => changed[at] = changed[from],
                1 => changed.swap(at, from),
                2 => {
                    changed.remove(at);
                }
                _ => changed.insert(at, changed[from]),
            }
            let changed = changed.join(" ").replace(" @", "@").replace("- ", "-");
            if let (Some(before), Some(after)) = (parsed(&text), parsed(&changed)) {
                let same = of(&before).text == of(&after).text;
                if alike_but_for_names(&text, &changed) {
                    prop_assert!(same, "{}\n{}", text, changed);
                } else if before == parsed(&text).unwrap() && after == parsed(&changed).unwrap() {
                    // Without made-up names the parser's own equality is the judge.
                    prop_assert_eq!(same, before == after, "{}\n{}", text, changed);
                }
            }
        }
    }

    #[test]
    fn prefixes_and_names_that_nobody_sees_do_not_matter() {
        same(
            "PREFIX a: <http://e/> PREFIX b: <http://unused/> ASK { ?x a a:b }",
            "PREFIX c: <http://e/> ASK { ?y a c:b }",
        );
        same("ASK { ?x a <b> }", "ASK { ?x a <http://e/b> }");
        same("ASK { [] <p> [] }", "ASK { _:one <p> _:two }");
        same("ASK { ?x <p>/<q> ?y }", "ASK { ?y <p> _:b . _:b <q> ?x }");
        same(
            "ASK { { SELECT * { ?x <p> ?y } } }",
            "ASK { { SELECT ?a ?b { ?b <p> ?a } } }",
        );
        same("SELECT ?a { ?a ?b ?c }", "SELECT ?a { ?a ?x ?y }");
        same(
            "SELECT ?a { ?a ?b 1 }",
            "SELECT ?a { ?a ?b '1'^^<http://www.w3.org/2001/XMLSchema#integer> }",
        );
        same("DESCRIBE <a>", "DESCRIBE ?x { BIND(<a> AS ?x) }");
    }

    #[test]
    fn whatever_the_answer_depends_on_matters() {
        for (left, right) in [
            ("SELECT ?a { ?a ?b ?c }", "SELECT ?b { ?b ?a ?c }"),
            ("SELECT ?a ?b { ?a ?b ?c }", "SELECT ?b ?a { ?a ?b ?c }"),
            ("SELECT ?a { ?a ?b ?c }", "SELECT ?a { ?a ?b ?b }"),
            ("ASK { _:a <p> _:a }", "ASK { _:a <p> _:b }"),
            ("ASK { _:a <p> _:a }", "ASK { ?a <p> ?a }"),
            ("SELECT ?a { ?a ?b 1 }", "SELECT ?a { ?a ?b 01 }"),
            ("SELECT ?a { ?a ?b 'x' }", "SELECT ?a { ?a ?b 'x'@sv }"),
            ("SELECT ?a { ?a ?b 'x' }", "SELECT ?a { ?a ?b 'x ' }"),
            ("SELECT ?a { ?a ?b 'x' }", "SELECT ?a { ?a ?b <x> }"),
            (
                "SELECT ?a { ?a ?b 'x\" y' }",
                "SELECT ?a { ?a ?b 'x\\\\\" y' }",
            ),
            ("BASE <http://f/> ASK { ?a a <b> }", "ASK { ?a a <b> }"),
            (
                "BASE <http://f/> ASK { FILTER(IRI(\"a\") = 1) }",
                "ASK { FILTER(IRI(\"a\") = 1) }",
            ),
            (
                "ASK FROM <g> { ?a ?b ?c }",
                "ASK FROM NAMED <g> { ?a ?b ?c }",
            ),
            ("ASK { ?a ?b ?c }", "SELECT * { ?a ?b ?c }"),
            ("SELECT ?a { ?a ?b ?c }", "SELECT DISTINCT ?a { ?a ?b ?c }"),
            ("SELECT ?a { ?a ?b ?c }", "SELECT ?a { ?a ?b ?c } LIMIT 1"),
            (
                "SELECT (SUM(?b) AS ?n) (MAX(?b) AS ?m) { ?a ?c ?b }",
                "SELECT (MAX(?b) AS ?n) (SUM(?b) AS ?m) { ?a ?c ?b }",
            ),
            (
                "SELECT (SUM(?b) AS ?n) { ?a ?c ?b }",
                "SELECT (SUM(DISTINCT ?b) AS ?n) { ?a ?c ?b }",
            ),
            (
                "SELECT (GROUP_CONCAT(?b) AS ?n) { ?a ?c ?b }",
                "SELECT (GROUP_CONCAT(?b; SEPARATOR=',') AS ?n) { ?a ?c ?b }",
            ),
            // Names that look as if made up are names all the same.
            ("SELECT ?0 { ?0 ?1 ?2 }", "SELECT ?1 { ?1 ?0 ?2 }"),
            (
                "SELECT ?deadbeefdeadbeefdeadbeefdeadbeef { ?deadbeefdeadbeefdeadbeefdeadbeef a ?b }",
                "SELECT ?cafebeefdeadbeefdeadbeefdeadbeef { ?cafebeefdeadbeefdeadbeefdeadbeef a ?b }",
            ),
        ] {
            different(left, right);
        }
    }

    #[test]
    fn the_text_is_the_same_in_every_process() {
        // Made-up names, the order of hash maps and addresses in memory would differ.
        let canonical = canonical("SELECT ?a (COUNT(*) AS ?n) { ?a <p>/<q> [] } GROUP BY ?a");
        insta::assert_snapshot!(canonical.text.replace("}, ", "},\n"));
    }

    #[test]
    fn chance_and_clock_are_found_wherever_they_stand() {
        for made in [
            "RAND()",
            "NOW()",
            "UUID()",
            "STRUUID()",
            "BNODE()",
            "BNODE('a')",
            "<own>(?a)",
        ] {
            for text in [
                format!("ASK {{ ?a ?b ?c FILTER({made} = 1) }}"),
                format!("ASK {{ ?a ?b ?c BIND(1 + STRLEN(STR({made})) AS ?d) }}"),
                format!("SELECT ({made} AS ?x) {{ ?a ?b ?c }}"),
                format!("SELECT * {{ ?a ?b ?c }} ORDER BY DESC({made})"),
                format!("SELECT * {{ ?a ?b ?c }} ORDER BY {made}"),
                format!("SELECT (MAX({made}) AS ?m) {{ ?a ?b ?c }}"),
                format!("SELECT ?a {{ ?a ?b ?c }} GROUP BY ?a HAVING ({made} = COUNT(?b))"),
                format!("SELECT ?a {{ ?a ?b ?c }} GROUP BY ?a ({made})"),
                format!("ASK {{ {{ SELECT ?a {{ ?a ?b ?c FILTER(?a IN (1, {made})) }} }} }}"),
                format!("ASK {{ FILTER NOT EXISTS {{ ?a ?b ?c FILTER(!({made})) }} }}"),
                format!("ASK {{ OPTIONAL {{ ?a ?b ?c FILTER(IF({made}, 1, 2)) }} }}"),
                format!(
                    "ASK {{ {{ ?a a <b> }} UNION {{ GRAPH ?g {{ ?a ?b ?c FILTER(COALESCE({made}) && 1) }} }} }}"
                ),
                format!(
                    "ASK {{ ?a ?b ?c MINUS {{ ?a ?b ?c FILTER(EXISTS {{ FILTER(-{made} < 1) }}) }} }}"
                ),
                format!("CONSTRUCT WHERE {{ ?a ?b ?c }} ORDER BY {made}"),
                format!("DESCRIBE ?a {{ ?a ?b ?c FILTER({made} = 1) }}"),
            ] {
                assert!(!canonical(&text).deterministic, "{text}");
            }
        }
        for text in [
            "CONSTRUCT { [] <p> ?s } { ?s ?p ?o }",
            "CONSTRUCT { ?s <p> _:a } { ?s ?p ?o }",
            "CONSTRUCT { ?s <p> (1) } { ?s ?p ?o }",
        ] {
            assert!(!canonical(text).deterministic, "{text}");
        }
        for text in texts().iter().filter(|text| !text.contains("RAND")) {
            assert!(canonical(text).deterministic, "{text}");
        }
        for text in [
            "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ASK { ?s ?p ?o FILTER(xsd:integer(?o) = 1) }",
            "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(isBlank(?o)) . [] <p> _:b }",
        ] {
            assert!(canonical(text).deterministic, "{text}");
        }
    }

    #[test]
    fn the_longest_query_takes_milliseconds() {
        let many = 8_000;
        let deep = format!("ASK {{ FILTER({}1) }}", "?a +".repeat(many));
        let wide = format!("ASK {{ FILTER(?a IN ({}1)) }}", "?b,".repeat(many));
        let rows = format!("ASK {{ VALUES ?x {{ {} }} }}", "\"a\" ".repeat(many));
        let work = move || {
            for text in [deep, wide, rows] {
                let query = parsed(&text).unwrap();
                let started = Instant::now();
                let canonical = of(&query);
                let took = started.elapsed();
                // A hundred times what it takes when optimised and alone.
                assert!(took < Duration::from_secs(1), "{took:?}");
                assert!(canonical.text.len() < 2 << 20, "{}", canonical.text.len());
                // Neither is dropped by recursion without end.
                std::mem::forget(query);
            }
        };
        let thread = std::thread::Builder::new().stack_size(1 << 30);
        thread.spawn(work).unwrap().join().unwrap();
    }
}
