//! SPARQL-based constraints (SHACL section 5).
//!
//! A query is evaluated once for all focus nodes. `$this` is not substituted but bound by a
//! triple that only the query sees, in each part that could tell the difference; where that
//! would not be the same, the query is refused.

use oxrdf::{Term, Variable};
use rustc_hash::{FxHashMap, FxHashSet};
use spareval::{QueryEvaluator, QueryResults};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{TermPattern, TriplePattern};
use spargebra::{Query, SparqlParser};

use super::data::Data;
use super::dataset::{BELOW, FOCUS, Focused, Node};
use super::path::Path;
use super::shapes::Messages;

/// A `sh:select` query with its messages.
#[derive(Clone)]
pub(super) struct Select {
    query: Query,
    text: String,
    pub(super) messages: Messages,
}

impl std::fmt::Debug for Select {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// A focus node, by its place among those asked about, with what a solution says of it.
pub(super) type Offence = (usize, Option<Term>);

impl Select {
    /// Reads a query. In a property shape `$PATH` stands for the path (section 5.3.1).
    pub(super) fn new(
        prologue: &str,
        query: &str,
        path: Option<&Path>,
        messages: Messages,
    ) -> Result<Self, String> {
        for unsupported in ["$shapesGraph", "$currentShape"] {
            if query.contains(unsupported) {
                return Err(format!(
                    "{unsupported} is not supported in SPARQL constraints"
                ));
            }
        }
        let query = match path {
            Some(Path::Predicate(predicate)) => query.replace("$PATH", &predicate.to_string()),
            _ if query.contains("$PATH") => {
                return Err("$PATH is supported only where sh:path is a property".to_owned());
            }
            _ => query.to_owned(),
        };
        let text = format!("{prologue}{query}");
        let mut query = SparqlParser::new()
            .parse_query(&text)
            .map_err(|error| format!("SELECT query: {error}\n{text}"))?;
        let Query::Select { pattern, .. } = &mut query else {
            return Err("a SPARQL constraint must be a SELECT query".to_owned());
        };
        bind_focus(pattern)?;
        once(pattern);
        Ok(Self {
            query,
            text,
            messages,
        })
    }

    /// The offending values for focus nodes, one a solution (section 5.3.2).
    pub(super) fn violations(
        &self,
        data: &Data<'_>,
        focus: &[Term],
    ) -> Result<Vec<Offence>, String> {
        if focus.is_empty() {
            return Ok(Vec::new());
        }
        let node = |node: &Term| Node::new(data, node.clone());
        let nodes: FxHashSet<_> = focus.iter().map(node).collect();
        let evaluator = QueryEvaluator::new();
        let dataset = Focused {
            data,
            nodes: &nodes,
        };
        let results = evaluator
            .prepare(&self.query)
            .execute(dataset)
            .map_err(|error| error.to_string())?;
        let QueryResults::Solutions(solutions) = results else {
            return Err("a SPARQL constraint must be a SELECT query".to_owned());
        };
        let places: FxHashMap<&Term, usize> = focus.iter().zip(0..).collect();
        let mut found = Vec::new();
        for solution in solutions {
            let solution = solution.map_err(|error| error.to_string())?;
            let this = solution.get("this");
            let place = this.and_then(|this| places.get(this)).copied();
            let place = place.ok_or("a solution is about no focus node")?;
            found.push((place, solution.get("value").cloned()));
        }
        // The order of solutions depends on what else is in the data.
        found.sort_by_cached_key(|(place, value)| (*place, value.as_ref().map(Term::to_string)));
        Ok(found)
    }
}

fn this() -> Variable {
    Variable::new_unchecked("this")
}

/// Binds `$this` to the focus nodes, as if the pattern were evaluated for one after the other.
fn bind_focus(pattern: &mut GraphPattern) -> Result<(), String> {
    use GraphPattern as P;
    match pattern {
        P::Bgp { .. } | P::Path { .. } => {
            join(pattern, FOCUS.into_owned(), FOCUS.into_owned(), this());
        }
        P::Join { left, right } => {
            bind_focus(left)?;
            // Triples alone are the same whether joined before or after.
            if !matches!(**right, P::Bgp { .. } | P::Path { .. }) {
                bind_focus(right)?;
            }
        }
        P::LeftJoin { left, right, .. } | P::Union { left, right } => {
            bind_focus(left)?;
            bind_focus(right)?;
        }
        P::Filter { expr, inner } => {
            bind_focus(inner)?;
            for part in below_focus(expr) {
                if describes(inner, &part) {
                    join(inner, this(), BELOW.into_owned(), part);
                }
            }
        }
        P::Extend {
            inner, variable, ..
        } if *variable != this() => bind_focus(inner)?,
        P::Distinct { inner } => bind_focus(inner)?,
        P::Project { inner, variables } if variables.contains(&this()) => bind_focus(inner)?,
        P::Project { .. } => return Err("every SELECT must give $this".to_owned()),
        other => return Err(format!("not supported in SPARQL constraints: {other}")),
    }
    Ok(())
}

/// Evaluates what must not exist once instead of for each solution, where that gives the same:
/// `FILTER NOT EXISTS` is `MINUS` where the two sides share a variable that is bound on both, and
/// nothing within the first depends on the solution but by such variables (SPARQL 1.1 Query,
/// section 8.3).
fn once(pattern: &mut GraphPattern) {
    use GraphPattern as P;
    match pattern {
        P::Filter { expr, inner } => {
            once(inner);
            let mut rest = Vec::new();
            for part in conjuncts(expr) {
                match absent_once(part, inner) {
                    Some(absent) => {
                        **inner = P::Minus {
                            left: Box::new(std::mem::take(&mut **inner)),
                            right: Box::new(absent),
                        };
                    }
                    None => rest.push(part.clone()),
                }
            }
            let rest = rest
                .into_iter()
                .reduce(|left, right| Expression::And(Box::new(left), Box::new(right)));
            match rest {
                Some(rest) => *expr = rest,
                None => *pattern = std::mem::take(&mut **inner),
            }
        }
        P::Join { left, right } | P::Union { left, right } => {
            once(left);
            once(right);
        }
        P::LeftJoin { left, .. } => once(left),
        P::Extend { inner, .. } | P::Distinct { inner } | P::Project { inner, .. } => once(inner),
        _ => {}
    }
}

/// The parts of an expression that all must hold.
fn conjuncts(expression: &Expression) -> Vec<&Expression> {
    match expression {
        Expression::And(left, right) => [conjuncts(left), conjuncts(right)].concat(),
        other => vec![other],
    }
}

/// The pattern that must not exist beside a solution of another, where it can be evaluated once.
fn absent_once(expression: &Expression, inner: &GraphPattern) -> Option<GraphPattern> {
    let Expression::Not(negated) = expression else {
        return None;
    };
    let Expression::Exists(absent) = &**negated else {
        return None;
    };
    let own = of_triples(absent)?;
    let outer = bound(inner);
    let mut seen = FxHashSet::default();
    inner.on_in_scope_variable(|variable| {
        seen.insert(variable.clone());
    });
    let shared = own.iter().any(|own| outer.contains(own));
    let certain = own
        .iter()
        .all(|own| !seen.contains(own) || outer.contains(own));
    (shared && certain).then(|| (**absent).clone())
}

/// The variables of a pattern that is nothing but triples, filtered by what stands in them.
fn of_triples(pattern: &GraphPattern) -> Option<FxHashSet<Variable>> {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => Some(bound(pattern)),
        GraphPattern::Join { left, right } => {
            let mut all = of_triples(left)?;
            all.extend(of_triples(right)?);
            Some(all)
        }
        GraphPattern::Filter { expr, inner } => {
            let own = of_triples(inner)?;
            depends_on(expr, &own).then_some(own)
        }
        _ => None,
    }
}

/// Whether an expression looks at no other variables than these, and at no pattern.
fn depends_on(expression: &Expression, own: &FxHashSet<Variable>) -> bool {
    let all = |parts: &[Expression]| parts.iter().all(|part| depends_on(part, own));
    match expression {
        Expression::NamedNode(_) | Expression::Literal(_) => true,
        Expression::Variable(variable) | Expression::Bound(variable) => own.contains(variable),
        Expression::Not(inner) => depends_on(inner, own),
        Expression::And(left, right)
        | Expression::Or(left, right)
        | Expression::Equal(left, right)
        | Expression::SameTerm(left, right) => depends_on(left, own) && depends_on(right, own),
        Expression::In(one, list) => depends_on(one, own) && all(list),
        Expression::FunctionCall(_, parts) => all(parts),
        _ => false,
    }
}

/// The variables that every solution of a pattern binds.
fn bound(pattern: &GraphPattern) -> FxHashSet<Variable> {
    use GraphPattern as P;
    let mut all = FxHashSet::default();
    match pattern {
        P::Bgp { .. } | P::Path { .. } => pattern.on_in_scope_variable(|variable| {
            all.insert(variable.clone());
        }),
        P::Join { left, right } => {
            all.extend(bound(left));
            all.extend(bound(right));
        }
        P::LeftJoin { left: inner, .. } | P::Minus { left: inner, .. } | P::Distinct { inner } => {
            all.extend(bound(inner));
        }
        P::Filter { inner, .. } => all.extend(bound(inner)),
        P::Extend {
            inner,
            variable,
            expression,
        } => {
            all.extend(bound(inner));
            // A copy of what is bound is bound.
            if matches!(expression, Expression::Variable(of) if all.contains(of)) {
                all.insert(variable.clone());
            }
        }
        _ => {}
    }
    all
}

fn join(
    pattern: &mut GraphPattern,
    subject: impl Into<TermPattern>,
    predicate: oxrdf::NamedNode,
    object: Variable,
) {
    let triple = TriplePattern {
        subject: subject.into(),
        predicate: predicate.into(),
        object: object.into(),
    };
    let rest = std::mem::take(pattern);
    *pattern = GraphPattern::Join {
        left: Box::new(GraphPattern::Bgp {
            patterns: vec![triple],
        }),
        right: Box::new(rest),
    };
}

/// The variables of which an expression demands that they begin with what `$this` is called:
/// these are soon found, where all triples would have to be looked at.
fn below_focus(expression: &Expression) -> Vec<Variable> {
    match expression {
        Expression::And(left, right) => [below_focus(left), below_focus(right)].concat(),
        Expression::If(left, right, or) if is_false(or) => {
            [below_focus(left), below_focus(right)].concat()
        }
        Expression::FunctionCall(Function::StrStarts, terms) => match terms.as_slice() {
            [text, Expression::FunctionCall(Function::Concat, parts)]
                if parts.first().and_then(stringified) == Some(&this()) =>
            {
                stringified(text).cloned().into_iter().collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn is_false(expression: &Expression) -> bool {
    matches!(expression, Expression::Literal(literal) if *literal == oxrdf::Literal::from(false))
}

/// The variable whose `STR` it is.
fn stringified(expression: &Expression) -> Option<&Variable> {
    match expression {
        Expression::FunctionCall(Function::Str, terms) => match terms.as_slice() {
            [Expression::Variable(variable)] => Some(variable),
            _ => None,
        },
        _ => None,
    }
}

/// Whether each solution has a triple whose subject is the variable.
fn describes(pattern: &GraphPattern, variable: &Variable) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().any(|triple| {
            matches!(&triple.subject, TermPattern::Variable(subject) if subject == variable)
        }),
        GraphPattern::Join { left, right } => {
            describes(left, variable) || describes(right, variable)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use oxrdf::{Dataset, Graph, GraphName, Quad};

    use super::*;
    use crate::rdf::{Base, parse};

    const DATA: &str = r#"@prefix : <http://example.org/> .
        :a :p :b , :c ; :q "1" .
        :b :p :b ; :r :a .
        <http://example.org/a/x> :q "2" . <http://example.org/a/y> a :T .
        _:n :p :a ; :q "3" . :c :s 1 , 01 , "1" ."#;

    fn graph() -> Graph {
        let (graph, findings) = parse::turtle(DATA.as_bytes(), &Base::default(), "test");
        assert_eq!(findings, []);
        graph
    }

    fn new(query: &str) -> Result<Select, String> {
        Select::new(
            "PREFIX : <http://example.org/>\n",
            query,
            None,
            Messages::new(),
        )
    }

    fn dataset(graph: &Graph) -> Dataset {
        let quad = |triple: oxrdf::TripleRef<'_>| {
            let (s, p, o) = (triple.subject, triple.predicate, triple.object);
            Quad::new(s, p, o, GraphName::DefaultGraph)
        };
        graph.iter().map(quad).collect()
    }

    /// What a query gives for one focus node after the other, written in the place of `$this`.
    fn one_by_one(query: &str, graph: &Graph, focus: &[Term]) -> BTreeSet<(usize, Option<String>)> {
        let dataset = dataset(graph);
        let evaluator = QueryEvaluator::new();
        let mut found = BTreeSet::new();
        for (place, node) in focus.iter().enumerate() {
            let text = query.replace("$this ?value {", "?value {");
            let text = text.replace("$this", &node.to_string());
            let text = format!("PREFIX : <http://example.org/>\n{text}");
            let query = SparqlParser::new().parse_query(&text).expect(&text);
            let results = evaluator.prepare(&query).execute(&dataset).unwrap();
            let QueryResults::Solutions(solutions) = results else {
                panic!("{text}");
            };
            for solution in solutions {
                let value = solution.unwrap().get("value").map(Term::to_string);
                found.insert((place, value));
            }
        }
        found
    }

    #[test]
    fn all_focus_nodes_at_once_give_what_each_gives_alone() {
        let graph = graph();
        let mut focus: Vec<Term> = graph
            .iter()
            .flat_map(|triple| {
                [
                    triple.subject.into_owned().into(),
                    triple.object.into_owned(),
                ]
            })
            .filter(Term::is_named_node)
            .collect();
        focus.sort_by_cached_key(Term::to_string);
        focus.dedup();
        let data = Data::new([&graph]);
        for query in [
            "SELECT $this ?value { $this :p ?value }",
            "SELECT $this ?value { ?value :p $this FILTER(isIRI($this)) }",
            "SELECT $this ?value { { $this :p ?value } UNION { ?value :q ?q FILTER(isIRI($this)) } }",
            "SELECT $this ?value { $this ?p ?o OPTIONAL { ?value :p ?o FILTER(?value != $this) } }",
            "SELECT $this ?value { { ?value :q ?q FILTER($this = :b) } ?value ?p ?o }",
            "SELECT $this ?value { { SELECT $this ?value { ?value :p $this } } ?value :q ?q }",
            "SELECT $this ?value { $this :p+ ?value FILTER(?value = $this) }",
            "SELECT $this ?value { ?value :q ?q BIND($this AS ?self) FILTER NOT EXISTS { ?self :p ?value } }",
            "SELECT $this ?value { FILTER NOT EXISTS { $this :p ?value FILTER(?value != $this) } }",
            "SELECT DISTINCT $this ?value { $this ?p ?o . ?value ?q ?r
             FILTER(IF(STRSTARTS(STR(?value), CONCAT(STR($this), '/')), NOT EXISTS { ?value a :T }, false)) }",
            "SELECT $this ?value { ?value ?q ?r FILTER(STRSTARTS(STR(?value), CONCAT(STR($this), '/'))) }",
            "SELECT $this ?value { ?s ?q ?value FILTER(STRSTARTS(STR(?value), CONCAT(STR($this)))) }",
            // What must not exist: once for all, or for each solution where that is not the same.
            "SELECT $this ?value { ?value :p $this FILTER NOT EXISTS { ?value :p ?o FILTER(?o = :c) } }",
            "SELECT $this ?value { $this :p ?value FILTER NOT EXISTS { ?value :p ?o FILTER(?o = $this) } }",
            "SELECT $this ?value { $this :p ?value OPTIONAL { ?value :r ?o } FILTER NOT EXISTS { ?s :q ?o } }",
            "SELECT $this ?value { $this :p ?value FILTER NOT EXISTS { :c :t ?x } }",
            "SELECT $this ?value { $this :p ?value FILTER(?value = :c || NOT EXISTS { :c :s ?x }) }",
            "SELECT $this ?value { ?value :p $this FILTER NOT EXISTS { ?value :r ?x } FILTER NOT EXISTS { $this :s ?x } }",
            "SELECT $this ?value { ?value :p $this FILTER(NOT EXISTS { ?value :r ?x } && ?value != :a) }",
            "SELECT $this ?value { { ?value :p $this FILTER NOT EXISTS { ?value :r ?x } } UNION { $this :r ?value } }",
        ] {
            let found = new(query).unwrap().violations(&data, &focus).unwrap();
            let found: BTreeSet<_> = found
                .into_iter()
                .map(|(place, value)| (place, value.map(|value| value.to_string())))
                .collect();
            let expected = one_by_one(query, &graph, &focus);
            assert_eq!(found, expected, "{query}");
            assert!(!found.is_empty(), "{query}");
        }
    }

    #[test]
    fn what_must_not_exist_is_evaluated_once_where_that_is_the_same() {
        // How often: once for all, and for each solution.
        for (group, once, each) in [
            ("$this :p ?value FILTER NOT EXISTS { ?value :r ?o }", 1, 0),
            (
                "$this :p ?value FILTER NOT EXISTS { ?value :r ?o } FILTER NOT EXISTS { $this :s ?o }",
                2,
                0,
            ),
            (
                "$this :p ?value FILTER NOT EXISTS { ?value :r ?o FILTER(?o != :b) }",
                1,
                0,
            ),
            // The filter within looks at a variable of the group.
            (
                "$this :p ?value FILTER NOT EXISTS { ?value :r ?o FILTER(?o != $this) }",
                0,
                1,
            ),
            (
                "$this :p ?value FILTER NOT EXISTS { ?value :r ?o FILTER(?o != $this) } FILTER NOT EXISTS { ?value :s ?o }",
                1,
                1,
            ),
            // Nothing is shared, or nothing that each solution binds.
            ("$this :p ?value FILTER NOT EXISTS { :c :s ?o }", 0, 1),
            (
                "$this :p ?value OPTIONAL { ?value :r ?o } FILTER NOT EXISTS { ?value :q ?o }",
                0,
                1,
            ),
            ("$this :p ?value FILTER EXISTS { ?value :r ?o }", 0, 1),
        ] {
            let query = new(&format!("SELECT $this ?value {{ {group} }}")).unwrap();
            let written = format!("{:?}", query.query);
            assert_eq!(written.matches("Minus {").count(), once, "{group}");
            assert_eq!(written.matches("Exists(").count(), each, "{group}");
        }
    }

    #[test]
    fn a_focus_node_can_be_a_literal_or_without_a_name() {
        let graph = graph();
        let data = Data::new([&graph]);
        let asked = |query: &str, focus: Term| {
            let found = new(query).unwrap().violations(&data, &[focus]);
            found.unwrap().len()
        };
        // Literals are compared by value.
        let equal = "SELECT $this ?value { :c :s ?value FILTER(?value = $this) }";
        assert_eq!(asked(equal, oxrdf::Literal::from(1).into()), 2);
        let mut subjects = graph
            .iter()
            .map(|triple| Term::from(triple.subject.into_owned()));
        let unnamed = subjects.find(Term::is_blank_node).unwrap();
        let described = "SELECT $this ?value { $this ?property ?value FILTER(isBlank($this)) }";
        assert_eq!(asked(described, unnamed), 2);
    }

    #[test]
    fn what_cannot_be_asked_about_all_at_once_is_refused() {
        for query in [
            "ASK { $this :p ?value }",
            "SELECT ?value { $this :p ?value }",
            "SELECT $this { $this :p ?value { SELECT ?value { ?value :p $this } } }",
            "SELECT $this { $this :p ?value } LIMIT 1",
            "SELECT $this { $this :p ?value MINUS { $this :q ?q } }",
            "SELECT $this (COUNT(*) AS ?value) { $this :p ?o } GROUP BY $this",
            "SELECT $this { VALUES $this { :a } $this :p ?value }",
        ] {
            assert!(new(query).is_err(), "{query}");
        }
    }
}
