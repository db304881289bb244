//! Running a query on an index, within limits: the one way, in whichever process.

use std::io;
use std::time::Duration;

use oxigraph::sparql::QueryEvaluationError;
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

use super::canonical::{self, Canonical, Renamed};
use super::clock::Clock;
use super::dataset::Stopped;
use super::evaluate::{Graphs, evaluate};
use super::protocol::Operation;
use super::results::{Kind, Wanted, Window};
use super::size::{self, TooComplex};
use super::{syntax, walk, write};
use crate::model::Language;
use crate::rdf::canonical::sha256;
use crate::rdf::{Base, Format};
use crate::store::Index;

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
    /// A request: anybody's text.
    Request(Operation),
    /// The text of a published one, parameters bound. It has our size, whatever is asked for.
    Named(String),
}

/// What is known of a query once its text is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What kind of answer it has.
    pub kind: Kind,
    /// The format of the answer.
    pub format: Format,
    /// The hash of its canonical form.
    pub canonical: String,
    /// Whether it has the same answer each time it is asked of the same data.
    pub deterministic: bool,
}

/// What is known of an answer once all of it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// How many rows there are in all, given or not; none where the answer has no rows.
    pub total: Option<usize>,
}

/// Who asked, and takes the answer as it is made.
pub trait Asker {
    /// Hears what the text means, and says whether the answer is still wanted.
    fn prepared(&mut self, prepared: &Prepared) -> bool;

    /// Takes the next bytes of the answer, which is given up where that fails.
    ///
    /// # Errors
    /// Where there is nobody who takes them.
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()>;
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
    /// The answer has more rows or triples than that.
    TooManyRows(usize),
    /// The query needs more bytes of memory than that.
    Memory(u64),
    /// Too many queries are running or waiting.
    Busy,
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
            Self::TooManyRows(most) => language.pick(
                format!("Svaret har fler än {most} rader. Fråga efter mindre, eller bläddra med ORDER BY, LIMIT och OFFSET."),
                format!("The answer has more than {most} rows. Ask for less, or page with ORDER BY, LIMIT and OFFSET."),
            ),
            Self::Memory(most) => {
                let mebibytes = most >> 20;
                language.pick(
                    format!("Frågan behövde mer än {mebibytes} MiB minne och avbröts. Fråga efter mindre, eller lägg till LIMIT."),
                    format!("The query needed more than {mebibytes} MiB of memory and was stopped. Ask for less, or add LIMIT."),
                )
            }
            Self::Busy => fixed(
                "För många frågor körs just nu. Försök igen om några sekunder.",
                "Too many queries are running. Try again in a few seconds.",
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

    pub(super) fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
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

/// Runs a query to its end, its deadline, or until the asker does not want it. Blocks.
///
/// Needs [a large stack](on_a_large_stack): the engine works through a query by recursion and
/// gives no word when the stack ends, which would end the process. So a query that nests too
/// deeply is refused, and the rest fits on a stack that is large enough for the longest query
/// that is let in.
///
/// # Errors
/// Every one but [`RunError::Internal`] is about the query or what is wanted of it.
pub fn run(
    index: &Index,
    base: &Base,
    task: &Task,
    limits: Limits,
    clock: &Clock,
    asker: &mut dyn Asker,
) -> Result<End, RunError> {
    match answer(index, base, task, limits, clock, asker) {
        Err(RunError::Timeout(_)) => Err(RunError::Timeout(limits.time)),
        // A query that is stopped can fail in other ways than by saying so.
        Err(RunError::Evaluation(_)) if clock.expired() => Err(RunError::Timeout(limits.time)),
        other => other,
    }
}

/// Does something on a stack that [`run`] can work on.
///
/// # Errors
/// Where the system has no room for one, or what is done panics.
pub fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("query".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)?
            .join()
            .map_err(|_| io::Error::other("the engine panicked"))
    })
}

fn answer(
    index: &Index,
    base: &Base,
    task: &Task,
    limits: Limits,
    clock: &Clock,
    asker: &mut dyn Asker,
) -> Result<End, RunError> {
    let (text, graphs) = match &task.source {
        Source::Request(operation) => {
            size::check(&operation.query).map_err(RunError::TooComplex)?;
            let graphs = Graphs {
                default: &operation.default_graphs,
                named: &operation.named_graphs,
            };
            (&operation.query, graphs)
        }
        Source::Named(text) => (text, Graphs::default()),
    };
    let query = canonical::renamed(parse(text, base)?);
    let prepared = prepare(&query, task.wanted)?;
    if !asker.prepared(&prepared) {
        return Ok(End::default());
    }
    let results = evaluate(index, query, graphs, limits, clock.token())?;
    write::answer(results, prepared.format, task.window, limits, clock, asker)
}

/// What the text of a query means, and the format that its answer is wanted in.
fn prepare(query: &Renamed, wanted: Wanted) -> Result<Prepared, RunError> {
    let kind = match query.query {
        Query::Select { .. } => Kind::Rows,
        Query::Ask { .. } => Kind::Truth,
        Query::Construct { .. } | Query::Describe { .. } => Kind::Graph,
    };
    let format = wanted.of(kind)?;
    let Canonical {
        text,
        deterministic,
    } = query.canonical();
    Ok(Prepared {
        kind,
        format,
        canonical: sha256(text),
        deterministic,
    })
}

/// Reads the text of a query; relative addresses in it are below the instance's base.
fn parse(text: &str, base: &Base) -> Result<Query, RunError> {
    let parser = SparqlParser::new()
        .with_base_iri(base.as_str())
        .map_err(RunError::internal)?;
    let query = parser.clone().parse_query(text).map_err(|error| {
        let update = parser.clone().parse_update(text);
        if update.is_ok_and(|update| !update.operations.is_empty()) {
            return RunError::Update;
        }
        RunError::Syntax(syntax::find(text, &parser, &error.to_string()))
    })?;
    size::check_patterns(&query).map_err(RunError::TooComplex)?;
    if calls_others(&query) {
        return Err(RunError::Service);
    }
    Ok(with_columns_as_written(query, text))
}

/// Whether a query calls another endpoint, be it where an error would be passed over.
fn calls_others(query: &Query) -> bool {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut calls = false;
    walk::visit(&mut pattern.clone(), &mut |part| {
        calls |= matches!(part, GraphPattern::Service { .. });
    });
    calls
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
