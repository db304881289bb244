//! Running a query on a snapshot, within limits.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use oxigraph::model::{Graph, GraphName, NamedNode};
use oxigraph::sparql::results::QueryResultsSerializer;
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator, SparqlSyntaxError,
};

use super::protocol::Operation;
use super::results::Wanted;
use super::size::{self, TooComplex};
use crate::rdf::serialize;
use crate::store::Snapshot;

/// The parser's words, but for the commonest mistake, which it buries in what else could
/// have stood there.
fn plainly(error: &SparqlSyntaxError) -> String {
    let text = error.to_string();
    if !text.contains("Prefix not found") {
        return text;
    }
    let place = text.split(": expected").next().unwrap_or_default();
    format!(
        "{place}: the prefix used here is not declared. Begin the query with PREFIX name: <address>"
    )
}

/// The stack of a query's thread. Only what is used of it takes memory.
const STACK: usize = 1 << 30;

/// What one query may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How many bytes its answer may have.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            bytes: 64 << 20,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The value of the `Content-Type` header.
    pub content_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The text is not a SPARQL 1.1 query.
    #[error("The query is not valid SPARQL: {}", plainly(.0))]
    Syntax(#[from] SparqlSyntaxError),
    /// The query is too long or nests too deeply to be worked through safely.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
    /// The query calls another endpoint.
    #[error("This endpoint does not call others. Take the SERVICE part out of the query.")]
    Service,
    /// None of the formats asked for can hold the answer.
    #[error("None of the formats asked for can hold the answer of a {0} query.")]
    NotAcceptable(&'static str),
    /// The query took too long.
    #[error("The query took longer than {0:?} and was stopped. Ask for less, or add LIMIT.")]
    Timeout(Duration),
    /// The answer is too large.
    #[error("The answer is larger than {0} bytes. Ask for less, or page with LIMIT and OFFSET.")]
    TooLarge(usize),
    /// The query cannot be evaluated.
    #[error("The query cannot be evaluated: {0}")]
    Evaluation(QueryEvaluationError),
    /// Writing the answer failed.
    #[error("writing the answer failed: {0}")]
    Write(io::Error),
}

/// Runs a query to its end. Blocks; `token` stops it from outside.
///
/// The engine works through a query by recursion and gives no word when the stack ends, which
/// would end the process. So a query that nests too deeply is refused, and the rest runs on a
/// thread whose stack is large enough for the longest query that is let in.
pub fn run(
    snapshot: &Snapshot,
    operation: &Operation,
    wanted: Wanted,
    limits: Limits,
    token: &CancellationToken,
) -> Result<Answer, RunError> {
    size::check(&operation.query)?;
    let started = Instant::now();
    let result = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("query".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                evaluate(snapshot, operation, wanted, limits, token)
            })
            .map_err(RunError::Write)?
            .join()
            .unwrap_or_else(|_| Err(RunError::Write(io::Error::other("the engine panicked"))))
    });
    match result {
        Err(RunError::Evaluation(error))
            if matches!(error, QueryEvaluationError::Cancelled)
                || started.elapsed() > limits.time =>
        {
            Err(RunError::Timeout(limits.time))
        }
        other => other,
    }
}

fn evaluate(
    snapshot: &Snapshot,
    operation: &Operation,
    wanted: Wanted,
    limits: Limits,
    token: &CancellationToken,
) -> Result<Answer, RunError> {
    let mut query = SparqlEvaluator::new()
        .with_cancellation_token(token.clone())
        .with_base_iri(snapshot.base().as_str())
        .map_err(|error| RunError::Write(io::Error::other(error)))?
        .parse_query(&operation.query)?;
    // The protocol's graphs win over FROM in the query (section 2.1.4).
    if !operation.default_graphs.is_empty() || !operation.named_graphs.is_empty() {
        let graphs = |names: &[NamedNode]| names.iter().cloned().map(GraphName::from).collect();
        let dataset = query.dataset_mut();
        dataset.set_default_graph(graphs(&operation.default_graphs));
        dataset.set_available_named_graphs(
            operation
                .named_graphs
                .iter()
                .cloned()
                .map(Into::into)
                .collect(),
        );
    }
    let results = query.on_store(snapshot.store()).execute().map_err(failed)?;
    write(results, wanted, limits)
}

fn failed(error: QueryEvaluationError) -> RunError {
    match error {
        QueryEvaluationError::UnsupportedService(_) | QueryEvaluationError::Service(_) => {
            RunError::Service
        }
        other => RunError::Evaluation(other),
    }
}

fn write(results: QueryResults<'_>, wanted: Wanted, limits: Limits) -> Result<Answer, RunError> {
    let out = Bounded {
        bytes: Vec::new(),
        most: limits.bytes,
    };
    let full = |error: io::Error| match error.kind() {
        io::ErrorKind::FileTooLarge => RunError::TooLarge(limits.bytes),
        _ => RunError::Write(error),
    };
    match results {
        QueryResults::Boolean(truth) => {
            let format = wanted.truth.ok_or(RunError::NotAcceptable("ASK"))?;
            let out = QueryResultsSerializer::from_format(format.library())
                .serialize_boolean_to_writer(out, truth)
                .map_err(full)?;
            Ok(Answer {
                content_type: format.content_type(),
                bytes: out.bytes,
            })
        }
        QueryResults::Solutions(solutions) => {
            let format = wanted.table.ok_or(RunError::NotAcceptable("SELECT"))?;
            let mut writer = QueryResultsSerializer::from_format(format.library())
                .serialize_solutions_to_writer(out, solutions.variables().to_vec())
                .map_err(full)?;
            for solution in solutions {
                writer.serialize(&solution.map_err(failed)?).map_err(full)?;
            }
            Ok(Answer {
                content_type: format.content_type(),
                bytes: writer.finish().map_err(full)?.bytes,
            })
        }
        QueryResults::Graph(triples) => {
            let format = wanted
                .graph
                .ok_or(RunError::NotAcceptable("CONSTRUCT or DESCRIBE"))?;
            let mut graph = Graph::new();
            for triple in triples {
                graph.insert(&triple.map_err(failed)?);
            }
            let graphs = [(GraphName::DefaultGraph, &graph)];
            let form = "CONSTRUCT or DESCRIBE";
            let syntax = format.rdf_format().ok_or(RunError::NotAcceptable(form))?;
            let bytes = serialize::graphs(&graphs, syntax).map_err(RunError::Write)?;
            if bytes.len() > limits.bytes {
                return Err(RunError::TooLarge(limits.bytes));
            }
            Ok(Answer {
                content_type: format.content_type(),
                bytes,
            })
        }
    }
}

/// A buffer that refuses to grow beyond a size.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
