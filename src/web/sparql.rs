//! `/sparql`: the protocol over HTTP (SPARQL 1.1 Protocol).

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri, Version, header};
use http_body_util::LengthLimitError;

use super::client::Client;
use super::error::Error;
use super::resources::{self, asked_language};
use super::respond::{Head, Vary, list};
use super::run::{self, Asker, Question};
use super::{App, negotiate};
use crate::rdf::Format;
use crate::sparql::protocol::{self, Asked, Request};
use crate::sparql::{Answer, Operation, RunError, Source, Task, Wanted, Window};
use crate::store::Snapshot;
use crate::views::Language;
use crate::views::page::sparql as page;

/// The largest body of a request. Queries are text that people or programs write.
const LARGEST_BODY: usize = 1 << 20;

/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(15);

/// The rows that a page shows; the downloads beside it have them all.
const SHOWN: Window = Window {
    start: 0,
    length: 1000,
};

/// Answers whatever is asked of the endpoint.
pub(super) async fn any(
    State(app): State<App>,
    method: Method,
    version: Version,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Error> {
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
            let by = (&method, version);
            query(&app, operation, client, language, by, &headers).await
        }
    }
}

/// The whole body, if it is not too large and does not dawdle.
pub(super) async fn read(body: Body) -> Result<Bytes, Error> {
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
    mut operation: Operation,
    client: Client,
    language: Option<Language>,
    (method, version): (&Method, Version),
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
    let page = wanted.rows == Some(Format::Html);
    // How long somebody waits is no part of what is asked.
    let asker = Asker {
        client,
        timeout: operation.timeout.take(),
    };
    let window = if page { SHOWN } else { Window::ALL };
    let question = Question {
        task: Task {
            source: Source::Request(operation.clone()),
            wanted,
            window,
        },
        asker,
        method,
        version,
        headers,
    };
    let form = Form {
        snapshot: &snapshot,
        operation: &operation,
        page,
        language: language.unwrap_or_else(|| {
            let accepted = list(headers, header::ACCEPT_LANGUAGE);
            negotiate::language(accepted.as_deref())
        }),
    };
    run::answer(app, &snapshot, question, &form).await
}

/// How the endpoint puts its answers.
struct Form<'a> {
    snapshot: &'a Snapshot,
    operation: &'a Operation,
    /// Whether rows are shown on a page.
    page: bool,
    language: Language,
}

impl run::Form for Form<'_> {
    fn head(&self, format: Format, _: Option<usize>) -> Head {
        let page = format == Format::Html;
        let by_name = self.operation.format.is_some();
        Head {
            content_type: format.content_type(),
            language: page.then(|| self.language.tag()),
            // What the columns and the service are.
            links: Some(format!(
                "<{}>; rel=\"describedby\"",
                self.snapshot.base().node("sparql").as_str()
            )),
            vary: Vary {
                accept: !by_name,
                language: page || !by_name,
                encoding: true,
            },
            ..Head::default()
        }
    }

    fn counts(&self) -> bool {
        false
    }

    fn page_of(&self) -> String {
        format!("{} {:?}", self.language.tag(), self.operation)
    }

    fn page(&self, answer: &Answer) -> Result<String, Error> {
        Ok(page::answered(
            self.snapshot,
            self.operation,
            answer,
            self.language,
        )?)
    }

    fn failed(&self, error: RunError) -> Error {
        Error::in_query(error, self.page.then(|| self.operation.clone()))
    }
}
