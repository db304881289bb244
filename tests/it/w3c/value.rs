//! What a query answers, as values: read from what is expected and from what we say.

use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};
use oxrdf::{Graph, NamedNodeRef, Term, Triple};

use super::manifest::{self, Said};

/// The vocabulary in which some files say what rows are expected.
const RS: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

/// What a query answers.
pub(super) enum Value {
    /// To ASK.
    Truth(bool),
    /// To SELECT.
    Table(Table),
    /// To CONSTRUCT and DESCRIBE.
    Graph(Graph),
}

/// The solutions of a SELECT query.
pub(super) struct Table {
    /// The names of the columns, sorted.
    pub(super) variables: Vec<String>,
    /// What is bound, a map each.
    pub(super) rows: Vec<Row>,
    /// The rows are numbered, so their order counts.
    pub(super) numbered: bool,
}

/// A solution: the value of each variable that is bound.
pub(super) type Row = BTreeMap<String, Term>;

/// What a file of expected results says.
pub(super) fn expected(iri: &str) -> Value {
    let of_results = |format| {
        results(&manifest::bytes(iri), format).unwrap_or_else(|error| panic!("{iri}: {error}"))
    };
    match manifest::ending(iri) {
        "srx" => of_results(QueryResultsFormat::Xml),
        "srj" => of_results(QueryResultsFormat::Json),
        "tsv" => of_results(QueryResultsFormat::Tsv),
        _ => of_graph(manifest::graph(iri)),
    }
}

/// What bytes in a format of results say.
pub(super) fn results(bytes: &[u8], format: QueryResultsFormat) -> Result<Value, String> {
    let solutions = match QueryResultsParser::from_format(format).for_slice(bytes) {
        Ok(SliceQueryResultsParserOutput::Solutions(solutions)) => solutions,
        Ok(SliceQueryResultsParserOutput::Boolean(truth)) => return Ok(Value::Truth(truth)),
        Err(error) => return Err(error.to_string()),
    };
    let names = solutions.variables().iter();
    let variables = sorted(names.map(|name| name.as_str().to_owned()));
    let rows = solutions
        .map(|solution| {
            let solution = solution.map_err(|error| error.to_string())?;
            let bound = solution.iter();
            Ok(bound
                .map(|(name, term)| (name.as_str().to_owned(), term.clone()))
                .collect())
        })
        .collect::<Result<_, String>>()?;
    Ok(Value::Table(Table {
        variables,
        rows,
        numbered: false,
    }))
}

/// What N-Triples or Turtle say.
pub(super) fn graph(bytes: &[u8], format: RdfFormat) -> Result<Value, String> {
    let triples = RdfParser::from_format(format).for_slice(bytes);
    let graph = triples.map(|quad| quad.map(Triple::from));
    let graph = graph.collect::<Result<_, _>>();
    graph.map(Value::Graph).map_err(|error| error.to_string())
}

/// A graph that describes rows or a truth value means those, any other itself.
fn of_graph(graph: Graph) -> Value {
    let class = format!("{RS}ResultSet");
    let class = NamedNodeRef::new_unchecked(&class);
    let found = graph
        .subjects_for_predicate_object(oxrdf::vocab::rdf::TYPE, class)
        .next();
    let Some(set) = found.map(|set| Term::from(set.into_owned())) else {
        return Value::Graph(graph);
    };
    let of = |name: &str| format!("{RS}{name}");
    if let Some(Term::Literal(truth)) = graph.one(&set, &of("boolean")) {
        return Value::Truth(truth.value() == "true");
    }
    let mut rows: Vec<(Option<u64>, Row)> = graph
        .all(&set, &of("solution"))
        .iter()
        .map(|solution| (number(&graph, solution), row(&graph, solution)))
        .collect();
    rows.sort_by_key(|(number, _)| *number);
    Value::Table(Table {
        variables: graph.texts(&set, &of("resultVariable")),
        numbered: !rows.is_empty() && rows.iter().all(|(number, _)| number.is_some()),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
}

fn number(graph: &Graph, solution: &Term) -> Option<u64> {
    let index = graph.texts(solution, &format!("{RS}index"));
    index.first().map(|index| index.parse().unwrap())
}

fn row(graph: &Graph, solution: &Term) -> Row {
    graph
        .all(solution, &format!("{RS}binding"))
        .iter()
        .map(|binding| {
            let name = graph.texts(binding, &format!("{RS}variable")).remove(0);
            let value = graph.one(binding, &format!("{RS}value")).unwrap();
            (name, value)
        })
        .collect()
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}
