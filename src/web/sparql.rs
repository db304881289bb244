//! `/sparql` (SPARQL 1.1 Protocol).

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri, header};
use http_body_util::LengthLimitError;
use oxigraph::sparql::CancellationToken;

use super::encoding::Encoding;
use super::error::Error;
use super::representations::etag;
use super::respond::{Head, Vary, list, respond};
use super::{App, negotiate};
use crate::rdf::Format;
use crate::sparql::results::Wanted;
use crate::sparql::run::Answer;
use crate::sparql::{Operation, ProtocolError, ResultFormat, RunError, protocol, run};

/// The largest body of a request. Queries are text that people or programs write.
const LARGEST_BODY: usize = 1 << 20;

/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(15);

/// A query in the address.
pub(super) async fn get(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Error> {
    let operation = protocol::get(uri.query().unwrap_or_default())?;
    answer(app, operation, &headers).await
}

/// A query in a form or as the body.
pub(super) async fn post(
    State(app): State<App>,
    uri: Uri,
    mut headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Error> {
    // 304 answers GET and HEAD only (RFC 9110, section 13.1.2).
    headers.remove(header::IF_NONE_MATCH);
    headers.remove(header::IF_MODIFIED_SINCE);
    let body = read(body).await?;
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let operation = protocol::post(content_type, uri.query().unwrap_or_default(), &body)?;
    answer(app, operation, &headers).await
}

/// The whole body, if it is not too large and does not dawdle.
async fn read(body: Body) -> Result<Bytes, Error> {
    match tokio::time::timeout(BODY_TIME, axum::body::to_bytes(body, LARGEST_BODY)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(Error::TooLarge(LARGEST_BODY)),
        Ok(Err(_)) => Err(Error::BrokenBody),
        Err(_) => Err(Error::TooSlow),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<LengthLimitError>)
}

impl From<ProtocolError> for Error {
    fn from(error: ProtocolError) -> Self {
        match &error {
            ProtocolError::UnsupportedMediaType(_) => Self::UnsupportedMediaType(error.to_string()),
            _ => Self::BadRequest(error.to_string()),
        }
    }
}

impl From<RunError> for Error {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Timeout(_) => Self::Timeout(error.to_string()),
            RunError::NotAcceptable(form) => Self::NotAcceptable(formats(form)),
            RunError::Write(_) => Self::Internal(error.into()),
            _ => Self::BadRequest(error.to_string()),
        }
    }
}

/// What can hold the answer of that form of query.
fn formats(form: &str) -> Vec<String> {
    match form {
        "SELECT" => ResultFormat::ALL
            .map(|format| format.media_type().to_owned())
            .to_vec(),
        "ASK" => TRUTH.map(|format| format.media_type().to_owned()).to_vec(),
        _ => Format::RDF
            .map(|format| format.media_type().to_owned())
            .to_vec(),
    }
}

/// The formats that hold a truth value.
const TRUTH: [ResultFormat; 2] = [ResultFormat::Json, ResultFormat::Xml];

async fn answer(
    app: App,
    operation: Operation,
    headers: &HeaderMap,
) -> Result<Response<Body>, Error> {
    let wanted = wanted(list(headers, header::ACCEPT).as_deref());
    let limits = app.parts.config.limits;
    let permit = Arc::clone(&app.parts.queries)
        .try_acquire_owned()
        .map_err(|_| Error::Busy)?;
    let snapshot = app.snapshot();
    let token = CancellationToken::new();
    // Dropping the guard, as a client that goes away does, stops the query too.
    let stop = StopOnDrop(token.clone());
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        run(&snapshot, &operation, wanted, limits, &token)
    });
    let answer = match tokio::time::timeout(limits.time, work).await {
        Ok(done) => done.map_err(|error| Error::Internal(error.into()))??,
        Err(_) => return Err(RunError::Timeout(limits.time).into()),
    };
    drop(stop);
    response(headers, answer)
}

struct StopOnDrop(CancellationToken);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn response(headers: &HeaderMap, answer: Answer) -> Result<Response<Body>, Error> {
    let head = Head {
        content_type: answer.content_type,
        vary: Vary {
            accept: true,
            language: false,
            encoding: false,
        },
        ..Head::default()
    };
    // One address gives the same bytes under several types, as an empty graph.
    let typed = [answer.content_type.as_bytes(), b"\n", &answer.bytes].concat();
    let etag = etag(&typed);
    respond(
        headers,
        &head,
        answer.bytes.into(),
        etag,
        Encoding::Identity,
    )
}

/// The best acceptable format for each kind of answer.
fn wanted(accept: Option<&str>) -> Wanted {
    let table = |formats: &[ResultFormat]| {
        let offers = negotiate::offers(formats, ResultFormat::media_type, ResultFormat::aliases);
        negotiate::pick(accept, &offers)
    };
    let graphs = negotiate::offers(&Format::RDF, Format::media_type, Format::aliases);
    Wanted {
        table: table(&ResultFormat::ALL),
        truth: table(&TRUTH),
        graph: negotiate::pick(accept, &graphs),
    }
}
