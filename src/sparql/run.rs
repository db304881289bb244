//! Running a query on a snapshot, within limits.

use std::io;
use std::time::{Duration, Instant};

use oxigraph::sparql::{CancellationToken, QueryEvaluationError};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

use super::dataset::Stopped;
use super::evaluate::{Graphs, evaluate};
use super::protocol::Operation;
use super::results::{Answer, Wanted, Window};
use super::size::{self, TooComplex};
use super::{syntax, write};
use crate::model::Language;
use crate::rdf::Format;
use crate::store::Snapshot;

/// The stack of a query's thread. Only what is used of it takes memory.
const STACK: usize = 1 << 30;

/// What one query may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How many rows or triples its answer may have.
    pub rows: usize,
    /// How many bytes its answer may have.
    pub bytes: usize,
    /// How many bytes of memory it may take while it runs.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            rows: 1_000_000,
            bytes: 64 << 20,
            memory: 1 << 30,
        }
    }
}

/// A query that is to be run, and what is wanted of it.
#[derive(Clone, Debug)]
pub struct Task {
    /// The query.
    pub source: Source,
    /// The formats for each kind of answer.
    pub wanted: Wanted,
    /// The rows that are wanted.
    pub window: Window,
}

/// Where a query comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A request: text, still to be read.
    Request(Operation),
    /// The published ones, parameters bound.
    Named(Box<Query>),
}

/// Why there is no answer.
#[derive(Debug)]
pub enum RunError {
    /// The text is not a SPARQL 1.1 query.
    Syntax(syntax::Mistake),
    /// The text is an update.
    Update,
    /// The query is too long or nests too deeply to be worked through safely.
    TooComplex(TooComplex),
    /// The query calls another endpoint.
    Service,
    /// None of the formats asked for can hold the answer; those that can.
    NotAcceptable(Vec<Format>),
    /// The query took too long.
    Timeout(Duration),
    /// The answer has more bytes than that.
    TooLarge(usize),
    /// The format cannot hold the answer, because of that part of it.
    Unwritable(Format, String),
    /// The query cannot be evaluated; the engine's words.
    Evaluation(String),
    /// It is our fault.
    Internal(io::Error),
}

impl RunError {
    /// What is wrong and how to mend it.
    pub fn detail(&self, language: Language) -> String {
        let fixed = |sv: &str, en: &str| language.pick(sv, en).to_owned();
        match self {
            Self::Syntax(mistake) => mistake.detail(language),
            Self::Update => super::ProtocolError::Update.detail(language),
            Self::TooComplex(why) => why.detail(language),
            Self::Service => fixed(
                "Härifrån anropas inga andra tjänster. Ta bort SERVICE ur frågan.",
                "This endpoint does not call others. Take the SERVICE part out of the query.",
            ),
            Self::NotAcceptable(formats) => {
                let names: Vec<_> = formats.iter().map(|format| format.media_type()).collect();
                let names = names.join(", ");
                language.pick(
                    format!("Svaret på den frågan finns inte i något format som efterfrågas. Formaten som finns: {names}."),
                    format!("The answer to that query is not to be had in a format you ask for. It is to be had as: {names}."),
                )
            }
            Self::Timeout(limit) => {
                let seconds = limit.as_secs_f64();
                language.pick(
                    format!("Frågan tog längre tid än {seconds} sekunder och avbröts. Fråga efter mindre, eller lägg till LIMIT."),
                    format!("The query took longer than {seconds} seconds and was stopped. Ask for less, or add LIMIT."),
                )
            }
            Self::TooLarge(most) => language.pick(
                format!("Svaret är större än {most} byte. Fråga efter mindre, eller bläddra med LIMIT och OFFSET."),
                format!("The answer is larger than {most} bytes. Ask for less, or page with LIMIT and OFFSET."),
            ),
            Self::Unwritable(format, what) => {
                let name = format.media_type();
                language.pick(
                    format!("{name} kan inte återge {what}, som finns i svaret. Välj ett annat format."),
                    format!("{name} cannot hold {what}, which is in the answer. Choose another format."),
                )
            }
            Self::Evaluation(said) => language.pick(
                format!("Frågan går inte att besvara: {said}."),
                format!("The query cannot be evaluated: {said}."),
            ),
            Self::Internal(_) => fixed("Något gick fel hos oss.", "Something went wrong on our side."),
        }
    }

    fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(io::Error::other(error))
    }
}

impl From<Stopped> for RunError {
    fn from(_: Stopped) -> Self {
        Self::Timeout(Duration::ZERO)
    }
}

impl From<QueryEvaluationError> for RunError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::UnsupportedService(_)
            | QueryEvaluationError::Service(_)
            | QueryEvaluationError::UnboundService
            | QueryEvaluationError::InvalidServiceName(_) => Self::Service,
            QueryEvaluationError::Cancelled => Self::Timeout(Duration::ZERO),
            QueryEvaluationError::Dataset(why) if why.is::<Stopped>() => {
                Self::Timeout(Duration::ZERO)
            }
            QueryEvaluationError::Dataset(_) | QueryEvaluationError::Unexpected(_) => {
                Self::internal(error)
            }
            other => Self::Evaluation(other.to_string()),
        }
    }
}

/// Runs a query to its end. Blocks; `token` stops it from outside.
///
/// The engine works through a query by recursion and gives no word when the stack ends, which
/// would end the process. So a query that nests too deeply is refused, and the rest runs on a
/// thread whose stack is large enough for the longest query that is let in.
///
/// # Errors
/// Every one but [`RunError::Internal`] is about the query or what is wanted of it.
pub fn run(
    snapshot: &Snapshot,
    task: &Task,
    limits: Limits,
    token: &CancellationToken,
) -> Result<Answer, RunError> {
    if let Source::Request(operation) = &task.source {
        size::check(&operation.query).map_err(RunError::TooComplex)?;
    }
    let started = Instant::now();
    let result = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("query".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || answer(snapshot, task, limits, token))
            .map_err(RunError::Internal)?
            .join()
            .unwrap_or_else(|_| Err(RunError::Internal(io::Error::other("the engine panicked"))))
    });
    match result {
        Err(RunError::Timeout(_)) => Err(RunError::Timeout(limits.time)),
        // A query that is stopped can fail in other ways than by saying so.
        Err(RunError::Evaluation(_)) if started.elapsed() > limits.time => {
            Err(RunError::Timeout(limits.time))
        }
        other => other,
    }
}

fn answer(
    snapshot: &Snapshot,
    task: &Task,
    limits: Limits,
    token: &CancellationToken,
) -> Result<Answer, RunError> {
    let (query, graphs) = match &task.source {
        Source::Request(operation) => (
            parse(&operation.query, snapshot)?,
            Graphs {
                default: &operation.default_graphs,
                named: &operation.named_graphs,
            },
        ),
        Source::Named(query) => (query.as_ref().clone(), Graphs::default()),
    };
    let results = evaluate(snapshot.index(), query, graphs, limits, token)?;
    write::answer(results, task, limits)
}

/// Reads the text of a query; relative addresses in it are below the instance's base.
pub(super) fn parse(text: &str, snapshot: &Snapshot) -> Result<Query, RunError> {
    let parser = SparqlParser::new()
        .with_base_iri(snapshot.base().as_str())
        .map_err(RunError::internal)?;
    let query = parser.clone().parse_query(text).map_err(|error| {
        let update = parser.clone().parse_update(text);
        if update.is_ok_and(|update| !update.operations.is_empty()) {
            return RunError::Update;
        }
        RunError::Syntax(syntax::find(text, &parser, &error.to_string()))
    })?;
    size::check_patterns(&query).map_err(RunError::TooComplex)?;
    Ok(with_columns_as_written(query, text))
}

/// The query with the columns of `SELECT *` in the order in which its variables are written,
/// as people expect it of a table; the parser has them in that of the alphabet.
fn with_columns_as_written(mut query: Query, text: &str) -> Query {
    let (Query::Select { pattern, .. }, Some(written)) = (&mut query, syntax::all_as_written(text))
    else {
        return query;
    };
    let mut pattern = pattern;
    while let GraphPattern::Distinct { inner }
    | GraphPattern::Reduced { inner }
    | GraphPattern::Slice { inner, .. } = pattern
    {
        pattern = inner;
    }
    if let GraphPattern::Project { variables, .. } = pattern {
        variables.sort_by_key(|own| written.iter().position(|name| *name == own.as_str()));
    }
    query
}
