//! The cases that ask a query of some data.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::QueryResultsFormat;
use oxrdf::{GraphName, NamedNode, Quad};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

use super::compare::{Rule, differ};
use super::manifest::{self, Evaluation};
use super::service::Service;
use super::text;
use super::value::{self, Value};
use crate::support::Answer;

/// Asks the query, in every format that can carry the answer, and compares.
pub(super) async fn holds(base: &str, case: &Evaluation) -> Result<(), String> {
    let question = Question::of(base, case)?;
    let service = Service::over(base, dataset(base, case, &question.query));
    let ending = manifest::ending(&case.result);
    if matches!(ending, "csv" | "tsv") {
        text::holds(&service, &question.text, &case.result).await?;
    }
    if ending == "csv" {
        // It does not say of what kind the values are, so there is nothing else to compare.
        return Ok(());
    }
    question.is_answered_by(&service, "").await
}

/// The same where all data are named graphs beside others, and the request says which of them
/// the query is asked of. Nothing where the query or the case leaves nothing to say.
pub(super) async fn holds_by_request(base: &str, case: &Evaluation) -> Option<Result<(), String>> {
    let question = match Question::of(base, case) {
        Ok(question) => question,
        Err(error) => return Some(Err(error)),
    };
    let table = manifest::ending(&case.result) == "csv";
    let nothing = case.data.is_empty() && case.graphs.is_empty();
    if table || nothing || question.query.dataset().is_some() {
        return None;
    }
    let service = Service::over(base, beside_others(case));
    let mut parameters = form_urlencoded::Serializer::new(String::new());
    for file in &case.graphs {
        parameters.append_pair("named-graph-uri", file);
    }
    for file in &case.data {
        parameters.append_pair("default-graph-uri", file);
    }
    let mut parameters = parameters.finish();
    if let Err(error) = question.is_answered_by(&service, &parameters).await {
        return Some(Err(error));
    }
    for file in &case.data {
        parameters.push_str("&default-graph-uri=");
        parameters.extend(form_urlencoded::byte_serialize(
            copy_of(file).as_str().as_bytes(),
        ));
    }
    let twice = question.is_answered_by(&service, &parameters).await;
    Some(twice.map_err(|error| format!("from two graphs: {error}")))
}

/// The data of a case as named graphs, what makes up the default graph in a copy as well: the
/// merge of a graph with itself is that graph. Graphs that nobody asks for stand beside them.
fn beside_others(case: &Evaluation) -> Vec<Quad> {
    let other = NamedNode::new_unchecked("http://w3c.example/other");
    let mut quads = [GraphName::DefaultGraph, other.clone().into()]
        .map(|graph| Quad::new(other.clone(), other.clone(), other.clone(), graph))
        .to_vec();
    let files: BTreeSet<&String> = case.data.iter().chain(&case.graphs).collect();
    for file in files {
        for quad in manifest::quads(file, NamedNode::new(file).unwrap()) {
            let mut copy = quad.clone();
            copy.graph_name = copy_of(file).into();
            quads.extend([quad, copy]);
        }
    }
    quads
}

fn copy_of(file: &str) -> NamedNode {
    NamedNode::new(format!("{file}?copy")).unwrap()
}

/// What is asked, and how the answers are judged.
struct Question {
    text: String,
    query: Query,
    result: String,
    rule: Rule,
}

impl Question {
    fn of(base: &str, case: &Evaluation) -> Result<Self, String> {
        let text = manifest::text(&case.query);
        let query = SparqlParser::new()
            .with_base_iri(base)
            .unwrap()
            .parse_query(&text)
            .map_err(|error| format!("not read: {error}"))?;
        let rule = if case.lax {
            Rule::Reduced
        } else if is_ordered(&query) {
            Rule::Sequence
        } else {
            Rule::Multiset
        };
        Ok(Self {
            text,
            query,
            result: case.result.clone(),
            rule,
        })
    }

    async fn is_answered_by(&self, service: &Service, parameters: &str) -> Result<(), String> {
        let expected = value::expected(&self.result);
        for carrier in carriers(&self.query, &expected) {
            let media_type = carrier.media_type();
            let answer = service.ask(&self.text, parameters, media_type).await;
            let got = carrier.read(&answer);
            got.and_then(|got| differ(&expected, &got, self.rule))
                .map_err(|error| format!("as {media_type}: {error}"))?;
        }
        Ok(())
    }
}

/// The data of a case. What the query itself names is there too, by its name, as the service
/// fetches nothing.
fn dataset(base: &str, case: &Evaluation, query: &Query) -> Vec<Quad> {
    let mut quads: Vec<Quad> = Vec::new();
    for file in &case.data {
        quads.extend(manifest::quads(file, GraphName::DefaultGraph));
    }
    let mut named: BTreeSet<String> = case.graphs.iter().cloned().collect();
    if let Some(dataset) = query.dataset() {
        let available = dataset.named.iter().flatten();
        let asked = dataset.default.iter().chain(available);
        let files = asked.filter(|iri| iri.as_str().starts_with(base));
        named.extend(files.map(|iri| iri.as_str().to_owned()));
    }
    for file in named {
        let name = NamedNode::new(&file).unwrap();
        quads.extend(manifest::quads(&file, name));
    }
    quads
}

/// Whether the answer's order is the query's.
fn is_ordered(query: &Query) -> bool {
    fn ordered(pattern: &GraphPattern) -> bool {
        match pattern {
            GraphPattern::OrderBy { .. } => true,
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => ordered(inner),
            _ => false,
        }
    }
    matches!(query, Query::Select { pattern, .. } if ordered(pattern))
}

/// A format that carries an answer.
#[derive(Clone, Copy)]
enum Carrier {
    Results(QueryResultsFormat),
    Graph(RdfFormat),
}

fn carriers(query: &Query, expected: &Value) -> Vec<Carrier> {
    use Carrier::{Graph, Results};
    use QueryResultsFormat::{Json, Tsv, Xml};

    match query {
        Query::Construct { .. } | Query::Describe { .. } => {
            vec![Graph(RdfFormat::Turtle), Graph(RdfFormat::NTriples)]
        }
        Query::Ask { .. } => vec![Results(Json), Results(Xml)],
        Query::Select { .. } => {
            let columns = match expected {
                Value::Table(table) => table.variables.len(),
                _ => 0,
            };
            let mut carriers = vec![Results(Json), Results(Xml)];
            // A row of nothing, in a table of no columns, has no form in TSV.
            if columns > 0 {
                carriers.push(Results(Tsv));
            }
            carriers
        }
    }
}

impl Carrier {
    fn media_type(self) -> &'static str {
        match self {
            Self::Results(format) => format.media_type(),
            Self::Graph(format) => format.media_type(),
        }
    }

    fn read(self, answer: &Answer) -> Result<Value, String> {
        if answer.status != StatusCode::OK {
            return Err(format!("{}: {}", answer.status, answer.text()));
        }
        let content_type = answer.header("content-type");
        if !content_type.starts_with(self.media_type()) {
            return Err(format!("came as {content_type}"));
        }
        match self {
            Self::Results(format) => value::results(&answer.body, format),
            Self::Graph(format) => value::graph(&answer.body, format),
        }
    }
}
