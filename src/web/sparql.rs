//! `/sparql`: the protocol over HTTP (SPARQL 1.1 Protocol).

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri, header};
use http_body_util::LengthLimitError;

use super::client::Client;
use super::error::{Error, InQuery};
use super::resources::{self, asked_language};
use super::respond::{Head, Vary, list, respond};
use super::run::Asker;
use super::{App, negotiate, run};
use crate::rdf::Format;
use crate::sparql::protocol::{self, Asked, Request};
use crate::sparql::results::{Body as Said, Wanted, Window};
use crate::sparql::{Answer, Operation, Source, Task};
use crate::store::Snapshot;
use crate::views::Language;
use crate::views::page::sparql as page;

/// The largest body of a request. Queries are text that people or programs write.
const LARGEST_BODY: usize = 1 << 20;

/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(15);

/// How many rows a page shows; the downloads beside it have them all.
const SHOWN: usize = 1000;

/// Answers whatever is asked of the endpoint.
pub(super) async fn any(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    client: Client,
    mut headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Error> {
    if method == Method::POST {
        // 304 answers safe methods only (RFC 9110, section 13.1.2).
        headers.remove(header::IF_NONE_MATCH);
        headers.remove(header::IF_MODIFIED_SINCE);
    }
    let body = if protocol::has_body(method.as_str()) {
        if headers.contains_key(header::CONTENT_ENCODING) {
            return Err(Error::EncodedBody);
        }
        read(body).await?
    } else {
        Bytes::new()
    };
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let request = Request {
        method: method.as_str(),
        query_string: uri.query().unwrap_or_default(),
        content_type,
        body: &body,
    };
    match protocol::parse(request)? {
        Asked::Description { format } => {
            let query = uri.query().unwrap_or_default();
            resources::service(&app, format, query, &headers).await
        }
        Asked::Query(operation) => {
            let language = asked_language(uri.query().unwrap_or_default())?;
            query(&app, operation, client, language, &headers).await
        }
    }
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

async fn query(
    app: &App,
    operation: Operation,
    client: Client,
    language: Option<Language>,
    headers: &HeaderMap,
) -> Result<Response<Body>, Error> {
    let snapshot = app.snapshot();
    let accept = list(headers, header::ACCEPT);
    let wanted = match &operation.format {
        Some(meant) => Wanted::among(meant),
        None => Wanted::by(|formats| {
            let offers = negotiate::offers(formats, Format::media_type, Format::aliases);
            negotiate::pick(accept.as_deref(), &offers)
        }),
    };
    let task = Task {
        source: Source::Request(operation.clone()),
        wanted,
        window: if wanted.rows == Some(Format::Html) {
            Window {
                start: 0,
                length: SHOWN,
            }
        } else {
            Window::ALL
        },
    };
    let by_name = operation.format.is_some();
    let asker = Asker {
        client,
        timeout: operation.timeout,
    };
    let answer = match run::answer(app, &snapshot, task, asker).await? {
        Ok(answer) => answer,
        Err(error) => {
            let page = wanted.rows == Some(Format::Html);
            return Err(Error::InQuery(Box::new(InQuery {
                error,
                operation: page.then_some(operation),
            })));
        }
    };
    let language = language.unwrap_or_else(|| {
        let accepted = list(headers, header::ACCEPT_LANGUAGE);
        negotiate::language(accepted.as_deref())
    });
    respond_with(&snapshot, &operation, answer, by_name, language, headers).await
}

async fn respond_with(
    snapshot: &Snapshot,
    operation: &Operation,
    answer: Answer,
    by_name: bool,
    language: Language,
    headers: &HeaderMap,
) -> Result<Response<Body>, Error> {
    let page = answer.format == Format::Html;
    let head = Head {
        content_type: answer.format.content_type(),
        language: page.then(|| language.tag()),
        // What the columns and the service are.
        links: Some(format!(
            "<{}>; rel=\"describedby\"",
            snapshot.base().node("sparql").as_str()
        )),
        vary: Vary {
            accept: !by_name,
            language: page || !by_name,
            encoding: true,
        },
        ..Head::default()
    };
    let bytes = match answer.body {
        Said::Bytes(bytes) => bytes,
        _ => page::answered(snapshot, operation, &answer, language)?.into_bytes(),
    };
    let (bytes, etag, encoding) = run::encoded(headers, head.content_type, bytes).await?;
    respond(headers, &head, bytes.into(), etag, encoding)
}
